import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { awaitSite } from '../analysis/await-site.js';
import { type ExecutionContext, executionContext } from '../analysis/context.js';
import { interleavingHazards } from '../analysis/interleaving.js';
import { type BusyLoop, busyExpression, busyLoop, type BusyLoopLimits } from '../analysis/loops/busy-loop.js';
import type { Loop } from '../analysis/loops/loop.js';
import { verdictOn } from '../analysis/loops/obstacles.js';
import type { Cost } from '../catalogue/types.js';
import { adviceFor, rewriteBusyLoop } from '../fixes/busy-loop.js';
import { rewriteCallback } from '../fixes/callback-rewrite.js';
import { createRule } from './create-rule.js';
import { placeName } from './place-name.js';
import { type Contexts, contextsSchema, mayHave, reportsIn } from './reported-contexts.js';
import { runtimeSpecifier } from './settings.js';

export interface NoBusyLoopOptions {
  readonly contexts?: Contexts;
  readonly maxIterations?: number;
  readonly maxRecursion?: number;
  readonly fix?: 'offload' | 'none';
}

type MessageIds = BusyLoop['kind'] | 'timer' | 'pause' | 'wait-async' | 'task' | 'call';

const defaults: Required<NoBusyLoopOptions> = { contexts: 'async', maxIterations: 1_000_000, maxRecursion: 0, fix: 'offload' };

const costs: Readonly<Record<BusyLoop['kind'], Cost>> = { time: 'wait', sleep: 'wait', memory: 'wait', state: 'wait', poll: 'wait', count: 'cpu', endless: 'cpu', recursion: 'cpu' };

const stalls = 'blocks the event loop while {{place}} waits for it';

export default createRule<readonly [NoBusyLoopOptions?], MessageIds>('no-busy-loop', {
  meta: {
    type: 'problem',
    docs: { description: 'disallow loops that wait or compute for long inside async code', recommended: true, configs: { strict: [{ contexts: 'event-loop' }], all: [{ contexts: 'event-loop' }] } },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          contexts: contextsSchema,
          maxIterations: { type: 'integer', minimum: 1, description: 'Report loops that run at least this often, nested ones multiplied.', default: defaults.maxIterations },
          maxRecursion: {
            type: 'integer',
            minimum: 0,
            description: 'Report calls with at least this constant of functions that call themselves twice or more on each level, such as `fib(40)`. 0 reports none.',
            default: defaults.maxRecursion,
          },
          fix: { type: 'string', enum: ['offload', 'none'], description: 'What a fix writes: an awaited timer or `await offload(…)`, or nothing.', default: defaults.fix },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [defaults],
    messages: {
      time: `This loop does nothing but wait for time to pass, and ${stalls}. Await a timer{{advice}}.{{reason}}`,
      sleep: `Atomics.wait() sleeps here, and ${stalls}. Await a timer{{advice}}.{{reason}}`,
      memory: `Atomics.wait() waits for another thread, and ${stalls}. Await the memory{{advice}}.{{reason}}`,
      state: 'Nothing can change what this loop waits for while it runs: once {{place}} waits for it, it blocks the event loop for good.{{reason}}',
      poll: `This loop asks again and again without a pause, and ${stalls}. Pause between two looks{{advice}}.{{reason}}`,
      count: `This runs {{count}} times, and ${stalls}. Run it on a worker{{advice}}.{{reason}}`,
      endless: 'This loop has no end: once {{place}} runs it, it blocks the event loop for good. Run it on a worker{{advice}}.{{reason}}',
      recursion: `{{name}}({{depth}}) calls itself more than once on each of its levels, and ${stalls}. Run it on a worker{{advice}}.{{reason}}`,
      timer: 'Await a timer. Check first: {{check}}.',
      pause: 'Pause between two looks. Check first: {{check}}.',
      'wait-async': 'Await the memory with `Atomics.waitAsync`. Check first: {{check}}.',
      task: 'Run it on a worker. Check first: {{check}}.',
      call: 'Run {{name}}() on a worker. Check first: {{check}}.',
    },
  },
  create(context) {
    const options = { ...defaults, ...context.options[0] };
    const runtime = runtimeSpecifier(context.settings);
    const code = context.sourceCode;
    if (!mayHave(options.contexts, code)) return {};
    const limits: BusyLoopLimits = {
      ...options,
      isTypeScript: /\.[cm]?tsx?$/.test(context.physicalFilename),
      ecmaVersion: (context.languageOptions.ecmaVersion as number | undefined) ?? Infinity,
    };
    /** What is in a loop that is reported goes with it. */
    let last: BusyLoop | undefined;

    function check(node: TSESTree.ArrayExpression | TSESTree.CallExpression | Loop): void {
      if (last && node.range[1] <= last.node.range[1]) return;
      const found = node.type === 'CallExpression' || node.type === 'ArrayExpression' ? busyExpression(node, limits, code) : busyLoop(node, limits, code);
      if (!found) return;
      const where = executionContext(node, code, runtime);
      if (!reportsIn(options.contexts, where)) return;
      last = found;
      report(found, where);
    }

    function report({ kind, node, at, rewrite, obstacles, count, recursion }: BusyLoop, where: ExecutionContext): void {
      const site = awaitSite(node, code, context.physicalFilename, runtime);
      const isValue = kind === 'recursion' || (kind === 'count' && !node.type.endsWith('Statement'));
      const { certainty, reason } = verdictOn(obstacles, [...site.hazards, ...(isValue ? interleavingHazards(node, code) : [])]);
      const data = {
        place: placeName(where),
        advice: rewrite && certainty !== 'unsafe' ? `: \`${adviceFor(rewrite)}\`` : '',
        reason: reason === undefined ? '' : ` Not fixed automatically: ${reason}.`,
        check: reason ?? '',
        count: count?.toLocaleString('en') ?? '',
        name: recursion?.name ?? '',
        depth: String(recursion?.depth ?? ''),
      };
      const fix = rewrite && function* (fixer: TSESLint.RuleFixer): Generator<TSESLint.RuleFix> {
        yield* rewriteBusyLoop(fixer, rewrite, { node, code, filename: context.physicalFilename, runtime, form: site.form });
        if (site.callback) yield* rewriteCallback(fixer, site.callback.rewrite, { waits: true, outer: site.callback.around }, code);
      };
      const descriptor = { loc: at.loc, messageId: kind, data, facts: { node, cost: costs[kind], reason } };
      if (!fix || options.fix === 'none' || certainty === 'unsafe') context.report(descriptor);
      else if (certainty === 'safe') context.report({ ...descriptor, fix });
      else context.report({ ...descriptor, suggest: [{ messageId: rewrite.kind, data, fix }] });
    }

    return {
      ArrayExpression: check,
      CallExpression: check,
      DoWhileStatement: check,
      ForOfStatement: check,
      ForStatement: check,
      WhileStatement: check,
    };
  },
});

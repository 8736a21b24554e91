import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type AsyncConversion, asyncConversion, type CallInside } from '../analysis/async-conversion.js';
import { blockingCall } from '../analysis/blocking-call.js';
import { type ExecutionContext, executionContext } from '../analysis/context.js';
import { type HelperTask, helperTask } from '../analysis/elsewhere/helper-task.js';
import type { ModulesWithFacts } from '../analysis/elsewhere/run-elsewhere.js';
import { certaintyOf, gravest, hazards } from '../analysis/hazards.js';
import { quietTurn } from '../analysis/modules/module-cache.js';
import type { BlockingChain, BlockingChains } from '../analysis/summary/blocking-chains.js';
import { type CalledFunction, fileCalls } from '../analysis/summary/file-calls.js';
import { isRead, mayHaveGetters, type StepNode } from '../analysis/summary/summarise-module.js';
import type { FunctionNode } from '../analysis/syntax.js';
import { convertToAsync } from '../fixes/async-conversion.js';
import { helperRegistrationText, offloadHelper } from '../fixes/helper-task.js';
import { runtimeImport } from '../fixes/runtime-import.js';
import { apiOptionsSchema, isWanted, strictApis, wantedApis } from './api-options.js';
import { chainText } from './chain-text.js';
import { createRule } from './create-rule.js';
import { type Contexts, contextsSchema, mayHave, reportedContext } from './reported-contexts.js';
import { runtimeSpecifier } from './settings.js';

export interface NoIndirectBlockingOptions {
  readonly contexts?: Contexts;
  readonly ignore?: readonly string[];
  readonly include?: readonly string[];
  readonly minimumCost?: 'any' | 'short' | 'long';
  readonly maxDepth?: number;
  readonly byName?: boolean;
  readonly cached?: boolean;
  readonly fix?: 'offload' | 'none';
}

type MessageIds = 'blocking' | 'blockingOffload' | 'blockingReview' | 'makeAsync' | 'offload' | 'registerAndOffload';
type Code = Readonly<TSESLint.SourceCode>;

const defaults: Required<NoIndirectBlockingOptions> = { contexts: 'async', ignore: [], include: [], minimumCost: 'short', maxDepth: 8, byName: true, cached: true, fix: 'offload' };

export default createRule<readonly [NoIndirectBlockingOptions?], MessageIds>('no-indirect-blocking', {
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow calls of functions that block the event loop inside async code',
      recommended: true,
      configs: { recommended: [{ minimumCost: 'long' }], strict: [strictApis], native: [{ minimumCost: 'long' }], all: [{ contexts: 'event-loop', minimumCost: 'any' }] },
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          contexts: contextsSchema,
          ...apiOptionsSchema,
          maxDepth: { type: 'integer', minimum: 1, description: 'How many functions a chain may have, the called one included.', default: defaults.maxDepth },
          byName: { type: 'boolean', description: 'Whether methods are followed of which only the names are known, as in `app.config.load()`.', default: defaults.byName },
          cached: { type: 'boolean', description: 'Whether functions are reported that block only as long as a cache of theirs is empty, as in `config ??= load()`.', default: defaults.cached },
          fix: { type: 'string', enum: ['offload', 'none'], description: 'What a fix does: make helpers of the same file async or run helpers on a worker, or nothing.', default: defaults.fix },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [defaults],
    messages: {
      blocking: '{{call}} blocks the event loop: {{chain}}.',
      blockingOffload: '{{call}} blocks the event loop: {{chain}}. Run it on a worker: `{{advice}}`.',
      blockingReview: '{{call}} blocks the event loop: {{chain}}. Not fixed automatically: {{reason}}.',
      makeAsync: 'Make {{helpers}} async, offload what blocks in it, and await every call. Check first: {{reason}}.',
      offload: 'Run it on a worker with `{{advice}}`. Check first: {{doubt}}.',
      registerAndOffload: 'Run it on a worker with `{{advice}}`, once `{{registration}}` has made it known there. Check first: {{doubt}}.',
    },
  },
  create(context) {
    const options = { ...defaults, ...context.options[0] };
    const runtime = runtimeSpecifier(context.settings);
    const code = context.sourceCode;
    const filename = context.physicalFilename;
    const isAsked = mayHave(options.contexts, code);
    // Where nothing waits, nothing is reported, but others may lead here.
    if (!isAsked && !code.text.includes('Sync')) {
      if (filename === context.filename) quietTurn(filename, code.text);
      return {};
    }
    const file = fileCalls(context, runtime, wantedApis(options), options.byName);
    if (!isAsked) return file.mayBlockItself() ? { 'Program:exit': file.keep } : {};
    if (!file.mayBlock()) return {};
    const { maxDepth } = options;
    const chains = options.cached ? file.chains : uncached(file.chains);
    const readsGetters = mayHaveGetters(code);
    const calls: StepNode[] = [];
    const reportedIn = { contexts: options.contexts, code, runtime };

    function collect(node: StepNode): void {
      if (reportedContext(node, reportedIn)) calls.push(node);
    }

    function checkAll(): void {
      file.keep();
      const conversions = new Map<FunctionNode, AsyncConversion | undefined>();
      for (const call of calls) {
        // What is written in place is looked at by itself.
        const found = blockingFunction(file.calledBy(call).filter(({ isInPlace }) => !isInPlace), chains, maxDepth);
        const where = found && reportedContext(call, { ...reportedIn, isRun: file.isRun });
        if (where) report(call, where, found, conversionOf(found), file.modules);
      }

      /** How the called function could be made async, if it is of this file. */
      function conversionOf({ fn }: Found): AsyncConversion | undefined {
        const node = options.fix === 'none' ? undefined : convertible(fn);
        if (!node) return undefined;
        if (!conversions.has(node)) conversions.set(node, asyncConversion(node, { code, filename, runtime, inside }));
        return conversions.get(node);
      }

      function inside(call: StepNode, fn: FunctionNode): CallInside {
        if (call.type === 'MemberExpression' && !(readsGetters && isRead(call))) return undefined;
        if (executionContext(call, code, runtime).owner !== fn) return undefined;
        const blocking = call.type === 'MemberExpression' ? undefined : blockingCall(call, code, runtime);
        if (blocking) return isWanted(blocking.api, options) ? blocking : undefined;
        const found = blockingFunction(file.calledBy(call), chains, maxDepth);
        const node = found && call.type !== 'MemberExpression' && !found.fn.isInPlace ? convertible(found.fn) : undefined;
        return node ? { fn: node } : found && 'elsewhere';
      }
    }

    function report(call: StepNode, where: ExecutionContext, { fn, chain }: Found, conversion: AsyncConversion | undefined, modules: ModulesWithFacts): void {
      const { place } = fn;
      const reason = conversion && gravest(conversion.hazards);
      const certainty = conversion ? certaintyOf(conversion.hazards) : 'unsafe';
      // What is known by its name is only reported.
      const task = options.fix === 'none' || certainty === 'safe' || fn.summary.oneOf ? undefined : helperTask(call, fn, { code, filename, cwd: context.cwd, runtime, modules });
      const data = {
        call: `${call.type === 'NewExpression' ? 'new ' : ''}${nameAt(place, fn.summary.name, code)}${call.type === 'MemberExpression' ? '' : '()'}`,
        chain: chainText(chain, filename),
        reason: reason ? hazards[reason].text : '',
        helpers: fn.summary.name,
        advice: task ? adviceFor(task, code) : '',
        registration: task?.registration ? helperRegistrationText(task.registration, code) : '',
        doubt: task?.review ?? '',
      };
      const facts = { chain, where, reason: data.reason || undefined };
      const makeAsync = function* (fixer: TSESLint.RuleFixer): Generator<TSESLint.RuleFix> {
        const first = conversion!.offloaded[0]?.node;
        const known = first && runtimeImport(first, code, filename, runtime);
        if (known?.edit) yield known.edit(fixer);
        yield* convertToAsync(fixer, conversion!, known?.name ?? 'offload', code);
      };
      const offload = (fixer: TSESLint.RuleFixer): Generator<TSESLint.RuleFix> => offloadHelper(fixer, task!, filename, runtime, code);
      if (certainty === 'safe') return void context.report({ node: place, messageId: 'blocking', data, facts, fix: makeAsync });
      if (task && task.review === undefined) return void context.report({ node: place, messageId: 'blockingOffload', data, facts, fix: offload });
      const suggest: TSESLint.SuggestionReportDescriptor<MessageIds>[] = [];
      if (certainty === 'review') suggest.push({ messageId: 'makeAsync', data, fix: makeAsync });
      if (task) suggest.push({ messageId: task.registration ? 'registerAndOffload' : 'offload', data, fix: offload });
      context.report({ node: place, messageId: certainty === 'review' ? 'blockingReview' : 'blocking', data, facts, suggest });
    }

    function collectRead(node: TSESTree.MemberExpression): void {
      if (isRead(node)) collect(node);
    }

    return { CallExpression: collect, NewExpression: collect, TaggedTemplateExpression: collect, ...(readsGetters && { MemberExpression: collectRead }), 'Program:exit': checkAll };
  },
});

/** Without those of which something is cached. */
function uncached(chains: BlockingChains): BlockingChains {
  return {
    from(fn, maxDepth) {
      const chain = chains.from(fn, maxDepth);
      return chain?.cached.size === 0 ? chain : undefined;
    },
  };
}

interface Found {
  readonly fn: CalledFunction;
  readonly chain: BlockingChain;
}

function blockingFunction(called: readonly CalledFunction[], chains: BlockingChains, maxDepth: number): Found | undefined {
  for (const fn of called) {
    const chain = chains.from(fn.summary, maxDepth);
    if (chain && fn.isMade() && !fn.isMocked()) return { fn, chain };
  }
  return undefined;
}

/** What is said to block by itself would go on doing so in an async function. */
function convertible({ node, summary }: CalledFunction): FunctionNode | undefined {
  return summary.said === undefined ? node : undefined;
}

function adviceFor({ call, form }: HelperTask, code: Code): string {
  return `${form === 'await' ? 'await ' : ''}offload(${nameAt(call.callee, '…', code)}${call.arguments.length > 0 ? ', …' : ''})`;
}

/** A callee as it is written, where that is short enough to be quoted. */
function nameAt(callee: TSESTree.Node, name: string, code: Code): string {
  const text = code.getText(callee);
  return text.length <= 60 && !text.includes('\n') ? text : name.replace(/^new /, '');
}

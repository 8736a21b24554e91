import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { awaitSite } from '../analysis/await-site.js';
import { type BlockingCall, blockingCall } from '../analysis/blocking-call.js';
import { apiHazards, placeHazards } from '../analysis/call-hazards.js';
import type { Certainty } from '../analysis/certainty.js';
import { type ExecutionContext, executionContext } from '../analysis/context.js';
import { certaintyOf, gravest, type Hazard, hazards } from '../analysis/hazards.js';
import { atomicsWait } from '../analysis/loops/sleep.js';
import { apiName } from '../catalogue/lookup.js';
import type { BlockingApi } from '../catalogue/types.js';
import { rewriteCallback } from '../fixes/callback-rewrite.js';
import { offloadCall } from '../fixes/offload-call.js';
import { runtimeImport } from '../fixes/runtime-import.js';
import { apiOptionsSchema, isWanted } from './api-options.js';
import { createRule } from './create-rule.js';
import { placeName } from './place-name.js';
import { type Contexts, contextsSchema, reportedContexts } from './reported-contexts.js';
import { runtimeSpecifier } from './settings.js';

export interface NoBlockingCallOptions {
  readonly contexts?: Contexts;
  readonly ignore?: readonly string[];
  readonly include?: readonly string[];
  readonly minimumCost?: 'any' | 'short' | 'long';
  readonly fix?: 'offload' | 'none';
}

type MessageIds = 'blocking' | 'blockingReview' | 'blockingUnfixable' | 'offload';
type Code = Readonly<TSESLint.SourceCode>;

const defaults: Required<NoBlockingCallOptions> = { contexts: 'async', ignore: [], include: [], minimumCost: 'short', fix: 'offload' };

export default createRule<readonly [NoBlockingCallOptions?], MessageIds>('no-blocking-call', {
  meta: {
    type: 'problem',
    docs: { description: 'disallow calls that block the event loop inside async code', recommended: true },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          contexts: contextsSchema,
          ...apiOptionsSchema,
          fix: { type: 'string', enum: ['offload', 'none'], description: 'What a fix writes: `await offload(…)`, or nothing.', default: defaults.fix },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [defaults],
    messages: {
      blocking: '{{api}} blocks the event loop while {{place}} waits for it. Run it on a worker: `{{advice}}`.{{native}}',
      blockingReview: '{{api}} blocks the event loop while {{place}} waits for it. Run it on a worker: `{{advice}}`.{{native}} Not fixed automatically: {{reason}}.',
      blockingUnfixable: '{{api}} blocks the event loop while {{place}} waits for it.{{native}} Not fixed automatically: {{reason}}.',
      offload: 'Run {{api}} on a worker with `{{advice}}`. Check first: {{reason}}.',
    },
  },
  create(context) {
    const options = { ...defaults, ...context.options[0] };
    const contexts = reportedContexts[options.contexts];
    const runtime = runtimeSpecifier(context.settings);
    const code = context.sourceCode;

    function check(node: BlockingCall['node']): void {
      const call = blockingCall(node, code, runtime);
      if (!call || !isWanted(call.api, options)) return;
      // A sleep wants a timer and no worker: no-busy-loop reports and fixes it.
      if (node.type === 'CallExpression' && atomicsWait(node, code)?.kind === 'sleep') return;
      const where = executionContext(node, code, runtime);
      if (contexts.includes(where.kind)) report(call, where);
    }

    function report(call: BlockingCall, where: ExecutionContext): void {
      const site = awaitSite(call.node, code, context.physicalFilename, runtime);
      const found = [...call.hazards, ...apiHazards(call, code), ...site.hazards, ...placeHazards(call, site.hazards, code, runtime)];
      const certainty = options.fix === 'none' ? 'unsafe' : certaintyOf(found);
      const advice = `${site.form === 'await' ? 'await ' : ''}offload(${calleeText(call, code)}${callArguments(call).length > 0 ? ', …' : ''})`;
      const data = { api: displayName(call.api), place: placeName(where), advice, reason: reasonFor(gravest(found), call.api), native: nativeAdvice(call.api, certainty) };

      const fix = function* (fixer: TSESLint.RuleFixer): Generator<TSESLint.RuleFix> {
        const known = runtimeImport(call.node, code, context.physicalFilename, runtime);
        if (known.edit) yield known.edit(fixer);
        if (site.callback) yield* rewriteCallback(fixer, site.callback.rewrite, { waits: site.form === 'await', outer: site.callback.around }, code);
        yield* offloadCall(fixer, call.node as TSESTree.CallExpression, { name: known.name, form: site.form }, code);
      };
      const at = { node: call.callee, data };
      if (certainty === 'safe') context.report({ ...at, messageId: 'blocking', fix });
      else if (certainty === 'review') context.report({ ...at, messageId: 'blockingReview', suggest: [{ messageId: 'offload', data, fix }] });
      else context.report({ ...at, messageId: found.length === 0 ? 'blocking' : 'blockingUnfixable' });
    }

    return { CallExpression: check, NewExpression: check, TaggedTemplateExpression: check };
  },
});

function calleeText({ callee }: BlockingCall, code: Code): string {
  const text = code.getText(callee);
  return callee.type === 'SequenceExpression' ? `(${text})` : text;
}

function callArguments({ node }: BlockingCall): readonly TSESTree.Node[] {
  return node.type === 'TaggedTemplateExpression' ? [] : node.arguments;
}

function displayName(api: BlockingApi): string {
  return api.kind === 'constructor' ? apiName(api) : `${apiName(api)}()`;
}

function reasonFor(hazard: Hazard | undefined, api: BlockingApi): string {
  if (!hazard) return '';
  const { text } = hazards[hazard];
  return hazard === 'api-not-offloadable' && api.offload !== true ? `${text}, as ${api.offload}` : text;
}

/** The API's own asynchronous form: beside a fix only where it would do just as well, else as the way out. */
function nativeAdvice({ native }: BlockingApi, certainty: Certainty): string {
  if (!native) return '';
  if (native.dropIn) return ` Its own asynchronous form, ${native.name}, is a drop-in.`;
  return certainty === 'unsafe' ? ` Its own asynchronous form is ${native.name}, but ${native.differs ?? 'it differs'}.` : '';
}

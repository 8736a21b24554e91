import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type AwaitSite, awaitSite, siteInWaited } from '../analysis/await-site.js';
import { type BlockingCall, blockingCall } from '../analysis/blocking-call.js';
import { type BlockingReaction, blockingReaction, reactionContext } from '../analysis/blocking-reaction.js';
import { argumentRole } from '../analysis/callback-role.js';
import { apiHazards, placeHazards } from '../analysis/call-hazards.js';
import type { Certainty } from '../analysis/certainty.js';
import { type ExecutionContext, executionContext } from '../analysis/context.js';
import { certaintyOf, gravest, type Hazard, hazards } from '../analysis/hazards.js';
import { atomicsWait } from '../analysis/loops/sleep.js';
import { fileMayCall } from '../analysis/may-call.js';
import { type Registration, registrationFor } from '../analysis/registration.js';
import { type FileCalls, fileCalls } from '../analysis/summary/file-calls.js';
import { boundaryOf, type FunctionNode, isFunction } from '../analysis/syntax.js';
import { displayName } from '../catalogue/lookup.js';
import type { BlockingApi } from '../catalogue/types.js';
import { rewriteCallback } from '../fixes/callback-rewrite.js';
import { nativeRewrite } from '../fixes/native-rewrite.js';
import { offloadCall } from '../fixes/offload-call.js';
import { offloadReaction } from '../fixes/offload-reaction.js';
import { insertRegistration, registrationText } from '../fixes/registration.js';
import { runtimeImports } from '../fixes/runtime-import.js';
import { apiOptionsSchema, isWanted, strictApis, wantedApis } from './api-options.js';
import { createRule } from './create-rule.js';
import { placeName } from './place-name.js';
import { type Contexts, contextsSchema, mayHave, reportedContext, reportsIn } from './reported-contexts.js';
import { runtimeSpecifier } from './settings.js';
import { syncNames } from './sync-names.js';

export interface NoBlockingCallOptions {
  readonly contexts?: Contexts;
  readonly ignore?: readonly string[];
  readonly include?: readonly string[];
  readonly minimumCost?: 'any' | 'short' | 'long';
  readonly fix?: 'offload' | 'native' | 'none';
  readonly mode?: 'resolved' | 'no-sync';
  readonly allowAtRootLevel?: boolean;
  readonly ignores?: readonly string[];
}

type MessageIds = 'syncName' | 'blockingNative' | 'useNative' | 'offloadInstead' | 'blocking' | 'blockingReview' | 'blockingUnfixable' | 'offload';
type Code = Readonly<TSESLint.SourceCode>;

const defaults: Required<NoBlockingCallOptions> = {
  contexts: 'async', ignore: [], include: [], minimumCost: 'short', fix: 'offload', mode: 'resolved', allowAtRootLevel: false, ignores: [],
};

export default createRule<readonly [NoBlockingCallOptions?], MessageIds>('no-blocking-call', {
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow calls that block the event loop inside async code',
      recommended: true,
      configs: { recommended: [{ minimumCost: 'long' }], strict: [strictApis], native: [{ minimumCost: 'long', fix: 'native' }], all: [{ contexts: 'event-loop', minimumCost: 'any' }] },
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          contexts: contextsSchema,
          ...apiOptionsSchema,
          fix: { type: 'string', enum: ['offload', 'native', 'none'], description: "What a fix writes: `await offload(…)`, the API's own asynchronous form where that is a drop-in, or nothing.", default: defaults.fix },
          mode: {
            type: 'string',
            enum: ['resolved', 'no-sync'],
            description: '`no-sync` reports every call whose name ends in `Sync`, wherever it stands and whatever it calls, as `n/no-sync` of eslint-plugin-n does.',
            default: defaults.mode,
          },
          allowAtRootLevel: { type: 'boolean', description: 'With `mode: "no-sync"`: leave alone what stands in no function.', default: defaults.allowAtRootLevel },
          ignores: {
            type: 'array',
            items: { type: 'string', minLength: 1 },
            uniqueItems: true,
            description: 'With `mode: "no-sync"`: names to leave alone, `existsSync`.',
            default: [],
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [defaults],
    messages: {
      syncName: "'{{name}}' says that it is synchronous: nothing else can run until it returns.",
      blocking: '{{api}} blocks the event loop while {{place}} waits for it. Run it on a worker: `{{advice}}`.{{register}}{{native}}',
      blockingNative: '{{api}} blocks the event loop while {{place}} waits for it. It has an asynchronous form of its own, which is a drop-in: `{{twin}}`.',
      blockingReview: '{{api}} blocks the event loop while {{place}} waits for it. Run it on a worker: `{{advice}}`.{{register}}{{native}} Not fixed automatically: {{reason}}.',
      blockingUnfixable: '{{api}} blocks the event loop while {{place}} waits for it.{{native}} Not fixed automatically: {{reason}}.',
      offload: 'Run {{api}} on a worker with `{{advice}}`. Check first: {{reason}}.',
      offloadInstead: 'Run {{api}} on a worker with `{{advice}}`.',
      useNative: 'Use `{{twin}}`. Check first: {{twinReview}}.',
    },
  },
  create(context) {
    const options = { ...defaults, ...context.options[0] };
    const runtime = runtimeSpecifier(context.settings);
    const code = context.sourceCode;
    let file: FileCalls | undefined;

    function check(node: BlockingCall['node']): void {
      const reaction = blockingReaction(node, code, runtime);
      if (reaction) return void checkReaction(reaction);
      const call = blockingCall(node, code, runtime);
      if (!call || !isWanted(call.api, options)) return;
      // A sleep wants a timer and no worker: no-busy-loop reports and fixes it.
      if (node.type === 'CallExpression' && atomicsWait(node, code)?.kind === 'sleep') return;
      const where = reportedContext(node, { contexts: options.contexts, code, runtime, isRun });
      if (where) report(call, where);
    }

    /** Only who calls an API in a function that is given to another has other modules looked into. */
    function isRun(fn: FunctionNode): boolean {
      return calls().isRun(fn);
    }

    function isWaitedFor(fn: FunctionNode): boolean {
      return calls().isWaitedFor(fn);
    }

    function calls(): FileCalls {
      return (file ??= fileCalls(context, runtime, wantedApis(options), false));
    }

    function checkReaction(call: BlockingReaction): void {
      const where = reactionContext(call, code, runtime);
      if (!isWanted(call.api, options) || !reportsIn(options.contexts, where)) return;
      const registration = registrationOf(call);
      const found = [...call.hazards, ...registrationHazards(call.api, registration)];
      const value = call.takesValue ? 'value' : '';
      reportWith(call, where, {
        registration,
        found,
        native: undefined,
        advice: `(${value}) => offload(${calleeText(call, code)}${value && ', value'})`,
        edit: (fixer, offload) => offloadReaction(fixer, call, offload, code),
      });
    }

    function report(call: BlockingCall, where: ExecutionContext): void {
      const site = siteOf(call, where);
      // A function that is reported as part of what is around it is one of which it is known who calls it.
      const placed = where.kind === 'function' ? site.hazards : site.hazards.map((hazard): Hazard => (hazard === 'sync-function' ? 'given-function' : hazard));
      const registration = registrationOf(call);
      reportWith(call, where, {
        registration,
        found: [...call.hazards, ...apiHazards(call, code), ...registrationHazards(call.api, registration), ...placed, ...placeHazards(call, site.hazards, code, runtime)],
        native: options.fix === 'native' ? nativeRewrite(call, code, context.physicalFilename, runtime) : undefined,
        advice: `${site.form === 'await' ? 'await ' : ''}offload(${calleeText(call, code)}${callArguments(call).length > 0 ? ', …' : ''})`,
        *edit(fixer, offload) {
          if (site.callback) yield* rewriteCallback(fixer, site.callback.rewrite, { waits: site.form === 'await', outer: site.callback.around }, code);
          yield* offloadCall(fixer, call.node as TSESTree.CallExpression, { name: offload, form: site.form }, code);
        },
      });
    }

    function siteOf({ node }: BlockingCall, where: ExecutionContext): AwaitSite {
      const site = awaitSite(node, code, context.physicalFilename, runtime);
      const { node: fn } = boundaryOf(node);
      const isGiven = where.kind !== 'function' && site.hazards.includes('sync-function') && isFunction(fn) && isWaitedFor(fn);
      return (isGiven ? siteInWaited(node, fn, code) : undefined) ?? site;
    }

    function registrationOf(call: BlockingCall): Registration | undefined {
      return call.api.reference === 'registered' ? registrationFor(call, code, context.physicalFilename, runtime) : undefined;
    }

    function reportWith(call: BlockingCall, where: ExecutionContext, { registration, found, native, advice, edit }: Rewrite): void {
      const certainty = options.fix === 'none' ? 'unsafe' : certaintyOf(found);
      const data = { api: displayName(call.api), place: placeName(where), advice, reason: reasonFor(gravest(found), call.api), register: registerAdvice(registration, code), native: nativeAdvice(call.api, certainty) };

      const fix = function* (fixer: TSESLint.RuleFixer): Generator<TSESLint.RuleFix> {
        const registers = registration?.done === false;
        const known = runtimeImports(registers ? ['offload', 'offloadable'] : ['offload'], call.node, code, context.physicalFilename, runtime);
        if (known.edit) yield known.edit(fixer);
        if (registers) yield insertRegistration(fixer, registration, known, call.node, context.physicalFilename, code);
        yield* edit(fixer, known.names.offload);
      };
      const facts = { api: call.api, where: isFunction(where.owner) ? where : undefined, reason: data.reason || undefined };
      const at = { node: call.callee, data, facts };
      const suggestions: TSESLint.SuggestionReportDescriptor<MessageIds>[] = [];
      if (native) {
        const twinData = { ...data, twin: native.twin, twinReview: native.review ?? '' };
        if (native.review === undefined) {
          const suggest = certainty === 'unsafe' ? [] : [{ messageId: certainty === 'safe' ? 'offloadInstead' : 'offload', data, fix } as const];
          context.report({ ...at, data: twinData, messageId: 'blockingNative', fix: native.fix, suggest });
          return;
        }
        suggestions.push({ messageId: 'useNative', data: twinData, fix: native.fix });
      }
      if (certainty === 'safe') context.report({ ...at, messageId: 'blocking', fix, suggest: suggestions });
      else if (certainty === 'review') context.report({ ...at, messageId: 'blockingReview', suggest: [{ messageId: 'offload', data, fix }, ...suggestions] });
      else context.report({ ...at, messageId: found.length === 0 ? 'blocking' : 'blockingUnfixable', suggest: suggestions });
    }

    /** What is known to block is reported as ever, with its fix, where other work waits for it; every other name as a name. */
    function checkName(name: TSESTree.Identifier, node: TSESTree.CallExpression | undefined): void {
      if (isTask(name, code, runtime)) return;
      const call = node && blockingCall(node, code, runtime);
      const where = call && executionContext(call.node, code, runtime);
      if (call && where?.kind === 'async') report(call, where);
      else context.report({ node: name.parent, messageId: 'syncName', data: { name: name.name } });
    }

    if (options.mode === 'no-sync') return syncNames(options, checkName);
    if (!mayHave(options.contexts, code) || !fileMayCall(code, context.physicalFilename, wantedApis(options))) return {};
    return { CallExpression: check, NewExpression: check, TaggedTemplateExpression: check };
  },
});

/** How a call is made to wait, and what is in the way of that. */
interface Rewrite {
  readonly registration: Registration | undefined;
  readonly found: readonly Hazard[];
  readonly native: ReturnType<typeof nativeRewrite>;
  readonly advice: string;
  /** Writes it, given the name of `offload` in the file. */
  readonly edit: (fixer: TSESLint.RuleFixer, offload: string) => Generator<TSESLint.RuleFix>;
}

/** `offload(readFileSync, path)`: a name that is handed to the runtime is not called here. */
function isTask(name: TSESTree.Identifier, code: Code, runtime: string): boolean {
  const call = name.parent;
  const index = call.type === 'CallExpression' ? call.arguments.indexOf(name) : -1;
  return index >= 0 && argumentRole(call as TSESTree.CallExpression, index, code, runtime) === 'worker';
}

function registrationHazards({ reference }: BlockingApi, registration: Registration | undefined): readonly Hazard[] {
  if (reference === 'built-in') return [];
  if (!registration) return ['unregistered'];
  return registration.done || registration.address.certain ? [] : ['module-address'];
}

function calleeText({ callee }: BlockingCall, code: Code): string {
  const text = code.getText(callee);
  return callee.type === 'SequenceExpression' ? `(${text})` : text;
}

function callArguments({ node }: BlockingCall): readonly TSESTree.Node[] {
  return node.type === 'TaggedTemplateExpression' ? [] : node.arguments;
}

function reasonFor(hazard: Hazard | undefined, api: BlockingApi): string {
  if (!hazard) return '';
  const { text } = hazards[hazard];
  return hazard === 'api-not-offloadable' && api.offload !== true ? `${text}, as ${api.offload}` : text;
}

function registerAdvice(registration: Registration | undefined, code: Code): string {
  return registration?.done === false ? ` Register its package with the runtime first: \`${registrationText(registration, 'offloadable', code)}\`.` : '';
}

/** The API's own asynchronous form: beside a fix only where it would do just as well, else as the way out. */
function nativeAdvice({ native }: BlockingApi, certainty: Certainty): string {
  if (!native) return '';
  if (native.dropIn) return ` Its own asynchronous form, ${native.name}, is a drop-in.`;
  return certainty === 'unsafe' ? ` Its own asynchronous form is ${native.name}, but ${native.differs ?? 'it differs'}.` : '';
}

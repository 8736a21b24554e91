import type { TSESTree } from '@typescript-eslint/utils';
import { blockingCall, offloadedApi } from '../analysis/blocking-call.js';
import { executionContext } from '../analysis/context.js';
import { fileMayCall } from '../analysis/may-call.js';
import { apiName, displayName, matchesApiPattern } from '../catalogue/lookup.js';
import type { BlockingApi } from '../catalogue/types.js';
import { type NativeRewrite, nativeRewrite, nativeRewriteOfOffload } from '../fixes/native-rewrite.js';
import { reportedApis } from './api-options.js';
import { createRule } from './create-rule.js';
import { mayHave } from './reported-contexts.js';
import { runtimeSpecifier } from './settings.js';

export interface PreferNativeAsyncOptions {
  readonly ignore?: readonly string[];
  readonly offloadedOnly?: boolean;
}

type MessageIds = 'native' | 'nativeReview' | 'useNative';

const defaults: Required<PreferNativeAsyncOptions> = { ignore: [], offloadedOnly: false };

/** Reports what can be rewritten or suggested, and no more: what cannot wait is the business of no-blocking-call. */
export default createRule<readonly [PreferNativeAsyncOptions?], MessageIds>('prefer-native-async', {
  meta: {
    type: 'suggestion',
    docs: { description: "prefer an API's own asynchronous form to a blocking call or its offload", recommended: false, configs: { native: [{ offloadedOnly: true }], all: [{ offloadedOnly: true }] } },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          ignore: {
            type: 'array',
            items: { type: 'string', minLength: 1 },
            uniqueItems: true,
            description: 'APIs to leave alone, by name or with `*`: `fs.readFileSync`, `zlib.*`.',
            default: [],
          },
          offloadedOnly: { type: 'boolean', description: 'Report offloaded calls only, beside `no-blocking-call` with `fix: "native"`, which reports the others.', default: defaults.offloadedOnly },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [defaults],
    messages: {
      native: '{{api}} has an asynchronous form of its own, which is a drop-in: `{{twin}}`.',
      nativeReview: '{{api}} has an asynchronous form of its own: `{{twin}}`. Not fixed automatically: {{reason}}.',
      useNative: 'Use `{{twin}}`. Check first: {{reason}}.',
    },
  },
  create(context) {
    const options = { ...defaults, ...context.options[0] };
    const runtime = runtimeSpecifier(context.settings);
    const { sourceCode: code, physicalFilename: filename } = context;
    if (!(mayHave('async', code) || code.text.includes(runtime)) || !fileMayCall(code, filename, reportedApis)) return {};

    const isWanted = (api: BlockingApi): boolean => api.reported && !options.ignore.some((pattern) => matchesApiPattern(apiName(api), pattern));

    function check(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
      const offloaded = node.type === 'CallExpression' ? offloadedApi(node, code, runtime) : undefined;
      if (offloaded) {
        if (isWanted(offloaded)) report(node.callee, offloaded, nativeRewriteOfOffload(node as TSESTree.CallExpression, offloaded, code, filename));
        return;
      }
      const call = options.offloadedOnly ? undefined : blockingCall(node, code, runtime);
      if (!call || !isWanted(call.api) || executionContext(node, code, runtime).kind !== 'async') return;
      report(call.callee, call.api, nativeRewrite(call, code, filename, runtime));
    }

    function report(node: TSESTree.Node, api: BlockingApi, rewrite: NativeRewrite | undefined): void {
      if (!rewrite) return;
      const { twin, review, fix } = rewrite;
      const data = { api: displayName(api), twin, reason: review ?? '' };
      if (review === undefined) context.report({ node, messageId: 'native', data, facts: { api }, fix });
      else context.report({ node, messageId: 'nativeReview', data, facts: { api, reason: review }, suggest: [{ messageId: 'useNative', data, fix }] });
    }

    return { CallExpression: check, NewExpression: check };
  },
});

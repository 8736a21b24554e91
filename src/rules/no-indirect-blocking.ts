import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { executionContext } from '../analysis/context.js';
import { isMocked } from '../analysis/mocks.js';
import { type ParsedWith, projectModules } from '../analysis/modules/module-cache.js';
import type { BlockingChain } from '../analysis/summary/blocking-chains.js';
import { calledFunction, type Modules } from '../analysis/summary/module-graph.js';
import type { FunctionSummary } from '../analysis/summary/module-summary.js';
import { type CallNode, callsOf, type PlacedCall, type Summarised, summariseModule } from '../analysis/summary/summarise-module.js';
import type { Values } from '../analysis/summary/values.js';
import { typedDeclaration } from '../analysis/typed-declaration.js';
import { apiOptionsSchema, isWanted } from './api-options.js';
import { chainText } from './chain-text.js';
import { createRule } from './create-rule.js';
import { type Contexts, contextsSchema, reportedContexts } from './reported-contexts.js';
import { runtimeSpecifier } from './settings.js';

export interface NoIndirectBlockingOptions {
  readonly contexts?: Contexts;
  readonly ignore?: readonly string[];
  readonly include?: readonly string[];
  readonly minimumCost?: 'short' | 'long';
  readonly maxDepth?: number;
}

type MessageIds = 'blocking';

const defaults: Required<NoIndirectBlockingOptions> = { contexts: 'async', ignore: [], include: [], minimumCost: 'short', maxDepth: 8 };

export default createRule<readonly [NoIndirectBlockingOptions?], MessageIds>('no-indirect-blocking', {
  meta: {
    type: 'problem',
    docs: { description: 'disallow calls of functions that block the event loop inside async code', recommended: false },
    schema: [
      {
        type: 'object',
        properties: {
          contexts: contextsSchema,
          ...apiOptionsSchema,
          maxDepth: { type: 'integer', minimum: 1, description: 'How many functions a chain may have, the called one included.', default: defaults.maxDepth },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [defaults],
    messages: {
      blocking: '{{call}} blocks the event loop: {{chain}}.',
    },
  },
  create(context) {
    const options = { ...defaults, ...context.options[0] };
    const contexts = reportedContexts[options.contexts];
    const runtime = runtimeSpecifier(context.settings);
    const code = context.sourceCode;
    const calls: CallNode[] = [];
    let known: Summarised | undefined;
    const summarised = (): Summarised => (known ??= summariseModule(context.physicalFilename, code, runtime));

    function checkAll(): void {
      if (calls.length === 0) return;
      const { values } = summarised();
      const modules = projectModules({
        ...parsedWith(context),
        text: code.text,
        isWhole: context.filename === context.physicalFilename,
        runtime,
        summary: () => summarised().summary,
      });
      const { ignore, include, minimumCost, maxDepth } = options;
      const chains = modules.chains(JSON.stringify([ignore, include, minimumCost]), (api) => isWanted(api, options));
      for (const call of calls) {
        for (const { fn, node } of functionsAt(call, values, modules)) {
          const chain = chains.from(fn, maxDepth);
          if (!chain) continue;
          report(chain, node, call);
          break;
        }
      }
    }

    /** The functions that a call runs, and the nodes that name them. */
    function functionsAt(call: CallNode, values: Values, modules: Modules): readonly { readonly fn: FunctionSummary; readonly node: TSESTree.Node }[] {
      const calls = callsOf(call, values, code, runtime);
      if (calls.some(({ call: { target } }) => 'api' in target)) return [];
      const found = calls.flatMap(({ call: called, node }) => {
        const fn = isMockedCall(called, code) ? undefined : calledFunction(called, modules);
        return fn ? [{ fn, node }] : [];
      });
      const callee = call.type === 'TaggedTemplateExpression' ? call.tag : call.callee;
      const typed = found.some(({ node }) => node === callee) ? undefined : typedDeclaration(callee, code);
      const fn = typed && modules.summaryOf(typed.file)?.functions.get(typed.offset);
      return fn ? [{ fn, node: callee }, ...found] : found;
    }

    function report(chain: BlockingChain, node: TSESTree.Node, call: CallNode): void {
      const construct = call.type === 'NewExpression' ? 'new ' : '';
      context.report({ node, messageId: 'blocking', data: { call: `${construct}${nameAt(node, chain.functions[0]!.name, code)}()`, chain: chainText(chain, context.physicalFilename) } });
    }

    function collect(node: CallNode): void {
      if (contexts.includes(executionContext(node, code, runtime).kind)) calls.push(node);
    }

    return { CallExpression: collect, NewExpression: collect, TaggedTemplateExpression: collect, 'Program:exit': checkAll };
  },
});

function parsedWith({ languageOptions, sourceCode, physicalFilename, cwd }: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>): ParsedWith {
  return {
    parser: languageOptions.parser as ParsedWith['parser'],
    parserOptions: languageOptions.parserOptions,
    visitorKeys: sourceCode.visitorKeys,
    filename: physicalFilename,
    cwd,
  };
}

/** A module that a test replaces is not the one on disk. */
function isMockedCall({ target }: PlacedCall['call'], code: Readonly<TSESLint.SourceCode>): boolean {
  return 'callee' in target && target.callee.kind === 'import' && isMocked(target.callee.specifier, code);
}

/** A callee as it is written, where that is short enough to be quoted. */
function nameAt(callee: TSESTree.Node, name: string, code: Readonly<TSESLint.SourceCode>): string {
  const text = code.getText(callee);
  return text.length <= 60 && !text.includes('\n') ? text : name.replace(/^new /, '');
}

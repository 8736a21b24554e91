import { isBuiltin } from 'node:module';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { TwinTarget } from '../analysis/native-twin.js';
import { propertyName, resolveReference } from '../analysis/reference.js';
import { unwrapped } from '../analysis/syntax.js';
import { moduleName } from '../catalogue/modules.js';
import type { BlockingApi } from '../catalogue/types.js';
import { awaitAround } from './await-around.js';
import { type ImportedModule, importedNames, type ImportedNames } from './module-import.js';

type Code = Readonly<TSESLint.SourceCode>;
type Edits = Generator<TSESLint.RuleFix>;

/** What is called in a blocking call's place, and the imports that it needs. */
export interface TwinCallee {
  readonly text: string;
  readonly imports: readonly ImportedNames[];
}

/** How the file would name a twin: by what the callee hangs on, else by an import; undefined where neither is to be had. */
export function twinCallee(callee: TSESTree.Node, api: BlockingApi, target: TwinTarget, call: TSESTree.Node, code: Code, filename: string): TwinCallee | undefined {
  if (code.getCommentsInside(callee).length > 0) return undefined;
  const named = target.kind === 'method' ? methodOf(callee, target.name, code) : exportOf(callee, api, target, call, code, filename);
  if (!named || target.kind === 'method' || !target.promisified) return named;
  const util = importedNames(['promisify'], importedModule('util', api.module, code), call, code, filename);
  return { text: `${util.names['promisify']!}(${named.text})`, imports: [...named.imports, util] };
}

/** `readFileSync(p)` becomes `await readFile(p)`; arguments, their comments and line breaks stay as they were. */
export function* nativeCall(fixer: TSESLint.RuleFixer, call: TSESTree.CallExpression | TSESTree.NewExpression, { text }: TwinCallee, form: 'await' | 'promise', code: Code): Edits {
  yield* awaitAround(fixer, call, { form }, code);
  yield fixer.replaceTextRange([call.type === 'NewExpression' ? call.range[0] : call.callee.range[0], call.callee.range[1]], text);
}

/** `offload(readFileSync, p)` becomes `readFile(p)`: a promise in a promise's place. */
export function* nativeForOffload(fixer: TSESLint.RuleFixer, call: TSESTree.CallExpression, { text }: TwinCallee, code: Code): Edits {
  const task = call.arguments[0]!;
  const next = code.getTokenAfter(task)!;
  const end = next.value === ',' ? code.getTokenAfter(next, { includeComments: true })!.range[0] : next.range[0];
  const gap = next.value === ',' && code.text.slice(next.range[1], end).includes('\n') ? code.text.slice(next.range[1], end) : '';
  yield fixer.replaceTextRange([call.range[0], end], `${text}(${gap}`);
}

function methodOf(callee: TSESTree.Node, name: string, code: Code): TwinCallee | undefined {
  if (callee.type !== 'MemberExpression' || callee.computed) return undefined;
  return { text: code.text.slice(callee.range[0], callee.property.range[0]) + name, imports: [] };
}

function exportOf(callee: TSESTree.Node, api: BlockingApi, target: TwinTarget & { readonly kind: 'export' }, call: TSESTree.Node, code: Code, filename: string): TwinCallee | undefined {
  const { module, path } = target;
  // A global has no owner that is written down.
  if (module === 'globalThis') return code.getText(callee) === api.path ? { text: path.join('.'), imports: [] } : undefined;
  const owner = ownerOf(callee, api, code);
  if (owner !== undefined) return { text: [owner, ...(module === 'fs/promises' ? ['promises'] : []), ...path].join('.'), imports: [] };
  const [first, ...rest] = path;
  if (first === undefined) return undefined;
  const imported = importedNames([first], importedModule(module, api.module, code), call, code, filename);
  return { text: [imported.names[first], ...rest].join('.'), imports: [imported] };
}

/** What an API's export path hangs on: `fs` in `fs.realpathSync.native`. */
function ownerOf(callee: TSESTree.Node, { module, path }: BlockingApi, code: Code): string | undefined {
  let node = unwrapped(callee);
  for (const step of path.split('.').reverse()) {
    if (step === '') continue;
    if (node.type !== 'MemberExpression' || node.optional || propertyName(node, code) !== step) return undefined;
    node = unwrapped(node.object);
  }
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression' && node.type !== 'CallExpression') return undefined;
  const reference = resolveReference(node, code);
  return reference?.module === module && reference.path.length === 0 && !reference.instance ? code.getText(node) : undefined;
}

/** A module to import from, spelled as the file spells the module of the call. */
function importedModule(module: string, beside: string, code: Code): ImportedModule {
  const scheme = isBuiltin(module) && !module.startsWith('node:') && (!isBuiltin(beside) || code.ast.tokens.some(({ type, value }) => type === 'String' && value.slice(1, -1) === `node:${beside}`));
  return {
    specifier: scheme ? `node:${module}` : module,
    isSpelled: (specifier) => moduleName(specifier) === module,
    defaultHasAll: isBuiltin(module),
    aliases: (exported) => [`${exported}Async`],
    namespaces: [`${module.replaceAll(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase())}Module`],
  };
}

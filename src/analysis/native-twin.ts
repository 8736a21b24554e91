import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { BlockingApi, DifferentCalls } from '../catalogue/types.js';
import { constantValue, functionValue } from './argument-values.js';
import { resolveReference, variableOf } from './reference.js';
import { unwrapped } from './syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What takes a blocking call's place: another method of its object, or an export. */
export type TwinTarget =
  | { readonly kind: 'method'; readonly name: string }
  | { readonly kind: 'export'; readonly module: string; readonly path: readonly string[]; readonly promisified: boolean };

/** The native twin of an API, for one call of it. */
export interface TwinForCall {
  readonly target: TwinTarget;
  /** How it may differ for this call; undefined where it is a drop-in. */
  readonly differs: string | undefined;
}

/** The twin that could take the place of a call with these arguments; undefined where there is none that gives a promise. */
export function twinForCall({ module, native }: BlockingApi, given: readonly TSESTree.Node[], code: Code): TwinForCall | undefined {
  if (!native || (native.form !== 'promise' && native.form !== 'promisified')) return undefined;
  const target = targetOf(native.name, native.form === 'promisified', module);
  const fits = native.dropIn || (native.differsFor !== undefined && isAnother(native.differsFor, given, code));
  return target && { target, differs: fits ? undefined : native.differs };
}

/** `fs/promises.readFile`, `util.promisify(zlib.gzip)`, `dir.read()`, `which`, `WebAssembly.compile`. */
function targetOf(name: string, promisified: boolean, module: string): TwinTarget | undefined {
  if (promisified) return exportTarget(name.slice('util.promisify('.length, -1), true, module);
  if (name.endsWith('()')) return name === 'import()' ? undefined : { kind: 'method', name: name.slice(name.lastIndexOf('.') + 1, -2) };
  return exportTarget(name, false, module);
}

function exportTarget(name: string, promisified: boolean, module: string): TwinTarget | undefined {
  const of = (owner: string, path: string): TwinTarget => ({ kind: 'export', module: owner, path: path === '' ? [] : path.split('.'), promisified });
  if (module === 'globalThis') return of(module, name);
  for (const owner of [module, 'fs/promises', 'fs']) {
    if (name === owner) return of(owner, '');
    if (name.startsWith(`${owner}.`)) return of(owner, name.slice(owner.length + 1));
  }
  return undefined;
}

/** Is it known that this is none of the calls that the twin differs for? */
function isAnother(calls: DifferentCalls, given: readonly TSESTree.Node[], code: Code): boolean {
  const before = given.slice(0, calls.argument + 1);
  if (before.some(({ type }) => type === 'SpreadElement')) return false;
  const argument = given[calls.argument];
  if ('option' in calls) return !argument || isWithoutOption(argument, calls.option, code);
  if (calls.is === 'undefined') return !argument || functionValue(argument) === 'no';
  return argument !== undefined && isNoNumber(argument, code, 0);
}

function isWithoutOption(argument: TSESTree.Node, option: string, code: Code): boolean {
  const node = unwrapped(argument);
  const value = node.type === 'Identifier' ? constantValue(node, code) : node;
  if (value?.type !== 'ObjectExpression') return value !== null && functionValue(value) === 'no';
  return value.properties.every((one) => one.type === 'Property' && !one.computed && one.key.type === 'Identifier' && one.key.name !== option);
}

const pathModules = new Set(['path', 'path/posix', 'path/win32', 'url', 'os']);
const pathFunctions = new Set(['basename', 'dirname', 'fileURLToPath', 'homedir', 'join', 'normalize', 'pathToFileURL', 'relative', 'resolve', 'tmpdir', 'toNamespacedPath']);

/** Is an expression a text or an object for sure? A path that may be a file descriptor is the reason why this matters. */
function isNoNumber(expression: TSESTree.Node, code: Code, depth: number): boolean {
  const node = unwrapped(expression);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string';
    case 'TemplateLiteral':
      return true;
    case 'NewExpression':
      return node.callee.type === 'Identifier' && node.callee.name === 'URL' && (variableOf(node.callee, code)?.defs.length ?? 0) === 0;
    case 'BinaryExpression':
      return node.operator === '+' && [node.left, node.right].some((side) => isText(side, code, depth));
    case 'ConditionalExpression':
      return isNoNumber(node.consequent, code, depth) && isNoNumber(node.alternate, code, depth);
    case 'MemberExpression':
      return node.object.type === 'MetaProperty' && node.property.type === 'Identifier' && ['dirname', 'filename', 'url'].includes(node.property.name);
    case 'CallExpression':
      return givesPath(node, code);
    case 'Identifier':
      return isTypedText(node, code) || (depth < 5 && isConstantText(node, code, depth));
    default:
      return false;
  }
}

function isText(expression: TSESTree.Node, code: Code, depth: number): boolean {
  const node = unwrapped(expression);
  if (node.type === 'Literal') return typeof node.value === 'string';
  return node.type === 'TemplateLiteral' || ((node.type === 'CallExpression' || node.type === 'Identifier' || node.type === 'MemberExpression') && isNoNumber(node, code, depth));
}

function givesPath(call: TSESTree.CallExpression, code: Code): boolean {
  const called = resolveReference(call.callee, code);
  const last = called?.path[called.path.length - 1] ?? '';
  if (!called) return false;
  if (called.module === 'process') return last === 'cwd';
  if (called.module === 'globalThis') return called.path.join('.') === 'String' || called.path.join('.') === 'require.resolve';
  return pathModules.has(called.module) && pathFunctions.has(last);
}

function isConstantText(node: TSESTree.Identifier, code: Code, depth: number): boolean {
  const variable = variableOf(node, code);
  if (!variable || variable.defs.length === 0) return node.name === '__filename' || node.name === '__dirname';
  const value = constantValue(node, code);
  return value !== null && isNoNumber(value, code, depth + 1);
}

/** A parameter or a variable whose type is written down: `path: string`. */
function isTypedText(node: TSESTree.Identifier, code: Code): boolean {
  const [definition, ...others] = variableOf(node, code)?.defs ?? [];
  if (!definition || others.length > 0 || (definition.type !== 'Parameter' && definition.type !== 'Variable') || definition.name.type !== 'Identifier') return false;
  const type = definition.name.typeAnnotation?.typeAnnotation;
  return type !== undefined && isTextType(type);
}

function isTextType(type: TSESTree.TypeNode): boolean {
  if (type.type === 'TSUnionType') return type.types.every(isTextType);
  if (type.type === 'TSTypeReference') return type.typeName.type === 'Identifier' && ['Buffer', 'PathLike', 'URL'].includes(type.typeName.name);
  return type.type === 'TSStringKeyword' || type.type === 'TSTemplateLiteralType' || (type.type === 'TSLiteralType' && type.literal.type === 'Literal' && typeof type.literal.value === 'string');
}

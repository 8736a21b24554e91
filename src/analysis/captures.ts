import { isBuiltin } from 'node:module';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isGivenToTasks } from '../catalogue/worker-scope.js';
import type { File } from './file.js';
import { isCommonJs } from './module-style.js';
import { ancestorsOf, type FunctionNode, isFunction, walk } from './syntax.js';

/** Something that a function uses and its source does not bring along. */
export interface Capture {
  readonly kind:
    /** a variable, import, function or class around it */
    | 'variable'
    /** `module` and `exports`, which every CommonJS module has its own of */
    | 'module'
    /** the `arguments` of a function around it */
    | 'arguments'
    /** the object of a method around it */
    | 'this'
    /** what compiles in its own class or module only */
    | 'super' | 'private-name' | 'import-meta';
  readonly name: string;
  /** Where it is used first. */
  readonly node: TSESTree.Node;
  /** The variable, and every use of it in the function. */
  readonly variable?: Variable;
  readonly uses?: readonly Reference[];
}

type Variable = TSESLint.Scope.Variable;
type Reference = TSESLint.Scope.Reference;

/** What a function closes over that is not there where its source is compiled by itself. Empty: it is self-contained. */
export function captures(fn: FunctionNode, file: File): readonly Capture[] {
  return [...variableCaptures(fn, file), ...syntaxCaptures(fn, file)].sort((a, b) => a.node.range[0] - b.node.range[0]);
}

function variableCaptures(fn: FunctionNode, file: File): Capture[] {
  const { code, filename } = file;
  const found = new Map<string, { variable: Variable | null; uses: Reference[] }>();
  const guarded = new Set<string>();
  for (const reference of code.scopeManager?.acquire(fn)?.through ?? []) {
    const { identifier, resolved } = reference;
    const node = identifier as TSESTree.Identifier;
    if (!isValue(reference, fn)) continue;
    // Whoever asks `typeof name` first knows that it may be missing.
    if (node.parent.type === 'UnaryExpression' && node.parent.operator === 'typeof') guarded.add(node.name);
    const use = found.get(node.name);
    if (use) use.uses.push(reference);
    else found.set(node.name, { variable: resolved, uses: [reference] });
  }
  return [...found].flatMap(([name, { variable, uses }]): Capture[] => {
    const node = uses[0]!.identifier as TSESTree.Identifier;
    if (guarded.has(name)) return [];
    if (variable && variable.defs.length > 0) return isLeftBehind(variable, uses, fn, file) ? [{ kind: 'variable', name, node, variable, uses }] : [];
    if (name === 'arguments' && variable?.scope.type === 'function') return [{ kind: 'arguments', name, node }];
    return (name === 'module' || name === 'exports') && isCommonJs(code, filename) ? [{ kind: 'module', name, node }] : [];
  });
}

/** Not a type: `typeof x` in a type is written as a value is. */
function isValue(reference: Reference, fn: TSESTree.Node): boolean {
  if ((reference as { isValueReference?: boolean }).isValueReference === false) return false;
  for (const ancestor of ancestorsOf(reference.identifier)) {
    if (ancestor === fn) return true;
    if (ancestor.type === 'TSTypeQuery') return false;
  }
  return true;
}

function isLeftBehind(variable: Variable, uses: readonly Reference[], fn: FunctionNode, { code, filename }: File): boolean {
  if (isGivenToTasks(variable.name) || isMinifiedHelper(variable.name, code.text)) return false;
  return variable.defs.every((definition) => {
    // A declared function has its own name inside, as it has where it stands.
    if (definition.node === fn) return false;
    if (isAmbient(definition.node) || isAmbient(definition.parent)) return false;
    // Compilers write the value in place of a constant of an enum.
    if (/^TS(?:Enum|Module)Name$/.test(definition.type)) return false;
    return !(definition.type === 'ImportBinding' && /\.[cm]?tsx?$/.test(filename) && uses.every((use) => mayBeEnum(use, definition.parent)));
  });
}

/** `declare const VERSION: string`: somebody else puts it there, or its value in its place. */
function isAmbient(node: TSESTree.Node | null | undefined): boolean {
  return node !== null && node !== undefined && 'declare' in node && node.declare;
}

/** `Mode.Fast` of an import may be a constant of a `const enum`; it is not where it is called. */
function mayBeEnum(use: Reference, declaration: TSESTree.Node | null | undefined): boolean {
  if (declaration?.type === 'ImportDeclaration' && isBuiltin(declaration.source.value)) return false;
  const member = (use.identifier as TSESTree.Identifier).parent;
  if (member.type !== 'MemberExpression' || member.object !== use.identifier) return false;
  const { parent } = member;
  return !((parent.type === 'CallExpression' || parent.type === 'NewExpression') && parent.callee === member);
}

/** esbuild's `__name` under a minified name, which the runtime finds by its text. */
function isMinifiedHelper(name: string, text: string): boolean {
  return /^[\w$]{1,3}$/.test(name) && text.includes(`${name}=(`) && new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}=\\(([\\w$]+),([\\w$]+)\\)=>[\\w$.]+\\(\\1,"name",\\{value:\\2,`).test(text);
}

function syntaxCaptures(fn: FunctionNode, { code }: File): Capture[] {
  const found = new Map<string, Capture>();
  const add = (kind: Capture['kind'], name: string, node: TSESTree.Node): void => void (found.has(name) || found.set(name, { kind, name, node }));
  const own = privateNamesIn(fn, code);
  walk(fn, code.visitorKeys, (node) => {
    if (node.type === 'MetaProperty' && isModuleMeta(node)) add('import-meta', 'import.meta', node);
    if (node.type === 'PrivateIdentifier' && !own.has(node.name)) add('private-name', `#${node.name}`, node);
  });
  if (fn.type === 'ArrowFunctionExpression') {
    walk(fn, code.visitorKeys, (node) => {
      if (node.type === 'Super') add('super', 'super', node);
      if (node.type === 'ThisExpression' && isObjectOfMethod(node, fn, code)) add('this', 'this', node);
      return node.type !== 'ClassBody' && (!isFunction(node) || node.type === 'ArrowFunctionExpression');
    });
  }
  return [...found.values()];
}

function privateNamesIn(fn: TSESTree.Node, { visitorKeys }: File['code']): ReadonlySet<string> {
  const names = new Set<string>();
  walk(fn, visitorKeys, (node) => {
    if (node.type === 'ClassBody') for (const member of node.body) if ('key' in member && member.key.type === 'PrivateIdentifier') names.add(member.key.name);
  });
  return names;
}

/** What Node has on `import.meta`. Of the rest, such as `env`, bundlers make constants. */
function isModuleMeta({ meta, parent }: TSESTree.MetaProperty): boolean {
  if (meta.name !== 'import') return false;
  return parent.type === 'MemberExpression' && !parent.computed && parent.property.type === 'Identifier' && /^(?:url|dirname|filename|resolve|main)$/.test(parent.property.name);
}

/**
 * Does an arrow function read a member of the `this` of a method around it? Left alone are `this?.x`, and `this` handed on
 * whole, as tsc writes it for async functions that never read it.
 */
function isObjectOfMethod(node: TSESTree.ThisExpression, fn: FunctionNode, code: File['code']): boolean {
  const reads = node.parent.type === 'MemberExpression' ? node.parent.object === node && !node.parent.optional : node.parent.type === 'VariableDeclarator' && node.parent.id.type === 'ObjectPattern';
  if (!reads) return false;
  for (const ancestor of ancestorsOf(fn)) {
    if (ancestor.type === 'PropertyDefinition' || ancestor.type === 'AccessorProperty' || ancestor.type === 'StaticBlock') return true;
    if (!isFunction(ancestor) || ancestor.type === 'ArrowFunctionExpression') continue;
    return ancestor.parent.type === 'MethodDefinition' || code.getScope(ancestor).isStrict;
  }
  return false;
}

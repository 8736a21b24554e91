import { findVariable, getPropertyName, getStaticValue } from '@eslint-community/eslint-utils';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { moduleName } from '../catalogue/modules.js';
import { isFunction, unwrapped } from './syntax.js';

/** A name outside this file that an expression stands for: `fs` + `['readFileSync']`; `globalThis` + `['Atomics', 'wait']`. */
export interface ApiReference {
  readonly module: string;
  readonly path: readonly string[];
  /** The expression stands for an instance of the class that `path` names: `new DatabaseSync()`. */
  readonly instance?: true;
}

/** Results of functions, by `module.name`, that are instances of a class of the same module. */
export type InstanceResults = (module: string, path: readonly string[]) => string | undefined;

type Code = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/** Wrappers that transpilers and bundlers put around `require`, all of which keep the module's exports reachable. */
const interopHelpers = /^(?:__importStar|__importDefault|__toESM|_interop(?:Require(?:Default|Wildcard)|Namespace(?:Default|Compat)?|DefaultLegacy)?)$/;
/** Names by which code says "the global object". */
const globalObjects = new Set(['globalThis', 'global', 'window', 'self']);

/**
 * The module export or global that an expression stands for, through imports, `require`, `await import()`, aliases and
 * destructuring; undefined where that cannot be known. A name alone is never enough: parameters, shadowed names and
 * variables written with different things resolve to nothing.
 */
export function resolveReference(expression: TSESTree.Node, code: Code, instanceOf: InstanceResults = noInstances): ApiReference | undefined {
  const found = resolveAsWritten(expression, code, instanceOf);
  return found && normalised(found);
}

/** The same with module and path as the file writes them: `./config.js` + `['default', 'load']`. */
export function resolveAsWritten(expression: TSESTree.Node, code: Code, instanceOf: InstanceResults = noInstances): ApiReference | undefined {
  let resolvers = known.get(code);
  if (!resolvers) known.set(code, (resolvers = new Map<InstanceResults, Resolver>()));
  let resolve = resolvers.get(instanceOf);
  if (!resolve) resolvers.set(instanceOf, (resolve = resolverOf(code, instanceOf)));
  return resolve(expression);
}

type Resolver = (expression: TSESTree.Node) => ApiReference | undefined;

const noInstances: InstanceResults = () => undefined;

/** Made once for a file, as nearly every expression of it is asked about, and remembers what its variables stand for. */
const known = new WeakMap<Code, Map<InstanceResults, Resolver>>();

function resolverOf(code: Code, instanceOf: InstanceResults): Resolver {
  const variables = new Map<Variable, ApiReference | undefined>();
  /** Those that are being resolved: what refers to itself stands for nothing. */
  const seen = new Set<Variable>();
  const hasWith = code.scopeManager?.scopes.some(({ type }) => type === 'with') === true;
  return resolve;

  function resolve(wrappedNode: TSESTree.Node): ApiReference | undefined {
    const node = unwrapped(wrappedNode);
    switch (node.type) {
      case 'Identifier':
        return hasWith && isUnderWith(node, code) ? undefined : resolveIdentifier(node);
      case 'MemberExpression':
        return resolveMember(node);
      case 'SequenceExpression':
        return resolve(node.expressions[node.expressions.length - 1]!);
      case 'AwaitExpression': {
        const awaited = unwrapped(node.argument);
        return awaited.type === 'ImportExpression' ? fromSpecifier(awaited.source) : undefined;
      }
      case 'CallExpression':
        return resolveCall(node);
      case 'NewExpression': {
        const made = resolve(node.callee);
        return made && !made.instance && (made.path.length > 0 || made.module !== 'globalThis') ? { ...made, instance: true } : undefined;
      }
      case 'TSQualifiedName': {
        const left = resolve(node.left);
        return left && member(left, node.right.name);
      }
      case 'TSExternalModuleReference':
        return fromSpecifier(node.expression);
      default:
        return undefined;
    }
  }

  function resolveIdentifier(node: TSESTree.Identifier): ApiReference | undefined {
    const variable = variableOf(node, code);
    if (!variable || variable.defs.length === 0) {
      if (node.name === 'undefined') return undefined;
      return { module: 'globalThis', path: globalObjects.has(node.name) ? [] : [node.name] };
    }
    if (variables.has(variable)) return variables.get(variable);
    if (seen.has(variable)) return undefined;
    // On the way from another variable, that one counts for nothing, which is no answer for good.
    const isFirst = seen.size === 0;
    seen.add(variable);
    try {
      const reference = resolveVariable(variable);
      if (isFirst) variables.set(variable, reference);
      return reference;
    } finally {
      seen.delete(variable);
    }
  }

  function resolveVariable(variable: Variable): ApiReference | undefined {
    const [definition] = variable.defs;
    if (definition?.type === 'ImportBinding' && variable.defs.length === 1) return resolveImport(definition.node, definition.parent);
    if (definition?.type === 'Parameter' && variable.defs.length === 1) return resolveParameter(variable);
    if (!variable.defs.every((one) => one.type === 'Variable')) return undefined;
    // One value or several writes of the same value: `let fs; try { fs = require('fs') } catch {}` is still fs.
    const writes = variable.references.filter((reference) => reference.isWrite());
    let only: ApiReference | undefined;
    for (const write of writes) {
      const value = written(write.identifier as TSESTree.Identifier);
      const reference = value && resolvePath(value);
      if (!reference || (only && !sameReference(only, reference))) return undefined;
      only = reference;
    }
    return only;
  }

  function resolveImport(node: ImportBindingNode, parent: TSESTree.Node | null | undefined): ApiReference | undefined {
    if (node.type === 'TSImportEqualsDeclaration') return node.importKind === 'type' ? undefined : resolve(node.moduleReference);
    if (parent?.type !== 'ImportDeclaration' || parent.importKind === 'type') return undefined;
    const module = parent.source.value;
    if (node.type === 'ImportNamespaceSpecifier') return { module, path: [] };
    if (node.type === 'ImportDefaultSpecifier') return { module, path: ['default'] };
    if (node.importKind === 'type') return undefined;
    return { module, path: [node.imported.type === 'Identifier' ? node.imported.name : node.imported.value] };
  }

  /** `import('node:fs').then(({ readFileSync }) => …)`: the parameter is the module. */
  function resolveParameter(variable: Variable): ApiReference | undefined {
    const [definition] = variable.defs;
    const callback = definition!.node as TSESTree.Node;
    if (!isFunction(callback) || callback.parent.type !== 'CallExpression' || callback.parent.arguments[0] !== callback) return undefined;
    const { callee } = callback.parent;
    if (callee.type !== 'MemberExpression' || propertyName(callee, code) !== 'then') return undefined;
    const imported = unwrapped(callee.object);
    if (imported.type !== 'ImportExpression' || variable.references.some((reference) => reference.isWrite())) return undefined;
    const module = fromSpecifier(imported.source);
    const steps = patternPath(callback.params[0]!, definition!.name as TSESTree.Identifier);
    return module && steps?.reduce<ApiReference>(member, module);
  }

  function resolvePath({ value, steps }: Written): ApiReference | undefined {
    const base = resolve(value);
    return base && steps.reduce<ApiReference | undefined>((reference, step) => reference && member(reference, step), base);
  }

  function resolveMember(node: TSESTree.MemberExpression): ApiReference | undefined {
    const object = resolve(node.object);
    if (!object) return undefined;
    const name = propertyName(node, code);
    return name === null ? undefined : member(object, name);
  }

  function resolveCall(node: TSESTree.CallExpression): ApiReference | undefined {
    const [first] = node.arguments;
    if (isRequire(node.callee)) return first && fromSpecifier(first);
    const callee = unwrapped(node.callee);
    if (callee.type === 'Identifier' && interopHelpers.test(callee.name)) return first && resolve(first);
    const reference = resolve(callee);
    const called = reference && normalised(reference);
    if (called?.module === 'process' && called.path.join('.') === 'getBuiltinModule') return first && fromSpecifier(first);
    // What `bind` gives is another function, which calls this one; as a step of its own it is no call of it yet.
    if (called?.path[called.path.length - 1] === 'bind') return { ...called, path: [...called.path.slice(0, -1), 'bind()'] };
    const className = called && instanceOf(called.module, called.path);
    return className === undefined ? undefined : { module: called!.module, path: [className], instance: true };
  }

  /** Node's `require`, or one made with `createRequire`. */
  function isRequire(wrappedNode: TSESTree.Node): boolean {
    const node = unwrapped(wrappedNode);
    if (node.type === 'CallExpression') {
      const reference = resolve(node.callee);
      const called = reference && normalised(reference);
      return called?.module === 'module' && called.path.join('.') === 'createRequire';
    }
    if (node.type === 'MemberExpression') {
      return propertyName(node, code) === 'require' && node.object.type === 'Identifier' && node.object.name === 'module' && !isDeclared(node.object, code);
    }
    if (node.type !== 'Identifier') return false;
    const variable = variableOf(node, code);
    if (!variable || variable.defs.length === 0) return node.name === 'require';
    const writes = variable.references.filter((reference) => reference.isWrite());
    if (writes.length !== 1 || seen.has(variable)) return false;
    seen.add(variable);
    try {
      const value = written(writes[0]!.identifier as TSESTree.Identifier);
      return value?.steps.length === 0 && isRequire(value.value);
    } finally {
      seen.delete(variable);
    }
  }

  function fromSpecifier(node: TSESTree.Node): ApiReference | undefined {
    const value = staticString(node, code);
    return value === undefined ? undefined : { module: value, path: [] };
  }
}

type ImportBindingNode = TSESTree.ImportDefaultSpecifier | TSESTree.ImportNamespaceSpecifier | TSESTree.ImportSpecifier | TSESTree.TSImportEqualsDeclaration;

export interface Written {
  readonly value: TSESTree.Node;
  readonly steps: readonly string[];
}

/** What a write puts into a variable: the value's expression and the properties that destructuring takes from it. */
export function written(identifier: TSESTree.Identifier): Written | undefined {
  for (let node: TSESTree.Node = identifier; node.parent; node = node.parent) {
    const parent: TSESTree.Node = node.parent;
    if (parent.type === 'VariableDeclarator' && parent.id === node) {
      const steps = parent.init && patternPath(node, identifier);
      return steps ? { value: parent.init!, steps } : undefined;
    }
    if (parent.type === 'AssignmentExpression' && parent.left === node) {
      const steps = parent.operator === '=' && patternPath(node, identifier);
      return steps ? { value: parent.right, steps } : undefined;
    }
  }
  return undefined;
}

/** The property names from a pattern down to one of its identifiers; undefined where a default, an index or a computed key is in the way. */
export function patternPath(pattern: TSESTree.Node, identifier: TSESTree.Identifier): readonly string[] | undefined {
  if (pattern === identifier) return [];
  if (pattern.type !== 'ObjectPattern') return undefined;
  for (const property of pattern.properties) {
    if (property.range[0] > identifier.range[0] || property.range[1] < identifier.range[1]) continue;
    if (property.type === 'RestElement') return property.argument === identifier ? [] : undefined;
    const name = getPropertyName(property as never);
    const below = patternPath(property.value, identifier);
    return name === null || name === undefined || !below ? undefined : [name, ...below];
  }
  return undefined;
}

function member(reference: ApiReference, name: string): ApiReference {
  const { module, path, instance } = reference;
  if (!instance) return module === 'globalThis' && path.length === 0 && globalObjects.has(name) ? reference : { module, path: [...path, name] };
  // A module that is a class itself, as CommonJS has them, has no name of its own.
  return { module, path: [...path.slice(0, -1), `${path[path.length - 1] ?? ''}#${name}`] };
}

/** One spelling for each API: no `node:`, no `default` of a CommonJS module, `process` whether imported or global. */
function normalised({ module: specifier, path, ...rest }: ApiReference): ApiReference {
  if (specifier === 'globalThis') return path[0] === 'process' ? { ...rest, module: 'process', path: path.slice(1) } : { ...rest, module: specifier, path };
  const module = moduleName(specifier);
  let from = 0;
  while (path[from] === 'default') from += 1;
  return { ...rest, module, path: path.slice(from).map((step, index) => (index === 0 ? step.replace(/^default(?=#)/, '') : step)) };
}

function sameReference(a: ApiReference, b: ApiReference): boolean {
  const [one, other] = [normalised(a), normalised(b)];
  return one.module === other.module && one.instance === other.instance && one.path.join('.') === other.path.join('.');
}

/** Is an expression the global of this name? `Array`, `Math.max` */
export function isGlobal(expression: TSESTree.Node, name: string, code: Code): boolean {
  const reference = resolveReference(expression, code);
  return reference?.module === 'globalThis' && !reference.instance && reference.path.join('.') === name;
}

/** The variable that an identifier reads, by scope; null for an undeclared global. */
export function variableOf(identifier: TSESTree.Identifier, code: Code): Variable | null {
  // Typed by ESLint's own scopes, which differ from typescript-eslint's in name only. By its name: a node would be looked for
  // in each scope below, one after the other, and this is the innermost around it.
  const variable: unknown = findVariable(code.getScope(identifier) as never, identifier.name);
  return variable as Variable | null;
}

/** Inside `with (object)`, any name may be a property of the object. */
function isUnderWith(identifier: TSESTree.Identifier, code: Code): boolean {
  for (let scope: TSESLint.Scope.Scope | null = code.getScope(identifier); scope; scope = scope.upper) if (scope.type === 'with') return true;
  return false;
}

/** Does this file declare or import the name? If not, it is a global. */
export function isDeclared(identifier: TSESTree.Identifier, code: Code): boolean {
  return (variableOf(identifier, code)?.defs.length ?? 0) > 0;
}

/** The property a member expression reads, computed constants included; null where it is not known. */
export function propertyName(node: TSESTree.MemberExpression, code: Code): string | null {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : null;
  return getPropertyName(node as never, code.getScope(node) as never) ?? null;
}

/** The string an expression is known to be. */
export function staticString(node: TSESTree.Node, code: Code): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  const value: unknown = getStaticValue(node as never, code.getScope(node) as never)?.value;
  return typeof value === 'string' ? value : undefined;
}

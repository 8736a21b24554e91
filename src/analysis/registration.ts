import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { findBlockingApi } from '../catalogue/lookup.js';
import type { BlockingCall } from './blocking-call.js';
import { moduleStatements } from './module-statements.js';
import { type ModuleAddress, moduleAddress } from './module-style.js';
import { resolveAsWritten, resolveReference, staticString, variableOf } from './reference.js';
import { type InnerNode, unwrapped } from './syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What `offloadable` has to be told before a worker finds a function of another module: `(import.meta.url, 'bcrypt', bcrypt)`. */
export interface Registration {
  readonly address: ModuleAddress;
  /** The specifier as the file imports it. */
  readonly specifier: string;
  /** What the file calls the package, `bcrypt`, or the functions that it takes from it, `{ hashSync }`. */
  readonly exports: string;
  /** The statement that imports the package. */
  readonly statement: TSESTree.Node;
  /** Does the file register it already? */
  readonly done: boolean;
}

/** How the file registers, or would register, the package of a call; undefined where it does not import it by name above the call. */
export function registrationFor({ api, node, callee }: BlockingCall, code: Code, filename: string, runtime: string): Registration | undefined {
  // A worker looks for what the module itself has, and not further down.
  if (api.path.includes('.') || api.path.includes('#')) return undefined;
  return registrationOf(callee, node, code, filename, runtime);
}

/** The same for a function of any other module, of the project's own too; undefined where it is a property of one of its exports. */
export function registrationOfExport(callee: TSESTree.Node, call: TSESTree.Node, code: Code, filename: string, runtime: string): Registration | undefined {
  const reference = resolveAsWritten(callee, code);
  return reference && !reference.instance && reference.path.length <= 1 ? registrationOf(callee, call, code, filename, runtime) : undefined;
}

function registrationOf(callee: TSESTree.Node, call: TSESTree.Node, code: Code, filename: string, runtime: string): Registration | undefined {
  const binding = moduleBinding(callee, code);
  if (!binding) return undefined;
  const taken = takenFrom(binding, code);
  if (taken?.statement.parent.type !== 'Program' || taken.statement.range[1] > call.range[0]) return undefined;
  const done = moduleStatements(code).some((statement) => registers(statement, taken.specifier, binding.name, code, runtime));
  return { ...taken, address: moduleAddress(code, filename), done };
}

/** The name by which the file imports what an expression goes back to, through its constants. */
function moduleBinding(expression: TSESTree.Node, code: Code): TSESTree.Identifier | undefined {
  const seen = new Set<TSESTree.Node>();
  for (let node = rootOf(expression); node.type === 'Identifier' && !seen.has(node); ) {
    seen.add(node);
    const [definition, ...others] = definitionsOf(node, code);
    if (!definition || others.length > 0) return undefined;
    if (definition.type === 'ImportBinding') return definition.name;
    if (definition.type !== 'Variable' || !definition.node.init) return undefined;
    if (requiredSpecifier(definition.node.init, code) !== undefined) return definition.name;
    node = rootOf(definition.node.init);
  }
  return undefined;
}

function definitionsOf(identifier: TSESTree.Identifier, code: Code): readonly TSESLint.Scope.Definition[] {
  return variableOf(identifier, code)?.defs ?? [];
}

function rootOf(expression: TSESTree.Node): TSESTree.Node {
  const node = unwrapped(expression);
  if (node.type === 'MemberExpression') return rootOf(node.object);
  return node.type === 'SequenceExpression' ? rootOf(node.expressions[node.expressions.length - 1]!) : node;
}

type Taken = Pick<Registration, 'specifier' | 'exports'> & { readonly statement: InnerNode };

/** What a name's import or `require` takes from its module. */
function takenFrom(binding: TSESTree.Identifier, code: Code): Taken | undefined {
  const { parent } = binding;
  switch (parent.type) {
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return { specifier: parent.parent.source.value, exports: binding.name, statement: parent.parent };
    case 'ImportSpecifier': {
      const declaration = parent.parent as TSESTree.ImportDeclaration;
      const specifier = declaration.source.value;
      if (nameOf(parent.imported) === 'default') return { specifier, exports: binding.name, statement: declaration };
      const named = declaration.specifiers.filter((one) => one.type === 'ImportSpecifier' && one.importKind !== 'type') as TSESTree.ImportSpecifier[];
      return { specifier, exports: objectOf(named.map(({ imported, local }) => [nameOf(imported), local.name]), specifier, binding.name), statement: declaration };
    }
    case 'TSImportEqualsDeclaration': {
      const { moduleReference } = parent;
      const specifier = moduleReference.type === 'TSExternalModuleReference' ? staticString(moduleReference.expression, code) : undefined;
      return specifier === undefined ? undefined : { specifier, exports: binding.name, statement: parent };
    }
    default:
      return takenByRequire(binding, code);
  }
}

/** `const bcrypt = require('bcrypt')`, `const { hashSync } = require('bcrypt')`, `const hash = require('bcrypt').hashSync`. */
function takenByRequire(binding: TSESTree.Identifier, code: Code): Taken | undefined {
  const declarator = binding.parent.type === 'Property' ? binding.parent.parent.parent : binding.parent;
  if (declarator.type !== 'VariableDeclarator' || !declarator.init) return undefined;
  const specifier = requiredSpecifier(declarator.init, code);
  if (specifier === undefined) return undefined;
  const { statement, init } = { statement: declarator.parent, init: unwrapped(declarator.init) };
  if (declarator.id === binding) {
    if (init.type !== 'MemberExpression') return { specifier, exports: binding.name, statement };
    return init.property.type === 'Identifier' && !init.computed ? { specifier, exports: objectOf([[init.property.name, binding.name]], specifier, binding.name), statement } : undefined;
  }
  if (declarator.id.type !== 'ObjectPattern' || init.type === 'MemberExpression') return undefined;
  const named = declarator.id.properties.flatMap((property): [string, string][] =>
    property.type === 'Property' && property.key.type === 'Identifier' && property.value.type === 'Identifier' ? [[property.key.name, property.value.name]] : [],
  );
  return { specifier, exports: objectOf(named, specifier, binding.name), statement };
}

/** The module that `require('x')` or `require('x').y` loads. */
function requiredSpecifier(expression: TSESTree.Node, code: Code): string | undefined {
  const node = unwrapped(expression);
  if (node.type === 'MemberExpression') return unwrapped(node.object).type === 'CallExpression' ? requiredSpecifier(node.object, code) : undefined;
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require' || !node.arguments[0]) return undefined;
  return staticString(node.arguments[0], code);
}

/** `{ hashSync, compareSync: compare }`: what is called, and all else that the same import takes and a worker could run. */
function objectOf(names: readonly (readonly [exported: string, local: string])[], specifier: string, called: string): string {
  const kept = names.filter(([exported, local]) => local === called || isOffloadable(specifier, exported));
  return `{ ${kept.map(([exported, local]) => (exported === local ? local : `${/^[\w$]+$/.test(exported) ? exported : JSON.stringify(exported)}: ${local}`)).join(', ')} }`;
}

function isOffloadable(module: string, name: string): boolean {
  const api = findBlockingApi(module, [name]);
  return api?.offload === true && api.reference === 'registered';
}

/** Is this statement `offloadable(…, 'bcrypt', bcrypt)`, or one with the name among others? */
function registers(statement: TSESTree.Node, specifier: string, name: string, code: Code, runtime: string): boolean {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'CallExpression') return false;
  const { callee, arguments: given } = statement.expression;
  const [, module, exports] = given;
  if (!module || !exports || staticString(module, code) !== specifier) return false;
  const called = resolveReference(callee, code);
  if (called?.module !== runtime || called.path.join('.') !== 'offloadable') return false;
  const value = unwrapped(exports);
  if (value.type === 'Identifier') return value.name === name;
  return value.type === 'ObjectExpression' && value.properties.some((property) => property.type === 'Property' && property.value.type === 'Identifier' && property.value.name === name);
}

function nameOf(name: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return name.type === 'Identifier' ? name.name : name.value;
}

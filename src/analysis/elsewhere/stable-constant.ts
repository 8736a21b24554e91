import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName, resolveReference, variableOf } from '../reference.js';
import { unwrapped } from '../syntax.js';

type Code = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/**
 * Does a variable of a module hold the same wherever the module is loaded, and whenever it is read? A text, a number or the
 * like that is computed from such, or a list of them that is only looked into.
 */
export function isStable(variable: Variable, use: TSESTree.Identifier, code: Code): boolean {
  const value = onlyValue(variable, code);
  if (!value) return false;
  return isPlain(value, code, new Set([variable])) || (isListOfPlain(value, code) && !isExported(variable) && isOnlyLookedInto(variable, code) && looksInto(use, code));
}

/** What is written to a variable of a module where it is declared, and never again. */
function onlyValue({ defs: [definition, ...others], references, scope }: Variable, code: Code): TSESTree.Expression | undefined {
  if (definition?.type !== 'Variable' || others.length > 0 || definition.node.id.type !== 'Identifier' || !definition.node.init) return undefined;
  // A variable of a function is another one at each call.
  if (scope.type !== 'module' && scope.type !== 'global' && scope.block !== code.ast) return undefined;
  return references.some((reference) => reference.isWrite() && reference.init !== true) ? undefined : definition.node.init;
}

function isPlain(expression: TSESTree.Node, code: Code, seen: ReadonlySet<Variable>): boolean {
  const node = unwrapped(expression);
  const plain = (one: TSESTree.Node): boolean => isPlain(one, code, seen);
  switch (node.type) {
    case 'Literal':
      // A search that goes on where the last one ended has a state.
      return !('regex' in node) || !/[gy]/.test(node.regex.flags);
    case 'TemplateLiteral':
      return node.expressions.every(plain);
    case 'UnaryExpression':
      return node.operator !== 'delete' && plain(node.argument);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return plain(node.left) && plain(node.right);
    case 'ConditionalExpression':
      return plain(node.test) && plain(node.consequent) && plain(node.alternate);
    case 'Identifier':
      return isPlainName(node, code, seen);
    case 'MemberExpression':
      return isPlace(node, code);
    case 'CallExpression': {
      const reference = resolveReference(node.callee, code);
      const name = reference && !reference.instance ? `${reference.module}.${reference.path.join('.')}` : '';
      return /^(?:path\.(?:basename|dirname|extname|join|normalize|relative|resolve)|url\.fileURLToPath|os\.(?:homedir|platform|tmpdir))$/.test(name) && node.arguments.every(plain);
    }
    default:
      return false;
  }
}

function isPlainName(node: TSESTree.Identifier, code: Code, seen: ReadonlySet<Variable>): boolean {
  const variable = variableOf(node, code);
  if (!variable || variable.defs.length === 0) return ['__dirname', '__filename', 'Infinity', 'NaN', 'undefined'].includes(node.name);
  const value = seen.has(variable) ? undefined : onlyValue(variable, code);
  return value !== undefined && isPlain(value, code, new Set([...seen, variable]));
}

/** `import.meta.url`, `path.sep`, `process.platform`. */
function isPlace(node: TSESTree.MemberExpression, code: Code): boolean {
  if (node.object.type === 'MetaProperty') return ['dirname', 'filename', 'url'].includes(propertyName(node, code) ?? '');
  const reference = resolveReference(node, code);
  return reference !== undefined && /^(?:path\.(?:delimiter|sep)|os\.EOL|process\.(?:arch|execPath|platform|version))$/.test(`${reference.module}.${reference.path.join('.')}`);
}

function isListOfPlain(expression: TSESTree.Node, code: Code): boolean {
  const node = unwrapped(expression);
  const plain = (one: TSESTree.Node | null): boolean => one !== null && isPlain(one, code, new Set());
  if (node.type === 'ArrayExpression') return node.elements.every(plain);
  if (node.type === 'ObjectExpression') return node.properties.every((property) => property.type === 'Property' && property.kind === 'init' && !property.computed && plain(property.value));
  return node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Set' && node.arguments[0]?.type === 'ArrayExpression' && node.arguments[0].elements.every(plain);
}

function isExported({ defs: [definition], references }: Variable): boolean {
  return (definition?.type === 'Variable' && definition.parent.parent.type === 'ExportNamedDeclaration') || references.some(({ identifier }) => (identifier as TSESTree.Identifier).parent.type === 'ExportSpecifier');
}

function isOnlyLookedInto({ references }: Variable, code: Code): boolean {
  return references.every((reference) => reference.init === true || looksInto(reference.identifier as TSESTree.Identifier, code));
}

const lookingMethods = new Set(['at', 'every', 'filter', 'find', 'findIndex', 'forEach', 'has', 'includes', 'indexOf', 'join', 'map', 'slice', 'some']);

/** `names.includes(name)`, `table[name]`, `for (const name of names)`. */
function looksInto(use: TSESTree.Identifier, code: Code): boolean {
  const { parent } = use;
  if (parent.type === 'TSTypeQuery' || parent.type === 'SpreadElement') return true;
  if (parent.type === 'ForOfStatement') return parent.right === use;
  if (parent.type !== 'MemberExpression' || parent.object !== use) return false;
  const above = parent.parent;
  if (above.type === 'CallExpression' && above.callee === parent) return lookingMethods.has(propertyName(parent, code) ?? '');
  return !(above.type === 'AssignmentExpression' && above.left === parent) && above.type !== 'UpdateExpression' && !(above.type === 'UnaryExpression' && above.operator === 'delete');
}

import type { TSESTree } from '@typescript-eslint/utils';
import type { File } from './file.js';
import { resolveReference, variableOf } from './reference.js';
import { type InnerNode, isFunction, walk, wrapped } from './syntax.js';
import { definingExpression } from './task-call.js';

/** What a file gives to `offloadable`: a worker calls these in their module, with all that they close over. */
export interface Registered {
  /** The functions, by their nodes. */
  readonly functions: ReadonlySet<TSESTree.Node>;
  /** Something is registered that the source does not name. */
  readonly unknown: boolean;
}

const cache = new WeakMap<object, Registered>();

export function registeredIn(file: File): Registered {
  let known = cache.get(file.code.ast);
  if (!known) cache.set(file.code.ast, (known = find(file)));
  return known;
}

/** What stands for the functions in a call of `offloadable`; undefined for every other call. */
export function registration(node: TSESTree.CallExpression, { code, runtime }: File): TSESTree.Node | undefined {
  const reference = resolveReference(node.callee, code);
  if (reference?.module !== runtime || reference.path.join('.') !== 'offloadable') return undefined;
  return node.arguments.length === 2 ? definingExpression(node.arguments[1]!, code) : node.arguments[2];
}

/**
 * Might another module register this function, or this one in a way that cannot be seen? It might where the function
 * is exported, or used for anything but to be called or given to the runtime.
 */
export function mayBeRegistered(fn: TSESTree.Node, isTask: (use: TSESTree.Node) => boolean, file: File): boolean {
  const registered = registeredIn(file);
  if (registered.functions.has(fn)) return true;
  const name = nameOf(fn);
  const variable = name && variableOf(name, file.code);
  if (!variable) return false;
  if (registered.unknown || variable.defs.some(({ node, parent }) => isExported(node) || isExported(parent))) return true;
  return variable.references.some(({ identifier, init }) => {
    const { parent } = identifier as TSESTree.Identifier;
    if (init || parent.type === 'TSTypeQuery') return false;
    return !(parent.type === 'CallExpression' && parent.callee === identifier) && !isTask(identifier);
  });
}

/** The name of a declared function, or of the variable that holds one. */
function nameOf(fn: TSESTree.Node): TSESTree.Identifier | null {
  if (fn.type === 'FunctionDeclaration' || fn.type === 'ClassDeclaration') return fn.id;
  const { parent } = wrapped(fn as InnerNode);
  return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : null;
}

function isExported(node: TSESTree.Node | null | undefined): boolean {
  return node?.parent?.type.startsWith('Export') === true;
}

function find(file: File): Registered {
  const { code } = file;
  const functions = new Set<TSESTree.Node>();
  let unknown = false;
  if (!code.text.includes('offloadable')) return { functions, unknown };
  walk(code.ast, code.visitorKeys, (node) => {
    const given = node.type === 'CallExpression' && node.arguments.length === 2 ? registration(node, file) : undefined;
    if (!given) return;
    if (given.type !== 'ObjectExpression') unknown = true;
    else for (const property of given.properties) if (!add(property)) unknown = true;
  });
  return { functions, unknown };

  function add(property: TSESTree.ObjectLiteralElement): boolean {
    const fn = property.type === 'Property' ? functionOf(property.value, file) : undefined;
    if (fn) functions.add(fn);
    return fn !== undefined;
  }
}

/** The function that an expression is or names. */
function functionOf(expression: TSESTree.Node, { code }: File): TSESTree.Node | undefined {
  const node = definingExpression(expression, code);
  if (isFunction(node)) return node;
  const definition = node.type === 'Identifier' ? variableOf(node, code)?.defs[0] : undefined;
  return definition?.type === 'FunctionName' ? definition.node : undefined;
}

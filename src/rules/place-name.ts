import type { TSESTree } from '@typescript-eslint/utils';
import type { ExecutionContext } from '../analysis/context.js';
import { type FunctionNode, isFunction } from '../analysis/syntax.js';

/** A context as a message names it: `async function 'load'`, `async method 'get'`, `a promise reaction`. */
export function placeName({ owner, kind, reaction }: ExecutionContext): string {
  if (kind === 'module') return 'this module';
  if (reaction) return 'this promise reaction';
  if (!isFunction(owner)) return 'this class';
  if (owner.parent.type === 'MethodDefinition' && owner.parent.kind === 'constructor') return 'this constructor';
  const name = functionName(owner);
  const what = `${owner.async ? 'async ' : ''}${owner.generator ? 'generator ' : ''}${kindOf(owner)}`;
  return name === undefined ? `this ${what}` : `${what} '${name}'`;
}

function kindOf(fn: FunctionNode): string {
  if (fn.parent.type === 'MethodDefinition') return 'method';
  if (fn.parent.type === 'Property' && fn.parent.method) return 'method';
  return fn.type === 'ArrowFunctionExpression' ? 'arrow function' : 'function';
}

function functionName(fn: FunctionNode): string | undefined {
  if (fn.id) return fn.id.name;
  const { parent } = fn;
  switch (parent.type) {
    case 'MethodDefinition':
    case 'Property':
    case 'PropertyDefinition':
      return keyName(parent.key, parent.computed);
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? parent.id.name : undefined;
    case 'AssignmentExpression':
      return parent.left.type === 'Identifier' ? parent.left.name : parent.left.type === 'MemberExpression' ? keyName(parent.left.property, parent.left.computed) : undefined;
    default:
      return undefined;
  }
}

function keyName(key: TSESTree.Node, computed: boolean): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (key.type === 'Identifier') return computed ? undefined : key.name;
  return key.type === 'Literal' ? String(key.value) : undefined;
}

import type { ExecutionContext } from '../analysis/context.js';
import { functionName } from '../analysis/function-name.js';
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

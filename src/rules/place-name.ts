import type { ExecutionContext } from '../analysis/context.js';
import { functionName } from '../analysis/function-name.js';
import { type FunctionNode, isFunction } from '../analysis/syntax.js';

/** A context as a message names it: `async function 'load'`, `async method 'get'`, `this promise reaction`. */
export function placeName(where: ExecutionContext): string {
  const kind = placeKind(where);
  const name = ownName(where);
  return name === undefined ? `this ${kind}` : `${kind} '${name}'`;
}

/** The name of the function that a context is; undefined where it has none, or is no function that goes by its name. */
export function ownName({ owner, kind, reaction }: ExecutionContext): string | undefined {
  return kind === 'module' || reaction || !isFunction(owner) || isConstructor(owner) ? undefined : functionName(owner);
}

/** What kind of thing a context is: `async function`, `async method`, `promise reaction`. */
export function placeKind({ owner, kind, reaction }: ExecutionContext): string {
  if (kind === 'module') return 'module';
  if (reaction) return 'promise reaction';
  if (!isFunction(owner)) return 'class';
  if (isConstructor(owner)) return 'constructor';
  return `${owner.async ? 'async ' : ''}${owner.generator ? 'generator ' : ''}${kindOf(owner)}`;
}

function isConstructor({ parent }: FunctionNode): boolean {
  return parent.type === 'MethodDefinition' && parent.kind === 'constructor';
}

function kindOf(fn: FunctionNode): string {
  if (fn.parent.type === 'MethodDefinition') return 'method';
  if (fn.parent.type === 'Property' && fn.parent.method) return 'method';
  return fn.type === 'ArrowFunctionExpression' ? 'arrow function' : 'function';
}

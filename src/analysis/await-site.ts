import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { callbackRole } from './callback-role.js';
import type { Hazard } from './hazards.js';
import { isCommonJs } from './module-style.js';
import { boundaryOf, type FunctionNode, type InnerNode, isFunction, walk, wrapped } from './syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** Whether `await` may stand at a place, and what else would do. */
export interface AwaitSite {
  /** `await` puts the value in place; `promise` leaves the promise to the caller, who waits for it: `.then(() => f(x))`. */
  readonly form: 'await' | 'promise';
  /** What is in the way of it; empty: nothing. */
  readonly hazards: readonly Hazard[];
}

/** May `await` stand here? Asks for the place only; what the wait changes is the question of `interleaving`. */
export function awaitSite(node: InnerNode, code: Code, filename: string, runtime: string): AwaitSite {
  const boundary = boundaryOf(node);
  switch (boundary.kind) {
    case 'program':
      return blocked(isCommonJs(code, filename) ? 'commonjs-top-level' : 'module-top-level');
    case 'field':
      return blocked('class-field');
    case 'static-block':
    case 'enum':
    case 'namespace':
      return blocked(boundary.kind);
    case 'function':
      if (boundary.part === 'parameters') return blocked('parameter-default');
      if (isInDecorator(node, boundary.node)) return blocked('decorator');
      // What is awaited already needs no second await.
      if (boundary.node.async) return { form: node.parent.type === 'AwaitExpression' ? 'promise' : 'await', hazards: [] };
      return inSyncFunction(node, boundary.node, code, runtime);
  }
}

function inSyncFunction(node: InnerNode, fn: FunctionNode, code: Code, runtime: string): AwaitSite {
  if (fn.generator) return blocked('generator');
  if (fn.parent.type === 'MethodDefinition' && fn.parent.kind === 'constructor') return blocked('constructor');
  if ((fn.parent.type === 'MethodDefinition' || fn.parent.type === 'Property') && (fn.parent.kind === 'get' || fn.parent.kind === 'set')) return blocked('accessor');
  switch (callbackRole(fn, code, runtime)) {
    case 'reaction':
      return isReturned(node, fn, code) ? { form: 'promise', hazards: [] } : blocked('reaction-statement');
    case 'synchronous':
    case 'event-loop':
      return blocked('sync-callback');
    default:
      return blocked('sync-function');
  }
}

/** The whole of what an arrow or a `return` directly in the function gives back. */
function isReturned(node: InnerNode, fn: FunctionNode, code: Code): boolean {
  // A declared type (`(): string =>`, `f() as string`) is that of the value, and a promise would not have it.
  if (fn.returnType || wrapped(node) !== node) return false;
  return fn.body === node || (node.parent.type === 'ReturnStatement' && !isGuarded(node, fn, code));
}

/** Inside `try` or next to `using`, a promise settles only when its `catch`, `finally` or disposal is past. */
function isGuarded(node: TSESTree.Node, fn: FunctionNode, code: Code): boolean {
  for (let ancestor = node.parent; ancestor && ancestor !== fn; ancestor = ancestor.parent) if (ancestor.type === 'TryStatement') return true;
  let disposes = false;
  walk(fn.body, code.visitorKeys, (inner) => {
    if (inner.type === 'VariableDeclaration' && (inner.kind === 'using' || inner.kind === 'await using')) disposes = true;
    return !disposes && !isFunction(inner);
  });
  return disposes;
}

function isInDecorator(node: TSESTree.Node, fn: FunctionNode): boolean {
  for (let ancestor = node.parent; ancestor && ancestor !== fn; ancestor = ancestor.parent) if (ancestor.type === 'Decorator') return true;
  return false;
}

function blocked(hazard: Hazard): AwaitSite {
  return { form: 'await', hazards: [hazard] };
}

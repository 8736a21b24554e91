import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type CallbackRewrite, callbackRewrite, keepsItems } from './callback-rewrite.js';
import { callbackRole } from './callback-role.js';
import { certaintyOf, type Hazard } from './hazards.js';
import { hasNoModule } from './module-statements.js';
import { isCommonJs, isComponent } from './module-style.js';
import { boundaryOf, type FunctionNode, type InnerNode, isFunction, walk, wrapped } from './syntax.js';
import { taskCall } from './task-call.js';

type Code = Readonly<TSESLint.SourceCode>;

/** Whether `await` may stand at a place, and what else would do. */
export interface AwaitSite {
  /** `await` puts the value in place; `promise` leaves the promise to the caller, who waits for it: `.then(() => f(x))`. */
  readonly form: 'await' | 'promise';
  /** What is in the way of it; empty: nothing. */
  readonly hazards: readonly Hazard[];
  /** What has to change around the callback that the place is in; its own place is asked for in `around`. */
  readonly callback?: { readonly rewrite: CallbackRewrite; readonly around: AwaitSite['form'] };
}

/** May `await` stand here? Asks for the place only; what the wait changes is the question of `interleaving`. */
export function awaitSite(node: InnerNode, code: Code, filename: string, runtime: string): AwaitSite {
  if (isTask(node, code, filename, runtime)) return blocked('task');
  if (hasNoModule(code)) return blocked('no-script');
  const boundary = boundaryOf(node);
  switch (boundary.kind) {
    case 'program':
      return { form: formFor(node), hazards: [topLevelHazard(code, filename)] };
    case 'field':
      return blocked('class-field');
    case 'static-block':
    case 'enum':
    case 'namespace':
      return blocked(boundary.kind);
    case 'function':
      if (boundary.part === 'parameters') return blocked('parameter-default');
      if (isInDecorator(node, boundary.node)) return blocked('decorator');
      if (boundary.node.async) return { form: formFor(node), hazards: [] };
      return inSyncFunction(node, boundary.node, code, filename, runtime);
  }
}

/** `offload(f())` calls what it should pass, which valid-offload mends by another edit. */
function isTask(node: InnerNode, code: Code, filename: string, runtime: string): boolean {
  const place = wrapped(node);
  // Where a task runs is not asked here, and so not whether the file is a test.
  return place.parent.type === 'CallExpression' && taskCall(place.parent, { code, filename, runtime, isTest: false })?.task === place;
}

function topLevelHazard(code: Code, filename: string): Hazard {
  if (isComponent(filename)) return 'component-top-level';
  return isCommonJs(code, filename) ? 'commonjs-top-level' : 'module-top-level';
}

/** What is awaited already needs no second await. */
function formFor(node: InnerNode): AwaitSite['form'] {
  return node.parent.type === 'AwaitExpression' ? 'promise' : 'await';
}

function inSyncFunction(node: InnerNode, fn: FunctionNode, code: Code, filename: string, runtime: string): AwaitSite {
  if (fn.generator) return blocked('generator');
  if (fn.parent.type === 'MethodDefinition' && fn.parent.kind === 'constructor') return blocked('constructor');
  if ((fn.parent.type === 'MethodDefinition' || fn.parent.type === 'Property') && (fn.parent.kind === 'get' || fn.parent.kind === 'set')) return blocked('accessor');
  const returned = isReturned(node, fn, code);
  switch (callbackRole(fn, code, runtime)) {
    case 'reaction':
      return returned ? { form: 'promise', hazards: [] } : rewritten(fn, 'await', code, filename, runtime) ?? blocked('reaction-statement');
    case 'synchronous':
      return rewritten(fn, returned ? 'promise' : 'await', code, filename, runtime) ?? blocked('sync-callback');
    case 'event-loop':
      return blocked('sync-callback');
    default:
      return blocked('sync-function');
  }
}

const rewriteHazards = { 'async-reaction': 'async-reaction', 'promise-all': 'array-callback', 'ask-all': 'asking-callback', 'total': 'total-callback', 'for-of': 'for-each-callback' } as const satisfies Record<CallbackRewrite['kind'], Hazard>;

/** The same in a function that is given to one which waits for it; undefined where that cannot be made async as it is declared. */
export function siteInWaited(node: InnerNode, fn: FunctionNode, code: Code): AwaitSite | undefined {
  if (fn.returnType) return undefined;
  return { form: isReturned(node, fn, code) ? 'promise' : 'await', hazards: ['waited-callback'], callback: { rewrite: { kind: 'async-reaction', callback: fn }, around: 'promise' } };
}

/** A place in a callback that could be made to wait, if what it is passed to stands where that can be awaited in turn. */
function rewritten(fn: FunctionNode, form: AwaitSite['form'], code: Code, filename: string, runtime: string): AwaitSite | undefined {
  const rewrite = callbackRewrite(fn, code, runtime);
  if (!rewrite) return undefined;
  const hazards = [rewriteHazards[rewrite.kind]];
  if (rewrite.kind === 'async-reaction') return { form, hazards, callback: { rewrite, around: 'promise' } };
  const around = awaitSite(rewrite.call, code, filename, runtime);
  if (around.callback || certaintyOf(around.hazards) === 'unsafe') return undefined;
  if (rewrite.kind !== 'promise-all' && around.form !== 'await') return undefined;
  const takesPromise = rewrite.kind === 'promise-all' || (rewrite.kind === 'ask-all' && !keepsItems(rewrite.method));
  return { form: takesPromise ? form : 'await', hazards: [...around.hazards, ...hazards], callback: { rewrite, around: around.form } };
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

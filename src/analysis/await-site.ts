import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { callbackRole } from './callback-role.js';
import type { Hazard } from './hazards.js';
import { boundaryOf, type FunctionNode, type InnerNode, wrapped } from './syntax.js';

/** Whether `await` may stand at a place, and what else would do. */
export interface AwaitSite {
  /** `await` puts the value in place; `promise` leaves the promise to the caller, who waits for it: `.then(() => f(x))`. */
  readonly form: 'await' | 'promise';
  /** What is in the way of it; empty: nothing. */
  readonly hazards: readonly Hazard[];
}

/** May `await` stand here? Asks for the place only; what the wait changes is the question of `interleaving`. */
export function awaitSite(node: InnerNode, code: Readonly<TSESLint.SourceCode>, runtime: string): AwaitSite {
  const boundary = boundaryOf(node);
  switch (boundary.kind) {
    case 'program':
      return blocked(code.ast.sourceType === 'module' && !isCommonJsFile(code) ? 'module-top-level' : 'commonjs-top-level');
    case 'field':
      return blocked('class-field');
    case 'static-block':
      return blocked('static-block');
    case 'function':
      if (boundary.part === 'parameters') return blocked('parameter-default');
      if (isInDecorator(node, boundary.node)) return blocked('decorator');
      return boundary.node.async ? { form: 'await', hazards: [] } : inSyncFunction(node, boundary.node, code, runtime);
  }
}

function inSyncFunction(node: InnerNode, fn: FunctionNode, code: Readonly<TSESLint.SourceCode>, runtime: string): AwaitSite {
  if (fn.generator) return blocked('generator');
  if (fn.parent.type === 'MethodDefinition' && fn.parent.kind === 'constructor') return blocked('constructor');
  if ((fn.parent.type === 'MethodDefinition' || fn.parent.type === 'Property') && (fn.parent.kind === 'get' || fn.parent.kind === 'set')) return blocked('accessor');
  switch (callbackRole(fn, code, runtime)) {
    case 'reaction':
      return isReturned(node, fn) ? { form: 'promise', hazards: [] } : blocked('reaction-statement');
    case 'synchronous':
    case 'event-loop':
      return blocked('sync-callback');
    default:
      return blocked('sync-function');
  }
}

/** The whole of what an arrow or a `return` directly in the function gives back. */
function isReturned(node: InnerNode, fn: FunctionNode): boolean {
  // A declared type (`(): string =>`, `f() as string`) is that of the value, and a promise would not have it.
  if (fn.returnType || wrapped(node) !== node) return false;
  return fn.body === node || (node.parent.type === 'ReturnStatement' && !isInTry(node, fn));
}

/** Inside `try`, a returned promise would be rejected past the `catch` and `finally` that wait for it. */
function isInTry(node: TSESTree.Node, fn: FunctionNode): boolean {
  for (let ancestor = node.parent; ancestor && ancestor !== fn; ancestor = ancestor.parent) if (ancestor.type === 'TryStatement') return true;
  return false;
}

function isInDecorator(node: TSESTree.Node, fn: FunctionNode): boolean {
  for (let ancestor = node.parent; ancestor && ancestor !== fn; ancestor = ancestor.parent) if (ancestor.type === 'Decorator') return true;
  return false;
}

/** A file that its own words make CommonJS, although parsers are told `sourceType: "module"` for every `.js` and `.ts` by default. */
function isCommonJsFile(code: Readonly<TSESLint.SourceCode>): boolean {
  return !code.ast.body.some((statement) => statement.type.startsWith('Import') || statement.type.startsWith('Export'));
}

function blocked(hazard: Hazard): AwaitSite {
  return { form: 'await', hazards: [hazard] };
}

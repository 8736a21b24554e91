import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { callbackRole } from './callback-role.js';
import { boundaryOf, type FunctionNode } from './syntax.js';
import { isWorkerCode } from './worker-entry.js';

/** Where a piece of code runs, and what that means for everything else in the process. */
export interface ExecutionContext {
  readonly kind:
    /** an async function, what it runs synchronously, or a promise reaction: other work waits */
    | 'async'
    /** a callback of a timer, an emitter or a server: other work waits, and nothing here can be awaited */
    | 'event-loop'
    /** a function of which it is not known who calls it when */
    | 'function'
    /** the top level of the file: start-up */
    | 'module'
    /** on a worker, or while the process ends: must stay synchronous, and stalls nobody */
    | 'exempt';
  /** The function that is stalled, or the program at the top level. */
  readonly owner: FunctionNode | TSESTree.Node;
  /** True when `owner` is a promise reaction that is not itself async. */
  readonly reaction: boolean;
}

/** Is a function that is written where a call is given it called before that call is done? */
export type IsRun = (fn: FunctionNode) => boolean;

/**
 * Which function runs this node, and is that an async context? Of calls whose name does not say what they do with a
 * function that they are given, it is `isRun` that does; without it, nothing is known of them.
 */
export function executionContext(node: TSESTree.Node, code: Readonly<TSESLint.SourceCode>, runtime: string, isRun: IsRun = () => false): ExecutionContext {
  if (isWorkerCode(node, code)) return { kind: 'exempt', owner: code.ast, reaction: false };
  return locate(node, code, runtime, isRun);
}

function locate(start: TSESTree.Node, code: Readonly<TSESLint.SourceCode>, runtime: string, isRun: IsRun): ExecutionContext {
  let node = start;
  for (;;) {
    const boundary = boundaryOf(node);
    switch (boundary.kind) {
      case 'program':
        return { kind: 'module', owner: boundary.node, reaction: false };
      case 'static-block':
      case 'enum':
      case 'namespace':
        // These run where the class, the enum or the namespace is evaluated.
        node = boundary.node;
        break;
      case 'field':
        if (!boundary.node.static) return { kind: 'function', owner: boundary.node, reaction: false };
        node = boundary.node.parent;
        break;
      case 'function': {
        const fn = boundary.node;
        const known = roleOf(fn, code, runtime);
        if (typeof known === 'object') return known;
        if (known === 'unknown' && !isRun(fn)) return { kind: 'function', owner: fn, reaction: false };
        node = fn;
      }
    }
  }
}

/** What a function says of the code in it: where it runs, that it runs where the function stands, or nothing. */
type Role = ExecutionContext | 'synchronous' | 'unknown';

/** By function, as most have many calls in them. */
const roles = new WeakMap<FunctionNode, { readonly runtime: string; readonly role: Role }>();

function roleOf(fn: FunctionNode, code: Readonly<TSESLint.SourceCode>, runtime: string): Role {
  const known = roles.get(fn);
  if (known?.runtime === runtime) return known.role;
  const role = findRole(fn, code, runtime);
  roles.set(fn, { runtime, role });
  return role;
}

function findRole(fn: FunctionNode, code: Readonly<TSESLint.SourceCode>, runtime: string): Role {
  const role = callbackRole(fn, code, runtime);
  // Asked first: an async callback of `process.on('exit')` or of `offload` is no async context, whatever its keyword says.
  if (role === 'process-end' || role === 'worker') return { kind: 'exempt', owner: fn, reaction: false };
  if (fn.async) return { kind: 'async', owner: fn, reaction: false };
  if (fn.generator) return { kind: 'function', owner: fn, reaction: false };
  if (role === 'reaction') return { kind: 'async', owner: fn, reaction: true };
  if (role === 'event-loop') return { kind: 'event-loop', owner: fn, reaction: false };
  return role === 'synchronous' ? 'synchronous' : 'unknown';
}

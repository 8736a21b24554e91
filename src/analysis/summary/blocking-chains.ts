import type { BlockingApi } from '../../catalogue/types.js';
import { calledFunction, type Modules } from './module-graph.js';
import type { Call, FunctionSummary, Value } from './module-summary.js';

/** How a function comes to block: the functions on the way, each called by the one before it, and what blocks in the last. */
export interface BlockingChain {
  readonly functions: readonly FunctionSummary[];
  /** The call that blocks; undefined where the last function is said to be `@blocking`. */
  readonly end: { readonly api: BlockingApi; readonly line: number } | undefined;
}

/** Answers about functions, kept for as long as the summaries they come from are the same. */
export interface BlockingChains {
  /** The shortest chain from a function, of at most this many functions; the first in source order where several are as short. */
  readonly from: (fn: FunctionSummary, maxDepth: number) => BlockingChain | undefined;
}

/** What is known of a function so far. */
interface Known {
  /** No chain of this many functions or fewer. */
  none: number;
  /** The length of the shortest chain; Infinity where there is none, undefined as long as it is not known. */
  shortest: number | undefined;
  /** The first step of that chain. */
  next: Step | undefined;
  /** The functions that it calls, looked up once they are asked for. */
  called: readonly (Step & { readonly fn: FunctionSummary })[] | undefined;
}

interface Step {
  readonly call: Call;
  readonly fn: FunctionSummary | undefined;
}

/**
 * Chains that end in an API that is wanted. A search goes one function deeper at a time and remembers of each function
 * how far it has been searched in vain, so that recursion ends, each function is looked at once a depth at most, and
 * modules are only read as far as a question leads, and not for a call that `mayBlock` says cannot.
 */
export function blockingChains(modules: Modules, isWanted: (api: BlockingApi) => boolean, mayBlock: (callee: Value) => boolean = () => true): BlockingChains {
  const known = new WeakMap<FunctionSummary, Known>();
  return {
    from: (fn, maxDepth) => (blocksWithin(fn, maxDepth) ? chainFrom(fn) : undefined),
  };

  function blocksWithin(fn: FunctionSummary, depth: number): boolean {
    let state = known.get(fn);
    if (!state) known.set(fn, (state = beginning(fn)));
    while (state.shortest === undefined && state.none < depth) search(fn, state, state.none + 1);
    return state.shortest !== undefined && state.shortest <= depth;
  }

  function search(fn: FunctionSummary, state: Known, depth: number): void {
    if (depth === 1) {
      const call = fn.calls.find(({ target }) => 'api' in target && isWanted(target.api));
      if (call) return void found(state, 1, { call, fn: undefined });
    } else {
      state.called ??= fn.calls.flatMap((call) => {
        const called = 'callee' in call.target && mayBlock(call.target.callee) ? calledFunction(call, modules) : undefined;
        return called ? [{ call, fn: called }] : [];
      });
      const next = state.called.find((step) => blocksWithin(step.fn, depth - 1));
      if (next) return void found(state, depth, next);
    }
    state.none = depth;
    if (state.called?.every((step) => known.get(step.fn)!.shortest === Infinity) ?? fn.calls.length === 0) state.shortest = Infinity;
  }

  function chainFrom(fn: FunctionSummary): BlockingChain {
    const functions: FunctionSummary[] = [];
    for (let step: FunctionSummary | undefined = fn; step; ) {
      functions.push(step);
      const next: Step | undefined = known.get(step)!.next;
      if (!next) break;
      if ('api' in next.call.target) return { functions, end: { api: next.call.target.api, line: next.call.line } };
      step = next.fn;
    }
    return { functions, end: undefined };
  }
}

function beginning({ runs, said }: FunctionSummary): Known {
  if (said === 'blocking' && runs === 'at-once') return { none: 0, shortest: 1, next: undefined, called: undefined };
  return { none: 0, shortest: said === 'nonblocking' || runs === 'later' ? Infinity : undefined, next: undefined, called: undefined };
}

function found(state: Known, shortest: number, next: Step): void {
  state.shortest = shortest;
  state.next = next;
}

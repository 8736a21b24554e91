import type { BlockingApi } from '../../catalogue/types.js';
import { calledFunction, isMadeBy, type Modules } from './module-graph.js';
import type { Call, FunctionSummary, Value } from './module-summary.js';

/** How a function comes to block: the functions on the way, each called by the one before it, and what blocks in the last; none where an API is called by what a module passes on. */
export interface BlockingChain {
  readonly functions: readonly FunctionSummary[];
  /** Which of them, by index, were found by their names. */
  readonly byName: ReadonlySet<number>;
  /** Which of them do what is next only as long as something is not there that they keep. */
  readonly cached: ReadonlySet<number>;
  /** The call that blocks; undefined where the last function is said to be `@blocking`. */
  readonly end: { readonly api: BlockingApi; readonly file: string | undefined; readonly line: number } | undefined;
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
  /** What it calls, with what the functions that are written in it call when others call them at once. */
  calls: readonly Call[] | undefined;
  /** The functions that it calls, looked up once they are asked for. */
  called: readonly (Step & { readonly fn: FunctionSummary; readonly state: Known })[] | undefined;
}

interface Step {
  readonly call: Call;
  readonly fn: FunctionSummary | undefined;
  readonly isByName: boolean;
}

/** How many functions a chain may have from one that is found by a name. */
export const maxDepthByName = 8;

/** A function that is asked about: is there a chain of at most so many functions? */
interface Asked {
  readonly fn: FunctionSummary;
  readonly state: Known;
  readonly depth: number;
  /** Which of the functions that it calls is looked at. */
  next: number;
}

/**
 * Chains that end in an API that is wanted. A search goes one function deeper at a time and remembers of each function
 * how far it has been searched in vain, so that recursion ends, each function is looked at once a depth at most, and
 * modules are only read as far as a question leads, and not for a call that `mayBlock` says cannot.
 */
export function blockingChains(modules: Modules, isWanted: (api: BlockingApi) => boolean, mayBlock: (callee: Value) => boolean = () => true): BlockingChains {
  const all = chainsOf({ modules, isWanted, mayBlock, calls: () => true });
  let uncached: BlockingChains | undefined;
  return {
    from(fn, maxDepth) {
      const chain = all.from(fn, maxDepth);
      if (!chain || chain.cached.size === 0) return chain;
      // What blocks each time says more.
      uncached ??= chainsOf({ modules, isWanted, mayBlock, calls: ({ isCached }) => !isCached });
      return uncached.from(fn, maxDepth) ?? chain;
    },
  };
}

interface Searched {
  readonly modules: Modules;
  readonly isWanted: (api: BlockingApi) => boolean;
  readonly mayBlock: (callee: Value) => boolean;
  /** Which calls are followed. */
  readonly calls: (call: Call) => boolean;
}

function chainsOf({ modules, isWanted, mayBlock, calls: isFollowed }: Searched): BlockingChains {
  const known = new WeakMap<FunctionSummary, Known>();
  const asking = new Set<FunctionSummary>();
  return { from };

  function from(fn: FunctionSummary, maxDepth: number): BlockingChain | undefined {
    const first = standingFor(fn, maxDepth);
    return first && blocksWithin(first, maxDepth) ? chainFrom(first, first !== fn) : undefined;
  }

  /** Of several functions of which one is called all have to block: then the first of them stands for the others. */
  function standingFor(fn: FunctionSummary, maxDepth: number): FunctionSummary | undefined {
    const [first = fn, ...others] = fn.oneOf ?? [];
    return others.every((other) => blocksBeside(other, maxDepth)) ? first : undefined;
  }

  /** What leads back to the same question is no answer to it. */
  function blocksBeside(fn: FunctionSummary, maxDepth: number): boolean {
    if (asking.has(fn)) return false;
    asking.add(fn);
    const blocks = blocksWithin(fn, maxDepth);
    asking.delete(fn);
    return blocks;
  }

  /** On a stack of its own: a chain is as long as `maxDepth` lets it be. */
  function blocksWithin(start: FunctionSummary, maxDepth: number): boolean {
    const open: Asked[] = [];
    const first = stateOf(start);
    ask(start, first, maxDepth);
    for (let asked = open.at(-1); asked; asked = open.at(-1)) {
      const { fn, state, depth } = asked;
      if (isAnswered(state, depth)) {
        open.pop();
        continue;
      }
      const searched = state.none + 1;
      if (searched === 1) {
        const call = callsOf(fn, state).find(({ target }) => 'api' in target && isWanted(target.api));
        if (call) found(state, 1, { call, fn: undefined, isByName: false });
        else searchedInVain(fn, state, 1);
        continue;
      }
      state.called ??= calledBy(callsOf(fn, state));
      const step = state.called[asked.next];
      if (!step) {
        asked.next = 0;
        searchedInVain(fn, state, searched);
        continue;
      }
      const below = step.state;
      if (!isAnswered(below, searched - 1)) ask(step.fn, below, searched - 1);
      else if (below.shortest !== undefined && below.shortest < searched) found(state, searched, step);
      else asked.next += 1;
    }
    return first.shortest !== undefined && first.shortest <= maxDepth;

    function ask(fn: FunctionSummary, state: Known, depth: number): void {
      open.push({ fn, state, depth, next: 0 });
    }
  }

  function stateOf(fn: FunctionSummary): Known {
    let state = known.get(fn);
    if (!state) known.set(fn, (state = beginning(fn, isWanted)));
    return state;
  }

  /** A function that is written where it is given to another has no place of its own in a chain: it is part of what is around it. */
  function callsOf(fn: FunctionSummary, state = stateOf(fn)): readonly Call[] {
    return (state.calls ??= fn.calls.every((call) => !call.by && isFollowed(call)) ? fn.calls : fn.calls.filter(isFollowed).flatMap((call) => (call.by ? callsBy(call) : call)));
  }

  function callsBy(call: Call): readonly Call[] {
    const given = 'callee' in call.target && call.target.callee.kind === 'function' ? call.target.callee : undefined;
    if (!given) return [];
    // Only what stands in a function is asked for here, as functions with names may be given to each other in circles.
    const calls = call.by!.isInPlace ? callsOf(given) : given.calls;
    // Who is given what cannot block is not looked for.
    if (!calls.some(({ target }) => ('api' in target ? isWanted(target.api) : mayBlock(target.callee))) || !isMadeBy(call, modules)) return [];
    if (!call.by!.isInPlace) return [{ ...call, by: undefined }];
    return call.isCached ? calls.map((one) => ({ ...one, isCached: true })) : calls;
  }

  function calledBy(calls: readonly Call[]): NonNullable<Known['called']> {
    return calls.flatMap((call) => {
      const called = 'callee' in call.target && mayBlock(call.target.callee) ? calledFunction(call, modules) : undefined;
      const fn = called && standingFor(called, maxDepthByName);
      return fn ? [{ call, fn, isByName: fn !== called, state: stateOf(fn) }] : [];
    });
  }

  function searchedInVain(fn: FunctionSummary, state: Known, depth: number): void {
    state.none = depth;
    if (state.called?.every(({ state: { shortest } }) => shortest === Infinity) ?? callsOf(fn, state).length === 0) state.shortest = Infinity;
  }

  function chainFrom(fn: FunctionSummary, isByName: boolean): BlockingChain {
    const functions: FunctionSummary[] = [];
    const byName = new Set<number>(isByName ? [0] : []);
    const cached = new Set<number>();
    for (let step: FunctionSummary | undefined = fn; step; ) {
      if (step.api) return { functions, byName, cached, end: { api: step.api, file: functions.at(-1)?.file, line: step.line } };
      functions.push(step);
      const next: Step | undefined = known.get(step)!.next;
      if (!next) break;
      if (next.call.isCached) cached.add(functions.length - 1);
      if ('api' in next.call.target) return { functions, byName, cached, end: { api: next.call.target.api, file: step.file, line: next.call.line } };
      if (next.isByName) byName.add(functions.length);
      step = next.fn;
    }
    return { functions, byName, cached, end: undefined };
  }
}

function beginning({ runs, said, api }: FunctionSummary, isWanted: (api: BlockingApi) => boolean): Known {
  if (api) return { none: 0, shortest: isWanted(api) ? 0 : Infinity, next: undefined, calls: undefined, called: undefined };
  if (said === 'blocking' && runs === 'at-once') return { none: 0, shortest: 1, next: undefined, calls: undefined, called: undefined };
  return { none: 0, shortest: said === 'nonblocking' || runs === 'later' ? Infinity : undefined, next: undefined, calls: undefined, called: undefined };
}

function isAnswered({ none, shortest }: Known, depth: number): boolean {
  return shortest !== undefined || none >= depth;
}

function found(state: Known, shortest: number, next: Step): void {
  state.shortest = shortest;
  state.next = next;
}

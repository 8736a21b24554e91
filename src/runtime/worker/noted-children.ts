import { call, type Callable } from '../task/callable.js';
import { NEWEST_CHILD, type SharedState } from './shared-state.js';

/** Those of Node's own that wait for a process. */
const waitingFunctions = new Set<string | number>(['child_process.execSync', 'child_process.execFileSync', 'child_process.spawnSync']);

export function waitsForChild(key: string | number): boolean {
  return waitingFunctions.has(key);
}

/** Tells main, while such a function runs, which children are not its own. */
let note: ((waiting: boolean) => void) | undefined;

/** @param newestChild the process that this thread has started last, 0 where there is none */
export function noteChildrenIn({ header }: SharedState, newestChild: () => number): void {
  note = (waiting) => void Atomics.store(header, NEWEST_CHILD, waiting ? newestChild() + 1 : 0);
}

/** `fn`, which waits for a process, with a note of when it does. A thread that is ended in the middle leaves the note. */
export function noted(fn: Callable): Callable {
  if (note === undefined) return fn;
  const tell = note;
  return function (this: unknown, ...args: unknown[]) {
    tell(true);
    try {
      return call(fn, this, args);
    } finally {
      tell(false);
    }
  };
}

import { LETTER, LONGEST, MOST, PARKED, type SharedState } from './shared-state.js';

/**
 * A task for a worker that is parked and has no other: by way of shared memory, where its name and its arguments are
 * numbers, short texts and less. It costs main half of what a message does, and the worker need not be told twice.
 *
 * The order of the steps is what makes it safe. Main writes only when it has seen the box empty and then the worker
 * parked; the worker says that it is up before it empties the box. So nobody writes while the other reads.
 */

const UNDEFINED = 0;
const NULL = 1;
const TRUE = 2;
const FALSE = 3;
const NUMBER = 4;
const TEXT = 5;

/**
 * Puts a task into the box, if it fits and somebody waits for it.
 *
 * @returns whether the worker has it, or will have it once it is woken; if not, nothing has changed
 */
export function post(shared: SharedState, slot: number, key: string | number, args: unknown): boolean {
  const { header } = shared;
  if (!Array.isArray(args) || args.length >= MOST) return false;
  if (Atomics.load(header, LETTER) !== 0 || Atomics.load(header, PARKED) !== 1) return false;
  let end = write(shared, 0, key, 0);
  for (let i = 0; i < args.length && end >= 0; i++) end = write(shared, i + 1, args[i], end);
  if (end < 0) return false;
  shared.letterHead[0] = slot;
  shared.letterHead[1] = args.length;
  Atomics.store(header, LETTER, 1);
  return true;
}

/** Takes back what was posted. @returns `false` when the worker has it */
export function unpost({ header }: SharedState): boolean {
  return Atomics.compareExchange(header, LETTER, 1, 0) === 1;
}

/** What is in the box, as a batch; see messages.ts. */
export function collect(shared: SharedState): unknown[] | undefined {
  if (Atomics.compareExchange(shared.header, LETTER, 1, 0) === 0) return undefined;
  const [slot, count] = shared.letterHead;
  const args: unknown[] = [];
  const at = { text: 0 };
  const key = read(shared, 0, at);
  for (let i = 1; i <= count!; i++) args.push(read(shared, i, at));
  return [slot, key, args, undefined];
}

/** @returns where the next text begins; below 0 for what does not fit */
function write({ letterKinds, letterNumbers, letterText }: SharedState, index: number, value: unknown, from: number): number {
  switch (typeof value) {
    case 'undefined':
      letterKinds[index] = UNDEFINED;
      return from;
    case 'boolean':
      letterKinds[index] = value ? TRUE : FALSE;
      return from;
    case 'number':
      letterKinds[index] = NUMBER;
      letterNumbers[index] = value;
      return from;
    case 'string': {
      const end = from + value.length;
      if (end > LONGEST) return -1;
      letterKinds[index] = TEXT;
      letterNumbers[index] = value.length;
      for (let i = 0; i < value.length; i++) letterText[from + i] = value.charCodeAt(i);
      return end;
    }
    default:
      letterKinds[index] = NULL;
      return value === null ? from : -1;
  }
}

function read({ letterKinds, letterNumbers, letterText }: SharedState, index: number, at: { text: number }): unknown {
  switch (letterKinds[index]) {
    case NULL:
      return null;
    case TRUE:
      return true;
    case FALSE:
      return false;
    case NUMBER:
      return letterNumbers[index];
    case TEXT:
      return String.fromCharCode.apply(null, letterText.subarray(at.text, (at.text += letterNumbers[index]!)) as unknown as number[]);
    default:
      return undefined;
  }
}

/**
 * The memory that main and one worker share: a few words about the worker, and for each task that is with it one word
 * that says whose turn it is. Every change of hands is one atomic exchange of that word, so a task is run, taken back
 * or cancelled exactly once, whatever the other side is doing.
 */

/** Tasks that may be with a worker at a time, those included that were taken back and that it has not passed over yet. */
export const SLOTS = 2048;

const HEADER = 8;
const LETTER_AT = HEADER * 4 + SLOTS * 28;

/** Units of UTF-16 in all texts of a letter, and its name and arguments. */
export const LONGEST = 1000;
export const MOST = 10;

// Words about the worker.

/** Counts batches: what a parked worker waits on. */
export const WAKE = 0;
/** 1 from when the worker has sent a message that says "look" until main looks. */
export const NOTIFIED = 1;
/**
 * Who may send what main has no copy of. Main shuts the door before it sends, the worker opens it when it has read the
 * task, and closes it for good when it leaves: an error or `process.exit()` in what an earlier task left behind. From
 * there until main hears of the end takes milliseconds, and what is moved into them would be lost.
 */
export const DOOR = 2;
export const OPEN = 0;
export const TASK_ON_ITS_WAY = 1;
export const CLOSED = 2;

/**
 * While a function of Node's own may wait for a process, what the system calls the process that the worker has started
 * last before, plus 1; so 1 where there is none. 0 at all other times.
 */
export const NEWEST_CHILD = 3;

/** 1 while the worker waits on the spot, or is about to; see mailbox.ts. */
export const PARKED = 4;
/** 1 while there is a letter that the worker has not taken. */
export const LETTER = 5;

// Words about a task, in this order except that main may take back what is only SENT.

export const FREE = 0;
/** Main has sent it; nobody has begun. */
export const SENT = 1;
/** The worker runs it. */
export const CLAIMED = 2;
/** Main has taken it back; the worker frees the slot when it comes across it. */
export const TAKEN_BACK = 3;
/** It is done, and its outcome comes, or came, by a message. */
export const POSTED = 4;
// It is done, and this is the result.
export const IS_UNDEFINED = 5;
const IS_NULL = 6;
const IS_TRUE = 7;
const IS_FALSE = 8;
/** The result is the number in `numbers`. */
const IS_NUMBER = 9;

export interface SharedState {
  readonly header: Int32Array;
  readonly states: Int32Array;
  readonly numbers: Float64Array;
  /** For each task when it began and when it was done, by `now()` of clock.ts. */
  readonly times: Float64Array;
  /** The letter: slot and number of arguments; then for its name and each argument a kind and a number, and all texts. */
  readonly letterHead: Int32Array;
  readonly letterKinds: Int32Array;
  readonly letterNumbers: Float64Array;
  readonly letterText: Uint16Array;
}

export function allocateSharedMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(LETTER_AT + 8 + MOST * 12 + LONGEST * 2);
}

export function sharedState(memory: SharedArrayBuffer): SharedState {
  return {
    header: new Int32Array(memory, 0, HEADER),
    states: new Int32Array(memory, HEADER * 4, SLOTS),
    numbers: new Float64Array(memory, HEADER * 4 + SLOTS * 4, SLOTS),
    times: new Float64Array(memory, HEADER * 4 + SLOTS * 12, 2 * SLOTS),
    letterHead: new Int32Array(memory, LETTER_AT, 2),
    letterNumbers: new Float64Array(memory, LETTER_AT + 8, MOST),
    letterKinds: new Int32Array(memory, LETTER_AT + 8 + MOST * 8, MOST),
    letterText: new Uint16Array(memory, LETTER_AT + 8 + MOST * 12, LONGEST),
  };
}

/** Writes a result down if a word and a number hold it. */
export function storeResult({ states, numbers }: SharedState, slot: number, value: unknown): boolean {
  let state: number;
  switch (typeof value) {
    case 'undefined':
      state = IS_UNDEFINED;
      break;
    case 'boolean':
      state = value ? IS_TRUE : IS_FALSE;
      break;
    case 'number':
      numbers[slot] = value;
      state = IS_NUMBER;
      break;
    default:
      if (value !== null) return false;
      state = IS_NULL;
  }
  Atomics.store(states, slot, state);
  return true;
}

/** The result that {@link storeResult} wrote down. */
export function storedResult({ numbers }: SharedState, slot: number, state: number): undefined | null | boolean | number {
  switch (state) {
    case IS_NULL:
      return null;
    case IS_TRUE:
      return true;
    case IS_FALSE:
      return false;
    case IS_NUMBER:
      return numbers[slot]!;
    default:
      return undefined;
  }
}

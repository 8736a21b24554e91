import type { MessagePort } from 'node:worker_threads';
import type { SourceDefinition } from '../task/source.js';

/**
 * What main and worker say to each other: one array a task each way, over a port of our own, so that tasks which use
 * `parentPort` themselves are not in the way.
 */

/** `definition` is there when this worker has not met `key` yet, or has had to forget it. */
export type TaskMessage = readonly [sequence: number, key: string | number, payload: unknown, definition?: string | SourceDefinition];

/** Asks an idle worker to leave, in its own way, so that what listens for its `exit` runs. */
export const LEAVE = 'leave';

export type Reply = readonly [sequence: number, kind: ReplyKind, payload: unknown];

export type ReplyKind = typeof READY | typeof RETURNED | typeof THREW | typeof REFUSED | typeof HANDED_BACK;
/** The worker has started. Its sequence is 0. */
export const READY = 0;
export const RETURNED = 1;
export const THREW = 2;
/** The task reference led to no function; the payload is the text that says why. */
export const REFUSED = 3;
/** The worker is on its way out and has not begun; the payload is that of the task, for another worker. */
export const HANDED_BACK = 4;

/** Under which `workerData` holds what a worker of ours is given. Preloaded modules can see it before our own code runs. */
export const WORKER_DATA_KEY = 'eslint-plugin-offload/worker';

export interface WorkerStart {
  readonly port: MessagePort;
  /** Shared memory, which outlives the worker and so says what a death interrupted. Two words, at `BEGUN` and `DOOR`. */
  readonly state: Int32Array;
}

/** Index of the sequence of the task that was begun last. */
export const BEGUN = 0;

/**
 * Index of the word that says who may send. Main shuts the door before it sends, the worker opens it when it has read
 * the task, and closes it for good when it leaves: an error or `process.exit()` in what an earlier task left behind.
 * From there until main hears of the end takes milliseconds, and a task sent into them would be lost.
 */
export const DOOR = 1;
export const OPEN = 0;
export const TASK_ON_ITS_WAY = 1;
export const CLOSED = 2;

/** How many definitions a worker remembers. Both sides count alike, so each knows what the other still has. */
const DEFINITIONS_KEPT = 1000;

/** Adds to a first-in, first-out memory of `DEFINITIONS_KEPT` entries. */
export function remember<K, V>(memory: Map<K, V>, key: K, value: V): void {
  memory.delete(key);
  memory.set(key, value);
  if (memory.size > DEFINITIONS_KEPT) memory.delete(memory.keys().next().value as K);
}

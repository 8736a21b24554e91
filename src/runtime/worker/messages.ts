import type { MessagePort } from 'node:worker_threads';

/**
 * What main and worker say to each other: tasks in batches, by messages over a port of our own, so that tasks which use
 * `parentPort` themselves are not in the way; whose turn a task is, and results that are a number or less, through
 * shared memory (see shared-state.ts), where they cost no message and outlive the worker.
 */

/**
 * One message a worker and microtask: four elements a task, one after the other. `slot` is where the task's state is
 * found, or its complement (`~slot`) where the payload has been moved here and main has no other. `definition` is there
 * when this worker has not met `key` yet, or has had to forget it.
 */
export type Batch = unknown[];
export const BATCH_STRIDE = 4;

/** Asks an idle worker to leave, in its own way, so that what listens for its `exit` runs. */
export const LEAVE = 'leave';

/** Says no more than: look at the shared memory. */
export const LOOK = 0;

export type Reply = readonly [slot: number, kind: ReplyKind, payload: unknown];

export type ReplyKind = typeof READY | typeof RETURNED | typeof THREW | typeof REFUSED | typeof HANDED_BACK;
/** The worker has started; the payload is what the system calls its thread, where that is known. */
export const READY = 0;
export const RETURNED = 1;
export const THREW = 2;
/** The task reference led to no function; the payload is the text that says why. */
export const REFUSED = 3;
/** The worker is on its way out and has not begun; the payload is that of the task, for another worker. */
export const HANDED_BACK = 4;

/** Whether main knows what to do with it: a module that is preloaded in a worker could write to the port too. */
export function isReply(message: unknown): message is Reply {
  if (!Array.isArray(message) || message.length !== 3) return false;
  const [slot, kind] = message as unknown[];
  return Number.isInteger(slot) && Number.isInteger(kind) && (kind as number) >= READY && (kind as number) <= HANDED_BACK;
}

/** Under which `workerData` holds what a worker of ours is given. Preloaded modules can see it before our own code runs. */
export const WORKER_DATA_KEY = 'eslint-plugin-offload/worker';

/** What a process of ours has as its first argument, for the same purpose. */
export const WORKER_ARGUMENT = 'eslint-plugin-offload/worker';

export interface WorkerStart {
  readonly port: MessagePort;
  readonly memory: SharedArrayBuffer;
}

/** How many definitions a worker remembers. Both sides count alike, so each knows what the other still has. */
const DEFINITIONS_KEPT = 1000;

/** Adds to a first-in, first-out memory of `DEFINITIONS_KEPT` entries. */
export function remember<K, V>(memory: Map<K, V>, key: K, value: V): void {
  memory.delete(key);
  memory.set(key, value);
  if (memory.size > DEFINITIONS_KEPT) memory.delete(memory.keys().next().value as K);
}

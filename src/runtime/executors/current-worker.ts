import { isMainThread, workerData } from 'node:worker_threads';
import { WORKER_ARGUMENT, WORKER_DATA_KEY } from '../worker/messages.js';

/**
 * Whether this code runs in a worker of ours. Told by what modules preloaded with `--require` see before the worker's
 * own code runs; `isMainThread` alone says nothing, for test runners run user code in threads.
 */
export const isOffloadWorker: boolean = isOffloadThread() || (isMainThread && process.argv[1] === WORKER_ARGUMENT);

function isOffloadThread(): boolean {
  return workerData !== null && typeof workerData === 'object' && WORKER_DATA_KEY in workerData;
}

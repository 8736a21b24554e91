import { workerData } from 'node:worker_threads';
import { WORKER_DATA_KEY } from '../worker/messages.js';

/**
 * Whether this code runs in a worker of ours. Told by `workerData`, which modules preloaded with `--require` see
 * before the worker's own code runs; `isMainThread` says nothing, for test runners run user code in threads.
 */
export const isOffloadWorker: boolean = workerData !== null && typeof workerData === 'object' && WORKER_DATA_KEY in workerData;

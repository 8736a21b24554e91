import { workerData } from 'node:worker_threads';
import { WORKER_DATA_KEY, type WorkerStart } from './messages.js';
import { serve } from './serve.js';

/** The code that runs inside a worker. It is bundled to one string and started from memory. */
serve((workerData as { [WORKER_DATA_KEY]: WorkerStart })[WORKER_DATA_KEY]);

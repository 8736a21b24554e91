import { workerData } from 'node:worker_threads';
import { WORKER_DATA_KEY, type WorkerStart } from './messages.js';
import { serve } from './serve.js';
import { serveProcess } from './serve-process.js';

/** The code that runs inside a worker, thread or process. It is bundled to one string and started from memory. */
const start = (workerData as { [WORKER_DATA_KEY]?: WorkerStart } | null)?.[WORKER_DATA_KEY];
if (start) serve(start);
else serveProcess();

import { workerData } from 'node:worker_threads';
import { WORKER_DATA_KEY, type WorkerStart } from './messages.js';
import { serve } from './serve.js';
import { serveProcess } from './serve-process.js';

/** The code that runs inside a worker, thread or process. It is bundled to one string and started from memory. */
const data = workerData as { [WORKER_DATA_KEY]?: WorkerStart | undefined } | null;
const start = data?.[WORKER_DATA_KEY];
if (data && start) {
  // What is said on the port is between main and us. That the key is there still tells tasks where they run.
  data[WORKER_DATA_KEY] = undefined;
  serve(start);
} else {
  serveProcess();
}

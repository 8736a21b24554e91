import { encodeArguments } from '../codec/index.js';
import { refuseDescriptors } from '../task/descriptors.js';
import { PoolExecutor } from './pool-executor.js';
import { checkProcessPoolOptions, type ProcessPoolOptions } from './process-pool-options.js';
import { ProcessWorker } from './process-worker.js';

/**
 * Runs tasks in child processes: for native add-ons that are not thread-safe, and for work that must end at once when
 * it is aborted. A running `execSync` or a read that blocks dies with its process, where a thread has to wait for it.
 *
 * The same functions can be given to it as to a `ThreadPoolExecutor`, and the same values come back. A process takes
 * longer to start and a task longer to get there, it shares no memory, and file descriptors mean nothing in it.
 *
 * @example
 * ```js
 * import { execSync } from 'node:child_process';
 * import { offload, ProcessPoolExecutor } from 'eslint-plugin-offload/runtime';
 *
 * const processes = new ProcessPoolExecutor({ maxWorkers: 2 });
 * const signal = AbortSignal.timeout(200);
 * const outcome = await offload.with({ executor: processes, signal })(execSync, 'sleep 60').catch((error) => error.name);
 * await processes.shutdown();
 * ```
 */
export class ProcessPoolExecutor extends PoolExecutor {
  /** @throws {TypeError | RangeError} for an option out of range, naming it, its value and what is allowed */
  constructor(options: ProcessPoolOptions = {}) {
    const checked = checkProcessPoolOptions(options);
    super(checked, {
      startWorker: (events) => new ProcessWorker(checked, events),
      encode: ({ args, transfer }, reference) => {
        refuseDescriptors(reference, args);
        // What was to be moved is copied: nothing can be moved out of a process.
        return { payload: encodeArguments(args, transfer, 'process').payload, transfer: [] };
      },
    });
  }
}

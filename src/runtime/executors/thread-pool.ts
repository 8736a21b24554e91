import { encodeArguments } from '../codec/index.js';
import { PoolExecutor } from './pool-executor.js';
import { checkThreadPoolOptions, type ThreadPoolOptions } from './thread-pool-options.js';
import { ThreadWorker } from './thread-worker.js';

/**
 * Runs tasks on worker threads.
 *
 * Workers are started when a task finds none idle, up to `maxWorkers`, and let go when idle. They never keep the
 * process alive; tasks that are pending do. A worker runs one task at a time, an `async` one until it has settled.
 *
 * @example
 * ```js
 * import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
 *
 * const pool = new ThreadPoolExecutor({ maxWorkers: 2 });
 * const sum = await pool.submit((a, b) => a + b, 1, 2);
 * await pool.shutdown();
 * ```
 */
export class ThreadPoolExecutor extends PoolExecutor {
  /** @throws {TypeError | RangeError} for an option out of range, naming it, its value and what is allowed */
  constructor(options: ThreadPoolOptions = {}) {
    const checked = checkThreadPoolOptions(options);
    super(checked, {
      startWorker: (events) => new ThreadWorker(checked, events),
      encode: ({ args, transfer }) => encodeArguments(args, transfer),
    });
  }
}

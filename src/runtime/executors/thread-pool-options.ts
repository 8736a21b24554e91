import type { ResourceLimits, WorkerOptions } from 'node:worker_threads';
import { type CheckedPoolOptions, checkNumber, checkObject, checkPoolOptions, type PoolOptions, poolOptionNames } from './pool-options.js';

/** Options of a {@link ThreadPoolExecutor}. All have defaults, and all are checked when the executor is made. */
export interface ThreadPoolOptions extends PoolOptions {
  /**
   * Memory limits of each worker, in megabytes. A task over the limit ends its worker and not the process, as a rule:
   * Node 24 ends the process when it is arrays that fill the memory, and buffers are not counted by any version.
   */
  readonly resourceLimits?: ResourceLimits | undefined;
  /** Passed to `new Worker`. `env` is shared with this thread by default, so that later changes are seen. */
  readonly workerOptions?: ThreadWorkerOptions | undefined;
}

/** What of `WorkerOptions` does not have an option of its own here, and does not stop the executor from working. */
export type ThreadWorkerOptions = Pick<WorkerOptions, 'argv' | 'env' | 'execArgv' | 'stdin' | 'stdout' | 'stderr' | 'trackUnmanagedFds'>;

export interface CheckedThreadPoolOptions extends CheckedPoolOptions {
  readonly resourceLimits: ResourceLimits | undefined;
  readonly workerOptions: ThreadWorkerOptions;
}

const passedOn = ['argv', 'env', 'execArgv', 'stdin', 'stdout', 'stderr', 'trackUnmanagedFds'];
const limits = ['maxOldGenerationSizeMb', 'maxYoungGenerationSizeMb', 'codeRangeSizeMb', 'stackSizeMb'];

/** @throws {TypeError | RangeError} naming the option, its value and what is allowed */
export function checkThreadPoolOptions(options: ThreadPoolOptions): CheckedThreadPoolOptions {
  checkObject('options', options, [...poolOptionNames, 'resourceLimits', 'workerOptions']);
  const checked = checkPoolOptions(options);
  const { resourceLimits, workerOptions = {} } = options;
  if (resourceLimits !== undefined) {
    checkObject('resourceLimits', resourceLimits, limits);
    for (const [limit, value] of Object.entries(resourceLimits)) {
      if (value !== undefined) checkNumber(`resourceLimits.${limit}`, value, { above: 0 });
    }
  }
  checkObject('workerOptions', workerOptions, passedOn);
  return { ...checked, resourceLimits, workerOptions };
}

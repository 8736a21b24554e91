import { availableParallelism } from 'node:os';
import type { ResourceLimits, WorkerOptions } from 'node:worker_threads';

/** Options of a {@link ThreadPoolExecutor}. All have defaults, and all are checked when the executor is made. */
export interface ThreadPoolOptions {
  /** Workers that are started at once and kept when idle. @default 0 */
  readonly minWorkers?: number | undefined;
  /** Most workers at a time. @default Math.min(32, os.availableParallelism() + 4), as in Python */
  readonly maxWorkers?: number | undefined;
  /** Milliseconds an idle worker above `minWorkers` is kept. `Infinity` keeps it. @default 10_000 */
  readonly idleTimeout?: number | undefined;
  /** Tasks that may wait while every worker is busy; one more is rejected with a `QueueFullError`. @default Infinity */
  readonly maxQueue?: number | undefined;
  /** Name of the worker threads, as debuggers and profilers show it. @default 'offload' */
  readonly name?: string | undefined;
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

export interface CheckedThreadPoolOptions {
  readonly minWorkers: number;
  readonly maxWorkers: number;
  readonly idleTimeout: number;
  readonly maxQueue: number;
  readonly name: string;
  readonly resourceLimits: ResourceLimits | undefined;
  readonly workerOptions: ThreadWorkerOptions;
}

const known = ['minWorkers', 'maxWorkers', 'idleTimeout', 'maxQueue', 'name', 'resourceLimits', 'workerOptions'];
const passedOn = ['argv', 'env', 'execArgv', 'stdin', 'stdout', 'stderr', 'trackUnmanagedFds'];
const limits = ['maxOldGenerationSizeMb', 'maxYoungGenerationSizeMb', 'codeRangeSizeMb', 'stackSizeMb'];

/** @throws {TypeError | RangeError} naming the option, its value and what is allowed */
export function checkThreadPoolOptions(options: ThreadPoolOptions): CheckedThreadPoolOptions {
  checkObject('options', options, known);
  const { minWorkers = 0, maxWorkers = Math.max(minWorkers, defaultMaxWorkers()), idleTimeout = 10_000, maxQueue = Infinity, name = 'offload', resourceLimits, workerOptions = {} } = options;
  checkNumber('minWorkers', minWorkers, { from: 0, whole: true });
  checkNumber('maxWorkers', maxWorkers, { from: 1, whole: true });
  if (minWorkers > maxWorkers) throw new RangeError(`minWorkers must be at most maxWorkers (${maxWorkers}), not ${minWorkers}.`);
  checkNumber('idleTimeout', idleTimeout, { from: 0, infinity: true });
  checkNumber('maxQueue', maxQueue, { from: 0, whole: true, infinity: true });
  if (typeof name !== 'string') throw new TypeError(`name must be a string, not ${shown(name)}.`);
  if (resourceLimits !== undefined) {
    checkObject('resourceLimits', resourceLimits, limits);
    for (const [limit, value] of Object.entries(resourceLimits)) {
      if (value !== undefined) checkNumber(`resourceLimits.${limit}`, value, { above: 0 });
    }
  }
  checkObject('workerOptions', workerOptions, passedOn);
  return { minWorkers, maxWorkers, idleTimeout, maxQueue, name, resourceLimits, workerOptions };
}

function defaultMaxWorkers(): number {
  return Math.min(32, availableParallelism() + 4);
}

function checkObject(name: string, value: unknown, allowed: readonly string[]): void {
  if (value === null || typeof value !== 'object') throw new TypeError(`${name} must be an object, not ${shown(value)}.`);
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) throw new TypeError(`${name === 'options' ? '' : `${name}.`}${key} is not an option; there are ${allowed.join(', ')}.`);
  }
}

function checkNumber(name: string, value: unknown, { from, above, whole = false, infinity = false }: { from?: number; above?: number; whole?: boolean; infinity?: boolean }): void {
  const allowed = `${whole ? 'a whole number' : 'a number'} ${from === undefined ? `above ${above}` : `from ${from}`}${infinity ? ', or Infinity' : ''}`;
  if (typeof value !== 'number') throw new TypeError(`${name} must be ${allowed}, not ${shown(value)}.`);
  const fits = value === Infinity ? infinity : from === undefined ? value > above! : value >= from;
  if (!fits || (whole && value !== Infinity && !Number.isInteger(value))) throw new RangeError(`${name} must be ${allowed}, not ${value}.`);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : value === null || typeof value !== 'object' ? String(value) : Object.prototype.toString.call(value);
}

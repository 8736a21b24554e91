import type { Transferable } from 'node:worker_threads';
import type { Callable } from '../task/callable.js';
import type { OffloadCall } from '../types.js';

/**
 * What runs tasks. The names are those of Python's `concurrent.futures`.
 *
 * `offload.with({ executor })` and `setDefaultExecutor` take any object of this shape.
 */
export interface Executor extends AsyncDisposable {
  /**
   * Runs `fn(...args)` and gives back a promise of what it returns.
   *
   * @example
   * ```js
   * const size = await executor.submit((text) => text.length, 'four');
   * ```
   */
  readonly submit: OffloadCall;

  /** What `submit` and `offload` come down to: one call, with the conditions under which it runs. */
  run(task: Task): Promise<unknown>;

  /**
   * Runs `fn(item)` for each item and yields the results in the order of the items.
   * Items are taken from the iterable as room becomes free, so it may be endless. Leaving the loop early, an error
   * or an abort stops what is still running.
   *
   * @example
   * ```js
   * for await (const hash of executor.map(sha256, files)) console.log(hash);
   * ```
   */
  map<T, R>(fn: (item: T) => R, items: Iterable<T> | AsyncIterable<T>, options?: MapOptions): AsyncGenerator<Awaited<R>, void, undefined>;

  /**
   * Takes no more tasks. What was submitted still runs, unless `cancelPending` drops what has not begun.
   *
   * @returns a promise that resolves when all is done and every worker is gone, or at once if `wait` is `false`
   */
  shutdown(options?: ShutdownOptions): Promise<void>;

  /** `shutdown()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;

  /**
   * Resolves when there is room for one more task than now: at once, unless as many wait as `maxQueue` allows. Those
   * who ask are let go in their order, one for each place.
   *
   * @example
   * ```js
   * for (const file of files) {
   *   await executor.drained();
   *   executor.submit(compress, file).then(done, failed);
   * }
   * ```
   */
  drained(): Promise<void>;

  /** Figures of this moment. */
  readonly stats: ExecutorStats;
}

/** One call and its conditions. */
export interface Task extends TaskOptions {
  readonly fn: Callable;
  readonly args: readonly unknown[];
  /** The function that user code called: files and stack traces are told from its caller's. Defaults to `run`. */
  readonly entry?: Callable;
}

export interface TaskOptions {
  /** Rejects the task at once with the signal's reason. A task that waits is dropped, one that runs loses its worker. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from the call, waiting included, after which the task is rejected with a `TimeoutError`. None by default. */
  readonly timeout?: number | undefined;
  /** Buffers, ports and streams among the arguments that are moved to the worker and not copied, as in `postMessage`. */
  readonly transfer?: readonly Transferable[] | undefined;
}

export interface MapOptions {
  /** Stops the loop with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** How many tasks may be under way at a time. Defaults to what the executor can run at once. */
  readonly concurrency?: number | undefined;
  /**
   * How many items go to a worker as one task. More than one pays where an item takes less time than the trip.
   * Items of a chunk run one after the other. @default 1
   */
  readonly chunkSize?: number | undefined;
}

export interface ShutdownOptions {
  /** Wait for what is pending and for the workers to be gone. @default true */
  readonly wait?: boolean | undefined;
  /** Reject what has not begun with a `ShutdownError`. @default false */
  readonly cancelPending?: boolean | undefined;
}

export interface ExecutorStats {
  /** Tasks that have not begun, those included that a worker was given ahead. */
  readonly queued: number;
  /** Tasks that a worker has begun. */
  readonly running: number;
  /** Tasks that gave a result. */
  readonly completed: number;
  /** Tasks that were rejected: by an error of their own, an abort, a timeout or the death of a worker. */
  readonly failed: number;
  /** Workers that run, wait or start. Those left behind with an aborted task are not counted. */
  readonly workers: number;
  /** How long tasks waited, from the call until a worker began. */
  readonly waitTime: TimeHistogram;
  /** How long tasks ran. */
  readonly runTime: TimeHistogram;
}

/** Of all tasks so far that a worker ran to their end, in milliseconds, to within a hundredth. All 0 where there was none. */
export interface TimeHistogram {
  /** How many tasks these figures are of. */
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly stddev: number;
  /** Half of the tasks took no longer than this; and so on. */
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p99: number;
  readonly p99_9: number;
  readonly max: number;
}

import { ShutdownError } from '../errors.js';
import { call } from '../task/callable.js';
import { receiverOf } from '../task/reference.js';
import type { OffloadCall } from '../types.js';
import { checkTaskOptions, whenCancelled } from './cancellation.js';
import type { Executor, ExecutorStats, MapOptions, ShutdownOptions, Task } from './executor.js';
import { now } from '../worker/clock.js';
import { isThenable } from '../worker/thenable.js';
import { TaskTimes } from './task-times.js';
import { mapInOrder } from './map.js';

/**
 * Runs tasks on the calling thread, at once and with the very arguments: for unit tests that mock `fs`, and for
 * debugging. It blocks the event loop, as a direct call would.
 *
 * A signal or a timeout rejects the promise of an `async` task, but cannot stop the code.
 *
 * @example
 * ```js
 * import { InlineExecutor, offload, setDefaultExecutor } from 'eslint-plugin-offload/runtime';
 *
 * setDefaultExecutor(new InlineExecutor());
 * const cwd = await offload(process.cwd);
 * ```
 */
export class InlineExecutor implements Executor {
  readonly submit: OffloadCall;
  readonly #running = new Set<Promise<unknown>>();
  readonly #times = new TaskTimes();
  #completed = 0;
  #failed = 0;
  #closed = false;

  constructor() {
    const submit = (fn: Task['fn'], ...args: unknown[]) => this.run({ fn, args, entry: submit });
    this.submit = submit;
  }

  async run(task: Task): Promise<unknown> {
    checkTaskOptions(task);
    task.signal?.throwIfAborted();
    if (this.#closed) throw new ShutdownError('The executor has been shut down and takes no more tasks.');
    if (typeof task.fn !== 'function') throw new TypeError(`The task must be a function, not ${task.fn === null ? 'null' : typeof task.fn}.`);
    const startedAt = now();
    try {
      const result = call(task.fn, receiverOf(task.fn), task.args);
      const value = isThenable(result) ? await this.#settled(result, task) : result;
      this.#completed++;
      return value;
    } catch (error) {
      this.#failed++;
      throw error;
    } finally {
      this.#times.note(startedAt, startedAt, now());
    }
  }

  map<T, R>(fn: (item: T) => R, items: Iterable<T> | AsyncIterable<T>, options: MapOptions = {}): AsyncGenerator<Awaited<R>, void, undefined> {
    return mapInOrder(this, fn, items, options);
  }

  /** Nothing waits here, so `cancelPending` has nothing to drop. */
  async shutdown({ wait = true }: ShutdownOptions = {}): Promise<void> {
    this.#closed = true;
    if (wait) await Promise.allSettled(this.#running);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  /** Nothing waits here. */
  drained(): Promise<void> {
    return Promise.resolve();
  }

  get stats(): ExecutorStats {
    return { queued: 0, running: this.#running.size, completed: this.#completed, failed: this.#failed, workers: 0, ...this.#times.stats };
  }

  async #settled(result: PromiseLike<unknown>, task: Task): Promise<unknown> {
    let stopWatching: (() => void) | undefined;
    const cancelled = new Promise<never>((_, reject) => {
      stopWatching = whenCancelled(task, reject);
    });
    const running = Promise.race([result, cancelled]);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      stopWatching?.();
      this.#running.delete(running);
    }
  }
}

import { decodeError, decodeResult, encodeArguments } from '../codec/index.js';
import { withCallerStack } from '../errors.js';
import type { Callable } from '../task/callable.js';
import { referenceTo } from '../task/reference.js';
import type { OffloadCall } from '../types.js';
import { RETURNED } from '../worker/messages.js';
import { checkTaskOptions, whenCancelled } from './cancellation.js';
import type { Executor, ExecutorStats, MapOptions, ShutdownOptions, Task } from './executor.js';
import { mapInOrder } from './map.js';
import { type Answer, PendingTask } from './pending-task.js';
import { checkThreadPoolOptions, type ThreadPoolOptions } from './thread-pool-options.js';
import { WorkerPool } from './worker-pool.js';

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
export class ThreadPoolExecutor implements Executor {
  readonly submit: OffloadCall;
  readonly #pool: WorkerPool;
  readonly #maxWorkers: number;

  /** @throws {TypeError | RangeError} for an option out of range, naming it, its value and what is allowed */
  constructor(options: ThreadPoolOptions = {}) {
    const checked = checkThreadPoolOptions(options);
    this.#maxWorkers = checked.maxWorkers;
    this.#pool = new WorkerPool(checked);
    const submit = (fn: Task['fn'], ...args: unknown[]) => this.run({ fn, args, entry: submit });
    this.submit = submit;
  }

  /**
   * Everything that goes wrong is a rejection: an argument that cannot cross (`UncloneableError`), a function that
   * cannot be named to a worker (`TaskReferenceError`), `QueueFullError`, `ShutdownError`, `TimeoutError`, the
   * signal's reason, `WorkerDiedError`, `WorkerStartError`, or what the task itself throws.
   */
  async run(task: Task): Promise<unknown> {
    let below = task.entry ?? this.run;
    let answer: Answer;
    try {
      const pending = this.#submit(task, below);
      // After an `await` the stack begins here.
      below = this.run;
      answer = await pending;
    } catch (error) {
      throw withCallerStack(error, below);
    }
    if (answer.kind === RETURNED) return decodeResult(answer.payload);
    // After the `await`, so that V8 knows who waits: the caller's frames are on the stack at no cost to tasks that succeed.
    throw decodeError(answer.payload, this.run);
  }

  #submit(task: Task, entry: Callable): Promise<Answer> {
    checkTaskOptions(task);
    task.signal?.throwIfAborted();
    // First of all, because encoding moves the buffers that are listed in `transfer`.
    this.#pool.checkOpen();
    const reference = referenceTo(task.fn, entry);
    const pending = new PendingTask(reference, encodeArguments(task.args, task.transfer));
    const answer = pending.answer();
    if (task.signal || task.timeout !== undefined) {
      pending.stopWatching = whenCancelled(task, (reason) => this.#pool.cancel(pending, reason));
    }
    this.#pool.submit(pending);
    return answer;
  }

  map<T, R>(fn: (item: T) => R, items: Iterable<T> | AsyncIterable<T>, options: MapOptions = {}): AsyncGenerator<Awaited<R>, void, undefined> {
    return mapInOrder(this, fn, items, { ...options, concurrency: options.concurrency ?? this.#maxWorkers });
  }

  async shutdown({ wait = true, cancelPending = false }: ShutdownOptions = {}): Promise<void> {
    const closed = this.#pool.close();
    if (cancelPending) this.#pool.dropQueued();
    if (wait) await this.#pool.hold(closed);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  get stats(): ExecutorStats {
    return this.#pool.stats;
  }
}

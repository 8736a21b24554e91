import { decodeError, decodeResult, type Encoded } from '../codec/index.js';
import { withCallerStack } from '../errors.js';
import type { Callable } from '../task/callable.js';
import { referenceAhead, referenceTo, type TaskReference } from '../task/reference.js';
import type { OffloadCall } from '../types.js';
import { now } from '../worker/clock.js';
import { RETURNED } from '../worker/messages.js';
import { checkTaskOptions, whenCancelled } from './cancellation.js';
import type { Executor, ExecutorStats, MapOptions, ShutdownOptions, Task } from './executor.js';
import { mapInOrder } from './map.js';
import { type Answer, PendingTask } from './pending-task.js';
import type { CheckedPoolOptions } from './pool-options.js';
import type { StartWorker } from './pool-worker.js';
import { isTraced, TaskTrace } from './task-trace.js';
import { WorkerPool } from './worker-pool.js';

/** What threads and processes differ in. */
export interface PoolKind {
  readonly startWorker: StartWorker;
  /** @throws {UncloneableError | TaskReferenceError} for a task that such a worker cannot be given */
  encode(task: Task, reference: TaskReference): Encoded;
}

/** An executor over workers that are started when needed and let go when idle. */
export abstract class PoolExecutor implements Executor {
  readonly submit: OffloadCall;
  readonly #pool: WorkerPool;
  readonly #kind: PoolKind;
  readonly #maxWorkers: number;
  readonly #name: string;

  constructor(options: CheckedPoolOptions, kind: PoolKind) {
    this.#maxWorkers = options.maxWorkers;
    this.#name = options.name;
    this.#kind = kind;
    this.#pool = new WorkerPool(options, kind.startWorker);
    const submit = (fn: Task['fn'], ...args: unknown[]) => this.run({ fn, args, entry: submit });
    this.submit = submit;
  }

  /**
   * Everything that goes wrong is a rejection: an argument that cannot cross (`UncloneableError`), a function that
   * cannot be named to a worker (`TaskReferenceError`), `QueueFullError`, `ShutdownError`, `TimeoutError`, the
   * signal's reason, `WorkerDiedError`, `WorkerStartError`, or what the task itself throws.
   */
  async run(task: Task): Promise<unknown> {
    const trace = isTraced() ? new TaskTrace(task.fn, this.#name) : undefined;
    let below = task.entry ?? this.run;
    let answer: Answer;
    try {
      const entry = below;
      const pending = trace ? trace.submit(() => this.#submit(task, entry, trace)) : this.#submit(task, entry);
      // After an `await` the stack begins here.
      below = this.run;
      answer = await pending;
    } catch (error) {
      trace?.failed(error);
      throw withCallerStack(error, below);
    }
    if (answer.kind === RETURNED) {
      const result = decodeResult(answer.payload);
      trace?.succeeded(result);
      return result;
    }
    // After the `await`, so that V8 knows who waits: the caller's frames are on the stack at no cost to tasks that succeed.
    const thrown = decodeError(answer.payload, this.run);
    trace?.failed(thrown);
    throw thrown;
  }

  #submit(task: Task, entry: Callable, trace?: TaskTrace): Promise<Answer> {
    checkTaskOptions(task);
    task.signal?.throwIfAborted();
    // First of all, because encoding moves the buffers that are listed in `transfer`.
    this.#pool.checkOpen();
    this.#pool.expect();
    const reference = referenceTo(task.fn, entry);
    const pending = new PendingTask(reference, this.#kind.encode(task, reference), now());
    if (trace) trace.task = pending;
    const answer = pending.answer();
    if (task.signal || task.timeout !== undefined) {
      pending.stopWatching = whenCancelled(task, (reason) => this.#pool.cancel(pending, reason));
    }
    this.#pool.submit(pending);
    return answer;
  }

  map<T, R>(fn: (item: T) => R, items: Iterable<T> | AsyncIterable<T>, options: MapOptions = {}): AsyncGenerator<Awaited<R>, void, undefined> {
    // Now, while the caller is on the stack: its file is where `import()` in the source resolves from.
    referenceAhead(fn, this.map);
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

  drained(): Promise<void> {
    return this.#pool.drained();
  }

  get stats(): ExecutorStats {
    return this.#pool.stats;
  }
}

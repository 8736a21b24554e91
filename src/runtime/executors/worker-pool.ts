import timers from 'node:timers';
import { QueueFullError, ShutdownError } from '../errors.js';
import type { ExecutorStats } from './executor.js';
import { KeepAlive } from './keep-alive.js';
import type { PendingTask } from './pending-task.js';
import { TaskQueue } from './task-queue.js';
import type { CheckedThreadPoolOptions } from './thread-pool-options.js';
import { type Death, ThreadWorker } from './thread-worker.js';
import { endedBeforeReady, startFailure, workerDeath } from './worker-failure.js';

const { setTimeout } = timers;

/** After so many workers died with a task before it began, it is rejected: something ends them as soon as they start. */
const mostHandedBack = 3;

/**
 * The queue, the workers and who gets what.
 *
 * Tasks wait in one queue and are handed only to workers that are ready, so none is stuck behind a worker that is
 * still starting, and one that is dropped from the queue has harmed nobody.
 */
export class WorkerPool {
  readonly #options: CheckedThreadPoolOptions;
  readonly #queue = new TaskQueue();
  readonly #workers = new Set<ThreadWorker>();
  /** Last in, first out: those at the bottom stay idle and can be let go. */
  readonly #idle: ThreadWorker[] = [];
  readonly #keepAlive = new KeepAlive();
  #starting = 0;
  #pending = 0;
  #completed = 0;
  #failed = 0;
  #sweep: NodeJS.Timeout | undefined;
  #closed: Promise<void> | undefined;
  #whenNonePending: (() => void) | undefined;

  constructor(options: CheckedThreadPoolOptions) {
    this.#options = options;
    this.#grow();
  }

  get stats(): ExecutorStats {
    const queued = this.#queue.size;
    return { queued, running: this.#pending - queued, completed: this.#completed, failed: this.#failed, workers: this.#workers.size };
  }

  /** @throws {ShutdownError | QueueFullError} when it takes no task now */
  checkOpen(): void {
    if (this.#closed) throw new ShutdownError('The executor has been shut down and takes no more tasks.');
    const { maxQueue, maxWorkers } = this.#options;
    // Those for which a worker is free, or starting, or can be started, do not count as waiting.
    if (this.#pending >= maxQueue + maxWorkers) throw new QueueFullError(`All ${maxWorkers} workers are busy and ${maxQueue} tasks wait, as many as maxQueue allows.`);
  }

  submit(task: PendingTask): void {
    this.#pending++;
    this.#keepAlive.hold();
    task.onSettled = (succeeded) => this.#settled(succeeded);
    this.#queue.push(task);
    this.#dispatch();
  }

  /** Rejects the task now. Waiting, it never runs; running, it loses its worker, which is replaced when there is need. */
  cancel(task: PendingTask, reason: unknown): void {
    if (task.settled) return;
    const { worker } = task;
    task.reject(reason);
    if (worker === undefined) {
      this.#queue.dropped();
    } else {
      this.#workers.delete(worker);
      worker.abandon();
      this.#dispatch();
    }
  }

  /** Takes no more tasks, finishes those it has, and ends its workers. The same promise each time. */
  close(): Promise<void> {
    return (this.#closed ??= this.#finish());
  }

  /** Rejects what has not begun. */
  dropQueued(): void {
    for (let task; (task = this.#queue.shift()); ) task.reject(new ShutdownError('The executor was shut down before the task began.'));
  }

  /** Holds the process until `promise` settles. */
  async hold(promise: Promise<void>): Promise<void> {
    this.#keepAlive.hold();
    await promise.finally(() => this.#keepAlive.release());
  }

  #dispatch(): void {
    while (this.#queue.size > 0) {
      const worker = this.#claimIdle();
      if (worker === undefined) break;
      const task = this.#queue.shift()!;
      try {
        worker.send(task);
      } catch (error) {
        this.#idle.push(worker);
        task.reject(error);
      }
    }
    this.#grow();
  }

  #claimIdle(): ThreadWorker | undefined {
    for (let worker; (worker = this.#idle.pop()); ) {
      if (worker.claim()) return worker;
    }
    return undefined;
  }

  #grow(): void {
    const { minWorkers, maxWorkers } = this.#options;
    const wanted = Math.max(this.#queue.size - this.#starting, this.#closed ? 0 : minWorkers - this.#workers.size);
    for (let n = Math.min(wanted, maxWorkers - this.#workers.size); n > 0; n--) {
      if (!this.#start()) return;
    }
  }

  #start(): boolean {
    try {
      this.#workers.add(
        new ThreadWorker(this.#options, {
          onReady: (worker) => {
            this.#starting--;
            this.#rest(worker);
          },
          onReply: (worker) => this.#rest(worker),
          onGone: (worker, death) => this.#buried(worker, death),
        }),
      );
      this.#starting++;
      return true;
    } catch (error) {
      this.#startFailed(error);
      return false;
    }
  }

  /**
   * A task waits on for workers that run or are still starting. Where there are none, every waiting task is rejected:
   * to try again for each would be a loop in which all meet the same.
   */
  #startFailed(cause: unknown): void {
    if (this.#workers.size > 0) return;
    for (let task; (task = this.#queue.shift()); ) task.reject(startFailure(cause));
  }

  #rest(worker: ThreadWorker): void {
    worker.idleSince = performance.now();
    this.#idle.push(worker);
    this.#dispatch();
    if (this.#idle.length > 0) this.#sweepLater(this.#options.idleTimeout);
  }

  #buried(worker: ThreadWorker, death: Death): void {
    // One that was asked to leave has been taken off the list.
    if (!this.#workers.delete(worker)) return;
    const index = this.#idle.indexOf(worker);
    if (index >= 0) this.#idle.splice(index, 1);
    if (!death.wasReady) {
      this.#starting--;
      this.#startFailed(endedBeforeReady(death));
      return;
    }
    const { task } = death;
    if (task) {
      task.worker = undefined;
      if (death.begun || task.encoded === undefined || ++task.handedBack > mostHandedBack) task.reject(workerDeath(death));
      else this.#queue.pushFirst(task);
    }
    if (this.#queue.size > 0) this.#dispatch();
  }

  #sweepLater(delay: number): void {
    if (this.#sweep !== undefined || delay === Infinity || this.#workers.size <= this.#options.minWorkers) return;
    this.#sweep = setTimeout(() => this.#letGo(), Math.min(delay, 2 ** 31 - 1)).unref();
  }

  #letGo(): void {
    this.#sweep = undefined;
    const { idleTimeout, minWorkers } = this.#options;
    const now = performance.now();
    for (let longest; (longest = this.#idle[0]) !== undefined && this.#workers.size > minWorkers; ) {
      const left = idleTimeout - (now - longest.idleSince);
      if (left > 0) return void this.#sweepLater(Math.ceil(left));
      this.#idle.shift();
      this.#workers.delete(longest);
      longest.leave();
    }
  }

  #settled(succeeded: boolean): void {
    if (succeeded) this.#completed++;
    else this.#failed++;
    this.#keepAlive.release();
    if (--this.#pending === 0) this.#whenNonePending?.();
  }

  async #finish(): Promise<void> {
    // Those that wait only for the sake of minWorkers, too.
    if (this.#pending > 0) await new Promise<void>((resolve) => (this.#whenNonePending = resolve));
    const workers = [...this.#workers];
    this.#workers.clear();
    this.#idle.length = 0;
    for (const worker of workers) worker.leave();
    await Promise.all(workers.map((worker) => worker.gone));
  }
}

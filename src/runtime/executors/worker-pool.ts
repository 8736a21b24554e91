import timers from 'node:timers';
import { QueueFullError, ShutdownError } from '../errors.js';
import type { ExecutorStats } from './executor.js';
import { now } from '../worker/clock.js';
import { Drained } from './drained.js';
import { KeepAlive } from './keep-alive.js';
import type { PendingTask, TaskOwner } from './pending-task.js';
import { TaskTimes } from './task-times.js';
import { TaskQueue } from './task-queue.js';
import type { CheckedPoolOptions } from './pool-options.js';
import type { Death, PoolWorker, StartWorker } from './pool-worker.js';
import { endedBeforeReady, startFailure, workerDeath } from './worker-failure.js';

const { setTimeout } = timers;

/** After so many workers died with a task before they began any, it is rejected: something ends them as soon as they start. */
const mostHandedBack = 3;

/** Tasks that a worker is given ahead, so that it need not wait for main between two. A quarter of its slots: those of tasks that were taken back are not free at once. */
const aheadPerWorker = 512;

/** For a microtask at a tenth of what `queueMicrotask` costs, which makes an async resource each time. */
const soon = Promise.resolve();

/**
 * The queue, the workers and who gets what.
 *
 * Tasks wait in one queue. They are handed to workers that are ready, idle ones first, and then ahead of time to busy
 * ones; what was handed out ahead is taken back for a worker that has run dry or has just started. So none is stuck
 * behind a worker that is still starting, or behind a slow task while another worker is free.
 */
export class WorkerPool implements TaskOwner {
  readonly #options: CheckedPoolOptions;
  readonly #startWorker: StartWorker;
  readonly #queue = new TaskQueue();
  readonly #workers = new Set<PoolWorker>();
  /** Last in, first out: those at the bottom stay idle and can be let go. */
  readonly #idle: PoolWorker[] = [];
  readonly #keepAlive = new KeepAlive();
  readonly #times = new TaskTimes();
  readonly #drained = new Drained(() => (this.#closed ? Infinity : this.#room));
  #starting = 0;
  #pending = 0;
  #completed = 0;
  #failed = 0;
  #sweep: NodeJS.Timeout | undefined;
  /** Workers that have been given something since the last flush. */
  readonly #toFlush = new Set<PoolWorker>();
  #flushing = false;
  #closed: Promise<void> | undefined;
  #whenNonePending: (() => void) | undefined;

  constructor(options: CheckedPoolOptions, startWorker: StartWorker) {
    this.#options = options;
    this.#startWorker = startWorker;
    this.#grow();
  }

  get stats(): ExecutorStats {
    let running = 0;
    for (const worker of this.#workers) if (worker.running) running++;
    return { queued: this.#pending - running, running, completed: this.#completed, failed: this.#failed, workers: this.#workers.size, ...this.#times.stats };
  }

  /** @throws {ShutdownError | QueueFullError} when it takes no task now */
  checkOpen(): void {
    if (this.#closed) throw new ShutdownError('The executor has been shut down and takes no more tasks.');
    const { maxQueue, maxWorkers } = this.#options;
    if (this.#room <= 0) throw new QueueFullError(`All ${maxWorkers} workers are busy and ${maxQueue} tasks wait, as many as maxQueue allows. Wait for drained() before you submit more.`);
  }

  /** Resolves when {@link checkOpen} would not say that the queue is full. */
  drained(): Promise<void> {
    return this.#drained.wait();
  }

  /** How many tasks it would take. Those for which a worker is free, or starting, or can be started, do not wait. */
  get #room(): number {
    return this.#options.maxQueue + this.#options.maxWorkers - this.#pending;
  }

  /** A task is about to come: the first worker starts while it is named and encoded, which may take as long. */
  expect(): void {
    if (this.#workers.size === 0) this.#start();
  }

  submit(task: PendingTask): void {
    this.#pending++;
    this.#drained.taken();
    this.#keepAlive.hold();
    task.owner = this;
    this.#queue.push(task);
    this.#dispatch();
  }

  /** Rejects the task now. Waiting, it never runs; running, it loses its worker, which is replaced when there is need. */
  cancel(task: PendingTask, reason: unknown): void {
    if (task.settled) return;
    const { worker } = task;
    if (worker === undefined) {
      task.reject(reason);
      this.#queue.dropped();
      return;
    }
    if (worker.takeBack(task)) {
      task.reject(reason);
      this.#progressed(worker);
      return;
    }
    // First what waits behind it, so that nothing else can be under way when the worker ends.
    const behind = worker.takeBackLast(Infinity);
    const isRunning = worker.isRunning(task);
    task.reject(reason);
    if (isRunning) {
      this.#workers.delete(worker);
      worker.abandon();
    }
    for (const each of behind.reverse()) this.#queue.pushFirst(each);
    this.#dispatch();
  }

  /** Takes no more tasks, finishes those it has, and ends its workers. The same promise each time. */
  close(): Promise<void> {
    this.#closed ??= this.#finish();
    this.#drained.release();
    return this.#closed;
  }

  /** Rejects what has not begun. */
  dropQueued(): void {
    for (const worker of this.#workers) for (const task of worker.takeBackLast(Infinity).reverse()) this.#queue.pushFirst(task);
    for (let task; (task = this.#queue.shift()); ) task.reject(new ShutdownError('The executor was shut down before the task began.'));
  }

  /** Holds the process until `promise` settles. */
  async hold(promise: Promise<void>): Promise<void> {
    this.#keepAlive.hold();
    await promise.finally(() => this.#keepAlive.release());
  }

  #dispatch(): void {
    for (let task; (task = this.#queue.first()) !== undefined; ) {
      const worker = this.#idle.pop() ?? (task.moves ? undefined : this.#leastLoaded());
      if (worker === undefined) break;
      // One that takes none is on its way out: `onGone` follows.
      if (worker.add(task)) this.#queue.shift();
      else if (worker.load === 0) continue;
      else break;
      this.#flushSoon(worker);
    }
    this.#grow();
  }

  /** The worker with least to do of those that may be given something ahead. */
  #leastLoaded(): PoolWorker | undefined {
    let least: PoolWorker | undefined;
    let load = aheadPerWorker;
    for (const worker of this.#workers) {
      // One that has nothing to do and is not among the idle ones is on its way out.
      if (worker.ready && worker.load > 0 && worker.load < load) {
        least = worker;
        load = worker.load;
      }
    }
    return least;
  }

  /** One message a worker for all that is submitted in one go, or for as much of it as makes a message. */
  #flushSoon(worker: PoolWorker): void {
    if (worker.hasFullMessage) worker.flush();
    this.#toFlush.add(worker);
    if (this.#flushing) return;
    this.#flushing = true;
    void soon.then(this.#flush);
  }

  readonly #flush = (): void => {
    this.#flushing = false;
    const workers = [...this.#toFlush];
    this.#toFlush.clear();
    for (const worker of workers) {
      worker.flush();
      if (worker.load === 0) this.#progressed(worker);
    }
    // Now, while workers work and main would wait.
    this.#times.record();
  };

  /** A worker has got on with its tasks: it is given more, its own or those of the worker that has most. */
  #progressed(worker: PoolWorker): void {
    // One that was told to leave may still be heard of: what it announced came by another way before.
    if (!this.#workers.has(worker)) return;
    if (this.#queue.size > 0) {
      if (worker.load === 0) this.#rest(worker);
      else this.#dispatch();
    } else if (worker.load === 0) {
      for (const task of this.#fromBusiest()) {
        if (worker.add(task)) this.#flushSoon(worker);
        else this.#queue.push(task);
      }
      if (worker.load === 0) this.#rest(worker);
    }
  }

  #fromBusiest(): PendingTask[] {
    let busiest: PoolWorker | undefined;
    for (const worker of this.#workers) if (worker.load > (busiest?.load ?? 1)) busiest = worker;
    // All but the one that it runs are waiting.
    return busiest === undefined ? [] : busiest.takeBackLast(Math.ceil((busiest.load - 1) / 2));
  }

  #grow(): void {
    const { minWorkers, maxWorkers } = this.#options;
    // Each worker runs one task; what it was given ahead waits.
    const waiting = this.#pending - Math.max(0, this.#workers.size - this.#starting - this.#idle.length);
    const wanted = Math.max(waiting - this.#starting, this.#closed ? 0 : minWorkers - this.#workers.size);
    for (let n = Math.min(wanted, maxWorkers - this.#workers.size); n > 0; n--) {
      if (!this.#start()) return;
    }
  }

  #start(): boolean {
    try {
      this.#workers.add(
        this.#startWorker({
          onReady: (worker) => {
            this.#starting--;
            this.#progressed(worker);
          },
          onProgress: (worker) => this.#progressed(worker),
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

  #rest(worker: PoolWorker): void {
    if (!this.#idle.includes(worker)) {
      worker.idleSince = now();
      this.#idle.push(worker);
    }
    this.#dispatch();
    if (this.#idle.length > 0) this.#sweepLater(this.#options.idleTimeout);
  }

  #buried(worker: PoolWorker, death: Death): void {
    // One that was asked to leave has been taken off the list.
    if (!this.#workers.delete(worker)) return;
    const index = this.#idle.indexOf(worker);
    if (index >= 0) this.#idle.splice(index, 1);
    if (!death.wasReady) {
      this.#starting--;
      this.#startFailed(endedBeforeReady(death));
      return;
    }
    const { interrupted, notBegun } = death;
    for (const task of interrupted) task.reject(workerDeath(death, true));
    // Where it ran none of them, it may be the first that every worker dies before.
    const [first] = notBegun;
    if (interrupted.length === 0 && first) first.handedBack++;
    for (const task of notBegun.toReversed()) {
      if (task.encoded === undefined || task.handedBack > mostHandedBack) task.reject(workerDeath(death, false));
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
    const at = now();
    for (let longest; (longest = this.#idle[0]) !== undefined && this.#workers.size > minWorkers; ) {
      const left = idleTimeout - (at - longest.idleSince);
      if (left > 0) return void this.#sweepLater(Math.ceil(left));
      this.#idle.shift();
      this.#workers.delete(longest);
      longest.leave();
    }
  }

  /** A task has come to its outcome. */
  settled({ submittedAt, startedAt, endedAt }: PendingTask, succeeded: boolean): void {
    if (succeeded) this.#completed++;
    else this.#failed++;
    if (endedAt > 0) this.#times.note(submittedAt, startedAt, endedAt);
    this.#keepAlive.release();
    if (--this.#pending === 0) this.#whenNonePending?.();
    this.#drained.release();
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

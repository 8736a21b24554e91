import timers from 'node:timers';
import { MessageChannel, type MessagePort, receiveMessageOnPort, SHARE_ENV, Worker } from 'node:worker_threads';
import type { Transferable } from '../codec/index.js';
import { calledKey } from '../task/reference.js';
import { type Batch, HANDED_BACK, isReply, LEAVE, READY, REFUSED, remember, type Reply, RETURNED, WORKER_DATA_KEY, type WorkerStart } from '../worker/messages.js';
import { now } from '../worker/clock.js';
import { post, unpost } from '../worker/mailbox.js';
import { waitsForChild } from '../worker/noted-children.js';
import { allocateSharedMemory, CLAIMED, DOOR, IS_UNDEFINED, NEWEST_CHILD, NOTIFIED, OPEN, PARKED, SENT, sharedState, storedResult, TASK_ON_ITS_WAY, WAKE } from '../worker/shared-state.js';
import type { PendingTask } from './pending-task.js';
import type { PoolWorker, PoolWorkerEvents } from './pool-worker.js';
import { killChildrenSince } from './process-tree.js';
import { TaskSlots } from './task-slots.js';
import type { CheckedThreadPoolOptions } from './thread-pool-options.js';
import { workerCode } from './worker-code.js';

// Taken when the module is loaded: fake timers in a user's test must not touch it.
const { setTimeout, clearTimeout } = timers;

/** Milliseconds. */
const timeToLeave = 1000;
const betweenKills = 20;

/**
 * Tasks in a message. The worker begins the first of many while main still submits the rest; with fewer to a
 * message, or all in one, a thousand take longer.
 */
const mostAtOnce = 64;

/** Milliseconds after which results are looked for that the worker may have kept quiet about; see worker/outcomes.ts. */
const lookAgain = 1;

/** A worker thread. */
export class ThreadWorker implements PoolWorker {
  idleSince = 0;
  readonly gone: Promise<void>;
  readonly #thread: Worker;
  readonly #port: MessagePort;
  readonly #shared = sharedState(allocateSharedMemory());
  readonly #slots = new TaskSlots(this.#shared);
  readonly #events: PoolWorkerEvents;
  readonly #definitions = new Map<string | number, true>();
  /** Tasks that go with the next message. Not a set, which would take a tenth of what a small task costs. */
  #outbox: PendingTask[] = [];
  #again: NodeJS.Timeout | undefined;
  #lookAfter = 0;
  #lookPending = false;
  #systemThread: number | undefined;
  #ready = false;
  #abandoned = false;
  #uncaught: { error: unknown } | undefined;

  /** @throws when Node cannot make a worker: permission model, limits of the system */
  constructor(options: CheckedThreadPoolOptions, events: PoolWorkerEvents) {
    this.#events = events;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    try {
      this.#thread = new Worker(workerCode, {
        env: SHARE_ENV,
        // A descriptor opened in a task belongs to the caller. Tracked, it would be closed when this worker goes, and
        // with it whatever file has got that number in the meantime. (In a thread that tracks, as worker threads do by
        // default, this is without effect: Node hands tracking down.)
        trackUnmanagedFds: false,
        ...options.workerOptions,
        name: options.name,
        ...(options.resourceLimits && { resourceLimits: options.resourceLimits }),
        eval: true,
        workerData: { [WORKER_DATA_KEY]: { port: port2, memory: this.#shared.header.buffer as SharedArrayBuffer } satisfies WorkerStart },
        transferList: [port2],
      });
    } catch (error) {
      port1.close();
      throw error;
    }
    this.gone = new Promise((resolve) => this.#thread.once('exit', () => resolve()));
    port1.on('message', (message: Reply | number) => this.#hear(message));
    port1.on('messageerror', (error: unknown) => { this.#break(error); });
    this.#thread.on('error', (error: unknown) => (this.#uncaught ??= { error }));
    this.#thread.on('exit', (exitCode) => this.#exited(exitCode));
    // Last: adding a 'message' listener refs again what was unref'd before.
    port1.unref();
    this.#thread.unref();
  }

  get ready(): boolean {
    return this.#ready;
  }

  get load(): number {
    return this.#slots.size;
  }

  get running(): PendingTask | undefined {
    return this.#slots.all().find((task) => this.isRunning(task));
  }

  add(task: PendingTask): boolean {
    if (this.#slots.isFull) return false;
    if (task.moves && Atomics.compareExchange(this.#shared.header, DOOR, OPEN, TASK_ON_ITS_WAY) !== OPEN) return false;
    this.#slots.add(task);
    task.isHandedBack = false;
    task.worker = this;
    this.#outbox.push(task);
    return true;
  }

  get hasFullMessage(): boolean {
    return this.#outbox.length >= mostAtOnce;
  }

  /** In one message. */
  flush(): void {
    const tasks = this.#outbox;
    if (tasks.length === 0) return;
    this.#outbox = [];
    if (tasks.length === 1 && this.#mail(tasks[0]!)) return;
    try {
      this.#send(tasks);
    } catch (error) {
      if (tasks.length === 1) this.#unsend(tasks[0]!, error);
      else for (const task of tasks) this.#sendAlone(task);
    }
    if (this.load > 1) this.#lookAgain();
  }

  takeBack(task: PendingTask): boolean {
    const unsent = this.#outbox.lastIndexOf(task);
    if (unsent >= 0) {
      this.#outbox.splice(unsent, 1);
      this.#release(task);
      return true;
    }
    if (!this.#slots.takeBack(task)) return false;
    task.worker = undefined;
    return true;
  }

  takeBackLast(most: number): PendingTask[] {
    const taken: PendingTask[] = [];
    for (const task of this.#slots.all().reverse()) {
      if (taken.length === most) break;
      // Main has no copy of what was moved.
      if (task.encoded === undefined) continue;
      // The worker goes from first to last: what comes before a task that it has begun, it has begun too.
      if (!this.takeBack(task)) break;
      taken.push(task);
    }
    return taken.reverse();
  }

  isRunning(task: PendingTask): boolean {
    return this.#slots.stateOf(task) === CLAIMED;
  }

  leave(): void {
    this.#post(LEAVE);
    const timer = setTimeout(() => void this.#thread.terminate(), timeToLeave).unref();
    void this.gone.then(() => clearTimeout(timer));
  }

  /**
   * In native code (a pipe that nobody writes to) the end takes as long as the code does. A child process that a
   * function of Node's own waits for is ended.
   */
  abandon(): void {
    this.#look();
    this.#abandoned = true;
    this.#port.close();
    this.#thread.terminate().catch(() => {});
    const running = this.#slots.first;
    if (running && waitsForChild(calledKey(running.reference)) && this.#systemThread !== undefined) this.#endChild(this.#systemThread);
  }

  /** Again until the thread is gone: it may have been about to start the child. */
  #endChild(systemThread: number): void {
    let isGone = false;
    void this.gone.then(() => (isGone = true));
    const end = () => {
      const newest = Atomics.load(this.#shared.header, NEWEST_CHILD);
      if (isGone) return;
      if (newest > 0) killChildrenSince(systemThread, newest - 1);
      setTimeout(end, betweenKills).unref();
    };
    end();
  }

  /** A small task goes to a parked worker without a message, if none is on its way that the worker has to read first. */
  #mail(task: PendingTask): boolean {
    const { key } = task.reference;
    if (!this.#slots.holdsOne || task.moves || !this.#definitions.has(key) || !post(this.#shared, task.slot, key, task.encoded!.payload)) return false;
    this.#wake();
    // It has got up meanwhile, and may not look into the box again.
    return Atomics.load(this.#shared.header, PARKED) === 1 || !unpost(this.#shared);
  }

  #send(tasks: readonly PendingTask[]): void {
    const batch: Batch = [];
    let transfer: Transferable[] | undefined;
    let met: Set<string | number> | undefined;
    for (const task of tasks) {
      const { key, definition } = task.reference;
      const isNew = !this.#definitions.has(key) && !met?.has(key);
      if (isNew) (met ??= new Set()).add(key);
      if (task.moves) (transfer ??= []).push(...task.encoded!.transfer);
      batch.push(task.moves ? ~task.slot : task.slot, key, task.encoded!.payload, isNew ? definition : undefined);
    }
    this.#post(batch, transfer);
    if (met) for (const key of met) remember(this.#definitions, key, true);
    // What was moved is no longer here to be sent again.
    if (transfer) for (const task of tasks) if (task.moves) task.encoded = undefined;
  }

  #sendAlone(task: PendingTask): void {
    try {
      this.#send([task]);
    } catch (error) {
      this.#unsend(task, error);
    }
  }

  #unsend(task: PendingTask, error: unknown): void {
    this.#release(task);
    task.reject(error);
  }

  /** For a task that the worker has never heard of. */
  #release(task: PendingTask): void {
    if (task.moves) Atomics.store(this.#shared.header, DOOR, OPEN);
    this.#slots.release(task);
    task.worker = undefined;
  }

  #post(message: Batch | typeof LEAVE, transfer: readonly Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
    this.#wake();
  }

  #wake(): void {
    Atomics.add(this.#shared.header, WAKE, 1);
    Atomics.notify(this.#shared.header, WAKE, 1);
  }

  #hear(message: Reply | number): void {
    if (this.#abandoned) return;
    if (isReply(message) && message[1] === READY && !this.#ready) {
      this.#ready = true;
      this.#systemThread = message[2] as number | undefined;
      this.#events.onReady(this);
      return;
    }
    this.#receive(message);
    this.#look();
    this.#events.onProgress(this);
  }

  /**
   * The worker may keep quiet about a result for `QUIET` ms after an announcement. So there has to be a look later
   * than that after each announcement that was taken, and after each batch that may have come right behind one.
   */
  #lookAgain(): void {
    this.#lookAfter = now() + lookAgain;
    if (!this.#lookPending) this.#lookSoon();
  }

  #lookSoon(): void {
    this.#lookPending = true;
    if (this.#again) this.#again.refresh();
    else this.#again = setTimeout(() => { this.#lookedAgain(); }, lookAgain).unref();
  }

  #lookedAgain(): void {
    this.#lookPending = false;
    if (this.#abandoned) return;
    // A timer counts from when the loop last read the clock, so it may be early; and there may have been more since.
    const isEarly = now() < this.#lookAfter;
    const before = this.load;
    this.#look();
    if (isEarly && this.load > 0 && !this.#lookPending) this.#lookSoon();
    if (this.load < before) this.#events.onProgress(this);
  }

  /** Takes in all outcomes that are there: those in the port, then those in shared memory. */
  #look(): void {
    for (let entry; (entry = receiveMessageOnPort(this.#port) as { message: Reply | number } | undefined); ) {
      this.#receive(entry.message);
    }
    // Between the two: after the last announcement is out of the port, and before the memory is read. What the worker
    // writes down from here on, it announces anew.
    const wasAnnounced = Atomics.exchange(this.#shared.header, NOTIFIED, 0) === 1;
    for (let task; (task = this.#slots.first) !== undefined; ) {
      const state = this.#slots.stateOf(task);
      if (state < IS_UNDEFINED) break;
      const result = storedResult(this.#shared, task.slot, state);
      this.#time(task);
      this.#slots.release(task);
      task.settle(RETURNED, result);
    }
    // Whoever takes an announcement, message or timer, has to look once more for what the worker kept quiet about after it.
    if (wasAnnounced && this.load > 0) this.#lookAgain();
  }

  #receive(message: Reply | number): void {
    if (typeof message === 'number') return;
    if (!isReply(message)) {
      this.#break(new TypeError('something that is no message of ours came over its port'));
      return;
    }
    const [slot, kind, payload] = message;
    const task = this.#slots.at(slot);
    if (kind === READY || task === undefined) return;
    if (kind === HANDED_BACK) {
      task.encoded = { payload, transfer: [] };
      task.isHandedBack = true;
      return;
    }
    if (kind !== REFUSED) this.#time(task);
    this.#slots.release(task);
    task.settle(kind, payload);
  }

  #time(task: PendingTask): void {
    const { times } = this.#shared;
    task.startedAt = times[2 * task.slot]!;
    task.endedAt = times[2 * task.slot + 1]!;
  }

  /** Nobody knows any more what it has done of its tasks: it is as if it had died. */
  #break(error: unknown): void {
    this.#uncaught ??= { error };
    void this.#thread.terminate();
  }

  #exited(exitCode: number): void {
    if (this.#abandoned) return;
    // Replies that it sent before it went are still in the port: 'exit' comes by another way.
    this.#look();
    this.#abandoned = true;
    this.#port.close();
    const interrupted: PendingTask[] = [];
    const notBegun: PendingTask[] = [];
    for (const task of this.#slots.all()) {
      const state = this.#slots.stateOf(task);
      (state === SENT || task.isHandedBack ? notBegun : interrupted).push(task);
      task.worker = undefined;
    }
    this.#outbox = [];
    this.#events.onGone(this, { exitCode, uncaught: this.#uncaught !== undefined, error: this.#uncaught?.error, wasReady: this.#ready, interrupted, notBegun });
  }
}

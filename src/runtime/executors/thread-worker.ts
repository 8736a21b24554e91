import timers from 'node:timers';
import { MessageChannel, type MessagePort, receiveMessageOnPort, SHARE_ENV, Worker } from 'node:worker_threads';
import type { Transferable } from '../codec/index.js';
import { type Batch, HANDED_BACK, LEAVE, READY, remember, type Reply, RETURNED, WORKER_DATA_KEY, type WorkerStart } from '../worker/messages.js';
import { allocateSharedMemory, CLAIMED, DOOR, IS_UNDEFINED, NOTIFIED, OPEN, SENT, sharedState, storedResult, TASK_ON_ITS_WAY, WAKE } from '../worker/shared-state.js';
import type { PendingTask } from './pending-task.js';
import { TaskSlots } from './task-slots.js';
import type { CheckedThreadPoolOptions } from './thread-pool-options.js';

/** The bundle of src/runtime/worker/main.ts, put here by the build. */
declare const __OFFLOAD_WORKER_SOURCE__: string;

// Taken when the module is loaded: fake timers in a user's test must not touch it.
const { setTimeout, clearTimeout } = timers;

/** Milliseconds. */
const timeToLeave = 1000;

/** Milliseconds after which results are looked for that the worker may have kept quiet about; see worker/outcomes.ts. */
const lookAgain = 1;

/**
 * Started from memory, so that no bundler has to find a second file; CommonJS starts about 10 ms sooner than a module.
 * In a function, because the top level of an evaluated script is the global scope: shipped functions would find our
 * variables there. `require` is made by hand, because under `--input-type=module` this is evaluated as a module; and
 * the globals that evaluation leaves behind go, because no function of the caller's can have meant those.
 */
const workerCode = `(function(require){for(const name of['require','module','exports','__filename','__dirname'])delete globalThis[name];${
  typeof __OFFLOAD_WORKER_SOURCE__ === 'string' ? __OFFLOAD_WORKER_SOURCE__ : ''
}\n})(process.getBuiltinModule('module').createRequire(process.cwd()+'/'))`;

export interface ThreadWorkerEvents {
  onReady(worker: ThreadWorker): void;
  /** Tasks have been settled. */
  onProgress(worker: ThreadWorker): void;
  /** It is gone, with or without tasks. Told once, and never after `abandon`. */
  onGone(worker: ThreadWorker, death: Death): void;
}

export interface Death {
  readonly exitCode: number;
  /** Whether there was an uncaught error; it may be `undefined` itself. */
  readonly uncaught: boolean;
  readonly error: unknown;
  readonly wasReady: boolean;
  /** Tasks that had begun and have no outcome. */
  readonly interrupted: readonly PendingTask[];
  /** Tasks that had not begun, in the order they were sent. */
  readonly notBegun: readonly PendingTask[];
}

/** One worker thread, and the tasks that are with it. It runs one at a time, in order. */
export class ThreadWorker {
  /** `performance.now()` when it ran dry. */
  idleSince = 0;
  /** Resolves when the thread is gone, whatever ended it. */
  readonly gone: Promise<void>;
  readonly #thread: Worker;
  readonly #port: MessagePort;
  readonly #shared = sharedState(allocateSharedMemory());
  readonly #slots = new TaskSlots(this.#shared);
  readonly #events: ThreadWorkerEvents;
  readonly #definitions = new Map<string | number, true>();
  /** Tasks that go with the next message. */
  readonly #outbox = new Set<PendingTask>();
  #again: NodeJS.Timeout | undefined;
  #ready = false;
  #abandoned = false;
  #uncaught: { error: unknown } | undefined;

  /** @throws when Node cannot make a worker: permission model, limits of the system */
  constructor(options: CheckedThreadPoolOptions, events: ThreadWorkerEvents) {
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
    port1.on('messageerror', (error: unknown) => {
      this.#uncaught ??= { error };
      void this.#thread.terminate();
    });
    this.#thread.on('error', (error: unknown) => (this.#uncaught ??= { error }));
    this.#thread.on('exit', (exitCode) => this.#exited(exitCode));
    // Last: adding a 'message' listener refs again what was unref'd before.
    port1.unref();
    this.#thread.unref();
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** Tasks that are with it, those included that it has finished and that have not been looked at. */
  get load(): number {
    return this.#slots.size;
  }

  /** The task that it runs, so far as can be told from here. */
  get running(): PendingTask | undefined {
    return this.#slots.all().find((task) => this.isRunning(task));
  }

  /**
   * Gives it a task, to be sent by the next `flush`.
   *
   * @returns `false` when it can take none: full, or on its way out (`onGone` follows)
   */
  add(task: PendingTask): boolean {
    if (this.#slots.isFull) return false;
    if (task.moves && Atomics.compareExchange(this.#shared.header, DOOR, OPEN, TASK_ON_ITS_WAY) !== OPEN) return false;
    this.#slots.add(task);
    task.isHandedBack = false;
    task.worker = this;
    this.#outbox.add(task);
    return true;
  }

  /** Sends what was added, in one message. Tasks that cannot be cloned after all are rejected; they harm no other. */
  flush(): void {
    if (this.#outbox.size === 0) return;
    const tasks = [...this.#outbox];
    this.#outbox.clear();
    try {
      this.#send(tasks);
    } catch (error) {
      if (tasks.length === 1) this.#unsend(tasks[0]!, error);
      else for (const task of tasks) this.#sendAlone(task);
    }
  }

  /** Takes a task back, if it has not begun. */
  takeBack(task: PendingTask): boolean {
    if (this.#outbox.delete(task)) {
      this.#release(task);
      return true;
    }
    if (!this.#slots.takeBack(task)) return false;
    task.worker = undefined;
    return true;
  }

  /** Takes back the tasks that would be run last, up to `most`, if they have not begun. In the order in which they would be. */
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

  /** Whether this task is under way. Once what waited behind it is taken back, the answer stays true until it is done. */
  isRunning(task: PendingTask): boolean {
    return this.#slots.stateOf(task) === CLAIMED;
  }

  /** Ends an idle worker in its own way, so that its `exit` listeners run; by force if a loop left behind by a task keeps it from reading. */
  leave(): void {
    this.#post(LEAVE);
    const timer = setTimeout(() => void this.#thread.terminate(), timeToLeave).unref();
    void this.gone.then(() => clearTimeout(timer));
  }

  /**
   * Ends a worker in the middle of a task, in the background. In native code (a child process, a pipe that nobody
   * writes to) that takes as long as the code does, so nothing waits for it. What it has finished is not lost.
   */
  abandon(): void {
    this.#look();
    this.#abandoned = true;
    this.#port.close();
    this.#thread.terminate().catch(() => {});
  }

  #send(tasks: readonly PendingTask[]): void {
    const batch: Batch = [];
    const transfer: Transferable[] = [];
    const met = new Set<string | number>();
    for (const task of tasks) {
      const { key, definition } = task.reference;
      const isNew = !this.#definitions.has(key) && !met.has(key);
      if (isNew) met.add(key);
      if (task.moves) transfer.push(...task.encoded!.transfer);
      batch.push(task.moves ? ~task.slot : task.slot, key, task.encoded!.payload, isNew ? definition : undefined);
    }
    this.#post(batch, transfer);
    for (const key of met) remember(this.#definitions, key, true);
    // What was moved is no longer here to be sent again.
    if (transfer.length > 0) for (const task of tasks) if (task.moves) task.encoded = undefined;
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
    Atomics.add(this.#shared.header, WAKE, 1);
    Atomics.notify(this.#shared.header, WAKE, 1);
  }

  #hear(message: Reply | number): void {
    if (this.#abandoned) return;
    if (typeof message !== 'number' && message[1] === READY) {
      this.#ready = true;
      this.#events.onReady(this);
      return;
    }
    if (typeof message !== 'number') this.#receive(message);
    this.#look();
    if (this.load > 0) this.#lookAgain();
    this.#events.onProgress(this);
  }

  #lookAgain(): void {
    if (this.#again !== undefined) return void this.#again.refresh();
    this.#again = setTimeout(() => {
      if (this.#abandoned) return;
      const before = this.load;
      this.#look();
      if (this.load < before) this.#events.onProgress(this);
    }, lookAgain).unref();
  }

  /** Takes in all outcomes that are there: those in the port, then those in shared memory. */
  #look(): void {
    for (let entry; (entry = receiveMessageOnPort(this.#port) as { message: Reply | number } | undefined); ) {
      if (typeof entry.message !== 'number') this.#receive(entry.message);
    }
    // Between the two: after the last announcement is out of the port, and before the memory is read. What the worker
    // writes down from here on, it announces anew.
    Atomics.store(this.#shared.header, NOTIFIED, 0);
    for (let task; (task = this.#slots.first) !== undefined; ) {
      const state = this.#slots.stateOf(task);
      if (state < IS_UNDEFINED) break;
      const result = storedResult(this.#shared, task.slot, state);
      this.#slots.release(task);
      task.settle(RETURNED, result);
    }
  }

  #receive([slot, kind, payload]: Reply): void {
    const task = this.#slots.at(slot);
    if (kind === READY || task === undefined) return;
    if (kind === HANDED_BACK) {
      task.encoded = { payload, transfer: [] };
      task.isHandedBack = true;
      return;
    }
    this.#slots.release(task);
    task.settle(kind, payload);
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
    this.#outbox.clear();
    this.#events.onGone(this, { exitCode, uncaught: this.#uncaught !== undefined, error: this.#uncaught?.error, wasReady: this.#ready, interrupted, notBegun });
  }
}

import timers from 'node:timers';
import { MessageChannel, type MessagePort, receiveMessageOnPort, SHARE_ENV, Worker } from 'node:worker_threads';
import { BEGUN, DOOR, HANDED_BACK, LEAVE, OPEN, READY, remember, type Reply, TASK_ON_ITS_WAY, type TaskMessage, WORKER_DATA_KEY, type WorkerStart } from '../worker/messages.js';
import type { PendingTask } from './pending-task.js';
import type { CheckedThreadPoolOptions } from './thread-pool-options.js';

/** The bundle of src/runtime/worker/main.ts, put here by the build. */
declare const __OFFLOAD_WORKER_SOURCE__: string;

// Taken when the module is loaded: fake timers in a user's test must not touch it.
const { setTimeout, clearTimeout } = timers;

/** Milliseconds. */
const timeToLeave = 1000;

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
  onReply(worker: ThreadWorker, task: PendingTask): void;
  /** It is gone, with or without a task. Told once, and never after `abandon`. */
  onGone(worker: ThreadWorker, death: Death): void;
}

export interface Death {
  readonly exitCode: number;
  /** Whether there was an uncaught error; it may be `undefined` itself. */
  readonly uncaught: boolean;
  readonly error: unknown;
  readonly wasReady: boolean;
  readonly task: PendingTask | undefined;
  /** Whether `task` had begun to run. */
  readonly begun: boolean;
}

/** One worker thread, which runs one task at a time. */
export class ThreadWorker {
  /** `performance.now()` when it ran dry. */
  idleSince = 0;
  /** Resolves when the thread is gone, whatever ended it. */
  readonly gone: Promise<void>;
  readonly #thread: Worker;
  readonly #port: MessagePort;
  readonly #state = new Int32Array(new SharedArrayBuffer(8));
  readonly #events: ThreadWorkerEvents;
  readonly #definitions = new Map<string | number, true>();
  #task: PendingTask | undefined;
  #sequence = 0;
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
        workerData: { [WORKER_DATA_KEY]: { port: port2, state: this.#state } satisfies WorkerStart },
        transferList: [port2],
      });
    } catch (error) {
      port1.close();
      throw error;
    }
    this.gone = new Promise((resolve) => this.#thread.once('exit', () => resolve()));
    port1.on('message', (reply: Reply) => this.#receive(reply));
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

  get task(): PendingTask | undefined {
    return this.#task;
  }

  /** Takes the right to `send`. `false` when it is on its way out: `onGone` follows. */
  claim(): boolean {
    return Atomics.compareExchange(this.#state, DOOR, OPEN, TASK_ON_ITS_WAY) === OPEN;
  }

  /**
   * Only after `claim()`.
   *
   * @throws {DOMException} when an argument cannot be cloned after all; the worker is as idle as before
   */
  send(task: PendingTask): void {
    const { key, definition } = task.reference;
    const { payload, transfer } = task.encoded!;
    const sequence = (this.#sequence + 1) | 0 || 1;
    const message: TaskMessage = this.#definitions.has(key) ? [sequence, key, payload] : [sequence, key, payload, definition];
    try {
      this.#port.postMessage(message, transfer);
    } catch (error) {
      Atomics.store(this.#state, DOOR, OPEN);
      throw error;
    }
    if (message.length === 4) remember(this.#definitions, key, true);
    this.#sequence = sequence;
    this.#task = task;
    task.worker = this;
    // What was moved is no longer here to be sent again.
    if (transfer.length > 0) task.encoded = undefined;
  }

  /** Ends an idle worker in its own way, so that its `exit` listeners run; by force if a loop left behind by a task keeps it from reading. */
  leave(): void {
    this.#port.postMessage(LEAVE);
    const timer = setTimeout(() => void this.#thread.terminate(), timeToLeave).unref();
    void this.gone.then(() => clearTimeout(timer));
  }

  /**
   * Ends a worker in the middle of a task, in the background. In native code (a child process, a pipe that nobody
   * writes to) that takes as long as the code does, so nothing waits for it.
   */
  abandon(): void {
    this.#abandoned = true;
    this.#task = undefined;
    this.#port.close();
    this.#thread.terminate().catch(() => {});
  }

  #receive([sequence, kind, payload]: Reply): void {
    if (this.#abandoned) return;
    if (kind === READY) {
      this.#ready = true;
      this.#events.onReady(this);
      return;
    }
    const task = this.#task;
    if (task !== undefined && kind === HANDED_BACK) {
      task.encoded = { payload, transfer: [] };
      return;
    }
    if (task === undefined || (sequence !== this.#sequence && sequence !== 0)) return;
    this.#task = undefined;
    task.settle({ kind, payload });
    this.#events.onReply(this, task);
  }

  #exited(exitCode: number): void {
    if (this.#abandoned) return;
    // Replies that it sent before it went are still in the port: 'exit' comes by another way.
    for (let entry; (entry = receiveMessageOnPort(this.#port) as { message: Reply } | undefined); ) this.#receive(entry.message);
    this.#abandoned = true;
    this.#port.close();
    const task = this.#task;
    this.#task = undefined;
    this.#events.onGone(this, {
      exitCode,
      uncaught: this.#uncaught !== undefined,
      error: this.#uncaught?.error,
      wasReady: this.#ready,
      task,
      begun: Atomics.load(this.#state, BEGUN) === this.#sequence,
    });
  }
}

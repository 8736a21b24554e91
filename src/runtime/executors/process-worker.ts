import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import timers from 'node:timers';
import { types } from 'node:util';
import { decodeResult } from '../codec/index.js';
import { LEAVE, READY, REFUSED, remember, RETURNED, THREW, WORKER_ARGUMENT } from '../worker/messages.js';
import { pack, unpack } from '../worker/packing.js';
import { ENDING, isProcessReply, type ProcessReply, type ProcessTask, UNCAUGHT } from '../worker/process-messages.js';
import { endWithUs, forgetProcess } from './end-of-process.js';
import { ParentState } from './parent-state.js';
import type { PendingTask } from './pending-task.js';
import type { PoolWorker, PoolWorkerEvents } from './pool-worker.js';
import type { CheckedProcessPoolOptions } from './process-pool-options.js';
import { killTree } from './process-tree.js';
import { workerCode } from './worker-code.js';

// Taken when the module is loaded: fake timers in a user's test must not touch it.
const { setTimeout, clearTimeout } = timers;

/** Milliseconds. */
const timeToLeave = 1000;

/** The worker's own code comes with the first message, because a command line has no room for it. */
const bootstrap = `process.once('message',(code)=>{process.getBuiltinModule('vm').runInThisContext(code,{filename:'[worker eval]'})})`;

/** A worker process. It is given one task at a time, and so it can be ended at any moment without harm to others. */
export class ProcessWorker implements PoolWorker {
  idleSince = 0;
  /** One task is one message. */
  readonly hasFullMessage = false;
  readonly gone: Promise<void>;
  readonly #process: ChildProcess;
  readonly #events: PoolWorkerEvents;
  readonly #definitions = new Map<string | number, true>();
  readonly #parent: ParentState;
  #task: PendingTask | undefined;
  /** The task has been sent, and counts as begun. */
  #sent = false;
  #tasks = 0;
  #ready = false;
  #over = false;
  /** The task that it began last, as it said before it ended. */
  #lastBegun: number | undefined;
  #uncaught: { error: unknown } | undefined;

  /** @throws when Node may not start processes */
  constructor({ name, processOptions }: CheckedProcessPoolOptions, events: PoolWorkerEvents) {
    this.#events = events;
    const { execPath = process.execPath, execArgv = inheritedOptions(process.execArgv), cwd, env = process.env, uid, gid } = processOptions;
    refuseSingleExecutable(execPath);
    this.#parent = new ParentState(processOptions);
    // Loaded when it is needed: it takes as long as all else that a program without processes has to load.
    this.#process = process.getBuiltinModule('node:child_process').spawn(execPath, [...execArgv, ...(name === '' ? [] : [`--title=${name}`]), '-e', bootstrap, WORKER_ARGUMENT], {
      // As if tasks ran in this process: what a child of theirs inherits is what it would inherit from here.
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
      windowsHide: true,
      env: process.versions['electron'] ? { ...env, ELECTRON_RUN_AS_NODE: '1' } : env,
      ...(cwd !== undefined && { cwd }),
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
    });
    const child = this.#process;
    this.gone = new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => child.pid === undefined && resolve());
    });
    child.on('message', (message) => this.#hear(message));
    // As at its end; but a task that closes what it has not opened may close this too, and nobody hears of it any more.
    child.on('disconnect', () => { this.#killLater(); });
    child.on('exit', (exitCode, signal) => this.#exited(exitCode, signal ?? undefined));
    child.on('error', (error) => {
      this.#uncaught ??= { error: whyNotStarted(error, cwd) };
      // It has not started, so there will be no 'exit'.
      if (child.pid === undefined) this.#exited(null, undefined);
    });
    if (child.pid !== undefined) {
      endWithUs(child.pid);
      child.send(workerCode, ignoreFailure);
    }
    child.unref();
    child.channel?.unref();
  }

  get ready(): boolean {
    return this.#ready;
  }

  get load(): number {
    return this.#task === undefined ? 0 : 1;
  }

  get running(): PendingTask | undefined {
    return this.#sent ? this.#task : undefined;
  }

  add(task: PendingTask): boolean {
    if (this.#task !== undefined || this.#over || !this.#process.connected) return false;
    this.#task = task;
    this.#sent = false;
    task.worker = this;
    return true;
  }

  flush(): void {
    const task = this.#task;
    if (task === undefined || this.#sent) return;
    const { key, definition } = task.reference;
    const isNew = !this.#definitions.has(key);
    try {
      const message: ProcessTask = { id: ++this.#tasks, key, payload: task.encoded!.payload, definition: isNew ? definition : undefined, ...this.#parent.changes() };
      this.#process.send(pack(message), ignoreFailure);
    } catch (error) {
      this.#task = undefined;
      task.reject(error);
      return;
    }
    this.#sent = true;
    remember(this.#definitions, key, true);
  }

  takeBack(task: PendingTask): boolean {
    if (this.#task !== task || this.#sent) return false;
    this.#task = undefined;
    task.worker = undefined;
    return true;
  }

  takeBackLast(most: number): PendingTask[] {
    const task = this.#task;
    return most > 0 && task !== undefined && this.takeBack(task) ? [task] : [];
  }

  isRunning(task: PendingTask): boolean {
    return this.#task === task && this.#sent;
  }

  leave(): void {
    if (this.#process.connected) this.#process.send(LEAVE, ignoreFailure);
    this.#killLater();
  }

  abandon(): void {
    this.#over = true;
    this.#kill();
  }

  #killLater(): void {
    const timer = setTimeout(() => { this.#kill(); }, timeToLeave).unref();
    void this.gone.then(() => { clearTimeout(timer); });
  }

  /** With the processes that a task of it has started, which would otherwise go on. */
  #kill(): void {
    if (this.#process.pid !== undefined && this.#process.exitCode === null && this.#process.signalCode === null) killTree(this.#process.pid);
  }

  #hear(message: unknown): void {
    const reply = replyIn(message);
    if (this.#over || reply === undefined) return;
    if (reply.kind === READY && !this.#ready) {
      this.#ready = true;
      this.#events.onReady(this);
    } else if (reply.kind === UNCAUGHT) {
      // As itself: nobody called it, so there are no caller's frames to add.
      this.#uncaught ??= { error: decodeResult(reply.payload) };
    } else if (reply.kind === ENDING) {
      this.#lastBegun = reply.id;
    } else if (reply.id === this.#tasks && this.#sent && isOutcome(reply.kind)) {
      const task = this.#task!;
      this.#task = undefined;
      this.#sent = false;
      task.startedAt = reply.startedAt ?? 0;
      task.endedAt = reply.endedAt ?? 0;
      task.settle(reply.kind, reply.payload);
      this.#events.onProgress(this);
    }
  }

  #exited(exitCode: number | null, signal: NodeJS.Signals | undefined): void {
    if (this.#process.pid !== undefined) forgetProcess(this.#process.pid);
    if (this.#over) return;
    this.#over = true;
    const task = this.#task;
    this.#task = undefined;
    if (task) task.worker = undefined;
    const held = task ? [task] : [];
    const begun = this.#sent && (this.#lastBegun === undefined || this.#lastBegun === this.#tasks);
    this.#events.onGone(this, {
      exitCode,
      signal,
      uncaught: this.#uncaught !== undefined,
      error: this.#uncaught?.error,
      wasReady: this.#ready,
      interrupted: begun ? held : [],
      notBegun: begun ? [] : held,
    });
  }
}

/** Node says the same of a directory that is not there as of a program. */
function whyNotStarted(error: Error, cwd: string | undefined): Error {
  return cwd === undefined || existsSync(cwd) ? error : new Error(`its working directory ${cwd} is not there`, { cause: error });
}

/** What is not one of ours is of no concern to us. */
function replyIn(message: unknown): ProcessReply | undefined {
  if (!types.isUint8Array(message)) return undefined;
  try {
    const reply = unpack(message);
    return isProcessReply(reply) ? reply : undefined;
  } catch {
    return undefined;
  }
}

function isOutcome(kind: ProcessReply['kind']): kind is typeof RETURNED | typeof THREW | typeof REFUSED {
  return kind === RETURNED || kind === THREW || kind === REFUSED;
}

function ignoreFailure(): void {
  // A channel that has closed: 'exit' follows, and says more.
}

const notForWorkers = /^-(?:e|p|pe|i|c|-(?:eval|print|interactive|check|input-type|title|run|test|watch|inspect|debug|cpu-prof|heap-prof|prof)\b.*)$/;

/** Options that say what program to run, or how to watch it, are not for a worker. What follows one and does not begin as one is its value. */
function inheritedOptions(execArgv: readonly string[]): string[] {
  const inherited: string[] = [];
  let isInherited = false;
  for (const item of execArgv) {
    if (item.startsWith('-')) isInherited = !notForWorkers.test(item);
    if (isInherited) inherited.push(item);
  }
  return inherited;
}

function refuseSingleExecutable(execPath: string): void {
  if (execPath !== process.execPath) return;
  const sea = process.getBuiltinModule('node:sea') as { isSea(): boolean } | undefined;
  if (sea?.isSea()) throw new Error('this is a single executable, which starts itself and not Node; give processOptions.execPath the path of a Node, or use a ThreadPoolExecutor');
}

import type { PendingTask } from './pending-task.js';

/** One worker of a pool, thread or process, and the tasks that are with it. It runs one at a time, in order. */
export interface PoolWorker {
  /** When it ran dry, by `now()` of worker/clock.ts. */
  idleSince: number;
  /** It has started. */
  readonly ready: boolean;
  /** Tasks that are with it, those included that it has finished and that have not been looked at. */
  readonly load: number;
  /** The task that it runs, so far as can be told from here. */
  readonly running: PendingTask | undefined;
  /** Resolves when it is gone, whatever ended it. */
  readonly gone: Promise<void>;

  /**
   * Gives it a task, to be sent by the next `flush`.
   *
   * @returns `false` when it can take none: full, or on its way out (`onGone` follows)
   */
  add(task: PendingTask): boolean;
  /** What was added is so much that it had better be sent now. */
  readonly hasFullMessage: boolean;
  /** Sends what was added. Tasks that cannot be cloned after all are rejected; they harm no other. */
  flush(): void;
  /** Takes a task back, if it has not begun. */
  takeBack(task: PendingTask): boolean;
  /** Takes back the tasks that would be run last, up to `most`, if they have not begun. In the order in which they would be. */
  takeBackLast(most: number): PendingTask[];
  /** Whether this task is under way. Once what waited behind it is taken back, the answer stays true until it is done. */
  isRunning(task: PendingTask): boolean;
  /** Ends an idle worker in its own way, so that its `exit` listeners run; by force if a loop left behind by a task keeps it from reading. */
  leave(): void;
  /** Ends a worker in the middle of a task, in the background: nothing waits for it. What it has finished is not lost. */
  abandon(): void;
}

export interface PoolWorkerEvents {
  onReady(worker: PoolWorker): void;
  /** Tasks have been settled. */
  onProgress(worker: PoolWorker): void;
  /** It is gone, with or without tasks. Told once, and never after `abandon`. */
  onGone(worker: PoolWorker, death: Death): void;
}

export interface Death {
  /** `null` where a signal ended it. */
  readonly exitCode: number | null;
  /** The signal that ended a process. */
  readonly signal?: NodeJS.Signals | undefined;
  /** Whether there was an uncaught error; it may be `undefined` itself. */
  readonly uncaught: boolean;
  readonly error: unknown;
  readonly wasReady: boolean;
  /** Tasks that had begun and have no outcome. */
  readonly interrupted: readonly PendingTask[];
  /** Tasks that had not begun, in the order they were sent. */
  readonly notBegun: readonly PendingTask[];
}

/** @throws when none can be made: permission model, limits of the system */
export type StartWorker = (events: PoolWorkerEvents) => PoolWorker;

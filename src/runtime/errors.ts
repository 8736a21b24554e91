/**
 * What the package itself rejects a task with. What a task throws arrives as itself.
 *
 * Every one has a `name` and a `code` written out, so that they can be told apart when two copies of the package are
 * loaded or a minifier has renamed the classes.
 */
export abstract class OffloadError extends Error {
  abstract override readonly name: string;
  abstract readonly code: string;
}

/** The task had not settled when its `timeout` was over. Time spent in the queue counts. */
export class TimeoutError extends OffloadError {
  override readonly name = 'TimeoutError';
  readonly code = 'ERR_OFFLOAD_TIMEOUT';

  constructor(
    /** The limit that was passed, in milliseconds. */
    readonly timeout: number,
  ) {
    super(`The task did not finish within ${timeout} ms.`);
  }
}

/** The worker that ran the task ended before the task did. `cause` is the uncaught error, where there was one. */
export class WorkerDiedError extends OffloadError {
  override readonly name = 'WorkerDiedError';
  readonly code = 'ERR_OFFLOAD_WORKER_DIED';

  constructor(
    message: string,
    /** The exit code of the worker, as in `process.exit(code)`; `null` for a process that a signal ended. */
    readonly exitCode: number | null,
    options?: ErrorOptions & { signal?: NodeJS.Signals | undefined },
  ) {
    super(message, options);
    this.signal = options?.signal;
  }

  /** The signal that ended the worker, where it was a process. */
  readonly signal: NodeJS.Signals | undefined;
}

/** No worker could be started, so the task never ran. `cause` says what Node answered. */
export class WorkerStartError extends OffloadError {
  override readonly name = 'WorkerStartError';
  readonly code = 'ERR_OFFLOAD_WORKER_START';
}

/** The function cannot be named to a worker: it is bound, mocked, native, a class, a generator or not self-contained. */
export class TaskReferenceError extends OffloadError {
  override readonly name = 'TaskReferenceError';
  readonly code = 'ERR_OFFLOAD_TASK_REFERENCE';
}

/** The executor has been shut down and takes no more tasks, or dropped this one while shutting down. */
export class ShutdownError extends OffloadError {
  override readonly name = 'ShutdownError';
  readonly code = 'ERR_OFFLOAD_SHUTDOWN';
}

/** As many tasks are waiting as the executor's `maxQueue` allows. */
export class QueueFullError extends OffloadError {
  override readonly name = 'QueueFullError';
  readonly code = 'ERR_OFFLOAD_QUEUE_FULL';
}

/**
 * Gives an error of ours, made deep inside or where a timer or a worker's end was noticed, the stack of who waits for
 * the task. The reason of an abort belongs to whoever aborted and stays as it is.
 */
export function withCallerStack(error: unknown, below: (...args: never[]) => unknown): unknown {
  if (error instanceof OffloadError) Error.captureStackTrace(error, below);
  return error;
}

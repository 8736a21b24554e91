import { tracingChannel } from 'node:diagnostics_channel';
import type { PendingTask } from './pending-task.js';

/**
 * What subscribers of `tracingChannel('offload:task')` are given, the same object with each event of a task.
 *
 * `start` is published when a task is submitted and `end` when that is done, `error` when it was rejected, `asyncStart`
 * and `asyncEnd` when it has come to its outcome.
 */
export interface TaskTraceContext {
  /** The name of the function, `readFileSync`; `anonymous` where it has none. */
  readonly function: string;
  /** The `name` of the executor. */
  readonly executor: string;
  /** Milliseconds from the call until a worker began; there at the outcome, if one began. */
  waitTime?: number;
  /** Milliseconds that it ran; there at the outcome, if it ran to its end. */
  runTime?: number;
  result?: unknown;
  error?: unknown;
}

const channel = tracingChannel<TaskTraceContext, TaskTraceContext>('offload:task');

/** Whether anybody listens; where nobody does, this is all that tracing costs. */
export function isTraced(): boolean {
  return channel.start.hasSubscribers || channel.end.hasSubscribers || channel.asyncStart.hasSubscribers || channel.asyncEnd.hasSubscribers || channel.error.hasSubscribers;
}

/** The events of one task, in the order and the form of `TracingChannel.tracePromise`. */
export class TaskTrace {
  /** Known when it has been submitted. */
  task: PendingTask | undefined;
  readonly #context: TaskTraceContext;

  constructor(fn: unknown, executor: string) {
    this.#context = { function: (typeof fn === 'function' && fn.name) || 'anonymous', executor };
  }

  submit<T>(submit: () => T): T {
    return channel.start.runStores(this.#context, () => {
      try {
        return submit();
      } finally {
        channel.end.publish(this.#context);
      }
    });
  }

  succeeded(result: unknown): void {
    this.#context.result = result;
    this.#settled();
  }

  failed(error: unknown): void {
    this.#context.error = error;
    this.#addTimes();
    channel.error.publish(this.#context);
    this.#settled();
  }

  #settled(): void {
    this.#addTimes();
    channel.asyncStart.publish(this.#context);
    channel.asyncEnd.publish(this.#context);
  }

  #addTimes(): void {
    if (!this.task || this.task.startedAt === 0) return;
    const { submittedAt, startedAt, endedAt } = this.task;
    // Two threads agree on the time to within microseconds.
    this.#context.waitTime = Math.max(0, startedAt - submittedAt);
    if (endedAt > 0) this.#context.runTime = endedAt - startedAt;
  }
}

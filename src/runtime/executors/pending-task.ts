import { AsyncResource } from 'node:async_hooks';
import type { Encoded } from '../codec/index.js';
import { TaskReferenceError } from '../errors.js';
import type { TaskReference } from '../task/reference.js';
import { REFUSED, RETURNED, type ReplyKind } from '../worker/messages.js';
import type { PoolWorker } from './pool-worker.js';

/** What a worker answered, still encoded: it is decoded after the `await` of the caller, for the sake of its stack. */
export interface Answer {
  readonly kind: ReplyKind;
  readonly payload: unknown;
}

/** Who counts the outcomes. */
export interface TaskOwner {
  settled(task: PendingTask, succeeded: boolean): void;
}

function newResource(type = 'OFFLOAD_TASK'): AsyncResource {
  return new AsyncResource(type, manually);
}

const manually = { requireManualDestroy: true };

/** A task between submission and its one outcome. */
export class PendingTask {
  /**
   * The one that settled last. V8 throws optimised code away with the kind of object it is for, if none of that kind
   * is alive at a full collection: without these two, tasks take two to three times as long after each.
   */
  static last: PendingTask | undefined;
  static readonly resource = newResource('OFFLOAD');

  /** The worker that has it. */
  worker: PoolWorker | undefined;
  /** Where its state is found in the memory shared with that worker. */
  slot = 0;
  /** Times it was the first of a worker that died before it began any. */
  handedBack = 0;
  /** The worker was on its way out and sent it back. */
  isHandedBack = false;
  settled = false;
  /** When a worker began it and when it was done, by `now()` of worker/clock.ts; 0 where that is not so or not known. */
  startedAt = 0;
  endedAt = 0;
  owner: TaskOwner | undefined;
  /** Takes abort listener and timer away. */
  stopWatching: (() => void) | undefined;
  /** Async hooks see one resource a task. */
  #resource: AsyncResource | undefined = newResource();
  #resolve: ((answer: Answer) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;

  constructor(
    readonly reference: TaskReference,
    public encoded: Encoded | undefined,
    /** By `now()` of worker/clock.ts. */
    readonly submittedAt: number,
  ) {}

  /** To be asked for once. It is not kept here, for it keeps the result. */
  answer(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Whether its arguments are moved to the worker, so that they can be sent once only. */
  get moves(): boolean {
    return this.encoded !== undefined && this.encoded.transfer.length > 0;
  }

  settle(kind: ReplyKind, payload: unknown): void {
    if (kind === REFUSED) this.reject(new TaskReferenceError(String(payload)));
    else if (!this.settled) {
      this.#finish(kind === RETURNED, this.#resolve!, { kind, payload });
    }
  }

  reject(error: unknown): void {
    if (!this.settled) this.#finish(false, this.#reject!, error);
  }

  #finish<T>(succeeded: boolean, tell: (outcome: T) => void, outcome: T): void {
    const { stopWatching, owner } = this;
    const resource = this.#resource!;
    this.settled = true;
    // It may stand in the queue for a while yet; what it holds need not.
    this.encoded = undefined;
    this.worker = undefined;
    this.stopWatching = undefined;
    this.owner = undefined;
    this.#resolve = undefined;
    this.#reject = undefined;
    this.#resource = undefined;
    PendingTask.last = this;
    stopWatching?.();
    owner?.settled(this, succeeded);
    resource.runInAsyncScope(tell, undefined, outcome);
    resource.emitDestroy();
  }
}

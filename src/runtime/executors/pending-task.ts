import type { Encoded } from '../codec/index.js';
import { TaskReferenceError } from '../errors.js';
import type { TaskReference } from '../task/reference.js';
import { REFUSED, RETURNED, type ReplyKind } from '../worker/messages.js';
import type { ThreadWorker } from './thread-worker.js';

/** What a worker answered, still encoded: it is decoded after the `await` of the caller, for the sake of its stack. */
export interface Answer {
  readonly kind: ReplyKind;
  readonly payload: unknown;
}

/** Who counts the outcomes. */
export interface TaskOwner {
  settled(succeeded: boolean): void;
}

/** A task between submission and its one outcome. */
export class PendingTask {
  readonly answer: Promise<Answer>;
  /** The worker that has it. */
  worker: ThreadWorker | undefined;
  /** Where its state is found in the memory shared with that worker. */
  slot = 0;
  /** Times it was the first of a worker that died before it began any. */
  handedBack = 0;
  /** The worker was on its way out and sent it back. */
  isHandedBack = false;
  settled = false;
  owner: TaskOwner | undefined;
  /** Takes abort listener and timer away. */
  stopWatching: (() => void) | undefined;
  #resolve!: (answer: Answer) => void;
  #reject!: (error: unknown) => void;

  constructor(
    readonly reference: TaskReference,
    public encoded: Encoded | undefined,
  ) {
    this.answer = new Promise((resolve, reject) => {
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
    else if (this.#finish(kind === RETURNED)) this.#resolve({ kind, payload });
  }

  reject(error: unknown): void {
    if (this.#finish(false)) this.#reject(error);
  }

  #finish(succeeded: boolean): boolean {
    if (this.settled) return false;
    this.settled = true;
    // A dropped task may stand in the queue for a while yet; its arguments need not.
    this.encoded = undefined;
    this.worker = undefined;
    this.stopWatching?.();
    this.owner?.settled(succeeded);
    return true;
  }
}

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

/** A task between submission and its one outcome. */
export class PendingTask {
  readonly answer: Promise<Answer>;
  /** The worker that has it. */
  worker: ThreadWorker | undefined;
  /** Times it was given to a worker that died before it began. */
  handedBack = 0;
  settled = false;
  /** Takes abort listener and timer away. */
  stopWatching: (() => void) | undefined;
  onSettled: ((succeeded: boolean) => void) | undefined;
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

  settle(answer: Answer): void {
    if (answer.kind === REFUSED) this.reject(new TaskReferenceError(String(answer.payload)));
    else if (this.#finish(answer.kind === RETURNED)) this.#resolve(answer);
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
    this.onSettled?.(succeeded);
    return true;
  }
}

import type { MessagePort } from 'node:worker_threads';
import { encodeError, encodeResult, type Encoded } from '../codec/index.js';
import { explainFreeVariable } from './free-variable.js';
import { LOOK, REFUSED, type Reply, type ReplyKind, RETURNED, THREW } from './messages.js';
import type { Resolved } from './resolve.js';
import { NOTIFIED, POSTED, type SharedState, storeResult } from './shared-state.js';

/**
 * For how long results that are written down may go without an announcement while there is more to run, in
 * milliseconds. An announcement costs more than a trivial task. Main looks by itself a little later than this after
 * each announcement (`lookAgain` there), so none waits for a slow task behind it.
 */
const QUIET = 0.2;

/**
 * Tells main what became of a task.
 *
 * A result that is a number or less is written down, and main is told to look once for all that it finds there. What
 * was written is not lost when a later task ends the worker. Others are posted at once.
 */
export class Outcomes {
  readonly #port: MessagePort;
  readonly #shared: SharedState;
  #unannounced = false;
  #announcedAt = 0;

  constructor(port: MessagePort, shared: SharedState) {
    this.#port = port;
    this.#shared = shared;
  }

  succeed(slot: number, value: unknown, task: Resolved): void {
    if (storeResult(this.#shared, slot, value)) {
      this.#unannounced = true;
      if (performance.now() - this.#announcedAt > QUIET) this.announce();
      return;
    }
    try {
      this.#post(slot, RETURNED, encodeResult(value, task.keepsResults));
    } catch (error) {
      this.fail(slot, error, task);
    }
  }

  /** Tells main of what is written down, if there is anything that it has not been told of. */
  announce(): void {
    if (!this.#unannounced) return;
    this.#unannounced = false;
    this.#announcedAt = performance.now();
    if (Atomics.exchange(this.#shared.header, NOTIFIED, 1) === 0) this.#port.postMessage(LOOK);
  }

  fail(slot: number, thrown: unknown, { source }: Resolved): void {
    leaveOutOurFrames(thrown);
    this.#post(slot, THREW, encodeError(source ? explainFreeVariable(thrown, source) : thrown));
  }

  refuse(slot: number, why: string): void {
    this.#post(slot, REFUSED, { payload: why, transfer: [] });
  }

  #post(slot: number, kind: ReplyKind, { payload, transfer }: Encoded): void {
    Atomics.store(this.#shared.states, slot, POSTED);
    this.#port.postMessage([slot, kind, payload] satisfies Reply, transfer);
  }
}

/** Below the task's own frames come ours and Node's, from which nobody learns anything; the caller's go there instead. */
function leaveOutOurFrames(thrown: unknown): void {
  if (!(thrown instanceof Error) || typeof thrown.stack !== 'string') return;
  const ours = thrown.stack.search(/\n {4}at [^\n]*\[worker eval\]/);
  if (ours < 0) return;
  try {
    thrown.stack = thrown.stack.slice(0, ours);
  } catch {
    // Frozen by the task: it goes as it is.
  }
}

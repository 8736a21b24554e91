import type { MessagePort } from 'node:worker_threads';
import { encodeError, type Encoded } from '../codec/index.js';
import { now } from './clock.js';
import { encodeOutcome } from './encode-outcome.js';
import { explained } from './explained.js';
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

  begin(slot: number): void {
    this.#shared.times[2 * slot] = now();
  }

  succeed(slot: number, value: unknown, task: Resolved): void {
    const doneAt = this.#end(slot);
    if (storeResult(this.#shared, slot, value)) {
      this.#unannounced = true;
      if (doneAt - this.#announcedAt > QUIET) this.announce(doneAt);
      return;
    }
    try {
      this.#post(slot, RETURNED, encodeOutcome(value, task, 'thread'));
    } catch (error) {
      this.fail(slot, error, task);
    }
  }

  /** Tells main of what is written down, if there is anything that it has not been told of. */
  announce(at = now()): void {
    if (!this.#unannounced) return;
    this.#unannounced = false;
    this.#announcedAt = at;
    if (Atomics.exchange(this.#shared.header, NOTIFIED, 1) === 0) this.#port.postMessage(LOOK);
  }

  fail(slot: number, thrown: unknown, task: Resolved): void {
    this.#end(slot);
    this.#post(slot, THREW, encodeError(explained(thrown, task)));
  }

  refuse(slot: number, why: string): void {
    this.#post(slot, REFUSED, { payload: why, transfer: [] });
  }

  #end(slot: number): number {
    return (this.#shared.times[2 * slot + 1] = now());
  }

  #post(slot: number, kind: ReplyKind, { payload, transfer }: Encoded): void {
    Atomics.store(this.#shared.states, slot, POSTED);
    this.#port.postMessage([slot, kind, payload] satisfies Reply, transfer);
  }
}

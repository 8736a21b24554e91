import { type Batch, BATCH_STRIDE } from './messages.js';
import { type Resolved, resolve, type UnresolvedError } from './resolve.js';

/** The tasks that a worker has received and not begun, first in, first out. */
export class Inbox {
  #batches: Batch[] = [];
  #first = 0;
  #at = 0;
  #moved = 0;

  /** @returns whether there is a task in it whose payload main has no copy of */
  add(batch: Batch): boolean {
    let moved = false;
    for (let i = 0; i < batch.length; i += BATCH_STRIDE) {
      // At once, and for tasks that will be passed over too: main counts what it has sent, and what comes after may push it out.
      batch[i + 1] = resolve(batch[i + 1] as string | number, batch[i + 3] as Parameters<typeof resolve>[1]);
      if ((batch[i] as number) < 0) moved = true;
    }
    this.#batches.push(batch);
    if (moved) this.#moved++;
    return moved;
  }

  get isEmpty(): boolean {
    return this.#first === this.#batches.length;
  }

  /** How many tasks have come in whose payload main has no copy of. */
  get moved(): number {
    return this.#moved;
  }

  slot(): number {
    const slot = this.#batches[this.#first]![this.#at] as number;
    return slot < 0 ? ~slot : slot;
  }

  isMoved(): boolean {
    return (this.#batches[this.#first]![this.#at] as number) < 0;
  }

  task(): { readonly task: Resolved | UnresolvedError; readonly payload: unknown } {
    const batch = this.#batches[this.#first]!;
    return { task: batch[this.#at + 1] as Resolved | UnresolvedError, payload: batch[this.#at + 2] };
  }

  next(): void {
    const batch = this.#batches[this.#first]!;
    // What a task was given must not live as long as its batch.
    batch[this.#at + 2] = undefined;
    this.#at += BATCH_STRIDE;
    if (this.#at < batch.length) return;
    this.#at = 0;
    this.#batches[this.#first++] = [];
    if (this.#first === this.#batches.length) this.#batches.length = this.#first = 0;
  }
}

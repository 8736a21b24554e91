import { FREE, SENT, SLOTS, type SharedState, TAKEN_BACK } from '../worker/shared-state.js';
import type { PendingTask } from './pending-task.js';

/** Main's side of the words that say whose turn each task of a worker is; see worker/shared-state.ts. */
export class TaskSlots {
  readonly #states: Int32Array;
  readonly #tasks = new Array<PendingTask | undefined>(SLOTS).fill(undefined);
  #free = Array.from({ length: SLOTS }, (_, index) => SLOTS - 1 - index);
  /** Slots of tasks that were taken back. They can be used again when the worker has come across them. */
  #retired: number[] = [];
  /** The tasks that are with the worker, in the order they were sent, which is the order they are run in; from `#head` on. */
  #order: (PendingTask | undefined)[] = [];
  #head = 0;

  constructor({ states }: SharedState) {
    this.#states = states;
  }

  /** Tasks that are with the worker. */
  get size(): number {
    return this.#order.length - this.#head;
  }

  get isFull(): boolean {
    if (this.#free.length === 0) this.#reuse();
    return this.#free.length === 0;
  }

  /** Whether one task is with the worker, and it has come across all that was ever sent before. */
  get holdsOne(): boolean {
    if (this.size !== 1) return false;
    if (this.#retired.length > 0) this.#reuse();
    return this.#retired.length === 0;
  }

  /** Only while it is not full. */
  add(task: PendingTask): void {
    task.slot = this.#free.pop()!;
    this.#tasks[task.slot] = task;
    this.#order.push(task);
    Atomics.store(this.#states, task.slot, SENT);
  }

  /** The task that was sent first of those that are still with the worker. */
  get first(): PendingTask | undefined {
    return this.#order[this.#head];
  }

  at(slot: number): PendingTask | undefined {
    return this.#tasks[slot];
  }

  stateOf({ slot }: PendingTask): number {
    return Atomics.load(this.#states, slot);
  }

  /** The worker has done with a task, and reads and writes its slot no more. */
  release(task: PendingTask): void {
    this.#forget(task);
    Atomics.store(this.#states, task.slot, FREE);
    this.#free.push(task.slot);
  }

  /** Takes a task back, if the worker has not begun it. */
  takeBack(task: PendingTask): boolean {
    if (Atomics.compareExchange(this.#states, task.slot, SENT, TAKEN_BACK) !== SENT) return false;
    this.#forget(task);
    this.#retired.push(task.slot);
    return true;
  }

  /** All that are with the worker, in the order they were sent. */
  all(): PendingTask[] {
    return this.#order.slice(this.#head) as PendingTask[];
  }

  #forget(task: PendingTask): void {
    this.#tasks[task.slot] = undefined;
    if (this.#order[this.#head] === task) this.#order[this.#head++] = undefined;
    else this.#order.splice(this.#order.lastIndexOf(task), 1);
    if (this.#head === this.#order.length) this.#order.length = this.#head = 0;
    else if (this.#head > SLOTS) {
      this.#order.splice(0, this.#head);
      this.#head = 0;
    }
  }

  #reuse(): void {
    this.#retired = this.#retired.filter((slot) => {
      if (Atomics.load(this.#states, slot) !== FREE) return true;
      this.#free.push(slot);
      return false;
    });
  }
}

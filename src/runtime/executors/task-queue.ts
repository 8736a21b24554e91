import type { PendingTask } from './pending-task.js';

/** First in, first out. Dropping a task anywhere in it costs the same as taking the first. */
export class TaskQueue {
  #tasks: (PendingTask | undefined)[] = [];
  #head = 0;
  #size = 0;

  /** Tasks that still wait. */
  get size(): number {
    return this.#size;
  }

  push(task: PendingTask): void {
    this.#tasks.push(task);
    this.#size++;
  }

  /** For a task whose worker died before it began: it has waited its turn already. */
  pushFirst(task: PendingTask): void {
    if (this.#head > 0) this.#tasks[--this.#head] = task;
    else this.#tasks.unshift(task);
    this.#size++;
  }

  /** The one that {@link shift} would take. */
  first(): PendingTask | undefined {
    while (this.#tasks[this.#head]?.settled) this.#tasks[this.#head++] = undefined;
    return this.#tasks[this.#head];
  }

  shift(): PendingTask | undefined {
    const task = this.first();
    if (task === undefined) {
      this.#tasks.length = this.#head = 0;
      return undefined;
    }
    this.#tasks[this.#head++] = undefined;
    this.#size--;
    if (this.#head > 1024 && this.#head * 2 > this.#tasks.length) {
      this.#tasks.splice(0, this.#head);
      this.#head = 0;
    }
    return task;
  }

  /** Says that a task in here was settled from outside, and will be passed over. */
  dropped(): void {
    if (--this.#size === 0) this.#tasks.length = this.#head = 0;
  }
}

import timers from 'node:timers';

// Taken when the module is loaded: fake timers in a user's test must not touch it.
const { setImmediate } = timers;

/** Producers that wait for room in a queue, first come first let go. */
export class Drained {
  readonly #room: () => number;
  readonly #waiting: (() => void)[] = [];
  /** Places that are promised to those who were let go a moment ago. */
  #promised = 0;

  /** @param room how many tasks the queue would take now */
  constructor(room: () => number) {
    this.#room = room;
  }

  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.release();
    });
  }

  /** To be called when there may be more room. */
  release(): void {
    while (this.#waiting.length > 0 && this.#promised < this.#room()) {
      if (this.#promised++ === 0) setImmediate(() => this.#forget());
      this.#waiting.shift()!();
    }
  }

  /** To be called when a place is taken. */
  taken(): void {
    if (this.#promised > 0) this.#promised--;
  }

  /** By now, whoever was let go has taken a place or does not want it. */
  #forget(): void {
    this.#promised = 0;
    this.release();
  }
}

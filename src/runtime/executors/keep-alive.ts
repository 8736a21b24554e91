import timers from 'node:timers';

// Taken when the module is loaded: fake timers in a user's test must not touch it.
const { setInterval } = timers;

/**
 * Holds the process while tasks are pending, and only then.
 *
 * Workers themselves never hold it: one handle for all is cheaper than `ref()` and `unref()` of a worker at each task,
 * and a worker that is left behind with an aborted task cannot keep the process by mistake.
 */
export class KeepAlive {
  #holders = 0;
  #handle: NodeJS.Timeout | undefined;

  hold(): void {
    if (this.#holders++ > 0) return;
    if (this.#handle === undefined) this.#handle = setInterval(() => {}, 2 ** 30);
    else this.#handle.ref();
  }

  release(): void {
    if (--this.#holders === 0) this.#handle?.unref();
  }
}

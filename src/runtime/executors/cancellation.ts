import timers from 'node:timers';
import { TimeoutError } from '../errors.js';
import type { TaskOptions } from './executor.js';

// Taken when the module is loaded: fake timers in a user's test must not stop the executor's clock.
const { setTimeout, clearTimeout } = timers;
const longestTimer = 2 ** 31 - 1;

/**
 * Calls `cancel` with the reason when the signal aborts or the time is over, at most once.
 *
 * @returns what takes listener and timer away, to be called as soon as the task has settled
 */
export function whenCancelled({ signal, timeout }: TaskOptions, cancel: (reason: unknown) => void): () => void {
  const stopListening = signal && onAbort(signal, () => cancel(signal.reason));
  const timer = timeout === undefined || timeout === Infinity ? undefined : setTimeout(() => cancel(new TimeoutError(timeout)), timeout);
  return () => {
    stopListening?.();
    if (timer !== undefined) clearTimeout(timer);
  };
}

/**
 * @throws {TypeError} for a signal that is none, or a timeout that is no number
 * @throws {RangeError} for a timeout out of range
 */
export function checkTaskOptions({ signal, timeout, transfer }: TaskOptions): void {
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || typeof signal.aborted !== 'boolean' || typeof signal.addEventListener !== 'function')) {
    throw new TypeError(`signal must be an AbortSignal, not ${described(signal)}.`);
  }
  if (timeout !== undefined) {
    if (typeof timeout !== 'number') throw new TypeError(`timeout must be a number of milliseconds, not ${described(timeout)}.`);
    // Above that, Node's timers fire after 1 ms.
    if (!(timeout > 0 && (timeout <= longestTimer || timeout === Infinity))) {
      throw new RangeError(`timeout must be a number of milliseconds above 0 and at most ${longestTimer}, or Infinity for none, not ${timeout}.`);
    }
  }
  if (transfer !== undefined && !Array.isArray(transfer)) throw new TypeError(`transfer must be an array, not ${described(transfer)}.`);
}

function described(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return value !== null && typeof value === 'object' ? Object.prototype.toString.call(value) : String(value);
}

/** One listener a signal, however many tasks share it: Node warns of a leak from the eleventh listener on. */
const listening = new WeakMap<AbortSignal, { listeners: Set<() => void>; onAbort: () => void }>();

function onAbort(signal: AbortSignal, listener: () => void): () => void {
  let entry = listening.get(signal);
  if (entry === undefined) {
    const listeners = new Set<() => void>();
    entry = {
      listeners,
      onAbort: () => {
        listening.delete(signal);
        for (const each of [...listeners]) each();
      },
    };
    listening.set(signal, entry);
    signal.addEventListener('abort', entry.onAbort, { once: true });
  }
  const { listeners, onAbort: shared } = entry;
  listeners.add(listener);
  return () => {
    if (!listeners.delete(listener) || listeners.size > 0 || signal.aborted) return;
    signal.removeEventListener('abort', shared);
    listening.delete(signal);
  };
}

import { availableParallelism } from 'node:os';

/** Options that every pool has. All have defaults, and all are checked when the executor is made. */
export interface PoolOptions {
  /** Workers that are started at once and kept when idle. @default 0 */
  readonly minWorkers?: number | undefined;
  /** Most workers at a time. @default Math.min(32, os.availableParallelism() + 4), as in Python */
  readonly maxWorkers?: number | undefined;
  /** Milliseconds an idle worker above `minWorkers` is kept. `Infinity` keeps it. @default 10_000 */
  readonly idleTimeout?: number | undefined;
  /**
   * Tasks that may wait while every worker is busy; one more is rejected with a `QueueFullError`. Producers wait for
   * `drained()`. @default Infinity
   */
  readonly maxQueue?: number | undefined;
  /** Name of the workers, as debuggers, profilers and `ps` show it, and of the executor in traces. @default 'offload' */
  readonly name?: string | undefined;
}

export type CheckedPoolOptions = { readonly [K in keyof PoolOptions]-?: Exclude<PoolOptions[K], undefined> };

export const poolOptionNames = ['minWorkers', 'maxWorkers', 'idleTimeout', 'maxQueue', 'name'];

/** @throws {TypeError | RangeError} naming the option, its value and what is allowed */
export function checkPoolOptions({
  minWorkers = 0,
  maxWorkers = Math.max(minWorkers, Math.min(32, availableParallelism() + 4)),
  idleTimeout = 10_000,
  maxQueue = Infinity,
  name = 'offload',
}: PoolOptions): CheckedPoolOptions {
  checkNumber('minWorkers', minWorkers, { from: 0, whole: true });
  checkNumber('maxWorkers', maxWorkers, { from: 1, whole: true });
  if (minWorkers > maxWorkers) throw new RangeError(`minWorkers must be at most maxWorkers (${maxWorkers}), not ${minWorkers}.`);
  checkNumber('idleTimeout', idleTimeout, { from: 0, infinity: true });
  checkNumber('maxQueue', maxQueue, { from: 0, whole: true, infinity: true });
  if (typeof name !== 'string') throw new TypeError(`name must be a string, not ${shown(name)}.`);
  return { minWorkers, maxWorkers, idleTimeout, maxQueue, name };
}

/** @throws {TypeError} when it is no object, or has a property that is not among `allowed` */
export function checkObject(name: string, value: unknown, allowed: readonly string[]): void {
  if (value === null || typeof value !== 'object') throw new TypeError(`${name} must be an object, not ${shown(value)}.`);
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) throw new TypeError(`${name === 'options' ? '' : `${name}.`}${key} is not an option; there are ${allowed.join(', ')}.`);
  }
}

/** @throws {TypeError | RangeError} naming the number, what it is and what is allowed */
export function checkNumber(name: string, value: unknown, { from, above, whole = false, infinity = false }: { from?: number; above?: number; whole?: boolean; infinity?: boolean }): void {
  const allowed = `${whole ? 'a whole number' : 'a number'} ${from === undefined ? `above ${above}` : `from ${from}`}${infinity ? ', or Infinity' : ''}`;
  if (typeof value !== 'number') throw new TypeError(`${name} must be ${allowed}, not ${shown(value)}.`);
  const fits = value === Infinity ? infinity : from === undefined ? value > above! : value >= from;
  if (!fits || (whole && value !== Infinity && !Number.isInteger(value))) throw new RangeError(`${name} must be ${allowed}, not ${value}.`);
}

/** A value as an error message shows it. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : value === null || typeof value !== 'object' ? String(value) : Object.prototype.toString.call(value);
}

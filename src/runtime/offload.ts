import { isOffloadWorker } from './executors/current-worker.js';
import { checkTaskOptions } from './executors/cancellation.js';
import type { Executor, TaskOptions } from './executors/executor.js';
import { InlineExecutor } from './executors/inline.js';
import { ThreadPoolExecutor } from './executors/thread-pool.js';
import type { Callable } from './task/callable.js';
import type { Offload, RunInExecutor } from './types.js';

/** What `offload.with` binds. */
export interface OffloadOptions extends TaskOptions {
  /** Runs the tasks instead of the default executor. */
  readonly executor?: Executor | undefined;
}

/**
 * Runs `fn(...args)` on a worker thread and gives back a promise of what it returns.
 *
 * `fn` is one of Node's own functions, or a function that needs nothing but its arguments: what it closes over is not
 * there in the worker. Arguments and result are copied; buffers, `fs.Stats` and errors come back as such.
 *
 * Rejects with what `fn` throws; with a `TaskReferenceError` for a function that cannot be named to a worker; with an
 * `UncloneableError` that names the argument or result that cannot cross; with a `WorkerDiedError` when the worker
 * ended first. Inside a task it runs `fn` in place.
 *
 * `offload.with({ executor, signal, timeout, transfer })` is the same function with these options bound.
 *
 * @example
 * ```js
 * import { readFileSync } from 'node:fs';
 * import { offload } from 'eslint-plugin-offload/runtime';
 *
 * const text = await offload(readFileSync, 'package.json', 'utf8');
 * const primes = await offload((limit) => {
 *   const found = [];
 *   for (let n = 2; n < limit; n++) if (found.every((p) => n % p)) found.push(n);
 *   return found;
 * }, 1000);
 * const soon = await offload.with({ timeout: 5_000 })(readFileSync, 'package.json');
 * ```
 */
export const offload: Offload = bind({});

function bind(options: OffloadOptions): Offload {
  const bound = (fn: Callable, ...args: unknown[]) => executorFor(options).run({ ...options, fn, args, entry: bound });
  const withOptions = (more: OffloadOptions) => bind(checked({ ...options, ...more }));
  return Object.assign(bound, { with: withOptions });
}

/**
 * `offload` with the executor as first argument, as asyncio spells it; `null` is the default executor.
 *
 * @example
 * ```js
 * import { statSync } from 'node:fs';
 * import { runInExecutor } from 'eslint-plugin-offload/runtime';
 *
 * const { size } = await runInExecutor(null, statSync, 'package.json');
 * ```
 */
export const runInExecutor = ((executor: Executor | null, fn: Callable, ...args: unknown[]) =>
  executorFor(checked({ executor: executor ?? undefined })).run({ fn, args, entry: runInExecutor })) as unknown as RunInExecutor;

let defaultExecutor: Executor | undefined;

/**
 * The executor that `offload` uses: a `ThreadPoolExecutor` with default options, made when it is first asked for.
 *
 * @example
 * ```js
 * import { getDefaultExecutor } from 'eslint-plugin-offload/runtime';
 *
 * console.log(getDefaultExecutor().stats.workers);
 * ```
 */
export function getDefaultExecutor(): Executor {
  return (defaultExecutor ??= new ThreadPoolExecutor());
}

/**
 * Makes `executor` the one that `offload` uses from now on. Tasks that are under way stay where they are, and the
 * executor that was used before is not shut down.
 *
 * @throws {TypeError} when it is no executor
 * @example
 * ```js
 * import { setDefaultExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
 *
 * setDefaultExecutor(new ThreadPoolExecutor({ maxWorkers: 8, resourceLimits: { maxOldGenerationSizeMb: 512 } }));
 * ```
 */
export function setDefaultExecutor(executor: Executor): void {
  checkExecutor(executor);
  defaultExecutor = executor;
}

const inPlace = new InlineExecutor();

/** In place inside a task: it is off the loop already, and a worker that waits for a worker could wait for ever. */
function executorFor({ executor }: OffloadOptions): Executor {
  return isOffloadWorker ? inPlace : (executor ?? getDefaultExecutor());
}

function checked(options: OffloadOptions): OffloadOptions {
  const { executor, signal, timeout, transfer, ...unknown } = options;
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw new TypeError(`${name} is not an option of offload.with; there are executor, signal, timeout, transfer.`);
  if (executor !== undefined) checkExecutor(executor);
  checkTaskOptions({ signal, timeout, transfer });
  return options;
}

function checkExecutor(executor: unknown): void {
  if (executor === null || typeof executor !== 'object' || typeof (executor as { run?: unknown }).run !== 'function') {
    throw new TypeError('executor must be an Executor, such as new ThreadPoolExecutor().');
  }
}

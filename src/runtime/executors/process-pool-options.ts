import { type CheckedPoolOptions, checkNumber, checkObject, checkPoolOptions, type PoolOptions, poolOptionNames, shown } from './pool-options.js';

/** Options of a {@link ProcessPoolExecutor}. All have defaults, and all are checked when the executor is made. */
export interface ProcessPoolOptions extends PoolOptions {
  /** How the processes are started. */
  readonly processOptions?: WorkerProcessOptions | undefined;
}

export interface WorkerProcessOptions {
  /** Working directory. Without it, a process is given that of this one before each task. */
  readonly cwd?: string | undefined;
  /** Environment. Without it, a process is given the changes to that of this one before each task. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Options of Node. @default those of this process that have to do with how code is loaded and run */
  readonly execArgv?: readonly string[] | undefined;
  /** The Node to start. @default process.execPath */
  readonly execPath?: string | undefined;
  /** User and group to run as, by number, where this process may change them. */
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

export interface CheckedProcessPoolOptions extends CheckedPoolOptions {
  readonly processOptions: WorkerProcessOptions;
}

/** @throws {TypeError | RangeError} naming the option, its value and what is allowed */
export function checkProcessPoolOptions(options: ProcessPoolOptions): CheckedProcessPoolOptions {
  checkObject('options', options, [...poolOptionNames, 'processOptions']);
  const checked = checkPoolOptions(options);
  const { processOptions = {} } = options;
  checkObject('processOptions', processOptions, ['cwd', 'env', 'execArgv', 'execPath', 'uid', 'gid']);
  const { cwd, env, execArgv, execPath, uid, gid } = processOptions;
  for (const [name, value] of Object.entries({ cwd, execPath })) {
    if (value !== undefined && typeof value !== 'string') throw new TypeError(`processOptions.${name} must be a string, not ${shown(value)}.`);
  }
  for (const [name, value] of Object.entries({ uid, gid })) {
    if (value !== undefined) checkNumber(`processOptions.${name}`, value, { from: 0, whole: true });
  }
  if (execArgv !== undefined && !(Array.isArray(execArgv) && execArgv.every((option) => typeof option === 'string'))) throw new TypeError(`processOptions.execArgv must be an array of strings, not ${shown(execArgv)}.`);
  if (env !== undefined && (env === null || typeof env !== 'object')) throw new TypeError(`processOptions.env must be an object, not ${shown(env)}.`);
  return { ...checked, processOptions };
}

/** What a call costs while nothing else can run: the reason to move it, and what a reader may choose to ignore. */
export type Cost =
  /** one metadata system call, such as `existsSync` */
  | 'short'
  /** grows with the data, such as `readFileSync` */
  | 'long'
  /** waits for a child process, such as `execSync` */
  | 'process'
  /** computes, such as `pbkdf2Sync` */
  | 'cpu'
  /** waits for something else, such as `Atomics.wait` */
  | 'wait';

/** The API's own non-blocking form. */
export interface NativeTwin {
  /** How a reader finds it: `fs/promises.readFile`, `util.promisify(zlib.gzip)`, `dir.read()`. */
  readonly name: string;
  /** What kind of form it is; only a promise can be awaited in place. */
  readonly form: 'promise' | 'promisified' | 'callback' | 'other';
  /** True where every call may be rewritten to it with arguments and result unchanged (see `differs`). */
  readonly dropIn: boolean;
  /** How it differs, where it does. */
  readonly differs?: string;
  /** The calls that it differs for, where it is a drop-in for all others; left out where it differs for any call. */
  readonly differsFor?: DifferentCalls;
}

/** Calls with an argument that is a number or `undefined`, or an object with an option. */
export type DifferentCalls =
  | { readonly argument: number; readonly is: 'number' | 'undefined' }
  | { readonly argument: number; readonly option: string };

/** One synchronous API that keeps the event loop waiting. */
export interface BlockingApi {
  /** Module as `moduleName` spells it: without `node:` unless Node insists on it (`node:sqlite`); `globalThis` for globals. */
  readonly module: string;
  /**
   * Export path, `readFileSync` or `realpathSync.native`; `Dir#readSync` for a method of an instance. Empty for a module that is a
   * function itself or exports one as its default, and so `#close` where that is a class. Unique in its module.
   */
  readonly path: string;
  readonly kind: 'function' | 'constructor' | 'method';
  readonly cost: Cost;
  /** False: known, but reported only when a configuration names it, as most calls of it are too quick to matter. */
  readonly reported: boolean;
  /** How a worker finds it: a function of Node's own as it is, one of a package once its module is registered with `offloadable`. */
  readonly reference: 'built-in' | 'registered';
  /** The oldest of Node 20, 22, 24, 26 that has it; null for globals that Node does not have. */
  readonly since: 20 | 22 | 24 | 26 | null;
  /** The best native form; null where Node has none. */
  readonly native: NativeTwin | null;
  /** Arguments that the call writes to, in words: `arguments[1] (buffer)`. Empty: none. */
  readonly mutates: readonly string[];
  /** Arguments that are or hold functions: `2.filter` is the property `filter` of argument 2, `1` the argument itself. */
  readonly functions: readonly string[];
  /** What the call returns, as a type: `Buffer | string`. A class of the same module alone says that its methods may block too. */
  readonly result: string;
  /** True when the call can run on a worker and its result come back as itself; else why not, to follow "It cannot run on a worker: ". */
  readonly offload: true | string;
  /** True when the call changes the outside world (a file, a process), false when it only reads or computes. */
  readonly writes: boolean;
  /** The call blocks only under this condition. */
  readonly when?: 'no-callback' | 'async-is-false' | 'first-argument-is-number' | 'sync-is-true' | 'wait-is-true';
  /** The values of `process.platform` that have it, where not all do. */
  readonly platforms?: readonly string[];
  /** The major versions of its package that have it, of those that were checked, where not all do. */
  readonly majors?: readonly number[];
  /** With `when: 'no-callback'`: the first argument that may be the callback. */
  readonly callbackFrom?: number;
  /** Options that make the result one that cannot cross back from a worker: zlib's `info`. */
  readonly refusedOptions?: readonly string[];
  /** Anything else a reader should know. */
  readonly note?: string;
}

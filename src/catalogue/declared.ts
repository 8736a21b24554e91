import { matchesApiPattern, matchesPattern } from './lookup.js';
import { packageGroup, promise } from './row.js';
import type { BlockingApi, Cost } from './types.js';

/** A blocking API as a project or a package declares it. */
export interface Declaration {
  /** The specifier as it stands in an import; `*` stands for any characters. */
  readonly module: string;
  /** The export, `querySync`; `Client#query` for a method, `default` for a module that is a function; `*` stands for any characters. */
  readonly export: string;
  readonly cost?: Cost;
  /** The export of the same module that does the same and returns a promise; with `differs` where it is no drop-in. */
  readonly native?: string | { readonly export: string; readonly differs: string };
  /** May it run on a worker: thread-safe, stateless, and its results can be copied? */
  readonly offload?: boolean;
}

/** What is declared in one place, to be asked for APIs. */
export interface DeclaredApis {
  readonly blocking: readonly Declaration[];
  /** APIs that do not block, whatever the catalogue says, by name or with `*`. */
  readonly nonBlocking: readonly string[];
}

const notDeclaredSafe = 'its declaration does not say that it may (`offload: true`)';

/** The row that a declaration makes for an export; undefined where none is for it. The last one wins. */
export function findDeclaredApi({ blocking }: DeclaredApis, module: string, path: readonly string[]): BlockingApi | undefined {
  const name = path.join('.');
  const declaration = blocking.findLast((one) => matchesPattern(module, one.module) && matchesPattern(name, one.export === 'default' ? '' : one.export));
  if (!declaration) return undefined;
  const { cost = 'long', native, offload = false } = declaration;
  const twin = native === undefined ? null : typeof native === 'string' ? promise(`${module}.${native}`) : promise(`${module}.${native.export}`, native.differs);
  return packageGroup(module, { cost }, { [name]: { offload: offload || notDeclaredSafe, writes: true, result: 'unknown', native: twin } })[0];
}

export function isDeclaredNonBlocking({ nonBlocking }: DeclaredApis, apiName: string): boolean {
  return nonBlocking.some((pattern) => matchesApiPattern(apiName, pattern));
}

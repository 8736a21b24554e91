import { moduleName } from './modules.js';
import { nodeApis } from './node.js';
import { packageApis } from './packages.js';
import type { BlockingApi, Cost } from './types.js';

/** All that is catalogued. */
export const blockingApis: readonly BlockingApi[] = [...nodeApis, ...packageApis];
const byName = new Map(blockingApis.map((api) => [key(api.module, api.path), api]));
const classes = new Set(blockingApis.filter((api) => api.path.includes('#')).map((api) => key(api.module, api.path.slice(0, api.path.indexOf('#')))));

/**
 * The catalogue's row for an export of a module or a property of the global object; undefined where there is none.
 * A method of an instance is one step: `Dir#readSync`.
 *
 * @example findBlockingApi('fs', ['realpathSync', 'native'])?.cost // 'short'
 * @example findBlockingApi('globalThis', ['Atomics', 'wait'])?.cost // 'wait'
 */
export function findBlockingApi(module: string, path: readonly string[]): BlockingApi | undefined {
  return byName.get(key(moduleName(module), path.join('.')));
}

/**
 * The class of a module that a catalogued call returns an instance of, where methods of that class are catalogued too.
 *
 * @example classOfResult('fs', ['opendirSync']) // 'Dir'
 */
export function classOfResult(module: string, path: readonly string[]): string | undefined {
  const api = findBlockingApi(module, path);
  return api && classes.has(key(api.module, api.result)) ? api.result : undefined;
}

/** An API's name as people write it, in messages and in options: `fs.readFileSync`, `new WebAssembly.Module`, `sqlite.DatabaseSync#exec`. */
export function apiName({ module, path, kind }: Pick<BlockingApi, 'module' | 'path' | 'kind'>): string {
  const owner = module === 'globalThis' ? '' : withoutScheme(module);
  // What a module itself is, and methods of the class that it is, come without a dot: `which`, `better-sqlite3#exec`.
  const dot = owner === '' || path === '' || path.startsWith('#') ? '' : '.';
  return `${kind === 'constructor' ? 'new ' : ''}${owner}${dot}${path}`;
}

/** An API as a message names it: `fs.readFileSync()`, `new WebAssembly.Module`. */
export function displayName(api: Pick<BlockingApi, 'module' | 'path' | 'kind'>): string {
  return api.kind === 'constructor' ? apiName(api) : `${apiName(api)}()`;
}

/**
 * Whether a name made by {@link apiName} is meant by a pattern, in which `*` stands for any characters. `node:` and `new ` may be
 * there or not.
 *
 * @example matchesApiPattern('fs.existsSync', 'fs.exists*') // true
 */
export function matchesApiPattern(name: string, pattern: string): boolean {
  return matchesPattern(bareName(name), bareName(pattern));
}

/** Whether a text is meant by a pattern, in which `*` stands for any characters. */
export function matchesPattern(text: string, pattern: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return text === parts[0];
  const [first, last] = [parts[0]!, parts[parts.length - 1]!];
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  // Between the two ends, each part must come after the one before it: the leftmost place for each leaves most room for the rest.
  const end = text.length - last.length;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found === -1 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}

/** Whether a cost is at least a minimum: everything is at least `short`, and everything else is at least `long`. */
export function isAtLeast(cost: Cost, minimum: 'any' | 'short' | 'long'): boolean {
  return minimum !== 'long' || cost !== 'short';
}

function bareName(name: string): string {
  return withoutScheme(name.trim().replace(/^new\s+/, ''));
}

function withoutScheme(name: string): string {
  return name.startsWith('node:') ? name.slice('node:'.length) : name;
}

function key(module: string, path: string): string {
  return `${module}:${path}`;
}

import { builtinModules } from 'node:module';
import { type Callable, unwrapped } from './callable.js';

/** Asking for these prints a deprecation or experimental warning, and nobody offloads what they export. */
const leftOut = new Set(['domain', 'inspector', 'punycode', 'repl', 'sys', 'test', 'trace_events', 'wasi']);

/** The most wanted first: a function that two modules export is named after the first. */
const publicModules = [
  ...new Set(['fs', 'child_process', 'crypto', 'zlib', 'path', 'os', ...builtinModules.filter((id) => !id.startsWith('_'))]),
].filter((id) => !leftOut.has(id.replace(/^node:/, '').split('/')[0]!));

/** By name and not whatever `globalThis` holds: programs put functions of their own there. */
const globals = [
  'JSON', 'Math', 'Object', 'Reflect', 'Array', 'String', 'Number', 'BigInt', 'Date', 'Atomics', 'WebAssembly', 'Buffer', 'URL',
  'structuredClone', 'atob', 'btoa', 'fetch', 'parseInt', 'parseFloat', 'encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI',
];

/** Modules whose functions another one holds as well, so that a program can have them without loading these. */
const madeBy: Readonly<Record<string, string>> = { 'fs/promises': 'internal/fs/promises', 'path/posix': 'path', 'path/win32': 'path', 'util/types': 'internal/util/types' };

const names = new Map<Callable, string>();
const indexed = new Set<string>();
let loadedWhenIndexed = -1;

/**
 * The name under which every thread finds this very function: `fs.readFileSync`, `fs.realpathSync.native`,
 * `globalThis.JSON.parse`. `undefined` for a function that Node does not export.
 *
 * Indexing all 47 modules takes 21 to 62 ms, nearly all of it loading them. A function that somebody holds comes from
 * a module that is loaded, so only those are indexed, each when a function is first missed.
 */
export function builtinName(fn: Callable): string | undefined {
  return names.get(fn) ?? (indexWhatIsNew() ? names.get(fn) : undefined);
}

function indexWhatIsNew(): boolean {
  const loaded = loadedModules();
  if (loaded?.length === loadedWhenIndexed) return false;
  loadedWhenIndexed = loaded?.length ?? publicModules.length;
  if (!indexed.has('globalThis')) {
    indexed.add('globalThis');
    for (const name of globals) index(globalThis, name, `globalThis.${name}`, true);
  }
  const present = loaded && new Set(loaded);
  for (const id of publicModules) {
    const name = id.replace(/^node:/, '');
    if (indexed.has(id) || (present && name !== 'process' && !present.has(`NativeModule ${madeBy[name] ?? name}`))) continue;
    indexed.add(id);
    const exports: unknown = process.getBuiltinModule(id);
    if (!isHolder(exports)) continue;
    for (const name of Object.getOwnPropertyNames(exports)) index(exports, name, `${id}.${name}`, true);
  }
  return true;
}

function loadedModules(): string[] | undefined {
  const list = (process as { moduleLoadList?: unknown }).moduleLoadList;
  return Array.isArray(list) ? (list as string[]) : undefined;
}

/** Adds a function, and the functions that hang on it if `below`. Getters are left alone: some load modules, some warn. */
function index(holder: object, property: string, name: string, below: boolean): void {
  const value: unknown = Object.getOwnPropertyDescriptor(holder, property)?.value;
  if (typeof value === 'function') {
    const fn = unwrapped(value as Callable);
    if (!names.has(fn)) names.set(fn, name);
  }
  if (!below || !isHolder(value) || (typeof value === 'object' && holder !== globalThis)) return;
  for (const inner of Object.getOwnPropertyNames(value)) {
    if (inner !== 'prototype' && inner !== 'constructor') index(value, inner, `${name}.${inner}`, false);
  }
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return value !== null && (typeof value === 'object' || typeof value === 'function');
}

import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { types } from 'node:util';
import { TaskReferenceError } from './errors.js';
import { isOffloadWorker } from './executors/current-worker.js';
import type { Callable } from './task/callable.js';
import { callerFile } from './task/caller-file.js';
import { newKey } from './task/key.js';
import { inTests } from './task/mock.js';
import { register } from './task/reference.js';
import { registeredHere } from './task/registered.js';
import { whyNoTask } from './task/source.js';

/**
 * Registers functions of the calling module, exported or not, so that `offload` need not ship their source: a worker
 * loads the module and calls them there, with all that they close over. As with Python's process pools, the module
 * must be safe to load: whatever it does at its top level is done in each worker again.
 *
 * With a specifier in between, registers the functions of another module: those that its namespace, its default export
 * or what `require` gives has as properties, and that itself, where it is a function.
 *
 * Results of registered functions are copied, never moved: the module may have kept them.
 *
 * @param module `import.meta.url`, or `__filename` in CommonJS: of the module that makes this call
 * @returns the object that was passed
 * @throws {TaskReferenceError} when a worker could not find the functions: no URL or path of a module, a bundle, a
 *   value that is no function, a class, a generator function
 * @example
 * ```js
 * import * as zlib from 'node:zlib';
 * import { offload, offloadable } from 'eslint-plugin-offload/runtime';
 *
 * const level = 9;
 * export const { pack } = offloadable(import.meta.url, { pack: (text) => zlib.gzipSync(text, { level }) });
 *
 * // From here or from any module that imports `pack`.
 * export const packLater = (text) => offload(pack, text);
 * ```
 */
export function offloadable<T extends { readonly [K in keyof T]: Callable }>(module: string | URL, functions: T): T;
export function offloadable<T extends object>(module: string | URL, specifier: string, exports: T): T;
export function offloadable(module: string | URL, ...rest: [object] | [string, object]): object {
  const file = checkedFile(module);
  if (rest.length === 1) registerOwn(file, rest[0]);
  else registerForeign(file, ...rest);
  return rest.at(-1) as object;
}

function registerOwn(file: string, functions: unknown): void {
  if (functions === null || typeof functions !== 'object') {
    throw new TaskReferenceError(`offloadable takes an object of functions, { name: function }, and was given ${describe(functions)}.`);
  }
  const entries = Object.entries(functions);
  for (const [name, fn] of entries) {
    if (typeof fn !== 'function') throw new TaskReferenceError(`offloadable takes functions, and \`${name}\` is ${describe(fn)}.`);
    const why = whyNoTask(fn as Callable);
    if (why !== undefined) throw new TaskReferenceError(why);
  }
  for (const [name, fn] of entries as [string, Callable][]) {
    register(fn, { key: newKey(), definition: { file, specifier: undefined, name, inNamespace: false } });
    if (isOffloadWorker) nameHere(file, name, fn);
  }
}

function nameHere(file: string, name: string, fn: Callable): void {
  const registry = registeredHere();
  const named = registry.get(file);
  if (named === undefined) registry.set(file, new Map([[name, fn]]));
  else named.set(name, fn);
}

function registerForeign(file: string, specifier: unknown, exports: unknown): void {
  if (typeof specifier !== 'string' || specifier === '') {
    throw new TaskReferenceError(`offloadable takes the specifier of a module, as it stands in its import, and was given ${describe(specifier)}.`);
  }
  const inNamespace = types.isModuleNamespaceObject(exports);
  // Where Node could not tell the names that a CommonJS module exports, they are on its default export only.
  const holders = inNamespace ? [exports, (exports as { default?: unknown }).default] : [exports];
  const functions = new Map<Callable, { name: string; receiver: object | undefined }>();
  for (const holder of holders) for (const found of functionsOf(holder)) if (!functions.has(found.fn)) functions.set(found.fn, found);
  if (functions.size === 0) throw new TaskReferenceError(`offloadable found no functions in what it was given as the module '${specifier}': ${describe(exports)}.`);
  for (const [fn, { name, receiver }] of functions) {
    if (whyNoTask(fn) === undefined) register(fn, { key: newKey(), definition: { file, specifier, name, inNamespace } }, receiver);
  }
}

/** The functions that hang on a module, after the module itself, if it is one. */
function functionsOf(holder: unknown): { fn: Callable; name: string; receiver: object | undefined }[] {
  if (holder === null || (typeof holder !== 'object' && typeof holder !== 'function')) return [];
  const found = [];
  if (typeof holder === 'function') found.push({ fn: holder as Callable, name: '', receiver: undefined });
  for (const name of Object.getOwnPropertyNames(holder)) {
    const value = name === 'prototype' || name === 'constructor' ? undefined : propertyOf(holder, name);
    if (typeof value === 'function') found.push({ fn: value as Callable, name, receiver: holder });
  }
  return found;
}

/** Compilers export through enumerable getters. Others load modules or warn, and are left alone. */
function propertyOf(holder: object, name: string): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(holder, name);
  try {
    return descriptor?.get && descriptor.enumerable ? Reflect.get(holder, name) : descriptor?.value;
  } catch {
    return undefined;
  }
}

function checkedFile(module: unknown): string {
  const file = module instanceof URL ? module.href : module;
  if (typeof file !== 'string' || !(file.startsWith('file:') || isAbsolute(file))) {
    throw new TaskReferenceError(
      `offloadable takes import.meta.url, or __filename in CommonJS, and was given ${describe(file)}, from which a worker can load nothing. ${inBundles}`,
    );
  }
  const ours = pathOf(callerFile(callerFile));
  // In a single executable application, the program is `__filename` and not a file of JavaScript. Where webpack has put
  // the path of the source in the place of import.meta.url, who called tells.
  if ([ours, process.execPath].includes(pathOf(file)) || pathOf(callerFile(offloadable)) === ours) {
    throw new TaskReferenceError(`offloadable was called in ${file}, a bundle that holds this package too: a worker that loads it would run the whole program again. ${inBundles}`);
  }
  return file;
}

const inBundles =
  'In a bundle there are no modules left to load: give functions that need nothing but their arguments to offload as they are, ' +
  `or leave this module and eslint-plugin-offload out of the bundle (\`external\`). ${inTests}`;

function pathOf(file: string | undefined): string | undefined {
  return file?.startsWith('file:') ? fileURLToPath(file) : file;
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (value === null || value === undefined) return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

import type { Declaration, DeclaredApis } from '../catalogue/declared.js';
import type { Cost } from '../catalogue/types.js';
import type { Reported } from './reported.js';

const example = "{ runtime: 'eslint-plugin-offload/runtime' }";
const exampleRow = "{ module: '@acme/db', export: 'querySync' }";
const costs: readonly Cost[] = ['short', 'long', 'process', 'cpu', 'wait'];

/** The module that `offload` is imported from: ours, or the one that `settings.offload.runtime` names. */
export function runtimeSpecifier(settings: Readonly<Record<string, unknown>>): string {
  const { runtime } = own(settings);
  if (runtime === undefined) return 'eslint-plugin-offload/runtime';
  if (typeof runtime !== 'string' || runtime === '') throw new TypeError(`settings.offload.runtime must be the specifier of the module to import offload from; it is ${shown(runtime)}.`);
  return runtime;
}

/** What `settings.offload.onReport` is: a function that is told of every report as data. */
export function reportListener(settings: Readonly<Record<string, unknown>>): ((report: Reported) => void) | undefined {
  const { onReport } = own(settings);
  if (onReport !== undefined && typeof onReport !== 'function') throw new TypeError(`settings.offload.onReport must be a function, such as (report) => reports.push(report); it is ${shown(onReport)}.`);
  return onReport as ((report: Reported) => void) | undefined;
}

/** What `settings.offload.blocking` and `settings.offload.nonBlocking` declare. A mistake is an error that says where it is. */
export function declaredInSettings(settings: Readonly<Record<string, unknown>>): DeclaredApis {
  const declared = readDeclared(own(settings), 'settings.offload', ['runtime', 'blocking', 'nonBlocking', 'onReport']);
  for (const [index, { module }] of declared.blocking.entries()) {
    if (module === '') throw new TypeError(`settings.offload.blocking[${index}].module is missing. Write ${exampleRow}.`);
  }
  return declared;
}

/**
 * What a package declares in its package.json under `offload`, where `module` is a subpath, `./sync`, or left out. A mistake
 * there is for its authors to find, with the schema; whoever lints with it as a dependency sees none of it.
 */
export function declaredInManifest(manifest: unknown, packageName: string): DeclaredApis {
  try {
    const { blocking, nonBlocking } = readDeclared(manifest, 'offload', ['blocking', 'nonBlocking']);
    return { blocking: blocking.map((one) => ({ ...one, module: packageName + one.module.replace(/^\.(?=\/|$)/, '') })), nonBlocking };
  } catch {
    return { blocking: [], nonBlocking: [] };
  }
}

function own(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { offload = {} } = settings;
  if (!isObject(offload)) throw new TypeError(`settings.offload must be an object, such as ${example}; it is ${shown(offload)}.`);
  return offload;
}

function readDeclared(given: unknown, place: string, known: readonly string[]): DeclaredApis {
  if (!isObject(given)) throw new TypeError(`${place} must be an object; it is ${shown(given)}.`);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new TypeError(`${place}.${unknown} is not known: there are ${known.join(', ')}.`);
  const { blocking = [], nonBlocking = [] } = given;
  if (!Array.isArray(blocking)) throw new TypeError(`${place}.blocking must be a list, such as [${exampleRow}]; it is ${shown(blocking)}.`);
  if (!Array.isArray(nonBlocking)) throw new TypeError(`${place}.nonBlocking must be a list of names, such as ['fs-extra.*']; it is ${shown(nonBlocking)}.`);
  for (const [index, name] of (nonBlocking as unknown[]).entries()) {
    if (!isText(name)) throw new TypeError(`${place}.nonBlocking[${index}] must be the name of an API, such as 'fs-extra.readJsonSync', or a pattern, 'fs-extra.*'; it is ${shown(name)}.`);
  }
  return { blocking: (blocking as unknown[]).map((one, index) => readDeclaration(one, `${place}.blocking[${index}]`)), nonBlocking: nonBlocking as string[] };
}

/** What each field of a declaration may be, and how to say so. */
const fields: Readonly<Record<keyof Declaration, { readonly fits: (value: unknown) => boolean; readonly says: string }>> = {
  module: { fits: isText, says: "the specifier of a module as it stands in an import, such as '@acme/db'" },
  export: { fits: isText, says: "the name of an export, such as 'querySync', 'Client#query' or 'default'" },
  cost: { fits: (value) => costs.includes(value as Cost), says: `one of ${costs.map((cost) => `'${cost}'`).join(', ')}` },
  native: { fits: isNative, says: "the name of the export that returns a promise, or { export, differs } where it is no drop-in" },
  offload: { fits: (value) => typeof value === 'boolean', says: 'true, where it may run on a worker, or false' },
};

function readDeclaration(given: unknown, place: string): Declaration {
  if (!isObject(given)) throw new TypeError(`${place} must be an object, such as ${exampleRow}; it is ${shown(given)}.`);
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(fields, name)) throw new TypeError(`${place}.${name} is no field of a declaration: there are ${Object.keys(fields).join(', ')}.`);
    const { fits, says } = fields[name as keyof Declaration];
    if (!fits(value)) throw new TypeError(`${place}.${name} must be ${says}; it is ${shown(value)}.`);
  }
  if (given['export'] === undefined) throw new TypeError(`${place}.export is missing. Write ${exampleRow}.`);
  return { module: '', ...(given as unknown as Omit<Declaration, 'module'>) };
}

function isNative(value: unknown): boolean {
  if (isText(value)) return true;
  return isObject(value) && isText(value['export']) && isText(value['differs']) && Object.keys(value).length === 2;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return JSON.stringify(value);
}

import childProcess from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as nodeFs from 'node:fs';
import { offload, offloadable } from 'eslint-plugin-offload/runtime';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { excusedPackages } from '../../src/catalogue/excused.js';
import { apiName } from '../../src/catalogue/lookup.js';
import { checkedPackages } from '../../src/catalogue/packages/checked.js';
import { packageApis } from '../../src/catalogue/packages.js';
import type { BlockingApi, DifferentCalls } from '../../src/catalogue/types.js';
import { packageCalls } from './package-calls.js';
import { packageOutcome } from './package-outcome.js';
import { checkedModules, installed, packageOf, type InstalledModule } from './installed-packages.js';
import { Sandbox } from './sandbox.js';

const { spawn: spawnReally } = childProcess;

type AnyFunction = (...given: readonly unknown[]) => unknown;

// Some packages start a process as soon as they are loaded, and leave it running.
const started: childProcess.ChildProcess[] = [];
const spawn = vi.spyOn(childProcess, 'spawn').mockImplementation((...given: readonly unknown[]) => {
  const child = (spawnReally as (...rest: readonly unknown[]) => childProcess.ChildProcess)(...given);
  started.push(child);
  return child;
});
const packages = await checkedModules();
spawn.mockRestore();

afterAll(() => {
  for (const child of started) child.kill();
});

const mustBeCalled = packageApis.filter(({ offload: crosses, native, path }) => !path.includes('#') && (crosses === true || (native?.dropIn === true && !native.name.endsWith('()'))));

describe('the catalogue of packages', () => {
  it('has one row for each API', () => {
    const names = packageApis.map(({ module, path }) => `${module} ${path}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('names versions that its rows were compared with', () => {
    expect([...new Set(packageApis.map(({ module }) => packageOf(module)))].sort()).toEqual(Object.keys(checkedPackages).sort());
    for (const { module, majors = [] } of packageApis) for (const major of majors) expect(checkedPackages[packageOf(module)]!.map(majorOf), module).toContain(major);
  });

  it('calls every API in what follows that can run on a worker, or has a drop-in twin', () => {
    expect(mustBeCalled.filter((api) => api.platforms?.includes(process.platform) ?? true).map(apiName).filter((name) => packageCalls[name] === undefined)).toEqual([]);
  });

  it('does not excuse what it lists', () => {
    expect(Object.keys(excusedPackages).filter((name) => name in checkedPackages)).toEqual([]);
  });

  it('is compared with some packages at least', () => {
    expect(installed().length).toBeGreaterThanOrEqual(process.env['CATALOGUE_PACKAGES'] === undefined ? 2 : Object.values(checkedPackages).flat().length);
    expect(packages.length).toBeGreaterThanOrEqual(installed().length);
  });
});

describe.each(packages.map((one) => [`${one.module}, version ${one.version}`, one] as const))('%s', (_, one) => {
  const rows = packageApis.filter(({ module, since, platforms }) => module === one.module && (since ?? 0) <= majorOf(process.versions.node) && (platforms?.includes(process.platform) ?? true));
  const isHere = ({ majors }: BlockingApi): boolean => majors?.includes(majorOf(one.version)) ?? true;

  it.each(rows.map((api) => [isHere(api) ? 'has' : 'does not have', apiName(api), api] as const))('%s %s', (_has, _name, api) => {
    expect(typeof exportOf(one, api)?.found === 'function').toBe(isHere(api));
  });

  const plain = rows.filter((api) => isHere(api) && !api.path.includes('#') && api.kind === 'function');

  it.each(plain.map((api) => [apiName(api), api.reference, api] as const))('%s is %s', (_name, reference, api) => {
    expect(Object.values(nodeFs).concat(nodeFs.realpathSync.native as never).includes(exportOf(one, api)!.found as never)).toBe(reference === 'built-in');
  });

  const called = plain.flatMap((api) => (packageCalls[apiName(api)] ?? []).map((call, index) => [apiName(api), index, api, call] as const));

  it.each(called)('%s answers at once (call %i)', (_name, _index, api, call) => {
    const { found, owner } = exportOf(one, api)!;
    using box = new Sandbox();
    let returned: unknown;
    try {
      returned = Reflect.apply(found, owner, call(box));
    } catch {
      // So it does when it throws.
    }
    expect(returned).not.toBeInstanceOf(Promise);
  });

  it.each(called.filter(([, , api]) => api.offload === true))('%s comes to the same on a worker (call %i)', async (name, _index, api, call) => {
    const { found, owner } = exportOf(one, api)!;
    offloadable(join(one.folder, 'main.cjs'), one.specifier, one.exports as object);
    using here = new Sandbox();
    using there = new Sandbox();
    const given = call(there);
    if (given.some(holdsFunction)) return;
    const wanted = await packageOutcome(name, here, () => Reflect.apply(found, owner, call(here)));
    expect(await packageOutcome(name, there, () => (offload as AnyFunction)(found, ...given))).toEqual(wanted);
  });

  it.each(called.filter(([, , { native }, call]) => native?.dropIn === true || (native?.differsFor !== undefined && isOrdinary(native.differsFor, call))))('%s has a drop-in twin (call %i)', async (name, _index, api, call) => {
    const { found, owner } = exportOf(one, api)!;
    const twin = twinOf(one, api);
    using here = new Sandbox();
    using there = new Sandbox();
    const wanted = await packageOutcome(name, here, () => Reflect.apply(found, owner, call(here)));
    expect(await packageOutcome(name, there, () => twin(...call(there)))).toEqual(wanted);
  });
});

/** What an export path leads to, through a default export where there is one, and through the class where it is a method. */
function exportOf(one: InstalledModule, api: BlockingApi): { found: AnyFunction; owner: unknown } | undefined {
  const [own, method] = api.path.split('#') as [string, string?];
  const { exports } = one;
  const owners = [exports, (exports as { default?: unknown }).default].filter((candidate) => candidate !== undefined);
  const classOfMethod = method === undefined ? undefined : instanceOf(one, own);
  if (method !== undefined && classOfMethod !== undefined) return { found: (classOfMethod as Record<string, AnyFunction>)[method]!, owner: classOfMethod };
  for (const holder of owners) {
    let owner: unknown;
    let found: unknown = holder;
    for (const step of own === '' ? [] : own.split('.')) [owner, found] = [found, (found as Record<string, unknown> | undefined)?.[step]];
    if (method !== undefined) found = (found as { prototype?: Record<string, unknown> } | undefined)?.prototype?.[method];
    if (typeof found === 'function') return { found: found as AnyFunction, owner };
  }
  return undefined;
}

/** Classes that a package does not export. */
function instanceOf({ module, ...one }: InstalledModule, className: string): unknown {
  const exports = one.exports as Record<string, AnyFunction>;
  if (className === 'ExplorerSync') return (exports['cosmiconfigSync'] ?? exports['lilconfigSync'])!('one');
  if (className === 'Statement') return (new (exports as unknown as new (file: string) => { prepare(sql: string): unknown })(':memory:')).prepare('SELECT 1');
  if (module === 'adm-zip') return new (exports as unknown as new () => object)();
  return undefined;
}

function twinOf(one: InstalledModule, api: BlockingApi): AnyFunction {
  const [, inner = api.native!.name] = /^util\.promisify\((.+)\)$/.exec(api.native!.name) ?? [];
  const isNode = !inner.startsWith(api.module);
  const path = isNode ? inner.slice(inner.lastIndexOf('.') + 1) : inner.slice(api.module.length + 1);
  const module = isNode ? createRequire(import.meta.url)(inner.slice(0, inner.lastIndexOf('.'))) : undefined;
  const { found, owner } = isNode ? { found: (module as Record<string, AnyFunction>)[path]!, owner: module as unknown } : exportOf(one, { ...api, path })!;
  return api.native!.form === 'promisified' ? (promisify(found) as AnyFunction) : (found.bind(owner) as AnyFunction);
}

function isOrdinary(calls: DifferentCalls, call: (box: Sandbox) => readonly unknown[]): boolean {
  using box = new Sandbox();
  const value = call(box)[calls.argument];
  return 'option' in calls ? !(typeof value === 'object' && value !== null && calls.option in value) : typeof value !== calls.is;
}

function holdsFunction(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && Object.values(argument).some((value) => typeof value === 'function');
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

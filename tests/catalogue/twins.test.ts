import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { apiName } from '../../src/catalogue/lookup.js';
import { nodeApis } from '../../src/catalogue/node.js';
import type { BlockingApi, DifferentCalls } from '../../src/catalogue/types.js';
import { calls } from './calls.js';
import { outcome } from './outcome.js';
import { isHere, resolveExport, type AnyFunction } from './running-exports.js';
import { Sandbox } from './sandbox.js';

const here = nodeApis.filter(isHere);
const ofInstances = ({ kind, native }: BlockingApi): boolean => kind === 'method' || native?.name === 'import()';

describe('twins', () => {
  it.each(here.filter((api) => api.native && !ofInstances(api)).map((api) => [api.native!.name, api] as const))('%s is there', async (name) => {
    const { found } = await resolveTwin(name);
    expect(found).toBeTypeOf('function');
  });

  it('that are drop-ins are called in what follows, all but those of instances', () => {
    const dropIns = nodeApis.filter((api) => api.native?.dropIn && !ofInstances(api)).map(apiName);
    expect(dropIns.filter((name) => calls[name] === undefined)).toEqual([]);
  });
});

describe.each(here.filter((api) => api.native?.dropIn && !ofInstances(api)).map((api) => [apiName(api), api.native!.name, api] as const))('%s', (name, twinName, api) => {
  it.each(calls[name]!.map((call, index) => [index, call] as const))(`does what ${twinName} does (call %i)`, async (_, argumentsFor) => {
    const { found: twin, owner: twinOwner } = await resolveTwin(twinName);
    const { found: blocking, owner } = await resolveExport(api.module, api.path.split('.'));
    using one = new Sandbox();
    using other = new Sandbox();
    const wanted = await outcome(name, one, () => (api.kind === 'constructor' ? Reflect.construct(blocking, argumentsFor(one)) : Reflect.apply(blocking, owner, argumentsFor(one))));
    const got = await outcome(name, other, () => Reflect.apply(twin, twinOwner, argumentsFor(other)));
    expect(got).toMatchObject(wanted);
  });
});

const forSome = here.filter((api) => api.native?.differsFor !== undefined);

describe.each(forSome.map((api) => [apiName(api), api.native!.name, api] as const))('%s', (name, twinName, api) => {
  const others = calls[name]!.map((call, index) => [index, call] as const).filter(([, argumentsFor]) => {
    using box = new Sandbox();
    return !isDifferent(api.native!.differsFor!, argumentsFor(box));
  });

  it('is called otherwise too', () => {
    expect(others.length).toBeGreaterThan(1);
  });

  it.each(others)(`does what ${twinName} does, where that does not differ (call %i)`, async (_, argumentsFor) => {
    const { found: twin, owner: twinOwner } = await resolveTwin(twinName);
    const { found: blocking, owner } = await resolveExport(api.module, api.path.split('.'));
    using one = new Sandbox();
    using other = new Sandbox();
    const wanted = await outcome(name, one, () => Reflect.apply(blocking, owner, argumentsFor(one)));
    expect(await outcome(name, other, () => Reflect.apply(twin, twinOwner, argumentsFor(other)))).toMatchObject(wanted);
  });
});

function isDifferent(calls: DifferentCalls, given: readonly unknown[]): boolean {
  const value = given[calls.argument];
  if ('option' in calls) return typeof value === 'object' && value !== null && calls.option in value;
  return calls.is === 'number' ? typeof value === 'number' : given.length > calls.argument && value === undefined;
}

/** `util.promisify(fs.close)`, `fs/promises.access`, `WebAssembly.compile`. */
async function resolveTwin(name: string): Promise<{ found: AnyFunction; owner: unknown }> {
  const inner = /^util\.promisify\((.+)\)$/.exec(name)?.[1];
  const [first, ...rest] = (inner ?? name).split('.') as [string, ...string[]];
  const isGlobal = first === 'WebAssembly' || first === 'Atomics' || rest.length === 0;
  const { found, owner } = await (isGlobal ? resolveExport('globalThis', [first, ...rest]) : resolveExport(first, rest));
  const promisified: unknown = inner === undefined ? found : promisify(found);
  return { found: promisified as AnyFunction, owner };
}

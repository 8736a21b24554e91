import { offload } from 'eslint-plugin-offload/runtime';
import { describe, expect, it } from 'vitest';
import { apiName } from '../../src/catalogue/lookup.js';
import { nodeApis } from '../../src/catalogue/node.js';
import { calls } from './calls.js';
import { outcome } from './outcome.js';
import { isHere, resolveExport, type AnyFunction } from './running-exports.js';
import { Sandbox } from './sandbox.js';

const offloadable = nodeApis.filter((api) => api.offload === true);

it('every API that can run on a worker is called in what follows', () => {
  expect(offloadable.map(apiName).filter((name) => calls[name] === undefined)).toEqual([]);
});

describe.each(offloadable.filter(isHere).map((api) => [apiName(api), api] as const))('%s', (name, { module, path }) => {
  it.each(calls[name]!.map((call, index) => [index, call] as const))('comes to the same on a worker, or is refused for a function among its arguments (call %i)', async (_, argumentsFor) => {
    const { found, owner } = await resolveExport(module, path.split('.'));
    using one = new Sandbox();
    using other = new Sandbox();
    if (argumentsFor(one).some(holdsFunction)) {
      await expect((offload as AnyFunction)(found, ...argumentsFor(one))).rejects.toMatchObject({ code: 'ERR_OFFLOAD_UNCLONEABLE' });
      return;
    }
    const here = await outcome(name, one, () => Reflect.apply(found, owner, argumentsFor(one)));
    const there = await outcome(name, other, () => (offload as AnyFunction)(found, ...argumentsFor(other)));
    expect(there).toEqual(here);
  });
});

function holdsFunction(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && Object.values(argument).some((value) => typeof value === 'function');
}

import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeArguments, encodeResult } from '../../src/runtime/codec/index.js';
import { pack } from '../../src/runtime/worker/packing.js';
import { boundaries, Crossing } from './codec-crossing.js';
import { runs } from '../property-runs.js';

/** Names that a codec, or a careless copy, might take for its own. */
const key = fc.oneof(
  fc.string({ maxLength: 3 }),
  fc.constantFrom('__proto__', 'constructor', 'value', 'patches', 'then', 'toJSON', 'length', '0', 'name', 'stack', 'message'),
);

const bytes = fc.uint8Array({ maxLength: 20 });

const { value } = fc.letrec<{ value: unknown; error: Error }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.string(), fc.integer(), fc.double(), fc.bigInt(), fc.boolean(),
      fc.constantFrom(null, undefined, -0, NaN, Infinity),
      fc.date({ noInvalidDate: true }),
      fc.constantFrom(/a/g, /b/iu),
      bytes.map((array) => Buffer.from(array)),
      bytes.map((array) => Buffer.from(array).subarray(1)),
      fc.float64Array({ maxLength: 5 }), fc.int16Array({ maxLength: 5 }), fc.bigInt64Array({ maxLength: 5 }),
      bytes.map((array) => array.buffer.slice(0)),
      fc.webUrl().map((href) => new URL(href)),
      fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 3 }).map((entries) => new URLSearchParams(entries)),
      fc.constantFrom<() => unknown>(
        () => fs.statSync('.'),
        () => fs.statSync('.', { bigint: true }),
        () => fs.readdirSync('.', { withFileTypes: true })[0],
      ).map((make) => make()),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.sparseArray(tie('value'), { maxLength: 6, maxNumElements: 3 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((entries) => objectOf(entries, Object.prototype)),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 3 }).map((entries) => objectOf(entries, null)),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 }).map((entries) => new Map(entries)),
    fc.array(tie('value'), { maxLength: 3 }).map((members) => new Set(members)),
    tie('error'),
  ),
  error: fc
    .record({
      Class: fc.constantFrom(Error, TypeError, RangeError),
      message: fc.string(),
      cause: fc.option(tie('value'), { nil: undefined }),
      own: fc.array(fc.tuple(fc.constantFrom('code', 'errno', 'path', '__proto__', 'stdout'), tie('value')), { maxLength: 3 }),
    })
    .map(({ Class, message, cause, own }) => define(new Class(message, cause === undefined ? {} : { cause }), own)),
}));

describe.each(boundaries)('across a %s', (boundary) => {
  const crossing = new Crossing(boundary);
  afterAll(() => crossing.end());

  test('what crosses comes back equal', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (sent) => {
        assert.deepStrictEqual(await crossing.thereAndBack(sent), sent);
        assert.deepStrictEqual(await crossing.thereAndBack([sent, { sent }]), [sent, { sent }]);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      runs(400),
    );
  });

  test('whatever shape the references have, they come back in the same shape', async () => {
    const node = fc.constantFrom('object', 'array', 'map', 'set', 'error', 'null-prototype', 'url', 'buffer');
    const graph = fc.tuple(fc.array(node, { minLength: 1, maxLength: 8 }), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 16 }));
    await fc.assert(
      fc.asyncProperty(graph, async ([kinds, edges]) => {
        const nodes = kinds.map(make);
        for (const [from, to] of edges) link(nodes[from % nodes.length]!, nodes[to % nodes.length]!);
        assertSameShape(await crossing.thereAndBack(nodes), nodes);
      }),
      runs(300),
    );
  });
});

test.each(boundaries)('a value is refused or crosses: nothing that is encoded fails when it is posted to a %s', (boundary) => {
  const anything = fc.anything({
    withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withNullPrototype: true, withObjectString: true,
    withSet: true, withSparseArray: true, withTypedArray: true,
    values: [
      fc.anything(), fc.func(fc.nat()), fc.constantFrom<unknown>(Symbol('s'), new WeakMap(), Promise.resolve(), new Proxy({}, {}),
        new Intl.Collator(), [].values(), new TextEncoder(), performance, console, Reflect, Math, JSON, globalThis, process),
    ],
  });
  fc.assert(
    fc.property(anything, (sent) => {
      for (const encode of [() => encodeArguments([sent], [], boundary), () => encodeResult(sent, false, boundary)]) {
        let encoded;
        try {
          encoded = encode();
        } catch (error) {
          expect((error as Error).name).toBe('UncloneableError');
          continue;
        }
        if (boundary === 'process') pack(encoded.payload);
        else structuredClone(encoded.payload, { transfer: [...encoded.transfer] as ArrayBuffer[] });
      }
    }),
    runs(1000),
  );
});

function objectOf(entries: [string, unknown][], prototype: object | null): object {
  return define(Object.create(prototype) as object, entries);
}

function define<T extends object>(target: T, entries: [string, unknown][]): T {
  for (const [name, held] of entries) {
    Object.defineProperty(target, name, { value: held, writable: true, enumerable: true, configurable: true });
  }
  return target;
}

function make(kind: string): object {
  switch (kind) {
    case 'object': return {};
    case 'array': return [];
    case 'map': return new Map();
    case 'set': return new Set();
    case 'error': return new RangeError('e');
    case 'null-prototype': return Object.create(null) as object;
    case 'url': return new URL('http://a/');
    default: return Buffer.from('b');
  }
}

/** Nodes that can hold others do; the rest are only held. */
function link(from: object, to: object): void {
  if (from instanceof Map) from.set(from.size, to).set(to, from.size);
  else if (from instanceof Set) from.add(to);
  else if (Array.isArray(from)) from.push(to);
  else if (!(from instanceof URL) && !Buffer.isBuffer(from)) (from as Record<string, unknown>)[`p${Object.keys(from).length}`] = to;
}

/** Walks both at once: wherever the one goes back to an object it has been to, so must the other. */
function assertSameShape(actual: unknown, expected: unknown, pairs = new Map<unknown, unknown>()): void {
  if (typeof expected !== 'object' || expected === null) {
    expect(actual).toBe(expected);
    return;
  }
  if (pairs.has(expected)) {
    expect(actual).toBe(pairs.get(expected));
    return;
  }
  pairs.set(expected, actual);
  expect(Object.getPrototypeOf(actual)).toBe(Object.getPrototypeOf(expected));
  const [held, wanted] = [actual as object, expected].map((one) =>
    one instanceof Map ? [...one].flat() : one instanceof Set ? [...one] : Buffer.isBuffer(one) ? [] : Object.entries(one).flat(),
  ) as [unknown[], unknown[]];
  expect(held.length).toBe(wanted.length);
  wanted.forEach((one, index) => assertSameShape(held[index], one, pairs));
}

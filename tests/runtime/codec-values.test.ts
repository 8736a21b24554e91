import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createHistogram } from 'node:perf_hooks';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeArguments, encodeResult } from '../../src/runtime/codec/index.js';
import { boundaries, Crossing } from './codec-crossing.js';

/** @types/node 20 has no value of that name. */
const { WebAssembly: Wasm } = globalThis as unknown as {
  WebAssembly: { Memory: new (size: { initial: number }) => { buffer: ArrayBuffer }; Module: new (bytes: Uint8Array) => object };
};

const FILE = import.meta.filename;

class Point {
  constructor(readonly x: number, readonly y: number) {}
  get length() { return Math.hypot(this.x, this.y); }
}

describe.each(boundaries)('across a %s', (boundary) => {
  const crossing = new Crossing(boundary);
  afterAll(() => crossing.end());

  describe('a value comes back equal', () => {
    test.each([
      ['undefined', undefined],
      ['null', null],
      ['a string', 'a\0\ud800€'],
      ['-0', -0],
      ['NaN', NaN],
      ['a bigint', 2n ** 70n],
      ['an empty object', {}],
      ['options', { encoding: 'utf8', flag: undefined }],
      ['nested objects and arrays', { a: [{ b: [[], {}] }] }],
      ['a sparse array', Object.assign([, 1, , 2, ,], {})],
      ['a very sparse array', Object.assign([], { length: 4_000_000_000, 3_999_999_999: 'last' })],
      ['an array with properties', 'abc'.match(/b(?<rest>c)/)],
      ['a Date', new Date(0)],
      ['a RegExp', /a+/giu],
      ['a Map', new Map<unknown, unknown>([[1, 'one'], [{ key: true }, new Map([['inner', new Set([1])]])]])],
      ['a Set', new Set<unknown>(['b', 'a', [1]])],
      ['an object without prototype', Object.assign(Object.create(null) as object, { a: { b: 1 } })],
      ['a boxed number', Object(1)],
      ['a Buffer', Buffer.from('bytes')],
      ['an empty Buffer', Buffer.alloc(0)],
      ['a Buffer in a Map in an array', [new Map([['a', Buffer.from('bytes')]])]],
      ['typed arrays', [new Float64Array([1.5, -0]), new BigInt64Array([1n]), new Uint8ClampedArray([300])]],
      ['a URL', new URL('https://user@example.org:81/a?b=c#d')],
      ['URLSearchParams', new URLSearchParams([['a', '1'], ['a', '2']])],
      ['URLs in a Set', new Set([new URL('http://a/'), 'x', new URL('http://b/')])],
      ['fs.Stats', fs.statSync(FILE)],
      ['fs.BigIntStats', fs.statSync(FILE, { bigint: true })],
      ['fs.StatFs', fs.statfsSync('.')],
      ['fs.StatFs of bigints', fs.statfsSync('.', { bigint: true })],
      ['fs.Dirents', fs.readdirSync('.', { withFileTypes: true })],
      ['fs.Dirents named by Buffers', fs.readdirSync('.', { withFileTypes: true, encoding: 'buffer' as never })],
      ['the result of spawnSync', spawnSync(process.execPath, ['-p', '1'])],
    ])('%s', async (_name, value) => {
      assert.deepStrictEqual(await crossing.thereAndBack(value), value);
    });
  });

  test('an invalid Date stays invalid', async () => {
    // Apart, because `assert` on Node 20 finds no invalid date equal to another.
    expect((await crossing.thereAndBack(new Date(NaN))).getTime()).toBeNaN();
  });

  test('the result of spawnSync brings its error', async () => {
    const result = spawnSync('no-such-command', ['a']);
    const back = await crossing.thereAndBack(result);
    // Node's own is of a class that it makes up between Error and this one error, which nobody can name.
    expect(Object.getPrototypeOf(back.error)).toBe(Error.prototype);
    expect(back.error).toMatchObject({ code: 'ENOENT', syscall: 'spawnSync no-such-command', path: 'no-such-command', spawnargs: ['a'] });
    assert.deepStrictEqual({ ...back, error: undefined }, { ...result, error: undefined });
  });

  test('fs.Stats keeps its methods and dates, in the worker and back', async () => {
    const stats = fs.statSync(FILE);
    const back = await crossing.thereAndBack({ stats });
    expect(back.stats).toBeInstanceOf(fs.Stats);
    expect([back.stats.isFile(), back.stats.isDirectory()]).toEqual([true, false]);
    expect(back.stats.mtime).toEqual(stats.mtime);
    expect(back.stats.birthtime).toEqual(stats.birthtime);
    expect(await crossing.run('args[0].isFile() && args[0].mtime.getTime()', [stats])).toBe(stats.mtime.getTime());
  });

  test('fs.Stats keeps a date that was set by hand', async () => {
    const stats = fs.statSync(FILE);
    stats.mtime = new Date(5);
    expect((await crossing.thereAndBack(stats)).mtime).toEqual(new Date(5));
  });

  test('fs.Stats keeps what this version of Node has on it besides', async () => {
    const stats = fs.statSync(FILE) as fs.Stats & { mtimeInstant?: unknown };
    const back = (await crossing.thereAndBack(stats)) as typeof stats;
    expect(Reflect.ownKeys(back)).toEqual(Reflect.ownKeys(fs.statSync(FILE)));
    expect(String(back.mtimeInstant)).toBe(String(stats.mtimeInstant));
  });

  test('fs.BigIntStats keeps its class, methods and dates', async () => {
    const stats = fs.statSync(FILE, { bigint: true });
    const back = await crossing.thereAndBack(stats);
    expect(back.constructor).toBe(stats.constructor);
    expect(back.isFile()).toBe(true);
    expect(back.mtime).toEqual(stats.mtime);
    expect(back.mtimeNs).toBe(stats.mtimeNs);
  });

  test('fs.Dirent keeps its methods and where it is', async () => {
    const folder = path.dirname(FILE);
    const entries = (await crossing.run(
      'require("fs").readdirSync(args[0], { withFileTypes: true })', [folder],
    )) as fs.Dirent[];
    const here = fs.readdirSync(folder, { withFileTypes: true });
    expect(entries.map((entry) => [entry.name, entry.isFile(), entry.isDirectory(), entry.parentPath])).toEqual(
      here.map((entry) => [entry.name, entry.isFile(), entry.isDirectory(), folder]),
    );
    expect(entries.every((entry) => entry instanceof fs.Dirent)).toBe(true);
    expect(Object.keys(entries[0]!)).toEqual(Object.keys(here[0]!));
  });

  test.each(['isFile', 'isDirectory', 'isSymbolicLink', 'isFIFO', 'isSocket', 'isCharacterDevice', 'isBlockDevice'])(
    'fs.Dirent answers %s as before',
    async (method) => {
      // What Node makes where it had to lstat: another class, with its answers in another place.
      const entry = Object.assign(Object.create(fs.Dirent.prototype) as fs.Dirent, { name: 'x', parentPath: '/' });
      const methods = Object.getOwnPropertyNames(fs.Dirent.prototype).filter((name) => name.startsWith('is'));
      const proto = Object.create(
        fs.Dirent.prototype,
        Object.fromEntries(methods.map((name) => [name, { value: () => name === method }])),
      ) as object;
      const back = (await crossing.thereAndBack(Object.setPrototypeOf(entry, proto))) as Record<string, () => boolean>;
      expect(methods.filter((name) => back[name]!())).toEqual([method]);
    },
  );

  test('process.env crosses as an object of strings', async () => {
    expect(await crossing.thereAndBack(process.env)).toEqual({ ...process.env });
    expect(await crossing.thereAndBack({ env: { ...process.env, A: '1' } })).toEqual({ env: { ...process.env, A: '1' } });
  });

  test('a class instance crosses as its own properties, getters as their values', async () => {
    expect(await crossing.thereAndBack(new Point(3, 4))).toStrictEqual({ x: 3, y: 4 });
    const counted = { count: 0, get next() { return ++this.count; } };
    expect(await crossing.thereAndBack(counted)).toStrictEqual({ count: 0, next: 1 });
  });

  test('identity and cycles are kept, through every kind of value', async () => {
    const buffer = Buffer.from('x');
    const url = new URL('http://a/');
    const error: Error & { self?: unknown } = new Error('loop');
    error.self = error;
    const map = new Map<unknown, unknown>();
    const value: Record<string, unknown> = { buffer, again: [buffer], url, urls: new Set([url]), error, map };
    value['self'] = value;
    map.set(map, [value, error]);
    const back = (await crossing.thereAndBack(value)) as typeof value;
    expect(back['self']).toBe(back);
    expect((back['again'] as unknown[])[0]).toBe(back['buffer']);
    expect([...(back['urls'] as Set<URL>)][0]).toBe(back['url']);
    expect((back['error'] as typeof error).self).toBe(back['error']);
    const backMap = back['map'] as Map<unknown, unknown>;
    const [held, sameError] = backMap.get(backMap) as unknown[];
    expect(held).toBe(back);
    expect(sameError).toBe(back['error']);
  });

  test('arguments are those of the moment of the call', async () => {
    const options = { list: [1], bytes: Buffer.from('a'), nested: { when: new Date(1) }, map: new Map([[1, 1]]) };
    const encoded = encodeArguments([options, 1]);
    options.list.push(2);
    options.bytes[0] = 0;
    options.nested.when.setTime(2);
    options.map.clear();
    const [sent] = (await crossing.post('args', encoded)) as [typeof options];
    assert.deepStrictEqual(sent, { list: [1], bytes: Buffer.from('a'), nested: { when: new Date(1) }, map: new Map([[1, 1]]) });
  });

  test.each([
    [{ value: 1, patches: [0, [{}, 'a'], 'http://evil/'] }],
    [{ patches: [8, [Object.prototype, 'polluted'], { class: 'TypeError', message: '', name: '', stack: '', hidden: {}, shown: {} }] }],
    [[0, {}, undefined]],
    [JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')],
    [Object.defineProperty(new Error('e'), '__proto__', { value: { polluted: 1 }, enumerable: true })],
    [JSON.parse('[{"__proto__":{"polluted":[{}]}}]')],
  ])('what looks like an instruction is data: %j', async (value: unknown) => {
    assert.deepStrictEqual(await crossing.thereAndBack(value), value);
    assert.deepStrictEqual(await crossing.thereAndBack([value, Buffer.from('x')]), [value, Buffer.from('x')]);
    expect('polluted' in {}).toBe(false);
  });

  test('a key named __proto__ with a value that is made anew stays a key', async () => {
    const value = JSON.parse('{"__proto__":null}') as Record<string, unknown>;
    Object.defineProperty(value, '__proto__', { value: new URL('http://a/'), enumerable: true, configurable: true, writable: true });
    const back = await crossing.thereAndBack(value);
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(back, '__proto__')?.value).toEqual(new URL('http://a/'));
  });

  test('one object passed twice is one object there', async () => {
    const options = { a: 1 };
    expect(await crossing.run('args[0] === args[1]', [options, options])).toBe(true);
  });

  test('objects of another realm cross as plain', async () => {
    const { runInNewContext } = await import('node:vm');
    const value = runInNewContext('({ a: [{}], e: new TypeError("m"), d: new Date(3), m: new Map([[1, {}]]) })') as Record<string, unknown>;
    const back = (await crossing.thereAndBack(value)) as typeof value;
    assert.deepStrictEqual({ ...back, e: null }, { a: [{}], e: null, d: new Date(3), m: new Map([[1, {}]]) });
    expect(back['e']).toBeInstanceOf(TypeError);
  });
});

test('primitives and options cross without an envelope', () => {
  expect(encodeArguments(['a', 1])).toEqual({ payload: ['a', 1], transfer: [] });
  expect(encodeArguments(['a', { encoding: 'utf8' }])).toEqual({ payload: ['a', { encoding: 'utf8' }], transfer: [] });
  expect(encodeResult('a')).toEqual({ payload: 'a', transfer: [] });
  expect(encodeResult(['a'])).toEqual({ payload: { value: ['a'] }, transfer: [] });
});

describe('between threads, which have more in common than bytes', () => {
  const crossing = new Crossing();
  afterAll(() => crossing.end());

  test('objects that Node clones by itself stay what they are', async () => {
    const key = crypto.createSecretKey(Buffer.from('secret'));
    expect((await crossing.thereAndBack({ key })).key.equals(key)).toBe(true);
    const { publicKey } = crypto.generateKeyPairSync('ed25519');
    expect((await crossing.thereAndBack(publicKey)).equals(publicKey)).toBe(true);
    const list = new net.BlockList();
    list.addAddress('10.0.0.1');
    expect(((await crossing.thereAndBack([list])) as net.BlockList[])[0]!.check('10.0.0.1')).toBe(true);
    expect(await (await crossing.thereAndBack(new Blob(['text']))).text()).toBe('text');
    const histogram = createHistogram();
    histogram.record(7);
    expect((await crossing.thereAndBack({ histogram })).histogram.max).toBe(7);
    const wasm = new Wasm.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    expect(await crossing.thereAndBack(wasm)).toBeInstanceOf(Wasm.Module);
  });

  test('shared memory stays shared', async () => {
    const shared = new SharedArrayBuffer(8);
    const back = await crossing.run('(new Int32Array(args[0])[0] = 7, args[1][1] = 8, Buffer.isBuffer(args[2]) && args)', [
      shared, new Int32Array(shared), Buffer.from(shared),
    ]);
    expect([...new Int32Array(shared)]).toEqual([7, 8]);
    expect(back).toMatchObject([shared, { buffer: { byteLength: 8 } }, { buffer: { byteLength: 8 } }]);
    expect((back as [unknown, unknown, Buffer])[2]).toBeInstanceOf(Buffer);
  });
});

import assert from 'node:assert/strict';
import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import { BlockList } from 'node:net';
import { ProcessPoolExecutor, UncloneableError } from 'eslint-plugin-offload/runtime';
import { afterAll, describe, expect, test } from 'vitest';

/** Everything else that the codec knows is tested between threads and through the packing: codec-*.test.ts. */
const pool = new ProcessPoolExecutor({ maxWorkers: 1 });
afterAll(() => pool.shutdown());

const same = (value: unknown) => value;

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['numbers', [-0, NaN, 2 ** 60, 2n ** 70n]],
  ['text of any kind', 'a\0\ud800€'],
  ['Buffers', [Buffer.from('abc'), Buffer.alloc(0), Buffer.alloc(100_000, 7)]],
  ['typed arrays', [new Float64Array([1.5, -0]), new BigInt64Array([1n]), new Uint8ClampedArray([300])]],
  ['a Map in a Set', new Set([new Map<unknown, unknown>([[{ key: 1 }, new Date(0)]])])],
  ['a sparse array', Object.assign([, 1, , 2, ,], {})],
  ['an object without prototype', Object.assign(Object.create(null) as object, { a: { b: 1 } })],
  ['URLs', [new URL('https://user@example.org:81/a?b=c#d'), new URLSearchParams([['a', '1'], ['a', '2']])]],
  ['fs.Stats', fs.statSync('.')],
  ['fs.BigIntStats', fs.statSync('.', { bigint: true })],
  ['fs.Dirents', fs.readdirSync('.', { withFileTypes: true })],
  ['a RegExp and its matches', [/a+/giu, 'abc'.match(/b(?<rest>c)/)]],
])('%s', async (_, value) => {
  assert.deepStrictEqual(await pool.submit(same, value), value);
});

test('views on the same memory go on sharing it, in both directions, and identity is kept', async () => {
  const memory = new ArrayBuffer(16);
  const views = { bytes: new Uint8Array(memory), numbers: new DataView(memory, 8), memory };
  expect(await pool.submit(({ bytes, numbers }: typeof views) => {
    bytes[8] = 7;
    return numbers.getUint8(0);
  }, views)).toBe(7);
  const back = await pool.submit((value: typeof views) => value, views);
  expect([back.bytes.buffer === back.memory, back.numbers.buffer === back.memory, back.numbers.byteOffset]).toEqual([true, true, 8]);
  const ring: { self?: unknown } = {};
  ring.self = ring;
  const [one, other] = (await pool.submit(same, [ring, ring])) as [typeof ring, typeof ring];
  expect([one === other, one.self === one]).toEqual([true, true]);
});

describe('what belongs to one process is refused by its name', () => {
  const { port1, port2 } = new MessageChannel();
  afterAll(() => {
    port1.close();
    port2.close();
  });
  const values: [string, () => unknown][] = [
    ['memory that threads share', () => new SharedArrayBuffer(1)],
    ['memory that threads share', () => new Int32Array(new SharedArrayBuffer(4))],
    ['memory that threads share', () => Buffer.from(new SharedArrayBuffer(4))],
    ['a Blob', () => new Blob(['text'])],
    ['a SecretKeyObject', () => createSecretKey(Buffer.from('secret'))],
    ['a PublicKeyObject', () => generateKeyPairSync('ed25519').publicKey],
    ['a BlockList', () => new BlockList()],
    ['a MessagePort', () => port1],
    ['a ReadableStream', () => new ReadableStream()],
  ];

  test.each(values)('%s, as an argument', async (what, make) => {
    await expect(pool.submit(same, { list: [make()] })).rejects.toThrow(new RegExp(`^args\\[0\\]\\.list\\[0\\] is ${what}, and what belongs to one process cannot cross to a worker: .*use a ThreadPoolExecutor$`));
  });

  test.each<[string, () => unknown]>([
    ['memory that threads share', () => new SharedArrayBuffer(1)],
    ['a Blob', () => new Blob(['text'])],
    ['a SecretKeyObject', () => process.getBuiltinModule('node:crypto').createSecretKey(Buffer.from('secret'))],
    ['a MessagePort', () => new MessageChannel().port1],
    ['a ReadableStream', () => new ReadableStream()],
  ])('%s, as a result', async (what, make) => {
    const error: unknown = await pool.submit((source: string) => ({ it: (new Function('process', `return (${source})()`) as (p: typeof process) => unknown)(process) }), String(make)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UncloneableError);
    expect((error as Error).message).toMatch(new RegExp(`^result\\.it is ${what}, and what belongs to one process cannot cross back from a worker: `));
    expect(await pool.submit(same, 1)).toBe(1);
  });

  test('a port that is listed in transfer: it is told that it cannot be, and stays as it is', async () => {
    await expect(pool.run({ fn: same, args: [port2], transfer: [port2] })).rejects.toThrow(/^args\[0\] is a MessagePort, and what belongs to one process cannot cross to a worker: send the data/);
    port2.postMessage('still here');
  });

  test('what is left on an error: left out', async () => {
    const error: unknown = await pool.submit(() => { throw Object.assign(new Error('e'), { code: 1, memory: new SharedArrayBuffer(1), blob: new Blob([]) }); }).catch((thrown: unknown) => thrown);
    expect({ ...(error as object) }).toEqual({ code: 1 });
  });
});

describe('transfer', () => {
  test('copies, and detaches what is here, as a thread would', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    expect(await pool.run({ fn: (moved: Uint8Array) => moved.length, args: [bytes], transfer: [bytes.buffer] })).toBe(3);
    expect(bytes.length).toBe(0);
    await expect(pool.submit(same, bytes)).rejects.toThrow('whose memory was moved away before');
  });

  test('of what is not among the arguments does nothing', async () => {
    const memory = new ArrayBuffer(8);
    expect(await pool.run({ fn: same, args: [1], transfer: [memory] })).toBe(1);
    expect(memory.byteLength).toBe(8);
  });

  test('of many at once, each of which is here no longer and in a worker once', async () => {
    const two = new ProcessPoolExecutor({ maxWorkers: 2 });
    const buffers = Array.from({ length: 20 }, (_, n) => new Uint8Array(1000).fill(n));
    const sums = await Promise.all(buffers.map((bytes) => two.run({ fn: (moved: Uint8Array) => moved.reduce((sum, byte) => sum + byte, 0), args: [bytes], transfer: [bytes.buffer] })));
    expect(sums).toEqual(buffers.map((_, n) => n * 1000));
    expect(buffers.every(({ length }) => length === 0)).toBe(true);
    await two.shutdown();
  });
});

test('large values', async () => {
  const large = Buffer.alloc(30_000_000, 1);
  const back = (await pool.submit(same, large)) as Buffer;
  expect(back.equals(large)).toBe(true);
});

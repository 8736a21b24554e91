import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { InlineExecutor, offloadable, ProcessPoolExecutor, UncloneableError } from 'eslint-plugin-offload/runtime';
import { describe, expect, test } from 'vitest';
import { byDefault, fixture, runNode } from './child-node.js';
import { poolOf, pools, until } from './pools.js';

const double = (n: number) => n * 2;

async function collected<T>(results: AsyncIterable<T>): Promise<{ results: T[]; error?: unknown }> {
  const all: T[] = [];
  try {
    for await (const result of results) all.push(result);
    return { results: all };
  } catch (error) {
    return { results: all, error };
  }
}

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index);

describe.each(pools)('map in chunks over %s', (kind, Pool) => {
  test.each([1, 2, 3, 7, 10, 100])('gives what it gives without, in the same order: %i a chunk', async (chunkSize) => {
    const pool = poolOf(Pool, 2);
    expect(await collected(pool.map(double, upTo(10), { chunkSize }))).toEqual({ results: upTo(10).map(double) });
    expect(await collected(pool.map(double, [], { chunkSize }))).toEqual({ results: [] });
    expect(await collected(pool.map(async (n: number) => (await null, [n]), new Set([1, 2]), { chunkSize }))).toEqual({ results: [[1], [2]] });
    expect(pool.stats.completed).toBe(Math.ceil(10 / chunkSize) + Math.ceil(2 / chunkSize));
  });

  test('the items of a chunk run one after the other', async () => {
    const pool = poolOf(Pool, 1);
    const alone = async (n: number) => {
      const shared = globalThis as { busy?: boolean };
      if (shared.busy) throw new Error('two at a time');
      shared.busy = true;
      await new Promise((resolve) => setTimeout(resolve, 1));
      shared.busy = false;
      return n;
    };
    expect(await collected(pool.map(alone, upTo(6), { chunkSize: 3 }))).toEqual({ results: upTo(6) });
  });

  test('an error in the middle of a chunk ends it where it stands in the order, as itself and with the frames of the task', async () => {
    const pool = poolOf(Pool, 2);
    const { results, error } = await collected(pool.map(function checked(n: number) { if (n === 4) throw Object.assign(new RangeError('four'), { n }); return n; }, upTo(9), { chunkSize: 3 }));
    expect(results).toEqual([0, 1, 2, 3]);
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ message: 'four', n: 4 });
    expect((error as Error).stack).toMatch(/^RangeError: four\n {4}at (?:Object\.)?checked /);
    expect((error as Error).stack).not.toContain('[worker eval]');
    expect(await pool.submit(double, 2)).toBe(4);
  });

  test.each([[undefined], [null], ['text'], [{ reason: 'plain' }]])('%j, thrown, is what is thrown', async (value) => {
    const { results, error } = await collected(poolOf(Pool, 1).map((item: unknown) => { if (item !== 1) throw item; return item; }, [1, value, 1], { chunkSize: 3 }));
    expect([results, error]).toEqual([[1], value]);
  });

  test.each<[string, () => unknown]>([
    ['a result that cannot cross', () => ({ each: () => 1 })],
    ['a result that cannot cross, the first of all', () => Symbol('s')],
    ['something thrown that cannot cross', () => { throw Symbol('s'); }],
  ])('%s: the same error as without, and the results before it', async (_, fn) => {
    const pool = poolOf(Pool, 1);
    const at = 3;
    const either = new Function('item', `return item === ${at} ? (${String(fn)})() : Buffer.alloc(item, item)`) as (item: number) => unknown;
    const alone = await collected(pool.map(either, upTo(6)));
    const inChunks = await collected(pool.map(either, upTo(6), { chunkSize: 6 }));
    expect(inChunks.results).toEqual(upTo(at).map((n) => Buffer.alloc(n, n)));
    expect(inChunks.error).toBeInstanceOf(UncloneableError);
    expect((inChunks.error as Error).message).toBe((alone.error as Error).message);
  });

  test('an argument that cannot cross', async () => {
    const { results, error } = await collected(poolOf(Pool, 1).map((item: unknown) => item, [1, 2, () => 1, 4], { chunkSize: 2 }));
    expect(results).toEqual([1, 2]);
    expect(error).toBeInstanceOf(UncloneableError);
  });

  test('takes no more than is under way from an endless iterable, and closes it when the loop is left', async () => {
    const pool = poolOf(Pool, 2);
    let taken = 0;
    let closed = 0;
    async function* endless() {
      try {
        for (;;) yield taken++;
      } finally {
        closed++;
      }
    }
    const results: number[] = [];
    for await (const result of pool.map(double, endless(), { concurrency: 2, chunkSize: 3 })) {
      results.push(result);
      expect(taken).toBeLessThanOrEqual(results.length + 3 * 3);
      if (results.length === 10) break;
    }
    expect(results).toEqual(upTo(10).map(double));
    expect(closed).toBe(1);
    await until(() => pool.stats.queued + pool.stats.running === 0);
  });

  test('an abort ends it, and what runs of it', async () => {
    const pool = poolOf(Pool, 1);
    const controller = new AbortController();
    const running = collected(pool.map((n: number) => { if (n === 3) for (;;); return n; }, upTo(6), { signal: controller.signal, chunkSize: 2 }));
    await until(() => pool.stats.completed === 1 && pool.stats.running === 1);
    controller.abort('enough');
    expect(await running).toEqual({ results: [0, 1], error: 'enough' });
    expect(await collected(pool.map(double, [1, 2], { signal: AbortSignal.abort('before'), chunkSize: 2 }))).toEqual({ results: [], error: 'before' });
    expect(await pool.submit(double, 2)).toBe(4);
  });

  test('a worker that dies in the middle of a chunk takes the chunk with it', async () => {
    const pool = poolOf(Pool, 1);
    const { results, error } = await collected(pool.map((n: number) => (n === 3 ? process.exit(4) : n), upTo(6), { chunkSize: 2 }));
    expect(results).toEqual([0, 1]);
    expect(error).toMatchObject({ name: 'WorkerDiedError', exitCode: 4 });
  });

  test('an iterable that throws ends it, with its own error', async () => {
    function* broken() {
      yield* [1, 2];
      throw new RangeError('no more');
    }
    const { error } = await collected(poolOf(Pool, 1).map(double, broken(), { chunkSize: 2, concurrency: 1 }));
    expect(error).toEqual(new RangeError('no more'));
  });

  test("Node's own functions, with what stands before their dot", async () => {
    const pool = poolOf(Pool, 2);
    expect(await collected(pool.map(JSON.parse as (text: string) => unknown, ['1', '[2]', '{"a":3}'], { chunkSize: 2 }))).toEqual({ results: [1, [2], { a: 3 }] });
    const { error } = await collected(pool.map(JSON.parse as (text: string) => unknown, ['1', '{'], { chunkSize: 2 }));
    expect(error).toBeInstanceOf(SyntaxError);
  });

  test('registered functions, and source that imports what lies beside the caller', async () => {
    const program = `
      import { getDefaultExecutor, offloadable } from 'eslint-plugin-offload/runtime';
      import { greet } from './chunked-greeting.mjs';
      const pool = getDefaultExecutor();
      for await (const text of pool.map(greet, ['a', 'b', 'c'], { chunkSize: 2 })) console.log(text);
      const length = async (text) => (await import('./chunked-greeting.mjs')).greeting.length + text.length;
      for await (const n of pool.map(length, ['a', 'bb', 'ccc'], { chunkSize: 2 })) console.log(n);`;
    expect(await runNode([...byDefault(kind), '--input-type=module', '-e', program])).toMatchObject({ stdout: 'hello a\nhello b\nhello c\n6\n7\n8\n', stderr: '' });
    expect(await runNode([...byDefault(kind), fileURLToPath(fixture('chunks.mjs'))])).toMatchObject({ stdout: 'hello a\nhello b\n6\n7\n', stderr: '' });
  });

  test('a function that no worker could run is refused as it is without', async () => {
    const pool = poolOf(Pool, 1);
    for (const chunkSize of [1, 2]) {
      expect((await collected(pool.map(function* () {} as never, [1, 2], { chunkSize }))).error).toMatchObject({ name: 'TaskReferenceError' });
      expect((await collected(pool.map('text' as never, [1, 2], { chunkSize }))).error).toMatchObject({ message: 'The task must be a function, not string.' });
      expect((await collected(pool.map(() => unknownVariable, [1, 2], { chunkSize }))).error).toMatchObject({ name: 'ReferenceError', message: expect.stringContaining('is not defined in the worker') as string });
    }
  });
});

declare const unknownVariable: number;

test('descriptors are refused in a chunk as they are alone', async () => {
  const { closeSync, existsSync, readFileSync } = await import('node:fs');
  const pool = poolOf(ProcessPoolExecutor, 1);
  for (const chunkSize of [1, 2]) {
    expect((await collected(pool.map(closeSync, [900, 901], { chunkSize }))).error).toMatchObject({ name: 'TaskReferenceError', message: expect.stringContaining('`fs.closeSync` gives or takes a file descriptor') as string });
    expect((await collected(pool.map(readFileSync as (path: string | number) => Buffer, [0, '/'], { chunkSize }))).error).toMatchObject({ name: 'TaskReferenceError' });
    expect(await collected(pool.map(existsSync, ['/', '/not/there'], { chunkSize }))).toEqual({ results: [true, false] });
  }
});

test('an InlineExecutor does the same in place', async () => {
  const executor = new InlineExecutor();
  const results = { each: () => 1 };
  expect(await collected(executor.map((n: number) => { if (n === 2) throw results; return n; }, upTo(5), { chunkSize: 4 }))).toEqual({ results: [0, 1], error: results });
  const { hash } = offloadable(import.meta.url, { hash: (text: string) => createHash('sha256').update(text).digest('hex').length });
  expect(await collected(executor.map(hash, ['a', 'b'], { chunkSize: 2 }))).toEqual({ results: [64, 64] });
});

test.each([[0], [1.5], ['2'], [Infinity]])('chunkSize %j is refused', async (chunkSize) => {
  expect((await collected(new InlineExecutor().map(double, [1], { chunkSize: chunkSize as number }))).error).toMatchObject({ name: 'RangeError', message: `chunkSize must be a whole number from 1, not ${chunkSize}.` });
});

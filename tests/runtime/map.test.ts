import { fileURLToPath } from 'node:url';
import { InlineExecutor } from 'eslint-plugin-offload/runtime';
import { describe, expect, test } from 'vitest';
import { byDefault, fixture, runNode } from './child-node.js';
import { pools } from './pools.js';

const double = (x: number) => x * 2;

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe.each(pools)('map over %s', (kind, Pool) => {
  test('gives results in the order of the items, whichever is done first', async () => {
    await using pool = new Pool({ maxWorkers: 3 });
    const slower = async (n: number) => (await new Promise((resolve) => setTimeout(resolve, (5 - n) * 4)), n);
    expect(await collected(pool.map(slower, [0, 1, 2, 3, 4, 5]))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await collected(new InlineExecutor().map(double, new Set([1, 2])))).toEqual([2, 4]);
    expect(await collected(pool.map(double, []))).toEqual([]);
  });

  test('takes no more items than are under way, so they may be without end, and asynchronous', async () => {
    await using pool = new Pool({ maxWorkers: 2 });
    let taken = 0;
    let closed = false;
    async function* endless() {
      try {
        for (;;) yield taken++;
      } finally {
        closed = true;
      }
    }
    const results: number[] = [];
    for await (const result of pool.map(double, endless(), { concurrency: 4 })) {
      results.push(result);
      expect(taken).toBeLessThanOrEqual(results.length + 4);
      if (results.length === 10) break;
    }
    expect(results).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
    expect(closed).toBe(true);
  });

  test('an error ends it where it stands in the order', async () => {
    await using pool = new Pool({ maxWorkers: 2 });
    const results: number[] = [];
    await expect(
      (async () => {
        for await (const result of pool.map((n: number) => { if (n === 2) throw new RangeError('two'); return n; }, [0, 1, 2, 3, 4])) results.push(result);
      })(),
    ).rejects.toThrow(new RangeError('two'));
    expect(results).toEqual([0, 1]);
  });

  test('source in it imports what lies beside the caller', async () => {
    expect(await runNode([...byDefault(kind), fileURLToPath(fixture('map-imports.mjs'))])).toMatchObject({ stdout: '6\n7\n', stderr: '' });
  });

  test('a signal stops it', async () => {
    await using pool = new Pool({ maxWorkers: 1 });
    const controller = new AbortController();
    const running = collected(pool.map((n: number) => { if (n === 1) for (;;); return n; }, [0, 1, 2], { signal: controller.signal }));
    setTimeout(() => controller.abort('enough'), 20);
    await expect(running).rejects.toBe('enough');
    await expect(collected(pool.map(double, [1], { signal: AbortSignal.abort('before') }))).rejects.toBe('before');
  });

  test.each([[0], [1.5], ['2']])('concurrency %j is refused', async (concurrency) => {
    await expect(collected(new InlineExecutor().map(double, [1], { concurrency: concurrency as number }))).rejects.toThrow('concurrency must be a whole number from 1, not ');
  });
});

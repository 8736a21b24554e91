import { inspect } from 'node:util';
import { type ExecutorStats, InlineExecutor, type TimeHistogram } from 'eslint-plugin-offload/runtime';
import { describe, expect, test } from 'vitest';
import { poolOf, pools } from './pools.js';

const rest = (ms: number) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return ms;
};
const figures = ['count', 'max', 'mean', 'min', 'p50', 'p75', 'p90', 'p99', 'p99_9', 'stddev'];
const none: TimeHistogram = { count: 0, min: 0, mean: 0, stddev: 0, p50: 0, p75: 0, p90: 0, p99: 0, p99_9: 0, max: 0 };

function expectOrdered({ min, mean, p50, p75, p90, p99, p99_9, max }: TimeHistogram): void {
  const ascending = [0, min, p50, p75, p90, p99, p99_9];
  expect(ascending).toEqual(ascending.toSorted((x, y) => x - y));
  // The histogram rounds a percentile up to the end of its bucket.
  expect(p99_9).toBeLessThanOrEqual(max * 1.01);
  expect(mean).toBeGreaterThanOrEqual(min);
  expect(mean).toBeLessThanOrEqual(max * 1.01);
}

describe.each(pools)('how long tasks of %s wait and run', (_kind, Pool) => {
  test('is nothing before there was one', () => {
    expect(poolOf(Pool, 1).stats).toMatchObject({ waitTime: none, runTime: none });
  });

  test('is told in milliseconds, of all that a worker ran to their end', async () => {
    const pool = poolOf(Pool, 1);
    const tasks = [pool.submit(rest, 60), pool.submit(rest, 60), pool.submit(() => { throw new Error('failed'); })];
    await Promise.allSettled(tasks);
    const { waitTime, runTime } = pool.stats;
    expect([waitTime.count, runTime.count]).toEqual([3, 3]);
    // A wait of 60 ms takes no less, and each of the others waits for those in front.
    expect(runTime.max).toBeGreaterThan(59);
    expect(waitTime.max).toBeGreaterThan(2 * 59);
    expect(runTime.min).toBeLessThan(runTime.max);
    expectOrdered(waitTime);
    expectOrdered(runTime);
  });

  test('does not count what was aborted, refused or never run', async () => {
    const pool = poolOf(Pool, 1);
    await pool.submit(rest, 1);
    await expect(pool.run({ fn: () => { for (;;); }, args: [], timeout: 50 })).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(pool.submit(() => process.exit(1))).rejects.toMatchObject({ name: 'WorkerDiedError' });
    await expect(pool.run({ fn: rest, args: [1], signal: AbortSignal.abort('before') })).rejects.toBe('before');
    await expect(pool.submit(function* () {})).rejects.toMatchObject({ name: 'TaskReferenceError' });
    expect(pool.stats).toMatchObject({ completed: 1, waitTime: { count: 1 }, runTime: { count: 1 } });
  });

  test('is never less than nothing, and counts each of many', async () => {
    const pool = poolOf(Pool, 2);
    for (let round = 0; round < 10; round++) {
      await Promise.all(Array.from({ length: 60 }, (_, n) => pool.submit((x: number) => x, n)));
      for (let n = 0; n < 20; n++) await pool.submit((x: number) => x, n);
    }
    const { waitTime, runTime } = pool.stats;
    expect([waitTime.count, runTime.count]).toEqual([800, 800]);
    expect(waitTime.min).toBeGreaterThan(0);
    expect(runTime.min).toBeGreaterThan(0);
    expectOrdered(waitTime);
    expectOrdered(runTime);
  });

  test('is plain data of that moment, which can be cloned and printed', async () => {
    const pool = poolOf(Pool, 1);
    await pool.submit(rest, 1);
    const before = pool.stats;
    const copy = structuredClone(before);
    await pool.submit(rest, 2);
    expect(before).toEqual(copy);
    expect(JSON.parse(JSON.stringify(before))).toEqual(copy);
    expect(inspect(before)).toContain('p99_9');
    expect(Object.keys(before.waitTime).toSorted()).toEqual(figures);
    expect(Object.values(before.runTime).every(Number.isFinite)).toBe(true);
    expect(pool.stats.runTime.count).toBe(2);
  });
});

test('of an InlineExecutor: none waits', async () => {
  const executor = new InlineExecutor();
  await executor.submit(rest, 5);
  await executor.submit(async () => new Promise((resolve) => setTimeout(resolve, 5)));
  const { waitTime, runTime }: ExecutorStats = executor.stats;
  expect([waitTime.count, runTime.count]).toEqual([2, 2]);
  expect(runTime.max).toBeGreaterThan(4);
});

import { describe, expect, test } from 'vitest';
import { type Pool as AnyPool, pools, untilRunning } from './pools.js';

const rest = (ms: number) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return ms;
};

describe.each(pools)('shutdown of %s', (_kind, Pool) => {
  test('finishes what was submitted, then ends the workers', async () => {
    const pool = new Pool({ maxWorkers: 1 });
    const tasks = [1, 2, 3].map((ms) => pool.submit(rest, ms));
    await pool.shutdown();
    expect(pool.stats).toMatchObject({ queued: 0, running: 0, completed: 3, failed: 0, workers: 0 });
    expect(await Promise.all(tasks)).toEqual([1, 2, 3]);
  });

  test('rejects what is submitted afterwards', async () => {
    const pool = new Pool();
    const closed = pool.shutdown();
    await expect(pool.submit(rest, 1)).rejects.toMatchObject({ name: 'ShutdownError', code: 'ERR_OFFLOAD_SHUTDOWN' });
    await closed;
    await expect(pool.submit(rest, 1)).rejects.toMatchObject({ name: 'ShutdownError' });
  });

  test('cancelPending: drops what has not begun, and finishes what has', async () => {
    const pool = new Pool({ maxWorkers: 1 });
    await pool.submit(rest, 1);
    const tasks = [50, 6, 7].map((ms) => pool.submit(rest, ms));
    const outcomes = Promise.allSettled(tasks);
    await untilRunning(pool);
    await pool.shutdown({ cancelPending: true });
    expect(await outcomes).toMatchObject([{ value: 50 }, { reason: { name: 'ShutdownError' } }, { reason: { name: 'ShutdownError' } }]);
  });

  test('wait: false resolves at once, and the tasks go on', async () => {
    const pool = new Pool({ maxWorkers: 1 });
    const task = pool.submit(rest, 10);
    await pool.shutdown({ wait: false });
    expect(pool.stats.completed).toBe(0);
    expect(await task).toBe(10);
  });

  test('twice, and on one that was never used', async () => {
    const pool = new Pool();
    await Promise.all([pool.shutdown(), pool.shutdown()]);
    await pool.shutdown({ cancelPending: true });
  });

  test('a second one may drop what the first would have waited for', async () => {
    const pool = new Pool({ maxWorkers: 1 });
    await pool.submit(rest, 1);
    const outcomes = Promise.allSettled([pool.submit(rest, 50), pool.submit(rest, 1)]);
    await untilRunning(pool);
    const first = pool.shutdown();
    await pool.shutdown({ cancelPending: true });
    await first;
    expect(await outcomes).toMatchObject([{ value: 50 }, { reason: { name: 'ShutdownError' } }]);
  });

  test('does not wait for an aborted task whose code goes on', async () => {
    const pool = new Pool({ maxWorkers: 1 });
    const controller = new AbortController();
    const task = pool.run({ fn: rest, args: [1500], signal: controller.signal });
    await untilRunning(pool);
    controller.abort('enough');
    await expect(task).rejects.toBe('enough');
    await pool.shutdown();
  });

  test('of minWorkers that are still starting', async () => {
    const pool = new Pool({ minWorkers: 2 });
    await pool.shutdown();
    expect(pool.stats.workers).toBe(0);
  });

  test('ends workers in which a task has left something running', async () => {
    const pool = new Pool();
    await pool.submit(() => void setInterval(() => {}, 1));
    await pool.shutdown();
    const stuck = new Pool();
    await stuck.submit(() => void setImmediate(() => { for (;;); }));
    await stuck.shutdown();
  });

  test('await using', async () => {
    let pool: AnyPool;
    {
      await using inner = new Pool();
      pool = inner;
      void pool.submit(rest, 1);
    }
    expect(pool.stats).toMatchObject({ completed: 1, workers: 0 });
  });
});

import childProcess from 'node:child_process';
import { offload } from 'eslint-plugin-offload/runtime';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hold, newGate, pools } from './pools.js';

const double = (n: number) => n * 2;

/** All that there is to fake; `nextTick` and `queueMicrotask` are what Node's own code runs on, and are left alone by default. */
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate', 'Date', 'performance', 'hrtime'] }));
afterEach(() => void vi.useRealTimers());

describe.each(pools)('fake timers in the program do not concern %s', (_kind, Pool) => {
  test('tasks run, time out, and are aborted', async () => {
    const pool = new Pool({ maxWorkers: 2 });
    expect(await Promise.all([1, 2, 3].map((n) => pool.submit(double, n)))).toEqual([2, 4, 6]);
    await expect(offload.with({ executor: pool, timeout: 30 })(hold, newGate())).rejects.toMatchObject({ name: 'TimeoutError' });
    const controller = new AbortController();
    const running = offload.with({ executor: pool, signal: controller.signal })(hold, newGate());
    controller.abort('enough');
    await expect(running).rejects.toBe('enough');
    const { waitTime, runTime } = pool.stats;
    expect([waitTime.count, runTime.count]).toEqual([3, 3]);
    expect(runTime.min).toBeGreaterThan(0);
    await pool.shutdown();
  });

  test('idle workers are let go', async () => {
    const pool = new Pool({ idleTimeout: 1 });
    await pool.submit(double, 1);
    // Real time passes in another pool.
    const other = new Pool({ maxWorkers: 1 });
    while (pool.stats.workers > 0) await other.submit(() => new Promise((resolve) => { setTimeout(resolve, 5); }));
    await other.shutdown();
  });

  test('a worker that does not leave is ended', async () => {
    const pool = new Pool();
    await pool.submit(() => void setImmediate(() => { for (;;); }));
    await pool.shutdown();
    expect(pool.stats.workers).toBe(0);
  });

  test('a child of an aborted task is ended', async () => {
    const pool = new Pool();
    await expect(offload.with({ executor: pool, timeout: 200 })(childProcess.execSync, 'sleep 1000')).rejects.toMatchObject({ name: 'TimeoutError' });
    await pool.shutdown();
  });
});

describe.each(pools)('fake timers in a task do not concern %s', (_kind, Pool) => {
  test('its worker goes on', async () => {
    const pool = new Pool({ maxWorkers: 1 });
    await pool.submit(() => {
      const never = () => { throw new Error('faked'); };
      Object.assign(globalThis, { setTimeout: never, setImmediate: never, setInterval: never, clearTimeout: never, queueMicrotask: never });
      Object.defineProperty(globalThis, 'performance', { value: { now: never } });
      Object.assign(process.getBuiltinModule('node:timers'), { setTimeout: never, setImmediate: never });
      Object.assign(process, { hrtime: never });
      Date.now = never;
    });
    for (let n = 0; n < 20; n++) expect(await pool.submit(async (x: number) => x, n)).toBe(n);
    expect(await Promise.all(Array.from({ length: 50 }, (_, n) => pool.submit(double, n)))).toHaveLength(50);
    await pool.shutdown();
  });
});

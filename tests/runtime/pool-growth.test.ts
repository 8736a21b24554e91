import { existsSync } from 'node:fs';
import os from 'node:os';
import { getDefaultExecutor, type PoolOptions, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hold, newGate, open, type Pool as AnyPool, poolOf, pools, until } from './pools.js';

/** Which worker it is. */
const worker = () => `${process.pid} ${process.getBuiltinModule('node:worker_threads').threadId}`;

describe.each(pools)('%s', (_kind, Pool) => {
  function pool(options: PoolOptions): AnyPool {
    const made = new Pool(options);
    onTestFinished(() => made.shutdown({ cancelPending: true }));
    return made;
  }

  describe('workers are started when there is need', () => {
    test('none before the first task, one for tasks that follow each other', async () => {
      const executor = pool({});
      expect(executor.stats.workers).toBe(0);
      const ids = new Set<string>();
      for (let i = 0; i < 10; i++) ids.add(await executor.submit(worker));
      expect(ids.size).toBe(1);
      expect(executor.stats).toMatchObject({ queued: 0, running: 0, completed: 10, failed: 0, workers: 1 });
    });

    test('one more for each task that finds none idle, up to maxWorkers', async () => {
      const executor = pool({ maxWorkers: 3 });
      const gate = newGate();
      const tasks = Array.from({ length: 5 }, () => executor.submit(hold, gate));
      await until(() => executor.stats.running === 3);
      expect(executor.stats).toMatchObject({ workers: 3, queued: 2 });
      open(gate);
      await Promise.all(tasks);
      expect(executor.stats).toMatchObject({ workers: 3, queued: 0, running: 0, completed: 5 });
    });

    test('a slow task delays none behind it while another worker can be had', async () => {
      const executor = pool({ maxWorkers: 2 });
      const gate = newGate();
      const slow = executor.submit(hold, gate);
      expect(await Promise.all(Array.from({ length: 100 }, (_, i) => executor.submit((n: number) => n, i)))).toHaveLength(100);
      open(gate);
      await slow;
    });

    test('minWorkers are started at once, and kept', async () => {
      const executor = pool({ minWorkers: 2, idleTimeout: 1 });
      expect(executor.stats.workers).toBe(2);
      const gate = newGate();
      const tasks = Array.from({ length: 4 }, () => executor.submit(hold, gate));
      await until(() => executor.stats.running === 4);
      open(gate);
      await Promise.all(tasks);
      await until(() => executor.stats.workers === 2);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(executor.stats.workers).toBe(2);
    });

    test('as many as in Python by default', async () => {
      const executor = pool({});
      const gate = newGate();
      const most = Math.min(32, os.availableParallelism() + 4);
      const tasks = Array.from({ length: most + 1 }, () => executor.submit(hold, gate));
      await until(() => executor.stats.running === most);
      expect(executor.stats).toMatchObject({ workers: most, queued: 1 });
      open(gate);
      await Promise.all(tasks);
    });
  });

  describe('workers are let go when idle', () => {
    test('after idleTimeout, and a new one is started for the next task', async () => {
      const executor = pool({ idleTimeout: 5 });
      const first = await executor.submit(worker);
      await until(() => executor.stats.workers === 0);
      expect(await executor.submit(worker)).not.toBe(first);
    });

    test('while tasks come in: none is lost', async () => {
      const executor = pool({ idleTimeout: 0, maxWorkers: 4 });
      for (let i = 0; i < 60; i++) {
        const numbers = await Promise.all(Array.from({ length: i % 6 }, (_, n) => executor.submit((x: number) => x, n)));
        expect(numbers).toHaveLength(i % 6);
        if (i % 3 === 0) await new Promise((resolve) => setTimeout(resolve, i % 4));
      }
      expect(executor.stats).toMatchObject({ failed: 0, queued: 0, running: 0 });
    });

    test('what listens for the exit of a worker is told', async () => {
      const executor = pool({ idleTimeout: 1 });
      const told = newGate();
      await executor.submit((file: string) => void process.on('exit', () => { process.getBuiltinModule('node:fs').writeFileSync(file, ''); }), told);
      await until(() => existsSync(told));
    });
  });

  test('maxQueue: one task too many is rejected, and there is room again afterwards', async () => {
    const executor = pool({ maxWorkers: 1, maxQueue: 1 });
    const gate = newGate();
    const accepted = [executor.submit(hold, gate), executor.submit(hold, gate)];
    await expect(executor.submit(hold, gate)).rejects.toMatchObject({ name: 'QueueFullError', code: 'ERR_OFFLOAD_QUEUE_FULL', message: 'All 1 workers are busy and 1 tasks wait, as many as maxQueue allows. Wait for drained() before you submit more.' });
    open(gate);
    await Promise.all(accepted);
    expect(await executor.submit((x: number) => x, 1)).toBe(1);
  });
});

test('workers have the name of their pool', async () => {
  const name = () => (require('node:worker_threads') as { threadName?: string }).threadName ?? 'unknown to this Node';
  expect(['images', 'unknown to this Node']).toContain(await poolOf(ThreadPoolExecutor, 1, { name: 'images' }).submit(name));
});

test('the default executor is one, made when it is asked for', () => {
  expect(getDefaultExecutor()).toBe(getDefaultExecutor());
  expect(getDefaultExecutor()).toBeInstanceOf(ThreadPoolExecutor);
});

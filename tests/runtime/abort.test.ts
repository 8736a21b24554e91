import childProcess from 'node:child_process';
import { getEventListeners } from 'node:events';
import fs from 'node:fs';
import { offload } from 'eslint-plugin-offload/runtime';
import { describe, expect, onTestFinished, test } from 'vitest';
import { poolOf, pools, untilRunning } from './pools.js';

const loop = () => {
  for (;;);
};
const double = (x: number) => x * 2;

/** Opening a pipe for writing without waiting fails for as long as nobody reads it. */
async function openOnceRead(pipe: string): Promise<number> {
  for (;;) {
    try {
      return fs.openSync(pipe, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

describe.each(pools)('%s', (_kind, Pool) => {
  describe('an abort rejects with the reason of the signal', () => {
    test('before: nothing is submitted', async () => {
      const pool = poolOf(Pool, 1);
      const reason = new Error('not now');
      await expect(offload.with({ executor: pool, signal: AbortSignal.abort(reason) })(double, 1)).rejects.toBe(reason);
      expect(pool.stats).toMatchObject({ queued: 0, running: 0, completed: 0, failed: 0, workers: 0 });
    });

    test('while it waits: it never runs, and its neighbours do', async () => {
      const pool = poolOf(Pool, 1);
      const file = `${fs.mkdtempSync('/tmp/offload-')}/ran`;
      const controller = new AbortController();
      const first = pool.submit(double, 1);
      const second = offload.with({ executor: pool, signal: controller.signal })(fs.writeFileSync, file, 'ran');
      const third = pool.submit(double, 3);
      controller.abort('why not');
      await expect(second).rejects.toBe('why not');
      expect(await Promise.all([first, third])).toEqual([2, 6]);
      expect(fs.existsSync(file)).toBe(false);
    });

    test('while it runs: at once, and the worker is replaced', async () => {
      const pool = poolOf(Pool, 1);
      const controller = new AbortController();
      const running = offload.with({ executor: pool, signal: controller.signal })(loop);
      const queued = pool.submit(double, 2);
      await untilRunning(pool);
      controller.abort();
      await expect(running).rejects.toBe(controller.signal.reason);
      expect(await queued).toBe(4);
    });

    test('while it runs in native code, where no thread can be stopped and a process can', async () => {
      const pool = poolOf(Pool, 1);
      const controller = new AbortController();
      // A pipe that is held open to the end of the test, so that only an answer that does not wait gets there.
      const pipe = `${fs.mkdtempSync('/tmp/offload-')}/pipe`;
      childProcess.execFileSync('mkfifo', [pipe]);
      const running = offload.with({ executor: pool, signal: controller.signal })(fs.readFileSync, pipe);
      const writer = await openOnceRead(pipe);
      controller.abort();
      await expect(running).rejects.toBe(controller.signal.reason);
      expect(await pool.submit(double, 2)).toBe(4);
      expect(pool.stats).toMatchObject({ running: 0, workers: 1 });
      fs.closeSync(writer);
    });

    test('while its worker is starting', async () => {
      const pool = poolOf(Pool, 1);
      const controller = new AbortController();
      const task = offload.with({ executor: pool, signal: controller.signal })(double, 1);
      controller.abort();
      await expect(task).rejects.toBe(controller.signal.reason);
      expect(await pool.submit(double, 2)).toBe(4);
    });

    test('after it: nothing', async () => {
      const controller = new AbortController();
      const pool = poolOf(Pool, 1);
      expect(await offload.with({ executor: pool, signal: controller.signal })(double, 1)).toBe(2);
      controller.abort();
      expect(await pool.submit(double, 2)).toBe(4);
      expect(pool.stats.workers).toBe(1);
    });

    test('of AbortSignal.timeout', async () => {
      await expect(offload.with({ executor: poolOf(Pool, 1), signal: AbortSignal.timeout(20) })(loop)).rejects.toMatchObject({ name: 'TimeoutError' });
    });
  });

  describe('nothing is left behind', () => {
    test('listeners go with their tasks, and a thousand tasks on one signal have one', async () => {
      const warnings: Error[] = [];
      const listen = (warning: Error) => warnings.push(warning);
      process.on('warning', listen);
      onTestFinished(() => void process.off('warning', listen));
      const { signal } = new AbortController();
      const bound = offload.with({ executor: poolOf(Pool, 2), signal });
      const tasks = Array.from({ length: 1000 }, (_, i) => bound(double, i));
      expect(getEventListeners(signal, 'abort')).toHaveLength(1);
      await Promise.all(tasks);
      await expect(bound(() => { throw new Error('failed'); })).rejects.toThrow('failed');
      await expect(bound(function* () {})).rejects.toThrow('generator');
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
      await new Promise((resolve) => setImmediate(resolve));
      expect(warnings).toEqual([]);
    });

    test('300 tasks aborted at random moments have one outcome each, and the counts add up', async () => {
      const pool = poolOf(Pool, 3);
      let seed = 20_240_607;
      const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
      const outcomes = await Promise.allSettled(
        Array.from({ length: 300 }, async (_, i) => {
          const controller = new AbortController();
          if (i % 3 === 0) setTimeout(() => controller.abort(i), random() * 200);
          return offload.with({ executor: pool, signal: controller.signal })(
            (n: number, ms: number) => {
              for (const end = performance.now() + ms; performance.now() < end; );
              return n;
            },
            i,
            random() * 2,
          );
        }),
      );
      outcomes.forEach((outcome, i) => {
        if (outcome.status === 'fulfilled') expect(outcome.value).toBe(i);
        else expect([outcome.reason, i % 3]).toEqual([i, 0]);
      });
      const failed = outcomes.filter(({ status }) => status === 'rejected').length;
      expect(failed).toBeGreaterThan(0);
      expect(pool.stats).toMatchObject({ queued: 0, running: 0, completed: 300 - failed, failed });
    });
  });
});

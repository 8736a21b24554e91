import childProcess from 'node:child_process';
import { offload, TimeoutError } from 'eslint-plugin-offload/runtime';
import { describe, expect, test } from 'vitest';
import { poolOf, pools } from './pools.js';

const loop = () => {
  for (;;);
};

describe.each(pools)('%s', (_kind, Pool) => {
  test('a task that takes longer is rejected with a TimeoutError', async () => {
    const error: unknown = await offload.with({ executor: poolOf(Pool, 1), timeout: 20 })(loop).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ name: 'TimeoutError', code: 'ERR_OFFLOAD_TIMEOUT', timeout: 20, message: 'The task did not finish within 20 ms.' });
  });

  test('time in the queue counts', async () => {
    const pool = poolOf(Pool, 1);
    const controller = new AbortController();
    const running = offload.with({ executor: pool, signal: controller.signal })(loop);
    const queued = offload.with({ executor: pool, timeout: 100 })(() => 1);
    await expect(queued).rejects.toThrow('within 100 ms');
    controller.abort();
    await expect(running).rejects.toBe(controller.signal.reason);
    expect(pool.stats).toMatchObject({ queued: 0, running: 0, failed: 2 });
  });

  test('a task in native code is answered for before it ends', async () => {
    let ended = false;
    const child = childProcess.spawn('sleep', ['1.5']).on('exit', () => (ended = true));
    await expect(offload.with({ executor: poolOf(Pool, 1), timeout: 20 })(childProcess.execSync, 'sleep 1.5')).rejects.toBeInstanceOf(TimeoutError);
    expect(ended).toBe(false);
    child.kill();
  });

  test('a task that is quicker is not concerned, and leaves no timer', async () => {
    const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const executor = poolOf(Pool, 1);
    await executor.submit(() => 1);
    expect(await offload.with({ executor, timeout: 2 ** 31 - 1 })(() => 1)).toBe(1);
    expect(await offload.with({ executor, timeout: Infinity })(() => 1)).toBe(1);
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length).toBeLessThanOrEqual(before);
  });
});

describe('a timeout that is none', () => {
  test.each([[0], [-1], [NaN], [2 ** 31], [-Infinity]])('%d', (timeout) => {
    expect(() => offload.with({ timeout })).toThrow(new RangeError(`timeout must be a number of milliseconds above 0 and at most 2147483647, or Infinity for none, not ${timeout}.`));
  });
  test.each([['100'], [null], [{}]])('%j', (timeout) => {
    expect(() => offload.with({ timeout: timeout as never })).toThrow(TypeError);
  });
});

import { offload, ThreadPoolExecutor, type WorkerDiedError } from 'eslint-plugin-offload/runtime';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fixture, runNode } from './child-node.js';

function poolOf(maxWorkers: number, options: object = {}): ThreadPoolExecutor {
  const pool = new ThreadPoolExecutor({ maxWorkers, ...options });
  onTestFinished(() => pool.shutdown({ cancelPending: true }));
  return pool;
}

const double = (x: number) => x * 2;

describe('a worker that dies takes its task with it, says how it died, and nothing else is lost', () => {
  test.each<[string, () => unknown, object]>([
    ['process.exit()', () => process.exit(7), { exitCode: 7, message: 'The worker died before the task had finished: it exited with code 7 (process.exit() or terminate()).' }],
    [
      'an uncaught error beside the task',
      () => new Promise(() => setTimeout(() => { throw new RangeError('stray'); }, 1)),
      { exitCode: 1, message: 'The worker died before the task had finished, of an uncaught error: RangeError: stray' },
    ],
    [
      'a rejection that nobody handles',
      () => new Promise(() => void Promise.reject(new RangeError('stray'))),
      { message: 'The worker died before the task had finished, of an uncaught error: RangeError: stray' },
    ],
    ['undefined, uncaught', () => new Promise(() => setTimeout(() => { throw undefined; }, 1)), { message: expect.stringContaining('uncaught error: undefined') as string }],
  ])('%s', async (_, fn, properties) => {
    const pool = poolOf(1);
    const [died, ...others] = await Promise.allSettled([pool.submit(fn), pool.submit(double, 1), pool.submit(double, 2)]);
    expect(died).toMatchObject({ status: 'rejected', reason: { name: 'WorkerDiedError', code: 'ERR_OFFLOAD_WORKER_DIED', ...properties } });
    expect(others).toMatchObject([{ value: 2 }, { value: 4 }]);
    expect(pool.stats).toMatchObject({ completed: 2, failed: 1, queued: 0, running: 0 });
  });

  test('the uncaught error is the cause, as itself', async () => {
    const error = (await offload(() => new Promise(() => setTimeout(() => { throw Object.assign(new RangeError('stray'), { code: 'E_STRAY' }); }, 1))).catch((e: unknown) => e)) as WorkerDiedError;
    expect(error.cause).toBeInstanceOf(RangeError);
    expect(error.cause).toMatchObject({ message: 'stray', code: 'E_STRAY' });
  });

  test('out of memory under resourceLimits', async () => {
    const pool = poolOf(1, { resourceLimits: { maxOldGenerationSizeMb: 32 } });
    // Small objects: of a worker that hoards arrays, Node 24 ends the whole process, with a bare `Worker` as well.
    const hoard = () => {
      for (let kept: unknown = null; ; ) kept = { kept };
    };
    await expect(pool.submit(hoard)).rejects.toMatchObject({
      name: 'WorkerDiedError',
      message: expect.stringContaining('it ran out of memory. Raise the resourceLimits') as string,
      cause: { code: 'ERR_WORKER_OUT_OF_MEMORY' },
    });
    expect(await pool.submit(double, 2)).toBe(4);
  });

  test('a stray error after the task has ended ends the worker, and no task', async () => {
    const pool = poolOf(1);
    const leaveBomb = () => void setTimeout(() => { throw new Error('too late'); }, 5);
    for (let i = 0; i < 3; i++) {
      await pool.submit(leaveBomb);
      // Some of these are sent before the end of the worker is known here.
      for (let n = 0; n < 20; n++) expect(await pool.submit(double, n)).toBe(n * 2);
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(await pool.submit(double, 21)).toBe(42);
    }
    expect(pool.stats).toMatchObject({ failed: 0, workers: 1 });
  });

  test('process.exit() left behind by a task meets tasks that are on their way', async () => {
    const pool = poolOf(2);
    for (let i = 0; i < 20; i++) {
      const tasks = [pool.submit(() => void setImmediate(() => process.exit(0))), ...Array.from({ length: 10 }, (_, n) => pool.submit((x: number, more: Buffer) => x + more.length, n, Buffer.from('ab')))];
      const [, ...numbers] = await Promise.allSettled(tasks);
      expect(numbers.filter(({ status }) => status === 'rejected')).toEqual([]);
    }
  });
});

describe('a worker that cannot be started rejects what waits for it, and nothing loops', () => {
  test('a preloaded module that is not there', async () => {
    const pool = poolOf(2, { workerOptions: { execArgv: ['--require', '/not/there.cjs'] } });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => pool.submit(double, i)));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: { name: 'WorkerStartError', code: 'ERR_OFFLOAD_WORKER_START', message: expect.stringMatching(/No worker could be started: .*Cannot find module '\/not\/there\.cjs'/) as string } });
    }
    expect(pool.stats).toMatchObject({ workers: 0, queued: 0, failed: 20 });
    await expect(pool.submit(double, 1)).rejects.toMatchObject({ name: 'WorkerStartError' });
  });

  test('an option that Node refuses', async () => {
    const pool = poolOf(1, { workerOptions: { execArgv: ['--no-such-option'] } });
    await expect(pool.submit(double, 1)).rejects.toMatchObject({ name: 'WorkerStartError', cause: { code: 'ERR_WORKER_INVALID_EXEC_ARGV' } });
  });

  test("a module that ends the process when it is preloaded", async () => {
    const pool = poolOf(1, { workerOptions: { execArgv: ['--require', fixture('exits.cjs').pathname] } });
    await expect(pool.submit(double, 1)).rejects.toMatchObject({ name: 'WorkerStartError', message: expect.stringContaining('exited with code 5 before it was ready') as string });
  });

  test("Node's permission model", async () => {
    const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
    const { stdout, code } = await runNode([flag, '--allow-fs-read=*', '-e', "require('eslint-plugin-offload/runtime').offload(() => 1).catch((e) => console.log(e.name, e.message))"]);
    expect(stdout).toBe("WorkerStartError Worker threads are not allowed here: Node's permission model is on. Start node with --allow-worker, or run tasks on the calling thread with InlineExecutor.\n");
    expect(code).toBe(0);
  });
});

import { ProcessPoolExecutor, ThreadPoolExecutor, type WorkerDiedError } from 'eslint-plugin-offload/runtime';
import { describe, expect, test } from 'vitest';
import { fixture, runNode } from './child-node.js';
import { poolOf, pools } from './pools.js';

const double = (x: number) => x * 2;

describe.each(pools)('%s', (_kind, Pool) => {
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
      const pool = poolOf(Pool, 1);
      const [died, ...others] = await Promise.allSettled([pool.submit(fn), pool.submit(double, 1), pool.submit(double, 2)]);
      expect(died).toMatchObject({ status: 'rejected', reason: { name: 'WorkerDiedError', code: 'ERR_OFFLOAD_WORKER_DIED', ...properties } });
      expect(others).toMatchObject([{ value: 2 }, { value: 4 }]);
      expect(pool.stats).toMatchObject({ completed: 2, failed: 1, queued: 0, running: 0 });
    });

    test('the uncaught error is the cause, as itself', async () => {
      const error = (await poolOf(Pool, 1).submit(() => new Promise(() => setTimeout(() => { throw Object.assign(new RangeError('stray'), { code: 'E_STRAY' }); }, 1))).catch((e: unknown) => e)) as WorkerDiedError;
      expect(error.cause).toBeInstanceOf(RangeError);
      expect(error.cause).toMatchObject({ message: 'stray', code: 'E_STRAY' });
      // Where it was thrown, and nothing of where its death was noticed.
      expect((error.cause as Error).stack).toMatch(/worker-death/);
      expect((error.cause as Error).stack).not.toMatch(/dist.runtime/);
    });

    test('a stray error after the task has ended ends the worker, and no task', async () => {
      const pool = poolOf(Pool, 1);
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
      const pool = poolOf(Pool, 2);
      for (let i = 0; i < 20; i++) {
        const tasks = [pool.submit(() => void setImmediate(() => process.exit(0))), ...Array.from({ length: 10 }, (_, n) => pool.submit((x: number, more: Buffer) => x + more.length, n, Buffer.from('ab')))];
        const [, ...numbers] = await Promise.allSettled(tasks);
        expect(numbers.filter(({ status }) => status === 'rejected')).toEqual([]);
      }
    });
  });
});

test('out of memory under resourceLimits', async () => {
  const pool = poolOf(ThreadPoolExecutor, 1, { resourceLimits: { maxOldGenerationSizeMb: 32 } });
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

describe('a process that is ended by a signal', () => {
  const killItself = (signal: string) => new Promise(() => process.kill(process.pid, signal));

  test.each(['SIGKILL', 'SIGTERM', 'SIGABRT'] as const)('%s', async (signal) => {
    const pool = poolOf(ProcessPoolExecutor, 1);
    const [died, other] = await Promise.allSettled([pool.submit(killItself, signal), pool.submit(double, 1)]);
    expect(died).toMatchObject({ reason: { name: 'WorkerDiedError', exitCode: null, signal, message: expect.stringContaining(`its process was ended by ${signal}`) as string } });
    expect(other).toMatchObject({ value: 2 });
  });

  test('from outside, between two tasks: the next one runs in another', async () => {
    const pool = poolOf(ProcessPoolExecutor, 1);
    const pid = await pool.submit(() => process.pid);
    process.kill(pid, 'SIGKILL');
    // Sent to it, or not; if it was, nobody can tell whether it began.
    await pool.submit(double, 1).catch((error: unknown) => { expect(error).toMatchObject({ signal: 'SIGKILL' }); });
    expect(await pool.submit(() => process.pid)).not.toBe(pid);
    expect(pool.stats.workers).toBe(1);
  });

  test('that it handles', async () => {
    const pool = poolOf(ProcessPoolExecutor, 1);
    expect(await pool.submit(() => new Promise((resolve) => { process.once('SIGTERM', resolve); process.kill(process.pid, 'SIGTERM'); }))).toBe('SIGTERM');
  });
});

test('a process that closes its channel is ended, for nobody would hear of it again', async () => {
  const pool = poolOf(ProcessPoolExecutor, 1);
  const closeAll = () => {
    const fs = process.getBuiltinModule('node:fs');
    for (let descriptor = 3; descriptor < 10; descriptor++) {
      try {
        // What it is: a socket.
        if (fs.readlinkSync(`/proc/self/fd/${descriptor}`).startsWith('socket:')) fs.closeSync(descriptor);
      } catch {
        // Not open, or guarded.
      }
    }
    return new Promise(() => {});
  };
  await expect(pool.submit(closeAll)).rejects.toMatchObject({ name: 'WorkerDiedError' });
  expect(await pool.submit(double, 2)).toBe(4);
});

describe('a worker that cannot be started rejects what waits for it, and nothing loops', () => {
  test('a preloaded module that is not there', async () => {
    const pool = poolOf(ThreadPoolExecutor, 2, { workerOptions: { execArgv: ['--require', '/not/there.cjs'] } });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => pool.submit(double, i)));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: { name: 'WorkerStartError', code: 'ERR_OFFLOAD_WORKER_START', message: expect.stringMatching(/No worker could be started: .*Cannot find module '\/not\/there\.cjs'/) as string } });
    }
    expect(pool.stats).toMatchObject({ workers: 0, queued: 0, failed: 20 });
    await expect(pool.submit(double, 1)).rejects.toMatchObject({ name: 'WorkerStartError' });
  });

  test('an option that Node refuses', async () => {
    const pool = poolOf(ThreadPoolExecutor, 1, { workerOptions: { execArgv: ['--no-such-option'] } });
    await expect(pool.submit(double, 1)).rejects.toMatchObject({ name: 'WorkerStartError', cause: { code: 'ERR_WORKER_INVALID_EXEC_ARGV' } });
  });

  test("a module that ends the process when it is preloaded", async () => {
    const pool = poolOf(ThreadPoolExecutor, 1, { workerOptions: { execArgv: ['--require', fixture('exits.cjs').pathname] } });
    await expect(pool.submit(double, 1)).rejects.toMatchObject({ name: 'WorkerStartError', message: expect.stringContaining('exited with code 5 before it was ready') as string });
  });

  test('an option that Node refuses, in a process', async () => {
    const pool = poolOf(ProcessPoolExecutor, 2, { processOptions: { execArgv: ['--no-such-option'] } });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => pool.submit(double, i)));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: { name: 'WorkerStartError', message: 'No worker could be started: the worker exited with code 9 before it was ready; Node has said why on stderr: it does so for an option that it does not know' } });
    }
    expect(pool.stats).toMatchObject({ workers: 0, queued: 0, failed: 20 });
    await expect(pool.submit(double, 1)).rejects.toMatchObject({ name: 'WorkerStartError' });
  });

  test.each<[string, object, object]>([
    ['a Node that is not there', { execPath: '/not/there' }, { message: 'No worker could be started: spawn /not/there ENOENT', cause: { code: 'ENOENT' } }],
    ['a file that is no program', { execPath: fixture('exits.cjs').pathname }, { message: expect.stringContaining('EACCES') as string, cause: { code: 'EACCES' } }],
    ['a program that is no Node', { execPath: '/bin/false', execArgv: [] }, { message: expect.stringContaining('exited with code 1 before it was ready; does a module preloaded') as string }],
    ['a directory that is not there', { cwd: '/not/there' }, { message: 'No worker could be started: its working directory /not/there is not there', cause: { cause: { code: 'ENOENT' } } }],
    ['a module that ends the process when it is preloaded', { execArgv: ['--require', fixture('exits.cjs').pathname] }, { message: expect.stringContaining('exited with code 5 before it was ready') as string }],
    ['a module that kills the process when it is preloaded', { execArgv: ['--import', 'data:text/javascript,process.kill(process.pid, "SIGKILL")'] }, { message: expect.stringContaining('was ended by SIGKILL before it was ready') as string }],
  ])('in a process: %s', async (_, processOptions, reason) => {
    const pool = poolOf(ProcessPoolExecutor, 1, { processOptions });
    await expect(pool.submit(double, 1)).rejects.toMatchObject({ name: 'WorkerStartError', code: 'ERR_OFFLOAD_WORKER_START', ...reason });
    expect(pool.stats).toMatchObject({ workers: 0, queued: 0, failed: 1 });
  });

  test.each([
    ['ThreadPoolExecutor', 'Worker threads', '--allow-worker'],
    ['ProcessPoolExecutor', 'Child processes', '--allow-child-process'],
  ])("%s under Node's permission model", async (name, what, allow) => {
    const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
    const program = `const { ${name} } = require('eslint-plugin-offload/runtime'); new ${name}().submit(() => 1).then(console.log, (e) => console.log(e.name, e.message))`;
    const { stdout, code } = await runNode([flag, '--allow-fs-read=*', '-e', program]);
    expect(stdout).toBe(`WorkerStartError ${what} are not allowed here: Node's permission model is on. Start node with ${allow}, or run tasks on the calling thread with InlineExecutor.\n`);
    expect(code).toBe(0);
    expect(await runNode([flag, '--allow-fs-read=*', allow, '-e', program])).toMatchObject({ code: 0, stdout: '1\n' });
  });
});

import { fileURLToPath } from 'node:url';
import { ProcessPoolExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fixture } from './child-node.js';

function poolOf(maxWorkers: number, options: object = {}): ThreadPoolExecutor {
  const pool = new ThreadPoolExecutor({ maxWorkers, ...options });
  onTestFinished(() => pool.shutdown({ cancelPending: true }));
  return pool;
}

const double = (x: number) => x * 2;

test('the port is no longer where a task could come across it', async () => {
  const found = await poolOf(1).submit(() => Object.values(process.getBuiltinModule('node:worker_threads').workerData as object) as unknown[]);
  expect(found).toEqual([undefined]);
});

describe('what is no message of ours ends its worker, and neither this process nor another task', () => {
  const stealing = { workerOptions: { execArgv: ['--require', fileURLToPath(fixture('writes-to-port.cjs'))] } };
  const write = (message: unknown, result: unknown) => {
    (globalThis as unknown as { stolenPort: { postMessage(message: unknown): void } }).stolenPort.postMessage(message);
    return result === 'never' ? new Promise(() => {}) : result;
  };

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['text', 'look'],
    ['an object', { slot: 0 }],
    ['a list that is too short', [0, 1]],
    ['a list that is too long', [0, 1, 2, 3]],
    ['a slot that is none', ['0', 1, 'forged']],
    ['a kind that is none', [0, 77, 'forged']],
    ['a kind that is a method of lists', [0, 'constructor', 'forged']],
  ])('%s', async (_, message) => {
    const pool = poolOf(1, stealing);
    const [writes, next] = await Promise.allSettled([pool.submit(write, message, 'never'), pool.submit(double, 2)]);
    expect(writes).toMatchObject({ reason: { name: 'WorkerDiedError', message: expect.stringContaining('something that is no message of ours') as string } });
    expect(next).toMatchObject({ value: 4 });
  });

  test.each<[string, unknown]>([
    ['a slot that nobody has', [99_999, 1, 'forged']],
    ['a slot below the first', [-1, 1, 'forged']],
    ['a worker that is ready once more', [0, 0, undefined]],
    ['a number', 5],
  ])('%s means nothing, and changes nothing', async (_, message) => {
    const pool = poolOf(1, stealing);
    expect(await Promise.all([pool.submit(write, message, 'written'), pool.submit(double, 2)])).toEqual(['written', 4]);
    expect(await Promise.all([1, 2, 3].map((n) => pool.submit(double, n)))).toEqual([2, 4, 6]);
    expect(pool.stats).toEqual(expect.objectContaining({ queued: 0, running: 0, completed: 5, failed: 0, workers: 1 }));
  });
});

test('what a process says that is no message of ours means nothing, and changes nothing', async () => {
  const pool = new ProcessPoolExecutor({ maxWorkers: 1, processOptions: { execArgv: ['--require', fileURLToPath(fixture('writes-to-channel.cjs'))] } });
  const write = (result: unknown) => {
    (globalThis as unknown as { sayAll(): void }).sayAll();
    return result;
  };
  expect(await pool.submit(write, 'written')).toBe('written');
  expect(await Promise.all([1, 2, 3].map((n) => pool.submit(double, n)))).toEqual([2, 4, 6]);
  expect(pool.stats).toMatchObject({ queued: 0, running: 0, completed: 4, failed: 0, workers: 1 });
  await pool.shutdown();
});

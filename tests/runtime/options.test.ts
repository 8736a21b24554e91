import { InlineExecutor, offload, ProcessPoolExecutor, runInExecutor, setDefaultExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { describe, expect, test } from 'vitest';

describe('an option of ThreadPoolExecutor that is wrong is named when the executor is made', () => {
  test.each<[object, string]>([
    [{ maxWorkers: 0 }, 'maxWorkers must be a whole number from 1, not 0.'],
    [{ maxWorkers: 1.5 }, 'maxWorkers must be a whole number from 1, not 1.5.'],
    [{ maxWorkers: Infinity }, 'maxWorkers must be a whole number from 1, not Infinity.'],
    [{ maxWorkers: '4' }, 'maxWorkers must be a whole number from 1, not "4".'],
    [{ minWorkers: -1 }, 'minWorkers must be a whole number from 0, not -1.'],
    [{ minWorkers: 3, maxWorkers: 2 }, 'minWorkers must be at most maxWorkers (2), not 3.'],
    [{ idleTimeout: NaN }, 'idleTimeout must be a number from 0, or Infinity, not NaN.'],
    [{ idleTimeout: -1 }, 'idleTimeout must be a number from 0, or Infinity, not -1.'],
    [{ maxQueue: 0.5 }, 'maxQueue must be a whole number from 0, or Infinity, not 0.5.'],
    [{ name: 7 }, 'name must be a string, not 7.'],
    [{ resourceLimits: 64 }, 'resourceLimits must be an object, not 64.'],
    [{ resourceLimits: { maxOldGenerationSizeMb: 0 } }, 'resourceLimits.maxOldGenerationSizeMb must be a number above 0, not 0.'],
    [{ resourceLimits: { memory: 1 } }, 'resourceLimits.memory is not an option; there are maxOldGenerationSizeMb, maxYoungGenerationSizeMb, codeRangeSizeMb, stackSizeMb.'],
    [{ workerOptions: { eval: false } }, 'workerOptions.eval is not an option; there are argv, env, execArgv, stdin, stdout, stderr, trackUnmanagedFds.'],
    [{ maxThreads: 4 }, 'maxThreads is not an option; there are minWorkers, maxWorkers, idleTimeout, maxQueue, name, resourceLimits, workerOptions.'],
  ])('%j', (options, message) => {
    expect(() => new ThreadPoolExecutor(options)).toThrow(message);
  });

  test.each([[null], [4], ['4']])('%j, which is no object', (options) => {
    expect(() => new ThreadPoolExecutor(options as never)).toThrow(TypeError);
  });
});

describe('and of ProcessPoolExecutor', () => {
  test.each<[object, string]>([
    [{ maxWorkers: 0 }, 'maxWorkers must be a whole number from 1, not 0.'],
    [{ maxQueue: -1 }, 'maxQueue must be a whole number from 0, or Infinity, not -1.'],
    [{ resourceLimits: {} }, 'resourceLimits is not an option; there are minWorkers, maxWorkers, idleTimeout, maxQueue, name, processOptions.'],
    [{ processOptions: 1 }, 'processOptions must be an object, not 1.'],
    [{ processOptions: { shell: true } }, 'processOptions.shell is not an option; there are cwd, env, execArgv, execPath, uid, gid.'],
    [{ processOptions: { cwd: new URL('file:///') } }, 'processOptions.cwd must be a string, not [object URL].'],
    [{ processOptions: { execPath: 4 } }, 'processOptions.execPath must be a string, not 4.'],
    [{ processOptions: { execArgv: '--no-warnings' } }, 'processOptions.execArgv must be an array of strings, not "--no-warnings".'],
    [{ processOptions: { execArgv: ['--no-warnings', 1] } }, 'processOptions.execArgv must be an array of strings, not [object Array].'],
    [{ processOptions: { env: 'A=1' } }, 'processOptions.env must be an object, not "A=1".'],
    [{ processOptions: { env: null } }, 'processOptions.env must be an object, not null.'],
    [{ processOptions: { uid: 'nobody' } }, 'processOptions.uid must be a whole number from 0, not "nobody".'],
    [{ processOptions: { gid: -1 } }, 'processOptions.gid must be a whole number from 0, not -1.'],
  ])('%j', (options, message) => {
    expect(() => new ProcessPoolExecutor(options)).toThrow(message);
  });

  test.each([[null], [4], ['4']])('%j, which is no object', (options) => {
    expect(() => new ProcessPoolExecutor(options as never)).toThrow(TypeError);
  });
});

describe('offload.with', () => {
  test('binds options to what is the same function otherwise, and keeps those bound before', async () => {
    const executor = new InlineExecutor();
    const { signal } = new AbortController();
    const bound = offload.with({ executor }).with({ signal }).with({ timeout: 1000 });
    expect(await bound((x: number) => x, 1)).toBe(1);
    expect(executor.stats.completed).toBe(1);
  });

  test('transfer moves an argument, which the caller has no longer', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    expect(await offload.with({ transfer: [bytes.buffer] })((moved: Uint8Array) => moved.length, bytes)).toBe(3);
    expect(bytes.length).toBe(0);
  });

  test.each<[object, string]>([
    [{ retries: 1 }, 'retries is not an option of offload.with; there are executor, signal, timeout, transfer.'],
    [{ signal: new AbortController() }, 'signal must be an AbortSignal, not [object AbortController].'],
    [{ signal: null }, 'signal must be an AbortSignal, not null.'],
    [{ transfer: new ArrayBuffer(1) }, 'transfer must be an array, not [object ArrayBuffer].'],
    [{ executor: {} }, 'executor must be an Executor, such as new ThreadPoolExecutor().'],
    [{ executor: null }, 'executor must be an Executor, such as new ThreadPoolExecutor().'],
  ])('refuses %j', (options, message) => {
    expect(() => offload.with(options)).toThrow(message);
  });
});

test('runInExecutor takes the executor first, or null for the default one', async () => {
  const executor = new InlineExecutor();
  const rate = 2;
  expect(await runInExecutor(executor, (x: number) => x * rate, 2)).toBe(4);
  expect(await runInExecutor(null, (x: number) => x * 2, 2)).toBe(4);
  expect(() => runInExecutor({} as never, () => 1)).toThrow('executor must be an Executor');
});

test('setDefaultExecutor refuses what is none', () => {
  expect(() => setDefaultExecutor({} as never)).toThrow('executor must be an Executor');
});

import fs from 'node:fs';
import { getDefaultExecutor, InlineExecutor, offload, setDefaultExecutor } from 'eslint-plugin-offload/runtime';
import { afterEach, describe, expect, test, vi } from 'vitest';

describe('InlineExecutor runs tasks on the calling thread', () => {
  const before = getDefaultExecutor();
  afterEach(() => {
    setDefaultExecutor(before);
    vi.restoreAllMocks();
  });

  test('so that mocks are seen', async () => {
    setDefaultExecutor(new InlineExecutor());
    vi.spyOn(fs, 'readFileSync').mockReturnValue('mocked');
    expect(await offload(fs.readFileSync, '/does/not/exist', 'utf8')).toBe('mocked');
    expect(await offload(vi.fn(() => 'mocked, too'))).toBe('mocked, too');
  });

  test('with the very arguments, and at once', async () => {
    const list: number[] = [];
    const promise = new InlineExecutor().submit((target: number[]) => (target.push(1), target), list);
    expect(list).toEqual([1]);
    expect(await promise).toBe(list);
  });

  test('rejects with what the task throws', async () => {
    const error = new Error('its own');
    const executor = new InlineExecutor();
    await expect(executor.submit(() => { throw error; })).rejects.toBe(error);
    await expect(executor.submit(() => Promise.reject(error))).rejects.toBe(error);
    await expect(executor.submit('no function' as never)).rejects.toThrow('The task must be a function, not string.');
    expect(executor.stats).toMatchObject({ queued: 0, running: 0, completed: 0, failed: 2, workers: 0 });
  });

  test('a signal and a timeout reject asynchronous tasks', async () => {
    const executor = new InlineExecutor();
    const never = () => new Promise(() => {});
    const controller = new AbortController();
    const aborted = offload.with({ executor, signal: controller.signal })(never);
    controller.abort('enough');
    await expect(aborted).rejects.toBe('enough');
    await expect(offload.with({ executor, timeout: 1 })(never)).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(offload.with({ executor, signal: AbortSignal.abort('before') })(() => expect.unreachable())).rejects.toBe('before');
  });

  test('shutdown waits for what is under way', async () => {
    const executor = new InlineExecutor();
    let done = false;
    void executor.submit(() => new Promise((resolve) => setTimeout(resolve, 5)).then(() => (done = true)));
    await executor.shutdown();
    expect(done).toBe(true);
    await expect(executor.submit(() => 1)).rejects.toMatchObject({ name: 'ShutdownError' });
  });
});

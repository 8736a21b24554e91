import fs from 'node:fs';
import { offload, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { describe, expect, test } from 'vitest';
import { runFixture } from './child-node.js';

async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable('it should have been rejected'),
    (error: unknown) => error,
  );
}

describe('what a task throws arrives as itself', () => {
  test("an error of Node's", async () => {
    const error = await thrownBy(offload(fs.readFileSync, '/does/not/exist'));
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: 'ENOENT', errno: -2, syscall: 'open', path: '/does/not/exist', message: "ENOENT: no such file or directory, open '/does/not/exist'" });
  });

  test.each([[undefined], [null], [0], ['text'], [{ reason: 'plain' }]])('%j, which is no error', async (value) => {
    expect(await thrownBy(offload((thrown) => { throw thrown; }, value))).toEqual(value);
    expect(await thrownBy(offload((thrown) => Promise.reject(thrown), value))).toEqual(value);
  });

  test('a result that cannot cross is named, and the worker lives on', async () => {
    await using pool = new ThreadPoolExecutor({ maxWorkers: 1 });
    const threadId = () => (require('node:worker_threads') as typeof import('node:worker_threads')).threadId;
    const before = await pool.submit(threadId);
    await expect(pool.submit(() => ({ rows: [{ each: () => 1 }] }))).rejects.toThrow(/result\.rows\[0\]\.each is a function/);
    expect(await pool.submit(threadId)).toBe(before);
  });

  test('an argument that cannot cross is named, and nothing is submitted', async () => {
    await using pool = new ThreadPoolExecutor();
    await expect(pool.submit((_path: string, options: object) => options, 'a', { filter: () => true })).rejects.toThrow(/args\[1\]\.filter is a function/);
    expect(pool.stats).toMatchObject({ workers: 0, failed: 0 });
  });
});

describe('stacks show the frames of the task, then those of the caller, and none of ours', () => {
  test.each(['stack.mjs', 'stack.cjs'])('%s', async (name) => {
    const { stdout, stderr } = await runFixture(name);
    expect(stderr).toBe('');
    const stacks = JSON.parse(stdout) as Record<string, string[]>;
    expect(stacks['builtin']).toEqual(['Error: ENOENT: no such file or directory, open \'/does/not/exist\'', expect.stringContaining('node:fs'), expect.stringContaining('node:fs'), 'at async business', 'at async main']);
    // The line and column are those of the `throw` in the fixture's own text.
    expect(stacks['source']).toEqual(['RangeError: too far', `at inner (${name}:14:13)`, `at checked (${name}:16:5)`, 'at async business', 'at async main']);
    expect(stacks['asynchronous']).toEqual(['RangeError: too late', `at later (${name}:20:11)`, 'at async business', 'at async main']);
    expect(stacks['timeout']).toEqual(['TimeoutError: The task did not finish within 1 ms.', 'at async business', 'at async main']);
    expect(stacks['refused']?.slice(1)).toEqual(['at business', 'at main']);
    expect(stacks['uncloneable']?.slice(1)).toEqual(['at business', 'at main']);
  });
});

import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { byDefault, fixture, runNode } from './child-node.js';
import { type Pool as AnyPool, pools } from './pools.js';

async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable('it should have been rejected'),
    (error: unknown) => error,
  );
}

describe.each(pools)('what a task throws arrives as itself from %s', (_kind, Pool) => {
  const pool: AnyPool = new Pool({ maxWorkers: 1 });
  afterAll(() => pool.shutdown());

  test("an error of Node's", async () => {
    const error = await thrownBy(pool.submit(fs.readFileSync, '/does/not/exist'));
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: 'ENOENT', errno: -2, syscall: 'open', path: '/does/not/exist', message: "ENOENT: no such file or directory, open '/does/not/exist'" });
  });

  test.each([[undefined], [null], [0], ['text'], [{ reason: 'plain' }]])('%j, which is no error', async (value) => {
    expect(await thrownBy(pool.submit((thrown) => { throw thrown; }, value))).toEqual(value);
    expect(await thrownBy(pool.submit((thrown) => Promise.reject(thrown), value))).toEqual(value);
  });

  test('a result that cannot cross is named, and the worker lives on', async () => {
    const worker = () => [process.pid, process.getBuiltinModule('node:worker_threads').threadId];
    const before = await pool.submit(worker);
    await expect(pool.submit(() => ({ rows: [{ each: () => 1 }] }))).rejects.toThrow(/result\.rows\[0\]\.each is a function/);
    expect(await pool.submit(worker)).toEqual(before);
  });

  test('an argument that cannot cross is named, and nothing is submitted', async () => {
    await using unused = new Pool();
    await expect(unused.submit((_path: string, options: object) => options, 'a', { filter: () => true })).rejects.toThrow(/args\[1\]\.filter is a function/);
    expect(unused.stats).toMatchObject({ queued: 0, running: 0, completed: 0, failed: 0 });
  });
});

describe.each(pools)('stacks show the frames of the task, then those of the caller, and none of ours: %s', (kind) => {
  test.each(['stack.mjs', 'stack.cjs'])('%s', async (name) => {
    const { stdout, stderr } = await runNode([...byDefault(kind), fileURLToPath(fixture(name))]);
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

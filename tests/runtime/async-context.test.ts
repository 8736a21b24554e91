import { AsyncLocalStorage, createHook, executionAsyncId } from 'node:async_hooks';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runNode } from './child-node.js';
import { poolOf, pools } from './pools.js';

const double = (n: number) => n * 2;

describe.each(pools)('the asynchronous context of a task of %s', (_kind, Pool) => {
  test('AsyncLocalStorage is kept for each of many tasks, whatever becomes of them', async () => {
    const storage = new AsyncLocalStorage<number>();
    const pool = poolOf(Pool, 2);
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        storage.run(n, async () => {
          const signal = n % 4 === 3 ? AbortSignal.timeout(1 + n) : undefined;
          const fn = n % 4 === 2 ? () => { throw new Error('failed'); } : n % 4 === 3 ? () => new Promise(() => {}) : double;
          await pool.run({ fn, args: [n], signal }).catch(() => {});
          expect(storage.getStore()).toBe(n);
        }),
      ),
    );
    expect(storage.getStore()).toBeUndefined();
  });

  test('async hooks see one OFFLOAD_TASK for each, entered and left once, and then destroyed', async () => {
    const seen = new Map<number, string[]>();
    const hook = createHook({
      init: (id, type, trigger) => { if (type === 'OFFLOAD_TASK') seen.set(id, [`init by ${trigger === executionAsyncId() ? 'the caller' : 'another'}`]); },
      before: (id) => seen.get(id)?.push('before'),
      after: (id) => seen.get(id)?.push('after'),
      destroy: (id) => seen.get(id)?.push('destroy'),
    }).enable();
    onTestFinished(() => void hook.disable());
    const pool = poolOf(Pool, 1);
    const outcomes = await Promise.allSettled([
      pool.submit(double, 1),
      pool.submit((bytes: Buffer) => bytes, Buffer.from('a')),
      pool.submit(() => { throw new Error('failed'); }),
      pool.run({ fn: double, args: [1], timeout: 1000 }),
      pool.submit(() => process.exit(0)),
      pool.run({ fn: () => { for (;;); }, args: [], timeout: 400 }),
      // Never a task, so not seen.
      pool.submit(String, () => {}),
      pool.run({ fn: double, args: [1], signal: AbortSignal.abort() }),
    ]);
    expect(outcomes.map(({ status }) => status[0])).toEqual(['f', 'f', 'r', 'f', 'r', 'r', 'r', 'r']);
    // 'destroy' is told in a turn of its own.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect([...seen.values()]).toEqual(Array(6).fill(['init by the caller', 'before', 'after', 'destroy']));
  });
});

test('a hook that is there before the package sees tasks, and nothing else under that name', async () => {
  const program = `
    const { createHook } = require('node:async_hooks');
    const types = [];
    createHook({ init: (id, type) => { types.push(type); } }).enable();
    const { offload } = require('eslint-plugin-offload/runtime');
    offload((n) => n, 1).then(() => console.log(types.filter((type) => type === 'OFFLOAD_TASK').length));`;
  expect(await runNode(['-e', program])).toMatchObject({ code: 0, stdout: '1\n', stderr: '' });
});

import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { afterEach, describe, expect, test } from 'vitest';

const inc = (x: number) => x + 1;
const rest = (ms: number) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return ms;
};
/** Waits until the word is set, or ten seconds. */
const hold = (gate: Int32Array) => Atomics.wait(gate, 0, 0, 10_000);
const gate = () => new Int32Array(new SharedArrayBuffer(4));
const open = (held: Int32Array) => {
  Atomics.store(held, 0, 1);
  Atomics.notify(held, 0);
};

let pool: ThreadPoolExecutor;
afterEach(() => pool.shutdown());

/** Workers that have started, each of which has run something. */
async function warm(maxWorkers: number): Promise<ThreadPoolExecutor> {
  pool = new ThreadPoolExecutor({ maxWorkers, minWorkers: maxWorkers });
  await Promise.all(Array.from({ length: maxWorkers * 50 }, (_, n) => pool.submit(inc, n)));
  return pool;
}

describe('tasks that workers are given ahead of time', () => {
  test('all run, once, with their own results', async () => {
    await warm(2);
    const counter = gate();
    const count = (all: Int32Array, x: number) => Atomics.add(all, 0, 1) < 0 || x;
    const results = await Promise.all(Array.from({ length: 5000 }, (_, n) => pool.submit(count, counter, n)));
    expect(results).toEqual(Array.from({ length: 5000 }, (_, n) => n));
    expect(counter[0]).toBe(5000);
  });

  test('are taken back from behind a slow one when another worker runs dry', async () => {
    await warm(2);
    const held = gate();
    const slow = pool.submit(hold, held);
    const results = await Promise.all(Array.from({ length: 1000 }, (_, n) => pool.submit(inc, n)));
    expect(results[999]).toBe(1000);
    expect(pool.stats).toMatchObject({ running: 1, queued: 0 });
    open(held);
    await slow;
  });

  test('are taken back for a worker that starts later', async () => {
    pool = new ThreadPoolExecutor({ maxWorkers: 2 });
    await pool.submit(inc, 1);
    const held = gate();
    const slow = pool.submit(hold, held);
    expect(await pool.submit(inc, 2)).toBe(3);
    open(held);
    await slow;
  });

  test('never freeze behind an async task while a worker is free', async () => {
    await warm(2);
    const held = gate();
    const waits = pool.submit(async (all: Int32Array) => {
      while (Atomics.load(all, 0) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }, held);
    await Promise.all(Array.from({ length: 300 }, (_, n) => pool.submit(inc, n)));
    open(held);
    await waits;
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['booleans', true],
    ['booleans', false],
    ['numbers', -0],
    ['numbers', NaN],
    ['numbers', 2 ** 60],
    ['strings', 'a'],
    ['bigints', 2n ** 70n],
    ['arrays', [1, 2]],
    ['Buffers', Buffer.from('abc')],
  ])('give back %s: %o', async (_, value) => {
    await warm(1);
    const values = await Promise.all(Array.from({ length: 20 }, () => pool.submit((x: unknown) => x, value)));
    for (const result of values) expect(result).toStrictEqual(value);
  });

  test('are run in the order of submission', async () => {
    await warm(1);
    const counter = gate();
    const order = await Promise.all(Array.from({ length: 3000 }, () => pool.submit((all: Int32Array) => Atomics.add(all, 0, 1), counter)));
    expect(order).toEqual(Array.from({ length: 3000 }, (_, n) => n));
  });
});

describe('a task among others', () => {
  test('that cannot be cloned when it is posted harms no other', async () => {
    await warm(1);
    // Passes the walk, and fails in postMessage: a port that is not transferred.
    const results = await Promise.allSettled([pool.submit(inc, 1), pool.submit(String, new MessageChannel().port1 as never), pool.submit(inc, 2)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  // A message is sent when 64 tasks are in it.
  test.each([0, 62, 63, 64, 127, 199])('that cannot be cloned harms no other of 200 either, and is number %i', async (bad) => {
    await warm(1);
    const results = await Promise.allSettled(Array.from({ length: 200 }, (_, n) => pool.submit((x: unknown) => x, n === bad ? (new MessageChannel().port1 as never) : n)));
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'rejected'))).toEqual(Array.from({ length: 200 }, (_, n) => (n === bad ? 'rejected' : n)));
    expect(pool.stats).toMatchObject({ queued: 0, running: 0 });
  });

  test('that is aborted before it begins never runs', async () => {
    await warm(1);
    const held = gate();
    const counter = gate();
    const controller = new AbortController();
    const slow = pool.submit(hold, held);
    const count = (all: Int32Array) => Atomics.add(all, 0, 1);
    const tasks = Array.from({ length: 100 }, (_, n) => pool.run({ fn: count, args: [counter], signal: n % 2 ? controller.signal : undefined }));
    const outcomes = Promise.allSettled(tasks);
    await new Promise(setImmediate);
    controller.abort(new Error('enough'));
    open(held);
    await slow;
    expect((await outcomes).filter(({ status }) => status === 'rejected')).toHaveLength(50);
    expect(counter[0]).toBe(50);
  });

  test('that is aborted while it runs takes no finished result with it, and no task behind it', async () => {
    await warm(1);
    const controller = new AbortController();
    const before = Array.from({ length: 10 }, (_, n) => pool.submit(inc, n));
    const endless = pool.run({ fn: () => { for (;;); }, args: [], signal: controller.signal });
    const after = Array.from({ length: 10 }, (_, n) => pool.submit(inc, n));
    expect(await Promise.all(before)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    controller.abort(new Error('enough'));
    await expect(endless).rejects.toThrow('enough');
    expect(await Promise.all(after)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('that ends its worker takes no other with it', async () => {
    await warm(2);
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => pool.submit((x: number) => (x % 10 === 5 ? process.exit(x) : x), n)));
    expect(outcomes.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([5, 15, 25, 35]);
  });
});

test('more functions than a worker remembers can be on their way at a time', async () => {
  await warm(1);
  const functions = Array.from({ length: 2500 }, (_, n) => new Function('x', `return x + ${String(n)}`) as (x: number) => number);
  const results = await Promise.all([...functions, ...functions].map((fn) => pool.submit(fn, 1)));
  expect(results).toEqual([...functions, ...functions].map((_, n) => 1 + (n % 2500)));
}, 60_000);

test('what a task leaves running goes on while its worker waits for more', async () => {
  await warm(1);
  const counter = gate();
  await pool.submit((all: Int32Array) => {
    setInterval(() => Atomics.add(all, 0, 1), 1).unref();
  }, counter);
  while (counter[0]! < 5) await pool.submit(rest, 1);
  const then = counter[0]!;
  while (counter[0]! < then + 5) await new Promise((resolve) => setTimeout(resolve, 1));
});

test('tasks whose arguments are moved wait for an idle worker, and run', async () => {
  await warm(2);
  const large = Array.from({ length: 30 }, (_, n) => Buffer.alloc(100_000, n));
  const sums = await Promise.all(large.map((buffer) => pool.submit((bytes: Buffer) => bytes[99_999]! * bytes.length, buffer)));
  expect(sums).toEqual(large.map((_, n) => n * 100_000));
  expect(large.every((buffer) => buffer.length === 100_000)).toBe(true);
});

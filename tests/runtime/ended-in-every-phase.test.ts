import { describe, expect, test } from 'vitest';
import { hold, newGate, open, type Pool as AnyPool, poolOf, pools, untilRunning } from './pools.js';

const double = (x: number) => x * 2;
const quit = () => process.exit(9);

/** A worker ends itself: `process.exit()`, which is also how an uncaught error ends it. */
describe.each(pools)('a worker that ends: %s', (_kind, Pool) => {
  test.each<[string, () => unknown]>([
    ['while the task runs', () => process.exit(9)],
    ['in a microtask of the task', () => new Promise(() => queueMicrotask(() => process.exit(9)))],
    ['while the task waits', () => new Promise(() => setTimeout(() => process.exit(9), 2))],
    ['while its result is read', () => ({ get value() { return process.exit(9); } })],
    ['while what it throws is read', () => { throw Object.defineProperty(new Error('e'), 'code', { get: () => process.exit(9), enumerable: true }); }],
    ['while it waits for the promise of a thenable', () => ({ then: () => process.exit(9) })],
  ])('%s: its task is rejected with how it ended, once, and those behind it are not lost', async (_, fn) => {
    const pool = poolOf(Pool, 1);
    const outcomes = await Promise.allSettled([pool.submit(double, 1), pool.submit(fn), pool.submit(double, 2), pool.submit(double, 3)]);
    expect(outcomes).toMatchObject([{ value: 2 }, { status: 'rejected', reason: { name: 'WorkerDiedError', exitCode: 9 } }, { value: 4 }, { value: 6 }]);
    expect(pool.stats).toMatchObject({ queued: 0, running: 0, completed: 3, failed: 1 });
  });

  test.each<[string, () => unknown]>([
    ['as soon as the task has returned', () => void process.nextTick(() => process.exit(9))],
    ['in a turn of its event loop', () => void setImmediate(() => process.exit(9))],
    ['while it waits for more to do', () => void setTimeout(() => process.exit(9), 2)],
    ['while it waits on its event loop', () => void setTimeout(() => process.exit(9), 15)],
  ])('%s, between two tasks: no task is lost', async (_, leaveBehind) => {
    const pool = poolOf(Pool, 1);
    for (let round = 0; round < 5; round++) {
      await pool.submit(leaveBehind);
      for (let n = 0; n < 20; n++) {
        expect(await pool.submit(double, n)).toBe(n * 2);
        if (n % 5 === 0) await new Promise((resolve) => setTimeout(resolve, n / 5));
      }
    }
    expect(pool.stats).toMatchObject({ queued: 0, running: 0, failed: 0 });
  });
});

const rejected = 'rejected';
const fulfilled = 'fulfilled';

/** Whether there is a worker, until when the task goes on, and what becomes of it when it is aborted or dropped. */
const phases = [
  { phase: 'before there is a worker', warm: false, until: () => undefined, aborted: [rejected], dropped: [rejected] },
  { phase: 'while its worker starts', warm: false, until: () => new Promise((resolve) => setTimeout(resolve, 5)), aborted: [rejected], dropped: [rejected] },
  { phase: 'before it is sent', warm: true, until: () => undefined, aborted: [rejected], dropped: [rejected] },
  // The worker may be quicker than we are.
  { phase: 'when it has just been sent', warm: true, until: () => new Promise<void>((resolve) => { queueMicrotask(() => { queueMicrotask(resolve); }); }), aborted: [rejected], dropped: [rejected, fulfilled] },
  { phase: 'when it has begun', warm: true, until: untilRunning, aborted: [rejected], dropped: [fulfilled] },
  {
    phase: 'when it is done', warm: true, aborted: [fulfilled], dropped: [fulfilled],
    until: (_: AnyPool, gate: string, task: Promise<unknown>) => {
      open(gate);
      return task;
    },
  },
];

describe.each(pools)('%s', (_kind, Pool) => {
  test.each(phases)('a task that is aborted $phase has its one outcome', async ({ warm, until, aborted }) => {
    const pool = poolOf(Pool, 1);
    if (warm) await pool.submit(double, 1);
    const gate = newGate();
    const controller = new AbortController();
    const task = pool.run({ fn: hold, args: [gate], signal: controller.signal });
    const outcome = Promise.allSettled([task]);
    // Not a microtask later: by then it is sent.
    const waited = until(pool, gate, task);
    if (waited) await waited;
    controller.abort('enough');
    const [{ status, ...rest }] = (await outcome) as [PromiseSettledResult<unknown>];
    expect(aborted).toContain(status);
    expect(rest).toEqual(status === rejected ? { reason: 'enough' } : { value: gate });
    expect(await pool.submit(double, 4)).toBe(8);
    expect(pool.stats).toMatchObject({ queued: 0, running: 0 });
  });

  test.each(phases)('a task of an executor that is shut down $phase has its one outcome', async ({ warm, until, dropped }) => {
    const pool = poolOf(Pool, 1);
    if (warm) await pool.submit(double, 1);
    const gate = newGate();
    const task = pool.run({ fn: hold, args: [gate] });
    const outcome = Promise.allSettled([task]);
    // Not a microtask later: by then it is sent.
    const waited = until(pool, gate, task);
    if (waited) await waited;
    const closed = pool.shutdown({ cancelPending: true });
    open(gate);
    const [{ status, ...rest }] = (await outcome) as [PromiseSettledResult<unknown>];
    expect(dropped).toContain(status);
    expect(rest).toMatchObject(status === rejected ? { reason: { name: 'ShutdownError' } } : { value: gate });
    await closed;
    expect(pool.stats).toMatchObject({ queued: 0, running: 0, workers: 0 });
  });

  test('workers that end one after another, each at another moment, leave no task without an outcome', async () => {
    const pool = poolOf(Pool, 3);
    const outcomes = await Promise.allSettled(Array.from({ length: 600 }, (_, n) => (n % 30 === 7 ? pool.submit(quit) : pool.submit(double, n))));
    expect(outcomes.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual(Array.from({ length: 20 }, (_, n) => n * 30 + 7));
    expect(pool.stats).toMatchObject({ queued: 0, running: 0, completed: 580, failed: 20 });
  });
});

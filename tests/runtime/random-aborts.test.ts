import { getEventListeners } from 'node:events';
import { ProcessPoolExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { expect, test } from 'vitest';


/** Mulberry32, by Tommy Ettinger. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whose results are written down, are posted; that take a while, on the spot and waiting. */
const tasks = {
  quick: (n: number) => n,
  list: (n: number) => [n],
  busy: (n: number) => {
    for (const end = performance.now() + (n % 4) / 10; performance.now() < end; );
    return n;
  },
  waits: async (n: number) => {
    await new Promise((resolve) => setTimeout(resolve, n % 2));
    return n;
  },
};

test.each([
  // A process that is aborted takes its worker with it, and another has to be started.
  { aborts: 10_000, kind: 'threads', Pool: ThreadPoolExecutor, longest: 8, lanes: 100 },
  // One at a time: a parked worker is given such a task without a message.
  { aborts: 1_500, kind: 'threads, one at a time,', Pool: ThreadPoolExecutor, longest: 2, lanes: 1 },
  { aborts: 2_500, kind: 'processes', Pool: ProcessPoolExecutor, longest: 400, lanes: 100 },
])('$aborts tasks of $kind aborted at random moments have one outcome each, and the counts add up', async ({ aborts, Pool, longest, lanes }) => {
  const random = randomFrom(1);
  const upTo = (n: number) => Math.floor(random() * n);
  const moments: ((abort: () => void, ended: Promise<void>) => unknown)[] = [
    (abort) => { abort(); },
    (abort) => { queueMicrotask(abort); },
    (abort) => setImmediate(abort),
    (abort) => setImmediate(() => setImmediate(abort)),
    (abort) => setTimeout(abort, upTo(longest)),
    // Some must be left to end, however slow the machine is.
    (abort, ended) => ended.then(abort),
  ];
  const pool = new Pool({ maxWorkers: 4 });
  const counts = { resolved: 0, rejected: 0 };
  let begun = 0;

  async function abortOne(n: number): Promise<void> {
    const controller = new AbortController();
    const reason = { aborted: n };
    let outcomes = 0;
    const fn = Object.values(tasks)[upTo(Object.keys(tasks).length)]!;
    const task = pool.run({ fn, args: [n], signal: controller.signal }).then(
      (value) => {
        outcomes++;
        counts.resolved++;
        expect([value].flat()).toEqual([n]);
      },
      (error: unknown) => {
        outcomes++;
        counts.rejected++;
        expect(error).toBe(reason);
      },
    );
    await new Promise<void>((resolve) => {
      moments[upTo(moments.length)]!(() => {
        controller.abort(reason);
        resolve();
      }, task);
    });
    await task;
    expect(outcomes).toBe(1);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  }

  await Promise.all(Array.from({ length: lanes }, async () => {
    while (begun < aborts) await abortOne(begun++);
  }));
  expect(counts.resolved + counts.rejected).toBe(aborts);
  expect(Math.min(counts.resolved, counts.rejected)).toBeGreaterThan(aborts / 100);
  expect(pool.stats).toMatchObject({ queued: 0, running: 0, completed: counts.resolved, failed: counts.rejected });
  expect(await pool.submit(tasks.quick, 1)).toBe(1);
  await pool.shutdown();
  expect(pool.stats.workers).toBe(0);
}, 300_000);

import { InlineExecutor } from 'eslint-plugin-offload/runtime';
import { describe, expect, test, vi } from 'vitest';
import { hold, newGate, open, poolOf, pools, until, untilRunning } from './pools.js';

const double = (n: number) => n * 2;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Whether a promise has been resolved, told at any time. */
function watched(promise: Promise<unknown>): { resolved: boolean } {
  const watch = { resolved: false };
  void promise.then(() => (watch.resolved = true));
  return watch;
}

describe.each(pools)('drained: %s', (_kind, Pool) => {
  test('resolves at once while there is room', async () => {
    const pool = poolOf(Pool, 1, { maxQueue: 1 });
    await pool.drained();
    expect(pool.stats.workers).toBe(0);
    await poolOf(Pool, 1).drained();
  });

  test('waits while the queue is full, and until there is room for one', async () => {
    const pool = poolOf(Pool, 1, { maxQueue: 1 });
    const gates = [newGate(), newGate()];
    const [first] = gates.map((gate) => pool.submit(hold, gate));
    await untilRunning(pool);
    const waits = watched(pool.drained());
    await turn();
    await turn();
    expect(waits.resolved).toBe(false);
    await expect(pool.submit(double, 1)).rejects.toMatchObject({ name: 'QueueFullError' });
    open(gates[0]!);
    await first;
    await until(() => waits.resolved);
    const third = pool.submit(double, 3);
    open(gates[1]!);
    expect(await third).toBe(6);
  });

  test('several producers that wait for it never meet a full queue, and all that they submit is run', async () => {
    const pool = poolOf(Pool, 2, { maxQueue: 3 });
    const results: Promise<number>[] = [];
    let most = 0;
    await Promise.all(
      Array.from({ length: 5 }, async (_, producer) => {
        for (let n = 0; n < 40; n++) {
          await pool.drained();
          results.push(pool.submit(double, producer * 100 + n));
          const { queued, running } = pool.stats;
          most = Math.max(most, queued + running);
        }
      }),
    );
    const expected = Array.from({ length: 5 }, (_, producer) => Array.from({ length: 40 }, (_, n) => 2 * (producer * 100 + n))).flat();
    expect((await Promise.all(results)).sort((x, y) => x - y)).toEqual(expected);
    expect(most).toBeLessThanOrEqual(5);
    expect(pool.stats).toMatchObject({ completed: 200, failed: 0, queued: 0, running: 0 });
  });

  test('one that is let go and submits nothing does not keep its place from the others', async () => {
    const pool = poolOf(Pool, 1, { maxQueue: 0 });
    const gate = newGate();
    const first = pool.submit(hold, gate);
    const lazy = watched(pool.drained());
    const order: string[] = [];
    const producers = ['a', 'b'].map(async (name) => {
      await pool.drained();
      order.push(name);
      await pool.submit(double, 1);
    });
    await untilRunning(pool);
    expect(lazy.resolved).toBe(false);
    open(gate);
    await first;
    await Promise.all(producers);
    expect(lazy.resolved).toBe(true);
    expect(order).toEqual(['a', 'b']);
  });

  test('a task that is rejected makes room as one that is done', async () => {
    const pool = poolOf(Pool, 1, { maxQueue: 0 });
    const controller = new AbortController();
    const first = pool.run({ fn: hold, args: [newGate()], signal: controller.signal });
    await untilRunning(pool);
    const waits = watched(pool.drained());
    await turn();
    expect(waits.resolved).toBe(false);
    controller.abort('enough');
    await expect(first).rejects.toBe('enough');
    await until(() => waits.resolved);
  });

  test('shutdown lets go all who wait: what they submit is refused with the reason', async () => {
    const pool = poolOf(Pool, 1, { maxQueue: 0 });
    const gate = newGate();
    const first = pool.submit(hold, gate);
    await untilRunning(pool);
    const outcomes = Promise.allSettled([1, 2, 3].map(async (n) => {
      await pool.drained();
      return pool.submit(double, n);
    }));
    const closed = pool.shutdown();
    expect((await outcomes).map((outcome) => (outcome as PromiseRejectedResult).reason as Error)).toMatchObject([{ name: 'ShutdownError' }, { name: 'ShutdownError' }, { name: 'ShutdownError' }]);
    await pool.drained();
    open(gate);
    expect(await first).toBe(gate);
    await closed;
  });

  test('fake timers are of no concern to it', async () => {
    vi.useFakeTimers();
    try {
      const pool = poolOf(Pool, 1, { maxQueue: 0 });
      for (let n = 0; n < 5; n++) {
        await pool.drained();
        expect(await pool.submit(double, n)).toBe(n * 2);
      }
    } finally {
      vi.useRealTimers();
    }
  });
});

test('an InlineExecutor has room always', async () => {
  await new InlineExecutor().drained();
});

import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { hold, newGate, open, poolOf, pools } from './pools.js';

const same = (value: unknown) => value;
const kinds: [string, (n: number) => unknown][] = [
  ['numbers, which are written down', (n) => n],
  ['undefined', () => undefined],
  ['texts', (n) => `text ${n}`],
  ['buffers', (n) => Buffer.alloc(10 + n, n)],
  ['large buffers', (n) => Buffer.alloc(100_000 + n, n)],
];

/** The slow task goes on until the quick ones are here: where they are kept back, nobody opens the gate. */
describe.each(pools)('what is done in front of a slow task arrives before it is done: %s', (_kind, Pool) => {
  describe.each(kinds)('%s', (_, value) => {
    test.each([1, 2, 10, 100])('%i in one go with it', async (count) => {
      const pool = poolOf(Pool, 1);
      await pool.submit(same, 0);
      for (let round = 0; round < 5; round++) {
        const gate = newGate();
        const values = Array.from({ length: count }, (_, n) => value(n));
        const quick = values.map((each) => pool.submit(same, each));
        const slow = pool.submit(hold, gate);
        expect(isDeepStrictEqual(await Promise.all(quick), values)).toBe(true);
        open(gate);
        expect(await slow).toBe(gate);
      }
    });

    test('also when this thread was busy meanwhile', async () => {
      const pool = poolOf(Pool, 1);
      await pool.submit(same, 0);
      for (let round = 0; round < 10; round++) {
        const gate = newGate();
        const values = Array.from({ length: 20 }, (_, n) => value(n));
        const quick = values.map((each) => pool.submit(same, each));
        const slow = pool.submit(hold, gate);
        await Promise.resolve();
        // The worker has begun, or is done with all but the slow one, or is in between.
        for (const end = performance.now() + round * round / 3; performance.now() < end; );
        expect(isDeepStrictEqual(await Promise.all(quick), values)).toBe(true);
        open(gate);
        await slow;
      }
    });
  });
});

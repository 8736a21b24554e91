import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { beforeEach, describe, expect, test } from 'vitest';
import { collect, post, unpost } from '../../src/runtime/worker/mailbox.js';
import { allocateSharedMemory, LETTER, LONGEST, PARKED, sharedState } from '../../src/runtime/worker/shared-state.js';

const shared = sharedState(allocateSharedMemory());

beforeEach(() => {
  shared.header[LETTER] = 0;
  shared.header[PARKED] = 1;
});

describe('a letter', () => {
  test.each([
    ['no argument', 'fs.readFileSync', []],
    ['numbers', 7, [0, -0, 1.5, NaN, -Infinity, 2 ** 53]],
    ['less than numbers', 2 ** 31, [undefined, null, true, false]],
    ['texts', 'fs.statSync', ['', 'plain', 'zwölf', '漢字', '😀', '\ud83d', '\0']],
    ['as many as there is room for', 1, ['a', 1, 'b', 2, 'c', 3, 'd', 4, 'e']],
    ['as long as there is room for', 1, ['x'.repeat(LONGEST)]],
  ])('of %s comes out as it went in', (_, key, args) => {
    expect(post(shared, 5, key, args)).toBe(true);
    expect(collect(shared)).toEqual([5, key, args, undefined]);
    expect(collect(shared)).toBeUndefined();
  });

  test.each([
    ['too many arguments', Array.from({ length: 10 }, () => 1)],
    ['too long a text', ['x'.repeat(LONGEST + 1)]],
    ['texts that are too long together', ['x'.repeat(LONGEST), 'y']],
    ['a bigint', [1n]],
    ['an object', [{}]],
    ['what is no list, as the codec makes of what it had to change', { args: [1] }],
  ])('is not made of %s', (_, args) => {
    expect(post(shared, 5, 'fs.statSync', args)).toBe(false);
    expect(collect(shared)).toBeUndefined();
  });

  test('is not written while another is there, or nobody waits for one', () => {
    expect(post(shared, 5, 1, ['first'])).toBe(true);
    expect(post(shared, 6, 2, ['second'])).toBe(false);
    expect(collect(shared)).toEqual([5, 1, ['first'], undefined]);
    shared.header[PARKED] = 0;
    expect(post(shared, 6, 2, ['second'])).toBe(false);
  });

  test('is taken back once, or collected once', () => {
    post(shared, 5, 1, []);
    expect(unpost(shared)).toBe(true);
    expect(unpost(shared)).toBe(false);
    expect(collect(shared)).toBeUndefined();
    post(shared, 5, 1, []);
    expect(collect(shared)).toBeDefined();
    expect(unpost(shared)).toBe(false);
  });
});

describe('tasks one at a time', () => {
  test('are all run, once each, whether the worker waits on the spot, has a turn of its loop or has gone to sleep', async () => {
    await using pool = new ThreadPoolExecutor({ maxWorkers: 1 });
    const counter = new Int32Array(new SharedArrayBuffer(4));
    const count = (all: Int32Array) => Atomics.add(all, 0, 1);
    const same = (value: unknown) => value;
    let rounds = 0;
    for (const end = performance.now() + 1500; performance.now() < end; rounds++) {
      await pool.submit(count, counter);
      for (const value of [rounds, `text ${rounds}`, null, undefined]) expect(await pool.submit(same, value)).toBe(value);
      // Around the 5 ms after which it no longer waits on the spot.
      if (rounds % 50 === 0) for (const until = performance.now() + 4.9 + (rounds % 7) / 20; performance.now() < until; );
      if (rounds % 97 === 0) await new Promise((resolve) => setTimeout(resolve, 6));
    }
    expect(counter[0]).toBe(rounds);
    expect(pool.stats).toMatchObject({ completed: 5 * rounds, failed: 0 });
  });

  test('know their function, even if what told the worker of it was taken back', async () => {
    await using pool = new ThreadPoolExecutor({ maxWorkers: 1 });
    await pool.submit(() => 0);
    for (let round = 0; round < 300; round++) {
      const fn = Function('x', `return x + ${round}`) as (x: number) => number;
      const controller = new AbortController();
      const aborted = pool.run({ fn, args: [1], signal: controller.signal }).catch(() => 'aborted');
      await null;
      if (round % 2) await null;
      controller.abort();
      expect(await pool.submit(fn, 1)).toBe(1 + round);
      await aborted;
    }
  });
});

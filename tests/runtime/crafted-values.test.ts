import assert from 'node:assert/strict';
import { type Executor, ProcessPoolExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { afterAll, describe, expect, test } from 'vitest';

const threads = new ThreadPoolExecutor({ maxWorkers: 1 });
const processes = new ProcessPoolExecutor({ maxWorkers: 1 });
afterAll(() => Promise.all([threads.shutdown(), processes.shutdown()]));

/** As they come out of `JSON.parse` of what a stranger sent. */
const crafted = [
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '[[{"__proto__":{"polluted":[{"__proto__":{"polluted":1}}]}}]]',
  '{"__proto__":null,"toString":1,"valueOf":1,"hasOwnProperty":1}',
  // What our own messages are made of.
  '{"value":1,"patches":[0,[{},"a"],"http://a/"]}',
  '{"value":1,"patches":[8,[{},"__proto__"],{"class":"TypeError","message":"","name":"","stack":"","hidden":{"polluted":1},"shown":{}}]}',
  '{"payload":1,"transfer":[]}',
  '[0,1,{"value":1}]',
  // What classes are told by.
  '{"mtimeNs":1,"constructor":{"name":"BigIntStats"}}',
  '{"bavail":1,"constructor":{"name":"StatFs"}}',
  '{"name":"TypeError","message":"m","stack":"s","code":"E_CRAFTED","constructor":{"name":"TypeError"}}',
  '{"type":"Buffer","data":[1,2]}',
  '{"href":"http://a/","searchParams":{}}',
  '{"then":{"then":1}}',
].map((text): [string, unknown] => [text, JSON.parse(text)]);

const polluted = () => [{}, [], () => 1, new Error('e'), new Map(), Buffer.alloc(1)].some((value) => 'polluted' in value);

async function expectNonePolluted(pool: Executor): Promise<void> {
  expect(polluted()).toBe(false);
  expect(await pool.submit(polluted)).toBe(false);
}

describe.each([['a thread', threads], ['a process', processes]])('to %s and back', (_, pool) => describe.each(crafted)('%s is data, and nothing else', (text, value) => {
  test('as an argument and a result, alone and beside what is made anew', async () => {
    const back = (given: unknown, _beside: unknown) => given;
    for (const beside of [0, Buffer.from('b'), new URL('http://a/'), new Error('e')]) assert.deepStrictEqual(await pool.submit(back, value, beside), value);
    const bytes = Buffer.from('b');
    assert.deepStrictEqual(await pool.submit((given: unknown, more: Buffer) => new Map([[1, { given, more }]]), value, bytes), new Map([[1, { given: value, more: bytes }]]));
    await expectNonePolluted(pool);
  });

  test('as all that a function is given', async () => {
    const [first, second] = [value, [value]];
    assert.deepStrictEqual(await pool.submit((...all: unknown[]) => all.length, ...second), 1);
    assert.deepStrictEqual(await pool.submit((json: string) => JSON.parse(json) as unknown, text), first);
    await expectNonePolluted(pool);
  });

  test('as what is thrown, and on an error', async () => {
    const thrown: unknown = await pool.submit((given: unknown) => { throw given; }, value).then(() => assert.fail(), (error: unknown) => error);
    assert.deepStrictEqual(thrown, value);
    const error: unknown = await pool
      .submit((given: object) => { throw Object.defineProperties(new RangeError('e', { cause: given }), Object.getOwnPropertyDescriptors({ given, ...given, message: 'e' })); }, value as object)
      .then(() => assert.fail(), (reason: unknown) => reason);
    expect(error).toBeInstanceOf(RangeError);
    expect(Object.getPrototypeOf(error)).toBe(RangeError.prototype);
    assert.deepStrictEqual((error as { given: unknown }).given, value);
    assert.deepStrictEqual((error as { cause: unknown }).cause, value);
    await expectNonePolluted(pool);
  });
}));

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import { decodeError, encodeError, UncloneableError } from '../../src/runtime/codec/index.js';
import { boundaries, Crossing } from './codec-crossing.js';

describe.each(boundaries)('across a %s', (boundary) => {
  const crossing = new Crossing(boundary);
  afterAll(() => crossing.end());

  test.each([Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError])('%o keeps its class', async (Class) => {
    const thrown = await crossing.thrownBy(`(() => { throw new ${Class.name}('why') })()`);
    expect(Object.getPrototypeOf(thrown)).toBe(Class.prototype);
    expect(thrown).toMatchObject({ name: Class.name, message: 'why' });
    expect(Object.keys(thrown as object)).toEqual([]);
  });

  test("a system error keeps all that Node put on it, and shows it as Node's own does", async () => {
    const thrown = await crossing.thrownBy('require("fs").readFileSync("/no/such/file")');
    expect(thrown).toBeInstanceOf(Error);
    assert.deepStrictEqual({ ...(thrown as Error) }, { errno: -2, code: 'ENOENT', syscall: 'open', path: '/no/such/file' });
    expect((thrown as Error).message).toBe("ENOENT: no such file or directory, open '/no/such/file'");
    expect(Object.keys(thrown as Error)).toEqual(['errno', 'code', 'syscall', 'path']);
  });

  test("an error of Node's argument checks keeps its code, class and header", async () => {
    const thrown = (await crossing.thrownBy('require("fs").readFileSync({})')) as NodeJS.ErrnoException;
    expect(thrown).toBeInstanceOf(TypeError);
    expect(thrown.code).toBe('ERR_INVALID_ARG_TYPE');
    expect(thrown.name).toBe('TypeError');
    expect(thrown.stack).toMatch(/^TypeError(?: \[ERR_INVALID_ARG_TYPE\])?: The /);
  });

  test('a SystemError of Node keeps its name and what it knows', async () => {
    const thrown = await crossing.thrownBy('require("os").setPriority(0, -100000) || require("fs").cpSync("src", "src/a/b", { recursive: true })');
    expect((thrown as NodeJS.ErrnoException).code).toMatch(/^ERR_/);
    const system = await crossing.thrownBy('require("os").userInfo({ get encoding() { throw Object.assign(new Error("m"), { info: { code: "E" } }) } })');
    expect(system).toMatchObject({ message: 'm', info: { code: 'E' } });
  });

  test('a failed child process brings status, signal and output, as Buffers', async () => {
    const source = 'require("child_process").execFileSync(process.execPath, ["-e", "console.log(1); console.error(2); process.exit(3)"], { stdio: "pipe" })';
    const thrown = (await crossing.thrownBy(source)) as ReturnType<typeof failedHere>;
    const here = failedHere();
    expect(thrown).toMatchObject({ status: 3, signal: null });
    expect(thrown.stdout).toBeInstanceOf(Buffer);
    expect([thrown.stdout.toString(), thrown.stderr.toString()]).toEqual(['1\n', '2\n']);
    expect(thrown.output[1]).toBe(thrown.stdout);
    expect(Object.keys(thrown)).toEqual(Object.keys(here));
  });

  test('causes come along, to any depth, with their own properties', async () => {
    const thrown = (await crossing.thrownBy(`(() => {
      const inner = Object.assign(new RangeError('inner'), { code: 'E_INNER', bytes: Buffer.from('b') });
      throw new Error('outer', { cause: new TypeError('middle', { cause: inner }) });
    })()`)) as Error & { cause: Error & { cause: Error & { bytes: Buffer } } };
    expect(thrown.cause).toBeInstanceOf(TypeError);
    expect(thrown.cause.cause).toBeInstanceOf(RangeError);
    expect(thrown.cause.cause).toMatchObject({ message: 'inner', code: 'E_INNER' });
    expect(thrown.cause.cause.bytes).toEqual(Buffer.from('b'));
    expect(Object.keys(thrown)).toEqual([]);
    expect((await crossing.thrownBy('(() => { throw new Error("a", { cause: undefined }) })()')) as object).toHaveProperty('cause', undefined);
  });

  test('an AggregateError brings its errors', async () => {
    const thrown = (await crossing.thrownBy('Promise.any([Promise.reject(new TypeError("a")), Promise.reject(Object.assign(new Error("b"), { code: 1 }))])')) as AggregateError;
    expect(thrown).toBeInstanceOf(AggregateError);
    expect(thrown.errors[0]).toBeInstanceOf(TypeError);
    expect(thrown.errors[1]).toMatchObject({ message: 'b', code: 1 });
    expect(Object.keys(thrown)).toEqual([]);
  });

  describe('what an aborted call throws', () => {
    test('a DOMException', async () => {
      const thrown = (await crossing.thrownBy('AbortSignal.abort().throwIfAborted()')) as DOMException;
      expect(thrown).toBeInstanceOf(DOMException);
      expect([thrown.name, thrown.code, thrown.message]).toEqual(['AbortError', 20, 'This operation was aborted']);
      expect(await crossing.thrownBy('(() => { throw new DOMException("m", "DataCloneError") })()')).toMatchObject({ name: 'DataCloneError', code: 25 });
    });

    test("Node's AbortError", async () => {
      const thrown = await crossing.thrownBy('require("timers/promises").setTimeout(1e5, 0, { signal: AbortSignal.abort(new Error("why")) })');
      expect(thrown).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR', cause: { message: 'why' } });
    });
  });

  test('an error of a class that only the worker has is an Error with its name', async () => {
    const thrown = await crossing.thrownBy(`(() => {
      class HttpError extends Error { constructor(m) { super(m); this.name = 'HttpError'; this.status = 404; } }
      throw new HttpError('gone');
    })()`);
    expect(Object.getPrototypeOf(thrown)).toBe(Error.prototype);
    expect(thrown).toMatchObject({ name: 'HttpError', message: 'gone', status: 404 });
    expect((thrown as Error).stack).toMatch(/^(?:Http)?Error: gone/);
    expect(await crossing.thrownBy(`(() => {
      class BadInput extends TypeError { get name() { return 'BadInput' } }
      throw new BadInput('m');
    })()`)).toMatchObject({ name: 'BadInput', message: 'm', constructor: TypeError });
  });

  test('an AssertionError is one', async () => {
    const thrown = await crossing.thrownBy('require("assert").strictEqual(1, 2)');
    expect(thrown).toBeInstanceOf(assert.AssertionError);
    expect(thrown).toMatchObject({ code: 'ERR_ASSERTION', actual: 1, expected: 2, operator: 'strictEqual', name: 'AssertionError' });
  });

  test('an error in a result, in an argument, in a Map, is an error there', async () => {
    const error = Object.assign(new TypeError('t'), { code: 'E' });
    const back = await crossing.thereAndBack({ errors: new Map([['a', error]]), again: error });
    expect(back.errors.get('a')).toBe(back.again);
    assert.deepStrictEqual(back.again, error);
    expect(back.again.stack).toBe(error.stack);
    expect(await crossing.run('args[0] instanceof TypeError && args[0].code', [error])).toBe('E');
  });

  test('what cannot cross is left out of an error, and only that', async () => {
    const thrown = (await crossing.thrownBy(`(() => {
      const response = { status: 404, request: new (require('events'))(), headers: { a: 'b', get: () => 1 } };
      throw Object.assign(new Error('m'), { response, toJSON() {}, list: [1, () => {}, 2] });
    })()`)) as object;
    assert.deepStrictEqual({ ...thrown }, { response: { status: 404, headers: { a: 'b' } }, list: [1, undefined, 2] });
  });

  test('a value that is both on an error and in the result is whole', async () => {
    await expect(
      crossing.run('(() => { const options = { filter() {} }; return [Object.assign(new Error(), { options }), options] })()'),
    ).rejects.toThrow(/^result\[1\]\.filter is a function/);
  });

  test.each(['undefined', 'null', '0', '"text"', '1n', '({ code: 1 })', '[1, [2]]', 'new Map([[1, { a: 1 }]])', 'Buffer.from("a")'])(
    'throw %s arrives as it is',
    async (source) => {
      const expected = (0, eval)(source) as unknown;
      assert.deepStrictEqual(await crossing.thrownBy(`(() => { throw ${source} })()`), expected);
    },
  );

  test.each([
    ['() => {}', 'a function'],
    ['Symbol("s")', 'a symbol'],
    ['Promise.resolve()', 'a promise'],
    ['new Proxy({}, {})', 'a Proxy'],
    ['new (require("vm").Script)("1")', 'a Script'],
  ])('throw %s arrives as an error that says so', async (source, what) => {
    const thrown = await crossing.thrownBy(`(() => { throw ${source} })()`);
    expect(thrown).toBeInstanceOf(UncloneableError);
    expect((thrown as Error).message).toBe(`the task threw ${what}, and ${what} cannot cross back from a worker: throw an Error instead`);
  });

  test('a Proxy of an error arrives as an error that says the same', async () => {
    const thrown = await crossing.thrownBy('(() => { throw new Proxy(Object.assign(new TypeError("m"), { code: "E" }), {}) })()');
    expect(Object.getPrototypeOf(thrown)).toBe(Error.prototype);
    expect(thrown).toMatchObject({ name: 'TypeError', message: 'm', code: 'E' });
  });

  test('a thrown object keeps what can cross', async () => {
    assert.deepStrictEqual(await crossing.thrownBy('(() => { throw { code: 1, retry() {}, nested: { f() {}, a: 1 } } })()'), { code: 1, nested: { a: 1 } });
  });

  test('encodeError never throws', () => {
    const hostile = new Error('hostile');
    for (const key of ['stack', 'message', 'name', 'cause', 'code']) {
      Object.defineProperty(hostile, key, { get() { throw new Error(key); }, enumerable: true });
    }
    Object.defineProperty(hostile, 'tag', { value: { get [Symbol.toStringTag]() { throw new Error('tag'); } }, enumerable: true });
    let deep: object = {};
    for (let i = 0; i < 100_000; i++) deep = { deep };
    for (const thrown of [hostile, deep, Object.assign(new TypeError('t'), { deep }), { get [Symbol.toStringTag]() { throw new Error('tag'); } }]) {
      const decoded = decodeError(structuredClone(encodeError(thrown).payload));
      expect(decoded).toBeDefined();
    }
    expect(decodeError(structuredClone(encodeError(Object.assign(new TypeError('t'), { deep })).payload))).toMatchObject({ message: 't', name: 'TypeError' });
  });

  test("the stack is the worker's, then the caller's", async () => {
    async function caller() {
      await crossing.run('(function inTheWorker() { throw new Error("m") })()');
    }
    const thrown = await caller().catch((error: unknown) => error);
    expect((thrown as Error).stack).toMatch(/^Error: m\n {4}at inTheWorker .*[^]*\n {4}at (?:async )?caller /);
  });
});

function failedHere() {
  try {
    execFileSync(process.execPath, ['-e', 'process.exit(3)'], { stdio: 'pipe' });
  } catch (error) {
    return error as Error & { stdout: Buffer; stderr: Buffer; output: (Buffer | null)[] };
  }
  throw new Error('did not fail');
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { createDiffieHellman, createECDH, createHash } from 'node:crypto';
import { Resolver } from 'node:dns';
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { MIMEType } from 'node:util';
import vm from 'node:vm';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeArguments, UncloneableError } from '../../src/runtime/codec/index.js';
import { Crossing } from './codec-crossing.js';

/** @types/node 20 has no value of that name. */
const { WebAssembly: Wasm } = globalThis as unknown as {
  WebAssembly: { Memory: new (size: { initial: number }) => { buffer: ArrayBuffer }; Module: new (bytes: Uint8Array) => object };
};

const crossing = new Crossing();
const dir = fs.opendirSync('.');
const { port1, port2 } = new MessageChannel();
afterAll(async () => {
  dir.closeSync();
  port1.close();
  port2.close();
  await crossing.end();
});

class Counter {
  #count = 0;
  increment() { return ++this.#count; }
}

describe('an argument that cannot cross is refused by its place, before anything is sent', () => {
  test.each<[string, unknown]>([
    ['a function', () => {}],
    ['a function', class {}],
    ['a symbol', Symbol('s')],
    ['a symbol', Object(Symbol('s'))],
    ['a promise', Promise.resolve()],
    ['a promise', Object.assign(Promise.resolve(), { pid: 1 })],
    ['a Proxy', new Proxy({}, {})],
    ['a Proxy', new Proxy([], {})],
    ['an arguments object', (function (..._args: unknown[]) { return arguments; })(1)],
    ['an iterator', (function* () { yield 1; })()],
    ['an iterator', [1].values()],
    ['an iterator', new Map().entries()],
    ['a WeakMap', new WeakMap()],
    ['a WeakSet', new WeakSet()],
    ['a WeakRef', new WeakRef({})],
    ['a NumberFormat', new Intl.NumberFormat()],
    ['an AbortSignal', AbortSignal.timeout(1e6)],
    ['an AbortController', new AbortController()],
    ['a MIMEType', new MIMEType('text/plain')],
    ['a Hash', createHash('sha256')],
    ['an ECDH', createECDH('secp256k1')],
    ['a DiffieHellman', createDiffieHellman(Buffer.alloc(64, 0xff))],
    ['a StringDecoder', new StringDecoder()],
    ['a Dir', dir],
    ['a PassThrough', new PassThrough()],
    ['a Socket', new net.Socket()],
    ['a Server', net.createServer()],
    ['an EventEmitter', new EventEmitter()],
    ['an EventTarget', new EventTarget()],
    ['a MessagePort', port1],
    ['a ReadableStream', new ReadableStream()],
    ['a TextDecoder', new TextDecoder()],
    ['a Headers', new Headers()],
    ['a Script', new vm.Script('1')],
    ['a Counter', new Counter()],
    ['a Memory', new Wasm.Memory({ initial: 1 })],
    ['an Object', Object.create({ encoding: 'utf8' })],
  ])('%s', (what, value) => {
    const refused = refusalOf([0, { options: [value] }]);
    expect(refused).toBeInstanceOf(UncloneableError);
    expect(refused).toMatchObject({ name: 'UncloneableError', code: 'ERR_OFFLOAD_UNCLONEABLE' });
    expect(refused.message).toMatch(
      new RegExp(`^args\\[1\\]\\.options\\[0\\] is ${what}, and ${what} cannot cross to a worker: \\S`),
    );
  });

  test.each(['import("node:path")', 'import("data:text/javascript,export const answer = 42")'])('a module: %s', async (source) => {
    await expect(crossing.run(source)).rejects.toThrow(/^result is a module, and a module cannot cross back from a worker: return/);
  });

  test('an instance with properties of its own is refused for the one that cannot cross', () => {
    expect(refusalOf([new Resolver()]).message).toMatch(/^args\[0\]\._handle is a ChannelWrap, /);
    // What it holds differs from one version of Node to the next.
    expect(refusalOf([new AsyncLocalStorage()])).toBeInstanceOf(UncloneableError);
  });

  test('the message says what to do', () => {
    expect(refusalOf(['a', 'b', { filter: () => true }]).message).toBe(
      'args[2].filter is a function, and a function cannot cross to a worker: leave it out, or do the whole work in one function and give that to offload',
    );
    expect(refusalOf([{ signal: new AbortController().signal }]).message).toContain('offload.with({ signal })');
    expect(refusalOf([port1]).message).toContain('offload.with({ transfer: [it] })');
  });
});

describe('the place is spelled as JavaScript would', () => {
  const f = () => {};
  test.each<[string, unknown]>([
    ['args[0]', f],
    ['args[0].a.b', { a: { b: f } }],
    ['args[0]["content-type"]', { 'content-type': f }],
    ['args[0][1][2]', [0, [0, 0, f]]],
    ['args[0].__proto__', Object.defineProperty({}, '__proto__', { value: f, enumerable: true })],
    ['args[0].get("key")', new Map([['key', f]])],
    ['args[0].get(3)[0]', new Map([[3, [f]]])],
    ['[...args[0].values()][1]', new Map<object, unknown>([[{}, 1], [{}, f]])],
    ['[...args[0].keys()][0].a', new Map([[{ a: f }, 1]])],
    ['[...args[0].values()][1].b', new Set([1, { b: f }])],
    ['args[0].größe', { größe: f }],
  ])('%s', (place, value) => {
    expect(refusalOf([value]).message.split(' is a function')[0]).toBe(place);
  });
});

test('a result that cannot cross is refused by its place in the result', async () => {
  await expect(crossing.run('({ db: require("fs").opendirSync(".") })')).rejects.toThrow(
    /^result\.db is a Dir, and a Dir cannot cross back from a worker: its state is out of reach of a copy; return the data/,
  );
  await expect(crossing.run('() => 1')).rejects.toThrow(/^result is a function, .*: return what it would compute$/);
  const thrown = await crossing.thrownBy('[Symbol("s")]');
  expect(thrown).toBeInstanceOf(UncloneableError);
  expect(thrown).toMatchObject({ name: 'UncloneableError', code: 'ERR_OFFLOAD_UNCLONEABLE' });
});

test('what is nested too deeply is refused, and what is nested deeply is not', async () => {
  const nested = (levels: number) => {
    let value: object = {};
    for (let i = 0; i < levels; i++) value = i % 2 ? { value } : [value];
    return value;
  };
  expect(refusalOf([nested(2000)]).message).toMatch(/^args\[0\]\.value\[0\].*… \(\d+ levels down\) is nested too deeply/);
  expect(refusalOf([nested(1_000_000)]).message).toMatch(/nested too deeply/);
  expect(JSON.stringify(await crossing.thereAndBack(nested(900)))).toBe(JSON.stringify(nested(900)));
});

test('an error that a getter throws is the error', () => {
  const value = { get now(): number { throw new RangeError('not yet'); }, list: [] };
  expect(() => encodeArguments([value])).toThrow(new RangeError('not yet'));
});

function refusalOf(args: unknown[]): Error {
  try {
    encodeArguments(args);
  } catch (error) {
    return error as Error;
  }
  throw new Error('not refused');
}

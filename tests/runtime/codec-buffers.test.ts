import { MessageChannel } from 'node:worker_threads';
import { afterAll, describe, expect, test } from 'vitest';
import { decodeError, encodeArguments, encodeError, encodeResult, UncloneableError, type Encoded } from '../../src/runtime/codec/index.js';
import { Crossing } from './codec-crossing.js';

/** @types/node 20 has no value of that name. */
const { WebAssembly: Wasm } = globalThis as unknown as {
  WebAssembly: { Memory: new (size: { initial: number }) => { buffer: ArrayBuffer }; Module: new (bytes: Uint8Array) => object };
};

const crossing = new Crossing();
afterAll(() => crossing.end());

/** The bytes that would travel, whatever way. */
function shipped({ payload, transfer }: Encoded): number {
  const memory = new Set<ArrayBuffer>();
  const visit = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) memory.add(value.buffer as ArrayBuffer);
    else if (value instanceof ArrayBuffer) memory.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(payload);
  transfer.forEach(visit);
  return [...memory].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

describe('arguments', () => {
  test('a Buffer on the pool is copied to its size', () => {
    expect(shipped(encodeArguments([Buffer.from('pooled'), { bytes: Buffer.from('also') }]))).toBe(10);
  });

  test('the copy is transferred if it is large, and posted as it is if not, so that it can be posted again', () => {
    const bytes = Buffer.alloc(200_000);
    expect(encodeArguments([bytes.subarray(0, 65_536), bytes.subarray(0, 10)]).transfer).toHaveLength(0);
    expect(encodeArguments([bytes.subarray(0, 65_537), bytes.subarray(0, 10)]).transfer).toHaveLength(1);
  });

  test("the caller's buffers are untouched", async () => {
    const mine = new Uint8Array(200_000).fill(1);
    const view = mine.subarray(10, 20);
    expect(await crossing.run('[args[0].length, args[1].buffer.byteLength]', [mine, view])).toEqual([200_000, 200_000]);
    expect(mine.byteLength).toBe(200_000);
    expect(shipped(encodeArguments([view]))).toBe(10);
  });

  test('what is listed in transfer is moved, at once', async () => {
    const memory = new ArrayBuffer(64);
    new Uint8Array(memory)[9] = 9;
    const [whole, part] = [new Uint8Array(memory), new DataView(memory, 8, 8)];
    const encoded = encodeArguments([{ whole, part, memory }], [memory]);
    expect(memory.byteLength).toBe(0);
    expect(encoded.transfer).toHaveLength(1);
    const [back] = (await crossing.post('args', encoded)) as [{ whole: Uint8Array; part: DataView; memory: ArrayBuffer }];
    expect([back.whole[9], back.part.getUint8(1), back.part.byteLength, back.part.byteOffset]).toEqual([9, 9, 8, 8]);
    expect(back.part.buffer).toBe(back.memory);
    expect(back.whole.buffer).toBe(back.memory);
  });

  test('a Buffer whose memory is listed arrives as a Buffer', async () => {
    const buffer = Buffer.allocUnsafeSlow(16).fill('x');
    const back = await crossing.thereAndBack(buffer, [buffer.buffer]);
    expect(back).toBeInstanceOf(Buffer);
    expect(back.toString()).toBe('x'.repeat(16));
    expect(buffer.byteLength).toBe(0);
  });

  test("Node's pool is never moved, even when it is listed", async () => {
    const small = Buffer.from('small');
    const neighbour = Buffer.from('neighbour');
    const encoded = encodeArguments([small], [small.buffer]);
    expect(shipped(encoded)).toBe(5);
    expect(neighbour.toString()).toBe('neighbour');
    expect(await crossing.post('args[0].toString()', encoded)).toBe('small');
  });

  test('memory that was moved before is refused', () => {
    const memory = new ArrayBuffer(8);
    const view = new Uint8Array(memory);
    encodeArguments([view], [memory]);
    expect(() => encodeArguments([1, [view]], [memory])).toThrow(
      /^args\[1\]\[0\] is an? Uint8Array whose memory was moved away before, and memory that is no longer there cannot cross to a worker: pass a copy/,
    );
  });

  test('what is listed and not passed stays', () => {
    const memory = new ArrayBuffer(8);
    expect(encodeArguments([1], [memory]).transfer).toEqual([]);
    expect(encodeArguments([{ a: [1] }], [memory]).transfer).toEqual([]);
    expect(memory.byteLength).toBe(8);
  });

  test('a port is handed over', async () => {
    const { port1, port2 } = new MessageChannel();
    await crossing.run('void args[0].port.postMessage("hello")', [{ port: port2 }], [port2]);
    const [message] = await new Promise<unknown[]>((resolve) => port1.once('message', (...data: unknown[]) => resolve(data)));
    expect(message).toBe('hello');
    port1.close();
  });

  test.each([
    [new Uint8Array(1), 'transfer[0] is a view, and only the memory under it can be moved: list its .buffer'],
    [new SharedArrayBuffer(1), 'transfer[0] is a SharedArrayBuffer, which is shared with the worker: leave it out'],
    [null, 'transfer[0] is null, which cannot be moved: leave it out'],
  ])('%o cannot be listed', (item, message) => {
    expect(() => encodeArguments([{ a: [] }], [item as never])).toThrow(new UncloneableError(message));
  });

  test('views on the same memory go on sharing it', async () => {
    const memory = new ArrayBuffer(16);
    const value = { bytes: new Uint8Array(memory), words: new Uint16Array(memory, 8, 2), memory };
    const back = await crossing.thereAndBack(value);
    expect(back.bytes.buffer).toBe(back.memory);
    expect(back.words.buffer).toBe(back.memory);
    const pair = { bytes: new Uint8Array(memory), floats: new Float64Array(memory) };
    expect(await crossing.run('args[0].bytes.buffer === args[0].floats.buffer', [pair])).toBe(true);
  });

  test('the same Buffer twice is one Buffer', async () => {
    const buffer = Buffer.from('same');
    expect(await crossing.run('args[0] === args[1] && args[0].toString()', [buffer, buffer])).toBe('same');
  });

  test('a resizable ArrayBuffer crosses with its bytes', async () => {
    const Resizable = ArrayBuffer as unknown as new (length: number, options: object) => ArrayBuffer;
    const memory = new Resizable(4, { maxByteLength: 16 });
    new Uint8Array(memory).set([1, 2, 3, 4]);
    const back = await crossing.thereAndBack(new Uint8Array(memory));
    expect([...back]).toEqual([1, 2, 3, 4]);
  });
});

describe('results', () => {
  test('that the worker may keep, and what is thrown, are copied whole', () => {
    const buffer = Buffer.from(new ArrayBuffer(100_000));
    for (const encoded of [encodeResult({ buffer }, true), encodeResult(buffer, true), encodeError(Object.assign(new Error(), { buffer })), encodeResult({ buffer }, true)]) {
      expect(encoded.transfer).toEqual([buffer.buffer]);
      expect(encoded.transfer[0]).not.toBe(buffer.buffer);
    }
    expect(buffer.length).toBe(100_000);
  });

  test('a buffer that owns its memory is moved out of the worker', () => {
    const buffer = Buffer.allocUnsafeSlow(100);
    expect(encodeResult({ buffer }).transfer).toEqual([buffer.buffer]);
  });

  test('a Buffer on the pool is copied to its size', () => {
    const encoded = encodeResult([Buffer.from('ab'), new Uint8Array(new ArrayBuffer(100), 50, 3)]);
    expect(shipped(encoded)).toBe(5);
    const { payload } = encodeError(Object.assign(new Error(), { stdout: Buffer.from('abc') }));
    expect((decodeError(structuredClone(payload)) as { stdout: Buffer }).stdout.buffer.byteLength).toBe(3);
  });

  test.each(['readFileSync("package.json")', 'mkdtempSync(require("path").join(require("os").tmpdir(), "codec-"), { encoding: "buffer" })'])(
    'fs.%s gives a Buffer with nothing around it',
    async (call) => {
      const buffer = (await crossing.run(`require("fs").${call}`)) as Buffer;
      expect(buffer).toBeInstanceOf(Buffer);
      expect(buffer.buffer.byteLength).toBe(buffer.length);
    },
  );

  test.each(['zlib.gzipSync("a")', 'crypto.randomBytes(8)', 'crypto.pbkdf2Sync("a", "b", 1, 8, "sha1")', 'child_process.execSync("echo a")'])(
    '%s gives a Buffer with nothing around it',
    async (call) => {
      const [module, member] = call.split(/\.(.*)/s) as [string, string];
      const buffer = (await crossing.run(`require("${module}").${member}`)) as Buffer;
      expect(buffer).toBeInstanceOf(Buffer);
      expect(buffer.buffer.byteLength).toBe(buffer.length);
    },
  );

  test('the memory of a WebAssembly instance is copied: it cannot be moved', async () => {
    const bytes = (await crossing.run('new Uint8Array(new WebAssembly.Memory({ initial: 1 }).buffer)')) as Uint8Array;
    expect(bytes.byteLength).toBe(65_536);
    const memory = new Wasm.Memory({ initial: 1 });
    encodeResult(new Uint8Array(memory.buffer));
    expect(memory.buffer.byteLength).toBe(65_536);
  });

  test('memory that is marked as untransferable is copied', async () => {
    expect(
      await crossing.run('(() => { const b = new ArrayBuffer(8); require("worker_threads").markAsUntransferable(b); return [b, new Uint8Array(b)] })()'),
    ).toEqual([new ArrayBuffer(8), new Uint8Array(8)]);
  });

  test('a buffer that a task keeps and returns again is refused the second time, not given out empty', async () => {
    const keep = '(globalThis.kept ??= Buffer.allocUnsafeSlow(8).fill(1))';
    expect(await crossing.run(keep)).toEqual(Buffer.alloc(8, 1));
    await expect(crossing.run(`[${keep}]`)).rejects.toThrow(
      /^result\[0\] is a Buffer whose memory was moved away before, .* what a task returns is moved, not copied; keep a copy/,
    );
  });

  test('an empty buffer may be returned any number of times', async () => {
    const keep = '(globalThis.empty ??= [Buffer.alloc(0), new ArrayBuffer(0)])';
    expect(await crossing.run(keep)).toEqual([Buffer.alloc(0), new ArrayBuffer(0)]);
    expect(await crossing.run(keep)).toEqual([Buffer.alloc(0), new ArrayBuffer(0)]);
  });
});

test.runIf('Float16Array' in globalThis)('Float16Array keeps its class', async () => {
  const Float16 = (globalThis as unknown as { Float16Array: Float32ArrayConstructor }).Float16Array;
  const back = await crossing.thereAndBack(new Float16([1.5]));
  expect(back).toBeInstanceOf(Float16);
  expect([...back]).toEqual([1.5]);
});

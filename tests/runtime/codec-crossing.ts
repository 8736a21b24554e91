import { once } from 'node:events';
import { Worker, type Transferable } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import { type Boundary, decodeError, decodeResult, encodeArguments, type Encoded } from '../../src/runtime/codec/index.js';
import { pack, unpack } from '../../src/runtime/worker/packing.js';

function bundled(entryPoint: string): string {
  return buildSync({ entryPoints: [entryPoint], bundle: true, platform: 'node', format: 'cjs', target: 'node20.19', write: false }).outputFiles[0]!.text;
}

const CODE = `
  const codec = {};
  new Function('module', 'exports', 'require', ${JSON.stringify(bundled('src/runtime/codec/index.ts'))})({ set exports(all) { Object.assign(codec, all) } }, codec, require);
  const { parentPort, workerData: boundary } = require('node:worker_threads');
  const packing = {};
  new Function('module', 'exports', 'require', ${JSON.stringify(bundled('src/runtime/worker/packing.ts'))})({ set exports(all) { Object.assign(packing, all) } }, packing, require);
  const AsyncFunction = (async () => {}).constructor;
  parentPort.on('message', async (message) => {
    const { source, payload } = boundary === 'process' ? packing.unpack(message) : message;
    let answer;
    try {
      const value = await new AsyncFunction('args', 'require', 'return (' + source + ')')(codec.decodeArguments(payload), require);
      answer = { returned: codec.encodeResult(value, false, boundary) };
    } catch (thrown) {
      answer = { thrown: codec.encodeError(thrown, boundary) };
    }
    const { payload: encoded, transfer } = answer.returned ?? answer.thrown;
    const reply = { encoded, threw: answer.returned === undefined };
    if (boundary === 'process') parentPort.postMessage(packing.pack(reply));
    else parentPort.postMessage(reply, transfer);
  });
`;

/** What may lie between here and there. */
export const boundaries: Boundary[] = ['thread', 'process'];

/**
 * A worker that has nothing but the codec: what crosses to it and back has gone through two real messages. For a
 * process they are bytes, packed and unpacked as they are there.
 */
export class Crossing {
  readonly #worker: Worker;
  readonly #boundary: Boundary;

  constructor(boundary: Boundary = 'thread') {
    this.#boundary = boundary;
    this.#worker = new Worker(CODE, { eval: true, workerData: boundary });
  }

  /** The value after it has been an argument and a result. */
  thereAndBack<T>(value: T, transfer?: readonly Transferable[]): Promise<T> {
    return this.run('args[0]', [value], transfer) as Promise<T>;
  }

  /** What an expression gives in the worker, where `args` and `require` are at hand. */
  run(source: string, args: readonly unknown[] = [], transfer?: readonly Transferable[]): Promise<unknown> {
    return this.post(source, encodeArguments(args, transfer, this.#boundary));
  }

  async post(source: string, { payload, transfer }: Encoded): Promise<unknown> {
    if (this.#boundary === 'process') this.#worker.postMessage(pack({ source, payload }));
    else this.#worker.postMessage({ source, payload }, transfer);
    const [reply] = (await once(this.#worker, 'message')) as [unknown];
    const { encoded, threw } = (this.#boundary === 'process' ? unpack(reply as Uint8Array) : reply) as { encoded: unknown; threw: boolean };
    if (threw) throw decodeError(encoded);
    return decodeResult(encoded);
  }

  /** What an expression throws in the worker, as it arrives. */
  async thrownBy(source: string): Promise<unknown> {
    try {
      await this.run(source);
    } catch (thrown) {
      return thrown;
    }
    throw new Error(`nothing was thrown by ${source}`);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

import { once } from 'node:events';
import { Worker, type Transferable } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import { decodeError, decodeResult, encodeArguments, type Encoded } from '../../src/runtime/codec/index.js';

const codec = buildSync({
  entryPoints: ['src/runtime/codec/index.ts'],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  write: false,
}).outputFiles[0]!.text;

const CODE = `
  const codec = {};
  new Function('module', 'exports', 'require', ${JSON.stringify(codec)})({ set exports(all) { Object.assign(codec, all) } }, codec, require);
  const { parentPort } = require('node:worker_threads');
  const AsyncFunction = (async () => {}).constructor;
  parentPort.on('message', async ({ source, payload }) => {
    let answer;
    try {
      const value = await new AsyncFunction('args', 'require', 'return (' + source + ')')(codec.decodeArguments(payload), require);
      answer = { returned: codec.encodeResult(value) };
    } catch (thrown) {
      answer = { thrown: codec.encodeError(thrown) };
    }
    const { payload: encoded, transfer } = answer.returned ?? answer.thrown;
    parentPort.postMessage({ encoded, threw: answer.returned === undefined }, transfer);
  });
`;

/** A worker that has nothing but the codec: what crosses to it and back has gone through two real messages. */
export class Crossing {
  readonly #worker = new Worker(CODE, { eval: true });

  /** The value after it has been an argument and a result. */
  thereAndBack<T>(value: T, transfer?: readonly Transferable[]): Promise<T> {
    return this.run('args[0]', [value], transfer) as Promise<T>;
  }

  /** What an expression gives in the worker, where `args` and `require` are at hand. */
  run(source: string, args: readonly unknown[] = [], transfer?: readonly Transferable[]): Promise<unknown> {
    return this.post(source, encodeArguments(args, transfer));
  }

  async post(source: string, { payload, transfer }: Encoded): Promise<unknown> {
    this.#worker.postMessage({ source, payload }, transfer);
    const [{ encoded, threw }] = (await once(this.#worker, 'message')) as [{ encoded: unknown; threw: boolean }];
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

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { nativeAsync, nativeAsyncName } from '../../src/catalogue/native-async.js';
import { uncloneable, uncloneableFrom, uncloneableSources } from '../../src/catalogue/uncloneable.js';
import { isGivenToTasks } from '../../src/catalogue/worker-scope.js';
import { encodeArguments } from '../../src/runtime/codec/index.js';
import { helpersFor } from '../../src/runtime/worker/transpiler-helpers.js';

const require = createRequire(import.meta.url);

/** What the sources that want arguments are given. */
const given: Readonly<Record<string, readonly unknown[]>> = {
  'new globalThis.Promise': [() => {}],
  'globalThis.Promise.all()': [[]], 'globalThis.Promise.allSettled()': [[]], 'globalThis.Promise.race()': [[]], 'globalThis.Promise.any()': [[1]],
  'globalThis.fetch()': ['data:,text'],
  'globalThis.Symbol.for()': ['name'],
  'new globalThis.Proxy': [{}, {}],
  'globalThis.AbortSignal.any()': [[]], 'globalThis.AbortSignal.timeout()': [1e6],
  'fs.createReadStream()': ['package.json'], 'fs.createWriteStream()': ['/dev/null'], 'fs.watch()': ['package.json'], 'fs.opendirSync()': ['.'],
  'stream.Readable.from()': [[]],
  'http.request()': ['http://127.0.0.1:9'], 'http.get()': ['http://127.0.0.1:9'],
  'child_process.spawn()': ['true'], 'child_process.exec()': ['true'], 'child_process.execFile()': ['true'],
  'new worker_threads.Worker': ['', { eval: true }],
  'readline.createInterface()': [{ input: process.stdin }],
  'new globalThis.WeakRef': [{}], 'new globalThis.FinalizationRegistry': [() => {}],
  'new globalThis.Request': ['http://127.0.0.1'],
  'crypto.createHash()': ['sha256'], 'crypto.createHmac()': ['sha256', 'key'], 'crypto.createECDH()': ['secp256k1'],
  'new node:sqlite.DatabaseSync': [':memory:'], 'new vm.Script': ['1'], 'new util.MIMEType': ['text/plain'],
  'new globalThis.WebAssembly.Memory': [{ initial: 1 }],
  'new globalThis.WebAssembly.Instance': [new (globalThis as unknown as Holder)['WebAssembly']!['Module']!(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))],
};

interface Holder { readonly [name: string]: Holder & (new (...given: readonly unknown[]) => unknown) & ((...given: readonly unknown[]) => unknown) }

/** The value that a source stands for; undefined where this Node has none. */
function made(source: string): unknown {
  const [, isNew, module, dotted = '', isCall] = /^(new )?((?:node:)?[\w/]+?)(?:\.([\w.#]+))?(\(\))?$/.exec(source) as unknown as [string, string?, string?, string?, string?];
  const path = dotted === '' ? [] : dotted.split('.');
  const [className, property] = (path.at(-1) ?? '').split('#');
  let holder = (module === 'globalThis' ? globalThis : loaded(module!)) as unknown as Holder | undefined;
  for (const step of property === undefined ? path : [...path.slice(0, -1), className!]) {
    const next = holder?.[step] as Holder | undefined;
    if ((isCall || isNew || property) && typeof next === 'function' && step === (className === '' ? undefined : className)) return used(next as never, holder!);
    holder = next;
  }
  return isNew && holder ? used(holder as never, holder) : holder;

  function used(found: Holder[string], owner: Holder): unknown {
    const values = given[source] ?? [];
    if (property !== undefined) return (new found() as Record<string, unknown>)[property];
    return isNew ? new found(...values) : Reflect.apply(found as never, owner, values);
  }
}

function loaded(module: string): unknown {
  try {
    return require(module.startsWith('node:') ? module : `node:${module}`);
  } catch {
    return undefined;
  }
}

function refusal(value: unknown): string {
  try {
    encodeArguments([value]);
  } catch (error) {
    return (error as Error).message;
  }
  return 'not refused';
}

/** What is open keeps the tests from ending, and what fails later would end them. */
async function letGo(value: unknown): Promise<void> {
  const held = value as { on?: (event: string, listener: () => void) => void; kill?: () => void; terminate?: () => Promise<unknown>; destroy?: () => void; close?: () => unknown; closeSync?: () => void; catch?: (listener: () => void) => void };
  if (value === process || value === process.stdin || value === process.stdout || value === process.stderr) return;
  held.catch?.(() => {});
  held.on?.('error', () => {});
  if (held.terminate) await held.terminate();
  else if (held.kill) await once(value as never, 'close');
  else if (held.closeSync) held.closeSync();
  else if (held.destroy) held.destroy();
  else if (typeof held.close === 'function') try { held.close(); } catch { /* it was not open */ }
}

describe('what cannot cross is what the runtime refuses, in its words', () => {
  it.each(uncloneableSources)('%s', async (source) => {
    const { what, instead } = uncloneableFrom(source)!;
    const value = made(source);
    if (value === undefined && /sqlite|^new globalThis\.WebAssembly/.test(source)) return;
    try {
      const message = refusal(value);
      // The standard streams are of another class for each kind of file.
      if (what === 'a stream') expect(message).toMatch(new RegExp(`cannot cross to a worker: ${instead}$`));
      else expect(message).toBe(`args[0] is ${what}, and ${what} cannot cross to a worker: ${instead}`);
    } finally {
      await letGo(value);
    }
  });

  it.each<[keyof typeof uncloneable, unknown]>([
    ['function', () => {}],
    ['promise', Promise.resolve()],
    ['symbol', Symbol('s')],
    ['arguments', (function (..._: unknown[]) { return arguments; })(1)],
    ['iterator', (function* () { yield 1; })()],
  ])('%s', (kind, value) => {
    const { what, instead } = uncloneable[kind];
    expect(refusal(value)).toBe(`args[0] is ${what}, and ${what} cannot cross to a worker: ${instead}`);
  });
});

describe('Node\'s own asynchronous functions', () => {
  it.each(nativeAsync)('%s is one', (name) => {
    const [module, ...path] = name.split('.') as [string, ...string[]];
    const holder = (module === 'globalThis' ? globalThis : loaded(module)) as Record<string, unknown>;
    expect(typeof holder[path[0]!]).toBe('function');
    expect(nativeAsyncName(module, path)).toBe(name);
  });

  it('are found on `fs.promises` too', () => {
    expect(nativeAsyncName('fs', ['promises', 'readFile'])).toBe('fs/promises.readFile');
    expect(nativeAsyncName('fs', ['readFileSync'])).toBeUndefined();
    expect(nativeAsyncName('fs/promises', ['watch'])).toBeUndefined();
  });
});

describe('names that a task has in the worker', () => {
  const path = 'src/runtime/worker/transpiler-helpers.ts';
  const text = readFileSync(path, 'utf8');
  const provided = Object.keys(helpersFor(text, path)).filter((name) => name !== '__vite_ssr_dynamic_import__');

  it('are those that the worker provides', () => {
    expect(provided.length).toBeGreaterThan(30);
    expect(provided.filter((name) => !isGivenToTasks(name))).toEqual([]);
    const named = readFileSync('src/catalogue/worker-scope.ts', 'utf8').match(/(?<=')_\w+(?=')/g)!;
    expect(named.filter((name) => !name.startsWith('__file') && !name.startsWith('__dir') && !provided.includes(name))).toEqual([]);
  });

  it('and no others', () => {
    expect(['fs', '_helper', '__vite_ssr_import_0__', 'module'].filter(isGivenToTasks)).toEqual([]);
  });
});

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve as absolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InlineExecutor, offload, offloadable, TaskReferenceError } from 'eslint-plugin-offload/runtime';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Resolved, resolve } from '../../src/runtime/worker/resolve.js';
import { byDefault, fixture, runNode } from './child-node.js';
import { pools } from './pools.js';

/** The fixtures, in this project so that the package's own name leads to dist/, with packages of their own beside them. */
let folder: string;

beforeAll(() => {
  mkdirSync('.cache', { recursive: true });
  folder = absolute(mkdtempSync('.cache/registered-'));
  cpSync(fileURLToPath(fixture('registered')), folder, { recursive: true });
  cpSync(join(folder, 'packages'), join(folder, 'node_modules'), { recursive: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `run.mjs` in a Node of its own; `calls` are names of exports and arguments in turn. */
async function runWith(kind: 'threads' | 'processes', module: string, calls: readonly string[]): Promise<unknown[]> {
  const { stdout, stderr } = await runNode([...byDefault(kind), join(folder, 'run.mjs'), `./${module}`, ...calls]);
  expect(stderr.replaceAll(/^.*(?:Type Stripping is an experimental|--trace-warnings).*\n/gm, '')).toBe('');
  return stdout.trim().split('\n').map((line) => JSON.parse(line) as unknown);
}

describe.each(pools)('%s', (kind) => {
  const run = (module: string, ...calls: readonly string[]) => runWith(kind, module, calls);

  describe("a module's own functions", () => {
    test('exported, not exported under that name, on a default object, async; with what they close over', async () => {
      expect(await run('functions.mjs', 'later', '["a"]', 'salute', '["b"]', 'default.shout', '["c"]', 'salute', '["d"]')).toEqual([['hello a', false], ['hello b', false], ['hello C', false], ['hello d', false]]);
    });

    test('of a CommonJS module, by __filename and by URL', async () => {
      expect(await run('functions.cjs', 'default.greet', '["a"]', 'default.byUrl', '["b"]')).toEqual([['hello a', false], ['hello b', false]]);
    });

    test('of a module with top-level await', async () => {
      expect(await run('top-level-await.mjs', 'limit', '[5]', 'limit', '[2]')).toEqual([[3, false], [2, false]]);
    });

    test('throw what they throw, with the line that threw it', async () => {
      expect(await run('functions.mjs', 'fail', '[]', 'fail', '[]')).toEqual(
        Array(2).fill(expect.objectContaining({ name: 'RangeError', message: 'too far', stack: expect.stringMatching(/functions\.mjs:13:\d+/) as string })),
      );
    });

    test('may keep the buffers that they return or throw', async () => {
      const [first, second, third, length, , error, lengthAfter] = (await run('keeps-a-buffer.mjs', 'get', '[]', 'get', '[]', 'getLater', '[]', 'length', '[]', 'fail', '[]', 'fail', '[]', 'length', '[]')) as { data: number[] }[];
      expect([first!.data.length, second, third, length, lengthAfter]).toEqual([100_000, first, first, 100_000, 100_000]);
      expect(error).toMatchObject({ message: 'kept' });
    });

    test('run in place inside a task', async () => {
      expect(await run('nested.mjs', 'nested', '[]')).toEqual([[true, true, 'strong:hash:x']]);
    });
  });

  describe('functions of another module', () => {
    test('from its namespace or its default export, one that is a function itself included, with its `this`', async () => {
      expect(await run('of-others.mjs', 'add', '[1]', 'hash', '["a"]', 'hash.strong', '["b"]', 'inNamespace.default.weak', '["c"]', 'twice', '[4]')).toEqual([
        [8, false], ['salt:a', false], ['strong:hash:b', false], ['weak:hash:c', false], [8, false],
      ]);
    });

    test('from CommonJS, also where only import() loads it', async () => {
      expect(await run('of-others.cjs', 'hash', '["a"]', 'hash.weak', '["b"]', 'default.twice', '[4]')).toEqual([['salt:a', false], ['weak:hash:b', false], [8, false]]);
    });

    test('give back at once, when the module has been loaded', async () => {
      const definition = { file: pathToFileURL(join(folder, 'of-others.mjs')).href, specifier: './library.mjs', name: 'add', inNamespace: true };
      const registered = resolve(-1, definition) as Resolved;
      const first = Reflect.apply(registered.fn, registered.thisValue, [1]) as unknown;
      expect(first).toBeInstanceOf(Promise);
      expect(await first).toEqual([8, expect.any(Boolean)]);
      expect(Reflect.apply((resolve(-1, undefined) as Resolved).fn, undefined, [2])).toEqual([9, expect.any(Boolean)]);
    });
  });

  describe('a module that something compiles', () => {
    const calls = ['./needs-compiling.cjs', 'default.byPath', '[1]', 'default.byUrl', '[2]'];

    test.each<[string, string[], NodeJS.ProcessEnv]>([
      ['--import', ['--import', './registered/compiles.mjs'], {}],
      ['--import=', ['--import=./registered/compiles.mjs'], {}],
      ['NODE_OPTIONS', [], { NODE_OPTIONS: '--no-warnings --import "./registered/compiles.mjs"' }],
    ])('by what the process was started with: %s', async (_, options, env) => {
      expect(await runNode([...byDefault(kind), ...options, join(folder, 'run.mjs'), ...calls], { env })).toMatchObject({ stdout: '[2,false]\n[4,false]\n', stderr: '' });
    });

    test('and that a function shipped as source loads', async () => {
      const program = "require('eslint-plugin-offload/runtime').offload((n) => require('./registered/functions.terse').byPath(n), 3).then(console.log)";
      expect(await runNode([...byDefault(kind), '--import', './registered/compiles.mjs', '-e', program])).toMatchObject({ stdout: '[ 6, false ]\n', stderr: '' });
    });

    test.runIf('typescript' in process.features && process.features.typescript)('by Node itself', async () => {
      expect(await run('typed.mts', 'thrice', '[1]')).toEqual([[3, false]]);
    });
  });
});

describe.each(pools)('what a worker cannot reach: %s', (kind, Pool) => {
  const run = (module: string, ...calls: readonly string[]) => runWith(kind, module, calls);
  const pool = new Pool({ maxWorkers: 1 });
  afterAll(() => pool.shutdown());

  test('a module that does not load there', async () => {
    const refused = expect.objectContaining({
      ours: true,
      name: 'TaskReferenceError',
      message: expect.stringMatching(/fails-in-worker\.mjs cannot be loaded in a worker, where `render` was to run: Error: no window here\. .*a module that loads by itself/) as string,
      cause: 'Error: no window here',
    }) as unknown;
    expect(await run('fails-in-worker.mjs', 'render', '[]', 'render', '[]')).toEqual([refused, refused]);
  });

  test('a module that is not there', async () => {
    const fn = () => 1;
    offloadable(pathToFileURL(join(folder, 'nowhere.mjs')).href, { fn });
    await expect(pool.submit(fn)).rejects.toThrow(/nowhere\.mjs cannot be loaded in a worker, where `fn` was to run: Error.*Cannot find module/);
    await expect(pool.submit(fn)).rejects.toBeInstanceOf(TaskReferenceError);
    offloadable(join(folder, 'functions.cjs'), 'no-such-package', { fn });
    await expect(pool.submit(fn)).rejects.toThrow(/^'no-such-package', as seen from .*functions\.cjs, cannot be loaded in a worker/);
  });

  test('a function that is not registered there', async () => {
    expect(await run('registers-in-main-only.mjs', 'render', '[]')).toMatchObject([{ ours: true, message: expect.stringMatching(/registers-in-main-only\.mjs was loaded in a worker and did not register `render` there\. .*isMainThread/) as string }]);
  });

  test('a function that was added to a module', async () => {
    expect(await run('adds-a-function.mjs', 'added', '[]')).toMatchObject([{ ours: true, message: expect.stringMatching(/^'callable-package', as seen from .* has no function `added` there\./) as string }]);
  });

  test.each<[unknown, RegExp]>([
    [undefined, /takes import\.meta\.url, or __filename in CommonJS, and was given undefined.*In a bundle/],
    ['./functions.mjs', /was given '\.\/functions\.mjs'/],
    ['https://example.org/module.js', /was given 'https:/],
    [{ fn: () => 1 }, /was given an object/],
    [process.execPath, /a bundle that holds this package too/],
  ])('functions of %s', (module, message) => {
    expect(() => offloadable(module as string, { fn: () => 1 })).toThrow(TaskReferenceError);
    expect(() => offloadable(module as string, { fn: () => 1 })).toThrow(message);
  });

  test.each<[string, unknown[], RegExp]>([
    ['no object', ['fn'], /takes an object of functions, .*given 'fn'/],
    ['a function by itself', [() => 1], /takes an object of functions, .*given a function/],
    ['a value that is no function', [{ limit: 1 }], /`limit` is a number/],
    ['a class', [{ Parser: class Parser {} }], /`Parser` is a class/],
    ['a generator function', [{ *lines() { yield 1; } }], /`lines` is a generator function/],
    ['no specifier', [1, {}], /takes the specifier of a module.*given a number/],
    ['a module without functions', ['some-package', { version: '1' }], /no functions in what it was given as the module 'some-package'/],
  ])('%s', (_, rest, message) => {
    const register = () => Reflect.apply(offloadable as (...args: unknown[]) => unknown, undefined, [import.meta.url, ...rest]);
    expect(register).toThrow(TaskReferenceError);
    expect(register).toThrow(message);
  });

  test('a mock: refused when it is offloaded, for a test may only import it', async () => {
    const { fn } = offloadable(import.meta.url, { fn: vi.fn(() => 1) });
    await expect(pool.submit(fn)).rejects.toThrow(/is a mock/);
    expect(await offload.with({ executor: new InlineExecutor() })(fn)).toBe(1);
  });
});

test('what is passed is returned, with its types', () => {
  interface Functions {
    parse(text: string): number;
    parse(text: Buffer, encoding: string): string;
  }
  const functions: Functions = { parse: ((text: string) => text.length) as Functions['parse'] };
  const { parse } = offloadable(import.meta.url, functions);
  const length: number = parse('four');
  expect([parse, length]).toEqual([functions.parse, 4]);
  // @ts-expect-error -- a number is no function
  expect(() => offloadable(import.meta.url, { limit: 1 })).toThrow(TaskReferenceError);
});

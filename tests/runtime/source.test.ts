import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { InlineExecutor, offload, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { describe, expect, test } from 'vitest';
import { byDefault, fixture, runNode } from './child-node.js';
import { pools } from './pools.js';

describe('a self-contained function runs in a worker, however it is written', () => {
  class Shapes {
    static area(width: number, height: number) {
      return width * height;
    }
    get unit() {
      return 'cm';
    }
  }
  const shapes = {
    area(width: number, height: number) {
      return width * height;
    },
    async later(width: number, height: number) {
      return width * height;
    },
    'quoted name'(width: number, height: number) {
      return width * height;
    },
    async: (width: number, height: number) => width * height,
    get(width: number, height: number) {
      return width * height;
    },
  };

  test.each<[string, (width: number, height: number) => number | Promise<number>]>([
    ['arrow', (width, height) => width * height],
    ['arrow with a body', (width, height) => { return width * height; }],
    ['async arrow', async (width, height) => width * height],
    ['function', function (width, height) { return width * height; }],
    ['named function', function area(width, height) { return width * height; }],
    ['async function', async function (width, height) { return width * height; }],
    ['method', shapes.area],
    ['async method', shapes.later],
    ['method with a quoted name', shapes['quoted name']],
    ['arrow called async', shapes.async],
    ['method called get', shapes.get],
    ['static method', Shapes.area],
    ['promise', (width, height) => Promise.resolve(width * height)],
    ['defaults and rest', (width, height = 1, ...rest: number[]) => width * height + rest.length],
    ['made at run time', new Function('width', 'height', 'return width * height // the end') as () => number],
  ])('%s', async (_, fn) => {
    expect(await offload(fn, 3, 4)).toBe(12);
  });

  test('the getter of a property', async () => {
    const getter = Object.getOwnPropertyDescriptor(Shapes.prototype, 'unit')?.get as () => string;
    expect(await offload(getter)).toBe('cm');
  });

  test('one that calls itself', async () => {
    expect(await offload(function factorial(n: number): number { return n < 2 ? 1 : n * factorial(n - 1); }, 5)).toBe(120);
  });

  test('one made anew at each call', async () => {
    for (let i = 0; i < 3; i++) expect(await offload((x: number) => x + 1, i)).toBe(i + 1);
  });

  test('more functions than a worker remembers', async () => {
    await using pool = new ThreadPoolExecutor({ maxWorkers: 1 });
    const functions = Array.from({ length: 1100 }, (_, i) => new Function(`return ${i}`) as () => number);
    const answers = await Promise.all(functions.map((fn) => pool.submit(fn)));
    expect(answers).toEqual(functions.map((_, i) => i));
    expect(await pool.submit(functions[0] as () => number)).toBe(0);
    expect(await pool.submit(functions[1099] as () => number)).toBe(1099);
  });
});

describe('what is around a function is not there, and the error says what to do', () => {
  test('a free variable', async () => {
    const rate = 2;
    const error = await offload((x: number) => x * rate, 1).catch((e: unknown) => e as Error);
    expect(error).toBeInstanceOf(ReferenceError);
    expect(error).toMatchObject({ message: expect.stringMatching(/^`rate` is not defined in the worker: .*Pass it as an argument, or import it inside the function .*import that module inside the task\.$/) as string });
    expect((error as Error).stack).toContain('`rate` is not defined in the worker');
  });

  test('in an asynchronous function', async () => {
    const rate = 2;
    await expect(offload(async (x: number) => (await null, x * rate), 1)).rejects.toThrow('`rate` is not defined in the worker');
  });

  test('an import that a bundler has renamed', async () => {
    await expect(offload(() => createRequire('/'))).rejects.toThrow(/^`__v\w+`, which a bundler or transpiler put in place of an import, is not defined/);
  });

  test('none of our own variables, nor those of an evaluated script', async () => {
    const bare = new Worker("require('node:worker_threads').parentPort.postMessage(Object.getOwnPropertyNames(globalThis))", { eval: true });
    const [names] = (await once(bare, 'message')) as [string[]];
    const evaluated = ['require', 'module', 'exports', '__filename', '__dirname'];
    await using pool = new ThreadPoolExecutor();
    expect(await pool.submit(() => Object.getOwnPropertyNames(globalThis))).toEqual(names.filter((name) => !evaluated.includes(name)));
  });

  test('a ReferenceError of the code that the function calls stays as it is', async () => {
    const error = await offload(() => (require('./fixtures/free-variable.cjs') as { elsewhere: () => void }).elsewhere()).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'ReferenceError', message: 'elsewhere is not defined' });
  });
});

describe('what cannot be shipped is refused', () => {
  class Private {
    #secret() { return 1; }
    static reveal = new Private().#secret;
  }
  test.each<[string, () => unknown, RegExp]>([
    ['a generator function', function* () { yield 1; }, /generator function; its result cannot cross/],
    ['an async generator function', async function* () { yield 1; }, /generator function/],
    ['a class', class Image {} as never, /^`Image` is a class, and an instance cannot cross/],
    ['a private method', Private.reveal, /^`#secret` is a private method/],
  ])('%s', async (_, fn, message) => {
    await expect(offload(fn)).rejects.toMatchObject({ name: 'TaskReferenceError', message: expect.stringMatching(message) as string });
  });

  test.each(pools)('source that does not compile by itself: %s', async (kind) => {
    const { stdout } = await runNode([...byDefault(kind), fileURLToPath(fixture('import-meta.mjs'))]);
    expect(stdout).toMatch(/^TaskReferenceError The task's source does not compile in a worker: SyntaxError: .*pass import\.meta\.url as an argument\.$/m);
  });
});

describe('imports in a shipped function resolve from its caller', () => {
  test.each(pools.flatMap(([kind]) => ['imports.mjs', 'imports.cjs'].map((name) => ({ kind, name }))))('$name, $kind', async ({ kind, name }) => {
    const { stdout, stderr, code } = await runNode([...byDefault(kind), fileURLToPath(fixture(name))]);
    // The loader's ExperimentalWarning is none of the user's doing.
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ imported: 'dependency', required: 'dependency', builtin: 'function', dirname: true });
    expect(code).toBe(0);
  });

  test('also after a test runner has rewritten them', async () => {
    const sep = await offload(async () => (await import('node:path')).sep);
    expect(sep).toBe('/');
    // @ts-expect-error -- The fixture is plain JavaScript, which has no types.
    const name = await offload(async () => ((await import('./fixtures/dependency.cjs')) as { default: { name: string } }).default.name);
    expect(name).toBe('dependency');
  });
});

test('the same function runs in place with InlineExecutor, closure and all', async () => {
  const rate = 2;
  expect(await offload.with({ executor: new InlineExecutor() })((x: number) => x * rate, 2)).toBe(4);
});

import { transform, type TransformOptions } from 'esbuild';
import { offload } from 'eslint-plugin-offload/runtime';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const code = `
  task = async function total(numbers, options) {
    const { rate = 2, ...rest } = { rate: 3, ...options, kept: true };
    class Sum {
      static unit = 'cm';
      #sum = 0;
      start = Object.keys(rest).length;
      add(n) { this.#check(n); this.#sum += n; }
      #check(n) { if (typeof n !== 'number') throw new TypeError('no number'); }
      get sum() { return this.#sum; }
    }
    const sum = new Sum();
    for (const n of numbers) sum.add(await n);
    for await (const n of [Promise.resolve(1)]) sum.add(n);
    let failed = 'no';
    try { await Promise.reject(new Error('yes')); } catch (error) { failed = error.message; }
    return [sum.sum * rate, sum.start, Sum.unit, failed, [...numbers, 0].length];
  };
`;

const expected = [21, 1, 'cm', 'yes', 4];

// What stands at the top of a transpiled file is not in `fn.toString()`, so it is evaluated as it would be in the program.
function evaluate(transpiled: string): (numbers: number[], options: object) => Promise<unknown> {
  return new Function(`let task; ${transpiled}; return task;`)() as never;
}

describe('helpers of transpilers are there in the worker', () => {
  test.each<[string, TransformOptions]>([
    ['esnext', { target: 'esnext' }],
    ['esnext, keepNames', { target: 'esnext', keepNames: true }],
    ['es2020', { target: 'es2020' }],
    ['es2017', { target: 'es2017', keepNames: true }],
    ['es2016', { target: 'es2016', keepNames: true }],
  ])('esbuild: %s', async (_, options) => {
    const fn = evaluate((await transform(code, { ...options, loader: 'js' })).code);
    expect(await fn([1, 2, 3], {})).toEqual(expected);
    expect(await offload(fn, [1, 2, 3], {})).toEqual(expected);
  });

  test.each([['ES2022'], ['ES2019'], ['ES2016']] as const)('tsc: %s', async (target) => {
    const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget[target], module: ts.ModuleKind.ESNext } });
    const fn = evaluate(outputText);
    expect(await fn([1, 2, 3], {})).toEqual(expected);
    expect(await offload(fn, [1, 2, 3], {})).toEqual(expected);
  });

  test("tsc's `import()` in CommonJS", async () => {
    const { outputText } = ts.transpileModule("task = async () => typeof (await import('node:fs')).readFileSync;", {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
    });
    expect(outputText).toContain('__importStar');
    expect(await offload(evaluate(outputText), [], {})).toBe('function');
  });

  test('swc and babel', async () => {
    const fn = evaluate(`task = function total(numbers) {
      return _async_to_generator(function* () {
        const path = yield Promise.resolve(_interop_require_wildcard(require('node:path')));
        return _extends({}, { sep: path.sep, base: _interopRequireDefault(path).default.sep });
      })();
    }`);
    expect(await offload(fn, [], {})).toEqual({ sep: '/', base: '/' });
  });

  test("istanbul's counters count into nothing", async () => {
    const fn = evaluate('task = function total(n) { cov_23bkq5a1nl().f[0]++; cov_23bkq5a1nl().s[3]++; return (cov_23bkq5a1nl().b[0][1]++, n.length); }');
    expect(await offload(fn, [1, 2], {})).toBe(2);
  });
});

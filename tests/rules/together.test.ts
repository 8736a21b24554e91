import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../../src/index.js';

const head = "import fs from 'node:fs';\nimport { offload, runInExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';\nconst pool = new ThreadPoolExecutor();\n";

/** What all fixes of all rules together make of a piece of code. */
function fixed(code: string, config: Linter.Config): string {
  const rules = { ...config.rules, 'offload/no-indirect-blocking': 'error' } as const;
  const { output } = new Linter().verifyAndFix(head + code, { ...config, rules });
  return output.slice(output.indexOf('async'));
}

describe.each(['recommended', 'strict'] as const)('%s: a call in place of the function', (name) => {
  const config = plugin.configs[name];

  it.each([
    ['async (p) => await offload(fs.readFileSync(p));', 'async (p) => await offload(fs.readFileSync, p);'],
    ['async (p) => await offload(() => (fs.readFileSync(p)));', 'async (p) => await offload(fs.readFileSync, p);'],
    ['async (p) => await offload.with({ timeout: 1 })(fs.readFileSync(p));', 'async (p) => await offload.with({ timeout: 1 })(fs.readFileSync, p);'],
    ['async (p) => await runInExecutor(pool, fs.readFileSync(p));', 'async (p) => await runInExecutor(pool, fs.readFileSync, p);'],
    ['async (p) => await pool.submit(fs.readFileSync(p));', 'async (p) => await pool.submit(fs.readFileSync, p);'],
  ])('%s is passed', (before, after) => {
    expect(fixed(before, config)).toBe(after);
  });

  it.each([
    // What the arguments would be is not known, or parentheses would make one value of them.
    'async (p) => await offload(fs.readFileSync(p), p);',
    'async (p) => await offload((fs.readFileSync(p)));',
    'async (p) => await offload((() => fs.readFileSync(p)));',
    'async (p) => await pool.map(fs.readFileSync(p), p);',
  ])('%s stays', (code) => {
    expect(fixed(code, config)).toBe(code);
  });

  it('an argument is waited for all the same', () => {
    expect(fixed('async (p, write) => await offload(fs.writeFileSync, p, fs.readFileSync(p));', config)).toBe('async (p, write) => await offload(fs.writeFileSync, p, await offload(fs.readFileSync, p));');
    expect(fixed('async (p) => await runInExecutor(pick(fs.readFileSync(p)), fs.readFileSync, p);', config)).toBe('async (p) => await runInExecutor(pick(await offload(fs.readFileSync, p)), fs.readFileSync, p);');
  });
});

it('a helper is not made async where the value of its call would be the task', () => {
  const code = 'async (p) => await offload(text(p));\nfunction text(p) { return fs.readFileSync(p); }';
  expect(fixed(code, plugin.configs.recommended)).toBe(code);
});

it('the form of its own is not awaited there either', () => {
  expect(fixed('async (p) => await offload(fs.rmSync(p));', plugin.configs.native)).toBe('async (p) => await fs.promises.rm(p);');
});

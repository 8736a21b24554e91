import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tsParser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import plugin from 'eslint-plugin-offload';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));

describe.each(['esm', 'commonjs', 'typescript-esm', 'typescript-commonjs'])('%s', (name) => {
  let folder: string;
  let before: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), `offload-${name}-`));
    cpSync(join(here, 'fixtures', name), folder, { recursive: true });
    const modules = join(folder, 'node_modules');
    mkdirSync(modules);
    symlinkSync(root, join(modules, 'eslint-plugin-offload'));
    symlinkSync(join(root, 'node_modules/@types'), join(modules, '@types'));
    before = compileAndRun(folder);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('is fixed whole, type-checks, and prints the same', async () => {
    const found = await lint(folder, false);
    expect(found.flatMap(({ messages }) => messages.filter(({ fatal }) => fatal))).toEqual([]);
    expect(found.reduce((sum, { fixableErrorCount }) => sum + fixableErrorCount, 0)).toBeGreaterThan(3);

    const fixed = await lint(folder, true);
    expect(fixed.flatMap(({ messages }) => messages.filter(({ fix, fatal }) => fix ?? fatal))).toEqual([]);
    expect(compileAndRun(folder)).toBe(before);
  });

  test('a second --fix changes nothing', async () => {
    const text = sources(folder);
    await lint(folder, true);
    expect(sources(folder)).toEqual(text);
  });

  test('the fixed source is what it was', async () => {
    for (const [file, text] of Object.entries(sources(folder))) await expect(text).toMatchFileSnapshot(join(here, 'fixtures', name, 'fixed', file));
  });
});

async function lint(folder: string, fix: boolean): Promise<ESLint.LintResult[]> {
  const config: Linter.Config[] = [
    { files: ['**/*.{js,ts,cts,mts}'], ...plugin.configs.recommended, rules: { ...plugin.configs.recommended.rules, 'offload/no-blocking-call': 'error' } },
    { files: ['**/*.{ts,cts,mts}'], languageOptions: { parser: tsParser } },
  ];
  const eslint = new ESLint({ cwd: folder, fix, overrideConfigFile: true, overrideConfig: config });
  const results = await eslint.lintFiles(['src']);
  if (fix) await ESLint.outputFixes(results);
  return results;
}

/** What the program prints; a TypeScript program is type-checked and compiled first. */
function compileAndRun(folder: string): string {
  const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main: string };
  if (main.startsWith('out/')) run(join(root, 'node_modules/typescript/bin/tsc'), folder);
  return run(join(folder, main), folder);
}

function run(file: string, folder: string): string {
  try {
    return execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${file} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}

function sources(folder: string): Record<string, string> {
  const files = readdirSync(join(folder, 'src')).sort();
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, 'src', file), 'utf8')]));
}

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { ESLint, Linter } from 'eslint';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** ESLint lints in threads, each with modules of its own: what is reported must not depend on which files a thread has seen. */
const root = process.cwd();
const size = 40;
let folder: string;

const config = `import parser from '@typescript-eslint/parser';
import offload from 'eslint-plugin-offload';
export default [{ files: ['**/*.ts'], languageOptions: { parser }, ...offload.configs.all }];
`;

/** Each helper calls the next one's, every second time through a barrel; every tenth blocks. */
function moduleText(index: number): string {
  const next = (index + 1) % size;
  const isDirect = index % 2 === 0;
  return `import fs from 'node:fs';
import { help${String(next)} } from '${isDirect ? `./part-${String(next)}.js` : './index.js'}';

export function help${String(index)}(path: string): string {
  return ${index % 10 === 0 ? "fs.readFileSync(path, 'utf8')" : `help${String(next)}(path)`};
}

function own(path: string): string {
  return help${String(next)}(path).trim();
}

export async function main${String(index)}(path: string): Promise<string[]> {
  fs.statSync(path);
  return [own(path), help${String(next)}(path)];
}
`;
}

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'offload-concurrency-')));
  const indexes = Array.from({ length: size }, (_, index) => index);
  write('package.json', '{ "name": "app", "type": "module" }');
  write('eslint.config.js', config);
  write('src/index.ts', indexes.map((index) => `export * from './part-${String(index)}.js';\n`).join(''));
  for (const index of indexes) write(`src/part-${String(index)}.ts`, moduleText(index));
  mkdirSync(join(folder, 'node_modules/@typescript-eslint'), { recursive: true });
  symlinkSync(root, join(folder, 'node_modules/eslint-plugin-offload'));
  symlinkSync(join(root, 'node_modules/@typescript-eslint/parser'), join(folder, 'node_modules/@typescript-eslint/parser'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('threads report what one thread does', () => {
  const alone = lint('off');
  const reported = new Map(alone.map(({ filePath, messages }) => [basename(filePath), messages.filter(({ ruleId }) => ruleId !== 'offload/prefer-native-async').length]));
  for (let index = 0; index < size; index += 1) {
    // The direct call, and two of helpers where their chains have eight functions at most.
    const functions = functionsFrom((index + 1) % size);
    expect(reported.get(`part-${String(index)}.ts`)).toBe(1 + Number(functions <= 8) + Number(functions + 1 <= 8));
  }
  for (const concurrency of ['2', '3']) expect(lint(concurrency)).toEqual(alone);
});

/** How many there are from this helper to the next that blocks, both included. */
function functionsFrom(index: number): number {
  return ((10 - (index % 10)) % 10) + 1;
}

function lint(concurrency: string): { readonly filePath: string; readonly messages: Linter.LintMessage[] }[] {
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules/eslint/bin/eslint.js'), '--concurrency', concurrency, '--format', 'json', 'src'], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26, env: { ...process.env, DEBUG: 'eslint:eslint' } });
  expect(stderr).toContain(concurrency === 'off' ? 'Linting in single-thread mode' : `Linting using ${concurrency} worker thread(s)`);
  return (JSON.parse(stdout) as ESLint.LintResult[]).map(({ filePath, messages }) => ({ filePath, messages })).sort((a, b) => (a.filePath < b.filePath ? -1 : 1));
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

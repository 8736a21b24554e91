import Module from 'node:module';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as typescript from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Files, lint, project, write } from './project.js';

const reads = "import fs from 'node:fs';\nexport function load(p: string) { return fs.readFileSync(p); }\n";
const main = "import { load } from './config.js';\nexport async function main() { load('a'); }\n";
const mains = ['a.ts', 'b.ts', 'c.ts'];
const files: Files = { ...Object.fromEntries(mains.map((name) => [name, main])), 'config.ts': reads };

/** What is reported in each of some files, in turn, and how often each file was parsed, by what ESLint is given to parse with. */
function linted(folder: string, texts: readonly (readonly [file: string, text: string])[], rules: Linter.RulesRecord = { 'offload/no-indirect-blocking': ['error', { fix: 'none' }] }): { readonly reports: readonly number[]; readonly parses: Readonly<Record<string, number>> } {
  const parses: Record<string, number> = {};
  const parser = {
    ...typescript,
    parseForESLint(text: string, options: { readonly filePath: string }) {
      const name = basename(options.filePath);
      parses[name] = (parses[name] ?? 0) + 1;
      return typescript.parseForESLint(text, options);
    },
  };
  const reports = texts.map(([file, text]) => lint(text, join(folder, file), { rules, languageOptions: { parser } }, folder).length);
  return { reports, parses };
}

const all = mains.map((name) => [name, main] as const);

beforeAll(() => {
  // What another parser reads is not counted here.
  const loader = Module as unknown as { _resolveFilename: (this: unknown, request: string, ...others: unknown[]) => string };
  const resolve = loader._resolveFilename;
  loader._resolveFilename = function (request, ...others) {
    if (request === 'oxc-parser') throw Object.assign(new Error('not here'), { code: 'MODULE_NOT_FOUND' });
    return resolve.call(this, request, ...others);
  };
});

describe('a file that others lead to', () => {
  it('is parsed once for all of them', () => {
    expect(linted(project(files), all)).toEqual({ reports: [1, 1, 1], parses: { 'a.ts': 1, 'b.ts': 1, 'c.ts': 1, 'config.ts': 1 } });
  });

  it('is not parsed for them where it has been linted', () => {
    expect(linted(project(files), [['config.ts', reads], ...all])).toEqual({ reports: [0, 1, 1, 1], parses: { 'a.ts': 1, 'b.ts': 1, 'c.ts': 1, 'config.ts': 1 } });
  });

  it('is not parsed for another rule, nor for other options', () => {
    const folder = project(files);
    const rules: Linter.RulesRecord = { 'offload/no-indirect-blocking': ['error', { fix: 'none' }], 'offload/no-blocking-call': 'error', 'offload/valid-offload': 'error', 'offload/no-busy-loop': 'error', 'offload/prefer-native-async': 'error' };
    expect(linted(folder, all, rules).parses['config.ts']).toBe(1);
    expect(linted(folder, all).parses['config.ts']).toBeUndefined();
    expect(linted(folder, all, { 'offload/no-indirect-blocking': ['error', { fix: 'none', ignore: ['fs.statSync'], maxDepth: 3 }] })).toEqual({ reports: [1, 1, 1], parses: { 'a.ts': 1, 'b.ts': 1, 'c.ts': 1 } });
  });

  it('is parsed once more when it changes', async () => {
    const folder = project(files);
    linted(folder, all);
    await sleep(1_000);
    write(folder, { 'config.ts': reads.replace('export', '// Changed.\nexport') });
    await sleep(1_000);
    expect(linted(folder, all)).toEqual({ reports: [1, 1, 1], parses: { 'a.ts': 1, 'b.ts': 1, 'c.ts': 1, 'config.ts': 1 } });
  });

  it('is not tried again where it does not parse', async () => {
    const folder = project({ ...files, 'config.ts': `${reads} (` });
    // As a module, and as a script.
    expect(linted(folder, all)).toEqual({ reports: [0, 0, 0], parses: { 'a.ts': 1, 'b.ts': 1, 'c.ts': 1, 'config.ts': 2 } });
    await sleep(1_000);
    expect(linted(folder, all).parses['config.ts']).toBeUndefined();
  });

  it('is not parsed if nothing waits in the file that leads to it', () => {
    const quiet = "import { load } from './config.js';\nexport function main() { load('a'); }\n";
    expect(linted(project({ 'main.ts': quiet, 'config.ts': reads }), [['main.ts', quiet]]).parses).toEqual({ 'main.ts': 1 });
  });

  it('is not parsed if its text has no API that blocks, nor a name by which something blocks in what it loads', () => {
    const between = "import { load } from './config.js';\nexport { load };\nexport const name = 'config';\n";
    const other = "import { name } from './between.js';\n// To load (it) is another thing.\nexport function greet() { return name; }\n";
    const caller = "import { greet } from './other.js';\nimport { load } from './between.js';\nexport async function main() { greet(); load('a'); }\n";
    const { reports, parses } = linted(project({ 'main.ts': caller, 'other.ts': other, 'between.ts': between, 'config.ts': reads }), [['main.ts', caller]]);
    expect([reports, parses]).toEqual([[1], { 'main.ts': 1, 'between.ts': 1, 'config.ts': 1 }]);
  });

  it.each([
    ['that does not block', 'one.trim()', 0, { 'main.ts': 1 }],
    ['that blocks', 'fs.readFileSync(one)', 1, { 'main.ts': 1, 'each.ts': 1 }],
  ])('is parsed to see whether it calls what it is given only for a function %s', (_name, body, reported, expected) => {
    const each = 'export function each(all: string[], fn: (one: string) => void) { for (const one of all) fn(one); }\n';
    const caller = `import fs from 'node:fs';\nimport { each } from './each.js';\nexport const read = () => fs.readFileSync('a');\nfunction note(one: string) { ${body}; }\nexport async function main(all: string[]) { each(all, note); each(all, (one) => { one.trim(); }); }\n`;
    const { reports, parses } = linted(project({ 'main.ts': caller, 'each.ts': each }), [['main.ts', caller]]);
    expect([reports, parses]).toEqual([[reported], expected]);
  });
});

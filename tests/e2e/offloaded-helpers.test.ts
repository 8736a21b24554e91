import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tsParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from 'eslint-plugin-offload';
import { afterAll, describe, expect, test } from 'vitest';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Programs that begin at their first file, and how many calls in it become tasks. */
const programs: readonly (readonly [name: string, tasks: number, files: Readonly<Record<string, string>>])[] = [
  [
    'functions of another file: data, bytes, numbers, nothing',
    5,
    {
      'main.mjs': `import { readFileSync } from 'node:fs';
import * as config from './config.mjs';
import { size, touch } from './config.mjs';

async function main() {
  const path = 'settings.json';
  const settings = config.load(path);
  settings.name += '!';
  const bytes = config.bytes(path).subarray(0, 4);
  console.log(settings, config.load(path).name, Buffer.isBuffer(bytes), bytes.toString(), size(path) > 3);
  console.log(touch('made.txt', 'text'), readFileSync('made.txt', 'utf8'));
}
await main();
`,
      'config.mjs': `import fs from 'node:fs';
import { resolve } from 'node:path';
import { parse } from './parse.mjs';

const here = resolve('.');
export function load(path) {
  return parse(fs.readFileSync(resolve(here, path), 'utf8'));
}
export const bytes = (path) => fs.readFileSync(path);
export const size = (path) => fs.statSync(path).size;
export function touch(path, text) { fs.writeFileSync(path, text); }
`,
      'parse.mjs': `const required = ['name'];
export function parse(text) {
  const value = JSON.parse(text);
  for (const key of required) if (!(key in value)) throw new TypeError('no ' + key);
  return { ...value, keys: Object.keys(value).map((key) => key.toUpperCase()), read: new Date(0) };
}
`,
      'settings.json': '{ "name": "settings", "list": [1, 2] }',
    },
  ],
  [
    'errors',
    2,
    {
      'main.cjs': `const { load, check } = require('./config.cjs');
async function main() {
  try {
    load('not there');
  } catch (error) {
    console.log(error instanceof Error, error.code, error.syscall, error.path);
  }
  try {
    check('main.cjs');
  } catch (error) {
    console.log(error instanceof RangeError, error.name, error.message);
  }
}
main();
`,
      'config.cjs': `const fs = require('fs');
exports.load = (path) => fs.readFileSync(path, 'utf8');
exports.check = function (path) {
  if (fs.statSync(path).isFile()) throw new RangeError('a file');
};
`,
    },
  ],
  [
    'functions that the file itself exports, and one that needs nothing',
    3,
    {
      'main.cjs': `const fs = require('fs');

const limit = 3;
function first(path) {
  return fs.readFileSync(path, 'utf8').split('\\n').slice(0, limit);
}

exports.first = first;

function whole(path) {
  const { readFileSync } = require('fs');
  return readFileSync(path, 'utf8').length;
}

exports.whole = whole;

/** @blocking */
const fib = (n) => {
  let [a, b] = [0, 1];
  for (let i = 0; i < n; i += 1) [a, b] = [b, a + b];
  return a;
};

exports.fib = fib;

exports.main = async function () {
  console.log(first('lines.txt'), whole('lines.txt'), fib(50));
};

if (require.main === module) exports.main();
`,
      'lines.txt': 'one\ntwo\nthree\nfour\n',
    },
  ],
  [
    'TypeScript',
    2,
    {
      'main.ts': `import { load, type Settings } from './config.js';

async function main(path: string): Promise<void> {
  const settings: Settings = load(path);
  console.log(settings.name, load('settings.json', { strict: true }).name.length);
}

await main('settings.json');
`,
      'config.ts': `import fs from 'node:fs';

export interface Settings { readonly name: string }

export function load(path: string, { strict = false }: { readonly strict?: boolean } = {}): Settings {
  const value = JSON.parse(fs.readFileSync(path, 'utf8')) as Settings;
  if (strict && typeof value.name !== 'string') throw new TypeError('name');
  return value;
}
`,
      'settings.json': '{ "name": "settings" }',
      'package.json': '{ "type": "module" }',
      'tsconfig.json': '{ "compilerOptions": { "target": "es2022", "module": "nodenext", "strict": true, "types": ["node"], "skipLibCheck": true } }',
    },
  ],
];

describe('helpers on a worker', () => {
  test.each(programs)('%s', (_name, tasks, files) => {
    const [main, text] = Object.entries(files)[0]!;
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'offload-helpers-')));
    made.push(folder);
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules/eslint-plugin-offload'));
    symlinkSync(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'));
    for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
    // Says how many tasks there were, where the program can't see it.
    writeFileSync(join(folder, 'count.cjs'), "const { isMainThread } = require('worker_threads');\nif (isMainThread) process.on('exit', () => {\n  const { completed, failed } = require('eslint-plugin-offload/runtime').getDefaultExecutor().stats;\n  process.stderr.write(`${completed + failed} tasks`);\n});\n");
    const before = run(main, folder);

    let output = text;
    for (let pass = 0; pass < 20; pass += 1) {
      const [next] = edits(output, join(folder, main));
      if (!next) break;
      output = output.slice(0, next.range[0]) + next.text + output.slice(next.range[1]);
    }
    expect(lint(output, join(folder, main))).toEqual([]);
    writeFileSync(join(folder, main), output);
    const after = run(main, folder);
    expect(after.stdout).toBe(before.stdout);
    expect([before.stderr, after.stderr]).toEqual(['0 tasks', `${String(tasks)} tasks`]);
  });
});

function lint(text: string, filename: string): Linter.LintMessage[] {
  return new Linter({ cwd: dirname(filename) }).verify(
    text,
    [{ files: ['**/*.{mjs,cjs,ts}'], plugins: { offload: plugin }, languageOptions: { sourceType: filename.endsWith('.cjs') ? 'commonjs' : 'module', ...(filename.endsWith('.ts') && { parser: tsParser }) }, rules: { 'offload/no-indirect-blocking': 'error', 'offload/valid-offload': 'error' } }],
    { filename },
  );
}

/** Fixes, and suggestions as well. */
function edits(text: string, filename: string): { readonly range: readonly [number, number]; readonly text: string }[] {
  return lint(text, filename).flatMap(({ fix, suggestions = [] }) => fix ?? suggestions.filter(({ messageId }) => messageId !== 'makeAsync').map((suggestion) => suggestion.fix));
}

function run(main: string, folder: string): { readonly stdout: string; readonly stderr: string } {
  if (main.endsWith('.ts')) execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc')], { cwd: folder, stdio: 'pipe' });
  const { stdout, stderr } = spawnSync(process.execPath, ['--require', './count.cjs', main.replace('.ts', '.js')], { cwd: folder, encoding: 'utf8' });
  return { stdout, stderr };
}

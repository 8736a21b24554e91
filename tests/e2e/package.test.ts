import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blocksOf } from '../docs/markdown.js';

/** What a stranger gets: the tarball, packed from sources that were never built, installed in an empty folder. */
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
let temporary: string;
let app: string;
let installed: string;
let unpackedSize: number;
let tarball: string;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'offload-package-'));
  tarball = pack(copyOfSources());
  app = join(temporary, 'app');
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{ "name": "app", "version": "1.0.0", "private": true }');
  npm(app, 'install', '--omit=dev', '--offline', '--no-audit', '--no-fund', tarball);
  installed = join(app, 'node_modules/eslint-plugin-offload');
});

afterAll(() => {
  rmSync(temporary, { recursive: true, force: true });
});

test('is one package, under 1 MB', () => {
  expect(readdirSync(join(app, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['eslint-plugin-offload']);
  expect(existsSync(join(installed, 'node_modules'))).toBe(false);
  expect(unpackedSize).toBeLessThan(1_000_000);
});

test('holds what it names, and no sources', () => {
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).sort();
  for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md', 'dist/cli.js', 'dist/index.js', 'dist/index.d.ts', 'dist/runtime/index.js', 'dist/runtime/index.mjs', 'dist/runtime/index.d.ts', 'dist/runtime/index.d.mts']) {
    expect(files).toContain(file);
  }
  expect(files.filter((file) => /^(?:src|tests|bench|examples)\b/.test(file))).toEqual([]);
  expect(readFileSync(join(installed, 'THIRD-PARTY-NOTICES.md'), 'utf8')).toMatch(/@eslint-community\/eslint-utils[\s\S]*MIT License[\s\S]*eslint-visitor-keys[\s\S]*Apache License/);
});

test('offload() runs with nothing else installed, and import and require reach one pool', () => {
  const program = `
    import { createRequire } from 'node:module';
    import fs from 'node:fs';
    import { offload, getDefaultExecutor } from 'eslint-plugin-offload/runtime';
    const required = createRequire(import.meta.url)('eslint-plugin-offload/runtime');
    const text = await offload(fs.readFileSync, 'package.json', 'utf8');
    const sum = await required.offload((a, b) => a + b, 1, 2);
    console.log(JSON.stringify([JSON.parse(text).name, sum, required.offload === offload, required.getDefaultExecutor() === getDefaultExecutor()]));
  `;
  expect(JSON.parse(node('--input-type=module', '-e', program))).toEqual(['app', 3, true, true]);
});

test('loading the runtime loads no lint code', () => {
  const program = `
    require('eslint-plugin-offload/runtime');
    console.log(JSON.stringify(Object.keys(require.cache).map((file) => require('node:path').relative(${JSON.stringify(installed)}, file))));
  `;
  expect(JSON.parse(node('-e', program))).toEqual(['dist/runtime/index.js']);
});

test('the plugin loads where neither ESLint nor TypeScript is installed', () => {
  const program = `
    const plugin = require('eslint-plugin-offload');
    import('eslint-plugin-offload').then((module) => console.log(JSON.stringify([module.default === plugin, plugin.meta.name, Object.keys(plugin)])));
  `;
  expect(JSON.parse(node('-e', program))).toEqual([true, 'eslint-plugin-offload', ['meta', 'rules', 'configs']]);
});

describe('npx eslint-plugin-offload', () => {
  const npx = (...words: string[]): { status: number | null; stdout: string; stderr: string } => {
    const { status, stdout, stderr } = spawnSync('npx', ['--no-install', 'eslint-plugin-offload', ...words], { cwd: app, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  test('says what to install where there is no ESLint', () => {
    const { status, stdout, stderr } = npx();
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`ESLint is not installed in ${realpathSync(app)}. Install it:\n\n  npm i -D eslint\n`);
  });

  test('lints JavaScript with ESLint, says that TypeScript needs a parser, and lints that with one', () => {
    writeFileSync(join(app, 'load.mjs'), "import fs from 'node:fs';\nexport const load = async (path) => fs.readFileSync(path);\n");
    writeFileSync(join(app, 'load.ts'), "import fs from 'node:fs';\nexport const load = async (path: string) => fs.readFileSync(path);\n");
    symlinkSync(join(root, 'node_modules/eslint'), join(app, 'node_modules/eslint'));
    const without = npx();
    expect(without.status).toBe(1);
    expect(without.stdout).toMatch(/^load\.mjs\n {2}async arrow function 'load', line 2\n {4}2:\d+ {2}long {2}fix {2}fs\.readFileSync\n/);
    expect(without.stdout).toContain('1 file .ts  no parser for TypeScript is installed: npm i -D @typescript-eslint/parser typescript\n');
    expect(without.stdout).toContain('; 1 file linted.');

    symlinkSync(join(root, 'node_modules/typescript-eslint'), join(app, 'node_modules/typescript-eslint'));
    expect(npx().stdout).toContain('2 findings in 2 functions of 2 files; 2 files linted.');
    for (const name of ['load.mjs', 'load.ts', 'node_modules/eslint', 'node_modules/typescript-eslint']) rmSync(join(app, name));
  });
});

test("README's quick start leads from installing to a fixed, running program", () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8').split('\n');
  const line = (text: string): number => readme.findIndex((one) => one.startsWith(text)) + 1;
  const blocks = blocksOf('README.md').filter((block) => block.line > line('## Quick start') && block.line < line('## Configure'));
  const folder = mkdtempSync(join(temporary, 'newcomer-'));
  let printed = '';
  let fixed: [string, string] | undefined;

  for (const { language, mark, code } of blocks) {
    const [, name = ''] = /^\/\/ (\S+)/.exec(code) ?? [];
    if (language === 'sh') for (const command of code.split('\n')) printed = typed(folder, command);
    else if (mark === 'before') writeFileSync(join(folder, name), `${code}\n`);
    else if (mark === 'after') fixed = [name, `${code}\n`];
    else if (mark === 'output') expect(printed.trim()).toBe(code.trim());
  }
  expect(readFileSync(join(folder, fixed![0]), 'utf8')).toBe(fixed![1]);
});

/** What a command prints, with the tarball in place of the registry's package, and this repository's ESLint in place of a new one. */
function typed(folder: string, command: string): string {
  const eslint = join(folder, 'node_modules/eslint');
  if (command === 'npm install --save-dev eslint') symlinkSync(join(root, 'node_modules/eslint'), eslint);
  else if (command === 'npm install eslint-plugin-offload') npm(folder, 'install', '--prefix', folder, '--offline', '--no-audit', '--no-fund', tarball);
  else {
    const { stdout, stderr, status } = spawnSync(command.replace(/^npx /, 'npx --no-install '), { cwd: folder, encoding: 'utf8', shell: true });
    expect([0, 1], stderr).toContain(status);
    return stdout;
  }
  return '';
}

test.each([
  ['nodenext', 'nodenext', 'main.mts', 'import plugin from "eslint-plugin-offload"; import { offload } from "eslint-plugin-offload/runtime";'],
  ['nodenext', 'nodenext', 'main.cts', 'import plugin = require("eslint-plugin-offload"); import { offload } from "eslint-plugin-offload/runtime";'],
  ['node16', 'node16', 'main.cts', 'import plugin from "eslint-plugin-offload"; import { offload } from "eslint-plugin-offload/runtime";'],
  ['esnext', 'bundler', 'main.ts', 'import plugin from "eslint-plugin-offload"; import { offload } from "eslint-plugin-offload/runtime";'],
  ['commonjs', 'node10', 'main.ts', 'import plugin from "eslint-plugin-offload"; import { offload } from "eslint-plugin-offload/runtime";'],
])('types resolve under --module %s --moduleResolution %s from %s', (module, moduleResolution, file, imports) => {
  const folder = mkdtempSync(join(app, 'types-'));
  writeFileSync(join(folder, file), `${imports}\nimport { readFileSync } from "node:fs";\nexport const text: Promise<string> = offload(readFileSync, "x", "utf8");\nexport const rules: string[] = Object.keys(plugin.rules);\n`);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { module, moduleResolution, target: 'es2022', strict: true, esModuleInterop: true, skipLibCheck: false, noEmit: true, ignoreDeprecations: '6.0', types: ['node'], typeRoots: [join(root, 'node_modules/@types')], paths: { eslint: [join(root, 'node_modules/eslint')] } },
      files: [file],
    }),
  );
  expect(run(folder, process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', '.')).toBe('');
});

/** The working tree without what is built or installed, so that packing has to build. */
function copyOfSources(): string {
  const copy = join(temporary, 'sources');
  const left = new Set(['.git', '.cache', 'node_modules', 'tests/clients/node_modules', 'bench/node_modules', 'dist', 'coverage'].map((name) => join(root, name)));
  cpSync(root, copy, { recursive: true, filter: (source) => !left.has(source) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function pack(folder: string): string {
  const output = npm(folder, 'pack', '--json', '--pack-destination', temporary);
  const [packed] = JSON.parse(output.slice(output.indexOf('[\n'))) as { filename: string; unpackedSize: number }[];
  unpackedSize = packed!.unpackedSize;
  return join(temporary, packed!.filename);
}

function npm(folder: string, ...args: string[]): string {
  return run(folder, 'npm', ...args);
}

function node(...args: string[]): string {
  return run(app, process.execPath, ...args);
}

function run(folder: string, command: string, ...args: string[]): string {
  try {
    return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Given, linted } from './linted.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'valid-offload-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const here = 'eslint-plugin-offload';
const development = { devDependencies: { [here]: '1' } };
const imported = "import { offload } from 'eslint-plugin-offload/runtime';\nexport const run = () => offload((n) => n, 1);\n";

/** What is said of a file in a project of its own. */
function said(manifest: object | string, { file = 'src/main.mjs', code = imported, ...given }: Given & { file?: string; code?: string } = {}): string[] {
  const cwd = mkdtempSync(join(folder, 'app-'));
  const filename = join(cwd, file);
  mkdirSync(dirname(filename), { recursive: true });
  writeFileSync(join(cwd, 'package.json'), typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
  return linted(code, { ...given, filename, cwd }).map(({ message }) => message);
}

const message = 'eslint-plugin-offload is listed in devDependencies only, so a production install leaves it out and this import fails. List it in dependencies.';

describe('listed for development only', () => {
  it.each([
    [imported, 'main.mjs'],
    ["export * from 'eslint-plugin-offload/runtime';", 'main.mjs'],
    ["export { offload } from 'eslint-plugin-offload/runtime';", 'main.mjs'],
    ["export const run = async () => await import('eslint-plugin-offload/runtime');", 'main.mjs'],
    ["const { offload } = require('eslint-plugin-offload/runtime'); exports.run = () => offload((n) => n, 1);", 'main.cjs'],
    ["import runtime = require('eslint-plugin-offload/runtime'); export const run = () => runtime.offload((n: number) => n, 1);", 'main.cts'],
  ])('%s', (code, file) => {
    expect(said(development, { code, file, sourceType: file.endsWith('.cjs') ? 'commonjs' : 'module' })).toEqual([message]);
  });

  it('by the nearest package.json', () => {
    const nested = { file: 'packages/a/src/main.mjs' };
    expect(said(development, nested)).toEqual([message]);
    const cwd = mkdtempSync(join(folder, 'workspace-'));
    mkdirSync(join(cwd, 'packages/a/src'), { recursive: true });
    writeFileSync(join(cwd, 'package.json'), JSON.stringify(development));
    writeFileSync(join(cwd, 'packages/a/package.json'), JSON.stringify({ dependencies: { [here]: '1' } }));
    expect(linted(imported, { cwd, filename: join(cwd, 'packages/a/src/main.mjs') })).toEqual([]);
  });

  it('as the settings name the runtime', () => {
    const code = imported.replace('eslint-plugin-offload/runtime', '@acme/workers/offload');
    expect(said({ devDependencies: { '@acme/workers': '1' } }, { code, runtime: '@acme/workers/offload' })).toEqual([message.replace(here, '@acme/workers')]);
    expect(said(development, { code: imported.replace('eslint-plugin-offload/runtime', '#workers'), runtime: '#workers' })).toEqual([]);
  });
});

describe('nothing is said', () => {
  it.each<[string, object | string]>([
    ['where it is a dependency', { dependencies: { [here]: '1' } }],
    ['where it is both', { ...development, dependencies: { [here]: '1' } }],
    ['where it is a peer dependency', { ...development, peerDependencies: { [here]: '1' } }],
    ['where it is optional', { ...development, optionalDependencies: { [here]: '1' } }],
    ['where it is not listed', {}],
    ['where a bundler may take it in', { devDependencies: { [here]: '1', esbuild: '1' } }],
    ['where package.json does not parse', '{'],
  ])('%s', (_, manifest) => {
    expect(said(manifest)).toEqual([]);
  });

  it.each(['src/main.test.mjs', 'test/main.mjs', 'scripts/main.mjs', 'bench/main.mjs', 'examples/a/main.mjs', 'eslint.config.mjs', '.storybook/main.mjs'])('of %s', (file) => {
    expect(said(development, { file })).toEqual([]);
  });

  it('of types', () => {
    expect(said(development, { file: 'src/main.mts', code: "import type { Executor } from 'eslint-plugin-offload/runtime';\nimport { type Offload } from 'eslint-plugin-offload/runtime';\nexport type { Executor, Offload };\nexport type { TaskOptions } from 'eslint-plugin-offload/runtime';" })).toEqual([]);
  });

  it('where the option says that it may be so', () => {
    expect(said(development, { options: { devDependencies: true } })).toEqual([]);
  });
});

it('a production install leaves it out, and the import fails', () => {
  const installed = (kind: 'dependencies' | 'devDependencies'): string => {
    const cwd = mkdtempSync(join(folder, 'install-'));
    writeFileSync(join(cwd, 'package.json'), JSON.stringify({ name: 'app', version: '1.0.0', private: true, [kind]: { [here]: `file:${process.cwd()}` } }));
    execFileSync('npm', ['install', '--omit=dev', '--offline', '--install-links=false', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'], { cwd, stdio: 'pipe' });
    const program = "import('eslint-plugin-offload/runtime').then(() => console.log('found'), (error) => console.log(error.code))";
    return execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd, encoding: 'utf8' }).trim();
  };
  expect(installed('devDependencies')).toBe('ERR_MODULE_NOT_FOUND');
  expect(installed('dependencies')).toBe('found');
});

import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const scripts = join(import.meta.dirname, '../../scripts');
const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'offload-accuracy-')));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe('accuracy-candidates', () => {
  const candidates = (files: Readonly<Record<string, string>>): string[] => execFileSync(process.execPath, [join(scripts, 'accuracy-candidates.mjs'), folderWith(files)], { encoding: 'utf8' }).split('\n').filter(Boolean);
  const reads = "import fs from 'node:fs';\nexport function load(p) { return fs.readFileSync(p); }\nexport const readAll = (p) => [p].map((one) => load(one));\nexport class Config { constructor() { readAll(1); } }\n";

  it('are calls in async functions by the name of what may block, or leads there', () => {
    const found = candidates({ 'lib/config.js': reads, 'main.ts': 'export async function main(p: string) {\n  other(p);\n  load(p);\n  config.readAll(p);\n  new Config();\n  return () => load(p);\n}\nload(1);\n' });
    expect(found.toSorted()).toEqual(['main.ts:3 load', 'main.ts:4 readAll']);
  });

  it('two of a name, in an order that does not depend on who asks, and none of tests or what is no program', () => {
    const files = { 'config.js': reads, 'broken.js': 'export const = ;', 'test/a.js': 'async function a() { load(); }', 'b.spec.js': 'async function b() { load(); }', 'main.js': `export async function main() {\n${'  load(1);\n'.repeat(9)}}\n` };
    const found = candidates(files);
    expect(found).toHaveLength(2);
    expect(candidates(files)).toEqual(found);
  });
});

it('links packages to one another, and takes the links away again', async () => {
  const manifest = (name: string, more: object = {}): string => JSON.stringify({ name, ...more });
  const root = folderWith({
    'a/package.json': manifest('a', { dependencies: { '@org/b': 'workspace:*', gone: '1' } }),
    'b/package.json': manifest('@org/b', { devDependencies: { a: '*' } }),
    'c/package.json': manifest('c', { dependencies: { a: '*', twice: '*' } }),
    'c/node_modules/a/package.json': manifest('a'),
    'one/package.json': manifest('twice'),
    'two/package.json': manifest('twice'),
    'template/package.json': '{ "name": <%= name %> }',
  });
  const { linkPackages } = (await import(pathToFileURL(join(scripts, 'accuracy/link-packages.mjs')).href)) as { linkPackages: (root: string) => () => void };
  const before = readdirSync(root, { recursive: true }).toSorted();
  const unlink = linkPackages(root);
  expect(realpathSync(join(root, 'a/node_modules/@org/b'))).toBe(join(root, 'b'));
  expect(realpathSync(join(root, 'b/node_modules/a'))).toBe(join(root, 'a'));
  // What is installed stays as it is.
  expect(lstatSync(join(root, 'c/node_modules/a')).isSymbolicLink()).toBe(false);
  expect(existsSync(join(root, 'c/node_modules/twice'))).toBe(false);
  unlink();
  expect(readdirSync(root, { recursive: true }).toSorted()).toEqual(before);
});

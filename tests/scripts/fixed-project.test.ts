import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const script = join(dirname(fileURLToPath(import.meta.url)), '../../scripts/fixed-project.mjs');
const main = `const fs = require('node:fs');

function read(path) {
  return fs.readFileSync(path, 'utf8');
}

exports.load = async (path) => read(path);
`;
const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A project whose tests are these statements, and what the script says of it. */
function fixedProject(tests: string, ...options: string[]): { readonly status: number | null; readonly output: string; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'offload-project-'));
  made.push(folder);
  mkdirSync(join(folder, 'src'));
  const files = { 'package.json': '{ "name": "project" }', 'src/main.js': main, 'test.js': `const { load } = require('./src/main.js');\n(async () => {\n${tests}\n})();\n` };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder, '--test', 'node test.js', ...options], { encoding: 'utf8' });
  return { status, output: stdout + stderr, folder };
}

test('says what was found and fixed, and that the tests still pass', () => {
  const { status, output, folder } = fixedProject("if (!(await load('package.json')).includes('project')) throw new Error('load');\nconsole.log('1 passed');");
  expect(output).toMatch(/findings +1 +0\n/);
  expect(output).toMatch(/tests passed +1 +1\ntests failed +0 +0\n/);
  expect(output).toContain('1 of 1 findings fixed, in 1 files.');
  expect(status).toBe(0);
  // What was fixed is put back.
  expect(readFileSync(join(folder, 'src/main.js'), 'utf8')).toBe(main);
});

test('fails where the fixed project fails', () => {
  const { status, output } = fixedProject("let done = false;\nload('package.json').then(() => { done = true; });\nawait null; await null; await null;\nconsole.log(done ? '1 passed' : '1 failed');");
  expect(output).toMatch(/tests passed +1 +0\ntests failed +0 +1\n/);
  expect(status).toBe(1);
});

test('compares tests by name where they have one', () => {
  const { status, output } = fixedProject("let done = false;\nload('package.json').then(() => { done = true; });\nawait null; await null; await null;\nconsole.log(done ? 'ok 1 - a\\nnot ok 2 - b' : 'not ok 1 - a\\nok 2 - b');");
  expect(output).toMatch(/tests passed +1 +1\ntests failed +1 +1\n/);
  expect(output).toContain('no longer passes: a\n');
  expect(output).not.toContain('no longer passes: b');
  expect(status).toBe(1);
});

test('says at how many fixed places the tests came by', () => {
  const { output } = fixedProject("await load('package.json'); await load('package.json');");
  expect(output).toMatch(/places that offload, run +0 +1\n/);
});

test('runs tasks on their own thread for test files that mock', () => {
  const mocking = "require('node:test').mock.method(require('node:fs'), 'readFileSync', () => 'mocked');\nif ((await load('none')) !== 'mocked') throw new Error('load');\nconsole.log('1 passed');";
  const refused = fixedProject(mocking);
  expect(refused.output).toMatch(/tests passed +1 +0\n/);
  expect(refused.status).toBe(1);
  const inline = fixedProject(mocking, '--inline', 'test.js');
  expect(inline.output).toMatch(/tests passed +1 +1\n/);
  expect(inline.status).toBe(0);
  expect(readFileSync(join(inline.folder, 'test.js'), 'utf8')).not.toContain('InlineExecutor');
});

test('fixes with another configuration, and keeps the fixed files', () => {
  const { status, output, folder } = fixedProject("await load('package.json');\nconsole.log('1 passed');", '--config', 'native', '--keep');
  // `path` may be a descriptor, which the native twin refuses.
  expect(output).toMatch(/offload\/prefer-native-async +0 +1\n/);
  expect(output).toContain('1 of 1 findings fixed, in 1 files.');
  expect(status).toBe(0);
  expect(readFileSync(join(folder, 'src/main.js'), 'utf8')).toContain('await offload(fs.readFileSync, path');
});

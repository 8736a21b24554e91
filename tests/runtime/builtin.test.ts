import childProcess from 'node:child_process';
import crypto, { pbkdf2Sync } from 'node:crypto';
import * as namespace from 'node:fs';
import fs, { readFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { mock } from 'node:test';
import { offload } from 'eslint-plugin-offload/runtime';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { runNode } from './child-node.js';

const require = createRequire(import.meta.url);
const here = new URL(import.meta.url).pathname;

describe("Node's own functions are found by identity", () => {
  test('however they were imported', async () => {
    const direct = readFileSync(here);
    for (const fn of [readFileSync, fs.readFileSync, namespace.readFileSync, (require('node:fs') as typeof fs).readFileSync, (require('fs') as typeof fs).readFileSync]) {
      expect(await offload(fn, here)).toEqual(direct);
    }
    expect(await offload(readFileSync, here, 'utf8')).toBe(direct.toString());
  });

  test('of every kind that the catalogue knows', async () => {
    expect(await offload(childProcess.execSync, 'echo hello', { encoding: 'utf8' })).toBe('hello\n');
    expect(await offload(pbkdf2Sync, 'secret', 'salt', 10, 16, 'sha256')).toEqual(crypto.pbkdf2Sync('secret', 'salt', 10, 16, 'sha256'));
    expect(await offload(os.hostname)).toBe(os.hostname());
    expect(await offload(process.cwd)).toBe(process.cwd());
  });

  test('a property of a function, a global, an intrinsic with its `this`', async () => {
    expect(await offload(fs.realpathSync.native, '/tmp/../tmp')).toBe('/tmp');
    expect(await offload(JSON.parse, '{"a":[1]}')).toEqual({ a: [1] });
    expect(await offload(structuredClone, { a: 1 })).toEqual({ a: 1 });
    expect(await offload(Buffer.from, 'abc')).toEqual(Buffer.from('abc'));
    expect(await offload(Array.of, 1, 2)).toEqual([1, 2]);
  });

  test('of a module that was loaded after others had been looked up', async () => {
    const v8 = require('node:v8') as typeof import('node:v8');
    expect(v8.deserialize(await offload(v8.serialize, { a: 1 }))).toEqual({ a: 1 });
  });

  test('an asynchronous one is awaited', async () => {
    expect(await offload(fs.promises.readFile, here, 'utf8')).toBe(readFileSync(here, 'utf8'));
  });

  test('that a program has without loading the module of its name', async () => {
    const { stdout } = await runNode(['-e', `
      const { offload } = require('eslint-plugin-offload/runtime');
      const { promises } = require('node:fs');
      const { win32, posix } = require('node:path');
      Promise.all([offload(promises.access, '.'), offload(win32.normalize, 'a/../b/c'), offload(posix.normalize, 'a/../b/c')]).then(console.log);`]);
    expect(stdout).toBe(String.raw`[ undefined, 'b\\c', 'b/c' ]` + '\n');
  });

  test('under the wrapper of an instrumentation, which keeps it as __original', async () => {
    const patched = Object.assign((...args: Parameters<typeof readFileSync>) => readFileSync(...args), { __original: readFileSync });
    expect(await offload(patched, here)).toEqual(readFileSync(here));
  });
});

describe('what a worker would run as another function is refused', () => {
  const { readFileSync: original, statSync } = fs;

  afterEach(() => {
    vi.restoreAllMocks();
    mock.restoreAll();
    Object.assign(fs, { readFileSync: original, statSync });
    syncBuiltinESMExports();
  });

  test.each([
    ['vi.fn', () => vi.fn()],
    ['vi.spyOn', () => vi.spyOn(fs, 'readFileSync')],
    ["jest's mark", () => Object.assign(() => {}, { _isMockFunction: true })],
    ["sinon's mark", () => Object.assign(() => {}, { isSinonProxy: true })],
    ["node:test's mock", () => (mock.method(fs, 'readFileSync', () => 'mocked'), fs.readFileSync)],
  ])('a mock: %s', async (_, make) => {
    await expect(offload(make() as () => void)).rejects.toMatchObject({
      name: 'TaskReferenceError',
      code: 'ERR_OFFLOAD_TASK_REFERENCE',
      message: expect.stringMatching(/exists in this thread only.*setDefaultExecutor\(new InlineExecutor\(\)\)/) as string,
    });
  });

  test('a bound function, as memfs exports them', async () => {
    await expect(offload(readFileSync.bind(null) as unknown as () => Buffer)).rejects.toMatchObject({ name: 'TaskReferenceError', message: expect.stringContaining('`bound readFileSync` is a bound function') as string });
  });

  test('native code that has no name', async () => {
    await expect(offload(Array.prototype.map as () => unknown)).rejects.toMatchObject({ name: 'TaskReferenceError', message: expect.stringContaining('`map` is native code') as string });
  });

  test('something else put in the place of an export before it was first looked up', async () => {
    // By itself, because this process has looked everything up already.
    const { stdout } = await runNode(['-e', `
      const fs = require('node:fs');
      fs.statSync = () => 'patched';
      const { offload } = require('eslint-plugin-offload/runtime');
      const report = (error) => console.log(error.name, error.message);
      // The worker remembers what it refused.
      offload(fs.statSync, '/').catch(report).then(() => offload(fs.statSync, '/')).catch(report);
    `]);
    const line = /^TaskReferenceError `fs\.statSync` was replaced in the thread that called offload .*InlineExecutor\(\)\)\.\n/;
    expect(stdout).toMatch(line);
    expect(stdout.replace(line, '')).toMatch(line);
  });

  test.each([[undefined], [null], ['fs.readFileSync'], [{}]])('%s, which is no function', async (fn) => {
    await expect(offload(fn as never)).rejects.toThrow(/^The task must be a function, not /);
  });
});

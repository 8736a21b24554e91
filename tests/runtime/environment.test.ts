import fs from 'node:fs';
import { offload, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { afterEach, describe, expect, test } from 'vitest';
import { runNode } from './child-node.js';

describe('a worker shares the environment of the process', () => {
  afterEach(() => {
    delete process.env['OFFLOAD_TEST'];
  });

  test('variables that are set, changed and deleted after it has started', async () => {
    const read = () => process.env['OFFLOAD_TEST'];
    expect(await offload(read)).toBeUndefined();
    process.env['OFFLOAD_TEST'] = 'set';
    expect(await offload(read)).toBe('set');
    process.env['OFFLOAD_TEST'] = 'changed';
    expect(await offload(read)).toBe('changed');
    delete process.env['OFFLOAD_TEST'];
    expect(await offload(read)).toBeUndefined();
  });

  test('variables that a task sets', async () => {
    await offload(() => void (process.env['OFFLOAD_TEST'] = 'by a task'));
    expect(process.env['OFFLOAD_TEST']).toBe('by a task');
  });

  test('an environment of its own, where that is asked for', async () => {
    await using pool = new ThreadPoolExecutor({ workerOptions: { env: { OFFLOAD_TEST: 'own' } } });
    expect(await pool.submit(() => process.env['OFFLOAD_TEST'])).toBe('own');
  });

  test('the working directory, changed after it has started', async () => {
    // In a process of its own: this one may be a thread, which may not.
    const { stdout } = await runNode(['-e', "const { offload } = require('eslint-plugin-offload/runtime'); offload(process.cwd).then(() => { process.chdir('/tmp'); return offload(process.cwd); }).then(console.log);"]);
    expect(stdout).toBe(`${fs.realpathSync('/tmp')}\n`);
  });
});

describe('descriptors that a task opens belong to the caller', () => {
  // In processes of their own: under `vitest --pool=threads` this is a thread that tracks descriptors, and that is inherited.
  test('they stay open when the worker is gone', async () => {
    expect(
      await runNode([
        '--input-type=module',
        '-e',
        `import fs from 'node:fs';
         import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
         const pool = new ThreadPoolExecutor();
         const file = fs.mkdtempSync('/tmp/offload-') + '/file';
         const descriptor = await pool.submit(fs.openSync, file, 'w');
         await pool.shutdown();
         fs.writeSync(descriptor, 'written with ' + pool.stats.workers + ' workers');
         fs.closeSync(descriptor);
         console.log(fs.readFileSync(file, 'utf8'));`,
      ]),
    ).toMatchObject({ stdout: 'written with 0 workers\n', stderr: '' });
  });

  test('a number that was used again meanwhile is not closed under its new owner', async () => {
    expect(
      await runNode([
        '--input-type=module',
        '-e',
        `import fs from 'node:fs';
         import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
         const pool = new ThreadPoolExecutor();
         const first = await pool.submit(fs.openSync, '/dev/null', 'r');
         fs.closeSync(first);
         const second = fs.openSync('/dev/null', 'r');
         await pool.shutdown();
         console.log(first === second, fs.fstatSync(second).isCharacterDevice());`,
      ]),
    ).toMatchObject({ stdout: 'true true\n', stderr: '' });
  });

  test('a task closes what the caller has opened, and nothing is said', async () => {
    const { stderr, code } = await runNode(['-e', "const { offload } = require('eslint-plugin-offload/runtime'); const fs = require('fs'); offload(fs.closeSync, fs.openSync('/dev/null'));"]);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  });
});

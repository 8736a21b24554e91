import fs from 'node:fs';
import tty from 'node:tty';
import { ProcessPoolExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { describe, expect, test } from 'vitest';
import { poolOf } from './pools.js';

describe('a function that gives or takes a descriptor is not run in a process', () => {
  test.each<[string, (pool: ProcessPoolExecutor) => Promise<unknown>]>([
    ['openSync', (pool) => pool.submit(fs.openSync, '/dev/null', 'r')],
    ['closeSync', (pool) => pool.submit(fs.closeSync, 900)],
    ['readSync', (pool) => pool.submit(fs.readSync, 0, Buffer.alloc(1))],
    ['readvSync', (pool) => pool.submit(fs.readvSync, 0, [Buffer.alloc(1)])],
    ['writeSync', (pool) => pool.submit(fs.writeSync, 1, 'text')],
    ['writevSync', (pool) => pool.submit(fs.writevSync, 1, [Buffer.alloc(1)])],
    ['fstatSync', (pool) => pool.submit(fs.fstatSync, 1)],
    ['fsyncSync', (pool) => pool.submit(fs.fsyncSync, 1)],
    ['fdatasyncSync', (pool) => pool.submit(fs.fdatasyncSync, 1)],
    ['ftruncateSync', (pool) => pool.submit(fs.ftruncateSync, 900)],
    ['futimesSync', (pool) => pool.submit(fs.futimesSync, 900, 0, 0)],
    ['fchmodSync', (pool) => pool.submit(fs.fchmodSync, 900, 0o600)],
    ['fchownSync', (pool) => pool.submit(fs.fchownSync, 900, 0, 0)],
    ['readFileSync', (pool) => pool.submit(fs.readFileSync, 900)],
    ['writeFileSync', (pool) => pool.submit(fs.writeFileSync, 900, 'text')],
    ['appendFileSync', (pool) => pool.submit(fs.appendFileSync, 900, 'text')],
  ])('%s', async (name, submit) => {
    const pool = poolOf(ProcessPoolExecutor, 1);
    await expect(submit(pool)).rejects.toMatchObject({
      name: 'TaskReferenceError',
      message: `\`fs.${name}\` gives or takes a file descriptor, which means something else in another process. Do all that is to be done with the file in one function, or use a ThreadPoolExecutor.`,
    });
    expect(pool.stats).toMatchObject({ queued: 0, running: 0, completed: 0, failed: 0 });
  });

  test('every function of fs with a parameter of that name is known', () => {
    const taking = Object.entries(fs)
      .filter(([name, fn]) => name.endsWith('Sync') && typeof fn === 'function' && /^function \w+\(\s*fd\b/.test(Function.prototype.toString.call(fn)))
      .map(([name]) => name);
    const source = fs.readFileSync('src/runtime/task/descriptors.ts', 'utf8');
    expect(taking.length).toBeGreaterThan(8);
    expect(taking.filter((name) => !source.includes(`'${name.replace(/Sync$/, '')}'`))).toEqual([]);
  });

  test('with a path, or all in one function, it is', async () => {
    const pool = poolOf(ProcessPoolExecutor, 1);
    const file = `${fs.mkdtempSync('/tmp/offload-')}/file`;
    await pool.submit(fs.writeFileSync, file, 'text');
    expect(await pool.submit(fs.readFileSync, file, 'utf8')).toBe('text');
    expect(await pool.submit((path: string) => {
      const { openSync, closeSync, fstatSync } = process.getBuiltinModule('node:fs');
      const descriptor = openSync(path, 'r');
      try {
        return fstatSync(descriptor).size;
      } finally {
        closeSync(descriptor);
      }
    }, file)).toBe(4);
  });

  test('the first three are those of this process', async () => {
    expect(await poolOf(ProcessPoolExecutor, 1).submit(tty.isatty, 1)).toBe(tty.isatty(1));
  });

  test('in a thread it is run', async () => {
    const pool = poolOf(ThreadPoolExecutor, 1);
    const descriptor = await pool.submit(fs.openSync, '/dev/null', 'r');
    expect(fs.fstatSync(descriptor).isCharacterDevice()).toBe(true);
    await pool.submit(fs.closeSync, descriptor);
  });
});

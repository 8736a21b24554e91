import { describe, expect, onTestFinished, test } from 'vitest';
import { ProcessPoolExecutor } from 'eslint-plugin-offload/runtime';
import { runNode } from './child-node.js';
import { poolOf } from './pools.js';

const read = () => process.env['OFFLOAD_TEST'];

describe('a worker process has the environment of this one', () => {
  test('variables that are set, changed and deleted after it has started', async () => {
    onTestFinished(() => void delete process.env['OFFLOAD_TEST']);
    const pool = poolOf(ProcessPoolExecutor, 1);
    expect(await pool.submit(read)).toBeUndefined();
    process.env['OFFLOAD_TEST'] = 'set';
    expect(await pool.submit(read)).toBe('set');
    process.env['OFFLOAD_TEST'] = 'changed';
    expect(await pool.submit(read)).toBe('changed');
    expect(await pool.submit(() => process.getBuiltinModule('node:child_process').execSync('echo $OFFLOAD_TEST', { encoding: 'utf8' }))).toBe('changed\n');
    delete process.env['OFFLOAD_TEST'];
    expect(await pool.submit(read)).toBeUndefined();
    expect(await pool.submit(() => 'OFFLOAD_TEST' in process.env)).toBe(false);
  });

  test('in each worker, also one that has missed some changes', async () => {
    onTestFinished(() => void delete process.env['OFFLOAD_TEST']);
    const pool = poolOf(ProcessPoolExecutor, 2, { minWorkers: 2 });
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return process.env['OFFLOAD_TEST'];
    };
    for (const value of ['one', 'two', 'three']) {
      process.env['OFFLOAD_TEST'] = value;
      expect(await pool.submit(read)).toBe(value);
      expect(await Promise.all([pool.submit(slow), pool.submit(slow), pool.submit(slow)])).toEqual([value, value, value]);
    }
  });

  test('a task that cannot be sent does not take a change with it', async () => {
    onTestFinished(() => void delete process.env['OFFLOAD_TEST']);
    const pool = poolOf(ProcessPoolExecutor, 1);
    await pool.submit(read);
    process.env['OFFLOAD_TEST'] = 'set';
    await expect(pool.submit(String, new SharedArrayBuffer(1) as never)).rejects.toMatchObject({ name: 'UncloneableError' });
    expect(await pool.submit(read)).toBe('set');
  });

  test('or one of its own, which stays as it was asked for', async () => {
    onTestFinished(() => void delete process.env['OFFLOAD_TEST']);
    const env = { ...process.env, OFFLOAD_TEST: 'own' };
    const pool = poolOf(ProcessPoolExecutor, 1, { processOptions: { env } });
    expect(await pool.submit(read)).toBe('own');
    process.env['OFFLOAD_TEST'] = 'changed';
    process.env['OFFLOAD_OTHER'] = 'new';
    onTestFinished(() => void delete process.env['OFFLOAD_OTHER']);
    expect(await pool.submit(read)).toBe('own');
    expect(await pool.submit(() => process.env['OFFLOAD_OTHER'])).toBeUndefined();
  });

  test('nothing in it tells that there is a channel', async () => {
    const pool = poolOf(ProcessPoolExecutor, 1);
    expect(await pool.submit(() => [process.send, process.disconnect, Object.keys(process.env).filter((name) => name.startsWith('NODE_CHANNEL'))])).toEqual([undefined, undefined, []]);
  });
});

/** In processes of their own: under a test runner this one may be a thread, which may not change its directory. */
describe('a worker process has the working directory of this one', () => {
  const run = (body: string) =>
    runNode([
      '--input-type=module',
      '-e',
      `import fs from 'node:fs';
       import { ProcessPoolExecutor } from 'eslint-plugin-offload/runtime';
       const folders = ['a', 'b', 'c'].map((name) => fs.realpathSync(fs.mkdtempSync('/tmp/offload-' + name + '-')));
       const here = () => process.cwd();
       const say = (folder) => console.log(folders.indexOf(folder));
       ${body}`,
    ]);

  test('changed after it has started', async () => {
    expect(
      await run(`
        process.chdir(folders[0]);
        const pool = new ProcessPoolExecutor({ maxWorkers: 1 });
        say(await pool.submit(here));
        process.chdir(folders[1]);
        say(await pool.submit(here));
        fs.writeFileSync('here.txt', 'relative');
        console.log(await pool.submit(fs.readFileSync, 'here.txt', 'utf8'));
        process.chdir(folders[0]);
        say(await pool.submit(here));`),
    ).toMatchObject({ stdout: '0\n1\nrelative\n0\n', stderr: '' });
  });

  test('or one of its own, which stays', async () => {
    expect(
      await run(`
        const pool = new ProcessPoolExecutor({ maxWorkers: 1, processOptions: { cwd: folders[2] } });
        say(await pool.submit(here));
        process.chdir(folders[1]);
        say(await pool.submit(here));`),
    ).toMatchObject({ stdout: '2\n2\n', stderr: '' });
  });

  test('removed: what it was then, until there is another', async () => {
    expect(
      await run(`
        process.chdir(folders[0]);
        const pool = new ProcessPoolExecutor({ maxWorkers: 1 });
        say(await pool.submit(here));
        fs.rmdirSync(folders[0]);
        console.log(await pool.submit(() => { try { return process.cwd(); } catch (error) { return error.code; } }));
        console.log(await pool.submit((n) => n, 1));
        process.chdir(folders[1]);
        say(await pool.submit(here));`),
    ).toMatchObject({ stdout: expect.stringMatching(/^0\n(?:ENOENT|\/.*)\n1\n1\n$/) as string, stderr: '' });
  });

  test('that it cannot go to: no task runs elsewhere', async () => {
    // As somebody else, who may not go everywhere; only the superuser can do so.
    if (process.getuid?.() !== 0) return;
    expect(
      await run(`
        const dist = process.execPath;
        fs.chmodSync(folders[0], 0o777);
        fs.chmodSync(folders[1], 0o700);
        process.chdir(folders[0]);
        const pool = new ProcessPoolExecutor({ maxWorkers: 1, processOptions: { uid: 65534, gid: 65534 } });
        console.log(await pool.submit(() => process.getuid()));
        process.chdir(folders[1]);
        for (let n = 0; n < 2; n++) console.log(await pool.submit(here).catch((error) => error.code));
        process.chdir(folders[0]);
        say(await pool.submit(here));`),
    ).toMatchObject({ stdout: '65534\nEACCES\nEACCES\n0\n', stderr: '' });
  });
});

describe('a worker process is started with the options of Node that have to do with how code runs', () => {
  const program = "const { ProcessPoolExecutor } = require('eslint-plugin-offload/runtime'); new ProcessPoolExecutor().submit(() => process.execArgv.filter((option) => !/^--title/.test(option))).then((options) => console.log(JSON.stringify(options)))";

  test.each<[string[], string[]]>([
    [['--max-old-space-size=200', '--no-warnings'], ['--max-old-space-size=200', '--no-warnings']],
    [['--require', './dependency.cjs'], ['--require', './dependency.cjs']],
    [['--conditions', 'development', '--stack-trace-limit=20'], ['--conditions', 'development', '--stack-trace-limit=20']],
    // Programs, what watches them, and the values of such options.
    [['--title', 'main', '--no-deprecation'], ['--no-deprecation']],
    [['--cpu-prof', '--cpu-prof-dir', '/tmp/offload-profiles', '--trace-warnings'], ['--trace-warnings']],
    [['--inspect=0', '--trace-uncaught'], ['--trace-uncaught']],
    [['--test-reporter', 'spec', '--test-name-pattern', 'a b', '--enable-source-maps'], ['--enable-source-maps']],
  ])('%j', async (options, inherited) => {
    const { stdout } = await runNode([...options, '-e', program]);
    expect((JSON.parse(stdout) as string[]).slice(0, -2)).toEqual(inherited);
  });

  test('or those that are asked for, and no others', async () => {
    const pool = poolOf(ProcessPoolExecutor, 1, { name: 'my workers', processOptions: { execArgv: ['--expose-gc'] } });
    expect(await pool.submit(() => [typeof (globalThis as { gc?: unknown }).gc, process.title, process.execArgv[0]])).toEqual(['function', 'my workers', '--expose-gc']);
  });

  test.each(['', '--help', 'ünïcode'])('a name of any kind: %j', async (name) => {
    expect(await poolOf(ProcessPoolExecutor, 1, { name }).submit(() => 1)).toBe(1);
  });
});

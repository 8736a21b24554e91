import { describe, expect, test } from 'vitest';
import { byDefault, runNode } from './child-node.js';
import { pools } from './pools.js';

describe.each(pools)('a process with %s', (kind, { name }) => {
  /** Runs a program that has `offload`, `fs` and `loop` at hand; it ends by itself, or is killed after 30 s. */
  function run(body: string) {
    return runNode([
      ...byDefault(kind),
      '-e',
      `const { offload, ${name}: Pool } = require('eslint-plugin-offload/runtime');
       const fs = require('node:fs');
       const say = (text) => fs.writeSync(1, text + '\\n');
       const rest = (ms) => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms); return 'rested'; };
       const loop = () => { for (;;); };
       process.on('exit', (code) => say('exit ' + code));
       ${body}`,
    ]);
  }

  test('ends when its workers are idle', async () => {
    expect(await run('offload(() => 1).then(() => Promise.all([1, 2, 3].map((n) => offload(rest, n)))).then(() => say("done"));')).toMatchObject({ code: 0, stdout: 'done\nexit 0\n', stderr: '' });
  });

  test('ends when workers that are kept for ever are idle', async () => {
    expect(await run('new Pool({ minWorkers: 2, idleTimeout: Infinity }).submit(rest, 1).then(say);')).toMatchObject({ code: 0, stdout: 'rested\nexit 0\n' });
  });

  test('ends before a pool that was never used has started', async () => {
    expect(await run('new Pool({ minWorkers: 2 });')).toMatchObject({ code: 0, stdout: 'exit 0\n', stderr: '' });
  });

  test('lives while tasks are pending, waiting ones included', async () => {
    expect(await run('const pool = new Pool({ maxWorkers: 1 }); for (const n of [1, 2, 3]) pool.submit(rest, 100).then(() => say("task " + n));')).toMatchObject({
      code: 0,
      stdout: 'task 1\ntask 2\ntask 3\nexit 0\n',
    });
  });

  test('lives while asynchronous tasks are pending', async () => {
    expect(await run('offload(() => new Promise((resolve) => setTimeout(resolve, 200, "waited"))).then(say);')).toMatchObject({ stdout: 'waited\nexit 0\n' });
  });

  test('ends after a task that was aborted, though its code never ends', async () => {
    expect(await run('offload.with({ timeout: 300 })(loop).catch((error) => say(error.name));')).toMatchObject({ code: 0, signal: null, stdout: 'TimeoutError\nexit 0\n' });
  });

  test('ends by process.exit() in the middle of a task', async () => {
    expect(await run('offload(loop); offload(rest, 1).then(() => process.exit(3));')).toMatchObject({ code: 3, signal: null, stdout: 'exit 3\n' });
  });

  test('ends by process.exit() as soon as a result is there, while workers wait for more on the spot', async () => {
    expect(await run('Promise.all([1, 2, 3].map((n) => offload(rest, n))).then(() => process.exit(4));')).toMatchObject({ code: 4, signal: null, stdout: 'exit 4\n', stderr: '' });
  });

  test('ends by an uncaught error as soon as a result is there', async () => {
    expect(await run('offload(rest, 1).then(() => { throw new Error("uncaught"); });')).toMatchObject({ code: 1, signal: null, stdout: 'exit 1\n', stderr: expect.stringContaining('Error: uncaught') as string });
  });

  test('ends by an uncaught error in the middle of a task', async () => {
    expect(await run('offload(loop); offload(() => { throw new Error("uncaught"); });')).toMatchObject({ code: 1, signal: null, stdout: 'exit 1\n', stderr: expect.stringContaining('Error: uncaught') as string });
  });

  test('is not ended by process.exit() in a task', async () => {
    expect(await run('offload(() => process.exit(3)).catch((error) => say(error.name + " " + error.exitCode));')).toMatchObject({ code: 0, stdout: 'WorkerDiedError 3\nexit 0\n' });
  });

  test('sees what its tasks print', async () => {
    expect(await run('offload(() => { console.log("from a task"); console.error("and an error"); require("node:child_process").execSync("echo from its child", { stdio: "inherit" }); });')).toMatchObject({
      stdout: expect.stringMatching(/^(?=[^]*from a task\n)(?=[^]*from its child\n)/) as string,
      stderr: 'and an error\n',
    });
  });

  test('waits for shutdown(), and no longer', async () => {
    expect(await run('const pool = new Pool(); pool.submit(rest, 50).then(say); pool.shutdown().then(() => say("shut down " + pool.stats.workers));')).toMatchObject({
      stdout: 'rested\nshut down 0\nexit 0\n',
    });
  });
});

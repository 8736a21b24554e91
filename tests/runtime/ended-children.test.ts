import childProcess from 'node:child_process';
import { offload, ProcessPoolExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hold, isAlive, newGate, poolOf, pools, until, untilRunning, untilTold } from './pools.js';

/** Says which processes it is and has started, and then goes on for as long as nobody ends it. */
const family = (file: string) => `sleep 1000 & echo $$ $! > ${file}; wait`;

async function untilGone(pids: readonly number[]): Promise<void> {
  await until(() => !pids.some(isAlive));
}

/** Of a thread, Linux alone says which children are its own. */
const kinds = process.platform === 'linux' ? pools : pools.filter(([kind]) => kind === 'processes');

describe.each(kinds)('the end of a task is that of the child which it waits for, and of what that has started: %s', (_kind, Pool) => {
  test.each<[string, (pool: InstanceType<typeof Pool>, command: string, signal: AbortSignal) => Promise<unknown>]>([
    ['execSync', (executor, command, signal) => offload.with({ executor, signal })(childProcess.execSync, command)],
    ['execFileSync', (executor, command, signal) => offload.with({ executor, signal })(childProcess.execFileSync, 'sh', ['-c', command])],
    ['spawnSync', (executor, command, signal) => offload.with({ executor, signal })(childProcess.spawnSync, 'sh', ['-c', command])],
    ['execSync for each of a chunk', async (executor, command, signal) => {
      for await (const output of executor.map(childProcess.execSync as (command: string) => Buffer, ['true', command], { signal, chunkSize: 2 })) void output;
    }],
  ])('%s, aborted', async (_, start) => {
    const pool = poolOf(Pool, 1) as InstanceType<typeof Pool>;
    const file = newGate();
    const controller = new AbortController();
    const task = start(pool, family(file), controller.signal);
    const pids = await untilTold(file);
    expect(pids.map(isAlive)).toEqual([true, true]);
    controller.abort('enough');
    await expect(task).rejects.toBe('enough');
    await untilGone(pids);
    expect(await pool.submit((n: number) => n, 1)).toBe(1);
  });

  test('execSync, timed out', async () => {
    const pool = poolOf(Pool, 1);
    await pool.submit(() => 1);
    const file = newGate();
    const task = offload.with({ executor: pool, timeout: 300 })(childProcess.execSync, family(file));
    const [outcome] = await Promise.allSettled([task, untilTold(file)]);
    expect(outcome).toMatchObject({ reason: { name: 'TimeoutError' } });
    await untilGone(await untilTold(file));
  });

  test('an abort at any moment leaves no child behind', async () => {
    const pool = poolOf(Pool, 2);
    const mark = String(10_000_000 + Math.floor(Math.random() * 1e6));
    const outcomes = Array.from({ length: 40 }, async (_, n) => {
      const signal = AbortSignal.timeout(50 + n * 4);
      const [outcome] = await Promise.allSettled([offload.with({ executor: pool, signal })(childProcess.execSync, `sleep ${mark} & wait`)]);
      expect(outcome).toEqual({ status: 'rejected', reason: signal.reason as unknown });
    });
    await Promise.all(outcomes);
    await until(() => !childProcess.execSync('ps -A -o args=', { encoding: 'utf8' }).includes(`sleep ${mark}\n`));
  });
});

/** Started by a task, and left running: its process number. */
const leaveRunning = () => process.getBuiltinModule('node:child_process').spawn('sleep', ['1000'], { stdio: 'ignore' }).pid!;

function endLater(pid: number): void {
  onTestFinished(() => {
    if (isAlive(pid)) process.kill(pid);
  });
}

describe.runIf(process.platform === 'linux')('in a thread, what an earlier task has left running goes on', () => {
  test('when the task has a child of its own', async () => {
    const pool = poolOf(ThreadPoolExecutor, 1);
    const before = await pool.submit(leaveRunning);
    endLater(before);
    const file = newGate();
    const controller = new AbortController();
    const task = offload.with({ executor: pool, signal: controller.signal })(childProcess.execSync, family(file));
    const pids = await untilTold(file);
    controller.abort('enough');
    await expect(task).rejects.toBe('enough');
    await untilGone(pids);
    // Its thread has gone by then, too.
    await pool.shutdown();
    expect(isAlive(before)).toBe(true);
  });

  test('whenever the task is aborted: before its child is there, and after', async () => {
    for (let n = 0; n < 30; n++) {
      const pool = poolOf(ThreadPoolExecutor, 1);
      const before = await pool.submit(leaveRunning);
      endLater(before);
      const controller = new AbortController();
      const task = offload.with({ executor: pool, signal: controller.signal })(childProcess.execSync, 'sleep 1000');
      await untilRunning(pool);
      for (const end = performance.now() + n / 10; performance.now() < end; );
      controller.abort('enough');
      await expect(task).rejects.toBe('enough');
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(isAlive(before)).toBe(true);
      process.kill(before);
    }
  });

  test('when a task that has no child is aborted', async () => {
    const pool = poolOf(ThreadPoolExecutor, 1);
    const before = await pool.submit(leaveRunning);
    endLater(before);
    await pool.submit(childProcess.execSync, 'true');
    await expect(pool.run({ fn: hold, args: [newGate()], timeout: 50 })).rejects.toMatchObject({ name: 'TimeoutError' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isAlive(before)).toBe(true);
  });
});

describe('a process ends with all that its tasks have started', () => {
  test('when its task is aborted', async () => {
    const pool = poolOf(ProcessPoolExecutor, 1);
    const left = await pool.submit(leaveRunning);
    const file = newGate();
    await expect(offload.with({ executor: pool, timeout: 300 })(childProcess.execSync, family(file))).rejects.toMatchObject({ name: 'TimeoutError' });
    await untilGone([left, ...(await untilTold(file))]);
  });

  test('but not when it leaves in its own way, as any process', async () => {
    const pool = poolOf(ProcessPoolExecutor, 1);
    const left = await pool.submit(leaveRunning);
    endLater(left);
    await pool.shutdown();
    expect(isAlive(left)).toBe(true);
  });
});

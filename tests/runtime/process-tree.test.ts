import { spawn } from 'node:child_process';
import { describe, expect, onTestFinished, test } from 'vitest';
import { killTree, killTreeAtExit } from '../../src/runtime/executors/process-tree.js';
import { isAlive, newGate, until, untilTold } from './pools.js';

/** Processes in three generations, and their numbers. */
async function family(): Promise<number[]> {
  const file = newGate();
  const child = spawn('sh', ['-c', `sh -c 'sleep 1000 & echo $$ $! > ${file}; wait' & wait`], { stdio: 'ignore' });
  return [child.pid!, ...(await untilTold(file))];
}

/** What is asked of the system differs; a table of all processes is there on Linux, too. */
describe.each(process.platform === 'win32' ? [] : [...new Set([process.platform, 'darwin'])])('on %s a process is ended with all that it has started', (platform) => {
  test.each([['at once', killTree], ['when this process is at its end', killTreeAtExit]])('%s', async (_, kill) => {
    const bystander = spawn('sleep', ['1000'], { stdio: 'ignore' });
    onTestFinished(() => void bystander.kill());
    const pids = await family();
    expect(pids.map(isAlive)).toEqual([true, true, true]);
    const real = process.platform;
    Object.defineProperty(process, 'platform', { value: platform });
    try {
      kill(pids[0]!);
    } finally {
      Object.defineProperty(process, 'platform', { value: real });
    }
    await until(() => !pids.some(isAlive));
    expect(isAlive(bystander.pid!)).toBe(true);
  });

  test('one that is gone already is no matter', () => {
    expect(() => { killTree(2 ** 22 + 1); }).not.toThrow();
  });
});

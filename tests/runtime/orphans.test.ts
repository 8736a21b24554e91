import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fixture } from './child-node.js';
import { isAlive, newGate, until } from './pools.js';

/** Runs a program in which `say` tells us process numbers, one line each. */
async function start(body: string, lines: number): Promise<{ program: ReturnType<typeof spawn>; told: number[] }> {
  const program = spawn(
    process.execPath,
    [
      '-e',
      `const { ProcessPoolExecutor, offload } = require('eslint-plugin-offload/runtime');
       const { execSync } = require('node:child_process');
       const say = (text) => require('node:fs').writeSync(1, text + '\\n');
       ${body}`,
    ],
    { cwd: fileURLToPath(fixture('.')), env: { ...process.env, NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void program.kill('SIGKILL'));
  const told: number[] = [];
  const reader = createInterface(program.stdout!);
  const all = new Promise<void>((resolve) => {
    reader.on('line', (line) => {
      told.push(Number(line));
      if (told.length === lines) resolve();
    });
  });
  await Promise.race([all, once(program, 'close')]);
  expect(told).toHaveLength(lines);
  return { program, told };
}

const idle = `
  const pool = new ProcessPoolExecutor({ minWorkers: 2, idleTimeout: Infinity });
  const here = async () => { await new Promise((done) => setTimeout(done, 50)); return process.pid; };
  const both = (async () => {
    const pids = new Set();
    // Until the second has started, the first may run both.
    while (pids.size < 2) for (const pid of await Promise.all([pool.submit(here), pool.submit(here)])) pids.add(pid);
    pids.forEach(say);
  })();`;

describe('no worker process outlives the one that started it', () => {
  test.each<[string, string]>([
    ['that has nothing more to do', ''],
    ['that calls process.exit()', 'both.then(() => process.exit(0));'],
    ['that an uncaught error ends', 'process.on("uncaughtException", () => process.exit(1)); both.then(() => { throw new Error("uncaught"); });'],
  ])('idle, of a process %s', async (_, end) => {
    const { program, told } = await start(idle + end, 2);
    if (program.exitCode === null) await once(program, 'exit');
    await until(() => !told.some(isAlive));
  });

  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('idle, of a process that %s ends', async (signal) => {
    const { program, told } = await start(`${idle} setInterval(() => {}, 1000);`, 2);
    program.kill(signal);
    await once(program, 'exit');
    await until(() => !told.some(isAlive));
  });

  test('in an endless loop, when its process calls process.exit()', async () => {
    const { told } = await start(
      `const pool = new ProcessPoolExecutor({ maxWorkers: 1 });
       pool.submit(() => process.pid).then((pid) => { say(pid); pool.submit(() => { for (;;); }); setTimeout(() => process.exit(0), 100); });`,
      1,
    );
    await until(() => !told.some(isAlive));
  });

  test('in execSync, with all that it has started, when its process calls process.exit()', async () => {
    const file = newGate();
    const { told } = await start(
      `const pool = new ProcessPoolExecutor({ maxWorkers: 1 });
       pool.submit(() => process.pid).then((pid) => {
         say(pid);
         pool.submit(execSync, 'sleep 1000 & echo $$ $! > ${file}; wait');
         setInterval(() => { if (require('node:fs').existsSync('${file}') && require('node:fs').readFileSync('${file}', 'utf8').endsWith('\\n')) process.exit(0); }, 5);
       });`,
      1,
    );
    await until(() => !told.some(isAlive));
    const pids = readFileSync(file, 'utf8').trim().split(' ').map(Number);
    expect(pids).toHaveLength(2);
    await until(() => !pids.some(isAlive));
  });

  test('that is starting, when its process calls process.exit()', async () => {
    const { program, told } = await start(
      `const pool = new ProcessPoolExecutor({ minWorkers: 3 });
       const { execFileSync } = require('node:child_process');
       for (const line of execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' }).split('\\n')) {
         const [pid, ppid, command] = line.trim().split(/\\s+/);
         if (Number(ppid) === process.pid && command !== 'ps') say(pid);
       }
       process.exit(0);`,
      3,
    );
    if (program.exitCode === null) await once(program, 'exit');
    await until(() => !told.some(isAlive));
  });
});

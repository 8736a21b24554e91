import childProcess from 'node:child_process';
import { promisify } from 'node:util';

export const processes = {
  title: 'child processes',
  rows() {
    const { execFileSync, execSync, spawnSync } = childProcess;
    return [
      { call: "child_process.execFileSync, 'true'", fn: execFileSync, args: () => ['true'], twins: [stdoutOf('execFile')], ...few, told: String },
      { call: "child_process.execSync, 'true', through a shell", fn: execSync, args: () => ['true'], twins: [stdoutOf('exec')], ...few, told: String },
      { call: 'child_process.execFileSync, 1 MB of output', fn: execFileSync, args: () => ['head', ['-c', '1048576', '/dev/zero'], { maxBuffer: 2 ** 21 }], twins: [stdoutOf('execFile')], ...few, told: ({ length }) => length },
      { call: "child_process.spawnSync, 'true'", fn: spawnSync, args: () => ['true'], twins: [{ form: 'spawn, by hand', call: spawned }], ...few, told: ({ status }) => status },
    ];
  },
};

/** Processes take milliseconds to start, and the cores from those that start them. */
const few = { alone: 5, atOnce: 20, rounds: 9 };

/** The twin resolves to `{ stdout, stderr }`. */
function stdoutOf(name) {
  const run = promisify(childProcess[name]);
  return { form: 'promisified', call: async (...args) => (await run(...args)).stdout };
}

function spawned(command) {
  return new Promise((resolve, reject) => {
    const child = childProcess.spawn(command);
    child.on('error', reject);
    child.on('close', (status) => resolve({ status }));
  });
}

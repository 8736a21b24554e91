import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PoolOptions, ProcessPoolExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { onTestFinished } from 'vitest';

export type Pool = ThreadPoolExecutor | ProcessPoolExecutor;

/** Both kinds, for what they have in common. */
export const pools = [
  ['threads', ThreadPoolExecutor],
  ['processes', ProcessPoolExecutor],
] as const;

export type PoolClass = (typeof pools)[number][1];

/** A pool for the length of a test. */
export function poolOf(Class: typeof ThreadPoolExecutor, maxWorkers: number, options?: ConstructorParameters<typeof ThreadPoolExecutor>[0]): ThreadPoolExecutor;
export function poolOf(Class: typeof ProcessPoolExecutor, maxWorkers: number, options?: ConstructorParameters<typeof ProcessPoolExecutor>[0]): ProcessPoolExecutor;
export function poolOf(Class: PoolClass, maxWorkers: number, options?: PoolOptions): Pool;
export function poolOf(Class: PoolClass, maxWorkers: number, options: PoolOptions = {}): Pool {
  const pool = new Class({ maxWorkers, ...options });
  onTestFinished(() => pool.shutdown({ cancelPending: true }));
  return pool;
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Resolves when `pool` has a worker in the middle of a task. */
export async function untilRunning(pool: Pool): Promise<void> {
  await until(() => pool.stats.running > 0);
}

/** A file that is not there yet: tasks wait for it, and no test depends on how long anything takes. */
export function newGate(): string {
  return join(mkdtempSync(join(tmpdir(), 'offload-')), 'gate');
}

/** Waits in a worker until the gate is open. */
export function hold(gate: string): string {
  const { existsSync } = process.getBuiltinModule('node:fs');
  const still = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(gate)) Atomics.wait(still, 0, 0, 1);
  return gate;
}

export function open(gate: string): void {
  writeFileSync(gate, '');
}

/** The two processes whose numbers one of them writes to a file, once it has. */
export async function untilTold(file: string): Promise<number[]> {
  const read = () => {
    try {
      return readFileSync(file, 'utf8').trim().split(' ').map(Number);
    } catch {
      return [];
    }
  };
  await until(() => read().length === 2);
  return read();
}

/** Whether there is such a process, and it has not ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !isZombie(pid);
}

/** One that has ended and whose parent, or whoever is that now, has not asked how. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

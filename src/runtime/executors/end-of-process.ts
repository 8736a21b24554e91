import { killTreeAtExit } from './process-tree.js';

const living = new Set<number>();

/** Has a worker process, and what it has started, end when this process does, even in the middle of a task. */
export function endWithUs(pid: number): void {
  if (living.size === 0) process.once('exit', endAll);
  living.add(pid);
}

export function forgetProcess(pid: number): void {
  living.delete(pid);
  if (living.size === 0) process.removeListener('exit', endAll);
}

function endAll(): void {
  for (const pid of living) killTreeAtExit(pid);
}

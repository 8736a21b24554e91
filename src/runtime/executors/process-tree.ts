import { readdirSync, readFileSync } from 'node:fs';

/**
 * Ends a process and all that it has started, at once on Linux and within milliseconds elsewhere.
 *
 * Not by a process group of its own: a terminal's Ctrl-C would pass it by.
 */
export function killTree(pid: number): void {
  if (process.platform === 'win32') {
    process.getBuiltinModule('node:child_process').execFile('taskkill', ['/pid', String(pid), '/t', '/f'], () => {});
  } else if (process.platform === 'linux') {
    // Those it has started first: once it is gone, they are nobody's.
    for (const each of [...descendantsOf(pid), pid]) kill(each);
  } else {
    process.getBuiltinModule('node:child_process').execFile('ps', ['-A', '-o', 'pid=,ppid='], (_, table) => {
      for (const each of [...descendantsIn(table, pid), pid]) kill(each);
    });
  }
}

/**
 * Ends the process that a thread of this process has started last, with all that it has started itself. In a thread
 * that stands in an `execSync` that is the one it waits for; others may be there that earlier tasks have left running.
 *
 * @param thread the system's number of the thread. On Linux alone the system says which thread has which children.
 */
export function killNewestChild(thread: number): void {
  const child = childrenOfThread('self', thread).pop();
  if (child !== undefined) killTree(child);
}

function descendantsOf(pid: number): number[] {
  return threadsOf(pid)
    .flatMap((thread) => childrenOfThread(pid, thread))
    .flatMap((child) => [...descendantsOf(child), child]);
}

/** Of a process that is gone there are none. */
function threadsOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}

function childrenOfThread(pid: number | 'self', thread: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function descendantsIn(table: string, pid: number): number[] {
  const rows = table.split('\n').map((row) => row.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] => rows.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [...below(child!), child!]);
  return below(pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

import { readdirSync, readFileSync } from 'node:fs';

/** Loaded when it is needed: it takes as long as all else that a program without processes has to load. */
const childProcess = () => process.getBuiltinModule('node:child_process');

/**
 * Ends a process and all that it has started, at once on Linux and within milliseconds elsewhere.
 *
 * Not by a process group of its own: a terminal's Ctrl-C would pass it by.
 */
export function killTree(pid: number): void {
  if (process.platform === 'win32') childProcess().execFile('taskkill', ['/pid', String(pid), '/t', '/f'], () => {});
  else if (process.platform === 'linux') killFromTheTop(pid);
  else childProcess().execFile('ps', tableOfAll, (_, table) => { killAllIn(table, pid); });
}

/** The same when this process is at its end, and waits for no answer. */
export function killTreeAtExit(pid: number): void {
  if (process.platform === 'win32' || process.platform === 'linux') killTree(pid);
  else {
    // Null where there is no `ps`.
    const { stdout }: { stdout: string | null } = childProcess().spawnSync('ps', tableOfAll, { encoding: 'utf8' });
    killAllIn(stdout ?? '', pid);
  }
}

/**
 * Ends the processes that a thread of this process has started since it started `newest`, with all that they have
 * started themselves.
 *
 * @param thread the system's number of the thread. On Linux alone the system says which thread has which children.
 * @param newest the last one that is to live; 0 where there is none
 */
export function killChildrenSince(thread: number, newest: number): void {
  const children = childrenOfThread('self', thread);
  // In the order in which they were started. One that is not among them would say nothing of the others.
  if (newest !== 0 && !children.includes(newest)) return;
  for (const child of children.slice(children.indexOf(newest) + 1)) killTree(child);
}

/** The process that a thread of this process has started last; 0 where there is none. */
export function newestChildOf(thread: number): number {
  return childrenOfThread('self', thread).pop() ?? 0;
}

/** One that is stopped starts nothing while what it has started is looked up; once it is gone, that is nobody's. */
function killFromTheTop(pid: number): void {
  signal(pid, 'SIGSTOP');
  for (const child of childrenOf(pid)) killFromTheTop(child);
  signal(pid, 'SIGKILL');
}

/** Of a process that is gone there are none. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => childrenOfThread(pid, Number(thread)));
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

/** Process and parent, a line each. */
const tableOfAll = ['-A', '-o', 'pid=,ppid='];

function killAllIn(table: string, pid: number): void {
  const rows = table.split('\n').map((row) => row.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] => rows.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [...below(child!), child!]);
  for (const each of [...below(pid), pid]) signal(each, 'SIGKILL');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already.
  }
}

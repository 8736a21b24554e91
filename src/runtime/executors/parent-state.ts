import type { ProcessTask } from '../worker/process-messages.js';
import type { WorkerProcessOptions } from './process-pool-options.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What a process cannot see of this one and a thread can: the environment and the working directory.
 *
 * To read the environment takes 2 µs a variable, of which nobody tells when one changes, so it is as much as a trip to
 * a process again. It buys that a task sees the same there as in a thread.
 */
export class ParentState {
  #cwd: string | undefined;
  #env: Environment | undefined;

  constructor({ cwd, env }: WorkerProcessOptions) {
    // What was asked for stays as it was asked for.
    if (cwd === undefined) this.#cwd = currentDirectory();
    if (env === undefined) this.#env = { ...process.env };
  }

  /** What has changed since this was last asked, or since the start. */
  changes(): Pick<ProcessTask, 'cwd' | 'env'> {
    return { cwd: this.#changedDirectory(), env: this.#changedVariables() };
  }

  #changedDirectory(): string | undefined {
    const cwd = this.#cwd === undefined ? undefined : currentDirectory();
    if (cwd === this.#cwd) return undefined;
    this.#cwd = cwd;
    return cwd === '' ? undefined : cwd;
  }

  #changedVariables(): Environment | undefined {
    const before = this.#env;
    if (before === undefined) return undefined;
    const now = { ...process.env };
    const changes: Record<string, string | undefined> = {};
    for (const name of Object.keys(now)) if (now[name] !== before[name]) changes[name] = now[name];
    for (const name of Object.keys(before)) if (!(name in now)) changes[name] = undefined;
    this.#env = now;
    return Object.keys(changes).length > 0 ? changes : undefined;
  }
}

/** `''` where it has been removed: a change to be seen, but none to be followed. */
function currentDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '';
  }
}

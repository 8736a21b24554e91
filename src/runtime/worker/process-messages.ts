import type { TaskDefinition } from '../task/reference.js';
import type { RETURNED, READY, REFUSED, THREW } from './messages.js';

/**
 * What main and a worker process say to each other, packed (see packing.ts): one task at a time, and its outcome.
 * A process has no memory in common with main, so nothing is handed out ahead and nothing is taken back.
 */
export interface ProcessTask {
  readonly id: number;
  readonly key: string | number;
  readonly payload: unknown;
  /** There when this worker has not met `key` yet, or has had to forget it. */
  readonly definition: TaskDefinition | undefined;
  /** There when it has changed since the last task. */
  readonly cwd: string | undefined;
  /** What has changed since the last task; `undefined` stands for a variable that is gone. */
  readonly env: Readonly<Record<string, string | undefined>> | undefined;
}

export interface ProcessReply {
  readonly id: number;
  readonly kind: typeof READY | typeof RETURNED | typeof THREW | typeof REFUSED | typeof UNCAUGHT;
  readonly payload: unknown;
  /** When the task began and when it was done, by `now()` of clock.ts. */
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** Outside of any task, something was thrown and not caught; the process ends. */
export const UNCAUGHT = 5;

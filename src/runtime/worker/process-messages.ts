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
  readonly kind: typeof READY | typeof RETURNED | typeof THREW | typeof REFUSED | typeof UNCAUGHT | typeof ENDING;
  readonly payload: unknown;
  /** When the task began and when it was done, by `now()` of clock.ts. */
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** Outside of any task, something was thrown and not caught; the process ends, and begins no more tasks. */
export const UNCAUGHT = 5;

/** The last word of a process that ends in its own way; `id` is that of the task which it began last. */
export const ENDING = 6;

/** Whether it is one of ours: a module that is preloaded in a worker may have something to say to whoever started it. */
export function isProcessReply(message: unknown): message is ProcessReply {
  if (message === null || typeof message !== 'object') return false;
  const { id, kind } = message as Partial<ProcessReply>;
  return Number.isInteger(id) && Number.isInteger(kind);
}

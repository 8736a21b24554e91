import { expect, test } from 'vitest';
import { PendingTask } from '../../src/runtime/executors/pending-task.js';
import type { PoolWorker, PoolWorkerEvents } from '../../src/runtime/executors/pool-worker.js';
import { WorkerPool } from '../../src/runtime/executors/worker-pool.js';
import { RETURNED } from '../../src/runtime/worker/messages.js';
import { until } from './pools.js';

/** A worker that runs what it is given as soon as it is sent, and can be heard of once more after it was told to leave. */
class QuickWorker implements PoolWorker {
  idleSince = 0;
  readonly ready = true;
  readonly running = undefined;
  readonly hasFullMessage = false;
  readonly gone = Promise.resolve();
  hasLeft = false;
  tasks: PendingTask[] = [];

  constructor(readonly events: PoolWorkerEvents) {
    queueMicrotask(() => { events.onReady(this); });
  }

  get load(): number {
    return this.tasks.length;
  }

  add(task: PendingTask): boolean {
    task.worker = this;
    this.tasks.push(task);
    return true;
  }

  flush(): void {
    // Nothing is run by one that has left.
    if (!this.hasLeft) for (const task of this.tasks.splice(0)) task.settle(RETURNED, undefined);
  }

  takeBack = (): boolean => false;
  takeBackLast = (): PendingTask[] => [];
  isRunning = (): boolean => false;
  abandon = (): void => {};

  leave(): void {
    this.hasLeft = true;
  }
}

test('a worker that is heard of after it was told to leave is given no more tasks', { timeout: 10_000 }, async () => {
  const workers: QuickWorker[] = [];
  const pool = new WorkerPool({ minWorkers: 0, maxWorkers: 1, idleTimeout: 0, maxQueue: Infinity, name: 'pool' }, (events) => {
    const worker = new QuickWorker(events);
    workers.push(worker);
    return worker;
  });
  const submit = (): Promise<unknown> => {
    const task = new PendingTask({ key: 'task' } as unknown as ConstructorParameters<typeof PendingTask>[0], { payload: undefined, transfer: [] } as unknown as ConstructorParameters<typeof PendingTask>[1], 0);
    const answer = task.answer();
    pool.submit(task);
    return answer;
  };
  await submit();
  await until(() => workers[0]!.hasLeft);
  workers[0]!.events.onProgress(workers[0]!);
  await submit();
  expect(workers).toHaveLength(2);
  expect(workers[0]!.tasks).toEqual([]);
});

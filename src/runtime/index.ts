export type { Executor, ExecutorStats, MapOptions, ShutdownOptions, Task, TaskOptions } from './executors/executor.js';
export { InlineExecutor } from './executors/inline.js';
export { ThreadPoolExecutor } from './executors/thread-pool.js';
export type { ThreadPoolOptions, ThreadWorkerOptions } from './executors/thread-pool-options.js';
export { UncloneableError } from './codec/index.js';
export { OffloadError, QueueFullError, ShutdownError, TaskReferenceError, TimeoutError, WorkerDiedError, WorkerStartError } from './errors.js';
export { getDefaultExecutor, offload, type OffloadOptions, runInExecutor, setDefaultExecutor } from './offload.js';
export { offloadable } from './offloadable.js';
export type { Offload, OffloadCall, RunInExecutor } from './types.js';

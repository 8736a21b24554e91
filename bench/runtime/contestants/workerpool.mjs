import { workerFile } from './workers/worker-file.mjs';

export default {
  name: 'workerpool',
  kind: 'peer',
  async start({ workers }) {
    const { default: workerpool } = await import('workerpool');
    const pool = workerpool.pool(workerFile('workerpool.cjs'), { workerType: 'thread', minWorkers: workers, maxWorkers: workers });
    return {
      run: (x) => pool.exec('increment', [x]),
      block: (ms) => pool.exec('block', [ms]),
      stop: () => pool.terminate(true),
    };
  },
};

import { workerFile } from './workers/worker-file.mjs';

export default {
  name: 'jest-worker',
  kind: 'peer',
  async start({ workers }) {
    const { Worker } = await import('jest-worker');
    const pool = new Worker(workerFile('tasks.cjs'), { numWorkers: workers, enableWorkerThreads: true, exposedMethods: ['block', 'increment'] });
    return {
      run: (x) => pool.increment(x),
      block: (ms) => pool.block(ms),
      stop: () => pool.end(),
    };
  },
};

import { workerFile } from './workers/worker-file.mjs';

export default {
  name: 'piscina',
  kind: 'peer',
  async start({ workers }) {
    const { Piscina } = await import('piscina');
    const pool = new Piscina({ filename: workerFile('tasks.cjs'), name: 'increment', minThreads: workers, maxThreads: workers });
    return {
      run: (x) => pool.run(x),
      block: (ms) => pool.run(ms, { name: 'block' }),
      spin: (ms) => pool.run(ms, { name: 'spin' }),
      runFile: (path) => pool.run(path, { filename: workerFile('piscina-read.cjs'), name: 'default' }),
      stop: () => pool.destroy(),
    };
  },
};

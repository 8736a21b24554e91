import { workerFile } from './workers/worker-file.mjs';

export default {
  name: 'poolifier',
  kind: 'peer',
  async start({ workers }) {
    const { FixedThreadPool } = await import('poolifier');
    const pool = new FixedThreadPool(workers, workerFile('poolifier.cjs'));
    return {
      run: (x) => pool.execute(x, 'increment'),
      block: (ms) => pool.execute(ms, 'block'),
      stop: () => pool.destroy(),
    };
  },
};

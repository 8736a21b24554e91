import { pathToFileURL } from 'node:url';
import { workerFile } from './workers/worker-file.mjs';

export default {
  name: 'tinypool',
  kind: 'peer',
  async start({ workers }) {
    const { Tinypool } = await import('tinypool');
    const pool = new Tinypool({ filename: pathToFileURL(workerFile('tasks.cjs')).href, name: 'increment', minThreads: workers, maxThreads: workers });
    return {
      run: (x) => pool.run(x),
      block: (ms) => pool.run(ms, { name: 'block' }),
      stop: () => pool.destroy(),
    };
  },
};

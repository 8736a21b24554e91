import fs from 'node:fs';
import { block, increment, spin } from './workers/functions.mjs';

/** `load` loads the runtime: `import` or `require`. */
export default {
  name: 'offload',
  kind: 'ours',
  package: 'eslint-plugin-offload',
  async start({ workers, load = (specifier) => import(specifier) }) {
    const { ThreadPoolExecutor } = await load('eslint-plugin-offload/runtime');
    const executor = new ThreadPoolExecutor({ minWorkers: workers, maxWorkers: workers });
    return {
      run: (x) => executor.submit(increment, x),
      block: (ms) => executor.submit(block, ms),
      spin: (ms) => executor.submit(spin, ms),
      runFile: (path) => executor.submit(fs.readFileSync, path),
      stop: () => executor.shutdown(),
    };
  },
};

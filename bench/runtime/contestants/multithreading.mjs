import { block, increment } from './workers/functions.mjs';

export default {
  name: 'multithreading',
  kind: 'peer',
  // It can be started once in a process.
  onePool: true,
  async start({ workers }) {
    const { initRuntime, move, shutdown, spawn } = await import('multithreading');
    initRuntime({ maxWorkers: workers });
    const call = async (fn, x) => {
      const joined = await spawn(move(x), fn).join();
      if (!joined.ok) throw joined.error;
      return joined.value;
    };
    return {
      run: (x) => call(increment, x),
      block: (ms) => call(block, ms),
      stop: () => shutdown(),
    };
  },
};

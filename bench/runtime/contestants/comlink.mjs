import { workerFile } from './workers/worker-file.mjs';

/** Comlink calls a worker and has no pool: the workers take turns. */
export default {
  name: 'comlink',
  kind: 'peer',
  async start({ workers }) {
    const { Worker } = await import('node:worker_threads');
    const { wrap } = await import('comlink');
    const { default: nodeEndpoint } = await import('comlink/dist/esm/node-adapter.mjs');
    const threads = Array.from({ length: workers }, () => new Worker(workerFile('comlink.cjs')));
    const proxies = threads.map((thread) => wrap(nodeEndpoint(thread)));
    let turn = 0;
    const next = () => proxies[turn++ % workers];
    return {
      run: (x) => next().increment(x),
      block: (ms) => next().block(ms),
      stop: () => Promise.all(threads.map((thread) => thread.terminate())),
    };
  },
};

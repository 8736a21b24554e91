/**
 * `new Worker` with a few lines of CommonJS, a message there and a message back: what Node itself takes to start a
 * worker, to keep one, and to wake one whose event loop waits.
 */
export default {
  name: 'bare worker, messages',
  kind: 'floor',
  async start({ workers }) {
    const { Worker } = await import('node:worker_threads');
    const threads = Array.from({ length: workers }, () => new Worker(code, { eval: true }));
    const pending = new Map();
    let tasks = 0;
    for (const thread of threads) {
      thread.on('message', ([id, value]) => {
        const resolve = pending.get(id);
        pending.delete(id);
        resolve(value);
      });
    }
    const post = (name, x) =>
      new Promise((resolve) => {
        const id = ++tasks;
        pending.set(id, resolve);
        threads[id % workers].postMessage([id, name, x]);
      });
    return {
      run: (x) => post('increment', x),
      block: (ms) => post('block', ms),
      spin: (ms) => post('spin', ms),
      stop: () => Promise.all(threads.map((thread) => thread.terminate())),
    };
  },
};

const code = `
  const { parentPort } = require('node:worker_threads');
  const tasks = {
    increment: (x) => x + 1,
    block: (ms) => (Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms), ms),
    spin(ms) {
      for (const until = performance.now() + ms; performance.now() < until; );
      return ms;
    },
  };
  parentPort.on('message', ([id, name, x]) => parentPort.postMessage([id, tasks[name](x)]));
`;

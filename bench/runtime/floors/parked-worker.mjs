import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

/**
 * A worker that waits in `Atomics.wait` and takes its messages with `receiveMessageOnPort`; the main thread empties
 * its port at each 'message' event. One task a message, nothing else: the shortest way there and back that was found.
 */
export default {
  name: 'bare worker, parked',
  kind: 'floor',
  async start({ workers }) {
    const pending = new Map();
    const threads = Array.from({ length: workers }, () => startThread(pending));
    let tasks = 0;
    const post = (name, x) =>
      new Promise((resolve) => {
        const id = ++tasks;
        pending.set(id, resolve);
        const { port, wakeUps } = threads[id % workers];
        port.postMessage([id, name, x]);
        Atomics.add(wakeUps, 0, 1);
        Atomics.notify(wakeUps, 0, 1);
      });
    return {
      run: (x) => post('increment', x),
      block: (ms) => post('block', ms),
      stop: () => Promise.all(threads.map(({ thread }) => thread.terminate())),
    };
  },
};

function startThread(pending) {
  const wakeUps = new Int32Array(new SharedArrayBuffer(4));
  const { port1: port, port2 } = new MessageChannel();
  const thread = new Worker(code, { eval: true, workerData: { port: port2, wakeUps }, transferList: [port2] });
  const receive = ([id, value]) => {
    const resolve = pending.get(id);
    pending.delete(id);
    resolve(value);
  };
  port.on('message', (message) => {
    receive(message);
    for (let entry; (entry = receiveMessageOnPort(port)); ) receive(entry.message);
  });
  return { thread, port, wakeUps };
}

const code = `
  const { receiveMessageOnPort, workerData } = require('node:worker_threads');
  const { port, wakeUps } = workerData;
  const tasks = {
    increment: (x) => x + 1,
    block: (ms) => (Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms), ms),
  };
  for (let seen = 0; ; ) {
    Atomics.wait(wakeUps, 0, seen);
    seen = Atomics.load(wakeUps, 0);
    for (let entry; (entry = receiveMessageOnPort(port)); ) {
      const [id, name, x] = entry.message;
      port.postMessage([id, tasks[name](x)]);
    }
  }
`;

import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

const window = 64;
const slots = 65_536;
const QUEUED = 1;
const TAKEN_BACK = 3;

/**
 * What a pool can reach that does nothing but run synchronous tasks: a window of tasks per parked worker, one message
 * per worker and microtask, replies in batches, and a claim word per task in shared memory, by which a task that has
 * not begun can be taken back and given to a worker that ran dry. No errors, no cancelling, no growth.
 */
export default {
  name: 'batching pool, bare',
  kind: 'floor',
  async start({ workers }) {
    const claims = new Int32Array(new SharedArrayBuffer(4 * slots));
    const freeSlots = Array.from({ length: slots }, (_, index) => index);
    const queue = [];
    const pending = new Map();
    let ids = 0;
    let scheduled = false;
    const threads = Array.from({ length: workers }, () => startThread(claims, receive, () => schedule()));

    function receive(thread, replies) {
      for (let at = 0; at < replies.length; at += 3) {
        const task = pending.get(replies[at]);
        pending.delete(task.id);
        thread.inFlight.delete(task);
        freeSlots.push(replies[at + 2]);
        task.resolve(replies[at + 1]);
      }
    }

    function schedule() {
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(dispatch);
    }

    function dispatch() {
      scheduled = false;
      let sent = 0;
      while (sent < queue.length) {
        const thread = threads.reduce((least, other) => (other.inFlight.size < least.inFlight.size ? other : least));
        if (thread.inFlight.size >= window) break;
        give(thread, queue[sent++]);
      }
      queue.splice(0, sent);
      if (queue.length === 0) {
        for (const thread of threads) if (thread.inFlight.size === 0) for (const task of takeBack()) give(thread, task);
      }
      for (const { batch, port, wakeUps } of threads) {
        if (batch.length === 0) continue;
        port.postMessage(batch.splice(0));
        Atomics.add(wakeUps, 0, 1);
        Atomics.notify(wakeUps, 0, 1);
      }
    }

    function give(thread, task) {
      task.slot = freeSlots.pop();
      Atomics.store(claims, task.slot, QUEUED);
      thread.inFlight.add(task);
      thread.batch.push(task.id, task.slot, task.name, task.x);
    }

    /** The later half of what the busiest worker has not begun. */
    function takeBack() {
      const busiest = threads.reduce((most, other) => (other.inFlight.size > most.inFlight.size ? other : most));
      const later = [...busiest.inFlight].slice(Math.ceil(busiest.inFlight.size / 2));
      const taken = later.filter(({ slot }) => Atomics.compareExchange(claims, slot, QUEUED, TAKEN_BACK) === QUEUED);
      for (const task of taken) busiest.inFlight.delete(task);
      return taken;
    }

    const post = (name, x) =>
      new Promise((resolve) => {
        const task = { id: ++ids, name, x, resolve, slot: 0 };
        pending.set(task.id, task);
        queue.push(task);
        schedule();
      });
    return {
      run: (x) => post('increment', x),
      block: (ms) => post('block', ms),
      stop: () => Promise.all(threads.map(({ thread }) => thread.terminate())),
    };
  },
};

function startThread(claims, receive, ranDry) {
  const wakeUps = new Int32Array(new SharedArrayBuffer(4));
  const { port1: port, port2 } = new MessageChannel();
  const thread = new Worker(code, { eval: true, workerData: { port: port2, wakeUps, claims }, transferList: [port2] });
  const self = { thread, port, wakeUps, batch: [], inFlight: new Set() };
  port.on('message', (message) => {
    receive(self, message);
    for (let entry; (entry = receiveMessageOnPort(port)); ) receive(self, entry.message);
    ranDry();
  });
  return self;
}

const code = `
  const { receiveMessageOnPort, workerData } = require('node:worker_threads');
  const { port, wakeUps, claims } = workerData;
  const tasks = {
    increment: (x) => x + 1,
    block: (ms) => (Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms), ms),
  };
  const [QUEUED, RUNNING] = [1, 2];
  for (let seen = 0; ; ) {
    Atomics.wait(wakeUps, 0, seen);
    seen = Atomics.load(wakeUps, 0);
    for (let entry; (entry = receiveMessageOnPort(port)); ) {
      const batch = entry.message;
      let replies = [];
      let from = performance.now();
      for (let at = 0; at < batch.length; at += 4) {
        if (Atomics.compareExchange(claims, batch[at + 1], QUEUED, RUNNING) !== QUEUED) continue;
        replies.push(batch[at], tasks[batch[at + 2]](batch[at + 3]), batch[at + 1]);
        if (performance.now() - from < 0.2) continue;
        port.postMessage(replies);
        replies = [];
        from = performance.now();
      }
      if (replies.length > 0) port.postMessage(replies);
    }
  }
`;

// Memory after each of so many portions of trivial tasks.
import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { runAtOnce } from '../contestants.mjs';
import { increment } from '../contestants/workers/functions.mjs';
import { tell } from '../fresh-process.mjs';

const [tasks, portions, workers] = process.argv.slice(2).map(Number);
const burst = 1000;
const executor = new ThreadPoolExecutor({ minWorkers: workers, maxWorkers: workers });
const pool = { run: (x) => executor.submit(increment, x) };
const measured = [];

for (let portion = 0; portion <= portions; portion++) {
  // The first portion is a warm-up: code is compiled and caches fill.
  for (let done = 0; done < tasks / portions; done += burst) await runAtOnce({ name: 'offload', pool }, burst);
  measured.push(await memory());
}
tell(measured);

async function memory() {
  const heaps = new Map();
  // Each holds its worker long enough that the others get the next ones, mostly.
  while (heaps.size < workers) {
    const answers = await Promise.all(Array.from({ length: workers }, () => executor.submit(heapOfWorker)));
    for (const { thread, used } of answers) heaps.set(thread, used);
  }
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, workerHeaps: [...heaps.values()].reduce((sum, used) => sum + used, 0), rss };
}

function heapOfWorker() {
  const { threadId } = process.getBuiltinModule('node:worker_threads');
  globalThis.gc();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  return { thread: threadId, used: process.memoryUsage().heapUsed };
}

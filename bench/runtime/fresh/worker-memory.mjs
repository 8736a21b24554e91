// What the process has grown by when all workers have worked and rest.
import { setTimeout as sleep } from 'node:timers/promises';
import { loadContestants, runAtOnce } from '../contestants.mjs';
import { tell } from '../fresh-process.mjs';

const [name, workers] = [process.argv[2], Number(process.argv[3])];
const contestant = (await loadContestants()).find((other) => other.name === name);
const alone = await contestant.start({ workers: 1 });
await use(alone, 1);
const before = await memoryAtRest();
const pool = await contestant.start({ workers });
await use(pool, workers);
tell({ bytes: ((await memoryAtRest()) - before) / workers });

async function use(pool, count) {
  await Promise.all(Array.from({ length: count }, () => pool.block(200)));
  await runAtOnce({ name, pool }, 1000);
}

async function memoryAtRest() {
  globalThis.gc();
  await sleep(200);
  globalThis.gc();
  return process.memoryUsage.rss();
}

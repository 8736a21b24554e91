// A pool at full load, with faults of every kind at random: every task must come to the one outcome it should, every
// worker be replaced, memory stay where it is, and no process be left behind.
//   npm run soak                             ten minutes
//   npm run soak -- --seconds 5 --seed 7
//   npm run soak -- --executor processes
import { execSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { parseArgs } from 'node:util';
import { runInNewContext } from 'node:vm';
import { ProcessPoolExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '600' }, seed: { type: 'string', default: '1' }, workers: { type: 'string', default: '4' }, executor: { type: 'string', default: 'threads' }, help: { type: 'boolean' } },
});
if (values.help) {
  console.log('Usage: npm run soak -- [--seconds 600] [--seed 1] [--workers 4] [--executor threads|processes]');
  process.exit();
}
const [seconds, seed, workers] = [values.seconds, values.seed, values.workers].map(Number);
const Pool = { threads: ThreadPoolExecutor, processes: ProcessPoolExecutor }[values.executor];
if (!(seconds > 0) || !Number.isInteger(seed) || !(Number.isInteger(workers) && workers > 0) || !Pool) {
  console.error('--seconds must be above 0, --seed and --workers whole numbers, --executor threads or processes: see --help.');
  process.exit(2);
}

/** Mulberry32, by Tommy Ettinger: the same faults for the same seed, but for when they strike. */
let state = seed;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const upTo = (n) => Math.floor(random() * n);

const died = (error) => error?.name === 'WorkerDiedError';
const reason = new Error('soak');
/** Kinds of task: how often, what runs, with what, and what must come of it. */
const allKinds = [
  { often: 400, name: 'number', run: (pool, n) => pool.submit((x) => x + 1, n), right: (value, n) => value === n + 1 },
  { often: 100, name: 'text', run: (pool, n) => pool.submit((x) => `${x}!`, n), right: (value, n) => value === `${n}!` },
  { often: 60, name: 'buffer', run: (pool, n) => pool.submit((bytes) => bytes.subarray(1), Buffer.alloc(10, n)), right: (value, n) => value.length === 9 && value[0] === n % 256 },
  { often: 20, name: 'large buffer', run: (pool, n) => pool.submit((bytes) => bytes, Buffer.alloc(100_000, n)), right: (value, n) => value.length === 100_000 && value[99_999] === n % 256 },
  { often: 20, name: 'built-in', run: (pool, n) => pool.submit(JSON.parse, `[${n}]`), right: (value, n) => value[0] === n },
  { often: 30, name: 'slow', run: (pool, n) => pool.submit((ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms), n % 4), right: (value) => value === 'timed-out' },
  { often: 20, name: 'async', run: (pool, n) => pool.submit(async (ms) => { await new Promise((done) => setTimeout(done, ms)); return ms; }, n % 4), right: (value, n) => value === n % 4 },
  { often: 20, name: 'throws', run: (pool, n) => pool.submit((x) => { throw Object.assign(new RangeError('no'), { code: x }); }, n), wrong: (error, n) => error instanceof RangeError && error.code === n },
  { often: 10, name: 'throws undefined', run: (pool) => pool.submit(() => { throw undefined; }), wrong: (error) => error === undefined },
  { often: 10, name: 'result cannot cross', run: (pool) => pool.submit(() => () => 1), wrong: (error) => error.name === 'UncloneableError' },
  { often: 10, name: 'argument cannot cross', run: (pool) => pool.submit(String, { f() {} }), wrong: (error) => error.name === 'UncloneableError' },
  { often: 2, name: 'exits', run: (pool) => pool.submit(() => process.exit(3)), wrong: died },
  { often: 1, name: 'stray throw', run: (pool) => pool.submit(() => { setTimeout(() => { throw new Error('stray'); }, 1); return 1; }), right: (value) => value === 1 },
  { often: 3, name: 'aborted loop', run: aborted((pool, signal) => pool.run({ fn: () => { for (;;); }, args: [], signal })), wrong: (error) => error === reason },
  { often: 30, name: 'aborted', run: aborted((pool, signal) => pool.run({ fn: (x) => x, args: [1], signal })), right: (value) => value === 1, wrong: (error) => error === reason },
  { often: 5, name: 'timeout', run: (pool) => pool.run({ fn: () => new Promise(() => {}), args: [], timeout: 1 + upTo(5) }), wrong: (error) => error.name === 'TimeoutError' },
  { often: 2, only: 'processes', name: 'killed', run: (pool) => pool.submit(() => process.kill(process.pid, 'SIGKILL')), wrong: (error) => died(error) && error.signal === 'SIGKILL' },
  { often: 1, only: 'processes', name: 'aborted child', run: aborted((pool, signal) => pool.run({ fn: execSync, args: ['sleep 1000'], signal })), wrong: (error) => error === reason },
];
const kinds = allKinds.filter(({ only = values.executor }) => only === values.executor);

/** Aborts at a moment between "not even submitted" and "long done". */
function aborted(start) {
  return (pool) => {
    const controller = new AbortController();
    const after = upTo(6);
    if (after === 0) queueMicrotask(() => controller.abort(reason));
    else setTimeout(() => controller.abort(reason), after - 1);
    return start(pool, controller.signal);
  };
}

const total = kinds.reduce((sum, { often }) => sum + often, 0);
function anyKind() {
  let at = random() * total;
  return kinds.find(({ often }) => (at -= often) < 0) ?? kinds[0];
}

const counts = { submitted: 0, resolved: 0, rejected: 0, wrong: 0 };
const faults = new Map();

async function one(pool) {
  const kind = anyKind();
  const n = upTo(1000);
  counts.submitted++;
  let fault;
  try {
    const value = await kind.run(pool, n);
    counts.resolved++;
    if (!kind.right?.(value, n)) fault = `resolved to ${String(value)}`;
  } catch (error) {
    counts.rejected++;
    // A stray throw ends the worker in the middle of whatever async task it is at.
    const struck = died(error) && (kind.name === 'async' || kind.name === 'timeout');
    if (!struck && !kind.wrong?.(error, n)) fault = `rejected with ${String(error)}`;
  }
  if (fault !== undefined) {
    counts.wrong++;
    faults.set(`${kind.name}: ${fault}`, (faults.get(`${kind.name}: ${fault}`) ?? 0) + 1);
  }
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
function heap() {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

const pool = new Pool({ maxWorkers: workers, idleTimeout: 50 });
const end = performance.now() + seconds * 1000;
const heaps = [];
let quarter = 0;
const lanes = Array.from({ length: 64 }, async () => {
  while (performance.now() < end) {
    await one(pool);
    if (random() < 0.001) await delay(upTo(80));
    if (1 - (end - performance.now()) / seconds / 1000 > quarter / 4) {
      quarter++;
      heaps.push(heap());
    }
  }
});
await Promise.all(lanes);
const before = pool.stats;
await pool.shutdown();
heaps.push(heap());

/** Worker processes that were ended take a moment to go; they do not count as the pool's. */
const children = () => process.getActiveResourcesInfo().filter((kind) => kind === 'ProcessWrap').length;
for (let n = 0; n < 100 && children() > 0; n++) await delay(50);

const { completed, failed, workers: left } = pool.stats;
console.log(`${values.executor}, seed ${seed}, ${seconds} s, ${workers} workers`);
console.log(`submitted ${counts.submitted} = resolved ${counts.resolved} + rejected ${counts.rejected}`);
console.log(`the pool's count: completed ${completed}, failed ${failed}; workers ${before.workers} at the end, ${left} after shutdown, ${children()} processes`);
console.log(`heap, MB: ${heaps.map((size) => size.toFixed(1)).join(' ')}`);
for (const [fault, times] of faults) console.log(`WRONG ${times} times: ${fault}`);

const grown = heaps.at(-1) - heaps[1];
const sound = counts.wrong === 0 && counts.submitted === counts.resolved + counts.rejected && completed === counts.resolved && before.workers <= workers && left === 0 && children() === 0 && grown < 20;
console.log(sound ? 'sound' : 'NOT SOUND');
process.exitCode = sound ? 0 : 1;

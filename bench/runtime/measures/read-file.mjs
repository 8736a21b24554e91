import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkResult, startContestants, stopContestants } from '../contestants.mjs';
import { withLoopDelay } from '../loop-delay.mjs';
import { takeTurns } from '../rounds.mjs';
import { median, ratio } from '../statistics.mjs';
import { factor } from '../tables.mjs';

/** As many as threads of libuv, on which fs.promises reads. */
const workers = 4;
const promises = { name: 'fs.promises.readFile', kind: 'native', version: '', pool: { runFile: (path) => readFile(path) } };
const direct = { name: 'fs.readFileSync, direct', kind: 'native', version: '', pool: { runFile: (path) => readFileSync(path) } };

const kB = 1024;
const MB = 1024 * kB;

export default {
  name: 'read-file',
  title: 'offload(fs.readFileSync, file)',
  parts: [
    { label: '1 KB', size: kB, oneByOne: 50, atOnce: 100, rounds: 31, bar: true },
    { label: '64 KB', size: 64 * kB, oneByOne: 30, atOnce: 100, rounds: 31 },
    { label: '1 MB', size: MB, oneByOne: 10, atOnce: 100, rounds: 15 },
    // 100 at once would be 6.4 GB.
    { label: '64 MB', size: 64 * MB, oneByOne: 2, atOnce: 4, rounds: 9, bar: true },
  ],
  async run({ label, size, oneByOne, atOnce, rounds, bar = false, quick }) {
    const folder = mkdtempSync(join(tmpdir(), 'offload-bench-'));
    const path = join(folder, 'file');
    try {
      writeFileSync(path, Buffer.alloc(size, 'offload '));
      const { started } = await startContestants({ workers, names: ['offload', 'piscina'] });
      const contestants = [started[0], promises, direct, ...started.slice(1)];
      for (const { pool } of contestants) await Promise.all(Array.from({ length: workers }, () => pool.runFile(path)));
      const turns = await takeTurns(contestants, Math.ceil(quick ? rounds / 5 : rounds), async (contestant) => {
        const alone = [];
        for (let read = 0; read < oneByOne; read++) alone.push(await timed(contestant, path, size, 1));
        const { result: together, delay } = await withLoopDelay(() => burst(contestant, path, size, atOnce));
        return { alone: median(alone), together, ...delay };
      });
      const notes = await stopContestants(started);
      return [table({ title: `${this.title}, ${label}`, contestants, turns, atOnce, size, bar, notes })];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** Milliseconds a read. Long enough for the loop's delay to show, which small files would be over before. */
async function burst(contestant, path, size, atOnce) {
  const times = [];
  for (const until = performance.now() + 50; times.length === 0 || performance.now() < until; ) times.push(await timed(contestant, path, size, atOnce));
  return median(times) / atOnce;
}

async function timed({ name, kind, pool }, path, size, reads) {
  const from = performance.now();
  const results = await Promise.all(Array.from({ length: reads }, () => pool.runFile(path)));
  const took = performance.now() - from;
  for (const bytes of results) {
    checkResult(bytes.byteLength, size, `${name}: length`);
    checkResult(String.fromCharCode(bytes[0], bytes[size - 1]), 'o ', `${name}: first and last byte`);
    if (kind === 'ours') checkResult(Buffer.isBuffer(bytes), true, `${name}: a Buffer`);
  }
  return took;
}

function table({ title, contestants, turns, atOnce, size, bar, notes }) {
  const of = (index, which) => turns[index].map((turn) => turn[which]);
  const [ours, native] = [0, 1];
  const rows = contestants.map(({ name, kind, version }, index) => {
    const [alone, together, p99, longest] = ['alone', 'together', 'p99', 'longest'].map((which) => median(of(index, which)));
    const [aloneBeside, togetherBeside] = ['alone', 'together'].map((which) => ratio(of(index, which), of(native, which)));
    const perSecond = (size / MB) * (1000 / together);
    return {
      kind,
      figures: { alone, aloneBeside, together, togetherBeside, p99, longest },
      cells: [name, version, (alone * 1000).toFixed(0), factor(aloneBeside), perSecond.toFixed(perSecond < 10 ? 1 : 0), factor(togetherBeside), p99.toFixed(1), longest.toFixed(1)],
    };
  });
  const ahead = (which, what) => ({ bar: `ahead of fs.promises, ${what}`, is: `${factor(rows[ours].figures[which])} its time`, met: rows[ours].figures[which] < 1 });
  return {
    title,
    head: ['', 'version', 'one at a time, µs', 'time ÷ fs.promises', `${atOnce} at once, MB/s`, 'time ÷ fs.promises', 'loop delay p99, ms', 'longest, ms'],
    rows,
    notes: [`Loop delay: while ${atOnce} are read at once.`, ...notes],
    bars: bar ? [ahead('aloneBeside', 'one at a time'), ahead('togetherBeside', `${atOnce} at once`)] : [],
  };
}

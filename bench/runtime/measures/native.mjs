import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkResult } from '../contestants.mjs';
import { withLoopDelay } from '../loop-delay.mjs';
import { takeTurns } from '../rounds.mjs';
import { median, ratio } from '../statistics.mjs';
import { factor } from '../tables.mjs';
import { groups } from '../twins/index.mjs';

/** As many as threads of libuv, on which the twins run. */
const workers = 4;

/**
 * What the verdict goes by. Figures that differ by less than the margin are taken as equal. The longest delay of a loop
 * is a matter of single moments, so nearer to each other says less.
 */
const measured = [
  { which: 'alone', margin: 1.2, named: 'one at a time' },
  { which: 'together', margin: 1.2, named: 'many at once' },
  { which: 'held', margin: 1.5, named: 'the loop' },
];

export default {
  name: 'native',
  title: 'Offload or native',
  long: true,
  parts: Object.keys(groups).map((group) => ({ group })),
  async run({ group, quick }) {
    const { ThreadPoolExecutor } = await import('eslint-plugin-offload/runtime');
    const executor = new ThreadPoolExecutor({ minWorkers: workers, maxWorkers: workers });
    const folder = mkdtempSync(join(tmpdir(), 'offload-bench-'));
    try {
      const { title, rows } = groups[group];
      const calls = [];
      for (const row of rows(folder)) calls.push(await measure(row, executor, quick));
      return [table(`${this.title}: ${title}`, calls)];
    } finally {
      rmSync(folder, { recursive: true });
      await executor.shutdown();
    }
  },
};

async function measure({ call, fn, args, twins, told = () => '', alone = 20, atOnce = 100, rounds = 31 }, executor, quick) {
  const contestants = [
    { name: 'offload', call: (...given) => executor.submit(fn, ...given) },
    { name: 'direct', call: fn },
    ...twins.map(({ form, call }) => ({ name: form, call })),
  ].map((contestant) => ({ ...contestant, name: `${call}, ${contestant.name}` }));
  await warmUp(contestants, args, told, atOnce);
  const turns = await takeTurns(contestants, quick ? Math.ceil(rounds / 8) : rounds, async (contestant) => {
    const each = [];
    for (let n = 0; n < alone; n++) each.push(await timed(contestant, [args()]));
    const lists = Array.from({ length: atOnce }, () => args());
    const { result: together, delay } = await withLoopDelay(() => timed(contestant, lists));
    return { alone: median(each), together, held: delay.longest };
  });
  const beside = (which) => turns.map((turn) => ratio(turn.map((figures) => figures[which]), turns[0].map((figures) => figures[which])));
  const took = (which) => median(turns[0].map((figures) => figures[which]));
  return {
    call,
    forms: twins.map(({ form }) => form),
    atOnce,
    offload: { alone: took('alone'), together: took('together'), held: took('held') },
    beside: { alone: beside('alone'), together: beside('together'), held: beside('held') },
  };
}

/** Also says who gives another result than the direct call. */
async function warmUp(contestants, args, told, atOnce) {
  const expected = await told(await contestants[1].call(...args()));
  for (const { name, call } of contestants) {
    for (const result of await Promise.all(Array.from({ length: Math.min(atOnce, 2 * workers) }, () => call(...args())))) checkResult(await told(result), expected, name);
  }
}

/** Milliseconds until all have answered. */
async function timed({ call }, lists) {
  const from = performance.now();
  await Promise.all(lists.map((given) => call(...given)));
  return performance.now() - from;
}

function table(title, calls) {
  return {
    title,
    head: ['', 'one at a time: offload, µs', 'direct', 'native', '100 at once: offload, µs each', 'direct', 'native', 'loop held up: offload, ms', 'direct', 'native', 'verdict'],
    rows: calls.map(({ call, forms, atOnce, offload, beside }) => {
      const columns = ([, direct, ...native]) => [factor(direct), native.map(factor).join(', ')];
      const given = verdict(forms, beside);
      return {
        kind: 'ours',
        verdict: given,
        figures: { forms, atOnce, offload, beside },
        cells: [
          atOnce === 100 ? call : `${call} (${atOnce} at once)`,
          inMicroseconds(offload.alone),
          ...columns(beside.alone),
          inMicroseconds(offload.together / atOnce),
          ...columns(beside.together),
          offload.held.toFixed(1),
          ...columns(beside.held),
          given,
        ],
      };
    }),
    notes: [
      formsOf(calls),
      `\`direct\` and \`native\`: their figure ÷ that of offload, on ${workers} workers; above 1 offload is ahead. Loop held up: the longest that the event loop stood still while so many were called at once; it is 1 to 2 ms when it is idle.`,
    ],
  };
}

function formsOf(calls) {
  const all = new Set(calls.map(({ forms }) => forms.join(', then ')));
  return `Native: ${[...all].join('; or ')}.`;
}

function inMicroseconds(ms) {
  const microseconds = ms * 1000;
  return microseconds.toFixed(microseconds < 10 ? 1 : 0);
}

/** Of the first native form that has nothing against it, if there is one; else of the first. */
function verdict(forms, beside) {
  const verdicts = forms.map((_, form) => besideForm(measured.map(({ which, ...rest }) => ({ ...rest, figure: beside[which][2 + form] }))));
  const form = verdicts.indexOf('native');
  return form > 0 ? `native (${forms[form]})` : verdicts[0];
}

/** The better of the two; native where all is equal, for it needs no worker. Where each is better at something, at what. */
function besideForm(figures) {
  const forOffload = figures.filter(({ figure, margin }) => figure > margin).map(({ named }) => named);
  const forNative = figures.filter(({ figure, margin }) => figure < 1 / margin).map(({ named }) => named);
  if (forOffload.length === 0) return 'native';
  return forNative.length === 0 ? 'offload' : `native: ${forNative.join(', ')}; offload: ${forOffload.join(', ')}`;
}

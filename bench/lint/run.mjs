// npm run bench:lint -- <project> … or --growth: what the rules add to an ESLint run. It asserts no times, and fails for reports that differ.
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from '../runtime/statistics.mjs';
import { markdown } from '../runtime/tables.mjs';
import { added, addedFigures, kilobytesAFile, parsedBeside, reportsIn } from './figures.mjs';
import { measureGrowth } from './growth.mjs';
import { loadingTimes } from './loading.mjs';
import { measurePaired } from './paired.mjs';
import { prepare } from './prepare.mjs';
import { allOfOurs, keyOf, measureInTurns, timedOf, waysFor } from './rounds.mjs';

const help = `Usage: npm run bench:lint -- <project> … [--rounds N] [--only <configuration>] [--paired] [--growth] [--sizes 100,300,1000,3000,10000] [--node PATH] [--help]

Lints each project with each configuration in turn, each in a process of its own, with ESLint as its command uses it, and
prints how much more processor time of the main thread one takes than the one it is beside: the median of the ratios of the
rounds, then the least and the most; and the median for all threads together, which compile code and collect garbage as
well. It is measured from the first file to the last; loading a plugin has a line of its own. Node before 23.9 does not tell
threads apart: there, the clock counts in place of the main thread. Memory is the heap after a collection of garbage, less
that of the other configuration. What a configuration of ours does where oxc-parser is
present has a line of its own, if it looks for oxc-parser at all. Every rule has to report the same in all lines.

  <project>   folders of real projects, such as checkouts of netlify/cli and typeorm/typeorm
  --rounds N  5 by default, and 3 for growth
  --only NAME one of the configurations in configurations.mjs, and what it is measured beside; may be given more than once
  --paired    each two configurations in one process, file by file in turn: for a busy machine
  --growth    generated projects of several sizes: does a file cost the same in a large one?
  --sizes N,M how many files they have
  --node PATH the Node to lint with, this one by default
  --help      print this`;

const { values, positionals } = parseArgs({
  options: {
    rounds: { type: 'string' },
    only: { type: 'string', multiple: true },
    paired: { type: 'boolean' },
    growth: { type: 'boolean' },
    sizes: { type: 'string', default: '100,300,1000,3000,10000' },
    node: { type: 'string' },
    help: { type: 'boolean' },
  },
  allowPositionals: true,
});
if (values.help || (positionals.length === 0 && !values.growth)) {
  console.log(help);
  if (!values.help) process.exitCode = 1;
} else {
  prepare();
  await run();
}

async function run() {
  const { comparisons, configurations } = await import('./configurations.mjs');
  const unknown = values.only?.find((name) => !comparisons.some((one) => one.name === name));
  if (unknown !== undefined) throw new TypeError(`There is no configuration ${unknown}; there are ${[...new Set(comparisons.map(({ name }) => name))].join(', ')}.`);
  const wanted = comparisons.filter(({ name }) => !values.only || values.only.includes(name));
  const used = Object.fromEntries(Object.entries(configurations).filter(([one]) => wanted.some(({ name, beside }) => one === name || one === beside)));
  if (values.growth) console.log(markdown(measureGrowth(configurations, values.sizes.split(',').map(Number), Number(values.rounds ?? 3), values.node)));
  for (const project of positionals) {
    const folder = resolve(project);
    if (values.paired) {
      console.log(markdown({ title: `${basename(folder)}, file by file`, ...measurePaired(wanted, used, folder, Number(values.rounds ?? 5), values.node) }));
      continue;
    }
    const ways = waysFor(used, folder, values.node);
    const [measured] = measureInTurns([{ folder, ways: [...ways, ...timedOf(ways)] }], Number(values.rounds ?? 5), values.node);
    console.log(markdown(tableOf(basename(folder), measured, wanted)));
  }
}

function tableOf(project, measured, comparisons) {
  const lines = comparisons.flatMap((comparison) => [false, true].map((oxc) => ({ ...comparison, ...figuresOf(measured, comparison, oxc) }))).filter(({ adds }) => adds);
  const [[, rounds]] = measured;
  const [{ files }] = rounds;
  const parser = measured.get('parser');
  return {
    title: `${project}, ${files} files, ${rounds.length} rounds`,
    head: ['configuration', 'oxc-parser', 'beside', 'adds %', 'min .. max', 'all threads', 'KB a file', 'reports', 'parsed beside'],
    rows: lines.map(({ name, oxc, beside, adds, addsAll, memory, reports, parses }) => ({
      cells: [name, oxc ? 'there' : '', beside, ...addedFigures(adds), median(addsAll).toFixed(1), memory.toFixed(1), String(reports), parses],
    })),
    notes: parser ? [...notesOf(parser), ...timeInRules(measured, parser)] : [],
    bars: lines.filter(({ bar, oxc, looks }) => bar !== undefined && (oxc || !looks)).map(({ name, beside, bar, adds, oxc }) => ({ bar: `${name} adds at most ${bar} % to ${beside}, with oxc-parser there`, is: `${median(adds).toFixed(1)} %${oxc ? '' : ', and nothing looks for oxc-parser'}`, met: median(adds) <= bar })),
  };
}

function notesOf(parser) {
  const [{ files, mainIs }] = parser;
  const time = median(parser.map(({ main }) => main));
  const loading = [...loadingTimes(['eslint-plugin-offload', 'eslint-plugin-n'], parser.length, values.node)].map(([name, taken]) => `${name} ${((taken / time) * 100).toFixed(1)} %`);
  return [`Added to ${mainIs}, of which the parser alone takes ${(time / files).toFixed(1)} ms a file here. Loading a plugin, once, is not counted above; of the parser's time it is: ${loading.join(', ')}.`];
}

/** What ESLint's own timing says was spent in our rules, in runs of their own: nothing of the machine's, nor of what ESLint does for any rule. */
function timeInRules(measured, parser) {
  const time = median(parser.map(({ main }) => main));
  const shares = [false, true].flatMap((oxc) => {
    const rounds = measured.get(keyOf({ name: allOfOurs, oxc, isTimed: true }));
    return rounds ? [`${((median(rounds.map(({ inRules }) => inRules)) / time) * 100).toFixed(1)} %${oxc ? ' with oxc-parser there' : ''}`] : [];
  });
  return shares.length > 0 ? [`By ESLint's own timing (\`stats\`) our rules together take, of the parser's time: ${shares.join(', ')}.`] : [];
}

/** `adds` is undefined where this was not measured. */
function figuresOf(measured, { name, beside }, oxc) {
  const rounds = measured.get(keyOf({ name, oxc }));
  // What does not look for oxc-parser is the same with it.
  const others = measured.get(keyOf({ name: beside, oxc })) ?? measured.get(beside);
  if (!rounds || !others) return {};
  return {
    oxc,
    looks: measured.has(keyOf({ name, oxc: true })),
    adds: added(rounds, others),
    addsAll: added(rounds, others, 'all'),
    memory: kilobytesAFile(rounds, others),
    reports: reportsIn(rounds),
    parses: parsedBeside(rounds),
  };
}

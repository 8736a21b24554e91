// `npm run bench`. Prints what was measured and whether it reaches the bars; it asserts no times, and fails only for a
// crash or a wrong result.
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { inFreshProcess } from './fresh-process.mjs';
import { writeGuide } from './guide.mjs';
import { measures } from './measures/index.mjs';
import { nodesFor } from './nodes.mjs';
import { help, readOptions } from './options.mjs';
import { prepare } from './prepare.mjs';
import { markdown } from './tables.mjs';

const options = optionsOrExit();
prepare(options);
await bench(options);

function optionsOrExit() {
  try {
    const read = readOptions(process.argv.slice(2));
    if (!read.help) return read;
    console.log(help);
    process.exit();
  } catch (error) {
    console.error(`${error.message}\n\n${help}`);
    process.exit(2);
  }
}

async function bench({ quick, only, json, write, guide, node }) {
  const printed = [];
  const print = (text) => {
    printed.push(text);
    if (!json) console.log(text);
  };
  const chosen = measures.filter(({ name, long = false }) => (only.length === 0 ? !(quick && long) : only.includes(name)));
  const report = { machine: machine(), form: quick ? 'quick' : 'full', nodes: [] };
  print(`# ${quick ? 'Quick bench' : 'Bench'} of the runtime\n\n${report.machine}\n`);
  for (const { version, path } of nodesFor({ node, quick })) {
    print(`## Node ${version}\n`);
    const tables = [];
    for await (const table of measureUnder(path, chosen, report.form)) {
      tables.push(table);
      print(markdown(table));
    }
    report.nodes.push({ version, tables });
  }
  report.loadAtEnd = loadavg()[0];
  const verdicts = verdictsOf(report.nodes);
  for (const table of [barsOf(report.nodes), verdicts]) if (table.rows.length > 0) print(markdown(table, 2));
  if (guide && verdicts.rows.length > 0) writeGuide(report, verdicts);
  if (json) console.log(JSON.stringify(report, undefined, 2));
  if (write !== undefined) writeFileSync(write, `${printed.join('\n')}\n`);
}

/** One after the other: two at a time would measure each other. */
async function* measureUnder(node, chosen, form) {
  for (const { name, title, parts } of chosen) {
    for (const part of parts.keys()) {
      if (process.stderr.isTTY) process.stderr.write(`${name}…\r`);
      const from = performance.now();
      const tables = await inFreshProcess('measure', [name, part, form], { node }).catch((error) => [crash(title, error)]);
      const seconds = (performance.now() - from) / 1000;
      yield* tables.map((table) => ({ measure: name, seconds, ...table }));
    }
  }
}

/** The others are still measured. */
function crash(title, error) {
  process.exitCode = 1;
  console.error(error);
  return { title, head: [''], rows: [], notes: [`Crashed: ${error.message}`] };
}

/** A line for each bar, a column for each Node. */
function barsOf(nodes) {
  const found = nodes.map(({ tables }) => tables.flatMap(({ title, bars = [] }) => bars.map((bar) => ({ cells: [title, bar.bar], shown: shown(bar) }))));
  return { title: 'Bars', head: ['measure', 'bar', ...versions(nodes)], rows: sideBySide(found) };
}

/** Likewise a line for each call that has a native twin. */
function verdictsOf(nodes) {
  const found = nodes.map(({ tables }) => tables.flatMap(({ rows }) => rows.filter(({ verdict }) => verdict !== undefined).map(({ cells, verdict }) => ({ cells: [cells[0]], shown: verdict }))));
  return { title: 'Offload or native', head: ['', ...versions(nodes)], rows: sideBySide(found) };
}

/** The lines of the Node that has most: a measure may have crashed under another, and an API may be missing from it. */
function sideBySide(found) {
  const most = found.reduce((longest, lines) => (lines.length > longest.length ? lines : longest));
  const same = (cells, others) => cells.every((cell, index) => cell === others[index]);
  return most.map(({ cells }) => ({ cells: [...cells, ...found.map((lines) => lines.find((line) => same(cells, line.cells))?.shown ?? '')] }));
}

function versions(nodes) {
  return nodes.map(({ version }) => `Node ${version}`);
}

/** What has only to be stated is neither met nor not. */
function shown({ is, met }) {
  return met === undefined ? is : `${met ? 'met' : 'not met'}: ${is}`;
}

function machine() {
  const [load] = loadavg();
  return `${availableParallelism()} cores, ${cpus()[0]?.model ?? process.arch}, ${process.platform}. Load average at the start: ${load.toFixed(1)}; other work on the machine makes all figures noisy, ratios least.`;
}

// `npm run bench`. Prints what was measured and whether it reaches the bars; it asserts no times, and fails only for a
// crash or a wrong result.
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { inFreshProcess } from './fresh-process.mjs';
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

async function bench({ quick, only, json, write, node }) {
  const printed = [];
  const print = (text) => {
    printed.push(text);
    if (!json) console.log(text);
  };
  const chosen = measures.filter(({ name }) => only.length === 0 || only.includes(name));
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
  print(markdown(summary(report.nodes), 2));
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
function summary(nodes) {
  const barsOf = ({ tables }) => tables.flatMap(({ title, bars = [] }) => bars.map((bar) => ({ title, ...bar })));
  // Of the Node that has most: a measure may have crashed under another.
  const rows = nodes.map(barsOf).reduce((most, bars) => (bars.length > most.length ? bars : most)).map(({ title, bar }) => ({
    cells: [title, bar, ...nodes.map((node) => shown(barsOf(node).find((other) => other.title === title && other.bar === bar)))],
  }));
  return { title: 'Bars', head: ['measure', 'bar', ...nodes.map(({ version }) => `Node ${version}`)], rows };
}

function shown(result) {
  return result === undefined ? '' : `${result.met ? 'met' : 'not met'}: ${result.is}`;
}

function machine() {
  const [load] = loadavg();
  return `${availableParallelism()} cores, ${cpus()[0]?.model ?? process.arch}, ${process.platform}. Load average at the start: ${load.toFixed(1)}; other work on the machine makes all figures noisy, ratios least.`;
}

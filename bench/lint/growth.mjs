import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, ratio } from '../runtime/statistics.mjs';
import { added, addedFigures, kilobytesAFile, parsedBeside, reportsIn } from './figures.mjs';
import { generateProject } from './generate.mjs';
import { allOfOurs as name, keyOf, measureInTurns, timedOf, waysFor } from './rounds.mjs';

/** Does a file cost the same in a project of 100 files and in one of 10 000? Generated projects, all measured in one run. */
export function measureGrowth(configurations, sizes, rounds, node) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'offload-growth-')));
  try {
    const projects = sizes.map((size) => {
      const folder = join(root, String(size));
      generateProject(folder, size);
      return folder;
    });
    const plain = waysFor({ parser: configurations.parser, [name]: configurations[name] }, projects[0], node);
    const ways = [...plain, ...timedOf(plain)];
    const measured = measureInTurns(projects.map((folder) => ({ folder, ways })), rounds, node);
    return tableOf(plain, sizes.map((size, index) => ({ size, measured: measured[index] })), rounds);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function tableOf(ways, projects, rounds) {
  const lines = ways.filter((way) => way.name === name).map(({ oxc }) => ({ oxc, sizes: projects.map(({ size, measured }) => figuresOf(size, measured.get('parser'), measured.get(keyOf({ name, oxc })), measured.get(keyOf({ name, oxc, isTimed: true })))) }));
  return {
    title: `Growth, generated projects, ${rounds} rounds`,
    head: ['files', 'oxc-parser', 'parser, ms a file', 'ours add, ms a file', 'in our rules, ms a file', 'adds %', 'min .. max', 'KB a file', 'reports', 'parsed beside'],
    rows: lines.flatMap(({ oxc, sizes }) =>
      sizes.map(({ size, parser, own, inRules, adds, memory, reports, parses }) => ({
        cells: [String(size), oxc ? 'there' : '', median(parser).toFixed(2), median(own).toFixed(2), median(inRules).toFixed(2), ...addedFigures(adds), memory.toFixed(1), String(reports), parses],
      })),
    ),
    bars: lines.filter(({ sizes }) => sizes.length > 1).map(({ oxc, sizes }) => linear(oxc, sizes)),
  };
}

/** In milliseconds a file, for each round. */
function figuresOf(size, parser, ours, timed) {
  return {
    size,
    parser: parser.map(({ main }) => main / size),
    own: ours.map(({ main }, round) => (main - parser[round].main) / size),
    inRules: timed.map(({ inRules }) => inRules / size),
    adds: added(ours, parser),
    memory: kilobytesAFile(ours, parser),
    reports: reportsIn(ours),
    parses: parsedBeside(ours),
  };
}

/**
 * A small project takes longer a file, while code is not compiled yet; so the largest is compared with the cheapest of the
 * others. By the time that ESLint takes in the rules, as the difference of two runs is mostly of what else there is to do.
 */
function linear(oxc, sizes) {
  const largest = sizes.at(-1);
  const times = Math.max(...sizes.slice(0, -1).map(({ inRules }) => ratio(largest.inRules, inRules)));
  return { bar: `our rules take at most 1.25 times as long for a file among ${largest.size} as among any fewer${oxc ? ', with oxc-parser there' : ''}`, is: `${times.toFixed(2)} times`, met: times <= 1.25 };
}

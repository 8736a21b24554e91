import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { checkReports } from './check-reports.mjs';

const program = fileURLToPath(new URL('lint-project.mjs', import.meta.url));

/**
 * Lints a folder in every way, round by round, each time in a process of its own.
 *
 * @param ways `{ name, oxc }`: a configuration, and whether oxc-parser is there
 * @returns what was measured in each round, by `keyOf` the way
 * @throws where ways report different things that have to report the same
 */
export function measureRounds(ways, folder, rounds) {
  const measured = new Map(ways.map((way) => [keyOf(way), []]));
  for (let round = 0; round < rounds; round += 1) {
    // Whoever comes after another that fills the caches of the processor is not always the same one.
    const turned = ways.map((_, index) => ways[(index + round * 5) % ways.length]);
    for (const way of turned) measured.get(keyOf(way)).push(lint(way, folder));
    checkReports(measured);
  }
  return measured;
}

/** The ways to measure: with oxc-parser only what looks for it. Tells by linting once, which also reads the files into the system's cache. */
export function waysFor(configurations, folder) {
  return Object.entries(configurations).flatMap(([name, { ours }]) => {
    const looks = ours.length > 0 && lint({ name, oxc: true }, folder).asksForOxc;
    return looks ? [{ name, oxc: false }, { name, oxc: true }] : [{ name, oxc: false }];
  });
}

export function keyOf({ name, oxc }) {
  return oxc ? `${name}, oxc-parser there` : name;
}

function lint(way, folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', program, JSON.stringify({ ...way, folder })], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  // Of an error that nobody caught Node prints a lot, and whole syntax trees where a rule threw it.
  if (status !== 0) throw new Error(`${keyOf(way)}, ${folder}: ${stderr.slice(0, 2_000)}`);
  return JSON.parse(stdout);
}

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { checkReports } from './check-reports.mjs';

/**
 * Lints folders, each in every way of its own, round by round, each time in a process of its own.
 *
 * @param projects `{ folder, ways }`, with ways as `{ name, oxc, isTimed }`: a configuration, whether oxc-parser is there, and whether ESLint times the rules
 * @returns for each project what was measured in each round, by `keyOf` the way
 * @throws where ways report different things that have to report the same
 */
export function measureInTurns(projects, rounds, node) {
  const measured = projects.map(({ ways }) => new Map(ways.map((way) => [keyOf(way), []])));
  for (let round = 0; round < rounds; round += 1) {
    for (const [project, { folder, ways }] of projects.entries()) {
      // So that it is not always the same one that comes after the one before it.
      const turned = round % 2 === 0 ? ways : ways.toReversed();
      for (const way of turned) measured[project].get(keyOf(way)).push(lint(way, folder, node));
      checkReports(measured[project]);
    }
  }
  return measured;
}

/** The ways to measure: with oxc-parser only what looks for it. Tells by linting once, which also reads the files into the system's cache. */
export function waysFor(configurations, folder, node) {
  return Object.entries(configurations).flatMap(([name, { ours }]) => {
    const looks = ours.length > 0 && lint({ name, oxc: true }, folder, node).asksForOxc;
    return looks ? [{ name, oxc: false }, { name, oxc: true }] : [{ name, oxc: false }];
  });
}

/** The configuration whose time in the rules is asked for. */
export const allOfOurs = 'all of ours';

/** Its ways once more, with ESLint timing the rules. */
export function timedOf(ways) {
  return ways.filter(({ name }) => name === allOfOurs).map((way) => ({ ...way, isTimed: true }));
}

export function keyOf({ name, oxc, isTimed = false }) {
  return `${name}${oxc ? ', oxc-parser there' : ''}${isTimed ? ', timed' : ''}`;
}

function lint(way, folder, node) {
  return runProgram('lint-project.mjs', { ...way, folder }, node);
}

/** Runs a program of this folder in a process of its own, under this Node or another, and gives what it prints. */
export function runProgram(name, given, node = process.execPath) {
  const program = fileURLToPath(new URL(name, import.meta.url));
  const { status, stdout, stderr } = spawnSync(node, ['--expose-gc', program, JSON.stringify(given)], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  // Of an error that nobody caught Node prints a lot, and whole syntax trees where a rule threw it.
  if (status !== 0) throw new Error(`${name} ${JSON.stringify(given)}: ${stderr.slice(0, 2_000)}`);
  return JSON.parse(stdout);
}

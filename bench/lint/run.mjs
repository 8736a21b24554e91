// npm run bench:lint -- <project> …: what the rules add to an ESLint run.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median, ratio } from '../runtime/statistics.mjs';

const help = `Usage: npm run bench:lint -- <project> … [--rounds 3] [--only <configuration>] [--help]

Lints each project with each configuration in turn, each in a process of its own, and prints the processor time of a
configuration beside that of the one it adds to: the median of the ratios of the rounds. A file takes as long as ESLint
takes for it; reading the files is not counted. Memory is the heap after a collection of garbage, less that of the other
configuration, per file.

  <project>   folders of real projects, such as checkouts of nestjs/nest-cli and typeorm/typeorm
  --rounds N  3 by default
  --only NAME one of the configurations in configurations.mjs, and what it is measured beside; may be given more than once
  --help      print this`;

const here = fileURLToPath(new URL('.', import.meta.url));
const { values, positionals } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, only: { type: 'string', multiple: true }, help: { type: 'boolean' } }, allowPositionals: true });
if (values.help || positionals.length === 0) {
  console.log(help);
  if (!values.help) process.exitCode = 1;
} else {
  await run();
}

async function run() {
  linkOurselves();
  const { configurations } = await import('./configurations.mjs');
  const names = Object.keys(configurations).filter((name) => !values.only || values.only.some((one) => one === name || configurations[one]?.beside === name));
  for (const project of positionals) {
    const measured = new Map(names.map((name) => [name, []]));
    for (let round = 0; round < Number(values.rounds); round += 1) {
      for (const name of names) measured.get(name)?.push(lint(name, resolve(project)) ?? (measured.delete(name), undefined));
    }
    print(basename(project), measured, configurations);
  }
}

/** The project under its own name, as users import it. */
function linkOurselves() {
  mkdirSync(join(here, 'node_modules'), { recursive: true });
  const link = join(here, 'node_modules/eslint-plugin-offload');
  rmSync(link, { recursive: true, force: true });
  symlinkSync(fileURLToPath(new URL('../../', import.meta.url)), link, 'junction');
  if (!existsSync(join(here, 'node_modules/eslint-plugin-n'))) console.error('Without eslint-plugin-n, which `npm install --prefix bench/lint` installs.');
}

/** Undefined where a peer is not installed. */
function lint(name, folder) {
  try {
    return JSON.parse(execFileSync(process.execPath, ['--expose-gc', join(here, 'lint-project.mjs'), name, folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
  } catch (error) {
    if (/Cannot find package 'eslint-plugin-n'/.test(error.stderr)) return undefined;
    throw error;
  }
}

function print(project, measured, configurations) {
  const [{ files }] = measured.values().next().value;
  console.log(`\n${project}, ${files} files\n\nconfiguration                 ms CPU  beside                 adds   KB a file  messages`);
  for (const [name, rounds] of measured) {
    const { beside } = configurations[name];
    const other = beside && measured.get(beside);
    const of = (key) => rounds.map((round) => round[key]);
    const adds = other ? `${((ratio(of('cpu'), other.map(({ cpu }) => cpu)) - 1) * 100).toFixed(1)}%` : '';
    const memory = other ? ((median(of('heap')) - median(other.map(({ heap }) => heap))) / 1_024 / files).toFixed(1) : '';
    console.log(`${name.padEnd(28)}  ${median(of('cpu')).toFixed(0).padStart(6)}  ${(beside ?? '').padEnd(20)}  ${adds.padStart(6)}  ${memory.padStart(9)}  ${median(of('messages'))}`);
  }
}

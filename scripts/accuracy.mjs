// npm run accuracy -- <folder>: what no-indirect-blocking reports in public repositories, beside what a reader says.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { linkPackages } from './accuracy/link-packages.mjs';

/** The files with sites, by what is printed of them. */
const sets = { 'all': 'sites.json', 'held out': 'held-out.json', 'sampled': 'sampled.json', 'kept aside': 'kept-aside.json', 'unseen': 'unseen.json', 'latest': 'latest.json' };

const help = `Usage: npm run accuracy -- <folder> [--only <file>] [--list] [--help]

<folder> holds checkouts of the repositories that the files in scripts/accuracy name, each under its own name, or as
owner__name, and at the commit named there. Prints how many of the calls that a reader found to block are reported
(recall), and how many of the reports at calls that a reader looked at are right (precision).

The sites are not a random sample: most were found by running the rule and reading every report of a repository, the
rest by looking for calls of functions that share their name with one that calls a *Sync function. So recall is told by
the latter only as far as they were read.

The sites of scripts/accuracy/held-out.json have lines of their own. They were found by looking for functions whose text
has a *Sync call, and for calls by their name in async functions; each was read and labelled, with the functions on its
chain, before the rule was run on it, and none is in the other file. From the sixth repository on they were chosen by a
rule that leaves no choice: outside tests, examples, templates and what is compiled, calls in async functions by the name of
a function with a *Sync call in it, or with a call by the name of such a function, and so on (names that arrays, strings,
maps, promises and the like have as methods left out), in the order of paths and lines, no more than two of one name; of
these the first 12 that block and the first 6 that do not, where a repository has so many. A call whose answer lies in
an installed package is left out. Where the rule has reported another chain than the reader's, which is as right, it stands
beside it (\`or\`).

Those of scripts/accuracy/sampled.json and kept-aside.json are what these say worth most. They are of repositories that
nothing was written for, in the order that scripts/accuracy-candidates.mjs prints, which is that of a digest, so that they are
a sample of all such calls and not of the first folders. Readers who did not know the rule labelled them. When the rule was
run on them for the first time, it found 56 of 88 and 58 of 77; the misses of the first were then looked into, and what
could be mended was, before it was run on the second. After methods had begun to be followed by their names, because of what
was missed there, eight more repositories were labelled in the same way, those of unseen.json: of 96 calls it found 82 at first
sight, 72 without such names, and no report was wrong. All that it missed but two were of one repository, in which a
container hands over everything by interfaces of files of declarations. Those of latest.json, of nine repositories, were labelled
after that: of 94 calls it found 76 at first sight, and of 77 reports one had another chain than is right. What is printed now
is that of a rule that knows them all.

The packages of a checkout are linked into one another's node_modules for as long as this runs, as an install does.

  --only <file>  only the sites of this file, such as latest.json; may be given more than once
  --list         name each site that the rule and the reader disagree on
  --help         print this`;

const { values, positionals } = parseArgs({ options: { only: { type: 'string', multiple: true }, list: { type: 'boolean' }, help: { type: 'boolean' } }, allowPositionals: true });
if (values.help || positionals.length !== 1) {
  console.log(help);
  if (!values.help) process.exitCode = 1;
} else {
  const unknown = values.only?.find((file) => !Object.values(sets).includes(file));
  if (unknown !== undefined) throw new TypeError(`There is no ${unknown}; there are ${Object.values(sets).join(', ')}.`);
  measure(positionals[0]);
}

function measure(folder) {
  console.log('repository                      sites  recall  precision');
  for (const [index, [name, file]] of Object.entries(sets).filter(([, file]) => !values.only || values.only.includes(file)).entries()) {
    if (index > 0) console.log('');
    print(name, measureSites(folder, file));
  }
}

function measureSites(folder, name) {
  const repositories = JSON.parse(readFileSync(new URL(`accuracy/${name}`, import.meta.url), 'utf8'));
  const total = { blocks: 0, found: 0, right: 0, reported: 0 };
  for (const { repository, commit, sites } of repositories) {
    const root = [repository.replace('/', '__'), repository.split('/')[1]].map((name) => join(folder, name)).find(existsSync);
    if (!root) {
      console.log(`${repository.padEnd(30)}  not in ${folder}; wanted at ${commit}`);
      continue;
    }
    const unlink = linkPackages(root);
    try {
      const counts = countsIn(root, sites);
      for (const key of Object.keys(total)) total[key] += counts[key];
      print(repository, counts);
    } finally {
      unlink();
    }
  }
  return total;
}

function countsIn(root, sites) {
  const counts = { blocks: 0, found: 0, right: 0, reported: 0 };
  for (const [path, ofFile] of grouped(sites)) {
    const lines = reportedLines(root, path);
    for (const { line, verdict, chain, or = [] } of ofFile) {
      const reported = lines.get(line);
      const isReported = reported !== undefined;
      if (isReported && chain && !reported.some((functions) => [chain, ...or].some((right) => functions.join() === right.join()))) {
        // A right place for a wrong reason.
        counts.reported += 1;
        counts.blocks += 1;
        if (values.list) console.log(`  another chain, ${reported.map((functions) => functions.join(' → ')).join(' and ')}: ${path}:${line}`);
        continue;
      }
      const blocks = verdict === 'blocks';
      if (blocks) counts.blocks += 1;
      if (isReported) counts.reported += 1;
      if (isReported && blocks) counts.right += 1;
      if (isReported && blocks) counts.found += 1;
      if (values.list && isReported !== blocks) console.log(`  ${isReported ? 'reported, and does not block' : 'blocks, and is not reported'}: ${path}:${line}`);
    }
  }
  return counts;
}

function grouped(sites) {
  const byPath = new Map();
  for (const site of sites) byPath.set(site.path, [...(byPath.get(site.path) ?? []), site]);
  return byPath;
}

function reportedLines(root, path) {
  const plugin = createRequire(import.meta.url)('../dist/index.js');
  const file = join(root, path);
  const messages = new Linter({ cwd: root }).verify(
    readFileSync(file, 'utf8'),
    [{ files: ['**/*.{js,mjs,cjs,ts,tsx,mts,cts,jsx}'], plugins: { offload: plugin }, languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } }, rules: { 'offload/no-indirect-blocking': 'error' } }],
    { filename: file },
  );
  const lines = new Map();
  for (const { ruleId, line, message } of messages) if (ruleId === 'offload/no-indirect-blocking') lines.set(line, [...(lines.get(line) ?? []), functionsIn(message)]);
  return lines;
}

/** The names of the functions in a chain: all its steps but the last, which is the API. */
function functionsIn(message) {
  return [...message.matchAll(/((?:new )?[^\s→]+) \([^)]*:\d+\)(?= →)/g)].map(([, name]) => name);
}

function print(name, { blocks, found, right, reported }) {
  console.log(`${name.padEnd(30)}  ${String(blocks).padStart(5)}  ${percent(found, blocks)}  ${percent(right, reported)}  (${found} of ${blocks} found, ${right} of ${reported} reports right)`);
}

function percent(part, whole) {
  return whole === 0 ? '   –  ' : `${((100 * part) / whole).toFixed(1).padStart(5)}%`;
}

// npm run fixed-project -- <folder> …: a project with its own tests, before and after `eslint --fix`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';

const help = `Usage: npm run fixed-project -- <folder> --test <command> [--types <command>] [--sources <glob>] [--minimum-cost <cost>] [--keep] [--help]

Installs this package, packed, into a project that has its own tests, fixes the project's sources, and runs its tests and its
type check before and after. Prints what was found, what was fixed, and both outcomes; fails if a test or a type is worse.

<folder> is a checkout whose dependencies are installed. Its files are put back at the end, but for this package in its
node_modules.

  --test <command>          how its tests are run, with a shell, in <folder>
  --types <command>         how its types are checked, for instance "npx tsc --noEmit"
  --sources <glob>          what to fix; default src/**/*.{js,mjs,cjs,ts,mts,cts}
  --minimum-cost <cost>     short (default) or long, of no-blocking-call and no-indirect-blocking
  --keep                    leave the fixed files, so that the difference can be read
  --help                    print this`;

const colours = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'test': { type: 'string' },
    'types': { type: 'string' },
    'sources': { type: 'string', default: 'src/**/*.{js,mjs,cjs,ts,mts,cts}' },
    'minimum-cost': { type: 'string', default: 'short' },
    'keep': { type: 'boolean' },
    'help': { type: 'boolean' },
  },
});
if (values.help || positionals.length !== 1 || !values.test) {
  console.log(help);
  if (!values.help) process.exitCode = 1;
} else {
  await run(resolve(positionals[0]));
}

async function run(folder) {
  const plugin = install(folder);
  const before = check(folder);
  const found = await lint(folder, plugin, false);
  const originals = new Map(found.map(({ filePath }) => [filePath, readFileSync(filePath, 'utf8')]));
  const fixed = await lint(folder, plugin, true);
  await ESLint.outputFixes(fixed);
  try {
    const after = check(folder);
    print({ found, fixed, before, after });
    if (after.failed > before.failed || after.passed < before.passed || after.types > before.types) process.exitCode = 1;
  } finally {
    if (!values.keep) for (const [file, text] of originals) writeFileSync(file, text);
  }
}

/** Puts the package where `npm install` of its archive would, and gives its plugin. */
function install(folder) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const packed = mkdtempSync(join(tmpdir(), 'offload-packed-'));
  try {
    execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', packed], { cwd: root, stdio: 'pipe', shell: process.platform === 'win32' });
    const target = join(folder, 'node_modules/eslint-plugin-offload');
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    execFileSync('tar', ['-xzf', join(packed, readdirSync(packed)[0]), '--strip-components=1', '-C', target]);
    return createRequire(join(folder, 'package.json'))('eslint-plugin-offload');
  } finally {
    rmSync(packed, { recursive: true, force: true });
  }
}

async function lint(folder, plugin, fix) {
  const minimumCost = values['minimum-cost'];
  const eslint = new ESLint({
    cwd: folder,
    fix,
    ignore: false,
    overrideConfigFile: true,
    overrideConfig: [
      plugin.configs.recommended,
      {
        files: ['**/*.{js,mjs,cjs,ts,mts,cts}'],
        linterOptions: { reportUnusedDisableDirectives: 'off' },
        languageOptions: { parser },
        rules: { 'offload/no-blocking-call': ['error', { minimumCost }], 'offload/no-indirect-blocking': ['error', { minimumCost }], 'offload/valid-offload': ['error', { devDependencies: true }] },
      },
    ],
  });
  const results = await eslint.lintFiles([values.sources]);
  const fatal = results.flatMap(({ filePath, messages }) => messages.filter((message) => message.fatal).map(({ message }) => `${filePath}: ${message}`));
  if (fatal.length > 0) throw new Error(fatal.join('\n'));
  // Comments of the project name rules that are not there.
  for (const { messages } of results) messages.splice(0, Infinity, ...messages.filter(({ ruleId }) => ruleId?.startsWith('offload/')));
  return results;
}

/** What the project's own commands say, by what test runners and compilers print. */
function check(folder) {
  const tests = shell(values.test, folder);
  const types = values.types && shell(values.types, folder);
  return {
    status: tests.status,
    passed: last(tests.output, /(\d+) (?:passed|passing)\b/g) || last(tests.output, /^# pass (\d+)/gm),
    failed: last(tests.output, /(\d+) (?:failed|failing)\b/g) || last(tests.output, /^# fail (\d+)/gm) || (tests.status === 0 ? 0 : 1),
    types: types ? (types.output.match(/error TS\d+/g) ?? []).length || (types.status === 0 ? 0 : 1) : 0,
  };
}

function shell(command, cwd) {
  const { status, stdout, stderr } = spawnSync(command, { cwd, shell: true, encoding: 'utf8', maxBuffer: 1e9, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } });
  return { status, output: `${stdout}\n${stderr}`.replaceAll(colours, '') };
}

/** The last of them: runners that count files and tests print the tests last. */
function last(output, pattern) {
  const found = [...output.matchAll(pattern)].at(-1);
  return found ? Number(found[1]) : 0;
}

function print({ found, fixed, before, after }) {
  const count = (results) => results.reduce((all, { messages }) => all + messages.length, 0);
  const rules = [...new Set(found.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId)))].sort();
  console.log(['', 'before', 'after'].map((cell, index) => (index === 0 ? cell.padEnd(28) : cell.padStart(8))).join(''));
  const row = (name, ...cells) => console.log(name.padEnd(28) + cells.map((cell) => String(cell).padStart(8)).join(''));
  row('findings', count(found), count(fixed));
  for (const rule of rules) row(`  ${rule}`, ...[found, fixed].map((results) => results.reduce((all, { messages }) => all + messages.filter(({ ruleId }) => ruleId === rule).length, 0)));
  row('tests passed', before.passed, after.passed);
  row('tests failed', before.failed, after.failed);
  if (values.types) row('type errors', before.types, after.types);
  console.log(`${count(found) - count(fixed)} of ${count(found)} findings fixed, in ${fixed.filter(({ output }) => output !== undefined).length} files.`);
}

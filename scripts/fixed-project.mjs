// npm run fixed-project -- <folder> …: a project with its own tests, before and after `eslint --fix`.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import { projects } from './fixed-project/projects.mjs';
import { brokenTests, testOutcomes } from './fixed-project/test-outcomes.mjs';

const help = `Usage: npm run fixed-project -- <folder> [--test <command>] [options]

Installs this package, packed, into a project that has its own tests, fixes the project's sources, and runs its tests and its
type check before and after. Prints what was found, what was fixed, and both outcomes; fails if a test or a type is worse.
Where the tests' runner names each test, as TAP or marked ✓ and ✕, tests are compared by name.

<folder> is a checkout whose dependencies are installed. Its files are put back at the end, but for this package in its
node_modules. For ${Object.keys(projects).join(', ')} nothing else has to be said.

  --test <command>          how its tests are run, with a shell, in <folder>
  --types <command>         how its types are checked, for instance "npx tsc --noEmit"
  --sources <glob>          what to fix; default src/**/*.{js,mjs,cjs,ts,mts,cts}; may be repeated
  --inline <file>           a test file that mocks what is offloaded: its tasks are run on its own thread; may be repeated
  --config <name>           recommended (default), strict or native
  --minimum-cost <cost>     short (default) or long, of no-blocking-call and no-indirect-blocking
  --node <path>             the Node that runs its commands; default the one of this command
  --keep                    leave the fixed files, so that the difference can be read
  --help                    print this`;

const colours = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'test': { type: 'string' },
    'types': { type: 'string' },
    'sources': { type: 'string', multiple: true },
    'inline': { type: 'string', multiple: true },
    'config': { type: 'string', default: 'recommended' },
    'minimum-cost': { type: 'string', default: 'short' },
    'node': { type: 'string', default: process.execPath },
    'keep': { type: 'boolean' },
    'help': { type: 'boolean' },
  },
});
const folder = resolve(positionals[0] ?? '.');
const known = projects[packageName(folder)];
const values = { sources: ['src/**/*.{js,mjs,cjs,ts,mts,cts}'], inline: [], ...known, ...given };
if (given.help || positionals.length !== 1 || !values.test) {
  console.log(help);
  if (!given.help) process.exitCode = 1;
} else {
  await run();
}

function packageName(folder) {
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).name : undefined;
}

async function run() {
  if (known) console.log(`${known.repository}, figures in the documents are of ${known.commit}`);
  const plugin = install();
  const before = check();
  const found = await lint(plugin, false);
  const touched = [...found.map(({ filePath }) => filePath), ...values.inline.map((file) => join(folder, file))];
  const originals = new Map(touched.map((file) => [file, readFileSync(file, 'utf8')]));
  try {
    const fixed = await lint(plugin, true);
    await ESLint.outputFixes(fixed);
    for (const file of values.inline) runInline(join(folder, file));
    const after = check();
    print({ found, fixed, before, after });
    if (after.failed > before.failed || after.passed < before.passed || after.types > before.types || brokenTests(before.tests, after.tests).length > 0) process.exitCode = 1;
  } finally {
    if (!values.keep) for (const [file, text] of originals) writeFileSync(file, text);
  }
}

/** Puts the package where `npm install` of its archive would, and gives its plugin. */
function install() {
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

async function lint(plugin, fix) {
  const { rules } = plugin.configs[values.config];
  const withOptions = (rule, options) => {
    const [severity, shipped] = [rules[`offload/${rule}`]].flat();
    return { [`offload/${rule}`]: [severity, { ...shipped, ...options }] };
  };
  const minimumCost = { minimumCost: values['minimum-cost'] };
  const eslint = new ESLint({
    cwd: folder,
    fix,
    ignore: false,
    overrideConfigFile: true,
    overrideConfig: [
      plugin.configs[values.config],
      {
        files: ['**/*.{js,mjs,cjs,ts,mts,cts}'],
        linterOptions: { reportUnusedDisableDirectives: 'off' },
        languageOptions: { parser },
        rules: { ...withOptions('no-blocking-call', minimumCost), ...withOptions('no-indirect-blocking', minimumCost), ...withOptions('valid-offload', { devDependencies: true }) },
      },
    ],
  });
  const results = await eslint.lintFiles(values.sources);
  const fatal = results.flatMap(({ filePath, messages }) => messages.filter((message) => message.fatal).map(({ message }) => `${filePath}: ${message}`));
  if (fatal.length > 0) throw new Error(fatal.join('\n'));
  // Comments of the project name rules that are not there.
  for (const { messages } of results) messages.splice(0, Infinity, ...messages.filter(({ ruleId }) => ruleId?.startsWith('offload/')));
  return results;
}

/** The set-up that the guide on testing names, for one file of tests. */
function runInline(file) {
  const text = readFileSync(file, 'utf8');
  const names = '{ InlineExecutor, setDefaultExecutor }';
  const load = /^import\b/m.test(text) ? `import ${names} from 'eslint-plugin-offload/runtime';` : `const ${names} = require('eslint-plugin-offload/runtime');`;
  writeFileSync(file, `${load} setDefaultExecutor(new InlineExecutor()); ${text}`);
}

/** What the project's own commands say, by what test runners and compilers print. */
function check() {
  const places = join(mkdtempSync(join(tmpdir(), 'offload-places-')), 'places');
  const recorder = fileURLToPath(new URL('fixed-project/record-places.cjs', import.meta.url));
  const { status, output } = shell(values.test, { OFFLOAD_PLACES: places, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require "${recorder}"` });
  const types = values.types && shell(values.types);
  const tests = testOutcomes(output);
  const count = (outcome, ...patterns) => (tests.size > 0 ? [...tests.values()].reduce((sum, counts) => sum + counts[outcome], 0) : patterns.map((pattern) => last(output, pattern)).find(Boolean));
  const ran = new Set(existsSync(places) ? readFileSync(places, 'utf8').trim().split('\n') : []);
  rmSync(dirname(places), { recursive: true, force: true });
  return {
    tests,
    passed: count('passed', /(\d+) (?:passed|passing)\b/g, /^# pass (\d+)/gm) ?? 0,
    failed: count('failed', /(\d+) (?:failed|failing)\b/g, /^# fail (\d+)/gm) ?? (status === 0 ? 0 : 1),
    types: types ? (types.output.match(/error TS\d+/g) ?? []).length || (types.status === 0 ? 0 : 1) : 0,
    places: ran.size,
  };
}

function shell(command, environment) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', PATH: `${dirname(resolve(values.node))}${delimiter}${process.env.PATH}`, ...environment };
  // How much npm is to say here is no business of the project's own use of it.
  delete env.npm_config_loglevel;
  const { status, stdout, stderr } = spawnSync(command, { cwd: folder, shell: true, encoding: 'utf8', maxBuffer: 1e9, env });
  return { status, output: `${stdout}\n${stderr}`.replaceAll(colours, '') };
}

/** The last of them: runners that count files and tests print the tests last. */
function last(output, pattern) {
  const found = [...output.matchAll(pattern)].at(-1);
  return found ? Number(found[1]) : 0;
}

function print({ found, fixed, before, after }) {
  const count = (results, isCounted = () => true) => results.reduce((all, { messages }) => all + messages.filter(isCounted).length, 0);
  const rulesOf = (results) => new Set(results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId)));
  const row = (name, ...cells) => console.log(name.padEnd(28) + cells.map((cell) => String(cell).padStart(8)).join(''));
  row('', 'before', 'after');
  row('findings', count(found), count(fixed));
  for (const rule of [...rulesOf([...found, ...fixed])].sort()) row(`  ${rule}`, ...[found, fixed].map((results) => count(results, ({ ruleId }) => ruleId === rule)));
  row('tests passed', before.passed, after.passed);
  row('tests failed', before.failed, after.failed);
  if (values.types) row('type errors', before.types, after.types);
  row('places that offload, run', before.places, after.places);
  for (const name of brokenTests(before.tests, after.tests)) console.log(`no longer passes: ${name}`);
  // `prefer-native-async` has something to say of calls only once they are offloaded.
  const settling = rulesOf(found);
  const left = count(fixed, ({ ruleId }) => settling.has(ruleId));
  console.log(`${count(found) - left} of ${count(found)} findings fixed, in ${fixed.filter(({ output }) => output !== undefined).length} files.`);
}

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { blocksOf } from '../docs/markdown.js';

/** The built command, run in folders of its own. */
const root = process.cwd();
const command = join(root, 'dist/cli.js');
const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function project(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'offload-cli-')));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(folder: string, ...words: string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], { cwd: folder, encoding: 'utf8', env: { ...process.env, FORCE_COLOR: undefined } });
  return { status, stdout, stderr };
}

interface Json {
  readonly version: number;
  readonly findings: readonly { readonly file: string; readonly line: number; readonly column: number; readonly rule: string; readonly api: string | null; readonly certainty: string }[];
  readonly problems: readonly { readonly kind: string; readonly file: string; readonly line: number | null; readonly message: string }[];
  readonly skipped: readonly { readonly extension: string; readonly files: number; readonly reason: string }[];
  readonly summary: Readonly<Record<string, unknown>>;
}

const json = (folder: string, ...words: string[]): Json => JSON.parse(run(folder, '--json', ...words).stdout) as Json;
const filesIn = (folder: string, ...words: string[]): string[] => [...new Set(json(folder, ...words).findings.map(({ file }) => file))];

const blocking = "import fs from 'node:fs';\nexport async function load(path) {\n  return fs.readFileSync(path);\n}\n";
const silent = 'export const answer = 42;\n';

describe('what it prints', () => {
  it('of a chain, what has to be known of its steps', () => {
    const folder = project({ 'package.json': '{ "type": "module" }', 'main.js': "import fs from 'node:fs';\nlet text;\nconst load = (p) => (text ??= fs.readFileSync(p));\nexport async function main(p) { return load(p); }\n" });
    expect(run(folder).stdout).toContain('load (cached, main.js:3) → fs.readFileSync (main.js:3)');
    const { findings } = JSON.parse(run(folder, '--json').stdout) as { readonly findings: readonly { readonly chain: unknown }[] };
    expect(findings.map(({ chain }) => chain)).toEqual([[{ name: 'load', file: 'main.js', line: 3, notes: ['cached'] }, { name: 'fs.readFileSync', file: 'main.js', line: 3 }]]);
  });

  const service = {
    'package.json': '{ "type": "module" }',
    'src/service.js': `import fs from 'node:fs';
import { read } from './read.js';

export async function report(path, paths) {
  const text = fs.readFileSync(path, 'utf8');
  paths.sort(() => fs.rmSync(path));
  return text + read(path);
}

export const pause = async () => {
  const end = Date.now() + 100;
  while (Date.now() < end);
};
`,
    'src/read.ts': "import fs from 'node:fs';\nexport const read = (path: string): string => fs.readFileSync(path, 'utf8');\n",
  };

  it('findings by function with chain and cost, and a summary', () => {
    const { status, stdout, stderr } = run(project(service));
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toBe(`src/service.js
  async function 'report', line 4
    5:16  long  fix         fs.readFileSync
    6:20  long  no fix      fs.rmSync
          it runs in a synchronous callback, whose caller would get a promise in place of the value
    7:17  long  suggestion  read (src/read.ts:2) → fs.readFileSync (src/read.ts:2)
  async arrow function 'pause', line 10
    12:3  wait  fix  This loop does nothing but wait for time to pass, and blocks the event loop while async arrow function 'pause' waits for it. Await a timer: \`await setTimeout(100)\`.

by API           fix  suggestion  no fix  all
fs.readFileSync    1           1       0    2
(loops)            1           0       0    1
fs.rmSync          0           0       1    1

by cost
long               1           1       1    3
wait               1           0       0    1

4 findings in 2 functions of 1 file; 2 files linted.
A fix would take 2 of them: run it again with --fix.
1 has a suggestion, which an editor offers once the plugin is in your eslint.config.js.
`);
  });

  it('the same as JSON', () => {
    expect(json(project(service))).toEqual({
      version: 1,
      findings: [
        { file: 'src/service.js', line: 5, column: 16, endLine: 5, endColumn: 31, rule: 'no-blocking-call', function: { name: 'report', kind: 'async function', line: 4 }, api: 'fs.readFileSync', cost: 'long', chain: [], certainty: 'safe', reason: null, message: expect.stringContaining('fs.readFileSync() blocks') },
        { file: 'src/service.js', line: 6, column: 20, endLine: 6, endColumn: 29, rule: 'no-blocking-call', function: { name: 'report', kind: 'async function', line: 4 }, api: 'fs.rmSync', cost: 'long', chain: [], certainty: 'unsafe', reason: expect.stringContaining('it runs in a synchronous callback'), message: expect.stringContaining('fs.rmSync() blocks') },
        {
          file: 'src/service.js', line: 7, column: 17, endLine: 7, endColumn: 21, rule: 'no-indirect-blocking', function: { name: 'report', kind: 'async function', line: 4 }, api: 'fs.readFileSync', cost: 'long',
          chain: [{ name: 'read', file: 'src/read.ts', line: 2 }, { name: 'fs.readFileSync', file: 'src/read.ts', line: 2 }],
          certainty: 'review', reason: null, message: expect.stringContaining('read() blocks'),
        },
        { file: 'src/service.js', line: 12, column: 3, endLine: 12, endColumn: expect.any(Number), rule: 'no-busy-loop', function: { name: 'pause', kind: 'async arrow function', line: 10 }, api: null, cost: 'wait', chain: [], certainty: 'safe', reason: null, message: expect.stringContaining('This loop') },
      ],
      problems: [],
      skipped: [],
      summary: {
        files: 2,
        functions: 2,
        findings: 4,
        fixed: 0,
        byCertainty: { safe: 2, review: 1, unsafe: 1 },
        byApi: { 'fs.readFileSync': { safe: 1, review: 1, unsafe: 0 }, '(loops)': { safe: 1, review: 0, unsafe: 0 }, 'fs.rmSync': { safe: 0, review: 0, unsafe: 1 } },
        byCost: { long: { safe: 1, review: 1, unsafe: 1 }, wait: { safe: 1, review: 0, unsafe: 0 } },
      },
    });
  });

  it('the JSON that its page shows', () => {
    const shown = blocksOf('docs/guide/command-line.md').find(({ language }) => language === 'json')!.code;
    const folder = project({
      'src/a.vue': '',
      'src/broken.js': 'const = 1;\n',
      'src/read.js': "import fs from 'node:fs';\n\nexport function read(path) {\n  return fs.readFileSync(path, 'utf8');\n}\n",
      'src/report.js': "import { read } from './read.js';\n\n// Answers with a report.\nexport async function report(path) {\n  return read(path);\n}\n",
    });
    expect(json(folder)).toEqual(JSON.parse(shown));
  });

  it('that there is nothing', () => {
    expect(run(project({ 'a.js': silent }))).toEqual({ status: 0, stdout: 'Nothing found that blocks the event loop; 1 file linted.\n', stderr: '' });
  });
});

describe('--fix', () => {
  const program = `import fs from 'node:fs';
async function name(path) {
  return JSON.parse(fs.readFileSync(path, 'utf8')).name;
}
console.log(await name('package.json'));
`;

  it('rewrites what can be, and says what is left; the program runs as before', () => {
    const rest = "export async function sort(fs, paths) {}\nimport { rmSync } from 'node:fs';\nexport const sorted = async (paths) => paths.sort(() => rmSync('a'));\n";
    const folder = project({ 'package.json': '{ "name": "before-and-after", "type": "module" }', 'main.js': program, 'rest.js': rest });
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules/eslint-plugin-offload'));
    const printed = (): Run => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['main.js'], { cwd: folder, encoding: 'utf8' });
      return { status, stdout, stderr };
    };
    const before = printed();
    const { status, stdout } = run(folder, '--fix');
    expect(status).toBe(1);
    expect(stdout).toMatch(/\n1 finding fixed in 1 file\.\n1 finding left in 1 function of 1 file; 2 files linted\.\n$/);
    expect(readFileSync(join(folder, 'main.js'), 'utf8')).toContain("JSON.parse(await offload(fs.readFileSync, path, 'utf8')).name");
    expect(readFileSync(join(folder, 'rest.js'), 'utf8')).toBe(rest);
    expect(printed()).toEqual(before);
    expect(before).toEqual({ status: 0, stdout: 'before-and-after\n', stderr: '' });

    rmSync(join(folder, 'rest.js'));
    expect(run(folder, '--fix')).toEqual({ status: 0, stdout: '0 findings fixed in 0 files.\nNothing left that blocks the event loop; 1 file linted.\n', stderr: '' });
  });

  it('rewrites TypeScript, which compiles and runs as before', () => {
    const typed = program.replace('name(path)', 'name(path: string): Promise<string>').replace('.name;', '.name as string;');
    const folder = project({ 'package.json': '{ "name": "typed", "type": "module" }', 'main.ts': typed });
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules/eslint-plugin-offload'));
    expect(run(folder, '--fix')).toMatchObject({ status: 0, stderr: '' });
    const fixed = readFileSync(join(folder, 'main.ts'), 'utf8');
    expect(fixed).toContain("JSON.parse(await offload(fs.readFileSync, path, 'utf8')).name as string");
    writeFileSync(join(folder, 'main.js'), transformSync(fixed, { loader: 'ts', format: 'esm' }).code);
    expect(spawnSync(process.execPath, ['main.js'], { cwd: folder, encoding: 'utf8' })).toMatchObject({ status: 0, stdout: 'typed\n', stderr: '' });
  });

  it('says what fixed code needs where that is not installed', () => {
    const folder = project({ 'main.mjs': program });
    expect(run(folder, '--fix')).toMatchObject({ status: 0, stdout: expect.stringContaining('npm install eslint-plugin-offload\n') as string });
  });

  it('counts as JSON too, and writes CommonJS in CommonJS', () => {
    const folder = project({ 'a.cjs': "const fs = require('fs');\nmodule.exports = async (path) => {\n  fs.rmSync(path);\n  return fs.readFileSync(path);\n};\n" });
    expect(json(folder, '--fix').summary).toMatchObject({ findings: 0, fixed: 2 });
    expect(readFileSync(join(folder, 'a.cjs'), 'utf8')).toContain("const { offload } = require('eslint-plugin-offload/runtime');");
  });
});

describe('what is linted', () => {
  it('files and folders, each once, from wherever', () => {
    const folder = project({ 'a/one.js': blocking, 'a/two.cjs': blocking.replace('import fs from', 'const fs = require(').replace("'node:fs';", "'node:fs');").replace('export ', ''), 'b/three.jsx': `${blocking}export const x = <p />;`, 'b/four.txt': '' });
    expect(filesIn(folder)).toEqual(['a/one.js', 'a/two.cjs', 'b/three.jsx']);
    expect(filesIn(folder, 'b', 'a/one.js', 'b/three.jsx')).toEqual(['b/three.jsx', 'a/one.js']);
    expect(filesIn(join(folder, 'b'), '../a')).toEqual(['../a/one.js', '../a/two.cjs']);
  });

  it('not what is installed, ignored by git, hidden, minified or types, unless it is named', () => {
    const folder = project({ 'node_modules/x/a.js': blocking, 'dist/a.js': blocking, 'dist/kept.js': blocking, 'src/a.js': blocking, 'src/b.js': blocking, 'src/.gitignore': 'b.js', '.hidden/a.js': blocking, 'a.min.js': blocking, 'a.d.ts': silent, '.gitignore': 'dist/*\n!dist/kept.js\n' });
    expect(filesIn(folder)).toEqual(['dist/a.js', 'dist/kept.js', 'src/a.js', 'src/b.js']);
    expect(spawnSync('git', ['init', '--quiet'], { cwd: folder }).status).toBe(0);
    expect(filesIn(folder)).toEqual(['dist/kept.js', 'src/a.js']);
    expect(filesIn(folder, 'dist/a.js', 'node_modules/x', '.hidden', 'a.min.js', 'src/b.js')).toEqual(['dist/a.js', 'node_modules/x/a.js', '.hidden/a.js', 'a.min.js', 'src/b.js']);
  });

  it('TypeScript', () => {
    const typed = blocking.replace('path', 'path: string');
    const folder = project({ 'a.ts': typed, 'b.mts': typed, 'c.cts': typed, 'd.tsx': `${typed}export const x = <p />;` });
    expect(filesIn(folder)).toEqual(['a.ts', 'b.mts', 'c.cts', 'd.tsx']);
  });

  it('not components, and says so', () => {
    const { skipped, summary } = json(project({ 'a.vue': '', 'b.vue': '', 'c.svelte': '', 'd.astro': '', 'e.js': silent }));
    expect(skipped.map(({ extension, files }) => [extension, files])).toEqual([['.vue', 2], ['.svelte', 1], ['.astro', 1]]);
    expect(summary['files']).toBe(1);
    expect(run(project({ 'a.vue': '', 'b.vue': '' })).stdout).toContain('Not linted\n  2 files .vue  their parsers are set up in an eslint.config.js');
  });

  it('without the configuration of the project, but with its comments', () => {
    const folder = project({
      'eslint.config.js': 'throw new Error("loaded")',
      'a.js': `/* eslint-env node */\n/* eslint nobody/knows: "error" */\n${blocking.replace('return', '// eslint-disable-next-line offload/no-blocking-call -- quick\n  return')}\n// eslint-disable-next-line no-console\n`,
    });
    expect(run(folder)).toMatchObject({ status: 0, stdout: 'Nothing found that blocks the event loop; 2 files linted.\n' });
  });

  it('what only parses as a script', () => {
    expect(filesIn(project({ 'a.js': "var fs = require('fs'), mode = 0755;\nasync function load(path) { return fs.readFileSync(path); }\nreturn load();\n" }))).toEqual(['a.js']);
  });
});

describe('options', () => {
  const code = "import fs from 'node:fs';\nimport http from 'node:http';\nexport async function load(p) { return fs.existsSync(p); }\nhttp.createServer(() => { fs.readFileSync('a'); });\nexport const read = () => fs.rmSync('a');\nfs.cpSync('a', 'b');\nexport const parse = async (p) => JSON.parse(p);\n";
  const folder = project({ 'a.js': code });

  it.each([
    [[], []],
    [['--contexts', 'event-loop'], ['fs.readFileSync']],
    [['--contexts=functions'], ['fs.readFileSync', 'fs.rmSync']],
    [['--contexts', 'everywhere'], ['fs.readFileSync', 'fs.rmSync', 'fs.cpSync']],
    [['--minimum-cost', 'short'], ['fs.existsSync']],
    [['--minimum-cost=any'], ['fs.existsSync', 'JSON.parse']],
  ])('%j', (words, apis) => {
    expect(json(folder, ...words).findings.map(({ api }) => api)).toEqual(apis);
  });

  it.each([
    [['--quiet'], "eslint-plugin-offload: Unknown option '--quiet'. See --help for the options there are.\n"],
    [['--contexts', 'sync'], 'eslint-plugin-offload: --contexts is one of async, event-loop, functions, everywhere, not sync.\n'],
    [['--minimum-cost', 'high'], 'eslint-plugin-offload: --minimum-cost is one of any, short, long, not high.\n'],
    [['--contexts'], "eslint-plugin-offload: Option '--contexts <value>' argument missing. See --help for the options there are.\n"],
    [['--fix=all'], "eslint-plugin-offload: Option '--fix' does not take an argument. See --help for the options there are.\n"],
  ])('%j is refused', (words, stderr) => {
    expect(run(folder, ...words)).toEqual({ status: 2, stdout: '', stderr });
  });

  it('--help and --version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(run(folder, '--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    for (const word of ['--help', '-h']) expect(run(folder, word)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Usage: npx eslint-plugin-offload \[paths\]/) as string, stderr: '' });
  });
});

describe('what stands in the way is named, and stops nothing else', () => {
  it('syntax errors', () => {
    const folder = project({ 'a.js': 'const = 1;\n', 'b.ts': 'let x: = 1;\n', 'c.js': blocking });
    const { status, stdout } = run(folder);
    expect(status).toBe(1);
    expect(stdout).toMatch(/c\.js\n {2}async function 'load'[^]*Not linted\n {2}a\.js:1:7 {2}Parsing error: .*\n {2}b\.ts:1:7 {2}Parsing error: .*\n[^]*1 file linted/);
    rmSync(join(folder, 'c.js'));
    expect(run(folder).status).toBe(1);
    expect(json(folder).problems).toMatchObject([{ kind: 'syntax', file: 'a.js', line: 1 }, { kind: 'syntax', file: 'b.ts', line: 1 }]);
  });

  it('paths that lead nowhere, or to what is no code', () => {
    const folder = project({ 'a.js': silent, 'b.txt': '' });
    symlinkSync('loop.js', join(folder, 'loop.js'));
    const { status, stdout } = run(folder, 'absent', 'b.txt', 'a.js', 'loop.js');
    expect(status).toBe(2);
    expect(stdout).toMatch(/^Not linted\n {2}absent {2}no such file or folder\n {2}b\.txt {2}neither JavaScript nor TypeScript\n {2}loop\.js {2}ELOOP.*\n\nNothing found that blocks the event loop; 1 file linted\.\n$/);
  });

  it('files that cannot be read', async () => {
    const folder = project({ 'a.js': blocking });
    // Nobody can read a socket, while whoever runs tests as root can read every file.
    const server = createServer().listen(join(folder, 'socket.js'));
    await new Promise((resolve) => server.once('listening', resolve));
    const { status, stdout } = run(folder, 'socket.js', 'a.js');
    server.close();
    expect(status).toBe(2);
    expect(stdout).toMatch(/Not linted\n {2}socket\.js {2}ENXIO.*\n[^]*1 finding in 1 function of 1 file; 1 file linted\./);
  });

  it('a rule that fails', () => {
    const folder = project({ 'crash.js': blocking, 'fine.js': blocking, ...ownESLint("lintText(text, options) { if (options.filePath.endsWith('crash.js')) throw new TypeError('no\\nnode'); return super.lintText(text, options); }") });
    const { status, stdout } = run(folder);
    expect(status).toBe(2);
    expect(stdout).toMatch(/^fine\.js\n[^]*Not linted\n {2}crash\.js {2}no node\n/);
  });
});

describe('the ESLint it uses', () => {
  it("is the project's", () => {
    const folder = project({ 'a.js': silent, ...ownESLint("constructor(options) { super(options); console.error('own'); }") });
    expect(run(folder).stderr).toBe('own\n');
  });

  it('must not be too old', () => {
    const folder = project({ 'a.js': silent, ...ownESLint('', '8.56.0') });
    expect(run(folder)).toEqual({ status: 2, stdout: '', stderr: `eslint-plugin-offload: ESLint 8.56.0 in ${join(folder, 'node_modules/eslint')} is too old. Install a newer one: npm i -D eslint@latest\n` });
  });
});

/** The real one, with a class of its own around it. */
function ownESLint(members: string, version = '10.0.0'): Record<string, string> {
  return {
    'node_modules/eslint/package.json': JSON.stringify({ name: 'eslint', version, main: 'index.js' }),
    'node_modules/eslint/index.js': `const { ESLint } = require(${JSON.stringify(join(root, 'node_modules/eslint'))});\nexports.loadESLint = async () => class extends ESLint { ${members} };\n`,
  };
}

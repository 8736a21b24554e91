import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { javascript, typescript } from './programs.js';

/** The plugin as it is, and as it would be if it looked at no text before it analysed a file. */
let plugin: NonNullable<Linter.Config['plugins']>[string];
let thorough: typeof plugin;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offload-looking-'));
  plugin = (await import('../../src/index.js')).default;
  vi.resetModules();
  vi.doMock('../../src/analysis/may-call.js', async (actual) => ({ ...(await actual<object>()), fileMayCall: () => true }));
  vi.doMock('../../src/analysis/summary/may-block.js', () => ({ mayBlock: () => ({ itself: () => true, fromText: () => true, inFile: () => true, fromValue: () => true }) }));
  thorough = (await import('../../src/index.js')).default;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lint(offload: typeof plugin, code: string, filename: string): string[] {
  const messages = new Linter({ cwd: folder }).verify(code, {
    files: ['**/*.{ts,cjs,cts}'],
    plugins: { offload },
    languageOptions: { parser, sourceType: /\.c[jt]s$/.test(filename) ? 'commonjs' : 'module' },
    rules: Object.fromEntries(['no-blocking-call', 'no-indirect-blocking', 'prefer-native-async'].map((name) => [`offload/${name}`, 'error'])),
  }, { filename });
  const fatal = messages.find((message) => message.ruleId === null);
  if (fatal) throw new SyntaxError(`${fatal.message} in:\n${code}`);
  return messages.map(({ ruleId, line, column, message, fix, suggestions }) => JSON.stringify([ruleId, line, column, message, fix, suggestions]));
}

function isProgram(code: string, filename: string): boolean {
  try {
    lint(plugin, code, filename);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const helper = 'function load(p) { return fs.readFileSync(p); }';
const fs = "import fs from 'fs';";
const required = "const fs = require('fs');";

/** How a module may export a function `load` that blocks, or an object or a class with such a method. */
const exporting = [
  `${fs} export ${helper}`, `${fs} ${helper} export { load };`, `${fs} ${helper} export { load as read };`, `${fs} export default ${helper}`, `${fs} ${helper} export default { load };`,
  `${fs} export const load = (p) => fs.readFileSync(p)`, `${fs}\nconst read = fs.readFileSync\nexport const load = (p) => read(p)`, `import { readFileSync as r } from 'fs'\nexport const load = (p) => { r(p) }`,
  `${fs} export class Config { load() { fs.statSync(1); } static make() { return new Config(); } }`, `${fs} class Config { #read() { fs.statSync(1) } load() { this.#read() } }\nexport const config = new Config()\nexport { Config }`,
  `${fs} export class Config {}\nConfig.prototype.load = function () { fs.statSync(1) }`, `${fs} export const config = {}\nconfig.load = () => fs.statSync(1)`, `${fs} export const config = {}; function set() { config.load = () => fs.statSync(1) }`,
  `${fs} export async function make() { return { load() { fs.statSync(1) } } }`, `${fs} class Config { load() { fs.statSync(1) } }\nexport async function make() { const config = new Config(); return config }`,
  `${fs} class Config { load() { fs.statSync(1) } }\nexport const make = async () => new Config()`, `${fs} export function make() { return () => fs.statSync(1) }`, `${fs} export let load; async function set() { load = (p) => fs.statSync(p) }`,
  `${fs} export const load = (p) => fs['stat' + 'Sync'](p)`, "import fs from 'fs'; const n = 'stat'; export const load = (p) => fs[`${n}Sync`](p)", `${fs} const { statSync: s } = fs; export const load = (p) => s(p)`, `${fs} let s; ({ statSync: s } = fs); export const load = (p) => s(p)`,
  `${fs} export const load = async (p) => fs.readFileSync(p)`, `${fs} export async function load(p) { fs.readFileSync(p) }`, `${fs} /** @blocking */ export function load() {}`, '/** @blocking */ export function load() {}', 'export function load() { alert(1) }', 'export function load(a) { Atomics.wait(a, 0, 0) }', 'export function load(alert) { alert(1) }',
  `${fs} export const text = /["'\`{(]/\nexport function load(p) { return p / 2 / fs.statSync(p) }`, `${fs} const t = \`a\${{ b: '}' }.b}\`\nexport function load(p) { fs.statSync(t) }`, `${fs} @a({ b() {} }) export class Config { @c() load() { fs.statSync(1) } }`, `${fs} export namespace config { export function load() { fs.statSync(1) } }`,
];
const exportingCommonJs = [
  `${required} exports.load = (p) => fs.readFileSync(p);`, `${required} ${helper}\nmodule.exports = { load }`, `${required} ${helper} module.exports = load;`, `${required} ${helper} module.exports.load = exports.read = load;`, `${required} ${helper} Object.assign(exports, { load });`,
  `${required} exports.load = function () { return this.read() }\nexports.read = () => fs.statSync(1)`, `${required} exports.load = load; ${helper}`, `${required} exports = module.exports = {}; exports.load = (p) => fs.readFileSync(p)`, `const { statSync } = require('fs'), a = 1\nexports.load = () => statSync(a)`,
  `const load = require; const fs = load('fs'); exports.load = () => fs.statSync(1)`, `${required} class Config { load() { fs.statSync(1) } }\nmodule.exports = Config`, `const fs = process.getBuiltinModule('fs'); exports.load = () => fs.statSync(1)`, `if (1) exports.load = () => require('fs').statSync(1)`,
];
/** How a module may pass on an API. */
const passing = [
  "export { statSync as load } from 'fs'", "import { sync } from 'rimraf'; export { sync as load }", "import execa from 'execa'; export const config = { load: execa.sync }", "import execa from 'execa'; export class Config { execa = execa; load() { this.execa.sync(1) } }", "module.exports = { load: require('execa').sync }", "export const config = await import('execa'); config.load = config.sync", "import * as ns from 'fs'; const real = ns.default; export const config = { load: real.statSync, fs: real }", "import execa = require('execa'); export class Config { run = execa; load() { this.run.sync(1) } }",
  "const run = process.getBuiltinModule('fs'); export const load = { run }.run.statSync",
];
/** How a module in between may pass it on, from `./c`. */
const between = [
  "export * from './c'", "export { load, read, config, Config, make } from './c'", "export { default } from './c'", "export * as config from './c'", "import load from './c'\nexport default load", "import * as c from './c'; export const load = (p) => c.load(p)", "import { Config } from './c'; export class Other { constructor() { this.config = new Config() } load() { this.config.load() } }\nexport { Other as Config }",
  "import { load as l } from './c'\nexport function load(p) { return [p].map(l) }", "import { Config } from './c'\nexport class Base extends Config {}\nexport { Base as Config }", "import type { Config } from './c'\nexport const load = (config: Config) => config.load()", "import c = require('./c'); export const load = c.load", "import { make } from './c'\nexport async function load() { const c = await make(); c.load() }\nexport { make }",
  "import type { Config } from './d'; import { Config as Made } from './c'\nexport class Other { constructor(private config: Config = new Made()) {} load() { this.config.load() } }\nexport { Other as Config }", "import { Config } from './c'; export class Other { constructor(given) { this.config = given.config ?? new Config() } load() { this.config.load() } }\nexport { Other as Config }",
  "import type { Config } from './c'; export const load = (config: unknown) => (config as Config).load()", "import type { Config } from './c'; export function make(): Config { return made } export const load = () => make().load()", "import type * as c from './c'; export const load = (all: c.Config[], one: import('./c').Config) => { for (const config of all) config.load() }", "import { Config } from './c'; let config = null; export const set = () => { config = new Config() }; export const load = () => config.load()",
  "export * from './c'\nexport const load = async () => { (await import('./c')).load() }", "import c from './c'; export const { load } = c", "const c = await (await import('./c')).make()\nexport const load = () => c.load()",
];
/** How the linted file may call it, from `./b`. */
const calling = [
  "import { load } from './b'; export async function main() { load(1) }", "import { read } from './b'; export async function main() { read(1) }", "import load from './b'; export async function main() { load(1) }", "import b from './b'; export async function main() { b.load(1) }", "import * as b from './b'; export async function main() { b.load(1); b.config.load(); b.Config.make().load() }",
  "import { config } from './b'; export async function main() { config.load() }", "import { Config } from './b'; export async function main() { new Config().load(); Config.make().load() }", "import { make } from './b'; export async function main() { const c = await make(); c.load(); (await make()).load() }", "import { make } from './b'; export async function main() { make()() }",
  "const b = require('./b'); exports.main = async () => { b.load(1); b(1); new b().load() }", "const { load } = require('./b'); exports.main = async () => { load(1) }", "export async function main() { const { load } = await import('./b'); load(1); require('./b').load(2) }", "import { load } from './b'; const again = () => load(1); export async function main() { again(); [1].forEach(load) }",
  "import { Config } from './b'; export class Main extends Config { async main() { this.load(); super.load() } }", "import { Config } from './b'; export class Main { c = new Config(); async main() { this.c.load() } }",
];

describe('what is reported is the same without looking at texts first', () => {
  const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 100);

  it.each([['JavaScript', javascript, 'file.cjs'], ['TypeScript', typescript, 'file.cts']] as const)('in random programs in %s', (_name, programs, name) => {
    let reported = 0;
    // Some of what is generated is no program.
    const parsed = programs.filter((code) => isProgram(code, join(folder, name)));
    fc.assert(fc.property(parsed, (code) => {
      const expected = lint(thorough, code, join(folder, name));
      reported += expected.length;
      expect(lint(plugin, code, join(folder, name))).toEqual(expected);
    }), { numRuns, seed: 20261122 });
    expect(reported).toBeGreaterThan(numRuns / 4);
  });

  it('across files', () => {
    let reported = 0;
    let round = 0;
    for (const [index, end] of [...exporting, ...exportingCommonJs, ...passing].entries()) {
      const c = `c${index}`;
      writeFileSync(join(folder, `${c}.ts`), end);
      const targets = [c];
      for (const turn of [0, 7]) {
        round += 1;
        targets.push(`b${round}`);
        writeFileSync(join(folder, `b${round}.ts`), between[(index + turn) % between.length]!.replaceAll('./c', `./${c}`));
      }
      const failed = targets.flatMap((target) => calling.flatMap((call) => {
        const code = call.replaceAll('./b', `./${target}`);
        const expected = lint(thorough, code, join(folder, 'main.ts'));
        reported += expected.length;
        return lint(plugin, code, join(folder, 'main.ts')).join() === expected.join() ? [] : [`${code} | ${target}`];
      }));
      expect(failed, end).toEqual([]);
    }
    expect(reported).toBeGreaterThan(100);
  });
});

import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import * as typescript from '@typescript-eslint/parser';
import { describe, expect, it } from 'vitest';
import { chainOf, type Files, type How, lint, project } from './project.js';

const reads = "import fs from 'node:fs';\nexport function load(p) { return fs.readFileSync(p); }\n";
const calls = 'export async function main() { load(1); }\n';

/** The chains that are reported in one file of a project. */
function chains(files: Files, file: string, how: How = {}): string[] {
  const folder = project(files);
  return lint(how.unsaved ?? files[file]!, join(folder, file), how, folder).map(chainOf);
}

describe('what a file imports', () => {
  it.each<readonly [name: string, files: Files, chain: string]>([
    ['by name', { 'main.js': `import { load } from './config.js';\n${calls}`, 'config.js': reads }, 'load (config.js:2) → fs.readFileSync (config.js:2)'],
    ['by another name', { 'main.js': "import { load as read } from './config.js';\nexport async function main() { read(1); }", 'config.js': reads }, 'load (config.js:2) → fs.readFileSync (config.js:2)'],
    ['as a namespace', { 'main.js': "import * as config from './config.js';\nexport async function main() { config.load(1); }", 'config.js': reads }, 'load (config.js:2) → fs.readFileSync (config.js:2)'],
    ['by default', { 'main.js': `import load from './config.js';\n${calls}`, 'config.js': "import fs from 'fs';\nexport default function (p) { return fs.readFileSync(p); }" }, 'config (config.js:2) → fs.readFileSync (config.js:2)'],
    ['a default object', { 'main.js': "import config from './config.js';\nexport async function main() { config.load(1); }", 'config.js': `${reads}export default { load };` }, 'load (config.js:2) → fs.readFileSync (config.js:2)'],
    ['a list of exports', { 'main.js': `import { load } from './config.js';\n${calls}`, 'config.js': "import fs from 'fs';\nconst read = (p) => fs.readFileSync(p);\nexport { read as load };" }, 'read (config.js:2) → fs.readFileSync (config.js:2)'],
    ['a constant', { 'main.js': `import { load } from './config.js';\n${calls}`, 'config.js': "import fs from 'fs';\nexport const load = (p) => fs.readFileSync(p);" }, 'load (config.js:2) → fs.readFileSync (config.js:2)'],
    ['from a folder above', { 'src/a/main.js': `import { load } from '../config.js';\n${calls}`, 'src/config.js': reads }, 'load (../config.js:2) → fs.readFileSync (../config.js:2)'],
    ['later', { 'main.js': "export async function main() { const { load } = await import('./config.js'); load(1); }", 'config.js': reads }, 'load (config.js:2) → fs.readFileSync (config.js:2)'],
    ['through a re-export', { 'main.js': `import { load } from './index.js';\n${calls}`, 'index.js': "export { load } from './config.js';", 'config.js': reads }, 'load (config.js:2) → fs.readFileSync (config.js:2)'],
    ['through export *', { 'main.js': `import { load } from './index.js';\n${calls}`, 'index.js': "export * from './other.js';\nexport * from './config.js';", 'other.js': "export * from './index.js';", 'config.js': reads }, 'load (config.js:2) → fs.readFileSync (config.js:2)'],
    ['through export * as', { 'main.js': "import { config } from './index.js';\nexport async function main() { config.load(1); }", 'index.js': "export * as config from './config.js';", 'config.js': reads }, 'load (config.js:2) → fs.readFileSync (config.js:2)'],
    ['through an import that is exported', { 'main.js': `import { load } from './index.js';\n${calls}`, 'index.js': "import { load } from './config.js';\nexport { load };", 'config.js': reads }, 'load (config.js:2) → fs.readFileSync (config.js:2)'],
    ['through a helper', { 'main.js': `import { load } from './config.js';\n${calls}`, 'config.js': "import { read } from './read.js';\nexport function load(p) {\n  return read(p);\n}", 'read.js': reads.replace('load', 'read') }, 'load (config.js:2) → read (read.js:2) → fs.readFileSync (read.js:2)'],
    ['through a function that another module calls at once', { 'main.js': `import { load } from './config.js';\n${calls}`, 'config.js': "import fs from 'fs';\nimport { run } from './run.js';\nexport function load(p) {\n  return run(() => fs.statSync(p));\n}", 'run.js': 'export const run = (task) => { try { return task(); } catch { return undefined; } };' }, 'load (config.js:3) → fs.statSync (config.js:4)'],
    ['through a function that another module calls at once, and what it calls', { 'main.js': `import { load } from './config.js';\n${calls}`, 'config.js': "import { all } from './all.js';\nimport { read } from './read.js';\nexport const load = (ps) => all(ps, (p) => read(p));", 'all.js': 'export class All {}\nexport function all(ps, each) { for (const p of ps) each(p); }', 'read.js': reads.replace('load', 'read') }, 'load (config.js:3) → read (read.js:2) → fs.readFileSync (read.js:2)'],
    ['a class', { 'main.js': "import { Config } from './config.js';\nexport async function main() { new Config().load(); }", 'config.js': "import fs from 'fs';\nexport class Config {\n  load() { fs.statSync(1); }\n}" }, 'Config.load (config.js:3) → fs.statSync (config.js:3)'],
    ['a static method', { 'main.js': "import { Config } from './config.js';\nexport async function main() { Config.load(); }", 'config.js': "import fs from 'fs';\nexport class Config { static load() { fs.statSync(1); } }" }, 'Config.load (config.js:2) → fs.statSync (config.js:2)'],
    ['an instance', { 'main.js': "import { config } from './config.js';\nexport async function main() { config.load(); }", 'config.js': "import fs from 'fs';\nclass Config { load() { fs.statSync(1); } }\nexport const config = new Config();" }, 'Config.load (config.js:2) → fs.statSync (config.js:2)'],
    ['a class to extend', { 'main.js': "import { Base } from './base.js';\nexport class Config extends Base { async main() { this.load(); } }", 'base.js': "import fs from 'fs';\nexport class Base { load() { fs.statSync(1); } }" }, 'Base.load (base.js:2) → fs.statSync (base.js:2)'],
    ['a constructor', { 'main.js': "import { Config } from './config.js';\nexport async function main() { return new Config(); }", 'config.js': "import fs from 'fs';\nexport class Config { constructor() { fs.statSync(1); } }" }, 'new Config (config.js:2) → fs.statSync (config.js:2)'],
    ['beside a setting of its module', { 'main.js': `import { load, log } from './config.js';\nlog.level = 'info';\n${calls}`, 'config.js': `${reads}export const log = {};` }, 'load (config.js:2) → fs.readFileSync (config.js:2)'],
    ['round in circles', { 'main.js': `import { load } from './config.js';\nexport function again() { load(1); }\n${calls}`, 'config.js': "import fs from 'fs';\nimport { again } from './main.js';\nexport function load(p) {\n  again();\n  fs.statSync(p);\n}" }, 'load (config.js:3) → fs.statSync (config.js:5)'],
    ['and back', { 'main.js': `import fs from 'fs';\nimport { load } from './config.js';\nexport function again() { fs.statSync(1); }\n${calls}`, 'config.js': "import { again } from './main.js';\nexport function load(p) { again(); }" }, 'load (config.js:2) → again (main.js:3) → fs.statSync (main.js:3)'],
  ])('%s', (_name, files, chain) => {
    expect(chains(files, Object.keys(files)[0]!)).toEqual([chain]);
  });

  it.each<readonly [name: string, files: Files]>([
    ['an async function', { 'main.js': `import { load } from './config.js';\n${calls}`, 'config.js': reads.replace('function', 'async function') }],
    ['a name that is not exported', { 'main.js': `import { read as load } from './config.js';\n${calls}`, 'config.js': reads }],
    ['a file that does not parse', { 'main.js': `import { load } from './config.js';\n${calls}`, 'config.js': `${reads} (` }],
    ['a file that is not there', { 'main.js': `import { load } from './config.js';\n${calls}` }],
    ['a type', { 'main.ts': `import type { load } from './config.js';\n${calls}`, 'config.ts': reads }],
    ['an installed package', { 'main.js': `import { load } from 'config';\n${calls}`, 'node_modules/config/index.js': reads, 'node_modules/config/package.json': '{ "name": "config" }' }],
    ['a module that a test replaces', { 'main.js': `import { vi } from 'vitest';\nimport { load } from './config.js';\nvi.mock('./config.js');\n${calls}`, 'config.js': reads }],
    ['a module that a test replaces by hand', { 'main.js': `import { load } from './config.js';\nimport * as config from './config.js';\nconfig.load = () => 1;\n${calls}`, 'config.js': reads }],
    ['exports of two modules in a circle', { 'main.js': `import { load } from './a.js';\n${calls}`, 'a.js': "export { load } from './b.js';", 'b.js': "export { load } from './a.js';" }],
  ])('nothing: %s', (_name, files) => {
    expect(chains(files, Object.keys(files)[0]!)).toEqual([]);
  });
});

describe('CommonJS', () => {
  const fs = "const fs = require('fs');\n";
  it.each<readonly [main: string, config: string, name: string]>([
    ["const { load } = require('./config.cjs');", 'exports.load = (p) => fs.readFileSync(p);', 'load'],
    ["const { load } = require('./config.cjs');", 'module.exports = { load(p) { return fs.readFileSync(p); } };', 'load'],
    ["const { load } = require('./config.cjs');", 'function load(p) { return fs.readFileSync(p); } module.exports = { load };', 'load'],
    ["const { load } = require('./config.cjs');", 'module.exports.load = function (p) { return fs.readFileSync(p); };', 'load'],
    ["const { load } = require('./config.cjs');", 'exports = module.exports = {}; exports.load = (p) => fs.readFileSync(p);', 'load'],
    ["const { load } = require('./config.cjs');", 'exports.load = void 0; const read = (p) => fs.readFileSync(p); exports.load = read;', 'read'],
    ["const { load } = require('./config.cjs');", 'exports.load = load; function load(p) { return exports.read(p); } exports.read = (p) => fs.readFileSync(p);', 'load (config.cjs:2) → read'],
    ["const { load } = require('./config.cjs');", 'module.exports = { load() { return this.read(); }, read: (p) => fs.readFileSync(p) };', 'load (config.cjs:2) → read'],
    ["const load = require('./config.cjs');", 'module.exports = (p) => fs.readFileSync(p);', 'config'],
    ["const load = require('./config.cjs').load;", 'const load = (p) => fs.readFileSync(p); module.exports = { load };', 'load'],
    ["const Config = require('./config.cjs'); const load = () => new Config().load();", 'class Config { load() { fs.readFileSync(1); } } module.exports = Config;', undefined!],
    ["const { load } = require('./index.cjs');", 'exports.load = (p) => fs.readFileSync(p);', 'load'],
    ["const { load } = require('./star.cjs');", 'exports.load = (p) => fs.readFileSync(p);', 'load'],
  ])('%s %s', (main, config, name) => {
    const files = { 'main.cjs': `${main}\nexports.main = async () => { load(1); };`, 'config.cjs': fs + config, 'index.cjs': "module.exports = require('./config.cjs');", 'star.cjs': "__exportStar(require('./config.cjs'), exports);" };
    const expected = name ? `${name} (config.cjs:2) → fs.readFileSync (config.cjs:2)` : 'load (main.cjs:1) → Config.load (config.cjs:2) → fs.readFileSync (config.cjs:2)';
    expect(chains(files, 'main.cjs')).toEqual([expected]);
  });

  it('as the default of an ES module', () => {
    const files = { 'main.mjs': "import config, { load } from './config.cjs';\nexport async function main() { config.load(1); load(1); }", 'config.cjs': `${fs}exports.load = (p) => fs.readFileSync(p);` };
    expect(chains(files, 'main.mjs')).toHaveLength(2);
  });
});

describe('where modules are', () => {
  const main = (specifier: string): string => `import { load } from '${specifier}';\n${calls}`;
  it.each<readonly [name: string, files: Files]>([
    ['.js for .ts', { 'main.ts': main('./config.js'), 'config.ts': reads }],
    ['.mjs for .mts', { 'main.mts': main('./config.mjs'), 'config.mts': reads }],
    ['no extension', { 'main.ts': main('./config'), 'config.ts': reads }],
    ['a folder', { 'main.ts': main('./config'), 'config/index.ts': reads }],
    ['the folder itself', { 'src/main.ts': main('.'), 'src/index.ts': reads }],
    ['a name with dots', { 'main.ts': main('./config.service'), 'config.service.ts': reads }],
    ['paths', { 'src/main.ts': main('@app/config'), 'lib/config.ts': reads, 'tsconfig.json': '{ "compilerOptions": { "paths": { "@app/*": ["./lib/*"], /* one */ "@other": ["./x"], } } }' }],
    ['paths of a configuration that is extended', { 'src/main.ts': main('@app/config'), 'lib/config.ts': reads, 'base/tsconfig.json': '{ "compilerOptions": { "paths": { "@app/*": ["../lib/*"] } } }', 'tsconfig.json': '{ "extends": "./base/tsconfig.json" }' }],
    ['baseUrl', { 'src/main.ts': main('lib/config'), 'lib/config.ts': reads, 'tsconfig.json': '{ "compilerOptions": { "baseUrl": "." } }' }],
    ['imports of package.json', { 'src/main.js': main('#lib/config'), 'lib/config.js': reads, 'package.json': '{ "imports": { "#lib/*": "./lib/*.js" } }' }],
    ['what TypeScript compiles', { 'bin/run.js': main('../dist/config.js'), 'lib/config.ts': reads, 'tsconfig.json': '{ "compilerOptions": { "rootDir": "lib", "outDir": "dist" } }' }],
    ['what TypeScript compiles, by a configuration that is extended', { 'run.js': main('./dist'), 'lib/index.ts': reads, 'base/tsconfig.json': '{ "compilerOptions": { "rootDir": "../lib", "outDir": "../dist" } }', 'tsconfig.json': '{ "extends": "./base/tsconfig.json" }' }],
    ["the package's own name", { 'src/main.js': main('self/config'), 'lib/config.js': reads, 'package.json': '{ "name": "self", "exports": { "./config": { "types": "./none.d.ts", "import": "./lib/config.js" } } }' }],
  ])('%s', (_name, files) => {
    expect(chains(files, Object.keys(files)[0]!)).toHaveLength(1);
  });

  it.each<readonly [name: string, manifest: object, file: string]>([
    ['exports', { exports: { '.': './src/index.js' } }, 'src/index.js'],
    ['main', { main: 'lib/main.js' }, 'lib/main.js'],
    ['nothing', {}, 'index.js'],
    ['source of what is built', { exports: { types: './dist/index.d.ts', default: './dist/index.js' } }, 'src/index.ts'],
    ['types of what is built', { types: 'dist/types/index.d.ts' }, 'src/index.ts'],
    ['source of what is built for ES modules', { exports: { import: './dist/index.mjs', types: './dist/index.d.mts' } }, 'src/index.ts'],
    ['source of what is built twice', { types: './dist/config.d.ts', module: './lib-esm/index.js', main: './lib-commonjs/index.js' }, 'src/index.ts'],
  ])('a package of the workspace: %s', (_name, manifest, file) => {
    const folder = project({ 'app/main.ts': main('@org/config'), [`packages/config/${file}`]: reads, 'packages/config/package.json': JSON.stringify({ name: '@org/config', ...manifest }), 'node_modules/@org/.keep': '' });
    symlinkSync('../../packages/config', join(folder, 'node_modules/@org/config'));
    expect(lint(main('@org/config'), join(folder, 'app/main.ts'), {}, folder)).toHaveLength(1);
  });

  const manifest = (name: string): string => JSON.stringify({ name, main: 'dist/index.js', types: 'dist/index.d.ts' });
  const workspaces = (...patterns: string[]): string => JSON.stringify({ private: true, workspaces: patterns });
  const config: Files = { 'packages/config/package.json': manifest('@org/config'), 'packages/config/src/index.ts': reads };
  it.each<readonly [name: string, root: Files]>([
    ['workspaces', { 'package.json': workspaces('packages/*') }],
    ['workspaces with a dot before them', { 'package.json': workspaces('./packages/*') }],
    ['a workspace that is named', { 'package.json': workspaces('apps/web', 'packages/config') }],
    ['workspaces as an object', { 'package.json': '{ "workspaces": { "packages": ["packages/*"], "nohoist": [] } }' }],
    ['workspaces of any depth', { 'package.json': workspaces('**') }],
    ['workspaces by braces', { 'package.json': workspaces('{apps,packages}/con*') }],
    ['a workspace in another, nearer one', { 'package.json': workspaces('packages/*'), 'apps/package.json': workspaces('*') }],
    ['pnpm-workspace.yaml', { 'package.json': '{}', 'pnpm-workspace.yaml': "catalog:\n  a: 1\npackages: # all of them\n\n  # the libraries\n  - 'packages/*' # here\n  - apps/web\nother:\n  - '!packages/config'\n" }],
    ['pnpm-workspace.yaml without indents', { 'pnpm-workspace.yaml': 'packages:\n- "packages/*"\n' }],
    ['pnpm-workspace.yaml with brackets', { 'pnpm-workspace.yaml': "packages: ['apps/*', 'packages/*']\n" }],
  ])('a package of the workspace that is not linked: %s', (_name, root) => {
    expect(chains({ 'apps/web/main.ts': main('@org/config'), 'apps/web/package.json': manifest('web'), ...config, ...root }, 'apps/web/main.ts')).toEqual(['load (../../packages/config/src/index.ts:2) → fs.readFileSync (../../packages/config/src/index.ts:2)']);
  });

  it.each<readonly [name: string, files: Files]>([
    ['another folder', { ...config, 'package.json': workspaces('libs/*', 'packages') }],
    ['left out', { ...config, 'package.json': workspaces('packages/*', '!packages/config') }],
    ['two of the name', { ...config, 'package.json': workspaces('packages/*'), 'packages/other/package.json': manifest('@org/config'), 'packages/other/src/index.ts': reads }],
    ['an installed one of the name', { ...config, 'package.json': workspaces('packages/*'), 'node_modules/@org/config/package.json': manifest('@org/config') }],
    ['what is installed in one', { 'package.json': workspaces('**'), 'packages/a/node_modules/@org/config/package.json': manifest('@org/config'), 'packages/a/node_modules/@org/config/src/index.ts': reads }],
    ['a workspace beside', { ...Object.fromEntries(Object.entries(config).map(([path, text]) => [`other/${path}`, text])), 'other/package.json': workspaces('packages/*') }],
    ['a manifest that is none', { ...config, 'packages/config/package.json': '["@org/config"]', 'package.json': workspaces('packages/*') }],
  ])('no package of the workspace: %s', (_name, files) => {
    expect(chains({ 'apps/web/main.ts': main('@org/config'), ...files }, 'apps/web/main.ts')).toEqual([]);
  });

  it.each<readonly [name: string, options: object]>([
    ['without rootDir', { outDir: 'dist' }],
    ['to another folder', { rootDir: 'lib', outDir: 'build' }],
  ])('not what TypeScript compiles %s', (_name, compilerOptions) => {
    expect(chains({ 'run.js': main('./dist/config.js'), 'lib/config.ts': reads, 'tsconfig.json': JSON.stringify({ compilerOptions }) }, 'run.js')).toEqual([]);
  });
});

describe('parsers', () => {
  it('a JavaScript file that imports TypeScript', () => {
    const folder = project({ 'main.js': `import { load } from './config.ts';\n${calls}`, 'config.ts': "import fs from 'fs';\nexport function load(p: string): string { return fs.readFileSync(p, 'utf8'); }" });
    // As a project would have it: the parser is looked for from the file.
    symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
    expect(lint(`import { load } from './config.ts';\n${calls}`, join(folder, 'main.js'), {}, folder)).toHaveLength(1);
  });

  it('options that load types are for the file that is linted', () => {
    const files = { 'main.ts': `import { load } from './config.js';\n${calls}`, 'config.ts': reads, 'tsconfig.json': '{ "files": ["main.ts"] }' };
    const folder = project(files);
    const languageOptions = { parser: typescript, parserOptions: { projectService: true, tsconfigRootDir: folder } };
    expect(lint(files['main.ts'], join(folder, 'main.ts'), { languageOptions }, folder)).toHaveLength(1);
  });
});

describe('with types', () => {
  const classes = "import fs from 'fs';\nexport abstract class Base { abstract load(): void }\nexport class Config extends Base { load() { fs.statSync('a'); } }\nexport interface Loader { load(): void }\n";
  const files = (body: string): Files => ({
    'main.ts': `import { Base, Config, type Loader } from './config.js';\nexport async function main(config: Config, base: Base, loader: Loader, all: Config[]) { ${body} }`,
    'config.ts': classes,
    'tsconfig.json': '{ "compilerOptions": { "module": "nodenext" }, "files": ["main.ts"] }',
  });
  const reported = (body: string, typed: boolean): string[] => {
    const folder = project(files(body));
    const languageOptions = typed ? { parser: typescript, parserOptions: { projectService: true, tsconfigRootDir: folder } } : { parser: typescript };
    return lint(files(body)['main.ts']!, join(folder, 'main.ts'), { languageOptions }, folder).map(chainOf);
  };

  it.each(['[config][0]!.load();', 'Object.values({ config })[0]!.load();'])('%s', (body) => {
    const expected = ['Config.load (config.ts:3) → fs.statSync (config.ts:3)'];
    expect(reported(body, true)).toEqual(expected);
    expect(reported(body, false)).toEqual([]);
  });

  it.each(['config.load();', 'for (const one of all) one.load();', 'all.at(-1)!.load();', 'all[0]!.load();'])('a parameter is what its type says, with and without types: %s', (body) => {
    const expected = ['Config.load (config.ts:3) → fs.statSync (config.ts:3)'];
    expect(reported(body, true)).toEqual(expected);
    expect(reported(body, false)).toEqual(expected);
  });

  it.each(['base.load();', 'loader.load();', 'new Map().set(1, config);'])('nothing: %s', (body) => {
    expect(reported(body, true)).toEqual([]);
  });
});

import { join } from 'node:path';
import type { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { type Files, lint, project } from './project.js';

const rules: Linter.RulesRecord = { 'offload/no-indirect-blocking': 'error' };
const reads = "import fs from 'node:fs';\nexport function load(p) { return JSON.parse(fs.readFileSync(p, 'utf8')); }\n";

/** The one report about the first of these files. */
function reportOn(files: Files): Linter.LintMessage {
  const [name] = Object.keys(files) as [string];
  const folder = project(files);
  const messages = lint(files[name]!, join(folder, name), { rules }, folder);
  expect(messages).toHaveLength(1);
  return messages[0]!;
}

function applied(text: string, { range, text: instead }: NonNullable<Linter.LintMessage['fix']>): string {
  return text.slice(0, range[0]) + instead + text.slice(range[1]);
}

describe('fixed: the worker finds the helper, and all of it crosses', () => {
  it.each<readonly [name: string, files: Files, after: string]>([
    [
      'one that brings its modules along',
      { 'main.cjs': "function load(p) {\n  const fs = require('fs');\n  return fs.readFileSync(p, 'utf8').trim();\n}\nexports.load = load;\nexports.main = async () => load('a.txt').length;\n" },
      "const { offload } = require('eslint-plugin-offload/runtime');\n\nfunction load(p) {\n  const fs = require('fs');\n  return fs.readFileSync(p, 'utf8').trim();\n}\nexports.load = load;\nexports.main = async () => (await offload(load, 'a.txt')).length;\n",
    ],
    [
      'one that is said to block, and needs nothing but its argument',
      { 'main.js': '/** @blocking */\nexport function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }\nexport async function main() { return fib(30); }\n' },
      "import { offload } from 'eslint-plugin-offload/runtime';\n\n/** @blocking */\nexport function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }\nexport async function main() { return await offload(fib, 30); }\n",
    ],
    [
      'one that the file registers',
      { 'main.mjs': "import fs from 'node:fs';\nimport { offloadable } from 'eslint-plugin-offload/runtime';\nexport function load(p) { return fs.readFileSync(p, 'utf8'); }\noffloadable(import.meta.url, { load });\nexport async function main() { return load('a.txt'); }\n" },
      "import fs from 'node:fs';\nimport { offloadable, offload } from 'eslint-plugin-offload/runtime';\nexport function load(p) { return fs.readFileSync(p, 'utf8'); }\noffloadable(import.meta.url, { load });\nexport async function main() { return await offload(load, 'a.txt'); }\n",
    ],
    [
      'one of another file that this one registers',
      { 'main.mjs': "import { offload, offloadable } from 'eslint-plugin-offload/runtime';\nimport { load } from './config.js';\noffloadable(import.meta.url, './config.js', { load });\nexport async function main() { return load('a.txt').x; }\n", 'config.js': reads },
      "import { offload, offloadable } from 'eslint-plugin-offload/runtime';\nimport { load } from './config.js';\noffloadable(import.meta.url, './config.js', { load });\nexport async function main() { return (await offload(load, 'a.txt')).x; }\n",
    ],
    [
      'one that its own file registers',
      { 'main.mjs': "import { load } from './config.mjs';\nexport async function main() { return load('a.txt'); }\n", 'config.mjs': `${reads}import { offloadable } from 'eslint-plugin-offload/runtime';\noffloadable(import.meta.url, { load });\n` },
      "import { load } from './config.mjs';\nimport { offload } from 'eslint-plugin-offload/runtime';\nexport async function main() { return await offload(load, 'a.txt'); }\n",
    ],
  ])('%s', (_name, files, after) => {
    const [[, text]] = Object.entries(files) as [[string, string]];
    const { fix, suggestions } = reportOn(files);
    expect(suggestions).toBeUndefined();
    expect(applied(text, fix!)).toBe(after);
  });
});

const main = "import { load } from './config.js';\nexport async function main(p) { return load('a.txt'); }\n";

describe('suggested: register, and offload', () => {
  it.each<readonly [name: string, files: Files, after: string]>([
    [
      'a function of another file',
      { 'main.mjs': main, 'config.js': reads },
      "import { load } from './config.js';\nimport { offload, offloadable } from 'eslint-plugin-offload/runtime';\n\noffloadable(import.meta.url, './config.js', { load });\nexport async function main(p) { return await offload(load, 'a.txt'); }\n",
    ],
    [
      'of CommonJS',
      { 'main.cjs': "const { load } = require('./config.cjs');\nexports.main = async () => load('a.txt');\n", 'config.cjs': "const fs = require('fs');\nexports.load = (p) => fs.readFileSync(p);\n" },
      "const { load } = require('./config.cjs');\nconst { offload, offloadable } = require('eslint-plugin-offload/runtime');\n\noffloadable(__filename, './config.cjs', { load });\nexports.main = async () => await offload(load, 'a.txt');\n",
    ],
    [
      'of this file, which other files use too',
      { 'main.mjs': "import fs from 'node:fs';\n\nexport function load(p) {\n  return fs.readFileSync(p);\n}\n\nexport async function main() {\n  return load('a.txt');\n}\n" },
      "import fs from 'node:fs';\nimport { offload, offloadable } from 'eslint-plugin-offload/runtime';\n\nexport function load(p) {\n  return fs.readFileSync(p);\n}\n\noffloadable(import.meta.url, { load });\n\nexport async function main() {\n  return await offload(load, 'a.txt');\n}\n",
    ],
  ])('%s', (_name, files, after) => {
    const [[name, text]] = Object.entries(files) as [[string, string]];
    const { fix, suggestions = [] } = reportOn(files);
    expect(fix).toBeUndefined();
    expect(suggestions.map(({ messageId }) => messageId)).toEqual(['registerAndOffload']);
    const output = applied(text, suggestions[0]!.fix);
    expect(output).toBe(after);
    const folder = project({ ...files, [name]: output });
    expect(lint(output, join(folder, name), { rules: { ...rules, 'offload/valid-offload': 'error', 'offload/no-blocking-call': 'error' } }, folder)).toEqual([]);
  });
});

/** Another file and a call of it, with nothing to offer but the report. */
const refused: readonly (readonly [name: string, config: string, call?: string])[] = [
  ['a variable that is written', "let last; export function load(p) { last = p; return fs.readFileSync(p); }"],
  ['a variable that is read and written elsewhere', "let encoding = 'utf8'; export const set = (e) => { encoding = e; }; export function load(p) { return fs.readFileSync(p, encoding); }"],
  ['a cache', 'const cache = new Map(); export function load(p) { if (!cache.has(p)) cache.set(p, fs.readFileSync(p)); return cache.get(p); }'],
  ['a cache that only others fill', 'const cache = {}; export const set = (p, text) => { cache[p] = text; }; export function load(p) { return cache[p] ?? fs.readFileSync(p); }'],
  ['an object that others can write to', 'export const options = { encoding: "utf8" }; export function load(p) { return fs.readFileSync(p, options.encoding); }'],
  ['state further down', 'let n = 0; function count() { n++; } export function load(p) { count(); return fs.readFileSync(p); }'],
  ['an installed package', "import log from 'npmlog'; export function load(p) { log.info(p); return fs.readFileSync(p); }"],
  ['another file, with state', "import { count } from './count.js'; export function load(p) { count(); return fs.readFileSync(p); }"],
  ['what cannot be followed', "import { gone } from './gone.js'; export function load(p) { gone(); return fs.readFileSync(p); }"],
  ['a global of its own', 'export function load(p) { globalThis.last = p; return fs.readFileSync(p); }'],
  ['the arguments of the program', 'export function load(p) { return fs.readFileSync(process.argv[2] ?? p); }'],
  ['the end of the program', 'export function load(p) { if (!fs.existsSync(p)) process.exit(1); }'],
  ['its working directory', 'export function load(p) { process.chdir(p); fs.statSync(p); }'],
  ['its environment', 'export function load(p) { process.env.LAST = fs.readFileSync(p, "utf8"); }'],
  ['a timer', 'export function load(p) { setTimeout(() => {}, 1); fs.statSync(p); }'],
  ['a function given back', 'export function load(p) { const text = fs.readFileSync(p, "utf8"); return () => text; }'],
  ['a method given back', 'export function load(p) { const text = fs.readFileSync(p, "utf8"); return { text, has(s) { return text.includes(s); } }; }'],
  ['an iterator given back', 'export function load(p) { return fs.readdirSync(p).entries(); }'],
  ['an instance given back', 'class Config {} export function load(p) { fs.statSync(p); return new Config(); }'],
  ['an error of its own', 'class Missing extends Error {} export function load(p) { if (!fs.existsSync(p)) throw new Missing(p); }'],
  ['a frozen object', 'export function load(p) { return Object.freeze(JSON.parse(fs.readFileSync(p))); }'],
  ['what cannot run on a worker', 'export function load(p) { return fs.opendirSync(p); }'],
  ['a child whose file is not written out', 'export function load(p) { fs.statSync(p); return require(p); }'],
  ['this', 'export function load(p) { fs.statSync(p); return this; }'],
  ['a module that does things', "connect(); export function load(p) { return fs.readFileSync(p); }"],
  ['a module that makes an instance', "class A {} export const a = new A(); export function load(p) { return fs.readFileSync(p); }"],
  ['a module that is loaded for what it does', "import './register.js'; export function load(p) { return fs.readFileSync(p); }"],
  ['a module that loads one that does things', "import { a } from './acts.js'; export const b = () => a; export function load(p) { return fs.readFileSync(p); }"],
  ['a module that waits', "await null; export function load(p) { return fs.readFileSync(p); }"],
  ['a class that does things', "export class A { static { fs.statSync('a'); } } export function load(p) { return fs.readFileSync(p); }"],
  ['an argument that is a function', 'export function load(p) { return fs.readFileSync(p); }', 'load(() => 1)'],
  ['an argument that is written to', 'export function load(o) { o.text = fs.readFileSync("a"); }', 'load(p)'],
  ['an argument that is added to', 'export function load(list) { list.push(fs.readFileSync("a")); }', 'load(p)'],
  ['an argument whose part is added to', 'export function load(o) { const { list } = o; list.push(fs.readFileSync("a")); }', 'load(p)'],
  ['an argument that is written to further down', 'function put(o) { o.x = 1; } export function load(o) { fs.statSync("a"); put(o); }', 'load(p)'],
  ['an argument that is called', 'export function load(read) { read(fs.readFileSync("a")); }', 'load(p)'],
  ['an argument with methods of its own', 'export function load(host) { host.log(fs.readFileSync("a")); }', 'load(p)'],
  ['this as an argument', 'export function load(o) { return fs.readFileSync(o.path); }', 'load(this)'],
  ['spread arguments', 'export function load(p) { return fs.readFileSync(p); }', 'load(...p)'],
  ['an optional call', 'export function load(p) { return fs.readFileSync(p); }', 'load?.(1)'],
  ['a callback', 'export function load(p) { return fs.readFileSync(p); }', '[1].map(load)'],
  ['a place where nobody can wait', 'export function load(p) { return fs.readFileSync(p); }', '[1].map((x) => load(x))[0]'],
];

it.each([[5, 1], [19, 1], [20, 0]])('a module that loads %i others, one after the other: %i suggestion', (count, suggestions) => {
  const others = Object.fromEntries(Array.from({ length: count }, (_, index) => [`part${String(index)}.js`, index + 1 < count ? `export { a } from './part${String(index + 1)}.js';\n` : 'export const a = 1;\n']));
  const report = reportOn({
    'main.mjs': "import { load } from './config.js';\nexport async function main(p) { return load('a.txt'); }\n",
    'config.js': "import fs from 'node:fs';\nimport { a } from './part0.js';\nexport const b = () => a;\nexport function load(p) { return JSON.parse(fs.readFileSync(p, 'utf8')); }\n",
    ...others,
  });
  expect(report).toEqual(suggestions === 0 ? expect.not.objectContaining({ suggestions: expect.anything() as unknown }) : expect.objectContaining({ suggestions: [expect.anything()] }));
});

describe('neither', () => {
  it.each(refused)('%s', (_name, config, call = "load('a.txt')") => {
    const report = reportOn({
      'main.mjs': `import { load } from './config.js';\nexport async function main(p) { return ${call}; }\n`,
      'config.js': `import fs from 'node:fs';\n${config}\n`,
      'count.js': 'let n = 0; export function count() { n += 1; }',
      'acts.js': 'export const a = open();',
      'register.js': '',
    });
    expect(report).not.toHaveProperty('fix');
    expect(report).not.toHaveProperty('suggestions');
  });
});

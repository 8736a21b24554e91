import { join } from 'node:path';
import { Linter } from 'eslint';
import * as typescript from '@typescript-eslint/parser';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import plugin from '../../../src/index.js';
import { outcome } from '../../properties/outcome.js';
import { lint, project } from './project.js';

// What our fixes write is nothing for valid-offload either.
const rules: Linter.RulesRecord = { 'offload/no-indirect-blocking': 'error', 'offload/no-blocking-call': 'error', 'offload/valid-offload': 'error' };
const head = "const fs = require('fs');\nconst { offload } = require('eslint-plugin-offload/runtime');\n";
/** A program in which `main` runs a body, after some declarations. */
const program = (declarations: string, body: string): string => `${head}${declarations}\nexports.main = async function (v, log) { ${body} }`;

function verify(code: string, filename: string): Linter.LintMessage[] {
  return new Linter().verify(code, [config(filename)], { filename });
}

function fixed(code: string, filename = 'file.cjs'): string {
  const { output, messages } = new Linter().verifyAndFix(code, [config(filename)], { filename });
  expect(messages.filter((message) => message.fatal)).toEqual([]);
  return output;
}

function config(filename: string): Linter.Config {
  const isTypeScript = filename.endsWith('ts');
  return { files: ['**/*.{js,cjs,mjs,ts}'], plugins: { offload: plugin }, languageOptions: { sourceType: filename.includes('.c') ? 'commonjs' : 'module', ...(isTypeScript && { parser: typescript }) }, rules };
}

/** Declarations and a body, before and after. */
const cases: readonly (readonly [name: string, before: readonly [string, string], after: readonly [string, string]])[] = [
  ['a declared function', ['function read(p) { return fs.readFileSync(p).x; }', 'return read(1);'], ['async function read(p) { return (await offload(fs.readFileSync, p)).x; }', 'return await read(1);']],
  ['an arrow function', ['const read = (p) => fs.readFileSync(p);', 'return read(1).x;'], ['const read = async (p) => await offload(fs.readFileSync, p);', 'return (await read(1)).x;']],
  ['an arrow function with a bare parameter', ['const read = p => fs.readFileSync(p);', 'return [read(1)];'], ['const read = async p => await offload(fs.readFileSync, p);', 'return [await read(1)];']],
  ['a function expression', ['const read = function (p) { return fs.readFileSync(p); };', 'return !read(1);'], ['const read = async function (p) { return await offload(fs.readFileSync, p); };', 'return !await read(1);']],
  ['several calls', ['function read(p) { log1(p); return fs.readFileSync(p).x; } function log1() {}', 'log(read(1)); if (read(2)) log(3); for (const x of [1, 2]) log(read(x)); return read(4);'], ['async function read(p) { log1(p); return (await offload(fs.readFileSync, p)).x; } function log1() {}', 'log(await read(1)); if (await read(2)) log(3); for (const x of [1, 2]) log(await read(x)); return await read(4);']],
  ['a helper of a helper', ['function parse(p) { return [read(p)]; } function read(p) { return fs.readFileSync(p).x; }', 'return parse(1)[0];'], ['async function parse(p) { return [await read(p)]; } async function read(p) { return (await offload(fs.readFileSync, p)).x; }', 'return (await parse(1))[0];']],
  ['a helper that others call too', ['function one() { return read(1); } function two() { return [read(2)]; } function read(p) { return fs.readFileSync(p).x; }', 'log(one()); return two();'], ['async function one() { return await read(1); } async function two() { return [await read(2)]; } async function read(p) { return (await offload(fs.readFileSync, p)).x; }', 'log(await one()); return await two();']],
  ['recursion', ['function walk(n) { if (n > 2) return []; return [fs.readFileSync(n).x, ...walk(n + 1)]; }', 'return walk(0);'], ['async function walk(n) { if (n > 2) return []; return [(await offload(fs.readFileSync, n)).x, ...await walk(n + 1)]; }', 'return await walk(0);']],
  ['a promise reaction', ['function read(p) { return fs.readFileSync(p).x; }', 'return await v.then((x) => read(x));'], ['async function read(p) { return (await offload(fs.readFileSync, p)).x; }', 'return await v.then((x) => read(x));']],
  ['a call that is awaited already', ['function read(p) { return fs.readFileSync(p).x; }', 'return await read(1);'], ['async function read(p) { return (await offload(fs.readFileSync, p)).x; }', 'return await read(1);']],
  ['a thrown error', ['function read(p) { if (fs.readFileSync(p)) throw new TypeError(); }', 'try { read(1); } catch (e) { return e.name; }'], ['async function read(p) { if (await offload(fs.readFileSync, p)) throw new TypeError(); }', 'try { await read(1); } catch (e) { return e.name; }']],
  ['calls in arguments of each other', ['const read = (p) => fs.readFileSync(p).x;', 'return read(read(fs.statSync(1).x));'], ['const read = async (p) => (await offload(fs.readFileSync, p)).x;', 'return await read(await read((await offload(fs.statSync, 1)).x));']],
  ['a line that would go on with the one before', ['const read = (p) => fs.readFileSync(p)', 'log(1)\nread(2).child(3)\nreturn 4'], ['const read = async (p) => await offload(fs.readFileSync, p)', 'log(1)\n;(await read(2)).child(3)\nreturn 4']],
  ['a private method', ['class A { #all(p) { return [this.#read(p)]; } #read(p) { return fs.readFileSync(p).x; } static async make() { return new A().#all(1); } }', 'return A.make();'], ['class A { async #all(p) { return [await this.#read(p)]; } async #read(p) { return (await offload(fs.readFileSync, p)).x; } static async make() { return await new A().#all(1); } }', 'return A.make();']],
  ['a static private method', ['class A { static #read(p) { return fs.readFileSync(p); } static async make() { return class { #read() {} x = 1; y = A.name; }.name + A.#read(2).x; } }', 'return A.make();'], ['class A { static async #read(p) { return await offload(fs.readFileSync, p); } static async make() { return class { #read() {} x = 1; y = A.name; }.name + (await A.#read(2)).x; } }', 'return A.make();']],
  ['a helper inside the function', ['', 'const read = () => fs.readFileSync(v(1)).x; return read();'], ['', 'const read = async () => (await offload(fs.readFileSync, v(1))).x; return await read();']],
];

describe('helpers become async', () => {
  it.each(cases)('%s', async (_name, before, after) => {
    const [code, expected] = [program(...before), program(...after)];
    expect(fixed(code)).toBe(expected);
    expect(verify(expected, 'file.cjs')).toEqual([]);
    expect(await outcome(expected)).toEqual(await outcome(code));
  });

  it('the runtime is imported once', () => {
    const code = "import fs from 'node:fs';\nconst read = (p) => fs.readFileSync(p);\nexport const main = async () => read(1);\n";
    expect(fixed(code, 'file.mjs')).toBe("import fs from 'node:fs';\nimport { offload } from 'eslint-plugin-offload/runtime';\nconst read = async (p) => await offload(fs.readFileSync, p);\nexport const main = async () => await read(1);\n");
  });
});

describe('types', () => {
  it.each([
    ['function read(p: string): string { return fs.readFileSync(p, "utf8"); }', 'async function read(p: string): Promise<string> { return await offload(fs.readFileSync, p, "utf8"); }'],
    ['const read = (p: string): string => fs.readFileSync(p, "utf8");', 'const read = async (p: string): Promise<string> => await offload(fs.readFileSync, p, "utf8");'],
    ['const read = <T extends string>(p: T) => fs.readFileSync(p, "utf8");', 'const read = async <T extends string>(p: T) => await offload(fs.readFileSync, p, "utf8");'],
    ['function read(p: string): void { fs.writeFileSync(p, p); }', 'async function read(p: string): Promise<void> { await offload(fs.writeFileSync, p, p); }'],
  ])('%s', (before, after) => {
    const file = (declaration: string, call: string): string => `import fs from 'node:fs';\nimport { offload } from 'eslint-plugin-offload/runtime';\n${declaration}\nexport async function main(p: string) { return [${call}(p)]; }`;
    const output = fixed(file(before, 'read'), 'file.ts');
    expect(output).toBe(file(after, 'await read'));
    expect(ts.transpileModule(output, { reportDiagnostics: true }).diagnostics).toEqual([]);
  });
});

/** Not fixed: the whole file and whether there is a suggestion. */
const left: readonly (readonly [name: string, code: string, suggestions: 0 | 1])[] = [
  ['exported', 'export function read(p) { return fs.readFileSync(p); } export async function main() { read(1); }', 0],
  ['exported in a list', 'function read(p) { return fs.readFileSync(p); } export { read }; export async function main() { read(1); }', 0],
  ['the default export', 'export default function read(p) { return fs.readFileSync(p); } export async function main() { read(1); }', 0],
  ['passed on', 'function read(p) { return fs.readFileSync(p); } export async function main(xs) { read(1); xs.map(read); }', 0],
  ['kept', 'function read(p) { return fs.readFileSync(p); } export const all = [read]; export async function main() { read(1); }', 0],
  ['called at the top level', 'function read(p) { return fs.readFileSync(p); } read(0); export async function main() { read(1); }', 0],
  ['called in a class field', 'function read(p) { return fs.readFileSync(p); } export class A { text = read(0); } export async function main() { read(1); }', 0],
  ['called in a callback', 'function read(p) { return fs.readFileSync(p); } export async function main(xs) { return xs.filter((x) => read(x)); }', 0],
  ['called in an exported function that is not async', 'function read(p) { return fs.readFileSync(p); } export function one() { return read(0); } export async function main() { read(1); }', 0],
  ['called as an optional', 'const read = (p) => fs.readFileSync(p); export async function main() { read?.(1); }', 0],
  ['called with new', 'function Read(p) { fs.readFileSync(p); } export async function main() { new Read(1); }', 0],
  ['used as a promise', 'function read(p) { fs.statSync(p); return fetch(p); } export async function main() { return read(1).then(String); }', 0],
  ['a generator around the call', 'function read(p) { return fs.readFileSync(p); } function* all() { yield read(0); } export async function main() { read(1); all(); }', 0],
  ['blocks in a callback', 'const all = (ps) => ps.map((p) => fs.readFileSync(p)); export async function main() { all([]); }', 0],
  ['blocks in a function that another calls at once', 'const run = (fn) => fn(); const read = (p) => run(() => fs.readFileSync(p)); export async function main() { read(1); }', 0],
  ['is given to one that calls it at once', 'const run = (fn) => fn(); const read = () => fs.readFileSync(1); export async function main() { run(read); }', 0],
  ['gives one that blocks to another', 'const run = (fn) => fn(); const read = () => fs.readFileSync(1); const both = () => [run(read), fs.statSync(1)]; export async function main() { both(); }', 0],
  ['blocks in a parameter default', 'function read(p = fs.readFileSync(1)) { return p; } export async function main() { read(); }', 0],
  ['calls what cannot run on a worker', 'const open = (p) => fs.opendirSync(p); export async function main() { open(1); }', 0],
  ['said to block', '/** @blocking */ function read(p) { return fs.readFileSync(p); } export async function main() { read(1); }', 0],
  ['calls what is said to block', '/** @blocking */ function spin() {} function read(p) { spin(); return fs.readFileSync(p); } export async function main() { read(1); }', 0],
  ['a method', 'class A { read(p) { return fs.readFileSync(p); } async main() { this.read(1); } }', 0],
  ['a private method that is passed on', 'class A { #read(p) { return fs.readFileSync(p); } async main() { this.#read(1); return this.#read; } }', 0],
  ['a private method that is asked for', 'class A { #read(p) { return fs.readFileSync(p); } async main(a) { return #read in a && a.#read(1); } }', 0],
  ['a private method that a constructor calls', 'class A { #read(p) { return fs.readFileSync(p); } constructor() { this.#read(0); } async main() { this.#read(1); } }', 0],
  ['a private method that a static block calls', 'class A { static #read(p) { return fs.readFileSync(p); } static { this.#read(0); } async main() { A.#read(1); } }', 0],
  ['a private getter', 'class A { get #text() { return fs.readFileSync(1); } async main() { return this.#text; } }', 0],
  ['a helper that reads a getter', 'class A { get text() { return fs.readFileSync(1); } #lines() { return this.text.split(); } async main() { return this.#lines(); } }', 0],
  ['let', 'let read = (p) => fs.readFileSync(p); export async function main() { read(1); }', 0],
  ['a named function expression', 'const read = function again(p) { return p ? again(0) : fs.readFileSync(p); }; export async function main() { read(1); }', 0],
  // What other code may interfere with is suggested.
  ['writes to what is not its own', 'let text; function read(p) { text ??= fs.readFileSync(p); return text; } export async function main() { read(1); }', 1],
  ['writes to its argument', 'function read(o) { o.text = fs.readFileSync(o.path); } export async function main(o) { read(o); }', 1],
  ['checks, then acts', 'const has = (p) => fs.existsSync(p); const make = (p) => fs.mkdirSync(p); export async function main(p) { if (!has(p)) make(p); }', 1],
  ['read, await, write', 'const size = (p) => fs.statSync(p).size; export async function main(o) { o.n += size(1); }', 1],
];

describe('not fixed', () => {
  it.each(left)('%s', (_name, code, suggestions) => {
    const text = `import fs from 'fs';\n${code}`;
    const messages = verify(text, 'file.ts').filter(({ ruleId }) => ruleId === 'offload/no-indirect-blocking');
    expect(messages).not.toEqual([]);
    expect(messages.filter(({ fix }) => fix)).toEqual([]);
    // What runs on a worker as it is, is asked in offloaded-helpers.test.ts.
    const toMakeAsync = messages.map((message) => message.suggestions?.filter(({ messageId }) => messageId === 'makeAsync').length ?? 0);
    expect(toMakeAsync).toEqual(messages.map(() => suggestions));
    for (const { suggestions: offered = [] } of messages) {
      for (const { fix } of offered) expect(() => verify(text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1]), 'file.ts').filter((message) => message.fatal)).not.toThrow();
    }
  });

  it('what blocks in another file too', () => {
    const main = "import fs from 'fs'; import { load } from './config.js'; function read(p) { load(p); return fs.readFileSync(p); } export async function main() { read(1); }";
    const folder = project({ 'main.js': main, 'config.js': "import fs from 'fs'; export const load = (p) => fs.statSync(p);" });
    const [message, ...others] = lint(main, join(folder, 'main.js'));
    expect(others).toEqual([]);
    expect(message).not.toHaveProperty('fix');
  });

  it('a function with a type of its own, a type guard, a type made of it', () => {
    for (const code of [
      'const read: (p: string) => Buffer = (p) => fs.readFileSync(p); export async function main() { read("a"); }',
      'function isFile(p: unknown): p is string { return fs.existsSync(p as string); } export async function main() { isFile("a"); }',
      'function read(p: string) { return fs.readFileSync(p); } export type Text = ReturnType<typeof read>; export async function main() { read("a"); }',
      'function read(p: string): Promise<Buffer> { return Promise.resolve(fs.readFileSync(p)); } export async function main() { await read("a"); }',
    ]) expect(fixed(`import fs from 'fs';\n${code}`, 'file.ts')).toContain(code);
  });

  it('a script, whose functions are everybody\'s', () => {
    const code = "const fs = require('fs'); function read(p) { return fs.readFileSync(p); } async function main() { read(1); }";
    const messages = new Linter().verify(code, [{ ...config('file.js'), languageOptions: { sourceType: 'script' } }], { filename: 'file.js' });
    expect(messages).toHaveLength(1);
    expect(messages[0]).not.toHaveProperty('fix');
  });

  it('fix: "none"', () => {
    const code = "import fs from 'fs'; const read = (p) => fs.readFileSync(p); export async function main() { read(1); }";
    const messages = new Linter().verify(code, [{ ...config('file.js'), rules: { 'offload/no-indirect-blocking': ['error', { fix: 'none' }] } }], { filename: 'file.js' });
    expect(messages).toHaveLength(1);
    expect(messages[0]).not.toHaveProperty('fix');
  });
});

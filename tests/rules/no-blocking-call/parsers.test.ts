import * as babel from '@babel/eslint-parser';
import * as typescript from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../../../src/index.js';

/**
 * Babel's parser 7 brings a scope manager that ESLint 10 cannot use (it has no `addGlobals`); its tree is what matters
 * here, and ESLint makes the scopes itself where a parser gives none.
 */
const babelTree: Linter.Parser = {
  parseForESLint(code: string, options: object) {
    const { ast, visitorKeys } = (babel as unknown as Parser).parseForESLint(code, options);
    return { ast, visitorKeys };
  },
};

interface Parser {
  parseForESLint(code: string, options: object): Linter.ESLintParseResult & { visitorKeys: NonNullable<Linter.ESLintParseResult['visitorKeys']> };
}

const parsers: Readonly<Record<string, Linter.LanguageOptions>> = {
  espree: {},
  '@typescript-eslint/parser': { parser: typescript },
  '@typescript-eslint/parser with types': { parser: typescript, parserOptions: { projectService: { allowDefaultProject: ['*.js'] }, tsconfigRootDir: import.meta.dirname } },
  '@babel/eslint-parser': { parser: babelTree, parserOptions: { requireConfigFile: false } },
  '@babel/eslint-parser with nodes for parentheses': { parser: babelTree, parserOptions: { requireConfigFile: false, babelOptions: { parserOpts: { createParenthesizedExpressions: true } } } },
};

const head = "import fs from 'node:fs';\nimport { offload } from 'eslint-plugin-offload/runtime';\n";

const cases: readonly (readonly [before: string, after: string])[] = [
  ['async function load(p) { return fs.readFileSync(p).x; }', 'async function load(p) { return (await offload(fs.readFileSync, p)).x; }'],
  ['async function load(p) { return (fs.readFileSync(p)).x; }', 'async function load(p) { return (await offload(fs.readFileSync, p)).x; }'],
  ['async function load(p) { return (fs.readFileSync)(p)?.x; }', 'async function load(p) { return (await offload((fs.readFileSync), p))?.x; }'],
  ['async function load(p) { return (0, fs.readFileSync)(p); }', 'async function load(p) { return await offload((0, fs.readFileSync), p); }'],
  ['async function load(p) { return new (fs.readFileSync(p))(); }', 'async function load(p) { return new (await offload(fs.readFileSync, p))(); }'],
  ['async function load(p) { return class extends fs.readFileSync(p) {}; }', 'async function load(p) { return class extends (await offload(fs.readFileSync, p)) {}; }'],
  ['class A { #p = async (p) => fs.readFileSync(p) ** 2; static text = (p) => p; }', 'class A { #p = async (p) => (await offload(fs.readFileSync, p)) ** 2; static text = (p) => p; }'],
  ["const read = (await import('fs')).readFileSync; export async function load(p) { p()\nread(p).x }", "const read = (await import('fs')).readFileSync; export async function load(p) { p()\n;(await offload(read, p)).x }"],
  ['p.then((x) => fs.readFileSync(x));', 'p.then((x) => offload(fs.readFileSync, x));'],
  // Not fixed, in each of them.
  ['async function load(p = fs.readFileSync(1)) { return fs?.readFileSync(p); }', 'async function load(p = fs.readFileSync(1)) { return fs?.readFileSync(p); }'],
  ['async function load() { return class { static text = fs.readFileSync(1); static #own = fs.readFileSync(1); static { fs.readFileSync(1); } }; }', 'async function load() { return class { static text = fs.readFileSync(1); static #own = fs.readFileSync(1); static { fs.readFileSync(1); } }; }'],
  ['async function load(o) { o.n += fs.readFileSync(1); (o.n) ||= fs.readFileSync(1); }', 'async function load(o) { o.n += fs.readFileSync(1); (o.n) ||= fs.readFileSync(1); }'],
];

describe.each(Object.entries(parsers))('%s', (_name, languageOptions) => {
  const linter = new Linter();
  const config: Linter.Config = { plugins: { offload: plugin }, languageOptions, rules: { 'offload/no-blocking-call': 'error' } };

  it.each(cases)('%s', (before, after) => {
    expect(linter.verify(head + before, config, { filename: 'file.js' })).not.toEqual([]);
    const { output, messages } = linter.verifyAndFix(head + before, config, { filename: 'file.js' });
    expect(output).toBe(head + after);
    expect(messages.filter((message) => message.fatal === true || message.fix)).toEqual([]);
  });
});

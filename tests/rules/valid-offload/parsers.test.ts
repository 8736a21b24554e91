import * as babel from '@babel/eslint-parser';
import * as typescript from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../../../src/index.js';
import { argumentsRefused, closures, loops, promises, tasks, valid, writes } from './programs.js';

/** Its tree alone: see the parsers of no-blocking-call. */
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
  '@typescript-eslint/parser': { parser: typescript },
  '@babel/eslint-parser': { parser: babelTree, parserOptions: { requireConfigFile: false } },
  '@babel/eslint-parser with nodes for parentheses': { parser: babelTree, parserOptions: { requireConfigFile: false, babelOptions: { parserOpts: { createParenthesizedExpressions: true } } } },
};

const linter = new Linter();
const head = "import { offload } from 'eslint-plugin-offload/runtime';\n";

function messages(code: string, languageOptions: Linter.LanguageOptions): string[] {
  const whole = /import \{[^}]*\boffload\b/.test(code) ? code : head + code;
  return linter.verify(whole, { plugins: { offload: plugin }, languageOptions, rules: { 'offload/valid-offload': 'error' } }, { filename: 'file.js' }).map(({ line, column, message, fix }) => `${line}:${column} ${message} ${fix?.text ?? ''}`);
}

describe.each(Object.entries(parsers))('%s', (_, languageOptions) => {
  it.each([...closures, ...tasks, ...argumentsRefused, ...writes, ...promises, ...loops, ...valid])('says the same of $name as ESLint\'s own parser', ({ code }) => {
    expect(messages(code, languageOptions)).toEqual(messages(code, {}));
  });
});

import { ESLint, type Linter } from 'eslint';
import { afterEach, describe, expect, test } from 'vitest';
import plugin from '../../src/index.js';
import { checkedRows, inlineCode } from '../docs/markdown.js';
import { installed, Project } from './project.js';

const extensions = ['vue', 'svelte', 'astro'] as const;
type Extension = (typeof extensions)[number];

let project: Project | undefined;

afterEach(() => {
  project?.[Symbol.dispose]();
  project = undefined;
});

const files = {
  'package.json': '{ "name": "project", "private": true, "type": "module" }',
  'src/texts.ts': "import fs from 'node:fs';\nexport const text = (path: string): string => fs.readFileSync(path, 'utf8');\n",
};

async function eslintFor(options: unknown = {}, fix = false): Promise<ESLint> {
  const parser = await installed('@typescript-eslint/parser');
  const components = await Promise.all(extensions.map(async (extension): Promise<Linter.Config> => ({
    files: [`**/*.${extension}`],
    languageOptions: { parser: (await installed(`${extension}-eslint-parser`)) as Linter.Parser, parserOptions: { parser } },
  })));
  const rules: Linter.RulesRecord = { 'offload/no-blocking-call': ['error', options], 'offload/no-busy-loop': 'error', 'offload/no-indirect-blocking': 'error', 'offload/valid-offload': 'error' };
  return new ESLint({ cwd: project!.folder, fix, overrideConfigFile: true, overrideConfig: [{ files: ['**/*'], plugins: { offload: plugin }, rules }, ...components] });
}

async function lint(file: string, text: string, options?: unknown): Promise<Linter.LintMessage[]> {
  project = new Project({ ...files, [file]: text }, {});
  const [{ messages }] = (await (await eslintFor(options)).lintFiles([file])) as [ESLint.LintResult];
  return messages;
}

/** The fixed text, which the same parser reads, and in which nothing is left to fix. */
async function fixed(file: string, text: string): Promise<string> {
  project = new Project({ ...files, [file]: text }, {});
  const [{ output = text, messages }] = (await (await eslintFor({}, true)).lintFiles([file])) as [ESLint.LintResult];
  expect(messages.filter(({ fatal, fix }) => fatal === true || fix)).toEqual([]);
  return output;
}

const runtime = "import { offload } from 'eslint-plugin-offload/runtime';";
const fs = "import { readFileSync } from 'node:fs';";
const load = (body: string): string => `export async function load(path) { return ${body}; }`;
const before = load('readFileSync(path).length');
const after = load('(await offload(readFileSync, path)).length');
const dynamic = load("(await import('node:fs')).readFileSync(path).length");
const dynamicAfter = load("(await offload((await import('node:fs')).readFileSync, path)).length");

/** What a component is, and what is left of it, line by line. */
const examples: Readonly<Record<Extension, Readonly<Record<string, readonly [before: readonly string[], after: readonly string[]]>>>> = {
  vue: {
    'below its imports': [['<template><p>x</p></template>', '<script>', fs, before, '</script>', '<style>p {}</style>'], ['<template><p>x</p></template>', '<script>', fs, runtime, after, '</script>', '<style>p {}</style>']],
    'at the top of its script': [['<template><p>x</p></template>', '<script setup lang="ts">', dynamic, '</script>'], ['<template><p>x</p></template>', '<script setup lang="ts">', runtime, '', dynamicAfter, '</script>']],
    'once for both of its scripts': [['<script setup>', before.replace('load', 'first'), '</script>', '<script>', fs, before, '</script>'], ['<script setup>', after.replace('load', 'first'), '</script>', '<script>', fs, runtime, after, '</script>']],
    'as far in as the script is': [['<script>', `  ${fs}`, `  ${before}`, '</script>'], ['<script>', `  ${fs}`, `  ${runtime}`, `  ${after}`, '</script>']],
    'beside a tag': [[`<script>${fs}</script>`, `<script setup>${before}</script>`], [`<script>${fs}`, `${runtime}</script>`, `<script setup>${after}</script>`]],
  },
  svelte: {
    'below its imports': [['<p>x</p>', '<script>', `  ${fs}`, `  ${before}`, '</script>', '<style>p { color: red }</style>'], ['<p>x</p>', '<script>', `  ${fs}`, `  ${runtime}`, `  ${after}`, '</script>', '<style>p { color: red }</style>']],
    'at the top of its script': [['<p>x</p>', '<script lang="ts">', `  ${dynamic}`, '</script>'], ['<p>x</p>', '<script lang="ts">', `  ${runtime}`, '', `  ${dynamicAfter}`, '</script>']],
    'once for both of its scripts': [['<script context="module">', `  ${before}`, '</script>', '<script>', `  ${fs}`, `  ${before.replace('load', 'second')}`, '</script>'], ['<script context="module">', `  ${after}`, '</script>', '<script>', `  ${fs}`, `  ${runtime}`, `  ${after.replace('load', 'second')}`, '</script>']],
    'for a call in its markup': [['<script>', `  ${fs}`, '</script>', "<button on:click={async () => { use(readFileSync('a')); }}>x</button>"], ['<script>', `  ${fs}`, `  ${runtime}`, '</script>', "<button on:click={async () => { use(await offload(readFileSync, 'a')); }}>x</button>"]],
    'not again': [['<script>', `  ${fs}`, `  ${runtime}`, `  ${before}`, '</script>'], ['<script>', `  ${fs}`, `  ${runtime}`, `  ${after}`, '</script>']],
  },
  astro: {
    'below its imports': [['---', fs, before, '---', '<p>x</p>'], ['---', fs, runtime, after, '---', '<p>x</p>']],
    'at the top of its front matter': [['---', dynamic, '---', '<p>x</p>'], ['---', runtime, '', dynamicAfter, '---', '<p>x</p>']],
    'for a call in its markup': [['---', fs, '---', "<p>{(async () => readFileSync('a').length)()}</p>"], ['---', fs, runtime, '---', "<p>{(async () => (await offload(readFileSync, 'a')).length)()}</p>"]],
  },
};

describe.each(extensions)('.%s: the import is written', (extension) => {
  test.each(Object.entries(examples[extension]))('%s', async (_name, [given, expected]) => {
    expect(await fixed(`src/page.${extension}`, given.join('\n'))).toBe(expected.join('\n'));
  });

  test('with CRLF', async () => {
    const [given, expected] = examples[extension]['below its imports']!;
    expect(await fixed(`src/page.${extension}`, given.join('\r\n'))).toBe(expected.join('\r\n'));
  });
});

describe.each([
  ['vue', '<script>', '</script>'],
  ['svelte', '<script>', '</script>'],
  ['astro', '---', '---'],
])('.%s', (extension, open, close) => {
  test('is reported where the call stands', async () => {
    const messages = await lint(`src/page.${extension}`, `${open}\n${fs}\n\n${before}\n${close}\n`);
    expect(messages.map(({ line, column, endColumn, ruleId }) => [line, column, endColumn, ruleId])).toEqual([[4, 43, 55, 'offload/no-blocking-call']]);
  });

  test('calls that lead to other files are followed', async () => {
    const messages = await lint(`src/page.${extension}`, `${open}\nimport { text } from './texts.js';\n${load('text(path)')}\n${close}\n`);
    expect(messages.map(({ ruleId, message }) => [ruleId, message])).toEqual([['offload/no-indirect-blocking', 'text() blocks the event loop: text (texts.ts:2) → fs.readFileSync (texts.ts:2).']]);
  });

  test('nothing is suggested at its top level', async () => {
    const messages = await lint(`src/page.${extension}`, `${open}\n${fs}\nconst text = readFileSync('a');\n${close}\n`, { contexts: 'everywhere' });
    expect(messages).toMatchObject([{ line: 3, message: expect.stringContaining('the top level of a component') }]);
    expect(messages[0]!.suggestions ?? []).toEqual([]);
  });
});

describe('the reasons against a fix in a component', () => {
  const rows = checkedRows('docs/guide/fix-safety.md', 'each row is a hazard of components').map((cells) => [inlineCode(cells[0]!), inlineCode(cells[2]!)] as const);

  // The first stands for all frameworks, the second for those whose markup holds code.
  test.each([['vue', ...rows[0]!], ['svelte', ...rows[0]!], ['svelte', ...rows[1]!]] as const)('.%s: %s', async (extension, says, example) => {
    const messages = await lint(`src/page.${extension}`, example, { contexts: 'everywhere' });
    expect(messages.map(({ message }) => message)).toEqual([expect.stringContaining(`Not fixed automatically: ${says}`)]);
    expect(messages[0]).not.toHaveProperty('fix');
    expect(messages[0]!.suggestions ?? []).toEqual([]);
  });

  test('an Astro page without front matter', async () => {
    const messages = await lint('src/page.astro', "<p>{(async () => (await import('node:fs')).rmSync('a'))()}</p>\n");
    expect(messages).toMatchObject([{ message: expect.stringContaining(rows[1]![0]) }]);
  });
});

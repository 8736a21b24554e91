import { readFileSync } from 'node:fs';
import type { ESLint } from 'eslint';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { blocksOf } from '../docs/markdown.js';
import { packageFolder, Project, run } from './project.js';

const page = 'docs/guide/clients.md';
const call = "import { readFileSync } from 'node:fs';\nexport const load = async (path) => readFileSync(path, 'utf8');\n";
const files = {
  'package.json': '{ "name": "project", "private": true, "type": "module" }',
  'src/load.js': call,
  'src/load.ts': call.replace('(path)', '(path: string)'),
  'src/load.vue': `<script>\n${call}</script>\n`,
  'src/load.svelte': `<script>\n${call}</script>\n`,
  'src/load.astro': `---\n${call}---\n`,
  'src/load.md': `\`\`\`js\n${call}\`\`\`\n`,
};
const packages = ['@eslint/markdown', '@typescript-eslint/parser', 'astro-eslint-parser', 'oxlint', 'svelte-eslint-parser', 'vue-eslint-parser'];

let project: Project;

beforeEach(() => {
  project = new Project(files, Object.fromEntries(packages.map((name) => [name, name])));
});

afterEach(() => {
  project[Symbol.dispose]();
});

describe.each(blocksOf(page).filter(({ mark }) => mark === 'client'))('line $line', ({ code }) => {
  test('is a configuration that ESLint loads, and that reports the call in each kind of file it names', async () => {
    project.write('eslint.config.js', code);
    const { stdout, stderr } = await run(process.execPath, project, [packageFolder('eslint/bin/eslint.js'), 'src', '-f', 'json']);
    if (stdout === '') throw new Error(stderr);
    const named = Object.keys(files).filter((file) => file.startsWith('src/') && (code.includes(`.${file.slice('src/load.'.length)}'`) || file === 'src/load.js') && !(file.endsWith('.js') && code.includes('.md/*.js')));
    const reported = (JSON.parse(stdout) as ESLint.LintResult[]).filter(({ messages }) => messages.some(({ ruleId }) => ruleId === 'offload/no-blocking-call')).map(({ filePath }) => filePath.slice(project.folder.length + 1));
    expect(reported.sort()).toEqual(named.sort());
  });
});

test('the configuration of oxlint reports the call', async () => {
  project.write('.oxlintrc.json', blocksOf(page).find(({ language, code }) => language === 'json' && code.includes('jsPlugins'))!.code);
  const { stdout } = await run(process.execPath, project, [packageFolder('oxlint/bin/oxlint'), 'src/load.js']);
  expect(stdout).toContain('offload(no-blocking-call)');
});

test('the versions it names are those that are installed', () => {
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync('tests/clients/package.json', 'utf8')) as Record<'dependencies' | 'optionalDependencies', Record<string, string>>;
  const pinned = Object.values({ ...dependencies, ...optionalDependencies }).map((version) => version.split('@').at(-1));
  const named = readFileSync(page, 'utf8').match(/\b\d+\.\d+\.\d+\b/g)!;
  expect(named.length).toBeGreaterThan(15);
  for (const version of named) expect(pinned).toContain(version);
});

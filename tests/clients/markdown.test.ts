import type { ESLint } from 'eslint';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packageFolder, Project, run } from './project.js';

const config = `import markdown from '@eslint/markdown';
import * as parser from '@typescript-eslint/parser';
import offload from 'eslint-plugin-offload';

export default [
  { files: ['**/*.md'], plugins: { markdown }, processor: 'markdown/markdown' },
  { ...offload.configs.recommended, files: ['**/*.md/*'] },
  { files: ['**/*.md/*'], rules: { 'offload/no-indirect-blocking': 'error' } },
  { files: ['**/*.md/*.ts'], languageOptions: { parser } },
];
`;

const page = (first: string, second: string, third: string): string => `# Loading

\`\`\`js
import { readFileSync } from 'node:fs';
${first}
\`\`\`

- In CommonJS:

  \`\`\`ts
  const fs = require('node:fs');
${second}
  \`\`\`

\`\`\`js
${third}
\`\`\`

\`\`\`sh
cat config.json
\`\`\`
`;
const runtime = "{ offload } = require('eslint-plugin-offload/runtime');";
const helper = 'function text(path) {\n  return readFileSync(path);\n}\n\nexport const load = async (path) => text(path);';
const fixedHelper = 'async function text(path) {\n  return await offload(readFileSync, path);\n}\n\nexport const load = async (path) => await text(path);';
const before = page(helper, '  exports.load = async (path: string) => fs.readFileSync(path).length;', 'const text = fs.readFileSync(path);');
const after = page(
  `import { offload } from 'eslint-plugin-offload/runtime';\n${fixedHelper}`,
  `  const ${runtime}\n  exports.load = async (path: string) => (await offload(fs.readFileSync, path)).length;`,
  'const text = fs.readFileSync(path);',
);

let project: Project;

beforeEach(() => {
  project = new Project({ 'package.json': '{ "type": "module" }', 'eslint.config.js': config, 'page.md': before }, { '@eslint/markdown': '@eslint/markdown', '@typescript-eslint/parser': '@typescript-eslint/parser' });
});

afterEach(() => {
  project[Symbol.dispose]();
});

describe.each(['eslint-9.34', 'eslint'])('blocks of code in Markdown, by %s', (release) => {
  test('are reported where they stand, and fixed each by itself', async () => {
    expect(await lint()).toEqual(['9:37 offload/no-indirect-blocking', '16:42 offload/no-blocking-call']);
    expect(await lint('--fix')).toEqual([]);
    expect(project.read('page.md')).toBe(after);
  });

  async function lint(...args: readonly string[]): Promise<string[]> {
    const { stdout, stderr } = await run(process.execPath, project, [packageFolder(`${release}/bin/eslint.js`), 'page.md', '-f', 'json', ...args]);
    if (stdout === '') throw new Error(stderr);
    return (JSON.parse(stdout) as ESLint.LintResult[]).flatMap(({ messages }) => messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId ?? message}`));
  }
});

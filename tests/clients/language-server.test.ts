import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Diagnostic, LanguageClient } from './language-client.js';
import { Project } from './project.js';
import { vscodeEslint } from './vscode-eslint.js';

const files = {
  'package.json': '{ "name": "project", "private": true, "type": "module" }',
  'eslint.config.js': `import * as parser from '@typescript-eslint/parser';
import offload from 'eslint-plugin-offload';

export default [
  offload.configs.strict,
  { rules: { 'offload/no-indirect-blocking': 'error' } },
  { files: ['**/*.ts'], languageOptions: { parser } },
];
`,
  'src/settings.js': "import fs from 'node:fs';\n\nexport const readSettings = (path) => JSON.parse(fs.readFileSync(path, 'utf8'));\n",
  'src/handler.js': `import { readSettings } from './settings.js';

export async function handle(request) {
  return readSettings(request.path);
}
`,
};

/** The same in both languages. */
const program = (type: string, request = type && `: { ${type} }`): string => `import fs from 'node:fs';

export async function load(path${type && ': string'}) {
  return fs.readFileSync(path, 'utf8').trim();
}

export async function grow(request${request}, path${type && ': string'}) {
  request.size += fs.statSync(path).size;
  if (!fs.existsSync(path)) fs.mkdirSync(path);
}
`;

let project: Project;
let editor: LanguageClient;

beforeEach(async () => {
  project = new Project({ ...files, 'src/load.js': program(''), 'src/load.ts': program('size: number') }, { eslint: 'eslint', '@typescript-eslint/parser': '@typescript-eslint/parser' });
  editor = await LanguageClient.start(project, vscodeEslint);
});

afterEach(async () => {
  await editor.stop();
  project[Symbol.dispose]();
});

describe.each([['src/load.js', ''], ['src/load.ts', 'size: number']])('%s', (file, type) => {
  test('is linted as it is typed, and fixed at a problem, by suggestion, and as a whole', async () => {
    const found = await editor.open(file);
    expect(shown(found)).toEqual(['4:10 no-blocking-call', '8:19 no-blocking-call', '9:8 no-blocking-call', '9:29 no-blocking-call']);
    expect(found[0]!.codeDescription?.href).toMatch(/no-blocking-call\.md$/);

    const clean = "export const load = async (path) => path;\n";
    expect(await editor.type(file, clean)).toEqual([]);
    expect(shown(await editor.type(file, program(type)))).toEqual(shown(found));

    const titles = await Promise.all(found.map(async (problem) => (await editor.actionsAt(file, problem)).map(({ title }) => title).filter((title) => !/^(?:Disable|Show)/.test(title))));
    expect(titles[0]).toContain('Fix this offload/no-blocking-call problem');
    for (const offered of titles.slice(1)) expect(offered).toEqual([expect.stringMatching(/^Run fs\.\w+\(\) on a worker with `await offload\(fs\.\w+, …\)`\. Check first: .* \(offload\/no-blocking-call\)$/)]);
  });

  test('a quick fix takes one problem away', async () => {
    const [first] = await editor.open(file);
    await editor.apply((await editor.actionsAt(file, first!)).find(({ title }) => title.startsWith('Fix this'))!);
    expect(editor.text(file)).toContain("import { offload } from 'eslint-plugin-offload/runtime';");
    expect(editor.text(file)).toContain("return (await offload(fs.readFileSync, path, 'utf8')).trim();");
    expect(shown(await editor.type(file, editor.text(file)))).toEqual(['9:19 no-blocking-call', '10:8 no-blocking-call', '10:29 no-blocking-call']);
  });

  test('each suggestion does what it says, and the last leaves nothing', async () => {
    let found = await editor.open(file);
    for (let left = found.length; left > 0; left -= 1) {
      expect(found).toHaveLength(left);
      const actions = await editor.actionsAt(file, found.at(-1)!);
      await editor.apply(actions.find(({ title }) => title.startsWith('Run ') || title.startsWith('Fix this'))!);
      found = await editor.type(file, editor.text(file));
    }
    expect(found).toEqual([]);
    expect(editor.text(file).match(/await offload\(fs\.\w+/g)).toEqual(['await offload(fs.readFileSync', 'await offload(fs.statSync', 'await offload(fs.existsSync', 'await offload(fs.mkdirSync']);
    expect(editor.text(file).match(/import \{ offload \}/g)).toHaveLength(1);
  });

  test('saving fixes what is safe, and only that', async () => {
    await editor.open(file);
    await editor.fixAll(file, 'source.fixAll.eslint');
    expect(shown(await editor.type(file, editor.text(file)))).toEqual(['9:19 no-blocking-call', '10:8 no-blocking-call', '10:29 no-blocking-call']);
    const fixed = editor.text(file);
    await editor.fixAll(file, 'source.fixAll.eslint');
    expect(editor.text(file)).toBe(fixed);
  });
});

describe('a call of another file', () => {
  const blocking = ['4:10 no-indirect-blocking'];
  const quick = 'export const readSettings = (path) => ({ path });\n';

  test('is judged by what is saved of that file, and again once that is saved', async () => {
    expect(shown(await editor.open('src/handler.js'))).toEqual(blocking);
    await editor.open('src/settings.js');
    await editor.type('src/settings.js', quick);
    expect(await relinted()).toEqual(blocking);
    editor.save('src/settings.js');
    expect(await relinted()).toEqual([]);
  });

  /** Editors lint a file anew when it is typed in, and not when another one changes. */
  async function relinted(): Promise<readonly string[]> {
    const text = editor.text('src/handler.js');
    await editor.type('src/handler.js', `${text}\n`);
    return shown(await editor.type('src/handler.js', text));
  }
});

function shown(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ range: { start }, code }) => `${start.line + 1}:${start.character + 1} ${String(code).slice('offload/'.length)}`).sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}

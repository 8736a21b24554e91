import { cpSync, rmSync } from 'node:fs';
import type { ESLint } from 'eslint';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Diagnostic, LanguageClient, type Server } from './language-client.js';
import { type Outcome, packageFolder, Project, run } from './project.js';

const executable = packageFolder('oxlint/bin/oxlint');
const rules = { 'offload/no-blocking-call': 'error', 'offload/no-busy-loop': 'error', 'offload/no-indirect-blocking': 'error', 'offload/valid-offload': 'error' } as const;
const config = { jsPlugins: ['eslint-plugin-offload'], categories: { correctness: 'off' }, rules };

let project: Project;

afterEach(() => {
  project[Symbol.dispose]();
});

describe('the command', () => {
  beforeEach(() => {
    project = Project.of('project', { '@typescript-eslint/parser': '@typescript-eslint/parser' });
    project.write('.oxlintrc.json', JSON.stringify(config));
  });

  test('reports what ESLint reports', async () => {
    project.write('eslint.config.js', `import * as parser from '@typescript-eslint/parser';\nimport offload from 'eslint-plugin-offload';\nexport default [{ files: ['src/**'], plugins: { offload }, rules: ${JSON.stringify(rules)} }, { files: ['**/*.ts'], languageOptions: { parser } }];\n`);
    const { stdout } = await run(process.execPath, project, [packageFolder('eslint/bin/eslint.js'), 'src', '-f', 'json']);
    const messages = (JSON.parse(stdout) as ESLint.LintResult[]).flatMap(({ filePath, messages }) => messages.map(({ line, column, ruleId, message }) => `${filePath.slice(project.folder.length + 1)}:${line}:${column} ${String(ruleId)} ${message}`));
    expect(messages.length).toBeGreaterThan(10);
    expect((await found()).sort()).toEqual(messages.sort());
  });

  test('comes to the same fixes, a few calls of a file at each run', async () => {
    let before: object;
    let runs = 0;
    do {
      before = project.sources();
      await oxlint('--fix');
      runs += 1;
    } while (JSON.stringify(before) !== JSON.stringify(project.sources()));
    // One pass a run; the last one changes nothing.
    expect(runs).toBeGreaterThan(2);
    for (const [file, text] of Object.entries(project.sources())) await expect(text).toMatchFileSnapshot(`fixtures/fixed/${file}`);
    expect(await found()).toEqual([expect.stringContaining('offload/no-indirect-blocking')]);
  });

  test('follows calls into other files where typescript-eslint can read them, and nowhere else', async () => {
    const indirect = async (file = executable): Promise<string[]> => reportsOf(await run(process.execPath, project, [file, '-f', 'json', 'src'])).filter((line) => line.includes('no-indirect-blocking')).map((line) => line.split(' ')[2]!).sort();
    expect(await indirect()).toEqual(['readSettings()', 'text()']);
    // A copy, as what stands beside the real one is found, too.
    for (const name of ['oxlint', '@oxlint']) cpSync(packageFolder(name), project.path('node_modules', name), { recursive: true });
    rmSync(project.path('node_modules/@typescript-eslint'), { recursive: true });
    expect(await indirect(project.path('node_modules/oxlint/bin/oxlint'))).toEqual(['text()']);
  });

  test('takes suggestions', async () => {
    project.write('src/grow.js', "import fs from 'node:fs';\n\nexport async function grow(file) {\n  file.size += fs.statSync(file.path).size;\n}\n");
    await oxlint('--fix', 'src/grow.js');
    expect(project.read('src/grow.js')).not.toContain('offload');
    await oxlint('--fix-suggestions', 'src/grow.js');
    expect(project.read('src/grow.js')).toBe("import fs from 'node:fs';\nimport { offload } from 'eslint-plugin-offload/runtime';\n\nexport async function grow(file) {\n  file.size += (await offload(fs.statSync, file.path)).size;\n}\n");
  });

  test('takes options and settings', async () => {
    project.write('src/size.js', "import fs from 'node:fs';\nexport const size = async (path) => fs.statSync(path).size + fs.readFileSync(path).length;\n");
    project.write('.oxlintrc.json', JSON.stringify({ ...config, rules: { 'offload/no-blocking-call': ['error', { minimumCost: 'long' }] }, settings: { offload: { runtime: '#offload' } } }));
    expect(await found('src/size.js')).toEqual([expect.stringMatching(/^src\/size\.js:2:\d+ offload\/no-blocking-call fs\.readFileSync\(\)/)]);
    await oxlint('--fix', 'src/size.js');
    expect(project.read('src/size.js')).toContain("import { offload } from '#offload';");
  });
});

describe('the language server', () => {
  const server: Server = {
    file: executable,
    args: ['--lsp'],
    settings: () => ({ run: 'onType' }),
    initializationOptions: (workspaceUri) => [{ workspaceUri, options: { run: 'onType' } }],
  };
  const file = 'src/load.js';
  let editor: LanguageClient;

  beforeEach(async () => {
    project = new Project({
      'package.json': '{ "name": "project", "private": true, "type": "module" }',
      '.oxlintrc.json': JSON.stringify(config),
      [file]: "import fs from 'node:fs';\n\nexport async function grow(file) {\n  file.text = fs.readFileSync(file.path, 'utf8');\n  file.size += fs.statSync(file.path).size;\n}\n",
    }, {});
    editor = await LanguageClient.start(project, server);
  });

  afterEach(async () => {
    await editor.stop();
  });

  test('reports as it is typed, offers the fix and the suggestion, and fixes on saving', async () => {
    const found = await opened();
    expect(found.map(({ range: { start } }) => `${start.line + 1}:${start.character + 1}`)).toEqual(['4:15', '5:16']);
    const titles = await Promise.all(found.map(async (problem) => (await editor.actionsAt(file, problem)).map(({ title }) => title)));
    expect(titles[0]![0]).toMatch(/^Fix|Run it on a worker/);
    expect(titles[1]!.some((title) => title.startsWith('Run fs.statSync() on a worker'))).toBe(true);

    expect(await editor.type(file, 'export {};\n')).toEqual([]);
    await editor.type(file, project.read(file));
    await editor.fixAll(file, 'source.fixAll.oxc');
    expect(editor.text(file)).toContain("file.text = await offload(fs.readFileSync, file.path, 'utf8');");
    expect(editor.text(file)).toContain('file.size += fs.statSync');
    const [left, ...others] = await editor.type(file, editor.text(file));
    expect(others).toEqual([]);
    const suggestion = (await editor.actionsAt(file, left!)).find(({ title }) => title.startsWith('Run '))!;
    await editor.apply(suggestion);
    expect(editor.text(file)).toContain('file.size += (await offload(fs.statSync, file.path)).size;');
  });

  /** The server answers before it has read its configuration, and then once more when it is asked again. */
  async function opened(): Promise<Diagnostic[]> {
    let found = await editor.open(file);
    while (found.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      found = await editor.diagnostics(file);
    }
    return found.sort((one, other) => one.range.start.line - other.range.start.line);
  }
});

function oxlint(...args: readonly string[]): Promise<Outcome> {
  return run(process.execPath, project, [executable, ...(args.some((arg) => arg.startsWith('src')) ? [] : ['src']), ...args]);
}

/** What is reported, by place, rule and message. */
async function found(...args: readonly string[]): Promise<string[]> {
  return reportsOf(await oxlint('-f', 'json', ...args));
}

function reportsOf({ stdout }: Outcome): string[] {
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: OxlintDiagnostic[] };
  return diagnostics.map(({ filename, code, message, labels: [{ span }] }) => `${filename}:${span.line}:${span.column} ${code.replace(/\((.*)\)$/, '/$1')} ${message}`);
}

interface OxlintDiagnostic {
  readonly filename: string;
  readonly code: string;
  readonly message: string;
  readonly labels: [{ readonly span: { readonly line: number; readonly column: number } }];
}

import type { ESLint } from 'eslint';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Diagnostic, LanguageClient } from './language-client.js';
import { packageFolder, Project, run } from './project.js';
import { vscodeEslint } from './vscode-eslint.js';

const files = {
  'package.json': '{ "name": "project", "private": true, "type": "module" }',
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "nodenext", "noEmit": true, "types": [] }, "include": ["src"] }',
  'eslint.config.js': `import * as parser from '@typescript-eslint/parser';
import offload from 'eslint-plugin-offload';

export default [
  { ...offload.configs.recommended, files: ['**/*.ts'] },
  { files: ['**/*.ts'], rules: { 'offload/no-indirect-blocking': 'error' }, languageOptions: { parser, parserOptions: { projectService: process.env.TYPED !== 'no', tsconfigRootDir: import.meta.dirname } } },
];
`,
  'src/store.ts': `// @ts-expect-error: no types of Node are installed here.
import fs from 'node:fs';

export class Store {
  load(path: string): string {
    return fs.readFileSync(path, 'utf8');
  }
}

export interface Loads {
  readonly store: Store;
}
`,
  // Whose method this is, only the types know.
  'src/handler.ts': `import type { Loads } from './store.js';

export const handle = async (context: { readonly of: () => Loads }): Promise<string> => context.of().store.load('a.txt');
`,
};

let project: Project;

beforeEach(() => {
  project = new Project(files, Object.fromEntries(['@typescript-eslint/parser', 'eslint', 'typescript'].map((name) => [name, name])));
});

afterEach(() => {
  project[Symbol.dispose]();
});

const expected = 'context.of().store.load() blocks the event loop: Store.load (store.ts:5) → fs.readFileSync (store.ts:6).';

describe('typed linting', () => {
  test.each(['eslint-8.57', 'eslint-9.34', 'eslint'])('of %s knows whose method is called', async (release) => {
    const lint = async (typed: string): Promise<string[]> => {
      const { stdout, stderr } = await run(process.execPath, project, [packageFolder(`${release}/bin/eslint.js`), 'src', '-f', 'json'], { ESLINT_USE_FLAT_CONFIG: 'true', TYPED: typed });
      if (stdout === '') throw new Error(stderr);
      return (JSON.parse(stdout) as ESLint.LintResult[]).flatMap(({ messages }) => messages.map(({ message }) => message));
    };
    expect(await lint('yes')).toEqual([expected]);
    expect(await lint('no')).toEqual([]);
  });

  test('in an editor sees types as they are typed', async () => {
    const editor = await LanguageClient.start(project, vscodeEslint);
    const messages = (found: readonly Diagnostic[]): string[] => found.map(({ message }) => message);
    expect(messages(await editor.open('src/handler.ts'))).toEqual([expected]);
    const text = editor.text('src/handler.ts');
    expect(messages(await editor.type('src/handler.ts', text.replace('() => Loads', '() => { store: { load: (path: string) => string } }')))).toEqual([]);
    expect(messages(await editor.type('src/handler.ts', text))).toEqual([expected]);
    await editor.stop();
  });
});

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as typescript from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { afterAll } from 'vitest';
import plugin from '../../../src/index.js';
import type { NoIndirectBlockingOptions } from '../../../src/rules/no-indirect-blocking.js';

/** Files by path. */
export type Files = Readonly<Record<string, string>>;

export interface How {
  readonly options?: NoIndirectBlockingOptions | undefined;
  readonly rules?: Linter.RulesRecord;
  readonly languageOptions?: Linter.LanguageOptions;
  /** `settings.offload` */
  readonly settings?: object;
  /** Text that an editor holds and has not saved. */
  readonly unsaved?: string;
}

const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Writes a project into a folder of its own, which is gone after the tests. */
export function project(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'offload-project-')));
  made.push(folder);
  write(folder, files);
  return folder;
}

export function write(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** What the rule says about a file of a project, or about a text that is none. A parsing error throws. */
export function lint(text: string, filename: string, { options, rules, languageOptions, settings }: Omit<How, 'unsaved'> = {}, cwd = dirname(filename)): Linter.LintMessage[] {
  const linter = new Linter({ cwd });
  const isTypeScript = /\.[cm]?tsx?$/.test(filename);
  const messages = linter.verify(text, {
    files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
    plugins: { offload: plugin },
    languageOptions: { sourceType: filename.endsWith('.cjs') ? 'commonjs' : 'module', ...(isTypeScript && { parser: typescript }), ...languageOptions },
    settings: settings ? { offload: settings } : {},
    rules: rules ?? { 'offload/no-indirect-blocking': ['error', options ?? {}] },
  }, { filename });
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new SyntaxError(`${fatal.message} in:\n${text}`);
  return messages;
}

/** The chains that are reported in a text by itself. */
export function chainsIn(text: string, how: Omit<How, 'unsaved'> = {}, filename = 'file.ts'): string[] {
  return lint(text, filename, how, process.cwd()).map(chainOf);
}

/** The part of a message after its first colon. */
export function chainOf({ message }: Linter.LintMessage): string {
  return / blocks the event loop: (.*?)\.(?: |$)(?!\w+\.\w+:)/.exec(message)?.[1] ?? message;
}

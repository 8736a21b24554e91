import * as typescript from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../../src/index.js';
import type { ValidOffloadOptions } from '../../../src/rules/valid-offload.js';

export interface Given {
  readonly filename?: string | undefined;
  readonly sourceType?: 'module' | 'commonjs';
  readonly options?: ValidOffloadOptions;
  readonly runtime?: string;
  readonly cwd?: string;
}

/** What valid-offload says about a piece of code. A parsing error throws. */
export function linted(code: string, { filename = 'file.js', sourceType = 'module', options = {}, runtime, cwd = process.cwd() }: Given = {}): Linter.LintMessage[] {
  const linter = new Linter({ cwd });
  const messages = linter.verify(code, {
    files: ['**/*.{js,mjs,cjs,ts,mts,cts}'],
    plugins: { offload: plugin },
    settings: runtime === undefined ? {} : { offload: { runtime } },
    languageOptions: { sourceType, ...(/\.[cm]?ts$/.test(filename) && { parser: typescript }) },
    rules: { 'offload/valid-offload': ['error', options] },
  }, { filename });
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new SyntaxError(`${fatal.message} in:\n${code}`);
  return messages;
}

/** The code after every fix, or after the only suggestion. */
export function mended(code: string, given: Given = {}): string {
  let output = code;
  for (let pass = 0; pass < 10; pass += 1) {
    const messages = linted(output, given);
    const edits = messages.flatMap(({ fix }) => fix ?? []);
    const suggested = messages.flatMap(({ suggestions = [] }) => suggestions.map(({ fix }) => fix));
    const [edit] = edits.length > 0 ? edits : pass === 0 ? suggested : [];
    if (!edit) return output;
    output = output.slice(0, edit.range[0]) + edit.text + output.slice(edit.range[1]);
  }
  throw new Error(`Fixes without end in:\n${code}`);
}

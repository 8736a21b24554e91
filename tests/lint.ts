import * as typescript from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../src/index.js';
import type { rules } from '../src/rules/index.js';
import type { NoBlockingCallOptions } from '../src/rules/no-blocking-call.js';
import type { NoBusyLoopOptions } from '../src/rules/no-busy-loop.js';
import type { PreferNativeAsyncOptions } from '../src/rules/prefer-native-async.js';

export interface Given {
  /** Decides the parser: TypeScript's for `.ts`, `.mts`, `.cts` and `.tsx`. */
  readonly filename?: string;
  readonly sourceType?: 'module' | 'commonjs' | 'script';
  /** `no-blocking-call` by default. */
  readonly rule?: keyof typeof rules;
  readonly options?: NoBlockingCallOptions | NoBusyLoopOptions | PreferNativeAsyncOptions;
  /** `settings.offload.runtime` */
  readonly runtime?: string;
  /** `settings.offload` */
  readonly settings?: object;
  /** Apply no fixes, and give what is reported at first. */
  readonly once?: boolean;
}

type Edit = NonNullable<Linter.LintMessage['fix']>;

const linter = new Linter();

/** What the rule says about a piece of code. A parsing error throws. */
export function lint(code: string, { filename = 'file.js', sourceType = 'module', rule = 'no-blocking-call', options = {}, runtime, settings }: Given = {}): Linter.LintMessage[] {
  const isTypeScript = /\.[cm]?tsx?$/.test(filename);
  const messages = linter.verify(code, {
    files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
    plugins: { offload: plugin },
    settings: settings ? { offload: settings } : runtime === undefined ? {} : { offload: { runtime } },
    languageOptions: { sourceType, ...(isTypeScript && { parser: typescript }), parserOptions: { ecmaFeatures: { jsx: filename.endsWith('x') } } },
    rules: { [`offload/${rule}`]: ['error', options] },
  }, { filename });
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new SyntaxError(`${fatal.message} in:\n${code}`);
  return messages;
}

export interface Fixed {
  readonly output: string;
  readonly passes: number;
  /** What is still reported. */
  readonly messages: Linter.LintMessage[];
}

/** Applies fixes until there are none left, as `eslint --fix` does. */
export function fix(code: string, given: Given = {}): Fixed {
  let output = code;
  for (let passes = 0; ; passes += 1) {
    const messages = lint(output, given);
    const edits = messages.flatMap((message) => message.fix ?? []);
    if (edits.length === 0 || given.once === true) return { output, passes, messages };
    if (passes > 50) throw new Error(`Fixes without end in:\n${code}`);
    output = applied(output, edits);
  }
}

/** The code after each suggestion by itself. */
export function suggestions(code: string, given: Given = {}): string[] {
  return suggestedEdits(code, given).map((edit) => applied(code, [edit]));
}

/** The code after all suggestions that do not overlap, as clients apply them in bulk. */
export function allSuggestions(code: string, given: Given = {}): string {
  return applied(code, suggestedEdits(code, given));
}

function suggestedEdits(code: string, given: Given): Edit[] {
  return lint(code, given).flatMap((message) => message.suggestions ?? []).map((suggestion) => suggestion.fix);
}

/** One pass, as ESLint makes it: from the top, leaving out what touches an edit already made. */
function applied(withMark: string, edits: readonly Edit[]): string {
  // Ranges do not count a byte order mark.
  const code = withMark.replace(/^\uFEFF/, '');
  let output = withMark === code ? '' : '\uFEFF';
  let end = -1;
  for (const { range, text } of [...edits].sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1])) {
    if (range[0] <= end) continue;
    output += code.slice(Math.max(end, 0), range[0]) + text;
    end = range[1];
  }
  return output + code.slice(Math.max(end, 0));
}

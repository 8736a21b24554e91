import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../src/index.js';

export interface LintOptions {
  /** Options of every rule that is switched on. */
  readonly options?: unknown;
  readonly settings?: unknown;
  /** The rules to switch on; those of the recommended configuration by default. */
  readonly rule?: string | undefined;
}

const linter = new Linter({ cwd: process.cwd() });

export function lint(code: string, how: LintOptions = {}): Linter.LintMessage[] {
  const found = linter.verify(code, ...configFor(code, how));
  const broken = found.find((message) => message.fatal === true);
  if (broken) throw new Error(`${broken.message} (line ${broken.line})\n${code}`);
  return found;
}

export function fixed(code: string, how: LintOptions = {}): string {
  return linter.verifyAndFix(code, ...configFor(code, how)).output;
}

function configFor(code: string, { options, settings, rule }: LintOptions): [Linter.Config[], { filename: string }] {
  const names = rule === undefined ? Object.keys(plugin.configs.recommended.rules!) : [`offload/${rule}`];
  const commonjs = /\brequire\(/.test(code) && !/^\s*(?:import|export)\b/m.test(code);
  const config: Linter.Config = {
    files: ['**/*.{cjs,mts,ts}'],
    plugins: { offload: plugin },
    languageOptions: { parser, sourceType: commonjs ? 'commonjs' : 'module' },
    settings: (settings ?? {}) as Record<string, unknown>,
    rules: Object.fromEntries(names.map((name) => [name, options === undefined ? 'error' : ['error', options]])),
  };
  // Where the name of the file matters, a comment says it: `/* hash.ts */`.
  const [, name = `example.${commonjs ? 'cjs' : 'mts'}`] = /\/\* (\w+\.ts) \*\//.exec(code) ?? [];
  return [[config], { filename: `${process.cwd()}/${name}` }];
}

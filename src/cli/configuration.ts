import type { Linter } from 'eslint';
import plugin from '../index.js';
import type { Reported } from '../rules/reported.js';
import type { Given } from './arguments.js';

export interface Wanted {
  readonly given: Pick<Given, 'contexts' | 'minimumCost'>;
  readonly parser: Linter.Parser | undefined;
  /** What files of JavaScript are taken for whose names do not say it. */
  readonly sourceType: 'module' | 'commonjs';
  /** Called for each file that has been parsed: among ESLint's messages, one about a comment looks the same as one about syntax. */
  readonly onParsed: () => void;
  readonly onReport: (report: Reported) => void;
}

/** What is linted with in place of the project's own configuration: what `recommended` has, and calls of helpers that block. */
export function configuration({ given: { contexts, minimumCost }, parser, sourceType, onParsed, onReport }: Wanted): Linter.Config[] {
  return [
    // Which files are linted has been decided when they were looked for.
    { ignores: ['!**/node_modules/', '!**/.git/'] },
    {
      files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
      plugins: { offload: plugin, command: { rules: { parsed: { create: () => (onParsed(), {}) } } } },
      // What a project switches off in comments stays off; comments about other rules have nothing to do here.
      linterOptions: { reportUnusedDisableDirectives: false },
      settings: { offload: { onReport } },
      rules: {
        ...plugin.configs.recommended.rules,
        'offload/no-blocking-call': ['error', { contexts, minimumCost }],
        'offload/no-indirect-blocking': ['error', { contexts, minimumCost }],
        'offload/no-busy-loop': ['error', { contexts }],
        'command/parsed': 'error',
      },
    },
    { files: ['**/*.{js,mjs,cjs,jsx}'], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
    { files: ['**/*.{js,jsx}'], languageOptions: { sourceType } },
    ...(parser ? [{ files: ['**/*.{ts,mts,cts,tsx}'], languageOptions: { parser } }] : []),
  ];
}

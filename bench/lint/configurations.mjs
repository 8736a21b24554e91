import * as parser from '@typescript-eslint/parser';
import tseslint from 'typescript-eslint';
import offload from 'eslint-plugin-offload';

const files = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];
const parsing = { files, languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } }, linterOptions: { reportUnusedDisableDirectives: 'off' } };
const ours = (names) => ({ files, plugins: { offload }, rules: Object.fromEntries(names.map((name) => [`offload/${name}`, 'error'])) });
const recommended = tseslint.configs.recommended.map((config) => ({ ...config, files: config.files ?? files }));

/** What is compared; each is measured beside the one that it is `beside`. */
export const configurations = {
  parser: { beside: undefined, configs: async () => [parsing] },
  'no-blocking-call': { beside: 'parser', configs: async () => [parsing, ours(['no-blocking-call'])] },
  'no-indirect-blocking': { beside: 'parser', configs: async () => [parsing, ours(['no-indirect-blocking'])] },
  'all of ours': { beside: 'parser', configs: async () => [parsing, ours(Object.keys(offload.rules))] },
  'n/no-sync': {
    beside: 'parser',
    async configs() {
      const { default: n } = await import('eslint-plugin-n');
      return [parsing, { files, plugins: { n }, rules: { 'n/no-sync': 'error' } }];
    },
  },
  recommended: { beside: undefined, configs: async () => [parsing, ...recommended] },
  'recommended and all of ours': { beside: 'recommended', configs: async () => [parsing, ...recommended, ours(Object.keys(offload.rules))] },
};

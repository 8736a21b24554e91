import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import tseslint from 'typescript-eslint';
import { layers } from './scripts/lint-layers.mjs';
import offload from './dist/index.js';

export default defineConfig([
  globalIgnores(['dist/', 'runtime/', 'coverage/', '.cache/', 'examples/', '**/fixtures/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  js.configs.recommended,
  offload.configs.recommended,

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      // Types of nodes are compared as strings: the enum would have to be imported, and with it megabytes (see below).
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // `noUncheckedIndexedAccess` is on, and a `!` says that a check just above has been made.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true }],
      // `() => void f()` says that nothing is given back, whatever f gives back; `() => {}` that nothing is done.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@typescript-eslint/*', 'eslint', 'eslint/*', 'typescript'],
              allowTypeImports: true,
              message: 'Users may not have it, and the package has no dependencies: import types from it only.',
            },
          ],
        },
      ],
    },
  },

  {
    // Here functions are what is looked at and passed on, and callers without types are told what they did wrong.
    files: ['src/runtime/**/*.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off', '@typescript-eslint/no-unnecessary-condition': 'off' },
  },

  {
    // Tests throw what nobody should throw, ship functions that nobody should write, and look at what comes back, whatever it is.
    files: ['tests/**/*.ts'],
    rules: {
      'no-sparse-arrays': 'off',
      'prefer-rest-params': 'off',
      '@typescript-eslint/await-thenable': 'off',
      '@typescript-eslint/class-literal-property-style': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-implied-eval': 'off',
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-useless-default-assignment': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/prefer-regexp-exec': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'offload/valid-offload': 'off',
      'offload/no-busy-loop': 'off',
    },
  },

  layers,

  {
    files: ['src/rules/*.ts', 'tests/rules/*.ts'],
    extends: [eslintPlugin.configs.recommended],
  },

  {
    files: ['**/*.mjs'],
    languageOptions: { globals: Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly'])) },
  },
  {
    // Programs that do one thing after the other and have nobody else to keep waiting.
    files: ['scripts/**', 'tests/**', 'bench/**'],
    rules: { 'offload/no-blocking-call': 'off', 'offload/no-indirect-blocking': 'off' },
  },
  {
    // Workers: waiting is what they do between tasks.
    files: ['src/runtime/worker/**'],
    rules: { 'offload/no-indirect-blocking': 'off' },
  },
]);

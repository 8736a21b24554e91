import * as parser from '@typescript-eslint/parser';
import tseslint from 'typescript-eslint';
import offload from 'eslint-plugin-offload';
import { counted } from './parses.mjs';

const files = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];
const parsing = { files, languageOptions: { parser: counted(parser), parserOptions: { ecmaFeatures: { jsx: true } } }, linterOptions: { reportUnusedDisableDirectives: 'off' } };
// Its own parser is the same one, and is not counted.
const recommended = tseslint.configs.recommended.map((config) => ({ ...config, files: config.files ?? files, languageOptions: {} }));

/** No rule that looks at calls can cost less. */
const nothing = { files, plugins: { floor: { rules: { nothing: { create: () => ({ CallExpression() {} }) } } } }, rules: { 'floor/nothing': 'error' } };

const rules = Object.keys(offload.rules);
const summaries = 'no-indirect-blocking';

/** What a project is linted with, by name: the rules in it of which reports are counted, and the whole configuration. */
export const configurations = {
  parser: { ours: [], configs: () => [parsing] },
  'a rule that does nothing': { ours: [], configs: () => [parsing, nothing] },
  ...Object.fromEntries(rules.map((rule) => [rule, { ours: [rule], configs: () => [parsing, ours([rule])] }])),
  'all of ours': { ours: rules, configs: () => [parsing, ours(rules)] },
  'n/no-sync': { ours: [], others: ['n/no-sync'], configs: noSync },
  recommended: { ours: [], configs: () => [parsing, ...recommended] },
  'recommended and all of ours': { ours: rules, configs: () => [parsing, ...recommended, ours(rules)] },
};

/** What is measured beside what. A bar holds where oxc-parser is present. */
export const comparisons = [
  { name: 'a rule that does nothing', beside: 'parser' },
  ...rules.map((rule) => ({ name: rule, beside: 'parser' })),
  { name: 'all of ours', beside: 'parser', bar: 5 },
  // A second rule that uses a summary is to cost nothing: this is what the others cost once there are summaries.
  { name: 'all of ours', beside: summaries },
  { name: 'n/no-sync', beside: 'parser' },
  { name: 'recommended', beside: 'parser' },
  { name: 'recommended and all of ours', beside: 'recommended', bar: 3 },
];

function ours(names) {
  return { files, plugins: { offload }, rules: Object.fromEntries(names.map((name) => [`offload/${name}`, 'error'])) };
}

/** As of 18.5.0 it throws where typescript-eslint's parser offers its services and has no types, so it does not get to see them. */
async function noSync() {
  const { default: n } = await import('eslint-plugin-n');
  const withoutServices = { ...parser, parseForESLint: (...args) => ({ ...parser.parseForESLint(...args), services: {} }) };
  return [parsing, { files, plugins: { n }, languageOptions: { parser: counted(withoutServices) }, rules: { 'n/no-sync': 'error' } }];
}

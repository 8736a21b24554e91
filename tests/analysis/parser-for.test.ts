import * as typescript from '@typescript-eslint/parser';
import { expect, test } from 'vitest';
import { parserFor } from '../../src/analysis/modules/parse-module.js';

type How = Parameters<typeof parserFor>[1];

const none = { name: 'oxlint', parse: () => { throw new Error('not implemented'); } };
const components = { meta: { name: 'svelte-eslint-parser' }, parseForESLint: () => { throw new Error('a component'); } };
const espree = { name: 'espree', parse: () => { throw new Error('JavaScript'); } };

/** Which parser another file is read with, by what the linted one is given. */
function nameFor(file: string, parser: unknown, parserOptions: How['parserOptions'] = {}, cwd = process.cwd()): string | undefined {
  const found = parserFor(file, { parser: parser as How['parser'], parserOptions, visitorKeys: {}, filename: `${cwd}/main.js`, cwd });
  return found && (found.meta?.name ?? found.name);
}

test.each([
  ['a.js', espree, 'espree'],
  ['a.js', typescript, 'typescript-eslint/parser'],
  ['a.ts', typescript, 'typescript-eslint/parser'],
  // What the linted file's parser cannot read is left to the one that the project has for it.
  ['a.ts', espree, 'typescript-eslint/parser'],
  ['a.js', none, 'typescript-eslint/parser'],
  ['a.js', components, 'typescript-eslint/parser'],
  ['a.js', undefined, 'typescript-eslint/parser'],
] as const)('%s beside a file that is read by %j is read by %s', (file, parser, expected) => {
  expect(nameFor(file, parser)).toBe(expected);
});

test('the scripts of a component have a parser of their own, which reads other files too', () => {
  const own = { meta: { name: 'own' }, parseForESLint: typescript.parseForESLint };
  expect(nameFor('a.ts', components, { parser: own })).toBe('own');
  expect(nameFor('a.js', components, { parser: espree })).toBe('espree');
  expect(nameFor('a.ts', components, { parser: 'a-name' })).toBe('typescript-eslint/parser');
});

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runExample } from './examples.js';

interface Example {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

/** The `@example`s of the runtime that are whole programs: those that import the package. */
const examples = readdirSync('src/runtime', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => examplesOf(`src/runtime/${file}`))
  .filter(({ code }) => code.includes("from 'eslint-plugin-offload/runtime'"));

function examplesOf(file: string): Example[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^\s*\* ```js\n([^]*?)^\s*\* ```$/gm)].map((match) => ({
    file,
    line: text.slice(0, match.index).split('\n').length + 1,
    code: match[1]!.replaceAll(/^\s*\* ?/gm, ''),
  }));
}

test.each(examples)('$file:$line runs', async ({ code }) => {
  await runExample(code);
});

test('every function and executor that users call has one', async () => {
  const names = Object.keys((await import('../../src/runtime/index.js')) as object).filter((name) => !name.endsWith('Error'));
  const shown = examples.map(({ code }) => code).join('\n');
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(shown))).toEqual([]);
});

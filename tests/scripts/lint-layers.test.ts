import { Linter } from 'eslint';
import { expect, test } from 'vitest';

const { layers } = (await import(new URL('../../scripts/lint-layers.mjs', import.meta.url).href)) as { layers: Linter.Config };

function lint(file: string, code: string): string[] {
  return new Linter({ cwd: process.cwd() }).verify(code, [layers], { filename: `${process.cwd()}/${file}` }).map(({ message }) => message);
}

test.each([
  { file: 'src/analysis/a.ts', code: "import x from '../fixes/x.js'", says: 'src/analysis may import from itself, src/catalogue, not from src/fixes' },
  { file: 'src/analysis/a.ts', code: "export * from '../rules/x.js'", says: 'not from src/rules' },
  { file: 'src/catalogue/a.ts', code: "import '../analysis/x.js'", says: 'src/catalogue may import from itself, not from src/analysis' },
  { file: 'src/fixes/a.ts', code: "const x = await import('../rules/x.js')", says: 'not from src/rules' },
  { file: 'src/rules/a.ts', code: "import x from '../runtime/index.js'", says: 'not from src/runtime' },
  { file: 'src/runtime/codec/a.ts', code: "import x from '../../catalogue/x.js'", says: 'src/runtime may import from itself, not from src/catalogue' },
  { file: 'src/runtime/a.ts', code: "import x from 'lodash'", says: 'src/runtime may import node: modules and its own files, not lodash' },
])('$file: $code is reported', ({ file, code, says }) => {
  const [message, ...more] = lint(file, code);
  expect(message).toContain(says);
  expect(more).toEqual([]);
});

test.each([
  { file: 'src/rules/a.ts', code: "import x from '../fixes/x.js'; import y from '../analysis/y.js'; import z from '../catalogue/z.js'; import w from './w.js'" },
  { file: 'src/fixes/a.ts', code: "import y from '../analysis/y.js'; import z from '@eslint-community/eslint-utils'" },
  { file: 'src/runtime/codec/a.ts', code: "import x from '../task/x.js'; import fs from 'node:fs'" },
  { file: 'src/index.ts', code: "import x from './rules/x.js'; import p from '../package.json' with { type: 'json' }" },
])('$file: $code is not', ({ file, code }) => {
  expect(lint(file, code)).toEqual([]);
});

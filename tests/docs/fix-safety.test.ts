import { describe, expect, test } from 'vitest';
import { hazards } from '../../src/analysis/hazards.js';
import { fixed, lint } from './linting.js';
import { checkedRows, inlineCode } from './markdown.js';

const page = 'docs/guide/fix-safety.md';
const modules = `import { execSync } from 'node:child_process';
import fs from 'node:fs';
import zlib from 'node:zlib';
`;

describe('what a fix writes', () => {
  test.each(checkedRows(page, 'each row is a fix').map((cells) => cells.map(inlineCode)))('%s → %s', (before, after) => {
    const program = (line: string, more = '') => `${modules}${more}declare const list: [string]; declare const to: string;\nasync function run(path: string) {\n  return ${line};\n}\n`;
    expect(fixed(program(before))).toBe(program(after, "import { offload } from 'eslint-plugin-offload/runtime';\n"));
  });
});

describe('the reasons', () => {
  const rowsOf = (check: string) => checkedRows(page, check).map(([says, certainty, example]) => ({ says: inlineCode(says!), certainty, example: inlineCode(example!) }));
  const rows = rowsOf('each row is a hazard');

  test('are those of the plugin, all of them', () => {
    // The examples of components want parsers that the project does not install: see tests/clients/components.test.ts.
    const written = [...rows, ...rowsOf('each row is a hazard of components')].map(({ says, certainty }) => `${certainty}: ${says}`);
    const real = Object.values(hazards).map(({ certainty, text }) => `${certainty}: ${text}`);
    expect(written.sort()).toEqual(real.sort());
  });

  test.each(rows)('$example', ({ says, certainty, example }) => {
    const reports = lint(example.includes('require(') ? example : modules + example, { rule: 'no-blocking-call', options: { contexts: 'everywhere' } });
    const report = reports.find(({ message }) => message.includes(`Not fixed automatically: ${says}`));
    expect(reports.map(({ message }) => message).join('\n')).toContain(says);
    expect(report?.fix).toBeUndefined();
    expect(report?.suggestions?.length ?? 0).toBe(certainty === 'review' ? 1 : 0);
  });
});

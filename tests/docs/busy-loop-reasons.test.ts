import { describe, expect, test } from 'vitest';
import { loopObstacles } from '../../src/analysis/loops/obstacles.js';
import { lint } from '../lint.js';
import { checkedRows, inlineCode } from './markdown.js';

const rows = checkedRows('docs/rules/no-busy-loop.md', 'each row is a loop obstacle').map(([says, certainty, example]) => ({ says: inlineCode(says!), certainty, example: inlineCode(example!) }));

/** TypeScript, except for markup. */
function program(example: string): string {
  return `import fs from 'node:fs';\nexport async function run(path, end, start, done, child, shared, rows: number[]) {\n  let sum = 0;\n  ${example}\n}\n`;
}

describe('the reasons', () => {
  test('are those of the rule, all of them', () => {
    const real = Object.values(loopObstacles).map(({ certainty, text }) => `${certainty}: ${text.replace('{{name}}', '`name`')}`);
    expect(rows.map(({ says, certainty }) => `${certainty!}: ${says}`).sort()).toEqual(real.sort());
  });

  test.each(rows)('$example', ({ says, certainty, example }) => {
    const messages = lint(program(example), { rule: 'no-busy-loop', filename: 'file.tsx' });
    const pattern = says.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replace('`name`', '`[^`]+`');
    const report = messages.find(({ message }) => new RegExp(`Not fixed automatically: ${pattern}\\.`).test(message));
    expect(report, messages.map(({ message }) => message).join('\n')).toBeDefined();
    expect(report).not.toHaveProperty('fix');
    expect(report?.suggestions?.length ?? 0).toBe(certainty === 'review' ? 1 : 0);
  });
});

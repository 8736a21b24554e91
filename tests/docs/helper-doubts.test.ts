import { describe, expect, test } from 'vitest';
import { doubts } from '../../src/analysis/elsewhere/doubts.js';
import { lint } from '../lint.js';
import { checkedRows, inlineCode } from './markdown.js';

const rows = checkedRows('docs/rules/no-indirect-blocking.md', 'each row is a doubt').map(([says, example]) => ({ says: inlineCode(says!), example: inlineCode(example!) }));

describe('what a suggestion to run a helper on a worker says', () => {
  test('is what the page says, all of it', () => {
    expect(rows.map(({ says }) => says).sort()).toEqual(Object.values(doubts).toSorted());
  });

  test.each(rows)('$example', ({ says, example }) => {
    const filename = example.includes('.ts */') ? 'config.ts' : 'config.mjs';
    const [report, ...others] = lint(`import fs from 'node:fs';\n${example}\n`, { rule: 'no-indirect-blocking', filename });
    expect(others).toEqual([]);
    expect(report).not.toHaveProperty('fix');
    expect(report?.suggestions?.map(({ messageId }) => messageId)).toEqual(['registerAndOffload']);
    expect(report?.suggestions?.[0]?.desc).toContain(`Check first: ${says}.`);
  });
});

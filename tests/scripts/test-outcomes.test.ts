import { expect, test } from 'vitest';

interface Outcomes {
  readonly testOutcomes: (output: string) => Map<string, { passed: number; failed: number }>;
  readonly brokenTests: (before: Map<string, unknown>, after: Map<string, unknown>) => string[];
}

const { brokenTests, testOutcomes } = (await import(new URL('../../scripts/fixed-project/test-outcomes.mjs', import.meta.url).href)) as Outcomes;

test.each([
  { runner: 'TAP', output: 'TAP version 13\nok 1 - reads\n  not ok 2 - writes # time=3ms\nok 3 waits # SKIP -\n1..3\n# pass 1' },
  { runner: 'Jest', output: 'PASS src/a.test.ts\n  ✓ reads (12 ms)\n  ✕ writes\n  ○ skipped waits\nTests: 1 failed, 1 passed' },
  { runner: 'Vitest', output: ' ✓ reads 12ms\n × writes 1.5s\n ↓ waits\n   → expected 1 to be 2' },
])('reads the names of $runner', ({ output }) => {
  expect([...testOutcomes(output)]).toEqual([
    ['reads', { passed: 1, failed: 0 }],
    ['writes', { passed: 0, failed: 1 }],
  ]);
});

test('a test of the same name that fails once more is broken, and so is one that is gone', () => {
  const before = testOutcomes('ok 1 twice\nok 2 twice\nok 3 gone\nnot ok 4 mended');
  const after = testOutcomes('ok 1 twice\nnot ok 2 twice\nok 4 mended');
  expect(brokenTests(before, after)).toEqual(['twice', 'gone']);
});

/** Lines that name a test: TAP, and the marks of Jest and Vitest when they are verbose. */
const testLine = /^\s*(?:(?<tap>(?:not )?ok) \d+ (?:- )?|(?<mark>[✓✔√✕✗✘×]) )(?<name>.+)$/u;
const skipped = / # (?:SKIP|TODO)\b/i;
const duration = / (?:# time=[\d.]+m?s|\(?[\d.]+ ?m?s\)?)$/;

/**
 * How often each test passed and failed, by what its runner printed. The same name in two files is one entry.
 *
 * @param {string} output
 * @returns {Map<string, { passed: number, failed: number }>}
 */
export function testOutcomes(output) {
  const outcomes = new Map();
  for (const line of output.split('\n')) {
    const groups = testLine.exec(line.trimEnd())?.groups;
    if (!groups || skipped.test(groups.name)) continue;
    const name = groups.name.replace(duration, '');
    const outcome = outcomes.get(name) ?? { passed: 0, failed: 0 };
    outcome[groups.tap === 'ok' || '✓✔√'.includes(groups.mark ?? '-') ? 'passed' : 'failed'] += 1;
    outcomes.set(name, outcome);
  }
  return outcomes;
}

/** The names of tests that passed and no longer do, gone ones among them. */
export function brokenTests(before, after) {
  return [...before].filter(([name, { passed }]) => (after.get(name)?.passed ?? 0) < passed).map(([name]) => name);
}

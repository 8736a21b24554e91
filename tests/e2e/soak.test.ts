import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The long form is `npm run soak`. */
test.each([
  ['threads', 1],
  ['threads', 2],
  ['threads', 3],
  ['processes', 1],
  ['processes', 2],
])('a pool of %s at full load with random faults, seed %i: every task has its one outcome', (executor, seed) => {
  const output = execFileSync(process.execPath, [join(root, 'scripts/soak.mjs'), '--seconds', '3', '--seed', String(seed), '--executor', executor], { cwd: root, encoding: 'utf8' });
  const [, submitted, resolved, rejected] = /submitted (\d+) = resolved (\d+) \+ rejected (\d+)/.exec(output)!;
  expect(Number(resolved) + Number(rejected)).toBe(Number(submitted));
  expect(output).not.toContain('WRONG');
  expect(output.trimEnd().endsWith('\nsound')).toBe(true);
});

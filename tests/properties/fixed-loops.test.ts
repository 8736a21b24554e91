import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fix, type Given, lint, suggestions } from '../lint.js';
import { runs } from '../property-runs.js';
import { compiled } from './outcome.js';
import { loopOutcome } from './loop-outcome.js';
import { loopPrograms } from './loop-programs.js';

const given: Given = { sourceType: 'commonjs', rule: 'no-busy-loop', options: { maxIterations: 2 } };

/** Programs with a loop that is fixed: all others stay as they are. */
const fixable = loopPrograms.filter((code) => {
  try {
    compiled(code);
  } catch {
    return false;
  }
  return lint(code, given).some((message) => message.fix);
});

it('a random loop program does the same once it is fixed', async () => {
  let fixed = 0;
  await fc.assert(fc.asyncProperty(fixable, async (code) => {
    const { output } = fix(code, given);
    expect(await loopOutcome(output)).toEqual(await loopOutcome(code));
    if (fix(output, given).passes > 0) throw new Error('a second run changes it');
    // What the other rules of the package ask of a call of offload holds as well.
    expect(lint(output, { ...given, rule: 'valid-offload', options: {} })).toEqual([]);
    for (const suggestion of suggestions(code, given)) compiled(suggestion);
    fixed += 1;
  }), runs(200));
  expect(fixed).toBeGreaterThan(0);
});

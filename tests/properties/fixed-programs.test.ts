import fc from 'fast-check';
import { describe, it } from 'vitest';
import { allSuggestions, fix, lint, suggestions } from '../lint.js';
import { compiled, outcome } from './outcome.js';
import { program } from './programs.js';

/** `PROPERTY_RUNS=20000 PROPERTY_SEED=…` for a long look. */
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 150);
const seed = Number(process.env['PROPERTY_SEED'] ?? 20251122);
const given = { sourceType: 'commonjs' } as const;

/** Programs that the generator got right, and that hold something to report. */
const reported = program.map(({ code }) => code).filter((code) => {
  try {
    compiled(code);
    return lint(code, given).length > 0;
  } catch {
    return false;
  }
});

describe('a random program', () => {
  it('does the same once it is fixed', async () => {
    await check(async (code) => {
      same(await outcome(code), await outcome(fix(code, given).output));
    });
  });

  it('is fixed in two passes plus one for each level that blocking calls are nested, and then done with', async () => {
    await check((code) => {
      const { output, passes } = fix(code, given);
      if (passes > 2 + nesting(code)) throw new Error(`${String(passes)} passes`);
      if (fix(output, given).output !== output) throw new Error('a second run changes it');
    });
  });

  it('does the same after each of its suggestions, and parses after all of them', async () => {
    await check(async (code) => {
      lint(allSuggestions(code, given), given);
      const expected = await outcome(code);
      for (const suggestion of suggestions(code, given)) same(expected, await outcome(suggestion));
    });
  });
});

async function check(property: (code: string) => Promise<void> | void): Promise<void> {
  await fc.assert(fc.asyncProperty(reported, async (code) => { await property(code); }), { numRuns, seed });
}

function same(expected: readonly string[], actual: readonly string[]): void {
  if (expected.join('\n') !== actual.join('\n')) throw new Error(`expected\n${expected.join('\n')}\nbut it did\n${actual.join('\n')}`);
}

/** How deep blocking calls stand in each other's arguments. */
function nesting(code: string): number {
  const open: boolean[] = [];
  let deepest = 0;
  for (const { 0: parenthesis, index } of code.matchAll(/[()]/g)) {
    if (parenthesis === ')') open.pop();
    else open.push(/(?:Sync|Sync'\]|\bread)(?:\)|\/\* c \*\/|\s)*$/.test(code.slice(0, index)));
    deepest = Math.max(deepest, open.filter((isCall) => isCall).length);
  }
  return deepest;
}

import fc from 'fast-check';
import ts from 'typescript';
import { describe, it } from 'vitest';
import { allSuggestions, fix, type Given, lint, suggestions } from '../lint.js';
import { compiled, type Outcome, outcome } from './outcome.js';
import { javascript, typescript } from './programs.js';

/** `PROPERTY_RUNS=20000 PROPERTY_SEED=…` for a long look. */
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 60);
const seed = Number(process.env['PROPERTY_SEED'] ?? 20251122);

const languages = [
  { name: 'JavaScript', programs: javascript, given: { sourceType: 'commonjs' }, emitted: (code: string) => code },
  { name: 'TypeScript', programs: typescript, given: { sourceType: 'commonjs', filename: 'file.cts' }, emitted: transpiled },
] as const satisfies readonly { given: Given; [key: string]: unknown }[];

describe.each(languages)('a random program in $name', ({ programs, given, emitted }) => {
  const run = (code: string): Promise<Outcome> => outcome(emitted(code));

  /** Programs that the generator got right, and that hold something to report. */
  const reported = programs.filter((code) => {
    try {
      compiled(emitted(code));
      return lint(code, given).length > 0;
    } catch {
      return false;
    }
  });

  it('does the same once it is fixed', async () => {
    await check(reported, async (code) => {
      same(await run(code), await run(fix(code, given).output));
    });
  });

  it('is fixed in two passes plus one for each level that blocking calls are nested, and then done with', async () => {
    await check(reported, (code) => {
      const { output, passes } = fix(code, given);
      if (passes > 2 + nesting(code)) throw new Error(`${String(passes)} passes`);
      if (fix(output, given).output !== output) throw new Error('a second run changes it');
    });
  });

  it('does the same after each of its suggestions, and parses after all of them', async () => {
    await check(reported, async (code) => {
      compiled(emitted(allSuggestions(code, given)));
      const expected = await run(code);
      for (const suggestion of suggestions(code, given)) same(expected, await run(suggestion));
    });
  });
});

async function check(programs: fc.Arbitrary<string>, property: (code: string) => Promise<void> | void): Promise<void> {
  await fc.assert(fc.asyncProperty(programs, async (code) => { await property(code); }), { numRuns, seed });
}

/** JavaScript for any Node; throws where the compiler sees an error of syntax. */
function transpiled(code: string): string {
  const { outputText, diagnostics = [] } = ts.transpileModule(code, { fileName: 'file.cts', reportDiagnostics: true, compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  if (diagnostics.length > 0) throw new SyntaxError(`${ts.flattenDiagnosticMessageText(diagnostics[0]!.messageText, ' ')} in:\n${code}`);
  return outputText;
}

function same(expected: Outcome, actual: Outcome): void {
  if (expected.join('\n') !== actual.join('\n')) throw new Error(`expected\n${expected.join('\n')}\nbut it did\n${actual.join('\n')}`);
}

/** How deep blocking calls stand in each other's arguments. */
function nesting(code: string): number {
  const open: boolean[] = [];
  let deepest = 0;
  for (const { 0: parenthesis, index } of code.matchAll(/[()]/g)) {
    if (parenthesis === ')') open.pop();
    else open.push(/(?:Sync|Sync'\]|\bread|\bany|\bvoid>|!)(?:\)|\/\* c \*\/|\s)*$/.test(code.slice(0, index)));
    deepest = Math.max(deepest, open.filter((isCall) => isCall).length);
  }
  return deepest;
}

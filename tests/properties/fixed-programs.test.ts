import fc from 'fast-check';
import ts from 'typescript';
import { describe, it } from 'vitest';
import { allSuggestions, fix, type Given, lint, suggestions } from '../lint.js';
import { runs } from '../property-runs.js';
import { compiled, type Outcome, outcome } from './outcome.js';
import { linted } from '../rules/valid-offload/linted.js';
import { javascript, typescript } from './programs.js';

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
      // Modules reserve the word: no program here means a function of that name by `await (…)`.
      lint(emitted(code), { sourceType: 'module' });
      return lint(code, given).length > 0;
    } catch {
      return false;
    }
  });

  // One property, as most of the time goes into finding programs.
  it('does the same once it is fixed and after each suggestion, and is done with in two passes plus one for each level of nesting', async () => {
    await fc.assert(fc.asyncProperty(reported, async (code) => {
      const expected = await run(code);
      const { output, passes } = fix(code, given);
      same(expected, await run(output));
      valid(output, given);
      if (passes > 2 + nesting(code)) throw new Error(`${String(passes)} passes`);
      if (fix(output, given).passes > 0) throw new Error('a second run changes it');
      for (const suggestion of suggestions(code, given)) {
        same(expected, await run(suggestion));
        valid(suggestion, given);
      }
      compiled(emitted(allSuggestions(code, given)));
    }), runs(100));
  });
});

/** JavaScript for any Node; throws where the compiler sees an error of syntax. */
function transpiled(code: string): string {
  const { outputText, diagnostics = [] } = ts.transpileModule(code, { fileName: 'file.cts', reportDiagnostics: true, compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  if (diagnostics.length > 0) throw new SyntaxError(`${ts.flattenDiagnosticMessageText(diagnostics[0]!.messageText, ' ')} in:\n${code}`);
  return outputText;
}

function same(expected: Outcome, actual: Outcome): void {
  if (expected.join('\n') !== actual.join('\n')) throw new Error(`expected\n${expected.join('\n')}\nbut it did\n${actual.join('\n')}`);
}

/** What a fix writes is nothing for the rule that watches over calls of the runtime. */
function valid(code: string, given: Given): void {
  const [message] = linted(code, { filename: given.filename, sourceType: 'commonjs' });
  if (message) throw new Error(`${message.message}\n${code}`);
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

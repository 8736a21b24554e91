import type { CompilerOptions } from 'typescript';
import { describe, expect, test } from 'vitest';
import { CALLS, MISTAKES, PREAMBLE, RESULTS, WRONG_USES } from './cases.js';
import { diagnosticsByLine } from './compile.js';

const EQUAL = `
type Equal<X, Y> = (<T>() => T extends X ? 1 : 2) extends <T>() => T extends Y ? 1 : 2 ? true : false;
declare function same<D, O>(direct: () => D, offloaded: () => O): Equal<Awaited<D>, Awaited<O>>;
declare function resolves<Expected>(): <P>(offloaded: () => P) => Equal<Awaited<P>, Expected>;
`;

test('the comparison tells types apart', () => {
  expect(check(['same(() => 1 as number, () => offload(parse, path)) satisfies true']).size).toBe(1);
  expect(check(['same(() => JSON.parse(path), () => offload(parse, path)) satisfies true']).size).toBe(1);
  expect(check(['resolves<string | undefined>()(() => offload(pad, path)) satisfies true']).size).toBe(1);
});

describe.each([
  ['as this project is configured', {}],
  ['with strict alone', { exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false }],
])('%s', (_title, options) => {
  const accepted = check(CALLS.map((call) => `same(() => ${call}, () => ${offloaded(call)}) satisfies true;`), options);
  test.each(CALLS.map((call, index) => [call, index] as const))('%s has the same type offloaded', (_call, index) => {
    expect(accepted.get(index)).toBeUndefined();
  });

  const results = check(RESULTS.map(([call, type]) => `resolves<${type}>()(() => ${call}) satisfies true;`), options);
  test.each(RESULTS.map(([call, type], index) => [call, type, index] as const))('%s resolves to %s', (_call, _type, index) => {
    expect(results.get(index)).toBeUndefined();
  });

  const refusedDirectly = check(MISTAKES, options);
  const refused = check(MISTAKES.map(offloaded), options);
  test.each(MISTAKES.map((call, index) => [call, index] as const))('%s is a mistake offloaded as well', (_call, index) => {
    expect(refusedDirectly.get(index)).toBeDefined();
    expect(refused.get(index)).toBeDefined();
  });

  const wrong = check(WRONG_USES, options);
  test.each(WRONG_USES.map((use, index) => [use, index] as const))('%s does not compile', (_use, index) => {
    expect(wrong.get(index)).toBeDefined();
  });
});

test('a mistake is told in the words of the API', () => {
  const [tooFew, wrongType] = ['offload(fs.readFileSync)', "offload(fs.readFileSync, path, 'no-such-encoding')"].map(
    (use) => check([use]).get(0)!.join(),
  );
  expect(tooFew).toMatch(/^Expected \d/);
  expect(wrongType).toMatch(/'"no-such-encoding"' is not assignable to parameter of type '.*BufferEncoding/);
});

/** What TypeScript says about each line, by its number, after a preamble that it must have nothing to say about. */
function check(lines: readonly string[], options: CompilerOptions = {}): Map<number, string[]> {
  const start = `${PREAMBLE}${EQUAL}`;
  const first = start.split('\n').length - 1;
  const diagnostics = diagnosticsByLine(start + lines.map((line) => `;${line}`).join('\n'), options);
  for (const [line, messages] of diagnostics) {
    if (line < first) throw new Error(`in what every case may use: ${messages.join()}`);
  }
  return new Map([...diagnostics].map(([line, messages]) => [line - first, messages]));
}

/** What the fix writes, without the `await`. */
function offloaded(call: string): string {
  const [, callee, typeArguments = '', args] = /^([\w.]+)(<.*?>)?\((.*)\)$/.exec(call)!;
  return `offload(${callee}${typeArguments}${args === '' ? '' : `, ${args}`})`;
}

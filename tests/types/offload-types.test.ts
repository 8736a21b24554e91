import type { CompilerOptions } from 'typescript';
import { describe, expect, test } from 'vitest';
import { CALLS, MISTAKES, PREAMBLE, RESULTS, WRONG_USES } from './cases.js';
import { diagnosticsByLine } from './compile.js';

const EQUAL = `
type Equal<X, Y> = (<T>() => T extends X ? 1 : 2) extends <T>() => T extends Y ? 1 : 2 ? true : false;
declare function same<D, O>(direct: () => D, offloaded: () => O): Equal<Awaited<D>, Awaited<O>>;
declare function resolves<Expected>(): <P>(offloaded: () => P) => Equal<Awaited<P>, Expected>;
`;

/** Comparisons that must fail, lest those above hold because they see nothing. */
const BLIND = [
  'same(() => 1 as number, () => offload(parse, path)) satisfies true',
  'same(() => JSON.parse(path), () => offload(parse, path)) satisfies true',
  'resolves<string | undefined>()(() => offload(pad, path)) satisfies true',
];

describe.each<[string, CompilerOptions]>([
  ['as this project is configured', {}],
  ['with strict alone', { exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false }],
])('%s', (_title, options) => {
  const said = check(
    [
      ...CALLS.map((call) => `same(() => ${call}, () => ${offloaded(call)}) satisfies true`),
      ...RESULTS.map(([call, type]) => `resolves<${type}>()(() => ${call}) satisfies true`),
      ...MISTAKES,
      ...MISTAKES.map(offloaded),
      ...WRONG_USES,
      ...BLIND,
    ],
    options,
  );

  test.each(CALLS)('%s has the same type offloaded', (call) => {
    expect(said.get(`same(() => ${call}, () => ${offloaded(call)}) satisfies true`)).toBeUndefined();
  });

  test.each(RESULTS)('%s resolves to %s', (call, type) => {
    expect(said.get(`resolves<${type}>()(() => ${call}) satisfies true`)).toBeUndefined();
  });

  test.each(MISTAKES)('%s is a mistake offloaded as well', (call) => {
    expect(said.get(call)).toBeDefined();
    expect(said.get(offloaded(call))).toBeDefined();
  });

  test.each(WRONG_USES)('%s does not compile', (use) => {
    expect(said.get(use)).toBeDefined();
  });

  test('a mistake is told in the words of the API', () => {
    expect(said.get('offload(fs.readFileSync)')?.[0]).toMatch(/^Expected \d/);
    expect(said.get("offload(fs.readFileSync, path, 'no-such-encoding')")?.[0]).toMatch(
      /'"no-such-encoding"' is not assignable to parameter of type '.*BufferEncoding/,
    );
  });

  test.each(BLIND)('the comparison is not blind: %s', (use) => {
    expect(said.get(use)).toEqual(["Type 'false' does not satisfy the expected type 'true'."]);
  });
});

/** What TypeScript says about each line, after a preamble that it must have nothing to say about. */
function check(lines: readonly string[], options: CompilerOptions): Map<string, string[]> {
  const start = `${PREAMBLE}${EQUAL}`;
  const first = start.split('\n').length - 1;
  const diagnostics = diagnosticsByLine(start + lines.map((line) => `;${line}`).join('\n'), options);
  for (const [line, messages] of diagnostics) {
    if (line < first) throw new Error(`in what every case may use: ${messages.join()}`);
  }
  return new Map([...diagnostics].map(([line, messages]) => [lines[line - first]!, messages]));
}

/** What the fix writes, without the `await`. */
function offloaded(call: string): string {
  const [, callee, typeArguments = '', args] = /^([\w.]+)(<.*?>)?\((.*)\)$/.exec(call)!;
  return `offload(${callee}${typeArguments}${args === '' ? '' : `, ${args}`})`;
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linted, mended } from './linted.js';
import { closures } from './programs.js';
import { ProgramRunner } from './program-runner.js';

const head = "import { offload } from 'eslint-plugin-offload/runtime';\n";
const runner = new ProgramRunner();
const all = [...closures];

beforeAll(async () => {
  await runner.run(all.flatMap(({ code, mended: fixed }) => [head + code, ...(fixed ? [head + fixed] : [])]));
});
afterAll(() => runner.end());

describe.each(all)('reported: $name', ({ code, says, fails, mended: fixed, gives }) => {
  it('in these words', () => {
    expect(linted(head + code).map(({ message }, index) => message.slice(0, says[index]?.length))).toEqual(says);
  });

  it('for it fails', () => {
    expect(runner.outcome(head + code)).toMatchObject({ threw: expect.stringMatching(fails) as string });
  });

  it.runIf(fixed !== undefined)('is mended, or not', () => {
    expect(mended(head + code)).toBe(head + (fixed === '' ? code : fixed!));
    if (fixed) expect(linted(head + fixed)).toEqual([]);
    if (fixed) expect(runner.outcome(head + fixed)).toEqual({ gave: gives });
  });
});

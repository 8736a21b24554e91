import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linted, mended } from './linted.js';
import { argumentsRefused, closures, loops, promises, tasks, valid, writes } from './programs.js';
import { ProgramRunner } from './program-runner.js';

/** `offload`, where the program does not import it itself. */
const whole = (code: string): string => (/import \{[^}]*\boffload\b/.test(code) ? code : `import { offload } from 'eslint-plugin-offload/runtime';\n${code}`);
const runner = new ProgramRunner();
const all = [...closures, ...tasks, ...argumentsRefused, ...writes, ...promises, ...loops];

beforeAll(async () => {
  await runner.run(all.flatMap(({ code, mended: fixed }) => [whole(code), ...(fixed ? [whole(fixed)] : [])]).concat(valid.map(({ code }) => code)));
});
afterAll(() => runner.end());

describe.each(all)('reported: $name', ({ code, says, fails, mended: fixed = '', gives }) => {
  it('in these words', () => {
    expect(linted(whole(code)).map(({ message }, index) => message.slice(0, says[index]?.length))).toEqual(says);
  });

  it('for it fails', () => {
    expect(runner.outcome(whole(code))).toMatchObject({ threw: expect.stringMatching(fails) as string });
  });

  it(fixed === '' ? 'is left as it is' : 'is mended, and works', () => {
    expect(mended(whole(code))).toBe(whole(fixed === '' ? code : fixed));
    if (fixed) expect(linted(whole(fixed))).toEqual([]);
    if (fixed) expect(runner.outcome(whole(fixed))).toEqual(gives instanceof Error ? { threw: String(gives) } : { ...(gives !== undefined && { gave: gives }) });
  });
});

describe.each(valid)('not reported: $name', ({ code, gives }) => {
  it('for it works', () => {
    expect(linted(code).map(({ message }) => message)).toEqual([]);
    expect(runner.outcome(code)).toEqual({ ...(gives !== undefined && { gave: gives }) });
  });
});

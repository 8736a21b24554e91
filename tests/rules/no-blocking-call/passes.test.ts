import { describe, expect, it } from 'vitest';
import { fix, lint } from '../../lint.js';

const head = "import fs from 'fs';\n";

describe('the number of passes', () => {
  it.each([1, 2, 10, 40])('is two for %i calls side by side', (count) => {
    const calls = Array.from({ length: count }, (_, index) => `fs.readFileSync(${String(index)});`).join(' ');
    const { output, passes, messages } = fix(`${head}async function load() { ${calls} }`);
    expect(passes).toBeLessThanOrEqual(2);
    expect(messages).toEqual([]);
    expect(output.match(/await offload\(fs\.readFileSync, \d+\)/g)).toHaveLength(count);
    expect(output.match(/import \{ offload \}/g)).toHaveLength(1);
  });

  it.each([1, 2, 3, 7])('grows by at most one for each of %i levels of nesting', (levels) => {
    let [code, expected] = ['p', 'p'];
    for (let level = 0; level < levels; level += 1) {
      code = `fs.readFileSync(${code}).x`;
      expected = `(await offload(fs.readFileSync, ${expected})).x`;
    }
    const { output, passes } = fix(`${head}async function load(p) { return ${code}; }`);
    expect(output).toContain(`return ${expected};`);
    expect(passes).toBeLessThanOrEqual(2 + levels);
    expect(fix(output).output).toBe(output);
  });
});

it('what a fix writes is silent under the rule with everything on', () => {
  const { output } = fix(`${head}export async function load(p) { await p.then((x) => fs.readFileSync(x)); return fs.readFileSync(fs.realpathSync.native(p), 'utf8').trim(); }`);
  expect(output).toContain('offload(fs.realpathSync.native, p)');
  expect(lint(output, { options: { contexts: 'everywhere', include: ['*'] } })).toEqual([]);
});

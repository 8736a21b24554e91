import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fix } from '../lint.js';

/** Loops of every kind that is fixed, with what they give printed; in three runs of the same program. */
const program = `
const square = (x) => x * x;
function* range(n) { for (let i = 0; i < n; i++) yield i; }
function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

export async function main() {
  const rate = 3;
  const primes = [];
  const composite = new Uint8Array(2000);
  for (let i = 2; i < 2000; i++) {
    if (composite[i] === 1) continue;
    primes.push(i);
    for (let j = i * i; j < 2000; j += i) composite[j] = 1;
  }
  let sum = 0;
  let text = '';
  let last = null;
  for (const i of range(2000)) {
    sum += square(i) * rate;
    if (i % 500 === 0) text += \`\${i}
  \`;
    last = { i, pair: [i, text.length] };
  }
  const groups = new Map();
  let k = 2000;
  while (k--) groups.set(k % 7, k);
  const big = Array.from({ length: 2000 }, (_, i) => square(i)).length;
  const end = Date.now() + 5;
  while (Date.now() < end) {}
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  return { primes, composite, sum, text, last, groups, k, big, fib: fib(15), zeros: [...Array(2000).keys()].length };
}

console.log(await main());
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'offload-loops-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(process.cwd(), join(folder, 'node_modules/eslint-plugin-offload'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(name: string, code: string): string {
  writeFileSync(join(folder, name), code);
  return execFileSync(process.execPath, [name], { cwd: folder, encoding: 'utf8' });
}

test('a fixed program runs on real workers and timers, and prints the same', () => {
  const { output, messages } = fix(program, { rule: 'no-busy-loop', options: { maxIterations: 1000, maxRecursion: 10 }, filename: 'main.mjs' });
  expect(messages).toEqual([]);
  expect(output.match(/await offload\(/g)).toHaveLength(6);
  expect(output.match(/await setTimeout\(/g)).toHaveLength(2);
  expect(run('fixed.mjs', output)).toBe(run('before.mjs', program));
});

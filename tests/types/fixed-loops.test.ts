import { describe, expect, test } from 'vitest';
import { fix, suggestions } from '../lint.js';
import { diagnosticsByLine } from './compile.js';

/** Functions with a loop that is fixed, in strict TypeScript. */
const loops: readonly string[] = [
  'let sum = 0; for (let i = 0; i < 1e6; i++) sum += i; return sum satisfies number;',
  'const out: number[] = []; for (let i = 0; i < 1e6; i++) out.push(i * step); return out satisfies number[];',
  'let best: number | null = null; for (let i = 0; i < 1e6; i++) if (i % 7 === 3) best = i; return best satisfies number | null;',
  "let kind: 'even' | 'odd' = 'even'; for (let i = 0; i < 1e6; i++) kind = i % 2 === 0 ? 'even' : 'odd'; return kind satisfies 'even' | 'odd';",
  'let flag = false; for (let i = 0; i < 1e6; i++) flag = !flag; return flag satisfies boolean;',
  'let text = ``; for (let i = 0; i < 1e6; i++) text += String(i); return text satisfies string;',
  'let big = 0n; for (let i = 0n; i < 1000000n; i++) big += i; return big satisfies bigint;',
  'const counts = new Map<string, number>(); for (let i = 0; i < 1e6; i++) counts.set(String(i % 3), i); return counts satisfies Map<string, number>;',
  'const seen: Set<number> = new Set(); for (let i = 0; i < 1e6; i++) seen.add(i); return seen.size satisfies number;',
  'const sieve = new Uint8Array(1e6); for (let i = 0; i < 1e6; i++) sieve[i] = i & 1; return sieve satisfies Uint8Array;',
  'const point: { x: number; y?: number } = { x: 0 }; for (let i = 0; i < 1e6; i++) point.x += i; return point satisfies { x: number };',
  'let last: { i: number } | undefined = undefined; for (let i = 0; i < 1e6; i++) last = { i }; return last satisfies { i: number } | undefined;',
  'let sum = 0; for (let i = 0; i < 1e6; i++) sum += square(i) + twice(i); return sum satisfies number;',
  'const weights = [1, 2, 3]; let sum = 0; for (let i = 0; i < 1e6; i++) { for (const weight of weights) sum += weight as number; } return sum satisfies number;',
  'let sum = 0; outer: for (let i: number = 0; i < 1e6; i++) { const row: readonly number[] = [i]; for (const x of row) { if (x > 5) continue outer; sum += x; } } return sum satisfies number;',
  'return Array.from({ length: 1e6 }, (_, i) => i * step) satisfies number[];',
  'return Array.from({ length: 1e6 }, (_, i) => square(i)).length satisfies number;',
  'return [...range(1e6)] satisfies number[];',
  "return 'ab'.repeat(1e6) satisfies string;",
  'return fib(40) satisfies number;',
  'const end = Date.now() + step; while (Date.now() < end) {} return step;',
  'const start = process.hrtime.bigint(); while (process.hrtime.bigint() - start < 5_000_000n) {} return step;',
  'while (new Date() < until) {} return step;',
  'while (process.hrtime.bigint() < nanoseconds) {} return step;',
  'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, step); return step;',
];

/** Functions with one loop that only gets a suggestion, as its types could not move along, or for another reason; that must hold its types all the same. */
const suggested: readonly string[] = [
  'while (!existsSync(path)) {} return step;',
  'let sum = 0; for (let i = 0; i < 1e6; i++) sum += rows[i % 2]!; return sum satisfies number;',
];

const program = (body: string): string => `import { offload } from 'eslint-plugin-offload/runtime';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
function square(x: number): number { return x * x; }
const twice = (x: number): number => x + x;
function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
function* range(n: number): Generator<number> { for (let i = 0; i < n; i++) yield i; }
export async function run(step: number, rows: number[], path: string, until: Date, nanoseconds: bigint) {
  ${body}
}
export const used = [offload, existsSync, setTimeout, square, twice, fib, range];
`;

const given = { rule: 'no-busy-loop', options: { maxRecursion: 30 }, filename: 'file.ts' } as const;

describe('a fixed loop type-checks under strict', () => {
  const strict = { noUnusedLocals: false, noUnusedParameters: false };

  test.each(loops)('%s', (body) => {
    const { output, messages } = fix(program(body), given);
    expect(messages).toEqual([]);
    expect(output).toMatch(/await (?:offload|setTimeout)\(/);
    expect([...diagnosticsByLine(program(body), strict)]).toEqual([]);
    expect([...diagnosticsByLine(output, strict)]).toEqual([]);
  });

  test.each(suggested)('suggested: %s', (body) => {
    const [output, ...others] = suggestions(program(body), given);
    expect(others).toEqual([]);
    expect([...diagnosticsByLine(output!, strict)]).toEqual([]);
  });

  test.each(['let best = null; for (let i = 0; i < 1e6; i++) best = i; return best;', 'const out = []; for (let i = 0; i < 1e6; i++) out.push(i); return out;', 'let last: number; for (let i = 0; i < 1e6; i++) last = i; return 1;'])('no fix where a type is not written down: %s', (body) => {
    expect(fix(program(body), given)).toMatchObject({ passes: 0, messages: [{ message: expect.stringContaining('is not written down') as string }] });
  });
});

import { describe, expect, it } from 'vitest';
import { loopObstacles } from '../../src/analysis/loops/obstacles.js';
import { fix, type Given, lint, suggestions } from '../lint.js';
import { compiled } from '../properties/outcome.js';
import { loopOutcome } from '../properties/loop-outcome.js';

const given: Given = { sourceType: 'commonjs', rule: 'no-busy-loop', options: { maxIterations: 3, maxRecursion: 5 } };

const around = `'use strict';
const table = [1, 2, 3];
const rate = 2;
let total = 0;
let limit = 4;
exports.more = () => { total += 1; };
function square(x) { return x * x; }
const rated = (x) => x * rate;
const twice = (x) => square(x) + x;
function power(x, n) { return n === 0 ? 1 : x * power(x, n - 1); }
function noted(x) { total += x; return x; }
function look(x) { return table[x]; }
function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
function* range(n) { for (let i = 0; i < n; i++) yield i; }
async function later() { return 1; }
class Point { constructor(x) { this.x = x; } }
`;
const program = (body: string): string => `${around}exports.main = async function (log, outside) {\nlet n = 1;\n${body}\n};`;

/** Bodies with one loop, which is fixed. */
const fixed: readonly string[] = [
  'for (let i = 0; i < 4; i++) n += i; return n;',
  'for (let i = 0; i < 4; i++) n += i\nreturn n',
  'log(1)\nfor (let i = 0; i < 4; i++) n += i\n;[n].forEach(log)',
  'let i; for (i = 0; i < 4; i++) n += i; return [n, i];',
  'let i = 5; while (i--) { n *= 2; } return [n, i];',
  'let i = 0; do { n += i; i++; } while (i < 4); return [n, i];',
  'for (var i = 0; i < 4; i++) { var square1 = i * i; n += square1; } return n;',
  'outer: for (let i = 0; i < 4; i++) { for (let j = 0; j < 4; j++) { if (j > i) continue outer; n += i * j; } } return n;',
  'for (let i = 0; i < 4; i++) { switch (i) { case 2: n += 10; break; default: n -= 1; } } return n;',
  'if (n) for (let i = 0; i < 4; i++) n += i; else log(2); return n;',
  'for (const z of new Set([1, 2])) { const by = n + 1; for (let i = 0; i < 4; i++) n += i * by; log(n, z); } return n;',
  'for (let i = 0; i < 4; i++) n += square(i); return n;',
  'for (let i = 0; i < 4; i++) n += twice(i) * rate; return n;',
  'for (let i = 0; i < 4; i++) n += power(i, 3) + rated(i); return n;',
  'for (let i = 0; i < 4; i++) { const square = 2, rate = 3; n += twice(i) * square + rate + rated(i); } return n;',
  'let best = null; for (let i = 0; i < 4; i++) { if (i * 7 % 5 > 1) best = i; } return best;',
  "let text = ''; for (let i = 0; i < 4; i++) text += `${i}\n  ,`; return text;",
  'const out = []; for (let i = 0; i < 4; i++) out.push(i * n); return out;',
  'const out = [], other = 1; for (let i = 0; i < 4; i++) out[i] = i; return [out, other];',
  'const out = []; for (let i = 0; i < 4; i++) { const row = []; for (let j = 0; j < 2; j++) row.push(i * j); out.push(row); } return out;',
  'const grid = [[0, 0], [0, 0]]; for (let i = 0; i < 4; i++) grid[i % 2][i >> 1] += i; return grid;',
  'const sieve = new Uint8Array(10); for (let i = 2; i < 10; i++) for (let j = i * i; j < 10; j += i) sieve[j] = 1; return sieve;',
  'const counts = new Map(); for (let i = 0; i < 4; i++) counts.set(i % 2, i); return counts;',
  'const seen = new Set(); for (let i = 0; i < 4; i++) seen.add(i % 2); return seen.size;',
  'const point = { x: 0, y: 0 }; for (let i = 0; i < 4; i++) { point.x += i; point.y = point.x; } return point;',
  'const input = [3, 1, 2]; for (let i = 0; i < 4; i++) for (const x of input) n += x * i; return [n, input];',
  'const input = [3, 1, 2]; for (let i = 0; i < 3; i++) n += input[i]; return input;',
  'let last; for (let i = 0; i < 4; i++) { last = { i, pair: [i, n] }; } return last;',
  'let a = null, b = null; for (let i = 0; i < 4; i++) { a = [i]; } return [a, b];',
  'for (let i = 0; i < 4; i++) { [1, 2].forEach((x) => { n += x; }); } return n;',
  'for (const x of range(4)) n += x; return n;',
  'for (const x of Array(4).keys()) n += x; return n;',
  'try { const t = []; for (let i = 0; i < 4; i++) t.push(i); return t; } catch { return 0; }',
  'const go = async () => { let m = 0; for (let i = 0; i < 4; i++) m += i; return m; }; return await go();',
  'return Array.from({ length: 4 }, (_, i) => i * rate);',
  'return Array.from({ length: 4 }, (_, i) => twice(i)).length;',
  'return Array(4).fill(1).map((x, i) => [x, i]);',
  "return 'ab'.repeat(4).length;",
  'return [...range(4)];',
  'return [...Array(4).keys()].filter((x) => x % 2).length + n;',
  'return Array(4).fill(2).reduce((a, b) => a + b, 0);',
  'return await Promise.resolve(1).then(() => Array.from({ length: 4 }, (_, i) => i));',
  'return fib(7);',
  'return fib(7).toString() + fib(8) ** 2;',
];

/** Bodies that a naive extraction would change, why they are no fix, and whether they are suggestions. */
const withheld: readonly (readonly [body: string, reason: keyof typeof loopObstacles])[] = [
  ['for (let i = 0; i < 4; i++) n += this ? 1 : 2; return n;', 'this'],
  ['for (let i = 0; i < 4; i++) n += arguments.length; return n;', 'arguments'],
  ['const o = { async m() { for (let i = 0; i < 4; i++) n += super.toString.length; } }; return o;', 'super'],
  ['for (let i = 0; i < 4; i++) n += new.target ? 1 : 0; return n;', 'meta'],
  ['for (let i = 0; i < 4; i++) { const f = async () => n; f(); } return n;', 'suspends'],
  ['while (true) { for (let i = 0; i < 4; i++) { n++; } }', 'endless-task'],
  ['for (let i = 0; i < 4; i++) { class A {} n += A.length; } return n;', 'class'],
  ["for (let i = 0; i < 4; i++) n += eval('i'); return n;", 'eval'],
  ['for (let i = 0; i < 4; i++) n += missing(i); return n;', 'free-name'],
  ['for (let i = 0; i < 4; i++) n += new Point(i).x; return n;', 'free-name'],
  ['for (let i = 0; i < 4; i++) console.error(i); return n;', 'thread-bound'],
  ['for (let i = 0; i < 4; i++) n += noted(i); return n;', 'function'],
  ['for (let i = 0; i < 4; i++) n += later(); return n;', 'function'],
  ['const look = 1; for (let i = 0; i < 4; i++) n += outer(i) + look; function outer(x) { return square(x); } { const square = 3; for (let i = 0; i < 4; i++) n += outer(i) + square; } return n;', 'same-name'],
  ["const rate = 'hidden'; const times = 1; for (let i = 0; i < 4; i++) n += rated(i); log(rate, times); return n;", 'same-name'],
  ['for (let i = 0; i < 4; i++) { var square = 2; n += twice(i) * square; } return n;', 'same-name'],
  ['for (var i = 0; i < 4; i++) n += i; return [n, i];', 'declared-in-it'],
  ['const xs = []; const alias = xs; for (let i = 0; i < 4; i++) xs.push(i); return alias;', 'shared-object'],
  ['const xs = []; outside.keep(xs); for (let i = 0; i < 4; i++) xs.push(i); return xs;', 'shared-object'],
  ['const xs = []; const holder = { xs }; for (let i = 0; i < 4; i++) xs.push(i); return holder;', 'shared-object'],
  ['const xs = []; const size = () => xs.length; for (let i = 0; i < 4; i++) xs.push(i); return size();', 'shared-object'],
  ['const { items } = outside.unknown; for (let i = 0; i < 4; i++) items[i] = i; return items;', 'shared-object'],
  ['for (let i = 0; i < 4; i++) outside.unknown.n += i; return outside.unknown.n;', 'shared-object'],
  ['const grid = [table]; for (let i = 0; i < 4; i++) grid[0].push(i); return table;', 'shared-object'],
  ['const grid = [[0]]; const row = grid[0]; for (let i = 0; i < 4; i++) row.push(i); return grid;', 'shared-object'],
  ['const xs = []; for (const z of new Set([1, 2])) { for (let i = 0; i < 4; i++) xs.push(i); outside.keep(xs, z); } return xs;', 'shared-object'],
  ['for (let i = 0; i < 4; i++) table[i] = n; return table;', 'shared-object'],
  ['const { unknown } = outside; for (let i = 0; i < 4; i++) n += unknown.n; return n;', 'unknown-value'],
  ['const xs = [() => 1]; for (let i = 0; i < 4; i++) n += xs.length; return n;', 'unknown-value'],
  ['const rx = /a/g; for (let i = 0; i < 4; i++) n += rx.lastIndex; return n;', 'unknown-value'],
  ['for (let i = 0; i < 4; i++) n += look(i); return n;', 'unknown-value'],
  ['let best; const xs = [{ a: 1 }]; for (let i = 0; i < 4; i++) best = xs[0]; return best === xs[0];', 'unknown-result'],
  ['let made; for (let i = 0; i < 4; i++) made = () => i; return typeof made;', 'unknown-result'],
  ['let made; for (let i = 0; i < 4; i++) made = Symbol.iterator; return made;', 'unknown-result'],
  ['const xs = []; for (let i = 0; i < 4; i++) xs.push(() => i); return xs.length;', 'unknown-item'],
  ['return Array.from({ length: 4 }, (_, i) => () => i).length;', 'unknown-item'],
  ['return Array.from({ length: 4 }, () => ({ get x() { return 1; } })).length;', 'unknown-item'],
  ['for (let i = 0; i < 4; i++) total += i; return total;', 'written-elsewhere'],
  ['const peek = () => n; for (let i = 0; i < 4; i++) n += i; return peek();', 'written-elsewhere'],
  ['try { for (let i = 0; i < 4; i++) { n += i; if (i === 2) null.x; } } catch { log(n); } return n;', 'in-try'],
  ['return Array.from({ length: 4 }, (_, i) => { n += i; return i; });', 'writes-in-expression'],
];

describe('a loop on a worker does the same', () => {
  it.each(fixed)('%s', async (body) => {
    const { output, messages } = fix(program(body), given);
    expect(messages).toEqual([]);
    expect(output).toContain('offload(');
    expect(await loopOutcome(output)).toEqual(await loopOutcome(program(body)));
  });

  it.each(fixed)('a second run changes nothing: %s', (body) => {
    expect(fix(fix(program(body), given).output, given).passes).toBe(0);
  });
});

describe('a loop that would not do the same is no fix', () => {
  it.each(withheld)('%s: %s', (body, reason) => {
    const messages = lint(program(body), given).filter(({ message }) => message.includes('Not fixed automatically'));
    const words = loopObstacles[reason].text.split('{{name}}').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('`[^`]+`');
    expect(messages.map(({ message }) => message).join('\n')).toMatch(new RegExp(`Not fixed automatically: ${words}\\.`));
    const [message] = messages.filter((one) => new RegExp(words).test(one.message));
    expect(message).not.toHaveProperty('fix');
    expect(message!.suggestions?.length ?? 0).toBe(loopObstacles[reason].certainty === 'review' ? 1 : 0);
    for (const suggestion of suggestions(program(body), given)) compiled(suggestion);
  });
});

import { describe, expect, it } from 'vitest';
import { lint } from '../../lint.js';
import type { NoBusyLoopOptions } from '../../../src/rules/no-busy-loop.js';

const inBody = (statements: string): string => `const million = 1e6; export async function run(n, xs, o) { ${statements} }`;
const counts = (statements: string, options: NoBusyLoopOptions = {}): string[] =>
  lint(inBody(statements), { rule: 'no-busy-loop', options }).map(({ messageId, message }) => (messageId === 'count' ? /runs ([\d,]+) times/.exec(message)![1]! : messageId!));

describe('how often a loop runs', () => {
  it.each([
    ['for (let i = 0; i < 1e6; i++);', '1,000,000'],
    ['o = o || {}; for (let i = 0; i < 1e6; i++) o.n += i;', '1,000,000'],
    ['n ??= n; for (let i = 0; i < 1e6; i++) n += i; return n;', '1,000,000'],
    ['for (let i = 0; i <= 1e6; ++i) {}', '1,000,001'],
    ['for (let i = 1_000_000; i > 0; i--) {}', '1,000,000'],
    ['for (let i = 2e6; i >= 0; i -= 2) {}', '1,000,001'],
    ['for (let i = 0; 3e6 > i; i += 3) {}', '1,000,000'],
    ['for (let i = 0; i !== 1e6; i++) {}', '1,000,000'],
    ['for (let i = 0, end = 1e6; i < end; i = i + 1) {}', '1,000,000'],
    ['for (let i = 0n; i < 1000000n; i++) {}', '1,000,000'],
    ['for (let i = 0; i < million; i++) {}', '1,000,000'],
    ['const end = 2 ** 20; for (let i = 0; i < end; i++) {}', '1,048,576'],
    ['for (let i = 0; i < million * 2 + Math.floor(0.5); i++) {}', '2,000,000'],
    ['for (let i = 0; i < 1 << 20; i++) {}', '1,048,576'],
    ['let i; for (i = 0; i < 1e6; i++) {} return i;', '1,000,000'],
    ['for (var i = 0; i < 1e6; i++) {}', '1,000,000'],
    ['let i = 0; while (i < 1e6) { o(i); i++; }', '1,000,000'],
    ['let i = 0; while (i++ < 1e6) o(i);', '1,000,000'],
    ['let i = 0; while (++i < 1e6) o(i);', '999,999'],
    ['let i = 1e6; while (i--) o(i);', '1,000,000'],
    ['let i = 1e6; while (--i) o(i);', '999,999'],
    ['let i = 1e6; while (i > 0) { i -= 1; }', '1,000,000'],
    ['let i = 0; do { i++; } while (i < 1e6);', '1,000,000'],
    ['let i = 0; do o(i); while (i++ < 1e6);', '1,000,001'],
    ['for (let i = 0; i < 1000; i++) for (let j = 0; j < 1000; j++) o(i, j);', '1,000,000'],
    ['for (let i = 0; i < 1000; i++) { for (let j = 0; j < 500; j++); for (let k = 0; k < 600; k++); }', '1,100,000'],
    ['for (let i = 0; i < 1000; i++) { xs.push(Array.from({ length: 1000 }, () => i)); }', '1,000,000'],
    ['for (let i = 0; i < 1e6; i++) { for (const x of xs) if (x) break; }', '1,000,000'],
    ['for (let i = 0; i < 1e6; i++) { if (i % 2) continue; o(i); }', '1,000,000'],
    ['for (let i = 0; i < 1e6; i++) n += i; return n;', '1,000,000'],
    ['for (let i = 0; i < 1e6; i++) { n += xs; xs += n; } return n;', '1,000,000'],
    ['outer: for (let i = 0; i < 1e6; i++) { for (const x of xs) if (x) continue outer; }', '1,000,000'],
    ['for (let i = 0; i < 1e6; i++) { o(() => { return i; }); }', '1,000,000'],
    ['for (let i = 0; i < 1e6; i++) { try { o(); } catch { n++; } }', '1,000,000'],
    ['for (const i of Array(1e6).keys()) o(i);', '1,000,000'],
    ['for (const x of new Float64Array(million)) o(x);', '1,000,000'],
    ['const cells = new Uint8Array(1e6); o(cells); for (let i = 0; i < cells.length; i++) o(i);', '1,000,000'],
    ['const list = new Array(1e6).fill(0); for (let i = 0; i < list.length; i++) list[i] = i;', '1,000,000'],
    ['const list = [...Array(2e6).keys()]; for (const x of list) o(x);', '2,000,000|2,000,000'],
    ['Array.from({ length: 1e6 }, (_, i) => i);', '1,000,000'],
    ['Array.from({ length: million });', '1,000,000'],
    ['Array(1e6).fill().map((_, i) => i);', '1,000,000'],
    ['new Array(1e6).fill(0).forEach((x) => o(x));', '1,000,000'],
    ['[...Array(1e6).keys()].filter((x) => o(x)).map(o);', '1,000,000'],
    ['Array.from({ length: 1000 }, () => Array.from({ length: 1000 }, () => 0));', '1,000,000'],
    ["'ab'.repeat(1e6);", '1,000,000'],
    ['`${n}`.repeat(1e6);', '1,000,000'],
    ['for (const x of range(1e6)) o(x); function* range(m) { for (let i = 0; i < m; i++) yield i; }', '1,000,000'],
    ['for (const x of range()) o(x); function* range(m = 1e6) { for (let i = 0; i < m; i++) { yield i; } }', '1,000,000'],
    ['[...range(1e6)]; function* range(m) { let i = 0; while (i < m) yield i++; }', '|'],
    ['Array.from(range(1e6)); function* range(m) { for (let i = 0; i < m; i++) yield i; }', '1,000,000'],
    ['for (const x of xs) for (let i = 0; i < 1e6; i++) o(x);', '1,000,000'],
    ['for (let i = 0; i < 10; i++) { await o(); for (let j = 0; j < 1e6; j++) o(j); }', '1,000,000'],
    ['for (let i = 1; i < 2 ** 1000; i *= 1.0001) o(i);', 'endless'],
    ['for (let i = 0; i >= 0; i++) o(i);', 'endless'],
    ['xs.map((x) => { for (let i = 0; i < 1e6; i++) o(x); });', '1,000,000'],
  ])('%s: %s', (code, expected) => {
    expect(counts(code, { maxIterations: 999_999 })).toEqual(expected.split('|').filter((one) => one !== ''));
  });

  it.each([
    'for (let i = 0; i < 999_999; i++) o(i);',
    'for (let i = 0; i < n; i++) o(i);',
    'for (let i = 0; i < xs.length; i++) o(i);',
    'for (let i = 0; i < 1e6; i++) if (o(i)) break;',
    'for (let i = 0; i < 1e6; i++) { if (o(i)) return i; }',
    'for (let i = 0; i < 1e6; i++) { if (o(i)) throw i; }',
    'for (let i = 0; i < 1e6; i++) await o(i);',
    'for (let i = 0; i < 1e6; i++) { if (o(i)) i = 1e6; }',
    'for (let i = 0; i < 1e6; i++) { const stop = () => { i = 1e6; }; o(stop); }',
    'for (let i = 0; i < 1e6; i += n) o(i);',
    'for (let i = n; i < 1e6; i++) o(i);',
    'for (let i = 0; i < 1e6; i++, i *= n) o(i);',
    'let end = 1e6; o(() => { end = 0; }); for (let i = 0; i < end; i++) o(i);',
    'let i = 0; while (i < 1e6) { if (o(i)) i++; }',
    'let i = 0; while (i < 1e6) { if (o(i)) continue; i++; }',
    'let i = 0; o(() => { i = 1e6; }); while (i < 1e6) { i++; o(); }',
    'let i = n; while (i < 1e6) i++;',
    'for (let i = 1; i < 1e300; i *= 2) o(i);',
    'for (let i = 0; i < 1000; i++) for (let j = 0; j < 1000; j++) if (o(i, j)) break;',
    'for (let i = 0; i < 1000; i++) if (o(i)) for (let j = 0; j < 1000; j++) o(i, j);',
    'for (let i = 0; i < 1000; i++) { if (o(i)) continue; for (let j = 0; j < 1000; j++) o(i, j); }',
    'for (let i = 0; i < 1000; i++) o(() => { for (let j = 0; j < 1000; j++) o(j); });',
    'for (let i = 0; i < 5; i++) for (const x of xs) for (let j = 0; j < 3e5; j++) o(x);',
    'for (const x of xs) o(x);',
    'for (const key in o) n(key);',
    'const list = new Array(1e6); o(list); for (const x of list) o(x);',
    'const list = new Array(1e6); list.length = 3; for (const x of list) o(x);',
    'new Array(1e6).fill(0);',
    'o.repeat(1e6); n.repeat(1e6);',
    'o.from({ length: 1e6 });',
    'Array.from({ length: n });',
    'xs.map((x) => x);',
    'Array(n).fill().map((x) => x);',
    'const Array = o; Array.from({ length: 1e6 });',
    'for (const x of range(1e6)) o(x); function* range(m) { for (let i = 0; i < m; i++) if (i % 2) yield i; }',
    'for (const x of range(1e6)) o(x); function* range(m) { for (let i = 0; i < m; i++) { if (n) return; yield i; } }',
    'let dir = n; while (!o.has(dir)) dir = o.parent(dir);',
    'while (o.i < n) { const c = xs[o.i++]; if (c === 1) break; }',
  ])('silent: %s', (code) => {
    expect(counts(code)).toEqual([]);
  });

  it('a generator that pauses is no busy loop, nor is code of a worker or of a task', () => {
    const given = { rule: 'no-busy-loop' } as const;
    expect(lint('export async function* all() { for (let i = 0; i < 1e7; i++) yield i; }', given)).toEqual([]);
    expect(lint("import { parentPort } from 'node:worker_threads'; export async function f() { for (let i = 0; i < 1e7; i++) parentPort.postMessage(i); }", given)).toEqual([]);
    expect(lint("import { offload } from 'eslint-plugin-offload/runtime'; export async function f() { return await offload(() => { let n = 0; for (let i = 0; i < 1e7; i++) n += i; return n; }); }", given)).toEqual([]);
  });
});

describe('loops without an end', () => {
  it.each(['while (true) o();', 'for (;;) { o(); }', 'do { o(); } while (1);', 'while (!false) { for (const x of xs) { if (x) break; } }', 'const on = true; while (on) { o(() => { return; }); }', 'for (;;) { switch (n) { case 1: break; } }'])('%s', (code) => {
    expect(counts(code)).toEqual(['endless']);
  });

  it.each(['while (true) { await o(); }', 'while (true) { if (o()) break; }', 'while (true) { if (o()) return; }', 'for (;;) { if (n) throw n; o(); }', 'out: for (;;) { for (;;) { if (o()) break out; } }', 'for (;;) { for await (const x of xs) o(x); }', 'for (;;) { if (o()) process.exit(1); }', 'while (false) o();', 'while (n) o();'])('silent: %s', (code) => {
    expect(counts(code)).toEqual([]);
  });
});

describe('recursion, where it is asked for', () => {
  const options = { maxRecursion: 30 };
  const fib = 'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }';

  it.each([
    `${fib} return fib(40);`,
    `${fib} return fib(30);`,
    'const fib = (m) => { if (m < 2) return m; return fib(m - 1) + fib(m - 2); }; return fib(35);',
    'function move(m, a, b) { if (m === 0) return; move(m - 1, b, a); move(m - 1, a, b); } move(64, 1, 2);',
  ])('%s', (code) => {
    expect(counts(code, options)).toEqual(['recursion']);
    expect(counts(code)).toEqual([]);
  });

  it.each([
    `${fib} return fib(29);`,
    `${fib} return fib(n);`,
    'function down(m) { return m === 0 ? 0 : down(m - 1); } return down(1e4);',
    'function find(m) { if (m % 2) return find(m - 1); return find(m - 2); } return find(100);',
    'function find(m) { if (m === 0) return 0; if (o(m)) { return find(m - 1); } else { return find(m - 2); } } return find(100);',
    'function half(m) { return m < 2 ? m : half(m / 2) + half(m / 2); } return half(1e6);',
    'function tree(m) { o(() => tree(m - 1)); o(() => tree(m - 1)); } return tree(100);',
    'async function walk(m) { if (m) { await walk(m - 1); await walk(m - 1); } } return walk(100);',
  ])('silent: %s', (code) => {
    expect(counts(code, options)).toEqual([]);
  });
});

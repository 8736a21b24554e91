import { describe, expect, it } from 'vitest';
import { fix, suggestions } from '../lint.js';
import { outcome } from '../properties/outcome.js';

const given = { sourceType: 'commonjs' } as const;
const program = (body: string): string => `const fs = require('fs');\nexports.main = async function (v, log) {\nconst o = { n: 1 }; let n = 1;\n${body}\n}`;

/** Bodies whose every blocking call is fixed. */
const fixed: readonly string[] = [
  ...['.x', '?.x', '[0]', '(1)', '?.(1)', '`t`', ' ** 2', '\n.child\n.x', '?.child?.(2)'].map((after) => `return fs.readFileSync(1)${after}`),
  ...['!', '-', 'typeof ', 'void ', '2 ** ', 'n + ', 'v(1), ', "'x' in ", 'delete '].map((before) => `return ${before}fs.readFileSync(1)`),
  'return new (fs.readFileSync(1))(2)',
  'return new (fs.readFileSync(1).child)(2).x',
  'return class extends fs.readFileSync(1) {}.x',
  'return `${fs.readFileSync(1)}-${fs.statSync(2)}`',
  'return [v(1), ...fs.readFileSync(1), fs.readFileSync(2)]',
  'return { a: v(1), [fs.readFileSync(1)]: fs.statSync(2), ...fs.readFileSync(3) }',
  'fs.readFileSync(1).y = fs.readFileSync(2); log(n)',
  'o[n++] = fs.readFileSync(n).x; return o',
  'n += fs.readFileSync(1).x; return n',
  'let a; if (!a) a = fs.readFileSync(1).x; return a',
  'if (n) o.m = fs.readFileSync(1).x; else o.m = n; return o',
  'return fs.writeFileSync(fs.readFileSync(fs.readFileSync(1).x), ...fs.readFileSync(2)).x',
  'log(1)\nfs.readFileSync(2).child(3)\nfs.readFileSync(4)\n;[fs.readFileSync(5)].map(log)',
  'let a = n\nfs.readFileSync(1).child(a)\nreturn/* c */fs.readFileSync(2)',
  'for (const x of fs.readFileSync(1)) log(x, fs.statSync(x))',
  'for await (const x of [fs.readFileSync(1)]) log(x)',
  'switch (fs.readFileSync(1).x) { case fs.readFileSync(2).x: log(1); default: log(2) }',
  'try { return fs.readFileSync(1) } finally { log(fs.statSync(2)) }',
  'try { throw fs.readFileSync(1) } catch ({ x = 1, y = fs.readFileSync(2) }) { return [x, y] }',
  'const { a = fs.readFileSync(1), b: [c = fs.statSync(2)] = [] } = {}; return [a, c]',
  'return [...Object.keys(class { static [fs.readFileSync(1)] = 1 })]',
  'async function* all() { yield fs.readFileSync(1); return fs.readFileSync(2) } for await (const x of all()) log(x)',
  'return await v.then((x) => fs.readFileSync(x))',
  'return await Promise.resolve(v(1)).then(fs.readFileSync)',
  'return await Promise.reject(1).then(v, fs.readFileSync).catch(fs.statSync)',
  'return await v.then(function (x) { if (x) return fs.readFileSync(x) })',
  'return await (async (a = async () => fs.readFileSync(1)) => a())()',
];

/** Bodies with one blocking call, which is suggested. */
const suggested: readonly string[] = [
  'o.n += fs.readFileSync(1).x; return o',
  'o.n = o.n + fs.readFileSync(1).x; return o',
  'return o.m || (o.m = fs.readFileSync(1).x)',
  'if (!o.m) o.m = fs.readFileSync(1).x; return o',
  'if (o.m === undefined) { log(1); if (n) o.m = { x: fs.readFileSync(1).x } } return o',
  'process.env.A = 1; return fs.readFileSync(1)',
  'return [1].map((x) => fs.readFileSync(x))',
  'log(1)\n;[1].map((x) => fs.readFileSync(x).x).map(log)',
  '[1, 2].forEach((x) => { log(x, fs.readFileSync(x)) })\nlog(3)',
  'if (n) [1, 2].forEach((x) => log(fs.readFileSync(x))); else log(3)',
  // Where none decides before the last: all are asked.
  ...['filter', 'find', 'findIndex', 'some', 'flatMap'].map((method) => `log(1)\n;[[1], [2]].${method}((x) => fs.readFileSync(x[0]).x > 1e9)\nlog(2)`),
  ...['filter', 'flatMap', 'every'].map((method) => `return [1, 2, 3].${method}((x) => fs.readFileSync(x).x !== 1e9)`),
  'return [1, 2, 3].find((x) => fs.readFileSync(x).x !== 1e9 && x === 3)',
  'return [1, 2, 3].findIndex((x) => fs.readFileSync(x).x !== 1e9 && x === 3)',
  'return [1, 2, 3].some((x) => fs.readFileSync(x).x !== 1e9 && x === 3)',
  'return [1, 2, 3].reduce((sum, x) => sum + fs.readFileSync(x).x, 10)',
  'return [1, 2].reduce((all, x) => { all.push(fs.readFileSync(x)); return all }, []).length',
  'await v.then((x) => { log(x); log(fs.readFileSync(x)) })\nlog(2)',
  'return await v.then((x) => { try { return fs.readFileSync(x) } finally { log(x) } })',
  // Given to a function that waits for it.
  'async function retry(fn) { try { return await fn(1) } catch (e) { log(e); return fn(2) } }\nreturn await retry((x) => fs.readFileSync(x))',
  'async function retry(fn) { try { return await fn(1) } catch (e) { log(e) } }\nreturn await retry((x) => { const t = fs.readFileSync(x); if (t.x) throw t.x; return t })',
  'const timed = async (fn) => { log(1); const t = await fn(2); log(3); return t }\nreturn await timed(function (x) { log(4); return [fs.readFileSync(x)] })',
  'const pass = async (fn) => fn(1)\nreturn [await pass((x) => fs.readFileSync(x)), log(2)]',
];

describe('code does the same', () => {
  it.each(fixed)('fixed: %s', async (body) => {
    const { output, messages } = fix(program(body), given);
    expect(messages).toEqual([]);
    expect(output).not.toMatch(/fs\.\w+Sync\(/);
    expect(await outcome(output)).toEqual(await outcome(program(body)));
  });

  it.each(suggested)('suggested: %s', async (body) => {
    const [output, ...others] = suggestions(program(body), given);
    expect(others).toEqual([]);
    expect(output).not.toMatch(/fs\.\w+Sync\(/);
    expect(await outcome(output!)).toEqual(await outcome(program(body)));
  });
});

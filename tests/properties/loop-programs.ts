import fc from 'fast-check';

/**
 * Programs with counting loops over variables of every sort: numbers, strings, objects that are alone, that have a second
 * name, that a closure holds or that come from outside. Whatever is seen of them afterwards is logged.
 */
const declarations: readonly (readonly string[])[] = [
  ['let n = 1'], ['let s = "a"'], ['let best = null'], ['let flag = false'], ['const k = 3'], ['const xs = []'], ['const ys = [1, 2, 3]'], ['const o = { a: 1, b: "x" }'], ['const m = new Map()'], ['const u = new Set([1])'],
  ['const typed = new Float64Array(4)'], ['const grid = [[1], [2]]'], ['const fns = []', 'const fns = [() => 1]'], ['const date = new Date(0)'], ['const big = 10n'], ['var v = 2'], ['const rx = /a/g'], ['const { a } = o', 'const a = 1'], ['let und', 'let und = [[]]'],
  // Alone, or under a second name.
  ['let zs = [4, 5]', 'let zs = xs', 'let zs = [xs]'], ['const alias = [9]', 'const alias = [9]', 'const alias = ys', 'const alias = grid[0]'], ['const held = { xs: [] }', 'const held = { xs: [] }', 'const held = { xs }'], ['let list = [8]', 'let list = ys'],
  ['', '', 'outside.keep(ys)'], ['', '', 'outside.keep(grid)'], ['', '', 'fns.push(() => xs)'], ['const peek = () => 0', 'const peek = () => 0', 'const peek = () => [n, s]'], ['const look = () => 0', 'const look = () => 0', 'const look = () => xs.length'],
  ['const bump = (x) => x', 'const bump = (x) => x', 'const bump = () => { n += 10 }'], ['const proto = [1]', 'const proto = Object.create({ inherited: 1 })'],
];

/** Expressions that give something to compute with; `i` is the counter. */
const values: readonly string[] = [
  'i', 'n', 'k', 's', '1', '"t"', 'i * 2', 'n + i', 's + i', '-n', '!flag', 'n > i ? n : i', 'best', 'ys[i]', 'xs[i]', 'ys.length', 'xs.length', 'typed[i]', 'o.a', 'grid[0]', 'grid[i]', 'grid[0][0]', 'm.get(i)', 'm.size', 'u.has(i)',
  '[i]', '[n, s]', '{ v: i }', '{ v: xs }', '[ys]', 'ys', 'o', 'xs', '() => i', 'square(i)', 'twice(i)', 'wrap(i)', 'first(ys)', 'Math.max(i, n)', 'Math.min(...ys)', 'String(i)', 'Number(s)', 's.length', 's.slice(0, 3)', 's.split("")', 's[0]',
  'outside.unknown.n', 'outside.unknown', 'unknown.items', 'unknown', 'typeof n', 'JSON.stringify(o)', 'new Map([[1, i]])', 'new Error("e")', 'i % 2 === 0', 'ys.includes(i)', 'ys.map((y) => y + i)', 'ys.reduce((a, b) => a + b, 0)', 'fns[0]', 'big', 'v', 'rx', 'date', 'und',
  'Symbol.iterator', 'Array.isArray(xs)', '[...ys]', '[...xs, i]', 'Object.keys(o).length', 'undefined', 'list', 'proto', 'shared', 'table[0]', 'box', 'a', '[ys[0], i]',
];

const statements: readonly string[] = [
  'n += $V', 'n = $V', 'n++', 's += $V', 's = $V', 'best = $V', 'best ??= $V', 'flag = $V', 'flag ||= $V', 'xs.push($V)', 'xs.push($V, $V)', 'xs[i] = $V', 'ys[0] = $V', 'ys.push($V)', 'zs.push($V)', 'zs = $V', 'o.a = $V', 'o.a += $V', 'o[s] = $V', 'o.c = $V',
  'm.set(i, $V)', 'u.add($V)', 'typed[i] = $V', 'grid[0].push($V)', 'grid[i % 2][0] = $V', 'grid.push([$V])', 'v += $V', 'delete o.a', 'xs.length = 0', 'xs.pop()', 'ys.sort()', 'list.push($V)', 'list = $V', '[n, best] = [$V, $V]', '({ v: best } = { v: $V })', 'shared += $V', 'shared = $V', 'box.n = $V', 'und = $V',
  'const row = [$V]; row.push($V); xs.push(row)', 'const row = grid[0]; row.push($V)', 'for (const y of ys) { n += y }', 'for (const row of grid) { row.push($V) }', 'for (const key in o) { s += key }', 'ys.forEach((y) => { n += y })', 'ys.forEach((y) => { xs.push($V) })', 'Object.assign(o, { v: $V })',
  'if ($V) { $S }', 'if (i > 1) { $S } else { $S }', 'if (i === 1) continue', 'switch (i) { case 1: $S; break; default: $S }', 'for (let j = 0; j < 2; j++) { $S }', 'let t = $V; t += $V; n = t', 'const t = $V; best = t', 'try { $S } catch { n = 0 }', 'fill(xs, $V)', 'fill(ys, $V)', 'bump()', 'outside.keep($V)', 'log($V)', 'fns.push(() => $V)',
  'best = { v: $V }; best.v = $V', 'best = [$V]; xs.push(best)', '{ var w = $V; n = w }', 'class C {}', 'throw new Error("x")', 'if (n > 100) throw new RangeError("r")', 'lots($V)', '[].push.call(xs, $V)', 'held.xs.push($V)', 'alias.push($V)', 'held.extra = $V', 'und ||= []; und.push($V)',
];

const loops: readonly string[] = [
  'for (let i = 0; i < 3; i++) { $B }', 'for (let i = 0; i < 2; ++i) { $B }', 'for (let i = 3; i > 0; i -= 1) { $B }', 'for (var i = 0; i <= 2; i += 1) { $B }', 'label: for (let i = 0; i < 2; i++) { for (let j = 0; j < 2; j++) { if (j > i) continue label; $B } }',
  'let i = 0; while (i < 3) { i++; $B }', 'let i = 0; do { i += 2; $B } while (i < 4)', 'for (const i of Array(3).keys()) { $B }', 'for (const i of count(3)) { $B }', 'for (let i = 1; i < 8; i *= 2) $S',
  'best = Array.from({ length: 3 }, (_, i) => $V)', 'xs.push(Array.from({ length: 3 }, (_, i) => { $S; return $V }))', 'log([...count(3)].map((i) => $V))', 'n = Array(3).fill(1).reduce((sum, x, i) => sum + $V, 0)', 'log("ab".repeat(3))', 'log([...Array(3).keys()].filter((i) => $V))',
];

const around: readonly string[] = [
  '{ $L }', '{ $L }', '{ $L }', '{ $L }', 'for (const z of [1, 2]) { $L\nlog(z, n) }', 'try { $L } catch (e) { log(e.name) } finally { log(n, s) }', 'if (k) { $L }', '{ const inner = [n]; let count2 = 0; $L\nlog(inner, count2) }', '{ let n = 5; $L\nlog(n) }', 'await (async () => { $L })()', '{ $L }\n[1].map(log)',
];

const template = `'use strict'
let shared = 5
const table = [1, 2]
const box = { n: 1 }
function square(x) { return x * x }
const twice = (x) => square(x) + x
const wrap = (x) => ({ x })
function first(list) { return list[0] }
function fill(list, x) { list.push(x) }
function lots(x) { shared += 1 }
function* count(limit) { for (let c = 0; c < limit; c++) yield c }
exports.main = async function (log, outside) {
const unknown = outside.unknown
$D
$A
for (const see of [() => n, () => s, () => best, () => flag, () => xs, () => ys, () => zs, () => o, () => m, () => u, () => typed, () => grid, () => alias === ys, () => alias, () => held, () => held.xs === xs, () => peek(), () => look(), () => list === ys, () => zs === xs, () => list, () => v, () => best === xs, () => best === grid[0], () => fns.length, () => und, () => xs.map((x) => typeof x)]) SEE
log(shared, box, table)
return $R
}
`;

/** Closures hold variables: half of the programs look at them by name only. */
const looks = ['try { log(see()) } catch (e) { log(e.name) }'];

const names = ['n', 's', 'best', 'flag', 'xs', 'ys', 'zs', 'o', 'm', 'u', 'typed', 'grid', 'alias', 'held', 'list', 'v', 'und'];

function filled(shape: fc.Arbitrary<string>, depth: number): fc.Arbitrary<string> {
  return shape.chain((text) => {
    const parts = text.split(/\$([VSB])/);
    const slots = parts.filter((_, index) => index % 2 === 1);
    return fc.tuple(...slots.map((slot) => (slot === 'V' ? fc.constantFrom(...values).map((value) => (value.startsWith('{') || value.startsWith('()') ? `(${value})` : value)) : slot === 'S' ? statement(depth - 1) : fc.array(statement(depth - 1), { minLength: 1, maxLength: 3 }).map((all) => all.join('; '))))).map((chosen) => parts.map((part, index) => (index % 2 === 0 ? part : chosen[(index - 1) / 2]!)).join(''));
  });
}

function statement(depth: number): fc.Arbitrary<string> {
  return filled(fc.constantFrom(...(depth > 0 ? statements : statements.filter((text) => !text.includes('$S')))).map((text) => (/^(?:const|let) /.test(text) ? `{ ${text} }` : text)), depth);
}

/** A CommonJS module that exports one async function with a loop or two. */
export const loopPrograms: fc.Arbitrary<string> = fc
  .record({
    declared: fc.tuple(...declarations.map((choices) => fc.constantFrom(...choices))).map((all) => all.filter((line) => line !== '')),
    areas: fc.array(fc.constantFrom(...around).chain((place) => filled(fc.constantFrom(...loops), 2).map((loop) => place.replace('$L', () => loop))), { minLength: 1, maxLength: 2 }),
    sees: fc.boolean(),
    result: fc.constantFrom(...names),
  })
  .map(({ declared, areas, sees, result }) => {
    const body = template.replace('$D', () => declared.join('\n')).replace('$A', () => areas.join('\n')).replace('$R', () => result);
    return sees ? body.replace('SEE', () => looks[0]!) : body.replace(/for \(const see.*SEE/, () => `${names.map((name) => `log("${name}", ${name})`).join('\n')}\nlog(alias === ys, held.xs === xs, list === ys, zs === xs, best === xs, best === grid[0], xs.map((x) => typeof x))`);
  });

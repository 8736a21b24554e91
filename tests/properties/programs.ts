import fc from 'fast-check';

/** How tightly an expression binds: from a sequence (0) over assignment, `?:`, operators, `**`, unary and optional chain to call (7) and literal (8). */
type Level = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

interface Printed {
  readonly code: string;
  readonly level: Level;
}

/** A template, in which `$1` stands for an expression that binds at least as tightly as level 1, and `$S` for a statement. */
type Shape = readonly [level: Level, template: string];

const leaves: readonly Shape[] = [
  [8, 'k'], [8, 'n'], [8, 'shared'], [8, 'o'], [7, 'v(1)'], [7, 'o.v'], [8, '1'], [8, "'s'"], [8, 'this'], [7, 'arguments.length'], [8, 'null'],
];

const blockingCalls: readonly Shape[] = [
  [7, 'fs.readFileSync($1)'], [7, 'fs.readFileSync($1)'], [7, 'fs.readFileSync($1, $1)'], [7, 'fs.statSync()'], [7, 'fs.writeFileSync($1, $1)'], [7, 'fs.readFileSync(...[$1], $1)'],
  [7, 'fs.readFileSync /* c */ ($1)'], [7, 'fs.readFileSync( // c\n$1)'], [7, '(0, fs.readFileSync)($1)'], [7, '(fs.readFileSync)($1)'], [7, 'read($1)'],
  [7, 'fs\n.readFileSync($1)'], [6, 'fs?.readFileSync($1)'], [7, 'fs.readFileSync.call(fs, $1)'], [7, 'fs.readFileSync`t`'], [7, "fs['readFileSync']($1,)"],
];

const expressions: readonly Shape[] = [
  [7, '$7.x'], [6, '$6?.x'], [7, '$7[$0]'], [6, '$6?.[$0]'], [6, '$6?.($1)'], [7, '$7($1)'], [7, '$7(...$1)'], [7, '$7\n.child($1)'], [7, '$7 /* c */ .x'], [7, 'o.m($1, $1)'],
  [7, '$7`a${$0}b`'], [8, '`${$0}-${$0}`'], [7, 'new $8($1)'], [7, 'new ($0)()'], [7, 'new $8()'],
  [5, '!$5'], [5, '-$5'], [5, 'typeof $5'], [5, 'typeof($0)'], [5, 'void $5'], [5, 'delete $7.x'], [5, 'await $5'], [5, '/* c */ $5'], [5, 'n++'],
  [4, '$6 ** $4'], [3, '$5 + $5'], [3, '$5 < $5'], [3, '$5 instanceof $5'], [3, '$5 in $5'], [3, '$5 && $5'], [3, '$5 || $5'], [8, '($5 ?? $5)'], [2, '$3 ? $1 : $1'], [0, '$1, $1'],
  [8, '[$1, , ...[$1], $1]'], [8, '({ a: $1, ...$1, [$1]: $1, b: $1 })'], [8, '({ get a() { return $1 }, async b() { return $1 } })'],
  [1, 'n = $1'], [1, 'n += $1'], [1, 'n = n + $5'], [1, 'o.v = $1'], [1, 'o.v = o.v + $5'], [1, 'o[n++] = $1'], [1, 'o.v ??= $1'], [1, 'shared += $1'], [1, '[n, o.v = $1] = [$1]'], [1, '({ a: o.v = $1 } = $1)'], [1, '$7.x = $1'],
  [7, '(() => $1)()'], [7, '((a = $1) => a)()'], [7, '(function () { return $1 })()'], [7, '[k].map((i) => $1)'], [7, '[k].map(function (i) { $S })'], [7, '[...(function* () { yield $1 })()]'],
  [5, 'await (async () => $1)()'], [5, 'await (async (a = $1) => a)()'], [5, 'await (async (a = async () => $1) => a())()'], [5, 'await (async () => { $S })()'],
  [5, 'await v.then(() => $1)'], [5, 'await v.then(function () { return $1 })'], [5, 'await v.then(() => { try { return $1 } catch { return 1 } })'], [5, 'await v.then((i) => { $S })'], [5, 'await v.then((i) => [i].map((j) => $1))'],
  [8, '(class extends $6 {})'], [8, '(class { static [$1] = 1; static s = $1; static { $1; } })'], [7, 'new (class { f = $1; g = async () => $1 })().f'],
];

const statements: readonly Shape[] = [
  [0, '$0'], [0, '$0'], [0, '$0'], [0, 'log($1)'], [0, 'log($1)'], [0, '$7.x'], [0, '$7($1)'], [0, '$7`t`'], [0, 'v(1)\n$0'], [0, 'return $0'], [0, 'return($0)'], [0, 'return/* c */$0'], [0, 'throw $0'],
  [0, '{ const x = $1, y = $1\nlog(x, y) }'], [0, '{ const { a = $1 } = {}, [b = $1] = []\nlog(a, b) }'], [0, '{ let x = v(2)\n$S }'],
  [0, 'if ($0) $S'], [0, 'if ($0) { $S } else { $S }'], [0, 'if (!fs.existsSync(k)) fs.mkdirSync(k)'], [0, 'for (const i of [$1]) { log(i)\n$S }'], [0, 'for (let i = $1; false; $0) $S'], [0, 'for (const i of($0)) { $S\nbreak }'],
  [0, 'for await (const i of [$1]) { $S }'], [0, 'do $S\nwhile (false)'], [0, 'while (!$5) { $S\nbreak }'], [0, 'switch ($0) { case $0: $S\ncase $0: default: $S }'], [0, 'label: { $S\nbreak label }'], [0, '[k].forEach((i) => { $S })'], [0, '$7.child.forEach((i) => $1)'], [0, '[[k]].forEach(function ([i]) { log(i)\n$S })'],
  [0, 'try { return $0 } catch (e) { log(e.name)\n$S } finally { $S }'], [0, 'try { throw $0 } catch ({ x = $1 }) { log(x) }'], [0, 'try { $S } catch { $S }'],
  [0, '{ async function* g() { yield $1\nreturn $0 }\nfor await (const i of g()) log(i) }'], [0, '{ const g = async () => $1\nlog(await g()) }'], [0, '{ const g = (a = $1) => { $S }\nlog(g()) }'],
];

/** What TypeScript adds. */
const typescriptBlockingCalls: readonly Shape[] = [
  [7, 'fs!.readFileSync($1)'], [7, '(fs.readFileSync as any)($1)'], [7, '(<any>fs).readFileSync($1)'], [7, 'fs.readFileSync<() => void>($1)'], [7, 'fs.readFileSync!($1)'], [6, 'fs?.readFileSync!($1)'],
];
const typescriptExpressions: readonly Shape[] = [
  [7, '$7!'], [7, '$7!.x'], [6, '$6?.x!.child'], [8, '($1 as any)'], [8, '($1 satisfies any)'], [5, '<any>$5'], [7, '($1 as any).x'], [5, 'await v.then((i: any): any => $1)'], [5, 'await v.then<any>((i: any) => $1)'],
  [7, 'new (class { constructor(private a = $1) {} declare b: any; accessor c = $1 })().c'], [7, '[k].map<any>((i) => $1)'], [5, 'await (async <T,>(a?: T): Promise<any> => $1)()'],
];
const typescriptStatements: readonly Shape[] = [
  [0, '{ enum E { A = $1, B = 2 }\nlog(E) }'], [0, '{ let x!: any, y: any = $1 as any\n$7.x }'], [0, 'type T = typeof k\n$7.x'], [0, '{ using r = { [Symbol.dispose]() { log(1) } }, s = null\nreturn $0 }'],
  [0, 'await v.then(() => { using r = { [Symbol.dispose]() { log(2) } }\nreturn $0 })'], [0, '[k].forEach((i: any) => { $S })'],
];

function statementOf(calls: readonly Shape[], inside: readonly Shape[], all: readonly Shape[]): fc.Arbitrary<string> {
  return fc.letrec<{ expression: Printed; statement: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'code', withCrossShrink: true },
      { arbitrary: fc.constantFrom(...leaves).map(([level, code]) => ({ level, code })), weight: 3 },
      { arbitrary: filled(calls, tie), weight: 4 },
      { arbitrary: filled(inside, tie), weight: 5 },
    ),
    statement: filled(all, tie).map(({ code }) => code),
  })).statement;
}

function filled(shapes: readonly Shape[], tie: (key: 'expression' | 'statement') => fc.Arbitrary<unknown>): fc.Arbitrary<Printed> {
  return fc.constantFrom(...shapes).chain(([level, template]) => {
    const parts = template.split(/\$(\d|S)/);
    const slots = parts.filter((_, index) => index % 2 === 1);
    return fc.tuple(...slots.map((slot) => tie(slot === 'S' ? 'statement' : 'expression'))).map((values) => ({
      level,
      code: parts.map((part, index) => (index % 2 === 0 ? part : printed(values[(index - 1) / 2] as Printed | string, part))).join(''),
    }));
  });
}

function printed(value: Printed | string, slot: string): string {
  if (typeof value === 'string') return `${value};`;
  return value.level < Number(slot) ? `(${value.code})` : value.code;
}

/** A CommonJS module that exports one async function of a few statements, with semicolons or as those write who leave them out. */
function programOf(statement: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.record({ body: fc.array(statement, { minLength: 1, maxLength: 4 }), semicolons: fc.boolean() }).map(({ body, semicolons }) => [
    "'use strict'",
    ...["const fs = require('fs')", 'const read = fs.readFileSync', 'let shared = 1', 'exports.reset = () => { shared = 2 }'],
    'exports.main = async function (v, log) {',
    ...['const k = 1', 'let n = 1', 'const o = { v: 1, m: v }'],
    ...body,
    '}',
  ].map((line) => (semicolons ? `${line}${/[{}]$/.test(line) ? '' : ';'}` : line.replace(/^(?=[[(`+\-/<])/, ';'))).join('\n'));
}

export const javascript = programOf(statementOf(blockingCalls, expressions, statements));
export const typescript = programOf(statementOf([...blockingCalls, ...typescriptBlockingCalls], [...expressions, ...typescriptExpressions, ...typescriptExpressions], [...statements, ...typescriptStatements]));

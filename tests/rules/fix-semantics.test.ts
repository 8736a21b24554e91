import { describe, expect, it } from 'vitest';
import { type Hazard, hazards } from '../../src/analysis/hazards.js';
import { fix, type Given, lint, suggestions } from '../lint.js';

/** What becomes of code in a module that has `fs` and `offload`: a fix, a suggestion and why it is no fix, a report and why there is neither, or nothing. */
type Case =
  | readonly [certainty: 'safe', before: string, after: string, given?: Given | undefined]
  | readonly [certainty: 'review', before: string, after: string, why: Hazard, given?: Given]
  | readonly [certainty: 'unsafe', before: string, why: Hazard, given?: Given | undefined]
  | readonly [certainty: 'silent', before: string, given?: Given];

const head = "import fs from 'node:fs';\nimport { offload } from 'eslint-plugin-offload/runtime';\n";
const typescript: Given = { filename: 'file.ts' };

/** In the body of `async function load(p) { … }`. */
const inBody = (statements: string): string => `export async function load(p, xs, o) { ${statements} }`;
const safe = (before: string, after: string, given?: Given): Case => ['safe', inBody(before), inBody(after), given];
const review = (before: string, after: string, why: Hazard): Case => ['review', inBody(before), inBody(after), why];
const unsafe = (before: string, why: Hazard, given?: Given): Case => ['unsafe', inBody(before), why, given];
/** Code before and after, by a template of it. */
const around = (template: string): [before: string, after: string] => [template.replace('CALL', 'fs.readFileSync(p)'), template.replace('CALL', 'await offload(fs.readFileSync, p)')];
const everywhere: Given = { options: { contexts: 'everywhere' } };

/** The rows of the table "Where `await` may stand", then "Syntax", then "Meaning". */
const rows: Readonly<Record<string, readonly Case[]>> = {
  'body of an async function, method, arrow, async generator; computed class keys and catch or destructuring defaults inside it': [
    safe('return fs.readFileSync(p);', 'return await offload(fs.readFileSync, p);'),
    ['safe', 'class A { async get(p) { return fs.readFileSync(p); } }', 'class A { async get(p) { return await offload(fs.readFileSync, p); } }'],
    ['safe', 'const get = async (p) => fs.readFileSync(p);', 'const get = async (p) => await offload(fs.readFileSync, p);'],
    ['safe', 'async function* all(p) { yield fs.readFileSync(p); }', 'async function* all(p) { yield await offload(fs.readFileSync, p); }'],
    safe('return class { [fs.readFileSync(p)]() {} static [fs.readFileSync(p)] = 1 };', 'return class { [await offload(fs.readFileSync, p)]() {} static [await offload(fs.readFileSync, p)] = 1 };'),
    safe('try { p(); } catch ({ text = fs.readFileSync(p) }) { return text; }', 'try { p(); } catch ({ text = await offload(fs.readFileSync, p) }) { return text; }'),
    safe('const { text = fs.readFileSync(p) } = o;', 'const { text = await offload(fs.readFileSync, p) } = o;'),
  ],
  'parameter defaults of any function; class field initialisers; static blocks; sync generator; getter, setter, constructor': [
    ['unsafe', 'async function load(p, text = fs.readFileSync(p)) {}', 'parameter-default'],
    unsafe('return ((text = fs.readFileSync(p)) => text)();', 'parameter-default'),
    ['unsafe', 'export class A { text = fs.readFileSync(1); }', 'class-field', everywhere],
    unsafe('return class { static text = fs.readFileSync(p); };', 'class-field'),
    unsafe('return class { static accessor text = fs.readFileSync(p); };', 'class-field', typescript),
    unsafe('return class { static { fs.readFileSync(p); } };', 'static-block'),
    ['unsafe', 'export function* all(p) { yield fs.readFileSync(p); }', 'generator', everywhere],
    ['unsafe', 'export const o = { get text() { return fs.readFileSync(1); } };', 'accessor', everywhere],
    ['unsafe', 'export class A { set text(p) { fs.writeFileSync(1, p); } }', 'accessor', everywhere],
    ['unsafe', 'export class A { constructor(p) { this.text = fs.readFileSync(p); } }', 'constructor', everywhere],
    unsafe('enum Size { File = fs.statSync(p).size }', 'enum', typescript),
    ['unsafe', 'export namespace N { export const text = fs.readFileSync(1); }', 'namespace', { ...typescript, ...everywhere }],
    unsafe('@tag(fs.readFileSync(p)) class A {}', 'decorator', typescript),
  ],
  'sync callback inside an async function (`map`, `filter`, `sort`, `replace`, Promise executor, named inner function)': [
    ...['xs.sort((a) => fs.statSync(a).size)', 'p.replace(/x/, (x) => fs.readFileSync(x))', 'Array.from(xs, (x) => fs.readFileSync(x))', 'new Promise((done) => { done(fs.readFileSync(p)); })', '(() => fs.readFileSync(p))()', '(function () { return fs.readFileSync(p); }).call(o)']
      .map((expression) => unsafe(`return ${expression};`, 'sync-callback')),
    unsafe('return xs.map(fs.readFileSync);', 'by-reference'),
    review('return xs.filter((x) => fs.existsSync(x));', 'return (await Promise.all(xs.map(async (x) => await offload(fs.existsSync, x) ? [x] : []))).flat();', 'asking-callback'),
    review('return xs.find((x) => p && fs.existsSync(x.y))?.y;', 'return (await Promise.all(xs.map(async (x) => p && await offload(fs.existsSync, x.y) ? [x] : []))).flat()[0]?.y;', 'asking-callback'),
    review('if (!xs.some((x) => fs.existsSync(x))) p();', 'if (!(await Promise.all(xs.map((x) => offload(fs.existsSync, x)))).some(Boolean)) p();', 'asking-callback'),
    review('return xs.every(function (x) { return !fs.existsSync(x); });', 'return (await Promise.all(xs.map(async function (x) { return !await offload(fs.existsSync, x); }))).every(Boolean);', 'asking-callback'),
    review('p()\nxs.findIndex((x) => fs.existsSync(x)).x', 'p()\n;(await Promise.all(xs.map((x) => offload(fs.existsSync, x)))).findIndex(Boolean).x', 'asking-callback'),
    review('return xs.flatMap((x) => fs.readdirSync(x));', 'return (await Promise.all(xs.map((x) => offload(fs.readdirSync, x)))).flat();', 'asking-callback'),
    review('return xs.reduce((sum, x) => sum + fs.statSync(x).size, 0);', 'return await xs.reduce(async (sum, x) => (await sum) + (await offload(fs.statSync, x)).size, Promise.resolve(0));', 'total-callback'),
    review('return[p].reduce((sum, x) => sum + fs.statSync(x).size, 0);', 'return await [p].reduce(async (sum, x) => (await sum) + (await offload(fs.statSync, x)).size, Promise.resolve(0));', 'total-callback'),
    review('return xs.reduce((all, x) => { all.push(fs.readFileSync(x)); return all; }, []).y;', 'return (await xs.reduce(async (all, x) => { (await all).push(await offload(fs.readFileSync, x)); return (await all); }, Promise.resolve([]))).y;', 'total-callback'),
    ...[
      'xs.filter((x) => fs.existsSync(x), o)', 'xs?.filter((x) => fs.existsSync(x))', 'xs["filter"]((x) => fs.existsSync(x))', 'xs.filter(({ y }) => fs.existsSync(y))', 'xs.filter((x) => { return fs.existsSync(x); })',
      'xs.filter((x) => (p, fs.existsSync(x)))', 'xs.filter((x) => fs.existsSync(x) ? p : o)', 'xs.find((x) => x.y = fs.existsSync(x))', 'xs.reduce((sum, x) => sum + fs.statSync(x).size)', 'xs.reduce((sum, x) => sum += fs.statSync(x).size, 0)',
      'xs.reduce((sum, x) => ({ sum, y: fs.statSync(x).size }), 0)', 'xs.reduce((sum, x) => p(() => sum, fs.statSync(x).size), 0)', 'xs.reduce(({ y }, x) => ({ y: y + fs.statSync(x).size }), o)', 'xs.reduceRight((sum, x) => sum + fs.statSync(x).size, 0)',
    ].map((expression) => unsafe(`return ${expression};`, 'sync-callback')),
    ['unsafe', inBody('function read() { return fs.readFileSync(p); } return read();'), 'sync-function', everywhere],
    unsafe('const run = (fn) => fn(); return run(() => fs.readFileSync(p));', 'given-function'),
    review('const run = async (fn) => { await fn(); }; return await run(() => fs.readFileSync(p));', 'const run = async (fn) => { await fn(); }; return await run(() => offload(fs.readFileSync, p));', 'waited-callback'),
    unsafe('const run = (fn) => fn(); return run(() => xs.map((x) => fs.readFileSync(x)));', 'sync-callback'),
  ],
  '`xs.map(x => f(x))` used as a value': [
    review('return xs.map((x) => fs.readFileSync(x));', 'return await Promise.all(xs.map((x) => offload(fs.readFileSync, x)));', 'array-callback'),
    review('return xs.map((x) => fs.readFileSync(x)).join();', 'return (await Promise.all(xs.map((x) => offload(fs.readFileSync, x)))).join();', 'array-callback'),
    review('return xs.map((x) => fs.readFileSync(x).x);', 'return await Promise.all(xs.map(async (x) => (await offload(fs.readFileSync, x)).x));', 'array-callback'),
    review('return[p].map((x) => fs.readFileSync(x));', 'return await Promise.all([p].map((x) => offload(fs.readFileSync, x)));', 'array-callback'),
    review('return Promise.all(xs.map((x) => fs.readFileSync(x)));', 'return Promise.all(xs.map((x) => offload(fs.readFileSync, x)));', 'array-callback'),
    review('p()\nxs.map((x) => fs.readFileSync(x)).join()', 'p()\n;(await Promise.all(xs.map((x) => offload(fs.readFileSync, x)))).join()', 'array-callback'),
    unsafe('return p?.xs.map((x) => fs.readFileSync(x));', 'sync-callback'),
    unsafe('return p?.xs().map((x) => fs.readFileSync(x));', 'sync-callback'),
    unsafe('return xs.map((x) => fs.readFileSync(x), o);', 'sync-callback'),
    unsafe('return xs.map((x): Buffer => fs.readFileSync(x));', 'sync-callback', typescript),
    unsafe('return xs.map((x) => x.map((y) => fs.readFileSync(y)));', 'sync-callback'),
    unsafe('return xs.map(function* (x) { yield fs.readFileSync(x); });', 'generator', everywhere),
    ['unsafe', 'export const all = (xs) => xs.map((x) => fs.readFileSync(x));', 'sync-callback', everywhere],
  ],
  '`forEach`': [
    review('xs.forEach((x) => { fs.readFileSync(x); });', 'for (const x of xs) { await offload(fs.readFileSync, x); }', 'for-each-callback'),
    review('xs.forEach(({ x, y = 1 }) => fs.readFileSync(x, y));', 'for (const { x, y = 1 } of xs) await offload(fs.readFileSync, x, y);', 'for-each-callback'),
    review('xs.forEach(function (x) { fs.readFileSync(x); })\np()', 'for (const x of xs) { await offload(fs.readFileSync, x); }\np()', 'for-each-callback'),
    review('if (p) xs.forEach((x) => { fs.readFileSync(x); }); else p();', 'if (p) for (const x of xs) { await offload(fs.readFileSync, x); } else p();', 'for-each-callback'),
    review('p()\nxs.forEach((x) => { fs.readFileSync(x) })\n;[p].x', 'p()\nfor (const x of xs) { await offload(fs.readFileSync, x) }\n;[p].x', 'for-each-callback'),
    ...[
      'xs.forEach((x, i) => { fs.readFileSync(x); })', 'xs.forEach((x) => { if (x) return; fs.readFileSync(x); })', 'xs.forEach((x) => { x = fs.readFileSync(x); })',
      'xs.forEach((x) => { var y = fs.readFileSync(x); })', 'xs.forEach(function (x) { this.x = fs.readFileSync(x); })', 'xs.forEach(function (x) { p(arguments, fs.readFileSync(x)); })',
      'xs.forEach(function (x) { p(() => this, fs.readFileSync(x)); })', 'xs.forEach(function f(x) { f(fs.readFileSync(x)); })', 'xs.forEach((x) => { function f() {} fs.readFileSync(x); })', 'xs.forEach((x) => { all: { fs.readFileSync(x); break all; } })',
      '(p, xs).forEach((x) => { fs.readFileSync(x); })', 'xs.forEach((x) => class { [fs.readFileSync(x)]() {} })', 'xs.forEach((x) => ({ x: fs.readFileSync(x) }))',
      'p?.xs.forEach((x) => { fs.readFileSync(x); })', 'x.xs.forEach((x) => { fs.readFileSync(x); })', 'xs.forEach((x) => { fs.readFileSync(x); }, o)', 'xs /* c */ .forEach((x) => { fs.readFileSync(x); })',
      'new Map(xs).forEach((x) => { fs.readFileSync(x); })', 'return xs.forEach((x) => { fs.readFileSync(x); })',
    ].map((statement) => unsafe(`${statement};`, 'sync-callback')),
    unsafe('xs.forEach((x?) => { fs.readFileSync(x); });', 'sync-callback', typescript),
  ],
  'promise reaction (`.then(() => f(x))`) whose value is the callback\'s return': [
    ['safe', 'p.then((x) => fs.readFileSync(x));', 'p.then((x) => offload(fs.readFileSync, x));'],
    ['safe', 'Promise.resolve(1).then(fs.readFileSync);', 'Promise.resolve(1).then((value) => offload(fs.readFileSync, value));'],
    ['silent', 'p.then(fs.readFileSync);'],
    ['safe', 'p.then(function (x) { return fs.readFileSync(x); });', 'p.then(function (x) { return offload(fs.readFileSync, x); });'],
    ['safe', 'p.catch(() => fs.readFileSync(1)).finally(() => fs.rmSync(1));', 'p.catch(() => offload(fs.readFileSync, 1)).finally(() => offload(fs.rmSync, 1));'],
    ['review', 'p.then((x) => fs.readFileSync(x).length);', 'p.then(async (x) => (await offload(fs.readFileSync, x)).length);', 'async-reaction'],
    ['review', 'p.then(function (x) { fs.readFileSync(x); });', 'p.then(async function (x) { await offload(fs.readFileSync, x); });', 'async-reaction'],
    ['review', 'p.then((x) => fs.readFileSync(x) as string);', 'p.then(async (x) => await offload(fs.readFileSync, x) as string);', 'async-reaction', typescript],
    ['review', 'p.then((xs) => xs.map((x) => fs.readFileSync(x)));', 'p.then((xs) => Promise.all(xs.map((x) => offload(fs.readFileSync, x))));', 'array-callback'],
    ['unsafe', 'p.then((x): string => fs.readFileSync(x));', 'reaction-statement', typescript],
  ],
  'module top level': [
    ['silent', 'export const text = fs.readFileSync(1);'],
    ['review', 'export const text = fs.readFileSync(1);', 'export const text = await offload(fs.readFileSync, 1);', 'module-top-level', everywhere],
    ['review', 'export const text = fs.readFileSync(1);', 'export const text = await offload(fs.readFileSync, 1);', 'module-top-level', { ...everywhere, filename: 'file.mts' }],
    ['review', 'export const text = await fs.readFileSync(1);', 'export const text = await offload(fs.readFileSync, 1);', 'module-top-level', everywhere],
    ['unsafe', 'export const text = fs.readFileSync(1);', 'commonjs-top-level', { ...everywhere, filename: 'file.cts' }],
  ],
  'callback of `process.on(\'exit\' | \'uncaughtException\' …)`, code of a worker entry': [
    ['silent', "process.on('exit', async () => { fs.writeFileSync(1, 2); });", everywhere],
    ['silent', "process.on('uncaughtException', (error) => { fs.writeFileSync(1, error); });", everywhere],
    ['silent', "process.once('exit', save); async function save() { fs.writeFileSync(1, 2); }", everywhere],
    ['silent', "import { parentPort } from 'node:worker_threads'; parentPort.on('message', async (p) => { fs.readFileSync(p); });", everywhere],
  ],
  'after `using` / inside `try`: `return f()` keeps its await': [
    safe('using lock = p(); return fs.readFileSync(1);', 'using lock = p(); return await offload(fs.readFileSync, 1);'),
    safe('try { return fs.readFileSync(p); } catch { return 1; }', 'try { return await offload(fs.readFileSync, p); } catch { return 1; }'),
    ['review', 'p.then(() => { try { return fs.readFileSync(1); } catch { return 1; } });', 'p.then(async () => { try { return await offload(fs.readFileSync, 1); } catch { return 1; } });', 'async-reaction'],
    ['review', 'p.then(() => { using lock = p(); return fs.readFileSync(1); });', 'p.then(async () => { using lock = p(); return await offload(fs.readFileSync, 1); });', 'async-reaction'],
  ],

  '`f().x`, `f()?.x`, `f()[0]`, `f()()`, `` f()`t` ``, `new (f())()`, `f() ** 2`, `f()!.x`, `class A extends f() {}`': [
    ...['.x', '?.x', '[0]', '()', '?.()', '`t`', ' ** 2', '\n.x', ' /* c */ .x', '?.x.y()'].map((after) => safe(`return fs.readFileSync(p)${after};`, `return (await offload(fs.readFileSync, p))${after};`)),
    safe('return fs.readFileSync(p)!.x;', 'return (await offload(fs.readFileSync, p))!.x;', typescript),
    safe('return fs.readFileSync(p)!;', 'return (await offload(fs.readFileSync, p))!;', typescript),
    safe('return new (fs.readFileSync(p))();', 'return new (await offload(fs.readFileSync, p))();'),
    safe('return new (fs.readFileSync(p).X)();', 'return new ((await offload(fs.readFileSync, p)).X)();'),
    safe('return class extends fs.readFileSync(p) {};', 'return class extends (await offload(fs.readFileSync, p)) {};'),
    safe('class A extends fs.readFileSync(p).B {}', 'class A extends (await offload(fs.readFileSync, p)).B {}'),
  ],
  '`!f()`, `f() && g()`, `f() as T`, `f() satisfies T`, `` `${f()}` ``, argument, element, spread': [
    ...[['!', ''], ['-', ''], ['typeof ', ''], ['', ' && p'], ['p ?? ', ''], ['', ' ? 1 : 2'], ['2 ** ', ''], ['`${', '}`'], ['p(', ')'], ['[', ']'], ['[...', ']'], ['{ ...', ' }'], ['p[', ']'], ['p?.[', ']'], ['(', ')'], ['(p, ', ')'], ["'x' in ", '']]
      .map(([left, right]) => safe(`return (${left}fs.readFileSync(p)${right});`, `return (${left}await offload(fs.readFileSync, p)${right});`)),
    ...[['', ' as T'], ['', ' satisfies T'], ['<T>', '']].map(([left, right]) => safe(`return ${left}fs.readFileSync(p)${right};`, `return ${left}await offload(fs.readFileSync, p)${right};`, typescript)),
    safe('return <p>{fs.readFileSync(p)}</p>;', 'return <p>{await offload(fs.readFileSync, p)}</p>;', { filename: 'file.jsx' }),
    safe('return await fs.readFileSync(p);', 'return await offload(fs.readFileSync, p);'),
  ],
  'a statement that would start with `(` after a line without a semicolon': [
    safe('p()\nfs.readFileSync(p).x', 'p()\n;(await offload(fs.readFileSync, p)).x'),
    safe('let q = p\nfs.readFileSync(p)\n.x()', 'let q = p\n;(await offload(fs.readFileSync, p))\n.x()'),
    safe('if (p) p()\nelse p()\nfs.readFileSync(p).x', 'if (p) p()\nelse p()\n;(await offload(fs.readFileSync, p)).x'),
    safe('switch (p) { case 1: p()\nfs.readFileSync(p).x }', 'switch (p) { case 1: p()\n;(await offload(fs.readFileSync, p)).x }'),
    safe('type T = string\nfs.readFileSync(p).x', 'type T = string\n;(await offload(fs.readFileSync, p)).x', typescript),
    safe('p()\nfs.readFileSync(p)', 'p()\nawait offload(fs.readFileSync, p)'),
    safe('p();\nfs.readFileSync(p).x', 'p();\n(await offload(fs.readFileSync, p)).x'),
    safe('if (p) {}\nfs.readFileSync(p).x', 'if (p) {}\n(await offload(fs.readFileSync, p)).x'),
    safe('if (p)\nfs.readFileSync(p).x', 'if (p)\n(await offload(fs.readFileSync, p)).x'),
    safe('function q() {}\nfs.readFileSync(p).x', 'function q() {}\n(await offload(fs.readFileSync, p)).x'),
  ],
  '`return/*c*/f()`, `typeof(f())`, `of(f())`: a space between keyword and edit': [
    safe('return/*c*/fs.readFileSync(p);', 'return/*c*/await offload(fs.readFileSync, p);'),
    safe('return(fs.readFileSync(p));', 'return(await offload(fs.readFileSync, p));'),
    safe('return(0, fs.readFileSync)(p);', 'return await offload((0, fs.readFileSync), p);'),
    safe('return typeof(fs.readFileSync(p));', 'return typeof(await offload(fs.readFileSync, p));'),
    safe('for (const x of(fs.readdirSync(p))) ;', 'for (const x of(await offload(fs.readdirSync, p))) ;'),
  ],
  '`f<T>(x)`': [
    safe('return (fs as any as Fs).x, fs.readdirSync<T>(p);', 'return (fs as any as Fs).x, await offload(fs.readdirSync<T>, p);', typescript),
    safe('return fs.readdirSync<() => void>(p).x;', 'return (await offload(fs.readdirSync<() => void>, p)).x;', typescript),
  ],
  'comments between callee and `(`': [
    safe('fs.readFileSync /* c */ (p);', 'await offload(fs.readFileSync /* c */ , p);'),
    safe('fs.readFileSync // c\n(p);', 'await offload(fs.readFileSync // c\n, p);'),
    safe('fs.readFileSync( // c\np,\n);', 'await offload(fs.readFileSync, // c\np,\n);'),
    safe('fs.readFileSync(/* c */);', 'await offload(fs.readFileSync/* c */);'),
  ],
  '`f(...args)`': [
    safe('return fs.readFileSync(...xs);', 'return await offload(fs.readFileSync, ...xs);'),
  ],
  '`fs?.readFileSync(p)`, `new X()`, `super.x()`, `.call/.apply/.bind`, tagged template, detached method that needs `this`': [
    unsafe('fs?.readFileSync(p);', 'optional-call'),
    unsafe('fs.readFileSync?.(p);', 'optional-call'),
    unsafe('fs?.realpathSync.native(p);', 'optional-call'),
    unsafe('fs?.realpathSync!.native(p);', 'optional-call', typescript),
    unsafe('new WebAssembly.Module(p);', 'constructed'),
    ['silent', 'class A extends B { async load(p) { super.readFileSync(p); } }'],
    ...['fs.readFileSync.call(fs, p)', 'fs.readFileSync.apply(fs, xs)', 'fs.readFileSync.bind(fs)(p)', 'Reflect.apply(fs.readFileSync, fs, xs)'].map((call) => unsafe(`${call};`, 'indirect-call')),
    unsafe('const read = fs.readFileSync.bind(fs); read(p);', 'indirect-call'),
    unsafe('fs.readFileSync`t`;', 'tagged-template'),
    ['unsafe', "import { DatabaseSync } from 'node:sqlite'; const db = new DatabaseSync(':memory:'); export async function load(p) { db.exec(p); }", 'instance-method'],
  ],
  'nested blocking calls in the arguments of another': [
    safe('fs.writeFileSync(p, fs.readFileSync(fs.readFileSync(o)));', 'await offload(fs.writeFileSync, p, await offload(fs.readFileSync, await offload(fs.readFileSync, o)));'),
    safe('fs.writeFileSync(p, fs.readFileSync(o).x).y;', '(await offload(fs.writeFileSync, p, (await offload(fs.readFileSync, o)).x)).y;'),
  ],

  'read, await, write back': [
    safe('let n = 0; n += fs.statSync(p).size; n = n + fs.statSync(p).size;', 'let n = 0; n += (await offload(fs.statSync, p)).size; n = n + (await offload(fs.statSync, p)).size;'),
    safe('let i = 0; xs[i++] = fs.readFileSync(p);', 'let i = 0; xs[i++] = await offload(fs.readFileSync, p);'),
    safe('let x; x = x || fs.readFileSync(p);', 'let x; x = x || await offload(fs.readFileSync, p);'),
    ...['o.n += CALL', 'o.v = o.v + CALL', 'o.v ||= CALL', 'o.v = o.v || CALL', 'return o.v ?? (o.v = CALL)', '[o.v] = [o.v + CALL]', 'undeclared += CALL'].map((statement) => {
      const [before, after] = around(`${statement};`);
      return review(before, after, 'read-await-write');
    }),
    review('let n = 0; const add = () => { n = 1; }; n += fs.readFileSync(p);', 'let n = 0; const add = () => { n = 1; }; n += await offload(fs.readFileSync, p);', 'read-await-write'),
  ],
  'other operands read before the await': [
    ...["['x', CALL]", '[p(), CALL]', 'p(o.x, CALL)', 'JSON.parse(CALL)', 'xs.push(CALL)', '`${p}${CALL}`', 'p + CALL'].map((expression) => {
      const [before, after] = around(`return ${expression};`);
      return safe(before, after);
    }),
    ...['counter + CALL', '[counter, CALL]', 'p(counter, CALL)', '({ a: counter, b: CALL })', '({ ...counter, b: CALL })', 'counter.push(CALL)', 'counter[CALL]'].map((expression): Case => {
      const [before, after] = around(`let counter = 0; export const next = () => { counter += 1; }; ${inBody(`return ${expression};`)}`);
      return ['review', before, after, 'stale-operand'];
    }),
  ],
  'check then act, read-modify-write of one file': [
    safe('if (!fs.existsSync(p)) { o(); fs.mkdirSync(p); }', 'if (!await offload(fs.existsSync, p)) { o(); await offload(fs.mkdirSync, p); }'),
    safe("if (fs.existsSync(p)) { o(); return fs.readFileSync(p, 'utf8'); }", "if (await offload(fs.existsSync, p)) { o(); return await offload(fs.readFileSync, p, 'utf8'); }"),
    safe("return fs.existsSync(p) ? fs.readFileSync(o) : '';", "return await offload(fs.existsSync, p) ? await offload(fs.readFileSync, o) : '';"),
    // Neither decides about the other.
    safe('return [fs.existsSync(p), fs.readFileSync(p)];', 'return [await offload(fs.existsSync, p), await offload(fs.readFileSync, p)];'),
    ['unsafe', 'if (1) {} export const x = (p) => fs.existsSync(p) || fs.mkdirSync(p, p);', 'sync-function', { options: { contexts: 'functions', ignore: ['fs.mkdirSync'] } }],
  ],
  '`process.chdir`, `process.umask` or `process.env` written': [
    ...['process.chdir(p)', 'process.umask(0)', 'process.env.A = p', 'delete process.env.A', 'Object.assign(process.env, o)', '({ a: process.env.A } = o)'].map((write) => review(`${write}; fs.readFileSync(p);`, `${write}; await offload(fs.readFileSync, p);`, 'process-state')),
    safe('if (process.env.A && process.umask()) fs.readFileSync(p);', 'if (process.env.A && process.umask()) await offload(fs.readFileSync, p);'),
  ],
  'arguments written by the callee': [
    unsafe('fs.readSync(p, o);', 'api-not-offloadable'),
    unsafe('fs.readvSync(p, o);', 'api-not-offloadable'),
    ['unsafe', "import { randomFillSync } from 'crypto'; export async function load(o) { randomFillSync(o); }", 'api-not-offloadable', { options: { include: ['crypto.randomFillSync'] } }],
  ],
  'arguments that are functions or hold some': [
    unsafe('fs.cpSync(p, o, { filter: () => true });', 'function-argument'),
    unsafe('fs.cpSync(p, o, { recursive: true, filter() {} });', 'function-argument'),
    unsafe('const options = { filter: () => true }; fs.cpSync(p, o, options);', 'function-argument'),
    review('fs.cpSync(p, o, xs);', 'await offload(fs.cpSync, p, o, xs);', 'maybe-function-argument'),
    safe('fs.cpSync(p, o, { recursive: true });', 'await offload(fs.cpSync, p, o, { recursive: true });'),
  ],
  'results that cannot cross': [
    unsafe('fs.opendirSync(p);', 'api-not-offloadable'),
    unsafe('fs.mkdtempDisposableSync(p);', 'api-not-offloadable'),
    unsafe('fs.openAsBlobSync(p);', 'api-not-offloadable'),
    ['unsafe', "import zlib from 'node:zlib'; export async function load(p) { zlib.gzipSync(p, { info: true }); }", 'result-option'],
  ],
  '`stdio: \'inherit\'`': [
    ['safe', "import { execSync } from 'child_process'; export async function load(p) { execSync(p, { stdio: 'inherit' }); }", "import { execSync } from 'child_process'; export async function load(p) { await offload(execSync, p, { stdio: 'inherit' }); }"],
  ],
  '`fs` mocked in the same test file': [
    ...["vi.mock('node:fs');", "jest.mock('fs', () => p);", "import mock from 'mock-fs';", "import { vol } from 'memfs';", "vi.spyOn(fs, 'readFileSync');", "sinon.stub(fs, 'readFileSync');", "t.mock.method(fs, 'readFileSync');", 'fs.readFileSync = () => 1;', 'Object.assign(fs, p);']
      .map((mock): Case => ['unsafe', `${mock} ${inBody('fs.readFileSync(p);')}`, 'mocked-module']),
  ],
  'an injected file system (`options.fs`, a parameter named `fs`)': [
    ['silent', 'export async function load(options) { options.fs.readFileSync(1); }'],
    ['silent', 'export async function load(fs) { fs.readFileSync(1); }'],
    ['silent', 'export async function load({ fs }) { fs.readFileSync(1); }'],
    ['silent', 'export class A { async load() { this.fs.readFileSync(1); } }'],
  ],
};

for (const [row, cases] of Object.entries(rows)) {
  describe(row, () => {
    it.each(cases.map((one) => [one[0], one[1], one] as const))('%s: %s', (_certainty, _before, one) => {
      verify(one);
    });
  });
}

describe('`review` when check and act are one statement', () => {
  it.each([
    ['if (!fs.existsSync(p)) fs.mkdirSync(p);', 'if (!await offload(fs.existsSync, p)) fs.mkdirSync(p);', 'if (!fs.existsSync(p)) await offload(fs.mkdirSync, p);'],
    ['if (!fs.existsSync(p)) { fs.mkdirSync(p); }', 'if (!await offload(fs.existsSync, p)) { fs.mkdirSync(p); }', 'if (!fs.existsSync(p)) { await offload(fs.mkdirSync, p); }'],
    ['fs.existsSync(p) || fs.mkdirSync(p);', 'await offload(fs.existsSync, p) || fs.mkdirSync(p);', 'fs.existsSync(p) || await offload(fs.mkdirSync, p);'],
    ["const text = fs.existsSync(p) ? fs.readFileSync(p) : '';", "const text = await offload(fs.existsSync, p) ? fs.readFileSync(p) : '';", "const text = fs.existsSync(p) ? await offload(fs.readFileSync, p) : '';"],
    ["return !fs.existsSync(p) ? '' : fs.readFileSync(p);", "return !await offload(fs.existsSync, p) ? '' : fs.readFileSync(p);", "return !fs.existsSync(p) ? '' : await offload(fs.readFileSync, p);"],
    ['return fs.existsSync(p) && fs.statSync(p).isFile();', 'return await offload(fs.existsSync, p) && fs.statSync(p).isFile();', 'return fs.existsSync(p) && (await offload(fs.statSync, p)).isFile();'],
    ['if (fs.existsSync(p)) return fs.readFileSync(p);', 'if (await offload(fs.existsSync, p)) return fs.readFileSync(p);', 'if (fs.existsSync(p)) return await offload(fs.readFileSync, p);'],
    ['if (fs.statSync(p).size > 0) { o.text = fs.readFileSync(p); }', 'if ((await offload(fs.statSync, p)).size > 0) { o.text = fs.readFileSync(p); }', 'if (fs.statSync(p).size > 0) { o.text = await offload(fs.readFileSync, p); }'],
    ["if (!fs.existsSync(p)) return ''; else return fs.readFileSync(p);", "if (!await offload(fs.existsSync, p)) return ''; else return fs.readFileSync(p);", "if (!fs.existsSync(p)) return ''; else return await offload(fs.readFileSync, p);"],
    ['fs.writeFileSync(p, fs.readFileSync(p));', 'await offload(fs.writeFileSync, p, fs.readFileSync(p));', 'fs.writeFileSync(p, await offload(fs.readFileSync, p));'],
  ])('%s', (before, ...after) => {
    const code = head + inBody(before);
    expect(fix(code).output).toBe(code);
    expect(suggestions(code)).toEqual(after.map((one) => head + inBody(one)));
    for (const { message } of lint(code)) expect(message).toContain(hazards['check-then-act'].text);
  });

  it.each([
    'o = fs.existsSync(p) ? readJson(p) : 1;',
    'if (fs.existsSync(p)) { o = readJson(p); }',
    'if (!fs.existsSync(p)) this.make(o, p);',
    'return fs.existsSync(p) && read.json(p);',
    'fs.existsSync(p) || fs.createWriteStream(p);',
    'if (fs.existsSync(p)) require(p);',
    'if (fs.existsSync(p)) fs.promises.rm(p).then(o);',
  ])('where a helper or another API acts: %s', (before) => {
    const code = head + inBody(before);
    expect(fix(code).output).toBe(code);
    expect(suggestions(code)).toEqual([head + inBody(before.replace('fs.existsSync(p)', 'await offload(fs.existsSync, p)'))]);
    for (const { message } of lint(code)) expect(message).toContain(hazards['check-then-act'].text);
  });

  it.each([
    'if (fs.existsSync(p)) xs.push(p);',
    'if (fs.existsSync(p)) { console.log(p); }',
    'if (!fs.existsSync(p)) throw new Error(p);',
    'o = fs.existsSync(p) ? String(p) : readJson(o);',
    'return fs.existsSync(p) && path.join(p, o);',
    'if (!fs.existsSync(p)) await fs.promises.mkdir(p);',
    'return [fs.existsSync(p), readJson(p)];',
  ])('and not where nothing acts that the check decides about: %s', (before) => {
    const code = `import path from 'node:path';\n${head}${inBody(before)}`;
    expect(fix(code).output).toContain('await offload(fs.existsSync, p)');
  });
});

function verify(one: Case): void {
  const code = head + one[1];
  const given = one.at(-1);
  const options = typeof given === 'object' ? given : {};
  const { output, messages } = fix(code, options);
  if (one[0] === 'safe') {
    expect(output).toBe(head + one[2]);
    expect(messages).toEqual([]);
    return;
  }
  expect(output).toBe(code);
  const texts = messages.map(({ message }) => message);
  const why = one[0] === 'silent' ? [] : [expect.stringContaining(hazards[one[0] === 'review' ? one[3] : one[2]].text) as string];
  expect(texts).toEqual(why);
  expect(suggestions(code, options)).toEqual(one[0] === 'review' ? [head + one[2]] : []);
}

import { describe, expect, it } from 'vitest';
import { type Given, linted } from './linted.js';

const head = "import { offload, offloadable, runInExecutor, setDefaultExecutor, getDefaultExecutor, InlineExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';\n";
const says = (code: string, given?: Given): string[] => linted(head + code, given).map(({ message }) => /^`[^`]+`|^[^:.]+/.exec(message)![0]);
const typescript = { filename: 'file.ts' };

describe('a name that is there, or may be', () => {
  it.each<[string, Given?]>([
    // Types are gone when it runs.
    ['interface Row { n: number } const rate = 1; offload((row: Row, n: typeof rate): Row => row as Row, { n: 1 }, 2).catch(String);', typescript],
    ["import type { Row } from './row.js'; import { type Cell } from './row.js'; offload((row: Row, cell: Cell) => [row, cell], 1, 2).catch(String);", typescript],
    // Compilers write the value in place of these.
    ['enum Mode { Fast } offload((n: number) => n + Mode.Fast, 1).catch(String);', typescript],
    ['namespace N { export const enum Mode { Fast } } offload((n: number) => n + N.Mode.Fast, 1).catch(String);', typescript],
    ["import { Mode } from './mode.js'; offload((n: number) => n + Mode.Fast, 1).catch(String);", typescript],
    ["import * as modes from './mode.js'; offload((n: number) => n + modes.Mode.Fast, 1).catch(String);", typescript],
    ['declare const VERSION: string; declare function build(): void; offload(() => [VERSION, build], 1).catch(String);', typescript],
    ['offload(() => import.meta.env.MODE).catch(String);'],
    // Transpilers leave these behind, and the worker has its own.
    ['const __name = (f) => f; offload(() => __name(() => 1)).catch(String);'],
    ['var __awaiter = function () {}; class A { m() { offload(() => __awaiter(this, void 0, void 0, function* () {})).catch(String); } }'],
    ['function cov_1x2y() {} offload((n) => { cov_1x2y().s[0]++; return n; }, 1).catch(String);'],
    ['var o=(t,n)=>Object.defineProperty(t,"name",{value:n,configurable:!0}); offload(() => { const f = o(() => 1, "f"); return f(); }).catch(String);'],
    // Nobody declares these here.
    ['offload(() => jQuery.fn).catch(String);'],
    // `this` that is nobody's, or may be missing.
    ['offload(() => this).catch(String);'],
    ['class A { m() { offload(() => this?.x).catch(String); } }'],
    ['class A { static { offload(function () { return this.x; }).catch(String); } }'],
    ['class A { m() { return offload(() => class { x = this.y; }.name); } }'],
    ['function f() { return offload(() => function () { return arguments; }.length); }'],
  ])('%s', (code, given) => {
    expect(says(code, given)).toEqual([]);
  });
});

describe('a name that is not', () => {
  it.each<[string, string, Given?]>([
    ["import { load } from './load.js'; offload(() => load.all()).catch(String);", '`load`', typescript],
    ["import { Mode } from './mode.js'; offload(() => Mode).catch(String);", '`Mode`', typescript],
    ["import { Mode } from './mode.js'; offload(() => Mode.Fast).catch(String);", '`Mode`'],
    ["import fs from 'node:fs'; offload(() => fs.constants).catch(String);", '`fs`', typescript],
    ['const rate: number = 1; offload((): typeof rate => rate).catch(String);', '`rate`', typescript],
    ['class A { static x = 1; m() { return offload(() => this.x); } }', '`this` is not there in the worker'.slice(0, 6)],
    ['class A { f = () => offload(() => { const { x } = this; return x; }); x = 1; }', '`this`'],
    ['for (const n of [1]) offload(() => n).catch(String);', '`n`'],
    ['try { f(); } catch (error) { offload(() => error).catch(String); }', '`error`'],
  ])('%s', (code, name, given) => {
    expect(says(code, given)).toEqual([name]);
  });

  it('module and exports of CommonJS, not where they are asked for first', () => {
    const program = (task: string): string[] => linted(`const { offload } = require('eslint-plugin-offload/runtime');\noffload(${task}).catch(String);`, { sourceType: 'commonjs', filename: 'file.cjs' }).map(({ message }) => message.split(' ')[0]!);
    expect(program('() => module.exports.rate')).toEqual(['`module`']);
    expect(program('() => exports.rate')).toEqual(['`exports`']);
    expect(program("() => (typeof module === 'object' ? module.exports : require('node:path'))")).toEqual([]);
    expect(program('() => [require, __filename, __dirname]')).toEqual([]);
  });

  it('once, however many calls the function is given to', () => {
    expect(says('const rate = 1; const gross = (n) => n * rate; offload(gross, 1).catch(String); offload(gross, 2).catch(String);')).toEqual(['`rate`']);
  });

  it('not also as one that only waits', () => {
    expect(says("import fs from 'node:fs/promises'; offload(async () => await fs.readFile('a')).catch(String);")).toEqual(['This function does not block the event loop, so a worker gains nothing']);
  });
});

describe('a function that another module may have registered', () => {
  it.each([
    'const rate = 1; export function gross(n) { return n * rate; } offload(gross, 1).catch(String);',
    'const rate = 1; export const gross = (n) => n * rate; offload(gross, 1).catch(String);',
    'const rate = 1; function gross(n) { return n * rate; } export { gross as price }; offload(gross, 1).catch(String);',
    'const rate = 1; export default function gross(n) { return n * rate; } offload(gross, 1).catch(String);',
    "import { register } from './tasks.js'; const rate = 1; const gross = (n) => n * rate; register(gross); offload(gross, 1).catch(String);",
    'const rate = 1; const gross = (n) => n * rate; const all = { gross }; offload(gross, 1, all.length).catch(String);',
    'const rate = 1; const gross = (n) => n * rate; offloadable(import.meta.url, { gross }); offload(gross, 1).catch(String);',
    'const rate = 1; const gross = (n) => n * rate; const tasks = { price: gross }; offloadable(import.meta.url, tasks); offload(gross, 1).catch(String);',
    "import * as all from './all.js'; const rate = 1; const gross = (n) => n * rate; offloadable(import.meta.url, all); offload(gross, 1).catch(String);",
    'const rate = 1; const tasks = offloadable(import.meta.url, { gross: (n) => n * rate }); offload(tasks.gross, 1).catch(String);',
    'const rate = 1; offloadable(import.meta.url, { gross: async (n) => await offload((m) => m * rate, n) });',
    'let gross = (n) => n; if (f()) gross = (n) => n * f.rate; const rate = 1; offload(gross, rate).catch(String);',
    'class A { rate = 1; gross(n) { return n * this.rate; } later() { return offload(this.gross, 1); } }',
  ])('%s', (code) => {
    expect(says(code)).toEqual([]);
  });
});

describe('where tasks run', () => {
  const closure = 'const rate = 1; CALL;';
  const program = (call: string, before = ''): string => before + closure.replace('CALL', call);

  it.each([
    [program('offload((n) => n * rate, 1).catch(String)', 'setDefaultExecutor(new InlineExecutor());')],
    [program('offload((n) => n * rate, 1).catch(String)', "import { executor } from './executor.js'; setDefaultExecutor(executor);")],
    [program('getDefaultExecutor().submit((n) => n * rate, 1).catch(String)', 'setDefaultExecutor(new InlineExecutor());')],
    [program('offload.with({ executor: new InlineExecutor() })((n) => n * rate, 1).catch(String)')],
    [program('offload.with({ executor: new InlineExecutor() }).with({ timeout: 1 })((n) => n * rate, 1).catch(String)')],
    [program('offload.with({ executor: f() })((n) => n * rate, 1).catch(String)')],
    [program('offload.with({ ...f() })((n) => n * rate, 1).catch(String)')],
    [program('offload.with(f())((n) => n * rate, 1).catch(String)')],
    [program('runInExecutor(f(), (n) => n * rate, 1).catch(String)')],
    [program('new InlineExecutor().submit((n) => n * rate, 1).catch(String)')],
    [program('executor.submit((n) => n * rate, 1).catch(String)', 'const executor = f() ? new InlineExecutor() : new ThreadPoolExecutor();')],
    [program('this.pool.submit((n) => n * rate, 1).catch(String)')],
    [program('pool.submit((n) => n * rate, 1).catch(String)', "import { pool } from './pool.js';")],
    [program('offload(...f()).catch(String)')],
  ])('in place, or it is not known: %s', (code) => {
    expect(says(code)).toEqual([]);
  });

  it.each([
    [program('offload((n) => n * rate, 1).catch(String)', 'setDefaultExecutor(new ThreadPoolExecutor());')],
    [program('offload.with({ timeout: 1 })((n) => n * rate, 1).catch(String)')],
    [program('offload.with({ executor: new InlineExecutor() }).with({ executor: new ThreadPoolExecutor() })((n) => n * rate, 1).catch(String)')],
    [program('new ThreadPoolExecutor().submit((n) => n * rate, 1).catch(String)')],
    [program('pool.submit((n) => n * rate, 1).catch(String)', 'const pool = new ThreadPoolExecutor();')],
    [program('submit((n) => n * rate, 1).catch(String)', 'const { submit } = new ThreadPoolExecutor();')],
    [program('runInExecutor(new ThreadPoolExecutor(), (n) => n * rate, 1).catch(String)')],
    [program('runInExecutor(getDefaultExecutor(), (n) => n * rate, 1).catch(String)')],
    [program('later((n) => n * rate, 1).catch(String)', 'const later = offload;')],
  ])('on a worker: %s', (code) => {
    expect(says(code)).toEqual(['`rate`']);
  });

  it('a test may have an InlineExecutor from a set-up file; an executor of its own is known', () => {
    const task = '((n) => n * rate, 1).catch(String)';
    for (const filename of ['src/file.test.ts', 'src/file.spec.mjs', 'tests/file.js', 'src/__tests__/file.js']) {
      expect(says(program(`offload${task}`), { filename })).toEqual([]);
      expect(says(program(`new ThreadPoolExecutor().submit${task}`), { filename })).toEqual(['`rate`']);
    }
    expect(says(program(`offload${task}`, "import { test } from 'vitest';"))).toEqual([]);
    // What is above the folder that is linted says nothing.
    expect(says(program(`offload${task}`), { cwd: '/tests/app', filename: '/tests/app/src/file.js' })).toEqual(['`rate`']);
  });

  it('a mock is refused by an executor of workers', () => {
    expect(says("import { vi } from 'vitest'; new ThreadPoolExecutor().submit(vi.fn()).catch(String); offload(vi.fn()).catch(String);")).toEqual(['The task is a mock, which exists in this thread only']);
  });

  it('through another module, where the settings name it', () => {
    const code = "import { offload } from '#workers';\nconst rate = 1;\noffload((n) => n * rate, 1).catch(String);";
    expect(linted(code, { runtime: '#workers' })).toHaveLength(1);
    expect(linted(code)).toEqual([]);
    expect(linted(code.replace('#workers', './offload.js'))).toEqual([]);
  });
});

describe('what is given to a task, where it may well cross', () => {
  it.each<[string, Given?]>([
    ['function f(callback) { return offload((n) => n, callback); }'],
    ['let value = () => 1; value = 2; offload((n) => n, value).catch(String);'],
    ['const options = { f: () => 1 }; options.f = 2; offload((o) => o, options).catch(String);'],
    ["import { change } from './change.js'; const options = { f: () => 1 }; change(options); offload((o) => o, options).catch(String);"],
    ['export const options = { f: () => 1 }; offload((o) => o, options).catch(String);'],
    ['offload((n) => n, f() ? () => 1 : 2, f() ?? (() => 1)).catch(String);'],
    ['offload((n) => n, ...f(), () => 1).catch(String);'],
    ['function Promise() {} offload((n) => n, new Promise()).catch(String);'],
    ["import { WeakMap } from './weak-map.js'; offload((n) => n, new WeakMap()).catch(String);"],
    ['async function load() {} load = () => 1; offload((n) => n, load()).catch(String);'],
    ['offload((n) => n, { __proto__: { f: () => 1 } }).catch(String);'],
    ["import * as rows from './rows.js'; offload((n) => n, rows).catch(String);"],
    ["import constants from 'node:constants'; offload((n) => n, constants).catch(String);"],
    ["import fs from 'node:fs'; offload((n) => n, fs.constants).catch(String);"],
    ['offload.with(f())((port) => port, new MessageChannel().port1).catch(String);'],
    // A class that may have been derived from, whose instances have properties, or may have.
    ['export class A { #n = 1; get n() { return this.#n; } m() { return offload((a) => a, this); } }'],
    ['class A { #n = 1; get n() { return this.#n; } m() { return offload((a) => a, this); } } class B extends A {}'],
    ['class A { n = 1; m() { return offload((a) => a.n, this); } }'],
    ['class A { constructor() { this.n = 1; } m() { return offload((a) => a.n, this); } }'],
    ['class A { constructor() { Object.assign(this, { n: 1 }); } m() { return offload((a) => a.n, this); } }'],
    ['class A { constructor(readonly n: number) {} m() { return offload((a: A) => a.n, this); } }', typescript],
    ['class A extends f() { #n = 1; get n() { return this.#n; } m() { return offload((a) => a, this); } }'],
    ['class A { static m() { return offload((a) => a, this); } }'],
    ['function f() { return offload((a) => a, this); }'],
  ])('%s', (code, given) => {
    expect(says(code, given)).toEqual([]);
  });
});

describe('what a task writes to, where it may be seen', () => {
  it.each([
    'function f(view) { return offload((view) => { for (let i = 0; i < view.length; i++) view[i] = i; }, view); }',
    'function f(view) { return offload((view) => { view.fill(0); }, view); }',
    'function f(view) { return offload((view) => { Atomics.store(view, 0, 1); view.done = true; }, view); }',
    'function f(port) { return offload.with({ transfer: [port] })((port) => { port.onmessage = null; }, port); }',
    'function f(o) { return offload((o) => { o.n = 1; return { ...o }; }, o); }',
    'function f(o) { return offload((o) => { o.n = 1; console.log(o); }, o); }',
    'function f(o) { return offload((o) => { o.n = 1; throw o; }, o); }',
    'function f(o, p) { return offload((o, p) => { o.n = 1; return p; }, o, p); }',
    'function f(o) { return offload((o) => { const p = {}; p.n = o.n; globalThis.n = p.n; }, o); }',
    'function f(o) { return offload((o) => { o.n = 1; }, ...o); }',
    'function f(url) { return offload((url) => { url.search = ""; return 1; }, url); }',
  ])('%s', (code) => {
    expect(says(code)).toEqual([]);
  });
});

describe('a promise, where somebody has it', () => {
  it.each([
    'async function f() { await offload((n) => n, 1); for await (const n of [offload((n) => n, 1)]) n(); }',
    'const p = offload((n) => n, 1); p.catch(String);',
    'f(offload((n) => n, 1), { p: offload((n) => n, 1) }, [offload((n) => n, 1)]);',
    'const f = () => offload((n) => n, 1);',
    'function* f() { yield offload((n) => n, 1); }',
    'const p = f() ? offload((n) => n, 1) : f() || offload((n) => n, 1); p();',
    'const same = offload((n) => n, 1) === f() || "then" in offload((n) => n, 1); same();',
    'offload((n) => n, 1).then(f, f);',
    'f`${offload((n) => n, 1)}`;',
    'class A { p = offload((n) => n, 1); }',
    'async function f() { for await (const n of new ThreadPoolExecutor().map((n) => n, [1])) n(); }',
  ])('%s', (code) => {
    expect(says(code)).toEqual([]);
  });

  it.each([
    'offload((n) => n, 1), f();',
    'f() && offload((n) => n, 1);',
    'f() ? offload((n) => n, 1) : 0;',
    'new ThreadPoolExecutor().submit((n) => n, 1);',
    'runInExecutor(null, (n) => n, 1);',
    'runInExecutor(f(), (n) => n, 1);',
    'new InlineExecutor().submit((n) => n, 1).finally(f);',
  ])('not here: %s', (code) => {
    expect(says(code)).toEqual(['Nobody waits for this task, so its result is lost, and an error in it ends the process']);
  });
});

describe('loops', () => {
  const task = '(n) => n * 2';
  const program = (loop: string): string => `async function f(ns) { const all = []; ${loop} return all; }`;

  it.each([
    `for (const n of ns) { const m = await offload(${task}, n); if (m) break; }`,
    `for (const n of ns) { all.push(await offload(${task}, n)); f(n); }`,
    `for await (const n of ns) all.push(await offload(${task}, n));`,
    `for (const n in ns) all.push(await offload(${task}, n));`,
    `for (let i = 0; i < 9; i++) all.push(await offload(${task}, i));`,
    `for (const n of all) all.push(await offload(${task}, n));`,
    `for (const n of ns) all.push(await offload(${task}, all.length));`,
    `for (const n of ns) all.push(await offload(${task}, String(n)));`,
    `for (const n of ns) ns.push(await offload(${task}, n));`,
    'for (const n of ns) all.push(await offload((n) => { console.log(n); return n; }, n));',
    "for (const n of ns) all.push(await offload(async (n) => (await import('./log.js')).log(n), n));",
    "for (const n of ns) all.push(await offload((n) => require('node:fs').appendFileSync('log', n), n));",
    `let m = 1; for (const n of ns) all.push(await offload(${task}, m)); m = 2;`,
    `for (const n of ns) { all.push(await twice(n)); } async function twice(n) { return await offload(${task}, n); }`,
  ])('that have a reason to wait: %s', (loop) => {
    expect(says(program(loop), { options: { loops: 'all' } })).toEqual([]);
  });

  it('with functions that have a name, and those of Node\'s own, by option', () => {
    const named = `const twice = ${task}; ${program('for (const n of ns) all.push(await offload(twice, n));')}`;
    const read = `import fs from 'node:fs'; ${program('for (const n of ns) all.push(await offload(fs.readFileSync, n));')}`;
    const write = `import fs from 'node:fs'; ${program('for (const n of ns) await offload(fs.unlinkSync, n);')}`;
    const inline = program(`for (const n of ns) all.push(await offload(${task}, n));`);
    expect([named, read, write, inline].map((code) => says(code).length)).toEqual([0, 0, 0, 1]);
    expect([named, read, write, inline].map((code) => says(code, { options: { loops: 'all' } }).length)).toEqual([1, 1, 0, 1]);
    expect([named, read, write, inline].map((code) => says(code, { options: { loops: 'none' } }).length)).toEqual([0, 0, 0, 0]);
  });
});

describe('what is not fixed, for fear of a comment or a type', () => {
  it.each<[string, Given?]>([
    ["import fs from 'node:fs'; offload(() => /* now */ fs.existsSync('a')).catch(String);"],
    ["import fs from 'node:fs'; offload(() => fs.existsSync(/* what */)).catch(String);"],
    ["import fs from 'node:fs'; offload(() => fs.readFileSync('a') as unknown as string).catch(String);", typescript],
    ["import fs from 'node:fs'; offload((): unknown => fs.readFileSync('a')).catch(String);", typescript],
    ["import fs from 'node:fs'; offload(() => fs.cpSync('a', 'b', { filter: () => true })).catch(String);"],
    ["import fs from 'node:fs'; offload(() => fs.opendirSync('a')).catch(String);"],
    ["import fs from 'node:fs'; offload(async () => fs.readFileSync(await f())).catch(String);"],
    ["import fs from 'node:fs'; offload(function () { return fs.readFileSync(this.path); }).catch(String);"],
    ["import fs from 'node:fs'; offload(fs.readFileSync('a'), 'utf8').catch(String);"],
    ["import { readFile } from 'node:fs/promises'; offload(/* now */ readFile, 'a').catch(String);"],
    ["import { readFile } from 'node:fs/promises'; offload.with({ timeout: 1 })(readFile, 'a').catch(String);"],
    ['const rate = 1; offload(<T extends () => void>() => rate as unknown as T).catch(String);', typescript],
    ['const rate = { n: 1 }; offload((n) => n * rate.n, 1).catch(String);'],
    ['function f(rate: object) { return offload((n: number) => [n, rate], 1); }', typescript],
  ])('%s', (code, given) => {
    expect(linted(head + code, given).map(({ fix, suggestions = [] }) => [fix, ...suggestions]).flat().filter((edit) => edit)).toEqual([]);
    expect(says(code, given)).not.toEqual([]);
  });

  it('a type says what is passed', () => {
    const [message] = linted(`${head}export const f = (rate: number | undefined) => offload((n: number) => n * (rate ?? 1), 1);`, typescript);
    expect(message?.fix).toBeDefined();
  });
});

describe('what is called instead of passed, where it may give a function', () => {
  it.each([
    'offload(f()).catch(String);',
    'const make = () => (n) => n; offload(make(), 1).catch(String);',
    'function make() { if (f()) return 1; return f; } offload(make(), 1).catch(String);',
    "offload(require('./task.js'), 1).catch(String);",
    "import { task } from './task.js'; offload(task(1)).catch(String);",
    "import fs from './fs.js'; offload(fs.readFileSync('a')).catch(String);",
  ])('%s', (code) => {
    expect(says(code)).toEqual([]);
  });
});

import { join } from 'node:path';
import type { Linter } from 'eslint';
import { describe, expect, it, vi } from 'vitest';
import { type Files, type How, lint, project } from './no-indirect-blocking/project.js';

/** What is reported by both rules in a text: `call readFileSync`, `chain load → fs.readFileSync`. */
function reports(code: string, { rules = both({}), ...how }: Omit<How, 'unsaved'> = {}, filename = 'file.ts', cwd = process.cwd()): string[] {
  const text = code.includes("from 'fs'") ? code : `import fs from 'fs';\n${code}`;
  return lint(text, filename, { ...how, rules }, cwd).map((message) => said(message));
}

function both(options: object): Linter.RulesRecord {
  return { 'offload/no-blocking-call': ['error', options], 'offload/no-indirect-blocking': ['error', options] };
}

function said({ ruleId, message }: Linter.LintMessage): string {
  return ruleId === 'offload/no-blocking-call' ? `call ${/(\w+)\(\)/.exec(message)![1]!}` : `chain ${/: (.*?)\.(?: |$)/.exec(message)![1]!.replaceAll(/ \([^)]*\)/g, '')}`;
}

const run = 'function run(fn) { const start = Date.now(); try { return fn(); } finally { log(start); } } ';
const retry = 'async function retry(fn) { for (;;) try { return await fn(); } catch {} } ';
const load = 'const load = (p) => fs.statSync(p); ';
const call = ['call readFileSync'];
const chain = ['chain load → fs.statSync'];

describe('in a function that is given to one of the project, which calls it, in async code', () => {
  it.each<readonly [code: string, reported: string[]]>([
    // A call of an API is for no-blocking-call, one of a helper for no-indirect-blocking.
    [`${run} async function main(p) { return run(() => fs.readFileSync(p)); }`, call],
    [`${run} async function main(p) { return run(function () { const text = fs.readFileSync(p); return text; }); }`, call],
    [`${run} ${load} async function main(p) { return run(() => load(p)); }`, chain],
    [`${run} ${load} async function main(p) { return run(load); }`, chain],
    [`${run} ${load} async function main(p) { return run(() => fs.readFileSync(load(p))); }`, ['call readFileSync', ...chain]],
    [`${run} async function main(p) { return run(() => { class A { static text = fs.readFileSync(p); } return A; }); }`, call],
    // Through several, and through what calls its arguments by its name.
    [`${run} ${retry} async function main(p) { return retry(() => run(() => fs.readFileSync(p))); }`, call],
    [`${run} ${load} async function main(p) { return run(() => run(() => load(p))); }`, chain],
    [`${run} ${load} async function main(p) { return run(() => run(load)); }`, chain],
    [`${run} async function main(ps) { return run(() => ps.map((p) => fs.readFileSync(p))); }`, call],
    [`${run} async function main(ps) { return ps.map((p) => run(() => fs.readFileSync(p))); }`, call],
    [`${run} async function main(ps) { return run(() => ps.map(fs.readFileSync)); }`, call],
    [`${run} fetch(1).then((p) => run(() => fs.readFileSync(p)));`, call],
    // By one that waits, before it does or after.
    [`${retry} async function main(p) { return await retry(() => fs.readFileSync(p)); }`, call],
    [`async function later(fn) { await 1; fn(); } async function main(p) { later(() => fs.readFileSync(p)); }`, call],
    [`${retry} ${load} async function main(p) { await retry(() => load(p)); await retry(load); }`, [...chain, ...chain]],
    ['const each = async (ps, fn) => { for (const p of ps) fn(p); }; async function main(ps) { await each(ps, (p) => fs.readFileSync(p)); }', call],
    // By a method, with a default, by `call`, in place of what it wraps.
    ['class A { #run(fn) { return fn(); } async main(p) { return this.#run(() => fs.readFileSync(p)); } }', call],
    ['class A { static async run(fn) { await fn(); } } async function main(p) { await A.run(() => fs.readFileSync(p)); }', call],
    ['const run = (fn = other) => fn.call(1); async function main(p) { return run(() => fs.readFileSync(p)); }', call],
    ['const run = (fn) => fn?.(); async function main(p) { return run(() => fs.readFileSync(p)); }', call],
    ['const run = <T>(fn: () => T): T => fn!(); async function main(p) { return run<string>(() => fs.readFileSync(p) as never); }', call],
    ['const run = (ps, fn) => ps.map((p) => fn(p)); async function main(ps) { return run(ps, (p) => fs.readFileSync(p)); }', call],
    ['const run = (fn) => new Promise((done) => { done(fn()); }); async function main(p) { return run(() => fs.readFileSync(p)); }', call],
    ['function run(this: Date, one: unknown, fn: () => void) { return fn(); } async function main(p) { return run(p, () => fs.readFileSync(p)); }', call],
    // By one that it is passed on to.
    [`${run} const pass = (fn) => run(fn); async function main(p) { return pass(() => fs.readFileSync(p)); }`, call],
    [`${run} const pass = (fn: () => Buffer) => run(() => fn()); async function main(p) { return pass(() => fs.readFileSync(p)); }`, call],
    [`${retry} const pass = (fn) => retry(async () => { await 1; return fn(); }); async function main(p) { return pass(() => fs.readFileSync(p)); }`, call],
    [`${run} ${retry} const pass = (one, fn) => run(() => retry(() => run(fn))); async function main(p) { return pass(p, () => fs.readFileSync(p)); }`, call],
    [`${run} ${load} const pass = (fn) => run(fn); async function main(p) { return pass(load); }`, chain],
    [`${run} const pass = (fn) => run(fn); function read(p) { return pass(() => fs.readFileSync(p)); } async function main(p) { return read(p); }`, ['chain read → fs.readFileSync']],
    [`${run} const one = (fn, n) => { n ? two(fn, n) : run(fn); }; const two = (fn, n) => one(fn, n - 1); async function main(p) { one(() => fs.readFileSync(p), 2); }`, call],
    // What is async blocks where it is written, whoever calls it.
    [`${run} async function main(p) { return run(async () => fs.readFileSync(p)); }`, call],
    [`${run} ${load} async function main(p) { return run(async () => load(p)); }`, chain],
    ['async function main(p) { return store(async () => fs.readFileSync(p)); }', call],
  ])('%s', (code, reported) => {
    expect(reports(code)).toEqual(reported);
  });

  it.each([
    // Nobody knows who calls it.
    `${load} async function main(p) { other(() => fs.readFileSync(p)); other(() => load(p)); other(load); }`,
    `${load} async function main(run, p) { run(() => fs.readFileSync(p)); run(() => load(p)); }`,
    `import { run } from 'package'; ${load} async function main(p) { run(() => fs.readFileSync(p)); run(() => load(p)); }`,
    `${load} async function main(p) { expect(() => fs.readFileSync(p)).toThrow(); expect(() => load(p)).toThrow(); }`,
    `let run = (fn) => fn(); run = other; async function main(p) { run(() => fs.readFileSync(p)); }`,
    // It is kept, or called later, or handed to somebody.
    'const all = []; function run(fn) { all.push(fn); } async function main(p) { run(() => fs.readFileSync(p)); }',
    'class A { add(fn) { this.fn = fn; } async main(p) { this.add(() => fs.readFileSync(p)); } }',
    'function run(fn) { setTimeout(fn, 1); } async function main(p) { run(() => fs.readFileSync(p)); }',
    'function run(fn) { setTimeout(() => fn(), 1); } async function main(p) { run(() => fs.readFileSync(p)); }',
    'function run(fn) { return () => fn(); } async function main(p) { run(() => fs.readFileSync(p)); }',
    'function run(fn) { function later() { fn(); } return later; } async function main(p) { run(() => fs.readFileSync(p)); }',
    'function run(fn) { other(fn); } async function main(p) { run(() => fs.readFileSync(p)); }',
    'function run(fn) { other(() => fn()); } async function main(p) { run(() => fs.readFileSync(p)); }',
    'function* run(fn) { yield fn(); } async function main(p) { run(() => fs.readFileSync(p)); }',
    'async function* run(fn) { yield fn(); } async function main(p) { run(() => fs.readFileSync(p)); }',
    `${run} function* all(fn) { run(fn); } async function main(p) { all(() => fs.readFileSync(p)); }`,
    'function run(fn) { const pass = (one) => { keep(one); }; pass(fn); } async function main(p) { run(() => fs.readFileSync(p)); }',
    'function run(fn: string) { return other(fn); } async function main(p) { run(() => fs.readFileSync(p)); }',
    "import { offload } from 'eslint-plugin-offload/runtime'; function run(fn) { return offload(fn); } async function main(p) { run(() => fs.readFileSync(p)); }",
    // It is given as another argument, or nobody knows as which.
    `${run} async function main(p) { run(other, () => fs.readFileSync(p)); run(...p, () => fs.readFileSync(p)); }`,
    'function run(one, fn) { return fn(); } async function main(p) { run.call(p, () => fs.readFileSync(p)); run.bind(p, () => fs.readFileSync(p)); run.call(p, () => fs.readFileSync(p), () => fs.readFileSync(p)); }',
    'function run(fn) { fn = other; return fn(); } async function main(p) { run(() => fs.readFileSync(p)); }',
    'function run(this: Date, one: () => void, fn: () => void) { one(); keep(fn); } async function main(p) { run(p, () => fs.readFileSync(p)); }',
    'function run({ fn }) { return fn(); } async function main(p) { run({ fn: () => fs.readFileSync(p) }); }',
    // In circles nobody calls it.
    'const one = (fn) => two(fn); const two = (fn) => one(() => fn()); async function main(p) { one(() => fs.readFileSync(p)); }',
    'const one = (fn) => one(fn); async function main(p) { one(() => fs.readFileSync(p)); }',
    // What calls it is said to be harmless.
    '/** @nonblocking */ function run(fn) { return fn(); } async function main(p) { run(() => fs.readFileSync(p)); }',
    // What is around it is no async code, or nobody knows.
    `${run} function main(p) { return run(() => fs.readFileSync(p)); } async function other() {}`,
    `${run} ${load} function main(p) { return run(() => load(p)); } async function other() {}`,
    `${run} run(() => fs.readFileSync(1)); async function other() {}`,
    `${run} async function main(p) { return () => run(() => fs.readFileSync(p)); }`,
    `${run} process.on('exit', () => run(() => fs.writeFileSync(1, 2))); async function other() {}`,
    `${run} import { parentPort } from 'worker_threads'; parentPort.on('message', async (p) => run(() => fs.readFileSync(p)));`,
    // It is no function, or one inside it.
    `${run} async function main(p) { return run(() => () => fs.readFileSync(p)); }`,
    `${run} async function main(p) { return run(() => 1); }`,
    // It is given by a name, to nobody.
    `${run} async function main(p) { const read = () => fs.readFileSync(p); return read; }`,
  ])('nothing: %s', (code) => {
    expect(reports(code)).toEqual([]);
  });

  it('is a long way through, to an end', () => {
    const steps = (count: number): string => Array.from({ length: count }, (_, index) => `const r${index} = (fn) => r${index + 1}(fn);`).join(' ');
    const code = (count: number): string => `${steps(count)} const r${count} = (fn) => fn(); async function main(p) { r0(() => fs.readFileSync(p)); }`;
    expect(reports(code(20))).toEqual(call);
    expect(reports(code(2_000))).toEqual([]);
  });
});

describe('contexts', () => {
  const event = `${run} setTimeout(() => run(() => fs.readFileSync(1)));`;
  const top = `${run} run(() => fs.readFileSync(1));`;
  const inner = `${run} function main(p) { return run(() => fs.readFileSync(p)); }`;
  const places = (code: string, contexts: string): string[] => lint(`import fs from 'fs';\n${code}`, 'file.js', { rules: { 'offload/no-blocking-call': ['error', { contexts, fix: 'none' }] } }, process.cwd()).map(({ message }) => /while (.*?) waits/.exec(message)![1]!);

  it.each([
    ['async', event, []],
    ['event-loop', event, ['this arrow function']],
    ['event-loop', top, []],
    // What it is by itself is still reported.
    ['functions', top, ['this arrow function']],
    ['functions', inner, ['this arrow function']],
    ['everywhere', top, ['this module']],
    ['functions', `${run} async function main(p) { run(() => fs.readFileSync(p)); }`, ["async function 'main'"]],
    ['functions', `${run} process.on('exit', () => run(() => fs.writeFileSync(1, 2)));`, ['this arrow function']],
  ])('%s: %s', (contexts, code, expected) => {
    expect(places(code, contexts)).toEqual(expected);
  });
});

describe('a report', () => {
  const code = `import fs from 'fs';\n${run} ${load} export async function main(p) { run(() => fs.readFileSync(p)); run(() => load(p)); }`;
  const found = (options = {}): Linter.LintMessage[] => lint(code, 'file.js', { rules: both(options) }, process.cwd());

  it('is about the function that is stalled, and says why there is no fix', () => {
    expect(found().map(({ message }) => message)).toEqual([
      "fs.readFileSync() blocks the event loop while async function 'main' waits for it. Its own asynchronous form is fs/promises.readFile, but it refuses a file descriptor. Not fixed automatically: it runs in a function that is given to one of the project, which calls it and would get a promise in place of the value.",
      'load() blocks the event loop: load (file.js:2) → fs.statSync (file.js:2).',
    ]);
  });

  it.each([[{}], [{ contexts: 'everywhere' }]])('has no fix and no suggestion: %j', (options) => {
    const messages = found(options).filter(({ message }) => !message.includes("'load'"));
    expect(messages.map(({ fix, suggestions }) => [fix, suggestions ?? []])).toEqual(messages.map(() => [undefined, []]));
  });

  it('has none that writes the form of its own either', () => {
    const [message] = lint(code, 'file.js', { rules: { 'offload/no-blocking-call': ['error', { fix: 'native' }] } }, process.cwd());
    expect([message!.fix, message!.suggestions ?? []]).toEqual([undefined, []]);
  });

  it.each<readonly [code: string, suggested: string | undefined]>([
    // Each call of it is awaited, or given back by an async function.
    [`${retry} async function main(p) { await retry(() => fs.readFileSync(p)); }`, 'await retry(() => offload(fs.readFileSync, p))'],
    [`${retry} async function main(p) { await retry(() => { const text = fs.readFileSync(p); return text; }); }`, 'await retry(async () => { const text = await offload(fs.readFileSync, p); return text; })'],
    [`const pass = async (fn) => fn(); async function main(p) { await pass(function () { return fs.readFileSync(p).length; }); }`, 'await pass(async function () { return (await offload(fs.readFileSync, p)).length; })'],
    [`async function pass(n, fn) { if (n) return fn(n); log(n); return await fn.call(n); } async function main(p) { await pass(1, () => fs.readFileSync(p)); }`, 'await pass(1, () => offload(fs.readFileSync, p))'],
    // One is not: what it would get is a promise, or nobody waits for it, or catches what it throws.
    [`${run} async function main(p) { await run(() => fs.readFileSync(p)); }`, undefined],
    ['async function pass(fn) { const text = fn(); return text; } async function main(p) { await pass(() => fs.readFileSync(p)); }', undefined],
    ['async function pass(fn) { fn(); } async function main(p) { await pass(() => fs.readFileSync(p)); }', undefined],
    ['async function pass(fn) { await fn(); fn(); } async function main(p) { await pass(() => fs.readFileSync(p)); }', undefined],
    ['async function pass(fn) { try { return fn(); } catch {} } async function main(p) { await pass(() => fs.readFileSync(p)); }', undefined],
    ['async function pass(fn) { return [1].map(() => fn()); } async function main(p) { await pass(() => fs.readFileSync(p)); }', undefined],
    ['async function pass(fn) { return await [1].map(fn); } async function main(p) { await pass(() => fs.readFileSync(p)); }', undefined],
    ['function pass(fn) { return fn(); } async function main(p) { await pass(() => fs.readFileSync(p)); }', undefined],
    [`${retry} const pass = async (fn) => { await retry(fn); }; async function main(p) { await pass(() => fs.readFileSync(p)); }`, undefined],
    // Its type says that it gives the value.
    [`${retry} async function main(p) { await retry((): Buffer => fs.readFileSync(p)); }`, undefined],
  ])('in one that is waited for has a suggestion: %s', (code, suggested) => {
    const text = `import fs from 'fs';\n${code.replace('async function main', 'export async function main')}`;
    const [message, ...others] = lint(text, 'file.ts', { rules: both({}) }, process.cwd());
    expect([message!.fix, others]).toEqual([undefined, []]);
    const outputs = (message!.suggestions ?? []).map(({ fix: { range, text: inserted } }) => text.slice(0, range[0]) + inserted + text.slice(range[1]));
    expect(outputs.map((output) => output.split('async function main(p) { ')[1]!.replace(/; \}$/, ''))).toEqual(suggested === undefined ? [] : [suggested]);
    if (suggested !== undefined) expect(message!.message).toContain('has to become async, which the one that it is given to waits for');
  });

  it('as data names that function too', () => {
    const onReport = vi.fn<(report: { readonly function: unknown }) => void>();
    lint(code, 'file.js', { rules: both({}), settings: { onReport } }, process.cwd());
    const main = { name: 'main', kind: 'async function', line: 2 };
    expect(onReport.mock.calls.map(([report]) => report.function)).toEqual([main, main]);
  });

  it('stays away where options say so', () => {
    expect(reports(code, { rules: both({ ignore: ['fs.readFileSync'] }) })).toEqual(chain);
    expect(reports(code, { rules: both({ minimumCost: 'long' }) })).toEqual(call);
  });
});

describe('across files', () => {
  const reading = "import fs from 'fs';\nimport { run } from './run.js';\nimport { load } from './load.js';\nexport async function main(p) { run(() => fs.readFileSync(p)); run(() => load(p)); }";
  const files = { 'load.js': "import fs from 'fs';\nexport const load = (p) => fs.statSync(p);" };
  const inProject = (others: Files, text = reading): string[] => {
    const folder = project({ ...files, ...others });
    return reports(text, {}, join(folder, 'main.js'), folder);
  };
  const all = [...call, ...chain];

  it.each<readonly [name: string, others: Files]>([
    ['one that calls it', { 'run.js': 'export const run = (fn) => fn();' }],
    ['one that waits and calls it', { 'run.js': 'export async function run(fn) { await 1; return fn(); }' }],
    ['one that passes it on to another file', { 'run.js': "import * as again from './again.js';\nexport function run(fn) { return again.run(() => fn()); }", 'again.js': 'export async function run(fn) { return await fn(); }' }],
    ['one that is passed on itself', { 'run.js': "export * from './again.js';", 'again.js': 'export { go as run }; function go(fn) { fn(); }' }],
    ['one of CommonJS', { 'run.js': 'exports.run = (fn) => fn();' }],
    ['two that give it to each other', { 'run.js': "import { again } from './again.js';\nexport function run(fn, n) { return n ? again(fn) : fn(); }", 'again.js': "import { run } from './run.js';\nexport const again = (fn) => run(fn, 1);" }],
  ])('%s', (_name, others) => {
    expect(inProject(others)).toEqual(all);
  });

  it.each<readonly [name: string, others: Files]>([
    ['one that keeps it', { 'run.js': 'const all = [];\nexport const run = (fn) => { all.push(fn); };' }],
    ['one that nobody finds', {}],
    ['one that cannot be read', { 'run.js': 'export const run = (fn => fn();' }],
    ['two that give it to each other, and never call it', { 'run.js': "import { again } from './again.js';\nexport const run = (fn) => again(fn);", 'again.js': "import { run } from './run.js';\nexport const again = (fn) => run(fn);" }],
    ['one that passes it on to a package', { 'run.js': "import limit from 'p-limit';\nexport const run = (fn) => limit(fn);" }],
  ])('nothing: %s', (_name, others) => {
    expect(inProject(others)).toEqual([]);
  });

  it('nothing where a test replaces the one that it is given to', () => {
    expect(inProject({ 'run.js': 'export const run = (fn) => fn();' }, `${reading}\nvi.mock('./run.js');`)).toEqual([]);
  });

  it('of what a project lints with one rule only, the report is the same', () => {
    const folder = project({ ...files, 'run.js': 'export const run = (fn) => fn();' });
    const alone = (rule: string): string[] => reports(reading, { rules: { [`offload/${rule}`]: 'error' } }, join(folder, 'main.js'), folder);
    expect([alone('no-blocking-call'), alone('no-indirect-blocking')]).toEqual([call, chain]);
  });
});

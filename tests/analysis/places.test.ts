import { describe, expect, it } from 'vitest';
import { awaitSite } from '../../src/analysis/await-site.js';
import { executionContext } from '../../src/analysis/context.js';
import { interleavingHazards } from '../../src/analysis/interleaving.js';
import { boundaryOf } from '../../src/analysis/syntax.js';
import { isWorkerCode } from '../../src/analysis/worker-entry.js';
import { marked } from './marked.js';

const runtime = 'eslint-plugin-offload/runtime';

describe('boundaryOf', () => {
  it.each([
    ['function f() { here(); }', 'function body'],
    ['const f = () => here();', 'function body'],
    ['function f(a = here()) {}', 'function parameters'],
    ['function f({ a: [b = here()] }) {}', 'function parameters'],
    ['class A { constructor(private a = here()) {} }', 'function parameters'],
    ['class A { [here()]() {} }', 'program'],
    ['class A { static [here()] = 1; }', 'program'],
    ['class A extends here() {}', 'program'],
    ['class A { a = here(); }', 'field'],
    ['class A { static #a = here(); }', 'field'],
    ['class A { accessor a = here(); }', 'field'],
    ['class A { static { here(); } }', 'static-block'],
    ['enum E { A = here() }', 'enum'],
    ['namespace N { here(); }', 'namespace'],
    ['here();', 'program'],
  ])('%s: %s', (text, expected) => {
    const boundary = boundaryOf(marked(text).node);
    expect([boundary.kind, ...('part' in boundary ? [boundary.part] : [])].join(' ')).toBe(expected);
  });
});

describe('awaitSite', () => {
  it.each([
    ['async function f() { here(); }', 'await', []],
    ['async function f() { await here(); }', 'promise', []],
    ['async function f() { await (here()); }', 'promise', []],
    ['async function f() { await here().x; }', 'await', []],
    ['p.then(() => here());', 'promise', []],
    ['p.then(() => { return here(); });', 'promise', []],
    ['p.then(() => { if (x) { return here(); } });', 'promise', []],
    ['p.then(() => { here(); });', 'await', ['async-reaction']],
    ['p.then(() => here()!);', 'await', ['async-reaction']],
    ['p.then(() => here() as X);', 'await', ['async-reaction']],
    ['p.then((): X => here());', 'await', ['reaction-statement']],
    ['p.then(function* () { yield here(); });', 'await', ['generator']],
    ['async function f() { @x(here()) class A {} }', 'await', ['decorator']],
    ['async function f() { class A { @x(async () => here()) m() {} } }', 'await', []],
    ['export {}; here();', 'await', ['commonjs-top-level']],
    ['class A { set a(v) { here(); } }', 'await', ['accessor']],
    ['const o = { get a() { return here(); } };', 'await', ['accessor']],
    ['class A { constructor() { here(); } }', 'await', ['constructor']],
  ])('%s', (text, form, hazards) => {
    const { code, node } = marked(text);
    expect(awaitSite(node, code, 'file.ts', runtime)).toMatchObject({ form, hazards });
  });

  it.each([['file.mts', 'module-top-level'], ['file.mjs', 'module-top-level'], ['file.cts', 'commonjs-top-level']])('the top level of %s: %s', (filename, hazard) => {
    const { code, node } = marked('export {}; here();');
    expect(awaitSite(node, code, filename, runtime).hazards).toEqual([hazard]);
  });
});

describe('executionContext', () => {
  it.each([
    ['async function f() { xs.map(() => ys.filter(() => here())); }', 'async'],
    ['async function f() { enum E { A = here() } }', 'async'],
    ['async function f() { return function () { here(); }; }', 'function'],
    ['async function f() { return class { a = here(); }; }', 'function'],
    ['async function f() { return class { static a = here(); }; }', 'async'],
    ['function f() { p.then(() => here()); }', 'async'],
    ['setTimeout(() => xs.forEach(() => here()));', 'event-loop'],
    ["process.on('exit', async () => here());", 'exempt'],
    [`import { offload } from '${runtime}'; async function f() { offload(() => here()); }`, 'exempt'],
    ['namespace N { here(); }', 'module'],
    ['here();', 'module'],
  ])('%s: %s', (text, kind) => {
    const { code, node } = marked(text);
    expect(executionContext(node, code, runtime).kind).toBe(kind);
  });
});

describe('isWorkerCode', () => {
  const head = "import { isMainThread, parentPort } from 'worker_threads'; ";
  it.each([
    ["import { parentPort } from 'worker_threads'; here(); parentPort.postMessage(1);", true],
    ["import { parentPort } from 'worker_threads'; here();", false],
    ["import { parentPort } from './threads.js'; here(); parentPort.postMessage(1);", false],
    [`${head}if (isMainThread) here(); else parentPort.postMessage(1);`, false],
    [`${head}if (isMainThread) parentPort; else here();`, true],
    [`${head}if (!isMainThread) { here(); }`, true],
    [`${head}if (!!isMainThread) { here(); }`, false],
    [`${head}if (isMainThread && x) {} else here();`, false],
    [`${head}if (!isMainThread) work(); function work() { here(); }`, true],
    [`${head}if (!isMainThread) work(); work(); function work() { here(); }`, false],
    [`${head}if (!isMainThread) work(); export function work() { here(); }`, false],
    [`${head}if (!isMainThread) work(); function work() { more(); } function more() { here(); }`, true],
    [`${head}if (!isMainThread) a(); function a() { b(); here(); } function b() { a(); }`, true],
    [`${head}if (!isMainThread) a(); function a() { a(); here(); }`, true],
    [`${head}if (!isMainThread) a(); function a() { b(); here(); } function b() { a(); } b();`, false],
  ])('%s: %s', (text, expected) => {
    const { code, node } = marked(text);
    expect(isWorkerCode(node, code)).toBe(expected);
  });
});

describe('interleavingHazards', () => {
  it.each([
    ['async function f() { let n = 0; n += here(); }', []],
    ['async function f(n) { n = n + here(); }', []],
    ['async function f(n) { xs.forEach(() => { n = 1; }); n = n + here(); }', ['stale-operand', 'read-await-write']],
    ['let n; async function f() { n += here(); }', ['read-await-write']],
    ['let n; async function f() { n = here(); }', []],
    ['let n = 1; async function f() { return n + here(); }', []],
    ['let n = 1; async function f() { n = 2; return n + here(); }', ['stale-operand']],
    ['let n = 1; async function f() { n = 2; return here() + n; }', []],
    ['let n = 1; async function f() { n = 2; return g(n) + here(); }', []],
    ['let n = 1; async function f() { n = 2; return n ? here() : 1; }', []],
    ['let n = 1; async function f() { n = 2; return (n, here()); }', []],
    ['let n = 1; async function f() { n = 2; switch (n) { case here(): } }', ['stale-operand']],
    ['let n = 1; async function f() { n = 2; return { [n]: here() }; }', ['stale-operand']],
    ['let n = 1; async function f() { n = 2; return n[here()]; }', ['stale-operand']],
    ['let n = 1; async function f() { n = 2; o[n] = here(); }', ['stale-operand']],
    ['let n = 1; async function f() { n = 2; return n`${here()}`; }', ['stale-operand']],
    ['let n = 1; async function f() { n = 2; return [() => n, here()]; }', []],
    ['let n = 1; async function f() { n = 2; return [x.n, here()]; }', []],
    ['let n = 1; async function f() { n = 2; return [n as X, here()]; }', ['stale-operand']],
    ['async function f(o) { o.n = o.n ? here() : 1; }', ['read-await-write']],
    ['async function f(o) { o.n = o.m ? here() : 1; }', []],
    ['async function f(o) { o.n ??= here(); }', ['read-await-write']],
    ['async function f(o) { return o.n || (o.n = here()); }', ['read-await-write']],
    ['async function f(o) { ({ a: o.n, b: o.m = 1 } = { a: o.m, b: here() }); }', ['read-await-write']],
    ['async function f(o) { ({ a: o.n } = here()); }', []],
    ['async function f() { undeclared += here(); }', ['read-await-write']],
    ['async function f() { if (this.n) return; here(); this.n = 1; }', ['guard-await-write']],
    ['async function f() { if (this.n) { g(); throw this.n; } o = here(); x(); this.n = o; }', ['guard-await-write']],
    ['async function f() { if (!this.n) { here(); this.n = 1; } }', ['guard-await-write']],
    ['let n = 0; async function f() { if (n > 0) return; for (const x of xs) { here(); } n += 1; }', ['guard-await-write']],
    ['let n = 0; async function f() { if (n > 0) return; here(); n++; }', ['guard-await-write']],
    ['async function f() { if (this.n) return; this.n = 1; here(); }', []],
    ['async function f() { if (this.n) return; await g(); here(); this.n = 1; }', []],
    ['async function f() { if (this.n) return; await g(here()); this.n = 1; }', ['guard-await-write']],
    ['async function f() { if (await this.n) return; here(); this.n = 1; }', ['guard-await-write']],
    ['async function f() { for await (const x of xs) { g(x); } if (this.n) return; here(); this.n = 1; }', ['guard-await-write']],
    ['async function f() { if (this.n) return; for await (const x of xs) { g(x); } here(); this.n = 1; }', []],
    ['async function f() { if (this.n) return; for await (const x of xs) { here(); } this.n = 1; }', []],
    ['async function f() { if (this.n) g(); here(); this.n = 1; }', []],
    ['async function f() { if (this.m) return; here(); this.n = 1; }', []],
    ['async function f(n) { if (n) return; here(); n = 1; }', []],
    ['async function f() { if (this.n) return; here(); const g = () => { this.n = 1; }; }', []],
    ['async function f() { if (this.n) return; here(); } function g() { this.n = 1; }', []],
    ['if (n) g(); here(); n = 1;', []],
    ['async function f() { process.chdir(x); here(); }', ['process-state']],
    ['async function f() { here(); process.chdir(x); }', []],
    ['async function f() { for (;;) { here(); process.chdir(x); } }', ['process-state']],
    ['async function f() { const g = () => process.chdir(x); here(); }', []],
    ['async function f() { let env; env = process.env; here(env); }', []],
  ])('%s', (text, expected) => {
    const { code, node } = marked(text);
    expect(interleavingHazards(node, code)).toEqual(expected);
  });
});

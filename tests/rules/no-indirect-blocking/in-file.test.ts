import { describe, expect, it } from 'vitest';
import { chainsIn, lint } from './project.js';

const head = "import fs from 'fs'; ";
const read = 'function read(p) { return fs.readFileSync(p); } ';
/** All on one line, so that chains end in `(file.ts:1)` throughout. */
const chains = (text: string): string[] => chainsIn(head + text).map((chain) => chain.replaceAll(' (file.ts:1)', ''));

describe('a helper of the same file', () => {
  it.each<readonly [code: string, chain: string]>([
    [`${read} async function main() { read(1); }`, 'read → fs.readFileSync'],
    [`${read} async function main() { return [read(1).x]; }`, 'read → fs.readFileSync'],
    [`${read} const main = () => load().then((x) => read(x));`, 'read → fs.readFileSync'],
    [`${read} async function main() { return new Promise((done) => { done(read(1)); }); }`, 'read → fs.readFileSync'],
    [`${read} async function main() { await read(1); }`, 'read → fs.readFileSync'],
    [`${read} async function main() { read.call(this, 1); }`, 'read → fs.readFileSync'],
    [`${read} const same = read; async function main() { same(1); }`, 'read → fs.readFileSync'],
    [`${read} async function main() { (0, read)(1); }`, 'read → fs.readFileSync'],
    [`${read} async function main() { read!(1); }`, 'read → fs.readFileSync'],
    [`${read} async function main() { read?.(1); }`, 'read → fs.readFileSync'],
    [`${read} async function main(xs) { return xs.map(read); }`, 'read → fs.readFileSync'],
    [`${read} async function main(xs) { return Array.from(xs, read); }`, 'read → fs.readFileSync'],
    [`${read} const parse = (p) => JSON.parse(read(p)); async function main() { parse(1); }`, 'parse → read → fs.readFileSync'],
    [`${read} const all = (ps) => ps.map((p) => read(p)); async function main() { all([1]); }`, 'all → read → fs.readFileSync'],
    [`${read} const all = (ps) => ps.map(read); async function main() { all([1]); }`, 'all → read → fs.readFileSync'],
    [`${read} const all = (ps) => { const texts = []; ps.forEach((p) => { texts.push(read(p)); }); return texts; }; async function main() { all([1]); }`, 'all → read → fs.readFileSync'],
    [`${read} const both = (p = read(1)) => p; async function main() { both(); }`, 'both → read → fs.readFileSync'],
    ['const read = function (p) { return fs.readFileSync(p); }; async function main() { read(1); }', 'read → fs.readFileSync'],
    ['const all = (ps) => ps.map(fs.readFileSync); async function main() { all([1]); }', 'all → fs.readFileSync'],
    ['function tag() { fs.readFileSync(1); } async function main() { tag`x`; }', 'tag → fs.readFileSync'],
    ['async function main() { function inner() { return fs.readFileSync(1); } return inner(); }', 'inner → fs.readFileSync'],
    // The shortest chain, the first in the source where two are as short.
    [`${read} function both() { parse(); read(1); } function parse() { read(1); } async function main() { both(); }`, 'both → read → fs.readFileSync'],
    ['function both() { one(); two(); } function one() { fs.statSync(1); } function two() { fs.rmSync(1); } async function main() { both(); }', 'both → one → fs.statSync'],
    // Recursion ends.
    ['function even(n) { return n === 0 || odd(n - 1); } function odd(n) { fs.statSync(1); return even(n - 1); } async function main() { even(1); }', 'even → odd → fs.statSync'],
    ['function walk(p) { for (const one of fs.readdirSync(p)) walk(one); } async function main() { walk(1); }', 'walk → fs.readdirSync'],
    // Overloads are declarations of the one function.
    ['function read(p: string): string; function read(p: number): string; function read(p: any) { return fs.readFileSync(p); } async function main() { read(1); }', 'read → fs.readFileSync'],
  ])('%s', (code, chain) => {
    expect(chains(code)).toEqual([chain]);
  });

  it.each([
    'async function read(p) { return fs.readFileSync(p); } async function main() { read(1); await read(2); }',
    'function* read(p) { yield fs.readFileSync(p); } async function main() { read(1); }',
    // Not run by a call of it.
    'function later(p) { return () => fs.readFileSync(p); } async function main() { later(1); }',
    'function later(p) { return async () => fs.readFileSync(p); } async function main() { later(1); }',
    'function later(p) { setTimeout(() => { fs.readFileSync(p); }, 10); } async function main() { later(1); }',
    'function later(p) { return p.then((x) => fs.readFileSync(x)); } async function main() { later(1); }',
    'function later(p) { store(() => fs.readFileSync(p)); } async function main() { later(1); }',
    'function later(p) { async function load() { await p; fs.readFileSync(p); } load(); } async function main() { later(1); }',
    "function later(p) { process.on('exit', () => { fs.writeFileSync(p, 1); }); } async function main() { later(1); }",
    "import { offload } from 'eslint-plugin-offload/runtime'; function read(p) { return fs.readFileSync(p); } async function main() { await offload(read, 1); await offload(() => read(1)); }",
    // Not called in an async context.
    `${read} read(1); function main() { read(1); }`,
    `${read} async function main() { return () => read(1); }`,
    `${read} async function main() { store(read); }`,
    // Not known.
    `${read} async function main(read) { read(1); }`,
    `${read} async function main(o) { o.read(1); }`,
    `let read = (p) => fs.readFileSync(p); read = other; async function main() { read(1); }`,
    `function read(p) { return fs.readFileSync(p); } read = other; async function main() { read(1); }`,
    'const read = other ? (p) => fs.readFileSync(p) : other; async function main() { read(1); }',
    'function read(fs) { return fs.readFileSync(1); } async function main() { read(other); }',
    'function even(n) { return odd(n - 1); } function odd(n) { return even(n - 1); } async function main() { even(1); }',
    "import { parentPort } from 'worker_threads'; function read(p) { return fs.readFileSync(p); } parentPort.on('message', async () => { read(1); });",
  ])('nothing: %s', (code) => {
    expect(chains(code)).toEqual([]);
  });
});

describe('methods', () => {
  it.each<readonly [code: string, chain: string]>([
    ['class A { read() { fs.statSync(1); } async main() { this.read(); } }', 'A.read → fs.statSync'],
    ['class A { #read() { fs.statSync(1); } async main() { this.#read(); } }', 'A.#read → fs.statSync'],
    ['class A { static #read() { fs.statSync(1); } static async main() { this.#read(); A.#read; } }', 'A.#read → fs.statSync'],
    ['async function main() { class A { static #read() { fs.statSync(1); } static { this.#read(); } } }', 'A.#read → fs.statSync'],
    ['async function main() { class A { static { load(); } } } function load() { fs.statSync(1); }', 'load → fs.statSync'],
    ['class A { #read() { fs.statSync(1); } static async main(a) { a.#read(); } }', 'A.#read → fs.statSync'],
    // Getters run when they are read.
    ['class A { get text() { return fs.readFileSync(1); } async main() { return this.text; } }', 'A.text → fs.readFileSync'],
    ['class A { get #text() { return fs.readFileSync(1); } async main() { return this.#text.length; } }', 'A.#text → fs.readFileSync'],
    ['class A { static get text() { return fs.readFileSync(1); } } async function main() { return A.text; }', 'A.text → fs.readFileSync'],
    ['class A { get text() { return fs.readFileSync(1); } } class B extends A { async main() { return super.text; } }', 'A.text → fs.readFileSync'],
    ['class A { get text() { return fs.readFileSync(1); } lines() { return this.text.split(); } async main() { return this.lines(); } }', 'A.lines → A.text → fs.readFileSync'],
    ['const o = { get text() { return fs.readFileSync(1); } }; async function main() { o.text += 1; }', 'text → fs.readFileSync'],
    ['class A { read() { fs.statSync(1); } } class B { get a() { return new A(); } async main() { this.a.read(); } }', 'A.read → fs.statSync'],
    ['class A { read = () => { fs.statSync(1); }; main = async () => { this.read(); }; }', 'A.read → fs.statSync'],
    ['class A { static read() { fs.statSync(1); } static async main() { this.read(); } }', 'A.read → fs.statSync'],
    ['class A { static read() { fs.statSync(1); } async main() { A.read(); } }', 'A.read → fs.statSync'],
    ['class A { read() { fs.statSync(1); } } async function main() { new A().read(); }', 'A.read → fs.statSync'],
    ['class A { read() { fs.statSync(1); } } const a = new A(); async function main() { a.read(); }', 'A.read → fs.statSync'],
    ['class A { read() { fs.statSync(1); } } class B extends A { async main() { this.read(); } }', 'A.read → fs.statSync'],
    ['class A { read() { fs.statSync(1); } } class B extends A { read() {} async main() { super.read(); } }', 'A.read → fs.statSync'],
    ['class A { static read() { fs.statSync(1); } } class B extends A { static async main() { super.read(); } }', 'A.read → fs.statSync'],
    ['class A { read() { fs.statSync(1); } all() { [1].forEach(() => { this.read(); }); } } async function main() { new A().all(); }', 'A.all → A.read → fs.statSync'],
    ['class A { constructor() { fs.statSync(1); } } async function main() { new A(); }', 'new A → fs.statSync'],
    ['class A { text = fs.readFileSync(1); } async function main() { new A(); }', 'new A → fs.readFileSync'],
    ['class A { text = fs.readFileSync(1); constructor() { this.x = 1; } } async function main() { new A(); }', 'new A → fs.readFileSync'],
    ['class A { constructor() { fs.statSync(1); } } class B extends A {} async function main() { new B(); }', 'new A → fs.statSync'],
    ['class A { constructor() { fs.statSync(1); } } class B extends A { constructor() { super(); } } async function main() { new B(); }', 'new B → new A → fs.statSync'],
    ['const A = class { read() { fs.statSync(1); } }; async function main() { new A().read(); }', 'A.read → fs.statSync'],
    ['const o = { read() { fs.statSync(1); } }; async function main() { o.read(); }', 'read → fs.statSync'],
    ['const o = { read() { fs.statSync(1); }, async main() { this.read(); } };', 'read → fs.statSync'],
    ['const o = { read: () => fs.statSync(1), x: { y: 1 } }; async function main() { o.read(); }', 'read → fs.statSync'],
    ['const o = { x: { read: () => fs.statSync(1) } }; async function main() { const { read } = o.x; read(); }', 'read → fs.statSync'],
    ['const o = Object.freeze({ read: () => fs.statSync(1) }); async function main() { o.read(); }', 'read → fs.statSync'],
    ['const o = {}; o.read = () => fs.statSync(1); async function main() { o.read(); }', 'read → fs.statSync'],
    ['function A() {} A.prototype.read = function () { fs.statSync(1); }; A.prototype.main = async function () { this.read(); };', 'read → fs.statSync'],
    ['function A() { fs.statSync(1); } async function main() { new A(); }', 'A → fs.statSync'],
    ['class A { read() { fs.statSync(1); } } class B { a = new A(); async main() { this.a.read(); } }', 'A.read → fs.statSync'],
    ['class A { read() { fs.statSync(1); } } class B { constructor() { this.a = new A(); } async main() { this.a.read(); } }', 'A.read → fs.statSync'],
    ['class A { read() { fs.statSync(1); } } class B { #a; constructor() { this.#a = new A(); } async main() { this.#a.read(); } }', 'A.read → fs.statSync'],
    // What a type says, where it is a class.
    ['class A { read() { fs.statSync(1); } } async function main(a: A) { a.read(); }', 'A.read → fs.statSync'],
    ['class A { read() { fs.statSync(1); } } class B { constructor(private readonly a: A) {} async main() { this.a.read(); } }', 'A.read → fs.statSync'],
    // What a function gives back.
    ['class A { read() { fs.statSync(1); } } const make = () => new A(); async function main() { make().read(); }', 'A.read → fs.statSync'],
    ['class A { read() { fs.statSync(1); } } async function make() { return new A(); } async function main() { const a = await make(); a.read(); }', 'A.read → fs.statSync'],
    ['class A { static make() { return new A(); } read() { fs.statSync(1); } } async function main() { A.make().read(); }', 'A.read → fs.statSync'],
    ['const make = () => ({ read() { fs.statSync(1); } }); async function main() { const { read } = make(); read(); }', 'read → fs.statSync'],
    ['const make = () => () => fs.statSync(1); async function main() { make()(); }', 'a function → fs.statSync'],
  ])('%s', (code, chain) => {
    expect(chains(code)).toEqual([chain]);
  });

  it.each([
    'class A { async read() { fs.statSync(1); } async main() { await this.read(); } }',
    'class A { read() {} } class B extends A { read2() { fs.statSync(1); } async main() { this.read(); } }',
    'class A { read() { fs.statSync(1); } async main() { (function () { this.read(); })(); } }',
    'class A { static read() { fs.statSync(1); } async main() { this.read(); } }',
    'class A { read: any = () => fs.statSync(1); set(read: any) { this.read = read; } async main(a: A) { a.read(); } }',
    'class A { read() { fs.statSync(1); } } class B { a = new A(); set(a) { this.a = a; } async main() { this.a.read(); } }',
    'class A { read() { fs.statSync(1); } } class B { a = new A(); static main = async () => { this.a.read(); }; }',
    'class A { read() { fs.statSync(1); } } function make(p) { if (p) return p; return new A(); } async function main() { make().read(); }',
    'class A { read() { fs.statSync(1); } } async function make() { return new A(); } async function main() { make().read(); }',
    'class A { read() { fs.statSync(1); } } function* make() { return new A(); } async function main() { make().read(); }',
    'interface A { read(): void } async function main(a: A) { a.read(); }',
    'abstract class A { abstract read(): void } class B extends A { read() { fs.statSync(1); } } async function main(a: A) { a.read(); }',
    'class A { read() { fs.statSync(1); } } async function main(a: A) { a = other; a.read(); }',
    'class A { read() { fs.statSync(1); } } class B { constructor(private a: A) {} set(a: A) { this.a = a; } async main() { this.a.read(); } }',
    'const o = { read: () => fs.statSync(1), ...other }; async function main() { o.read(); }',
    'const o = { read: () => fs.statSync(1) }; o.read = other; async function main() { o.read(); }',
    'const o = { read: () => fs.statSync(1) }; async function main() { o[name](); }',
    'class A { get text() { return fs.readFileSync(1); } set text(t) {} async main() { this.text = 1; } }',
    'class A { set text(t) { fs.writeFileSync(1, t); } async main() { this.text = 1; } }',
    'class A { get text() { return fs.readFileSync(1); } async main(a) { return a.text; } }',
    'class A { get text() { return 1; } } class B { get text() { return fs.readFileSync(1); } async main(a: A) { return a.text; } }',
    'class A { static get text() { return fs.readFileSync(1); } async main() { return this.text; } }',
    'class A { static { load(); } } function load() { fs.statSync(1); }',
  ])('nothing: %s', (code) => {
    expect(chains(code)).toEqual([]);
  });
});

describe('a call that is made only where a parameter says so', () => {
  const make = 'function make(p, force) { if (force) fs.rmSync(p); }';
  it.each<readonly [code: string, ...chains: string[]]>([
    ['function make(p, force = false) { if (force) fs.rmSync(p); } async function main() { make(1, true); }', 'make → fs.rmSync'],
    ['function make(p, force = false) { if (force) fs.rmSync(p); } async function main(force) { make(1, force); }', 'make → fs.rmSync'],
    ['function make(p, force = false) { if (force) fs.rmSync(p); } async function main(all) { make(...all); }', 'make → fs.rmSync'],
    ['function make(p, force = false) { if (force) fs.rmSync(p); } async function main(all) { make.call(this, 1, true); }', 'make → fs.rmSync'],
    ['function make(p, force = false) { if (force) fs.rmSync(p); } async function main(all) { all.forEach(make); }', 'make → fs.rmSync'],
    ['function make(p, force = false) { if (force) fs.rmSync(p); fs.mkdirSync(p); } async function main() { make(1); }', 'make → fs.mkdirSync'],
    // Not false where it is left out, or not what was given.
    ['function make(p, force = true) { if (force) fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, force) { force = true; if (force) fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, force) { if (!force) fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, force) { if (force) {} else fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, force) { if (force || p) fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, force) { if (force || other) fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    // One of two is asked for.
    ['function make(p, one, two) { if (one) fs.rmSync(p); if (two) fs.statSync(p); } async function main() { make(1, false, 1); }', 'make → fs.statSync'],
    ['function make(p, one, two) { if (one || two) fs.rmSync(p); } async function main() { make(1, false, 1); }', 'make → fs.rmSync'],
    // Something in an object is asked for, or may be.
    ['function make(p, o = {}) { if (o.force) fs.rmSync(p); } async function main() { make(1, { force: true }); }', 'make → fs.rmSync'],
    ['function make(p, o = {}) { if (o.force) fs.rmSync(p); } async function main(o) { make(1, o); }', 'make → fs.rmSync'],
    ['function make(p, o = {}) { if (o.force) fs.rmSync(p); } async function main(o) { make(1, { ...o }); }', 'make → fs.rmSync'],
    ['function make(p, o = {}) { if (o.force) fs.rmSync(p); } async function main(o) { make(1, { [o]: true }); }', 'make → fs.rmSync'],
    ['function make(p, o = { force: true }) { if (o.force) fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, o = other) { if (o.force) fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, o = {}) { o.force ??= true; if (o.force) fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, o) { if (!o) o = {}; if (o) fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, o) { o = o ?? other; if (o.force) fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, force = true) { if (force) fs.rmSync(p); } async function main() { make(1, undefined); }', 'make → fs.rmSync'],
    ['function make(p, { force = true } = {}) { if (force) fs.rmSync(p); } async function main() { make(1, { force: undefined }); }', 'make → fs.rmSync'],
    ['function make(p, { force = true } = {}) { if (force) fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, { force } = { force: 1 }) { if (force) fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, { force: all }) { if (all) fs.rmSync(p); } async function main() { make(1, { all: 0, force: 1 }); }', 'make → fs.rmSync'],
    // What comes after it is not reached without, or is.
    ['function make(p, force) { if (!force) return p; fs.rmSync(p); } async function main(force) { make(1, force); }', 'make → fs.rmSync'],
    ['function make(p, force) { if (!force) { p = 1; } fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, force) { if (!force) return p; else p = 1; fs.rmSync(p); } async function main() { make(1, 1); }', 'make → fs.rmSync'],
    ['function make(p, force) { if (force) return p; fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, force) { if (!force && p) return p; fs.rmSync(p); } async function main(p) { make(p); }', 'make → fs.rmSync'],
    // Something is not to be there.
    ['function make(p, later = true) { if (later) return p; fs.rmSync(p); } async function main() { make(1, false); }', 'make → fs.rmSync'],
    ['function make(p, later = true) { if (later) return p; fs.rmSync(p); } async function main(later) { make(1, later); }', 'make → fs.rmSync'],
    ['function make(p, later = other) { if (later) return p; fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, later = true) { if (later && p) return p; fs.rmSync(p); } async function main(p) { make(p); }', 'make → fs.rmSync'],
    ['function make(p, later = true) { later = p; if (later) return p; fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, o = { later: true }) { if (o.later) return p; fs.rmSync(p); } async function main() { make(1, {}); }', 'make → fs.rmSync'],
    ['function make(p, { later = true } = { later: false }) { if (later) return p; fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, later) { if (later) keep(p); else fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, later) { return later || fs.rmSync(p); } async function main() { make(1, ""); }', 'make → fs.rmSync'],
    ['function make(p, later) { return later ?? fs.rmSync(p); } async function main(later) { make(1, later); }', 'make → fs.rmSync'],
    ['function make(p, force) { [1].map(() => { if (!force) return p; }); fs.rmSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, force) { fs.rmSync(p); if (!force) return p; } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, force) { if (!force) return fs.rmSync(p); fs.statSync(p); } async function main() { make(1); }', 'make → fs.rmSync'],
    ['function make(p, { ...rest }) { if (rest) fs.rmSync(p); } async function main() { make(1, {}); }', 'make → fs.rmSync'],
    // Further down, as it is called there.
    ['function make(p, force) { force && fs.rmSync(p); } function all(p) { make(p, 1); } async function main() { all(1); }', 'all → make → fs.rmSync'],
    ['class A { constructor(load = false) { if (load) fs.rmSync(1); } } async function main() { new A(true); }', 'new A → fs.rmSync'],
    // Passed on.
    [`${make} const all = (p, force) => make(p, force); async function main() { all(1, true); }`, 'all → make → fs.rmSync'],
    [`${make} const all = (p, force) => make(p, force); async function main(force) { all(1, force); }`, 'all → make → fs.rmSync'],
    [`${make} const all = (p, force = true) => make(p, force); async function main() { all(1); }`, 'all → make → fs.rmSync'],
    [`${make} function all(p, force) { force = other; make(p, force); } async function main() { all(1); }`, 'all → make → fs.rmSync'],
    [`${make} const all = (force, p) => make(p, force); async function main() { all(1); all("a", false); }`, 'all → make → fs.rmSync', 'all → make → fs.rmSync'],
    ['function make(p, force = true) { if (force) fs.rmSync(p); } const all = (p, force) => make(p, force); async function main() { all(1); }', 'all → make → fs.rmSync'],
    ['function make(p, o) { if (o.force) fs.rmSync(p); } const all = (p, o) => make(p, o); async function main(o) { all(1, { ...o }); }', 'all → make → fs.rmSync'],
    ['function make(p, o) { if (o.force) fs.rmSync(p); } const all = (p, o) => { o.force = true; make(p, o); }; async function main() { all(1, {}); }', 'all → make → fs.rmSync'],
    ['function make(p, o) { if (o.force) fs.rmSync(p); } async function main() { const o = {}; o.force = true; make(1, o); }', 'make → fs.rmSync'],
    ['function make(p, o) { if (o.force) fs.rmSync(p); } async function main() { const o = {}; Object.assign(o, other); make(1, o); }', 'make → fs.rmSync'],
    ['function make(p, o) { if (o.force) fs.rmSync(p); } async function main() { let o = {}; o = other; make(1, o); }', 'make → fs.rmSync'],
    ['function make(p, o) { if (o.force) fs.rmSync(p); } async function main() { const o = {}; const other = o; change(other); make(1, o); }', 'make → fs.rmSync'],
  ])('is one for who gives it: %s', (code, ...expected) => {
    expect(chains(code)).toEqual(expected);
  });

  it.each([
    'function make(p, force = false) { if (force) fs.rmSync(p); } async function main() { make(1); }',
    'function make(p, force = false) { if (force) fs.rmSync(p); } async function main() { make(1, false); make(1, undefined); make(1, null); make(1, 0); }',
    'function make(p, force?: boolean) { if (force && p) { fs.rmSync(p); } } async function main() { make(1); }',
    'function make(p, force) { [p].forEach((one) => { if (force) fs.rmSync(one); }); } async function main() { make(1); }',
    'function make(p, force) { return force ? fs.rmSync(p) : p; } async function main() { make(1); }',
    'function make(p, force) { force && fs.rmSync(p); } function all(p) { make(p); } async function main() { all(1); }',
    'function make(p, one, two) { if (one) fs.rmSync(p); if (two) fs.statSync(p); } async function main() { make(1); make(1, false, null); }',
    'class A { constructor(load = false) { if (load) this.read(); } read() { fs.rmSync(1); } } async function main() { new A(); }',
    'function make(p, force, deep) { if (force || deep) fs.rmSync(p); } async function main() { make(1); make(1, 0, null); }',
    'function make(p, o) { if (o.force) fs.rmSync(p); } async function main() { make(1, {}); make(1, { force: false, other: true }); }',
    'function make(p, o = {}) { if (o.force || o.all) fs.rmSync(p); } async function main() { make(1); make(1, { force: false }); }',
    'function make(p, o) { if (!o) { o = {}; } if (o.force) fs.rmSync(p); } async function main() { make(1); }',
    'function make(p, o = {} as Options) { if (o.force) fs.rmSync(p); } async function main() { make(1); }',
    'function make(p, o?: Options) { if (o?.force) fs.rmSync(p); } async function main() { make(1); make(1, undefined); }',
    'function make(p, { force = false, all } = {}) { if (force && p) fs.rmSync(p); if (all) fs.statSync(p); } async function main() { make(1); make(1, {}); }',
    'function make(p, force = true) { return force && fs.rmSync(p); } async function main() { make(1, false); make(1, null); }',
    'function make(p, { force = true } = {}) { if (force) fs.rmSync(p); } async function main() { make(1, { force: false }); make(1, { force: null }); }',
    'function make(p, { force } = { other: 1 }) { if (force) fs.rmSync(p); } async function main() { make(1); make(1, { force: undefined }); }',
    'function make(p, force) { if (!force) return p; fs.rmSync(p); } async function main() { make(1); }',
    'function make(p, force, o) { if (!force || !o.all) { keep(p); throw p; } for (const one of p) fs.rmSync(one); } async function main() { make(1); make(1, 0, { all: 1 }); }',
    'function make(p, force, all) { if (!force && !all) return; return p && fs.rmSync(p); } async function main() { make(1); make(1, null, false); }',
    'function make(p, force) { if (p) { if (!force) { return; } fs.rmSync(p); } } async function main() { make(1); }',
    'function make(p, later = true) { if (later) return p; fs.rmSync(p); } async function main() { make(1); make(1, true); make(1, undefined); make(1, []); }',
    'function make(p, later = true) { if (later) { return p; } fs.rmSync(p); } function all(p) { make(p); } async function main() { all(1); }',
    'function make(p, later) { if (!later) fs.rmSync(p); } async function main() { make(1, true); make(1, "a"); make(1, () => {}); }',
    'function make(p, later) { if (later || p) keep(p); else fs.rmSync(p); } async function main() { make(1); make("", 1); }',
    'function make(p, later) { return later ? keep(p) : fs.rmSync(p); } async function main() { make(1, {}); make(1, new Date()); }',
    'function make(p, later) { return later || fs.rmSync(p); } async function main() { make(1, /a/); }',
    'function make(p, o = { later: true }) { if (o.later) return p; fs.rmSync(p); } async function main() { make(1); make(1, { later: 1 }); }',
    'function make(p, { later = true } = {}) { if (later) return p; fs.rmSync(p); } async function main() { make(1); make(1, {}); make(1, { other: 1 }); }',
    `${make} const all = (p, force) => make(p, force); async function main() { all(1); all(1, false); all(1, undefined); }`,
    `${make} const one = (p, force) => make(p, force); const all = (p, force) => one(p, force); async function main() { all(1); }`,
    `${make} const all = (p, force = false) => [p].forEach(() => make(p, force)); async function main() { all(1); }`,
    `${make} class A { all(force, p) { make(p, force); } } async function main() { new A().all(0, 1); }`,
    `${make} function all(p, n, force) { if (n) all(p, n - 1, force); make(p, force); } async function main() { all(1, 2); }`,
    'function make(p, later = true) { if (later) return p; fs.rmSync(p); } const all = (p, later) => make(p, later); async function main() { all(1); }',
    'function make(p, later) { if (later) return p; fs.rmSync(p); } const all = (p, later = true) => make(p, later); async function main() { all(1); }',
    'function make(p, o) { if (o.force) fs.rmSync(p); } const all = (p, o) => make(p, o); async function main() { all(1, {}); all(1, { other: 1 }); }',
    'function make(p, o) { if (o.force) fs.rmSync(p); } const all = (p, o = {}) => make(p, o); async function main() { all(1); }',
    'function make(p, o) { if (o.force) fs.rmSync(p); } async function main() { const o = { other: 1 }; make(1, o); log(o.other); make(2, o); }',
    'function make(p, { force: all }) { if (all) fs.rmSync(p); } async function main() { make(1, { all: 1 }); make(1, { force: 1, "force": 0 }); }',
  ])('is none for who does not: %s', (code) => {
    expect(chains(code)).toEqual([]);
  });
});

it('a test of many parts takes no time that grows with their powers', () => {
  const test = Array.from({ length: 60 }, (_, index) => `(o.a${String(index)} && o.b${String(index)} && p)`).join(' || ');
  expect(chains(`function make(p, o) { if (${test}) fs.rmSync(p); } async function main() { make(1); }`)).toEqual(['make → fs.rmSync']);
  const flat = test.replaceAll(' && p)', ')').replaceAll(/ && o\.b\d+/g, '');
  expect(chains(`function make(p, o) { if (${flat}) fs.rmSync(p); } async function main() { make(1); }`)).toEqual([]);
});

describe('a function that is given to another, which calls it before it is done', () => {
  const run = 'function run(fn, then) { try { return fn(); } finally { keep(then); } } ';
  it.each<readonly [code: string, chain: string]>([
    // What is written in place is part of what it is written in.
    [`${run} function read(p) { return run(() => fs.readFileSync(p)); } async function main() { read(1); }`, 'read → fs.readFileSync'],
    [`${run} ${read} function parse(p) { return run(function () { return read(p); }); } async function main() { parse(1); }`, 'parse → read → fs.readFileSync'],
    [`${run} function read(p) { return run(() => run(() => [p].map((one) => fs.readFileSync(one)))); } async function main() { read(1); }`, 'read → fs.readFileSync'],
    [`${run} function read(p) { return run(() => run(() => 1)) || run(() => fs.readFileSync(p)); } async function main() { read(1); }`, 'read → fs.readFileSync'],
    // What has a name has its place.
    [`${run} const load = () => fs.statSync(1); function read() { return run(load); } async function main() { read(); }`, 'read → load → fs.statSync'],
    [`${run} const load = () => fs.statSync(1); async function main() { run(load); }`, 'load → fs.statSync'],
    // Other ways to call it.
    ['const run = (fn, all) => all.map(fn); function read() { return run((p) => fs.statSync(p), [1]); } async function main() { read(); }', 'read → fs.statSync'],
    ['const run = (all, fn) => { for (const one of all) fn.call(this, one); }; function read() { run([1], (p) => fs.statSync(p)); } async function main() { read(); }', 'read → fs.statSync'],
    ['const run = (fn = other) => { if (fn) return [1].map((one) => fn(one)); }; function read() { run((p) => fs.statSync(p)); } async function main() { read(); }', 'read → fs.statSync'],
    ['class A { static #run(fn) { return fn(); } static read(p) { return A.#run(() => fs.statSync(p)); } } async function main() { A.read(1); }', 'A.read → fs.statSync'],
    ['class A { run(fn) { return fn(); } read(p) { return this.run(() => fs.statSync(p)); } async main() { this.read(1); } }', 'A.read → fs.statSync'],
    // Given to each other in circles, and to itself.
    [`${run} function one() { run(two); run(one); } function two() { run(one); run(two); fs.statSync(1); } async function main() { one(); }`, 'one → two → fs.statSync'],
    [`${run} function one() { run(() => run(two)); } function two() { run(() => run(one)); run(() => fs.statSync(1)); } async function main() { one(); }`, 'one → two → fs.statSync'],
    // The shortest chain goes through it.
    [`${run} ${read} function both() { read(1); run(() => fs.statSync(1)); } async function main() { both(); }`, 'both → fs.statSync'],
  ])('%s', (code, chain) => {
    expect(chains(code)).toEqual([chain]);
  });

  it.each([
    // Another of its arguments.
    `${run} function read(p) { return run(other, () => fs.readFileSync(p)); } async function main() { read(1); }`,
    // Not at once, or not that.
    'async function run(fn) { return fn(); } function read(p) { return run(() => fs.readFileSync(p)); } async function main() { read(1); }',
    'function run(fn) { setTimeout(fn); return () => fn(); } function read(p) { return run(() => fs.readFileSync(p)); } async function main() { read(1); }',
    'function run(fn) { return p.then(() => fn()); } function read(p) { return run(() => fs.readFileSync(p)); } async function main() { read(1); }',
    'function run(fn) { fn = other; return fn(); } function read(p) { return run(() => fs.readFileSync(p)); } async function main() { read(1); }',
    'function run(fn) { return fn.load(); } function read(p) { return run(() => fs.readFileSync(p)); } async function main() { read(1); }',
    'function run(fn) { return run(fn); } function read(p) { return run(() => fs.readFileSync(p)); } async function main() { read(1); }',
    // An async function blocks where it is written, for whoever looks there.
    `${run} function read(p) { return run(async () => fs.readFileSync(p)); } async function main() { read(1); }`,
    `${run} function read(p) { return run(() => () => fs.readFileSync(p)); } async function main() { read(1); }`,
  ])('nothing: %s', (code) => {
    expect(chains(code)).toEqual([]);
  });
});

it.each<readonly [code: string, chain: string]>([
  ['class A { set(p) { if (p) return this; return this; } save() { fs.statSync(1); } } async function main() { new A().set(1).save(); }', 'A.save → fs.statSync'],
  ['class A { load() { fs.statSync(1); } } async function main(all: Set<A>) { Array.from(all, (one) => one.load()); }', 'A.load → fs.statSync'],
  ['class A { load() { fs.statSync(1); } } async function main(this: A) { this.load(); }', 'A.load → fs.statSync'],
  ['class A { load() { fs.statSync(1); } } const o = { load() {}, async main(this: A) { this.load(); } };', 'A.load → fs.statSync'],
])('what is known of a value: %s', (code, chain) => {
  expect(chains(code)).toEqual([chain]);
});

describe('what comments say', () => {
  it.each<readonly [code: string, chain: string | undefined]>([
    ['/** @blocking */ function read(p) { return native(p); } async function main() { read(1); }', 'read → @blocking'],
    ['/**\n * Reads.\n * @blocking while the disk spins up\n */\nexport const read = (p) => native(p); async function main() { read(1); }', 'read (file.ts:5) → @blocking'],
    ['class A { /** @blocking */ read() {} async main() { this.read(); } }', 'A.read → @blocking'],
    ['/** @nonblocking in practice */ function read(p) { return fs.readFileSync(p); } async function main() { read(1); }', undefined],
    ['const o = { /* @nonblocking */ read: (p) => fs.readFileSync(p) }; async function main() { o.read(1); }', undefined],
    ['/** Not @blocking: it waits for nothing. */ function read(p) {} async function main() { read(1); }', undefined],
    ['/** @blocking */ async function read(p) {} async function main() { read(1); }', undefined],
  ])('%s', (code, chain) => {
    expect(chains(code)).toEqual(chain === undefined ? [] : [chain]);
  });
});

it('reports each call once, at what names the function', () => {
  const text = `${head}\n${read}\nconst parse = (p) => read(p);\nasync function main(ps) {\n  parse(1);\n  read(2);\n  ps.map(parse);\n  fs.readFileSync(3);\n}`;
  expect(lint(text, 'file.js', {}, process.cwd()).map(({ line, column, endColumn }) => [line, column, endColumn])).toEqual([[5, 3, 8], [6, 3, 7], [7, 10, 15]]);
});

it.each(['functions', 'everywhere'] as const)('never the same place as no-blocking-call: contexts "%s"', (contexts) => {
  const text = `${head}\n${read}\nasync function main(ps) { read(1); fs.statSync(2); ps.map(read); ps.map(fs.statSync); read(fs.statSync(3)); }`;
  const messages = lint(text, 'file.js', { rules: { 'offload/no-blocking-call': ['error', { contexts }], 'offload/no-indirect-blocking': ['error', { contexts }] } }, process.cwd());
  const places = messages.map(({ line, column }) => `${String(line)}:${String(column)}`);
  expect(new Set(places).size).toBe(places.length);
  expect(messages.map(({ ruleId }) => ruleId?.replace('offload/no-', ''))).toEqual(['blocking-call', 'indirect-blocking', 'blocking-call', 'indirect-blocking', 'blocking-call', 'indirect-blocking', 'blocking-call']);
});

describe('an object that is made in place', () => {
  it.each([
    ['what the function gives back', 'class A { load() { fs.statSync(1); } static get() { return made; } } let made; const a = new (function () { made = new A(); return A.get(); })(); async function main() { a.load(); }', ['A.load → fs.statSync']],
    ['what the class has', 'const a = new (class A { load() { fs.statSync(1); } })(); async function main() { a.load(); }', ['A.load → fs.statSync']],
    ['nothing that the function does not give back', 'const load = () => fs.statSync(1); const a = new (function () { this.load = (p) => p; })(); async function main() { a.load(); }', []],
  ])('has %s', (_name, code, expected) => {
    expect(chains(code)).toEqual(expected);
  });
});

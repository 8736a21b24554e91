import { describe, expect, it } from 'vitest';
import type { NoBlockingCallOptions } from '../../../src/rules/no-blocking-call.js';
import { type Given, lint } from '../../lint.js';

type Contexts = NonNullable<NoBlockingCallOptions['contexts']>;

/** From the choice that reports least to the one that reports most. */
const choices: readonly Contexts[] = ['async', 'event-loop', 'functions', 'everywhere'];

/** Code with one blocking call, by the first choice of `contexts` that reports it; `never` where none does. */
const code: Readonly<Record<Contexts | 'never', readonly string[]>> = {
  async: [
    'async function load() { fs.readFileSync(1); }',
    'const load = async () => fs.readFileSync(1);',
    'const o = { async load() { fs.readFileSync(1); } };',
    'class A { async load() { fs.readFileSync(1); } }',
    'class A { static async *all() { yield fs.readFileSync(1); } }',
    'class A { load = async () => { fs.readFileSync(1); }; }',
    // What an async function runs at once.
    ...['map', 'filter', 'forEach', 'some', 'every', 'find', 'findIndex', 'findLast', 'flatMap', 'reduce', 'sort', 'toSorted'].map((method) => `async function load(xs) { return xs.${method}((x) => fs.readFileSync(x)); }`),
    'async function load(xs) { return Array.from(xs, (x) => fs.readFileSync(x)); }',
    'async function load(x) { return x.replace(/a/g, (y) => fs.readFileSync(y)); }',
    'async function load() { return new Promise((done) => { done(fs.readFileSync(1)); }); }',
    'async function load() { (() => { fs.readFileSync(1); })(); }',
    'async function load() { (function () { fs.readFileSync(1); }).call(this); }',
    'async function load(xs) { return xs.map((x) => [x].map((y) => fs.readFileSync(y))); }',
    'async function load() { return class { static text = fs.readFileSync(1); }; }',
    'async function load() { return class { static { fs.readFileSync(1); } }; }',
    'async function load(xs) { return xs.map(fs.readFileSync); }',
    'async function load(text = fs.readFileSync(1)) {}',
    // Reactions.
    'load().then(() => fs.readFileSync(1));',
    'load().then(String, () => fs.readFileSync(1));',
    'load().catch(() => { fs.readFileSync(1); });',
    'load().finally(function () { fs.rmSync(1); });',
    'load().then((xs) => xs.map((x) => fs.readFileSync(x)));',
    // In the main thread's half of a file that is a worker too.
    "import { isMainThread } from 'worker_threads'; if (isMainThread) { start(async () => fs.readFileSync(1)); }",
    "import { isMainThread, parentPort } from 'worker_threads'; if (!isMainThread) { parentPort.postMessage(1); } else { start(async () => fs.readFileSync(1)); }",
    // An event like any other.
    "process.on('SIGINT', async () => { fs.writeFileSync(1, 2); });",
    "emitter.on('exit', async () => { fs.writeFileSync(1, 2); });",
  ],
  'event-loop': [
    'setTimeout(() => fs.readFileSync(1), 10);',
    'setImmediate(function () { fs.readFileSync(1); });',
    'process.nextTick(() => { fs.readFileSync(1); });',
    'queueMicrotask(() => { fs.readFileSync(1); });',
    "emitter.on('data', () => { fs.readFileSync(1); });",
    "process.on('SIGINT', () => { fs.writeFileSync(1, 2); });",
    "import http from 'http'; http.createServer((request, response) => { response.end(fs.readFileSync(1)); });",
    'fs.readFile(1, () => { fs.writeFileSync(1, 2); });',
    "app.get('/', (request, response) => { response.end(fs.readFileSync(1)); });",
    "app.get('/', (request, response) => { response.end([1].map((x) => fs.readFileSync(x))); });",
  ],
  functions: [
    'function load() { return fs.readFileSync(1); }',
    'const load = () => fs.readFileSync(1);',
    'function* all() { yield fs.readFileSync(1); }',
    'class A { constructor() { fs.readFileSync(1); } }',
    'class A { get text() { return fs.readFileSync(1); } }',
    'class A { text = fs.readFileSync(1); }',
    'function load(text = fs.readFileSync(1)) {}',
    'async function load() { function inner() { return fs.readFileSync(1); } return inner; }',
    'async function load(add) { add(() => fs.readFileSync(1)); }',
    'new Loader(() => fs.readFileSync(1));',
    'map.get(() => fs.readFileSync(1));',
  ],
  everywhere: [
    'const text = fs.readFileSync(1);',
    'if (fs.existsSync(1)) {}',
    'class A { static text = fs.readFileSync(1); static [text] = 1; }',
    'class A { static { fs.readFileSync(1); } }',
    '[1].map((x) => fs.readFileSync(x));',
    '(() => { fs.readFileSync(1); })();',
  ],
  never: [
    "process.on('exit', () => { fs.writeFileSync(1, 2); });",
    "process.on('exit', async () => { fs.writeFileSync(1, 2); });",
    "process.on('uncaughtException', (error) => { fs.writeFileSync(1, error); process.exit(1); });",
    "process.once('uncaughtExceptionMonitor', () => { [1].forEach((x) => { fs.writeFileSync(x, 2); }); });",
    "process.on('exit', save); function save() { fs.writeFileSync(1, 2); }",
    "import process from 'node:process'; const save = async () => fs.writeFileSync(1, 2); process.on('exit', save);",
    "import { offload } from 'eslint-plugin-offload/runtime'; offload(() => fs.readFileSync(1));",
    "import { offload } from 'eslint-plugin-offload/runtime'; offload(async () => { fs.readFileSync(1); });",
    "import { offload as run } from 'eslint-plugin-offload/runtime'; function work() { return fs.readFileSync(1); } run(work);",
    "import * as runtime from 'eslint-plugin-offload/runtime'; runtime.offload(() => fs.readFileSync(1));",
    "import { offload } from 'eslint-plugin-offload/runtime'; offload.with({ timeout: 1 })(() => fs.readFileSync(1));",
    "import { offload } from 'eslint-plugin-offload/runtime'; const soon = offload.with({ timeout: 1 }); soon(() => fs.readFileSync(1));",
    "import { runInExecutor } from 'eslint-plugin-offload/runtime'; runInExecutor(null, () => fs.readFileSync(1));",
    "import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime'; const executor = new ThreadPoolExecutor(); executor.submit(() => fs.readFileSync(1));",
    "import { ThreadPoolExecutor } from 'eslint-plugin-offload/runtime'; const executor = new ThreadPoolExecutor(); async function load(xs) { executor.map(fs.readFileSync, xs); executor.map((x) => fs.readFileSync(x), xs); }",
    "import { getDefaultExecutor } from 'eslint-plugin-offload/runtime'; async function load(xs) { getDefaultExecutor().map(fs.readFileSync, xs); }",
    "import { parentPort } from 'worker_threads'; parentPort.on('message', async (x) => { fs.readFileSync(x); });",
    "import { parentPort } from 'node:worker_threads'; async function load() { fs.readFileSync(1); } load().then((x) => parentPort.postMessage(x));",
    "import worker from 'worker_threads'; worker.parentPort.once('message', () => { fs.readFileSync(1); });",
    "import { isMainThread } from 'worker_threads'; if (!isMainThread) { start(async () => fs.readFileSync(1)); }",
    "import { isMainThread } from 'worker_threads'; if (isMainThread) start(); else work(); async function work() { fs.readFileSync(1); }",
    "import { isMainThread } from 'worker_threads'; isMainThread ? start() : start(async () => fs.readFileSync(1));",
  ],
};

describe.each(Object.entries(code) as [Contexts | 'never', readonly string[]][])('contexts: %s', (first, snippets) => {
  it.each(snippets)('%s', (snippet) => {
    const text = snippet.includes("from 'fs'") ? snippet : `import fs from 'fs';\n${snippet}`;
    const from = first === 'never' ? choices.length : choices.indexOf(first);
    expect(choices.map((contexts) => reports(text, { options: { contexts } }))).toEqual(choices.map((_, index) => index >= from));
  });
});

it('a file that imports parentPort and does not use it is no worker', () => {
  expect(reports("import fs from 'fs';\nimport { parentPort } from 'worker_threads'; async function load() { fs.readFileSync(1); }")).toBe(true);
});

it('an executor of something else is none of ours', () => {
  expect(reports("import fs from 'fs';\nimport { ThreadPoolExecutor } from './pool.js'; const executor = new ThreadPoolExecutor(); executor.submit(async () => fs.readFileSync(1));")).toBe(true);
});

it('settings.offload.runtime says whose offload runs on a worker', () => {
  const text = "import fs from 'fs';\nimport { offload } from './runtime.js'; async function load() { offload(async () => fs.readFileSync(1)); }";
  expect(reports(text)).toBe(true);
  expect(reports(text, { runtime: './runtime.js' })).toBe(false);
});

function reports(text: string, given: Given = {}): boolean {
  return lint(text, given).length > 0;
}

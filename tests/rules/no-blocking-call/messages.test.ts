import { describe, expect, it } from 'vitest';
import rule from '../../../src/rules/no-blocking-call.js';
import { lint } from '../../lint.js';
import { runtimeImport, tester } from './tester.js';

tester.run('no-blocking-call: what it says, and where', rule, {
  valid: [],
  invalid: [
    {
      name: 'a fix, reported on the callee alone',
      code: `${runtimeImport}\nimport fs from 'fs';\nasync function load() {\n  return fs\n    .readFileSync('x')\n    .trim();\n}`,
      output: `${runtimeImport}\nimport fs from 'fs';\nasync function load() {\n  return (await offload(fs\n    .readFileSync, 'x'))\n    .trim();\n}`,
      errors: [{ messageId: 'blocking', line: 4, column: 10, endLine: 5, endColumn: 18 }],
    },
    {
      name: 'an argument that is passed to be called',
      code: "import fs from 'fs';\nasync function load(xs) { return xs.map(fs.readFileSync); }",
      output: null,
      errors: [{ messageId: 'blockingUnfixable', line: 2, column: 41, endLine: 2, endColumn: 56 }],
    },
    {
      name: 'a suggestion',
      code: `${runtimeImport}\nimport fs from 'fs';\nasync function load(o) { o.n += fs.readFileSync(1); }`,
      output: null,
      errors: [{ messageId: 'blockingReview', suggestions: [{ messageId: 'offload', output: `${runtimeImport}\nimport fs from 'fs';\nasync function load(o) { o.n += await offload(fs.readFileSync, 1); }` }] }],
    },
  ],
});

describe('the whole message', () => {
  it.each([
    ['async function load() { fs.writeFileSync(1, 2); }', "fs.writeFileSync() blocks the event loop while async function 'load' waits for it. Run it on a worker: `await offload(fs.writeFileSync, …)`."],
    ['load().then(() => fs.statSync());', 'fs.statSync() blocks the event loop while this promise reaction waits for it. Run it on a worker: `offload(fs.statSync)`.'],
    ['async function load() { (0, fs.statSync)(1); }', "fs.statSync() blocks the event loop while async function 'load' waits for it. Run it on a worker: `await offload((0, fs.statSync), …)`."],
    ['async function load() { new WebAssembly.Module(1); }', "new WebAssembly.Module blocks the event loop while async function 'load' waits for it."],
    ['async function load() { fs.readSync(1, 2); }', "Not fixed automatically: it cannot run on a worker, as it fills the buffer it is given, and a worker would fill a copy."],
    ['async function load() { fs.opendirSync(1); }', 'Its own asynchronous form, fs/promises.opendir, is a drop-in. Not fixed automatically: it cannot run on a worker, as a Dir is an open handle that cannot leave its thread.'],
    ['async function load(o) { o.n += fs.readFileSync(1); }', 'Not fixed automatically: what the result is combined with is read before the await and written back after it, and may have changed in between.'],
  ])('%s', (code, message) => {
    expect(lint(`import fs from 'fs';\n${code}`)[0]!.message).toContain(message);
  });

  it('names the gravest reason, not the first', () => {
    const [message] = lint("import fs from 'fs';\nasync function load(o) { o.n += fs?.statSync(1); }");
    expect(message!.message).toMatch(/Not fixed automatically: the optional chain may skip the call/);
  });
});

describe('the place', () => {
  it.each([
    ['async function load() { CALL }', "async function 'load'"],
    ['export default async function () { CALL }', 'this async function'],
    ['async function* all() { CALL }', "async generator function 'all'"],
    ['const load = async () => { CALL };', "async arrow function 'load'"],
    ['run(async () => { CALL });', 'this async arrow function'],
    ['const load = async function inner() { CALL };', "async function 'inner'"],
    ['const load = async function () { CALL };', "async function 'load'"],
    ['exports.load = async function () { CALL };', "async function 'load'"],
    ["exports['load'] = async function () { CALL };", "async function 'load'"],
    ['exports[load] = async function () { CALL };', 'this async function'],
    ['const o = { async load() { CALL } };', "async method 'load'"],
    ['const o = { load: async () => { CALL } };', "async arrow function 'load'"],
    ['const o = { async [load]() { CALL } };', 'this async method'],
    ["const o = { async 'load all'() { CALL } };", "async method 'load all'"],
    ['class A { async load() { CALL } }', "async method 'load'"],
    ['class A { static async *load() { CALL } }', "async generator method 'load'"],
    ['class A { async #load() { CALL } }', "async method '#load'"],
    ['class A { load = async () => { CALL }; }', "async arrow function 'load'"],
    ['class A { constructor() { CALL } }', 'this constructor'],
    ['class A { text = fs.readFileSync(1); }', 'this class'],
    ['function load() { CALL }', "function 'load'"],
    ['load().then(() => { CALL });', 'this promise reaction'],
    ['CALL', 'this module'],
  ])('%s', (code, place) => {
    const [message] = lint(`import fs from 'fs';\n${code.replace('CALL', 'fs.readFileSync(1);')}`, { options: { contexts: 'everywhere' } });
    expect(message!.message).toContain(`while ${place} waits for it`);
  });
});

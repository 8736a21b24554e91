import { describe, expect, it } from 'vitest';
import type { NoBlockingCallOptions } from '../../../src/rules/no-blocking-call.js';
import { fix, lint } from '../../lint.js';

/** The cases without types of the tests of `n/no-sync` (eslint-plugin-n, MIT), as data: code, options, names that are reported. */
const cases: readonly (readonly [code: string, options: Pick<NoBlockingCallOptions, 'allowAtRootLevel' | 'ignores'>, names: readonly string[]])[] = [
  ['var foo = fs.foo.foo();', {}, []],
  ['fs.fooSync;', {}, []],
  ['fooSync;', {}, []],
  ['() => fooSync;', {}, []],
  ['var foo = fs.fooSync;', { allowAtRootLevel: true }, []],
  ['var foo = fooSync;', { allowAtRootLevel: true }, []],
  ['if (true) {fs.fooSync();}', { allowAtRootLevel: true }, []],
  ['if (true) {fooSync();}', { allowAtRootLevel: true }, []],
  ['fooSync();', { ignores: ['fooSync'] }, []],
  ['var foo = fs.fooSync();', {}, ['fooSync']],
  ['var foo = fs.fooSync.apply();', {}, ['fooSync']],
  ['var foo = fooSync();', {}, ['fooSync']],
  ['var foo = fooSync.apply();', {}, ['fooSync']],
  ['var foo = fs.fooSync();', { allowAtRootLevel: false }, ['fooSync']],
  ['if (true) {fs.fooSync();}', {}, ['fooSync']],
  ['function someFunction() {fs.fooSync();}', {}, ['fooSync']],
  ['function someFunction() {fs.fooSync();}', { allowAtRootLevel: true }, ['fooSync']],
  ['var a = function someFunction() {fs.fooSync();}', { allowAtRootLevel: true }, ['fooSync']],
  ['() => {fs.fooSync();}', { allowAtRootLevel: true, ignores: ['barSync'] }, ['fooSync']],
];

const names = (code: string, options: NoBlockingCallOptions): (string | undefined)[] =>
  lint(code, { options: { ...options, mode: 'no-sync' } }).map(({ message }) => /^'(\w+)'/.exec(message)?.[1] ?? /\.(\w+)\(\)/.exec(message)?.[1]);

describe('mode "no-sync"', () => {
  it.each(cases)('%s with %j', (code, options, expected) => {
    expect(names(code, options)).toEqual(expected);
  });

  it.each([
    // Names that are passed on, calls within a callee, computed names.
    ['run(fooSync, fs.barSync);', ['fooSync']],
    ['fooSync().barSync();', ['fooSync', 'barSync']],
    ["fs['fooSync']();", []],
    ['new FooSync(); tagSync`x`;', []],
    // Where the default mode is silent.
    ["import { parentPort } from 'worker_threads';\nimport fs from 'fs';\nparentPort.on('message', () => fs.readFileSync('x'));", ['readFileSync']],
    ["process.on('exit', () => { fooSync(); });", ['fooSync']],
  ])('%s', (code, expected) => {
    expect(names(code, {})).toEqual(expected);
  });

  it('reports what it can fix once, and fixes it', () => {
    const code = "import fs from 'fs';\nfs.existsSync('x');\nexport async function load(p) { helperSync(p); return fs.readFileSync(p); }";
    expect(names(code, {})).toEqual(['existsSync', 'helperSync', 'readFileSync']);
    const { output, messages } = fix(code, { options: { mode: 'no-sync' } });
    expect(output).toContain('return await offload(fs.readFileSync, p);');
    expect(messages).toHaveLength(2);
  });

  it('is silent about what it has fixed', () => {
    const code = "import { readFileSync } from 'fs';\nexport async function load(p) { return readFileSync(p); }";
    expect(fix(code, { options: { mode: 'no-sync' } })).toMatchObject({ output: expect.stringContaining('offload(readFileSync, p)') as string, messages: [] });
  });

  it('points where n/no-sync points, so that comments that switch it off go on doing so', () => {
    const [message] = lint('a\n  .b\n  .fooSync();', { options: { mode: 'no-sync' } });
    expect(message).toMatchObject({ line: 1, column: 1, endLine: 3 });
  });
});

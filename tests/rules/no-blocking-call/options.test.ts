import { describe, expect, it } from 'vitest';
import type { NoBlockingCallOptions } from '../../../src/rules/no-blocking-call.js';
import { fix, lint } from '../../lint.js';

const code = `import fs from 'fs';
import { execSync, execFileSync } from 'child_process';
import crypto from 'node:crypto';
import { offload } from 'eslint-plugin-offload/runtime';
async function load(p) {
  fs.existsSync(p);
  fs.realpathSync.native(p);
  fs.readFileSync(p);
  execSync(p);
  execFileSync(p);
  JSON.parse(p);
  crypto.randomBytes(8);
}`;

const all = ['fs.existsSync', 'fs.realpathSync.native', 'fs.readFileSync', 'child_process.execSync', 'child_process.execFileSync'];

describe('which APIs are reported', () => {
  it.each<readonly [options: NoBlockingCallOptions, reported: readonly string[]]>([
    [{}, all],
    [{ ignore: ['fs.existsSync'] }, all.slice(1)],
    [{ ignore: ['node:fs.existsSync', 'fs.realpathSync*'] }, all.slice(2)],
    [{ ignore: ['child_process.*'] }, all.slice(0, 3)],
    [{ ignore: ['*'] }, []],
    [{ ignore: ['fs.exists', 'existsSync'] }, all],
    [{ minimumCost: 'long' }, all.slice(2)],
    [{ include: ['JSON.parse'] }, [...all, 'JSON.parse']],
    [{ include: ['crypto.*', 'JSON.*'] }, [...all, 'JSON.parse', 'crypto.randomBytes']],
    [{ include: ['fs.existsSync'], minimumCost: 'long' }, ['fs.existsSync', ...all.slice(2)]],
    [{ include: ['*'], ignore: ['crypto.*'] }, [...all, 'JSON.parse']],
  ])('%j', (options, reported) => {
    expect(lint(code, { options }).map(({ message }) => message.slice(0, message.indexOf('()')))).toEqual(reported);
  });
});

describe('what computes on data of any size', () => {
  const body = (statements: string): string => `import crypto from 'node:crypto';\nimport zlib from 'node:zlib';\nimport v8 from 'node:v8';\nimport { offload } from 'eslint-plugin-offload/runtime';\nexport async function load(p, o) { ${statements} }`;
  const calls = ['JSON.parse(p)', 'JSON.stringify(o)', 'structuredClone(o)', "crypto.createHash('sha256')", 'v8.serialize(o)', 'crypto.randomBytes(16)'];

  it.each(calls)('%s is reported where it is asked for', (call) => {
    const reported = (options: NoBlockingCallOptions): number => lint(body(`${call};`), { options }).length;
    for (const quiet of [{}, { minimumCost: 'short' }, { minimumCost: 'long' }, { contexts: 'everywhere' }] as const) expect(reported(quiet)).toBe(0);
    expect(reported({ minimumCost: 'any' })).toBe(1);
    expect(reported({ minimumCost: 'any', ignore: ['JSON.*', 'structuredClone', 'crypto.*', 'v8.*'] })).toBe(0);
  });

  it('only where contexts ask for it', () => {
    const text = 'export function parse(p) { return JSON.parse(p); }\nexport const settings = JSON.parse(process.env.SETTINGS);';
    expect(lint(text, { options: { minimumCost: 'any' } })).toEqual([]);
    expect(lint(text, { options: { minimumCost: 'any', contexts: 'functions' } })).toHaveLength(1);
    expect(lint(text, { options: { minimumCost: 'any', contexts: 'everywhere' } })).toHaveLength(2);
  });

  it.each(['zlib.gzipSync(p)', "crypto.pbkdf2Sync(p, o, 1, 8, 'sha1')", 'crypto.scryptSync(p, o, 8)'])('%s, which is seldom quick, always is', (call) => {
    expect(lint(body(`${call};`))).toHaveLength(1);
    expect(lint(body(`${call};`), { options: { minimumCost: 'long' } })).toHaveLength(1);
  });

  it.each([
    ['return JSON.parse(p);', 'return await offload(JSON.parse, p);'],
    ['return JSON.parse(p).x;', 'return (await offload(JSON.parse, p)).x;'],
    ['return JSON.stringify({ a: p });', 'return await offload(JSON.stringify, { a: p });'],
    ['return v8.serialize(o).length;', 'return (await offload(v8.serialize, o)).length;'],
    ['return JSON.parse(p, (key, value) => value);', 'return JSON.parse(p, (key, value) => value);'],
    ['return structuredClone(o);', 'return structuredClone(o);'],
    ['return p.map(JSON.parse);', 'return p.map(JSON.parse);'],
  ])('is fixed as usual: %s', (before, after) => {
    expect(fix(body(before), { options: { minimumCost: 'any' } }).output).toBe(body(after));
  });
});

describe('what blocks only when it is called in one way', () => {
  const reported = (call: string): string[] => {
    const text = `import crypto from 'crypto';\nimport inspector from 'inspector';\nexport async function load(n, cb) { ${call}; }`;
    return lint(text, { options: { include: ['crypto.*', 'inspector.*'] } }).map(({ messageId }) => String(messageId));
  };

  it.each(['crypto.randomBytes(n)', 'crypto.randomBytes(16)', 'crypto.randomInt(n, 5)', "crypto.sign('sha256', n, cb)", 'inspector.open(1, n, true)'])('%s', (call) => {
    expect(reported(call)).toHaveLength(1);
  });

  // The last one of some may be the callback, as far as anyone can tell.
  it.each(['crypto.randomBytes(n, cb)', 'crypto.randomBytes(16, () => {})', 'crypto.randomInt(1, cb)', "crypto.sign('sha256', n, n, cb)", 'crypto.randomBytes(...n)', 'inspector.open(1)', 'inspector.open(1, n, cb)'])('not %s', (call) => {
    expect(reported(call)).toEqual([]);
  });
});

it('fix: "none" reports without fixes and suggestions', () => {
  const text = `${code}\nasync function make(p) { if (!fs.existsSync(p)) fs.mkdirSync(p); }`;
  const messages = lint(text, { options: { fix: 'none' } });
  expect(messages).toHaveLength(all.length + 2);
  for (const message of messages) {
    expect(message).not.toHaveProperty('fix');
    expect(message).not.toHaveProperty('suggestions');
  }
});

it('settings.offload.runtime names the module that offload comes from', () => {
  const text = "import fs from 'fs';\nexport async function load(p) { return fs.readFileSync(p); }";
  const output = "import fs from 'fs';\nimport { offload } from '#pool';\nexport async function load(p) { return await offload(fs.readFileSync, p); }";
  expect(fix(text, { runtime: '#pool' })).toMatchObject({ output, messages: [] });
});

describe('wrong options are refused', () => {
  it.each([{ contexts: 'all' }, { ignore: 'fs.existsSync' }, { ignore: [''] }, { ignore: ['a', 'a'] }, { include: [1] }, { minimumCost: 'short-ish' }, { fix: 'native-ish' }, { unknown: true }])('%j', (options) => {
    expect(() => lint('', { options: options as NoBlockingCallOptions })).toThrow('Key "rules": Key "offload/no-blocking-call":');
  });

  it.each(['', 1, null])('settings.offload.runtime: %j', (runtime) => {
    expect(() => lint('', { runtime: runtime as string })).toThrow(/settings\.offload\.runtime must be the specifier/);
  });
});

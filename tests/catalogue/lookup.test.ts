import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apiName, classOfResult, findBlockingApi, isAtLeast, matchesApiPattern } from '../../src/catalogue/lookup.js';
import { nodeApis } from '../../src/catalogue/node.js';
import { packageApis } from '../../src/catalogue/packages.js';
import { runs } from '../property-runs.js';

describe('findBlockingApi', () => {
  it('finds every row', () => {
    for (const api of [...nodeApis, ...packageApis]) expect(findBlockingApi(api.module, api.path.split('.'))).toBe(api);
  });

  it('takes a module with and without node:', () => {
    expect(findBlockingApi('node:fs', ['readFileSync'])).toBe(findBlockingApi('fs', ['readFileSync']));
    expect(findBlockingApi('node:child_process', ['execSync'])?.cost).toBe('process');
  });

  it('tells node:sqlite from the package sqlite', () => {
    expect(findBlockingApi('node:sqlite', ['DatabaseSync'])?.kind).toBe('constructor');
    expect(findBlockingApi('node:sqlite', ['DatabaseSync#exec'])?.kind).toBe('method');
    expect(findBlockingApi('sqlite', ['DatabaseSync'])).toBeUndefined();
  });

  it.each([
    ['fs', ['readFile']],
    ['fs', ['promises', 'readFile']],
    ['fs/promises', ['readFile']],
    ['fs', ['readFileSync', 'call']],
    ['fs', []],
    ['fs-extra', ['readFile']],
    ['globalThis', ['readFileSync']],
    ['globalThis', ['constructor']],
    ['globalThis', ['Atomics']],
    ['globalThis', ['Atomics', 'waitAsync']],
    ['crypto', ['getRandomValues']],
    ['effect', ['Effect', 'runSync']],
  ])('knows nothing of %s %j', (module, path) => {
    expect(findBlockingApi(module, path)).toBeUndefined();
  });
});

describe('classOfResult', () => {
  it('follows the classes whose methods block', () => {
    expect(classOfResult('fs', ['opendirSync'])).toBe('Dir');
    expect(classOfResult('node:sqlite', ['DatabaseSync#prepare'])).toBe('StatementSync');
    expect(classOfResult('zlib', ['ZipFile', 'openSync'])).toBe('ZipFile');
  });

  it('is silent about every other result', () => {
    expect(classOfResult('fs', ['readFileSync'])).toBeUndefined();
    expect(classOfResult('crypto', ['createHash'])).toBeUndefined();
    expect(classOfResult('fs', ['nothing'])).toBeUndefined();
  });
});

describe('apiName', () => {
  it.each([
    ['fs', ['readFileSync'], 'fs.readFileSync'],
    ['fs', ['realpathSync', 'native'], 'fs.realpathSync.native'],
    ['fs', ['Dir#readSync'], 'fs.Dir#readSync'],
    ['process', ['report', 'writeReport'], 'process.report.writeReport'],
    ['globalThis', ['Atomics', 'wait'], 'Atomics.wait'],
    ['globalThis', ['alert'], 'alert'],
    ['globalThis', ['XMLHttpRequest#open'], 'XMLHttpRequest#open'],
    ['globalThis', ['WebAssembly', 'Module'], 'new WebAssembly.Module'],
    ['node:sqlite', ['DatabaseSync'], 'new sqlite.DatabaseSync'],
    ['node:sqlite', ['StatementSync#all'], 'sqlite.StatementSync#all'],
    ['bcrypt', ['hashSync'], 'bcrypt.hashSync'],
    ['csv-parse/sync', ['parse'], 'csv-parse/sync.parse'],
    ['klaw-sync', [''], 'klaw-sync'],
    ['better-sqlite3', [''], 'new better-sqlite3'],
    ['better-sqlite3', ['#exec'], 'better-sqlite3#exec'],
    ['better-sqlite3', ['Statement#all'], 'better-sqlite3.Statement#all'],
  ])('names %s %j', (module, path, name) => {
    expect(apiName(findBlockingApi(module, path)!)).toBe(name);
  });

  it('names each API differently', () => {
    expect(new Set([...nodeApis, ...packageApis].map(apiName)).size).toBe(nodeApis.length + packageApis.length);
  });
});

describe('matchesApiPattern', () => {
  it.each([
    ['fs.existsSync', 'fs.existsSync'],
    ['fs.existsSync', 'node:fs.existsSync'],
    ['fs.existsSync', ' fs.existsSync '],
    ['fs.existsSync', 'fs.exists*'],
    ['fs.existsSync', 'fs.*'],
    ['fs.existsSync', '*.existsSync'],
    ['fs.existsSync', 'node:fs.*'],
    ['fs.existsSync', '*'],
    ['fs.existsSync', 'f*.e*s*Sync'],
    ['fs.realpathSync.native', 'fs.realpathSync*'],
    ['child_process.execSync', 'child_process.*'],
    ['new WebAssembly.Module', 'WebAssembly.Module'],
    ['new WebAssembly.Module', 'new WebAssembly.Module'],
    ['new WebAssembly.Module', 'WebAssembly.*'],
    ['new sqlite.DatabaseSync', 'node:sqlite.*'],
    ['sqlite.DatabaseSync#exec', 'sqlite.DatabaseSync*'],
  ])('%s is meant by %s', (name, pattern) => {
    expect(matchesApiPattern(name, pattern)).toBe(true);
  });

  it.each([
    ['fs.existsSync', 'fs.exists'],
    ['fs.existsSync', 'existsSync'],
    ['fs.existsSync', 'fsxexistsSync'],
    ['fs.existsSync', 'fs.existsSync.*'],
    ['fs.existsSync', 'fs.existsSync*Sync'],
    ['fs.existsSync', 'fs.[a-z]+'],
    ['fs.existsSync', ''],
    ['fs.existsSync', 'fs.*Sync*Sync'],
  ])('%s is not meant by %s', (name, pattern) => {
    expect(matchesApiPattern(name, pattern)).toBe(false);
  });

  it('agrees with the regular expression that the pattern stands for', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }), letters, (name, pattern) => {
      expect(matchesApiPattern(name, pattern)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name));
    }), runs(100));
  });
});

describe('isAtLeast', () => {
  it('holds back only what is short', () => {
    expect(isAtLeast('short', 'long')).toBe(false);
    for (const cost of ['long', 'process', 'cpu', 'wait'] as const) expect(isAtLeast(cost, 'long')).toBe(true);
    for (const cost of ['short', 'long', 'process', 'cpu', 'wait'] as const) expect(isAtLeast(cost, 'short')).toBe(true);
  });
});

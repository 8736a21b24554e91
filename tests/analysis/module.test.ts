import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMocked } from '../../src/analysis/mocks.js';
import { isCommonJs, moduleStyle } from '../../src/analysis/module-style.js';
import { marked } from './marked.js';

describe('isMocked', () => {
  it.each([
    "vi.mock('fs');", "vi.mock('node:fs', () => ({}));", "vi.mock(import('node:fs'));", "vi.doMock('fs');", "jest.mock('fs');", "jest.unstable_mockModule('node:fs', f);", "mock.module('node:fs', {});", "import * as td from 'testdouble'; td.replace('fs');",
    "import mock from 'mock-fs';", "const { vol } = require('memfs');", "await import('esmock');",
    "import fs from 'fs'; vi.spyOn(fs, 'readFileSync');", "import fs from 'fs'; t.mock.method(fs, 'readFileSync', f);", "import fs from 'fs'; sinon.stub(fs);",
    "import fs from 'fs'; fs.readFileSync = f;", "import fs from 'fs'; fs.promises.readFile = f;", "import fs from 'fs'; fs.promises = { readFile: f };", "import fs from 'fs'; fs.promises = f();", "const fs = require('fs'); Object.assign(fs, {});", "const fs = require('fs'); Object.defineProperty(fs, 'readFileSync', {});",
  ])('fs is, with %s', (text) => {
    expect(isMocked('fs', marked(`${text} here();`).code)).toBe(true);
  });

  it.each([
    "vi.mock('./files.js');", "vi.mock('node:child_process');", "import type { Volume } from 'memfs';", "import fs from 'fs'; vi.spyOn(console, 'log');", "import fs from 'fs'; const stub = fs.readFileSync; stub.x;",
    "import fs from 'fs'; this.fs = fs;", "import fs from 'fs'; exports.fs = fs;", 'function f(fs) { fs.readFileSync = 1; }', "import fs from 'fs'; fs.depth = 1;", "import fs from 'fs'; import path from 'path'; fs.options = { root: path.join('a', 'b'), deep: !0 };", "import fs from 'fs'; Object.assign({}, fs);", "fs.readFileSync = 1;",
  ])('fs is not, with %s', (text) => {
    expect(isMocked('fs', marked(`${text} here();`).code)).toBe(false);
  });
});

describe('moduleStyle', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'module-style-'));
    for (const type of ['module', 'commonjs']) {
      mkdirSync(join(folder, type, 'src'), { recursive: true });
      writeFileSync(join(folder, type, 'package.json'), JSON.stringify({ type }));
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each([
    ["import x from 'x';", 'x.js', 'import'],
    ['export const x = 1;', 'commonjs/x.js', 'import'],
    ["export * from 'x';", 'x.cts', 'import'],
    ["import x = require('x');", 'x.ts', 'import-equals'],
    ["import x = require('x'); import y from 'y';", 'x.ts', 'import'],
    ['const x = 1; export = x;', 'x.ts', 'import-equals'],
    ["const x = require('x');", 'module/x.js', 'require'],
    ['module.exports = 1;', 'module/x.js', 'require'],
    ['exports.x = 1;', 'module/x.js', 'require'],
    ["function require() {} require('x');", 'module/x.js', 'import'],
    ['', 'x.mjs', 'import'],
    ['', 'x.mts', 'import'],
    ['', 'x.cjs', 'require'],
    ['', 'x.cts', 'import-equals'],
    ['', 'commonjs/x.ts', 'import'],
    ['', 'module/src/x.js', 'import'],
    ['', 'commonjs/src/x.js', 'require'],
  ] as const)('%s in %s: %s', (text, filename, style) => {
    expect(moduleStyle(marked(`${text} here();`).code, join(folder, filename))).toBe(style);
  });

  it('a script and a CommonJS file require', () => {
    expect(moduleStyle(marked('here();', 'script').code, 'x.js')).toBe('require');
    expect(moduleStyle(marked('here();', 'commonjs').code, 'x.mjs')).toBe('require');
  });

  it.each([
    ['export {};', 'module/x.ts', false],
    ['export {};', 'commonjs/src/x.ts', true],
    ['export {};', 'commonjs/x.mts', false],
    ['export {};', 'commonjs/x.js', false],
    ['export {};', 'module/x.cts', true],
    ['', 'module/x.js', true],
    ["import x = require('x');", 'module/x.ts', true],
  ])('%s in %s runs as CommonJS: %s', (text, filename, expected) => {
    expect(isCommonJs(marked(`${text} here();`).code, join(folder, filename))).toBe(expected);
  });
});

import type { TSESTree } from '@typescript-eslint/utils';
import { describe, expect, it } from 'vitest';
import { classOfResult } from '../../src/catalogue/lookup.js';
import { type ApiReference, resolveReference } from '../../src/analysis/reference.js';
import { marked } from './marked.js';

/** `module:path`, with `new` for an instance; the rule's callee tests show every form of import. */
function resolved(text: string, sourceType?: 'module' | 'commonjs' | 'script'): string | undefined {
  const { code, node } = marked(text, sourceType);
  const reference: ApiReference | undefined = resolveReference(node, code, classOfResult);
  return reference && `${reference.instance ? 'new ' : ''}${reference.module}:${reference.path.join('.')}`;
}

describe('resolveReference', () => {
  it.each([
    ["import fs from 'node:fs'; /*>*/fs/*<*/;", 'fs:'],
    ["import fs from 'fs'; /*>*/fs.promises.readFile/*<*/;", 'fs:promises.readFile'],
    ["import { promises } from 'fs'; /*>*/promises.readFile/*<*/;", 'fs:promises.readFile'],
    ["import { readFile } from 'fs/promises'; /*>*/readFile/*<*/;", 'fs/promises:readFile'],
    ["import sqlite from 'node:sqlite'; /*>*/sqlite.DatabaseSync/*<*/;", 'node:sqlite:DatabaseSync'],
    ["import { DatabaseSync } from 'node:sqlite'; /*>*/new DatabaseSync('x')/*<*/;", 'new node:sqlite:DatabaseSync'],
    ["import { DatabaseSync } from 'node:sqlite'; const db = new DatabaseSync('x'); /*>*/db.prepare/*<*/;", 'node:sqlite:DatabaseSync#prepare'],
    ["import { DatabaseSync } from 'node:sqlite'; const rows = new DatabaseSync('x').prepare(''); /*>*/rows.all/*<*/;", 'node:sqlite:StatementSync#all'],
    ["import fs from 'fs'; /*>*/fs.readFileSync.bind(fs)/*<*/;", 'fs:readFileSync.bind()'],
    ["import fs from 'fs'; (/*>*/0, fs.readFileSync/*<*/);", 'fs:readFileSync'],
    ["import lodash from 'lodash'; /*>*/lodash.map/*<*/;", 'lodash:map'],
    ["import { map } from './map.js'; /*>*/map/*<*/;", './map.js:map'],
    ['/*>*/Atomics.wait/*<*/;', 'globalThis:Atomics.wait'],
    ['/*>*/window.globalThis.Atomics.wait/*<*/;', 'globalThis:Atomics.wait'],
    ['/*>*/process.env.HOME/*<*/;', 'process:env.HOME'],
    ["import { env } from 'node:process'; /*>*/env.HOME/*<*/;", 'process:env.HOME'],
    ["const { env: { HOME } } = process; /*>*/HOME/*<*/;", 'process:env.HOME'],
  ])('%s', (text, expected) => {
    expect(resolved(text)).toBe(expected);
  });

  it.each([
    'function f(fs) { /*>*/fs.readFileSync/*<*/; }',
    'const a = b; const b = a; /*>*/a/*<*/;',
    'let a = 1; /*>*/a/*<*/;',
    'let a; /*>*/a/*<*/;',
    "import fs from 'fs'; let a = fs; a ||= {}; /*>*/a/*<*/;",
    "import fs from 'fs'; const a = c ? fs : {}; /*>*/a/*<*/;",
    "import fs from 'fs'; /*>*/fs[unknown()]/*<*/;",
    "import fs from 'fs'; const [a] = [fs]; /*>*/a/*<*/;",
    "import fs from 'fs'; function fs2() {} /*>*/fs2/*<*/;",
    "import type fs from 'fs'; /*>*/fs/*<*/;",
    'class A { m() { /*>*/this.fs/*<*/; } }',
    'class A extends B { m() { /*>*/super.fs/*<*/; } }',
    '/*>*/import.meta.fs/*<*/;',
    '/*>*/undefined/*<*/;',
  ])('nothing: %s', (text) => {
    expect(resolved(text)).toBeUndefined();
  });

  it('the same whichever of several names is asked first', () => {
    const text = "import fs from 'fs'; let a = b; let b = c; var c = a; const d = fs; const e = d; [a, b, c, d, e];";
    const names = ['a', 'b', 'c', 'd', 'e'];
    const expected = [undefined, undefined, undefined, 'fs', 'fs'];
    for (const order of [names, names.toReversed(), ['c', 'e', 'a', 'd', 'b']]) {
      const { code } = marked(`${text} /*>*/0/*<*/;`);
      const list = (code.ast.body.at(-2) as TSESTree.ExpressionStatement).expression as TSESTree.ArrayExpression;
      const found = new Map(order.map((name) => [name, resolveReference(list.elements[names.indexOf(name)]!, code)?.module]));
      expect(names.map((name) => found.get(name))).toEqual(expected);
    }
  });

  it('nothing under with, where any name may be a property', () => {
    expect(resolved("const fs = require('fs'); /*>*/fs.readFileSync/*<*/;", 'script')).toBe('fs:readFileSync');
    expect(resolved("const fs = require('fs'); with (o) { /*>*/fs.readFileSync/*<*/; }", 'script')).toBeUndefined();
  });
});

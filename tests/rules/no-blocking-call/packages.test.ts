import { describe, expect, it } from 'vitest';
import rule from '../../../src/rules/no-blocking-call.js';
import { runExample } from '../../docs/examples.js';
import { fix, lint } from '../../lint.js';
import { tester } from './tester.js';

const both = "import { offload, offloadable } from 'eslint-plugin-offload/runtime';";
const one = { messageId: 'blocking' } as const;

tester.run('no-blocking-call: packages', rule, {
  valid: [
    "import bcrypt from 'bcrypt'; async function load(p) { return bcrypt.hash(p, 4); }",
    "import bcrypt from './bcrypt.js'; async function load(p) { return bcrypt.hashSync(p, 4); }",
    // What blocks in one way of calling it only.
    "import * as tar from 'tar'; async function pack() { await tar.c({ file: 'a.tar' }, ['a']); }",
    "import * as tar from 'tar'; async function pack(options) { await tar.c(options, ['a']); }",
    "import shell from 'shelljs'; async function run(cb) { shell.exec('a', { async: true }); shell.exec('a', cb); shell.exec('a', () => {}); }",
    // Microseconds.
    "import jwt from 'jsonwebtoken'; async function sign(a) { return jwt.sign(a, 'secret'); }",
  ],
  invalid: [
    {
      name: 'a default import',
      filename: 'file.mts',
      code: "import bcrypt from 'bcrypt';\n\nasync function load(p) {\n  return bcrypt.hashSync(p, 4);\n}",
      output: [
        `import bcrypt from 'bcrypt';\n${both}\n\noffloadable(import.meta.url, 'bcrypt', bcrypt);\n\nasync function load(p) {\n  return await offload(bcrypt.hashSync, p, 4);\n}`,
      ],
      errors: [one],
    },
    {
      name: 'a namespace, and calls of two packages',
      filename: 'file.mts',
      code: "import * as bcrypt from 'bcrypt'\nimport which from 'which'\nasync function load(p) { bcrypt.hashSync(p, 4); which.sync(p); bcrypt.compareSync(p, p) }",
      output: [
        `import * as bcrypt from 'bcrypt'\nimport which from 'which'\n${both.slice(0, -1)}\n\noffloadable(import.meta.url, 'bcrypt', bcrypt)\nasync function load(p) { await offload(bcrypt.hashSync, p, 4); which.sync(p); bcrypt.compareSync(p, p) }`,
`import * as bcrypt from 'bcrypt'\nimport which from 'which'\n${both.slice(0, -1)}\n\noffloadable(import.meta.url, 'bcrypt', bcrypt)\noffloadable(import.meta.url, 'which', which)\nasync function load(p) { await offload(bcrypt.hashSync, p, 4); await offload(which.sync, p); await offload(bcrypt.compareSync, p, p) }`,
      ],
      errors: [one, one, one],
    },
    {
      name: 'named imports, all that a worker could run, under the names they have here',
      filename: 'file.mts',
      code: "import { hashSync, compareSync as compare, hash, truncates } from 'bcryptjs';\nexport async function load(p) { return hashSync(p, 4); }",
      output: `import { hashSync, compareSync as compare, hash, truncates } from 'bcryptjs';\n${both}\n\noffloadable(import.meta.url, 'bcryptjs', { hashSync, compareSync: compare });\nexport async function load(p) { return await offload(hashSync, p, 4); }`,
      errors: [one],
    },
    {
      name: 'a module that is the function itself, and a constant that stands for a function',
      filename: 'file.mts',
      code: "import klaw from 'klaw-sync';\nimport bcrypt from 'bcrypt';\nconst hash = bcrypt.hashSync;\nexport async function load(p) { return klaw(p); }\nexport async function pack(p) { return hash(p, 4); }",
      output: [
        `import klaw from 'klaw-sync';\nimport bcrypt from 'bcrypt';\n${both}\n\noffloadable(import.meta.url, 'klaw-sync', klaw);\nconst hash = bcrypt.hashSync;\nexport async function load(p) { return await offload(klaw, p); }\nexport async function pack(p) { return hash(p, 4); }`,
        `import klaw from 'klaw-sync';\nimport bcrypt from 'bcrypt';\n${both}\n\noffloadable(import.meta.url, 'klaw-sync', klaw);\noffloadable(import.meta.url, 'bcrypt', bcrypt);\nconst hash = bcrypt.hashSync;\nexport async function load(p) { return await offload(klaw, p); }\nexport async function pack(p) { return await offload(hash, p, 4); }`,
      ],
      errors: [one, one],
    },
    {
      name: 'a runtime that is imported already',
      filename: 'file.mts',
      code: "import { offload } from 'eslint-plugin-offload/runtime';\nimport bcrypt from 'bcrypt';\nexport async function load(p) { return bcrypt.hashSync(p, 4); }",
      output: `${both}\nimport bcrypt from 'bcrypt';\n\noffloadable(import.meta.url, 'bcrypt', bcrypt);\nexport async function load(p) { return await offload(bcrypt.hashSync, p, 4); }`,
      errors: [one],
    },
    {
      name: 'names that are taken',
      filename: 'file.mts',
      code: "import bcrypt from 'bcrypt';\nconst offloadable = 1;\nexport async function load(offload) { return bcrypt.hashSync(offload, offloadable); }",
      output: "import bcrypt from 'bcrypt';\nimport { offload as runOffloaded, offloadable as registerOffloadable } from 'eslint-plugin-offload/runtime';\n\nregisterOffloadable(import.meta.url, 'bcrypt', bcrypt);\nconst offloadable = 1;\nexport async function load(offload) { return await runOffloaded(bcrypt.hashSync, offload, offloadable); }",
      errors: [one],
    },
    {
      name: 'a package that is registered',
      code: `import bcrypt from 'bcrypt';\nimport { hashSync } from 'bcryptjs';\n${both}\noffloadable(import.meta.url, 'bcrypt', bcrypt);\noffloadable(import.meta.url, 'bcryptjs', { hashSync });\nexport async function load(p) { return [bcrypt.hashSync(p, 4), hashSync(p, 4)]; }`,
      output: `import bcrypt from 'bcrypt';\nimport { hashSync } from 'bcryptjs';\n${both}\noffloadable(import.meta.url, 'bcrypt', bcrypt);\noffloadable(import.meta.url, 'bcryptjs', { hashSync });\nexport async function load(p) { return [await offload(bcrypt.hashSync, p, 4), await offload(hashSync, p, 4)]; }`,
      errors: [one, one],
    },
    {
      name: 'CommonJS, below all that it needs',
      code: "'use strict'\nconst http = require('http')\nhttp.globalAgent = undefined\nvar bcrypt = require('bcrypt')\n;[1].map(String)\nexports.load = async (p) => bcrypt.hashSync(p, 4)",
      languageOptions: { parserOptions: { sourceType: 'commonjs' } },
      output: "'use strict'\nconst http = require('http')\nconst { offload, offloadable } = require('eslint-plugin-offload/runtime')\nhttp.globalAgent = undefined\nvar bcrypt = require('bcrypt')\n\noffloadable(__filename, 'bcrypt', bcrypt)\n;[1].map(String)\nexports.load = async (p) => await offload(bcrypt.hashSync, p, 4)",
      errors: [one],
    },
    {
      name: 'CommonJS, names taken from what require gives',
      code: "const { sync: glob, hasMagic } = require('glob');\nconst hash = require('bcrypt').hashSync;\nexports.load = async (p) => [glob('a', { cwd: p }), hash(p, 4)];",
      languageOptions: { parserOptions: { sourceType: 'commonjs' } },
      output: [
        "const { sync: glob, hasMagic } = require('glob');\nconst hash = require('bcrypt').hashSync;\nconst { offload, offloadable } = require('eslint-plugin-offload/runtime');\n\noffloadable(__filename, 'glob', { sync: glob });\nexports.load = async (p) => [await offload(glob, 'a', { cwd: p }), hash(p, 4)];",
        "const { sync: glob, hasMagic } = require('glob');\nconst hash = require('bcrypt').hashSync;\nconst { offload, offloadable } = require('eslint-plugin-offload/runtime');\n\noffloadable(__filename, 'glob', { sync: glob });\noffloadable(__filename, 'bcrypt', { hashSync: hash });\nexports.load = async (p) => [await offload(glob, 'a', { cwd: p }), await offload(hash, p, 4)];",
      ],
      errors: [one, one],
    },
    {
      name: "functions of Node's own that a package hands on need no registration",
      code: "import fs from 'fs-extra';\nexport async function load(p) { return fs.readFileSync(p); }",
      output: "import fs from 'fs-extra';\nimport { offload } from 'eslint-plugin-offload/runtime';\nexport async function load(p) { return await offload(fs.readFileSync, p); }",
      errors: [one],
    },
    {
      name: 'what is imported where it is used, and what is a property of an export',
      code: "import { glob } from 'glob';\nasync function load(p) { const bcrypt = await import('bcrypt'); return [bcrypt.hashSync(p, 4), glob.sync(p)]; }",
      output: null,
      errors: [{ messageId: 'blockingUnfixable' }, { messageId: 'blockingUnfixable' }],
    },
    {
      name: 'a database',
      code: "import Database from 'better-sqlite3';\nconst db = new Database('a.db');\nconst all = db.prepare('SELECT 1');\nasync function load() { db.exec('x'); return all.all(); }",
      output: null,
      errors: [{ messageId: 'blockingUnfixable' }, { messageId: 'blockingUnfixable' }],
    },
    {
      name: 'a class that is a module, as CommonJS has it',
      code: "const Database = require('better-sqlite3');\nconst db = new Database('a.db');\nasync function load() { return db.prepare('x').all(); }",
      languageOptions: { parserOptions: { sourceType: 'commonjs' } },
      output: null,
      errors: [{ messageId: 'blockingUnfixable' }, { messageId: 'blockingUnfixable' }],
    },
    {
      name: 'a package under a mocked file system',
      code: "import fs from 'fs-extra';\nvi.mock('node:fs');\nasync function load(p) { return fs.copySync(p, 'b'); }",
      output: null,
      errors: [{ messageId: 'blockingUnfixable' }],
    },
  ],
});

describe('what kind of module a file is', () => {
  const code = "import bcrypt from 'bcrypt';\nexport async function load(p) { return bcrypt.hashSync(p, 4); }";
  const folder = `${process.cwd()}/src`;

  it.each([
    ['load.mjs', code, 'import.meta.url'],
    ['load.mts', code, 'import.meta.url'],
    ['load.cts', code, '__filename'],
    ['load.cts', code.replace('import bcrypt from', 'import bcrypt = require(').replace("'bcrypt';", "'bcrypt');"), '__filename'],
    ['load.ts', `${code}\nexport const here = import.meta.dirname;`, 'import.meta.url'],
    ['load.ts', `${code}\nexport const here = __dirname;`, '__filename'],
  ])('%s', (name, text, address) => {
    expect(fix(text, { filename: `${folder}/${name}` }).output).toContain(`offloadable(${address}, 'bcrypt', bcrypt);`);
  });

  // This package's own package.json has no "type": "module".
  it.each([['load.ts', '__filename'], ['load.js', 'import.meta.url']])('%s may be compiled to either', (name, address) => {
    const [message] = lint(code, { filename: `${folder}/${name}` });
    expect(message).toMatchObject({ messageId: 'blockingReview', suggestions: [{ fix: { text: expect.stringContaining(`offloadable(${address},`) as string } }] });
  });
});

it('a fixed program does the same', async () => {
  const program = "import * as esbuild from 'esbuild';\nimport { analyzeMetafileSync } from 'esbuild';\nconst pack = async (text) => esbuild.transformSync(text, { minify: true }).code;\nconst describe = async () => analyzeMetafileSync({ inputs: {}, outputs: {} });\nconsole.log(JSON.stringify([await pack('const one = 1; export { one }'), await describe()]));";
  const { output, messages } = fix(program, { filename: `${process.cwd()}/one.mjs` });
  expect(messages).toEqual([]);
  expect(output.match(/await offload\(/g)).toHaveLength(2);
  expect(await runExample(output)).toBe(await runExample(program));
});

describe('a helper that becomes async', () => {
  const helper = "function hash(text) {\n  return bcrypt.hashSync(text, 4);\n}\nexport async function load(text) {\n  return hash(text);\n}";
  const given = { rule: 'no-indirect-blocking', filename: `${process.cwd()}/src/load.mjs`, once: true } as const;

  it('is offered only where the package is registered, which that fix does not do', () => {
    const [message] = fix(`import bcrypt from 'bcrypt';\n${helper}`, given).messages;
    expect(message).toMatchObject({ ruleId: 'offload/no-indirect-blocking' });
    expect(message).not.toHaveProperty('fix');
    // A worker could load the file itself, and so the package.
    expect(message!.suggestions?.map(({ messageId }) => messageId)).not.toContain('makeAsync');
    const registered = `import bcrypt from 'bcrypt';\n${both}\noffloadable(import.meta.url, 'bcrypt', bcrypt);\n${helper}`;
    const [other] = fix(registered, given).messages;
    expect(other!.fix ?? other!.suggestions).toBeDefined();
  });
});

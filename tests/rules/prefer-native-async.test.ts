import { describe, expect, it } from 'vitest';
import rule from '../../src/rules/prefer-native-async.js';
import { runExample } from '../docs/examples.js';
import { fix } from '../lint.js';
import { tester } from './no-blocking-call/tester.js';

const native = { messageId: 'native' } as const;
const offload = "import { offload } from 'eslint-plugin-offload/runtime';";
const within = (line: string): string => `async function load(p, q) { ${line} }`;

/** A line in an async function of a file with these imports, and what becomes of both. */
const fixed = (name: string, imports: string, line: string, after: string, importsAfter = imports): object => ({
  name, code: `${imports}\n${within(line)}`, output: `${importsAfter}\n${within(after)}`, errors: [native],
});

tester.run('prefer-native-async', rule, {
  valid: [
    // No twin, one that gives no promise, or one that could not be awaited there.
    `import { spawnSync } from 'child_process'; ${within('spawnSync(p);')}`,
    `import bcrypt from 'bcryptjs'; import pako from 'pako'; ${within('pako.gzip(p);')}`,
    "import fs from 'fs'; function load(p) { return fs.statSync(p); }",
    "import fs from 'fs'; fs.statSync('a');",
    `import fs from 'fs'; ${within('return [p].sort((x) => fs.statSync(x).size);')}`,
    `import fs from 'fs'; ${within('return fs?.statSync(p);')}`,
    `import fs from 'fs'; vi.mock('fs'); ${within('return fs.statSync(p);')}`,
    // Too quick to matter.
    `import crypto from 'crypto'; ${within('return crypto.randomBytes(8);')}`,
    // A comment that would be lost.
    `import fs from 'fs'; ${within('return fs /* sync */ .statSync(p);')}`,
    `import fs from 'fs'; ${offload} ${within('return await offload(/* sync */ fs.statSync, p);')}`,
    // What is offloaded is something else.
    `${offload} ${within('return await offload(p, q);')}`,
    `import fs from 'fs'; import { offload } from './mine.js'; ${within('return await offload(fs.statSync, p);')}`,
    { code: `import fs from 'fs'; ${within('return fs.statSync(p);')}`, options: [{ offloadedOnly: true }] },
    { code: `import fs from 'fs'; ${within('return fs.statSync(p);')}`, options: [{ ignore: ['fs.*'] }] },
  ],
  invalid: [
    fixed('a module by name', "import fs from 'fs';", 'return fs.statSync(p).size;', 'return (await fs.promises.stat(p)).size;') as never,
    fixed('a text is no file descriptor', "import fs from 'fs';", "return fs.readFileSync('a.txt', 'utf8');", "return await fs.promises.readFile('a.txt', 'utf8');") as never,
    fixed('nor is a path that is put together', "import fs from 'fs'; import path from 'path';", 'return fs.readFileSync(path.join(p, q));', 'return await fs.promises.readFile(path.join(p, q));') as never,
    fixed('a property of an export', "import * as fs from 'fs';", 'return fs.realpathSync.native(p);', 'return await fs.promises.realpath(p);') as never,
    fixed('a name of its own', "import { statSync } from 'fs';", 'return statSync(p);', 'return await stat(p);', "import { statSync } from 'fs';\nimport { stat } from 'fs/promises';") as never,
    fixed('the spelling of the file', "import { statSync } from 'node:fs';", 'return statSync(p);', 'return await stat(p);', "import { statSync } from 'node:fs';\nimport { stat } from 'node:fs/promises';") as never,
    fixed('an import that is there', "import { statSync } from 'fs';\nimport { stat as look } from 'node:fs/promises';", 'return statSync(p);', 'return await look(p);') as never,
    fixed('an import that has others', "import { statSync } from 'fs';\nimport { readFile } from 'fs/promises';", 'return statSync(p);', 'return await stat(p);', "import { statSync } from 'fs';\nimport { readFile, stat } from 'fs/promises';") as never,
    fixed('a namespace that is there', "import { statSync } from 'fs';\nimport * as fsp from 'fs/promises';", 'return statSync(p);', 'return await fsp.stat(p);') as never,
    fixed('a name that is taken', "import { statSync } from 'fs';\nconst stat = 1;", 'return statSync(p);', 'return await statAsync(p);', "import { statSync } from 'fs';\nimport { stat as statAsync } from 'fs/promises';\nconst stat = 1;") as never,
    fixed('a callback made a promise', "import zlib from 'node:zlib';", 'return zlib.gzipSync(p);', 'return await promisify(zlib.gzip)(p);', "import zlib from 'node:zlib';\nimport { promisify } from 'node:util';") as never,
    fixed('a callback by its own name', "import { gzipSync } from 'zlib';", 'return gzipSync(p);', 'return await promisify(gzip)(p);', "import { gzipSync, gzip } from 'zlib';\nimport { promisify } from 'util';") as never,
    fixed('a method of an instance', "import fs from 'fs'; const dir = fs.opendirSync('a');", 'return dir.readSync();', 'return await dir.read();') as never,
    fixed('a constructor', "import 'fs';", 'return new WebAssembly.Module(p);', 'return await WebAssembly.compile(p);') as never,
    fixed('functions among the arguments', "import fs from 'fs-extra';", 'fs.copySync(p, q, { filter: () => true });', 'await fs.copy(p, q, { filter: () => true });') as never,
    fixed('a package by a name of its own', "import { copySync } from 'fs-extra';", 'copySync(p, q);', 'await copy(p, q);', "import { copySync, copy } from 'fs-extra';") as never,
    fixed('a package that is the twin', "import which from 'which';", 'return which.sync(p);', 'return await which(p);') as never,
    fixed('an offloaded call', `import fs from 'fs';\n${offload}`, 'return (await offload(fs.statSync, p)).size;', 'return (await fs.promises.stat(p)).size;') as never,
    fixed('an offloaded call that is not awaited here', `import fs from 'fs';\n${offload}`, 'return Promise.all([offload(fs.statSync, /* p */ p), q]);', 'return Promise.all([fs.promises.stat(/* p */ p), q]);') as never,
    fixed('an offloaded call over several lines', `import fs from 'fs';\n${offload}`, 'await offload(\n  fs.mkdirSync,\n  p, // p\n);', 'await fs.promises.mkdir(\n  p, // p\n);') as never,
    fixed('a promise reaction', "import fs from 'fs';", 'return p.then((x) => fs.statSync(x));', 'return p.then((x) => fs.promises.stat(x));') as never,
    {
      name: 'CommonJS',
      code: "const { statSync } = require('fs');\nexports.load = async (p) => statSync(p);",
      languageOptions: { parserOptions: { sourceType: 'commonjs' } },
      output: "const { statSync } = require('fs');\nconst { stat } = require('fs/promises');\nexports.load = async (p) => await stat(p);",
      errors: [native],
    },
    {
      name: 'a type that is written down',
      code: "import fs from 'fs';\nexport const load = async (path: string | URL, text: string) => fs.writeFileSync(path, text);",
      output: "import fs from 'fs';\nexport const load = async (path: string | URL, text: string) => await fs.promises.writeFile(path, text);",
      errors: [native],
    },
    {
      name: 'a path that may be a file descriptor',
      code: `import fs from 'fs';\n${within('return fs.readFileSync(p);')}`,
      output: null,
      errors: [{ messageId: 'nativeReview', suggestions: [{ messageId: 'useNative', output: `import fs from 'fs';\n${within('return await fs.promises.readFile(p);')}` }] }],
    },
    {
      name: 'options that may hold the one that makes a difference',
      code: `import fs from 'fs';\n${within('return fs.statSync(p, q);')}`,
      output: null,
      errors: [{ messageId: 'nativeReview', suggestions: [{ messageId: 'useNative', output: `import fs from 'fs';\n${within('return await fs.promises.stat(p, q);')}` }] }],
    },
    {
      name: 'a callback that has to change',
      code: `import fs from 'fs';\n${within('return p.map((x) => fs.statSync(x));')}`,
      output: null,
      errors: [{ messageId: 'nativeReview', suggestions: [{ messageId: 'useNative', output: `import fs from 'fs';\n${within('return await Promise.all(p.map((x) => fs.promises.stat(x)));')}` }] }],
    },
    {
      name: 'a twin that differs',
      code: `import { execSync } from 'child_process';\n${within("return execSync('ls');")}`,
      output: null,
      errors: [{ messageId: 'nativeReview', suggestions: [{ messageId: 'useNative', output: `import { execSync, exec } from 'child_process';\nimport { promisify } from 'util';\n${within("return await promisify(exec)('ls');")}` }] }],
    },
  ],
});

describe('what is known not to be a file descriptor', () => {
  const certain = ["'a'", '`${p}.txt`', "p + '.txt'", "new URL('a', import.meta.url)", 'import.meta.filename', 'String(p)', 'process.cwd()', 'constant', "q ? 'a' : 'b'", 'path.resolve(p)', 'os.tmpdir()'];

  it.each([...certain.map((argument) => [argument, true] as const), ...['p', '0', 'p + q', 'p.path', 'find(p)', 'changed', "q ? 'a' : p", 'new File(p)', '...p'].map((argument) => [argument, false] as const)])('%s: %s', (argument, known) => {
    const code = `import fs from 'fs'; import path from 'path'; import os from 'os';\nconst constant = path.join('a', 'b'); let changed = 'a'; changed = 1;\nexport async function load(p, q) { return fs.readFileSync(${argument}); }`;
    expect(fix(code, { rule: 'prefer-native-async' }).output.includes('await fs.promises')).toBe(known);
  });
});

describe('no-blocking-call with fix: "native"', () => {
  const code = (line: string): string => `import fs from 'fs';\nimport { execSync } from 'child_process';\nexport ${within(line)}`;
  const given = { options: { fix: 'native' } } as const;

  it.each([
    ['return fs.statSync(p);', 'return await fs.promises.stat(p);'],
    ['return fs.readFileSync(p);', 'return await offload(fs.readFileSync, p);'],
    ['return execSync(p);', 'return await offload(execSync, p);'],
    ['return fs.opendirSync(p);', 'return await fs.promises.opendir(p);'],
  ])('%s → %s', (before, after) => {
    const { output, messages } = fix(code(before), given);
    expect(output).toContain(after);
    expect(messages).toEqual([]);
  });

  it.each([
    ['return fs.statSync(p);', ['blockingNative', 'offloadInstead']],
    ['return fs.readFileSync(p);', ['blocking', 'useNative']],
    ['return fs.opendirSync(p);', ['blockingNative']],
    ['p.n += fs.readFileSync(p);', ['blockingReview', 'offload', 'useNative']],
  ])('%s is offered as %j', (line, expected) => {
    const [message] = fix(code(line), { ...given, once: true }).messages;
    expect([message!.messageId, ...(message!.suggestions ?? []).map(({ messageId }) => messageId)]).toEqual(expected);
  });
});

it('a fixed program does the same', async () => {
  const program = `import fs, { mkdirSync, rmSync, statSync } from 'node:fs';
import zlib, { gunzipSync } from 'node:zlib';
import { createRequire } from 'node:module';

async function main(folder) {
  mkdirSync(folder, { recursive: true });
  const file = \`\${folder}/a.txt\`;
  fs.writeFileSync(\`\${folder}/a.txt\`, 'text');
  const size = statSync(file).size;
  const text = gunzipSync(zlib.gzipSync(fs.readFileSync(file))).toString();
  rmSync(folder, { recursive: true });
  return [size, text, typeof createRequire];
}
console.log(JSON.stringify(await main('.cache/native')));`;
  const { output } = fix(program, { rule: 'prefer-native-async' });
  expect(output).not.toMatch(/\w+Sync\(/);
  expect(await runExample(output)).toBe(await runExample(program));
});

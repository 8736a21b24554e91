import rule from '../../../src/rules/no-blocking-call.js';
import { runtimeImport, tester } from './tester.js';

/** How a function is reached, and what is then called: `declaration` stands at the top, `call` in an async function. */
const reached: readonly (readonly [declaration: string, call: string])[] = [
  ["import fs from 'fs';", 'fs.readFileSync'],
  ["import fs from 'node:fs';", 'fs.readFileSync'],
  ["import * as fs from 'fs';", 'fs.readFileSync'],
  ["import * as fs from 'fs';", 'fs.default.readFileSync'],
  ["import { default as fs } from 'fs';", 'fs.readFileSync'],
  ["import { readFileSync } from 'fs';", 'readFileSync'],
  ["import { readFileSync as read } from 'fs';", 'read'],
  ["import { 'readFileSync' as read } from 'fs';", 'read'],
  ["import fs, { readFileSync } from 'fs';", 'readFileSync'],
  ["import fs from 'fs';", "fs['readFileSync']"],
  ["import fs from 'fs'; const name = 'readFileSync';", 'fs[name]'],
  ["import fs from 'fs'; const name = 'File';", 'fs[`read${name}Sync`]'],
  ["import fs from 'fs'; const read = fs.readFileSync;", 'read'],
  ["import fs from 'fs'; const { readFileSync } = fs;", 'readFileSync'],
  ["import fs from 'fs'; const { readFileSync: read } = fs;", 'read'],
  ["import fs from 'fs'; const { ['readFileSync']: read } = fs;", 'read'],
  ["import fs from 'fs'; const { realpathSync: { native } } = fs;", 'native'],
  ["import fs from 'fs'; const { promises, ...rest } = fs;", 'rest.readFileSync'],
  ["import fs from 'fs'; const same = fs; const again = same; const { readFileSync } = again;", 'readFileSync'],
  ["import fs from 'fs'; let read; read = fs.readFileSync;", 'read'],
  ["import fs from 'fs'; let read; ({ readFileSync: read } = fs);", 'read'],
  ["import fs from 'fs'; let files; try { files = fs; } catch { files = fs; }", 'files.readFileSync'],
  ["import fs = require('fs');", 'fs.readFileSync'],
  ["import fs = require('fs'); import read = fs.readFileSync;", 'read'],
  ["import fs from 'fs';", 'fs!.readFileSync'],
  ["import fs from 'fs';", '(fs as any).readFileSync'],
  ["import { createRequire } from 'module'; const require = createRequire(import.meta.url); const fs = require('fs');", 'fs.readFileSync'],
  ["import { createRequire } from 'node:module'; const load = createRequire(import.meta.url); const { readFileSync } = load('fs');", 'readFileSync'],
  ["import * as module from 'module'; const fs = module.createRequire(import.meta.url)('fs');", 'fs.readFileSync'],
  ["import process from 'process'; const fs = process.getBuiltinModule('fs');", 'fs.readFileSync'],
  ["const fs = process.getBuiltinModule('node:fs'); export {};", 'fs.readFileSync'],
  ["const fs = globalThis.process.getBuiltinModule('node:fs'); export {};", 'fs.readFileSync'],
  ["const fs = await import('fs'); export {};", 'fs.readFileSync'],
  ["const { default: fs } = await import('fs'); export {};", 'fs.readFileSync'],
  ["const { readFileSync } = await import('node:fs'); export {};", 'readFileSync'],
  ["const read = (await import('fs')).readFileSync; export {};", 'read'],
  ["import child, { execSync } from 'child_process';", 'child.execFileSync'],
];

/** CommonJS, and what transpilers make of imports. */
const required: readonly (readonly [declaration: string, call: string])[] = [
  ["const fs = require('fs');", 'fs.readFileSync'],
  ["const { readFileSync } = require('node:fs');", 'readFileSync'],
  ["const { readFileSync: read } = require('fs');", 'read'],
  ["const read = require('fs').readFileSync;", 'read'],
  ["var fs = module.require('fs');", 'fs.readFileSync'],
  ["var load = require; var fs = load('fs');", 'fs.readFileSync'],
  ["const name = 'fs'; const fs = require(name);", 'fs.readFileSync'],
  ["const fs_1 = __importDefault(require('fs'));", '(0, fs_1.default.readFileSync)'],
  ["const fs = __importStar(require('fs'));", 'fs.readFileSync'],
  ["var _fs = _interopRequireDefault(require('fs'));", '_fs.default.readFileSync'],
  ["let fs; try { fs = require('fs'); } catch { fs = require('node:fs'); }", 'fs.readFileSync'],
];

const insideOf = (call: string): string => `async function load(path) { return ${call}; }`;

tester.run('no-blocking-call: what is called', rule, {
  valid: [
    // Names that only look like it.
    "import { Effect } from 'effect'; async function load(x) { Effect.runSync(x); }",
    "import { useSync } from './use.js'; async function load() { useSync(); }",
    'async function load(host) { host.existsSync(1); }',
    'async function load() { readFileSync(1); fs.readFileSync(1); }',
    "import { readFileSync } from './fs.js'; async function load() { readFileSync(1); }",
    "import fs from 'fs-extraordinary'; async function load() { fs.readFileSync(1); }",
    "import { sync } from 'fs'; async function load() { sync(1); }",
    'async function gradleSync() {} async function load() { await gradleSync(); }',
    // Names that mean something else here.
    "import fs from 'fs'; async function load(fs) { fs.readFileSync(1); }",
    "import fs from 'fs'; async function load() { const fs = { readFileSync() {} }; fs.readFileSync(1); }",
    "import { readFileSync } from 'fs'; async function load() { for (const readFileSync of [String]) readFileSync(1); }",
    "import { readFileSync } from 'fs'; async function load() { { function readFileSync() {} readFileSync(1); } }",
    "import { readFileSync } from 'fs'; async function load() { try {} catch (readFileSync) { readFileSync(1); } }",
    "import { readFileSync } from 'fs'; async function load() { class readFileSync {} return readFileSync(1); }",
    // What cannot be known.
    "import fs from 'fs'; async function load(options = { fs }) { options.fs.readFileSync(1); }",
    "import fs from 'fs'; async function load(files = fs) { files.readFileSync(1); }",
    "import fs from 'fs'; async function load(name) { fs[name](1); }",
    "import fs from 'fs'; async function load(files) { const { readFileSync = fs.readFileSync } = files; readFileSync(1); }",
    "import fs from 'fs'; let read = fs.readFileSync; read = String; async function load() { read(1); }",
    "import fs from 'fs'; let files; for (files of [fs]) {} async function load() { files.readFileSync(1); }",
    "import fs from 'fs'; let name = 'readFileSync'; name = 'x'; async function load() { fs[name](1); }",
    "import fs from 'fs'; const [read] = [fs.readFileSync]; async function load() { read(1); }",
    "import type fs from 'fs'; async function load() { fs.readFileSync(1); }",
    "import { type readFileSync } from 'fs'; async function load() { readFileSync(1); }",
    "declare const fs: typeof import('fs'); async function load() { fs.readFileSync(1); }",
    "const fs = require('fs' + name); async function load() { fs.readFileSync(1); }",
    "function require() {} const fs = require('fs'); async function load() { fs.readFileSync(1); }",
    "define(function (require) { const fs = require('fs'); return async () => fs.readFileSync(1); });",
    'let loop = loop; async function load() { loop.readFileSync(1); }',
    // Asynchronous forms.
    "import fs from 'fs'; async function load() { await fs.promises.readFile(1); fs.readFile(1, () => {}); }",
    "import fs from 'fs/promises'; async function load() { await fs.readFile(1); }",
    "import { promises as fs } from 'fs'; async function load() { await fs.readFile(1); }",
    "import { randomBytes, pbkdf2 } from 'crypto'; async function load() { pbkdf2(1, 2, 3, 4, 'sha1', () => {}); randomBytes(8, () => {}); }",
    // A reference is no call.
    "import fs from 'fs'; async function load() { return fs.readFileSync; }",
    "import fs from 'fs'; async function load(queue) { queue.add(fs.readFileSync, 1); }",
    // Constructed, where it is a plain function, or called, where it is a class.
    "import fs from 'fs'; async function load() { new fs.readFileSync(1); }",
    "import { DatabaseSync } from 'node:sqlite'; async function load() { DatabaseSync(1); }",
    "import { DatabaseSync } from 'sqlite'; async function load() { new DatabaseSync(1); }",
    'async function load() { new XMLHttpRequest().open("GET", "/", true); }',
    'function alert() {} async function load() { alert(1); }',
  ],
  invalid: [
    ...reached.map(([declaration, call]) => ({
      name: `${declaration} ${call}`,
      code: `${runtimeImport}\n${declaration}\n${insideOf(`${call}(path)`)}`,
      output: `${runtimeImport}\n${declaration}\n${insideOf(`await offload(${call}, path)`)}`,
      errors: [{ messageId: 'blocking' as const }],
    })),
    ...required.map(([declaration, call]) => ({
      name: `${declaration} ${call}`,
      code: `${declaration}\nconst { offload } = require('eslint-plugin-offload/runtime');\n${insideOf(`${call}(path)`)}`,
      output: `${declaration}\nconst { offload } = require('eslint-plugin-offload/runtime');\n${insideOf(`await offload(${call}, path)`)}`,
      languageOptions: { sourceType: 'commonjs' as const },
      errors: [{ messageId: 'blocking' as const }],
    })),
    {
      name: 'import().then()',
      code: `${runtimeImport}\nimport('fs').then(async ({ readFileSync: read }) => { read(1); });\nimport('fs').then(async (fs) => { fs.readFileSync(1); });`,
      output: `${runtimeImport}\nimport('fs').then(async ({ readFileSync: read }) => { await offload(read, 1); });\nimport('fs').then(async (fs) => { await offload(fs.readFileSync, 1); });`,
      errors: [{ messageId: 'blocking' }, { messageId: 'blocking' }],
    },
    {
      name: 'globals',
      code: 'async function load(cells) { Atomics.wait(cells, 0, 0); globalThis.Atomics.wait(cells, 0, 0); alert(1); window.confirm(1); new WebAssembly.Module(cells); new XMLHttpRequest().open("GET", "/", false); }',
      errors: [{ messageId: 'blocking' }, { messageId: 'blocking' }, ...Array.from({ length: 4 }, () => ({ messageId: 'blockingUnfixable' as const }))],
      output: [
        `${runtimeImport.replaceAll("'", '"')}\n\nasync function load(cells) { await offload(Atomics.wait, cells, 0, 0); globalThis.Atomics.wait(cells, 0, 0); alert(1); window.confirm(1); new WebAssembly.Module(cells); new XMLHttpRequest().open("GET", "/", false); }`,
        `${runtimeImport.replaceAll("'", '"')}\n\nasync function load(cells) { await offload(Atomics.wait, cells, 0, 0); await offload(globalThis.Atomics.wait, cells, 0, 0); alert(1); window.confirm(1); new WebAssembly.Module(cells); new XMLHttpRequest().open("GET", "/", false); }`,
      ],
    },
    {
      name: 'instances',
      code: `import { DatabaseSync } from 'node:sqlite';
import fs from 'fs';
async function load() { const db = new DatabaseSync(':memory:'); db.exec(1); db.prepare(1).all(); const rows = db.prepare(2); rows.get(); fs.opendirSync(1).readSync(); }`,
      output: null,
      errors: Array.from({ length: 8 }, () => ({ messageId: 'blockingUnfixable' as const })),
    },
  ],
});

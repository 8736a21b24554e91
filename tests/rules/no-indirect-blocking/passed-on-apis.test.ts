import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chainOf, type Files, type How, lint, project } from './project.js';

/** The chains that are reported in the first file of a project. */
function chains(files: Files, how: How = {}): string[] {
  const folder = project(files);
  const [name, text] = Object.entries(files)[0]!;
  return lint(text, join(folder, name), how, folder).map(chainOf);
}

describe('an API that a module of the project passes on', () => {
  it.each<readonly [name: string, files: Files, chain: string]>([
    ['by name', { 'main.js': "import { readFileSync } from './utils.js';\nconst load = () => readFileSync('a');\nexport async function main() { load(); }", 'utils.js': "export { readFileSync } from 'node:fs';" }, 'load (main.js:2) → fs.readFileSync (main.js:2)'],
    ['by another name', { 'main.js': "import { read } from './utils.js';\nconst load = () => read('a');\nexport async function main() { load(); }", 'utils.js': "import { readFileSync } from 'fs';\nexport { readFileSync as read };" }, 'load (main.js:2) → fs.readFileSync (main.js:2)'],
    ['with its module', { 'main.js': "import { fs } from './utils.js';\nexport async function main() {\n  fs.readFileSync('a');\n}", 'utils.js': "import fs from 'fs-extra';\nexport { fs };" }, 'fs-extra.readFileSync (main.js:3)'],
    ['with all of its module', { 'main.js': "import { fs } from './utils.js';\nexport async function main() { fs.readFileSync('a'); }", 'utils.js': "export * as fs from 'fs';" }, 'fs.readFileSync (main.js:2)'],
    ['as the module itself', { 'main.js': "import fs from './fs.js';\nexport async function main() { fs.readFileSync('a'); }", 'fs.js': "module.exports = require('graceful-fs');" }, 'graceful-fs.readFileSync (main.js:2)'],
    ['a word that is no sign by itself', { 'main.js': "import { run } from './utils.js';\nexport async function main() { run.sync('ls'); }", 'utils.js': "import execa from 'execa';\nexport { execa as run };" }, 'execa.sync (main.js:2)'],
    ['in CommonJS', { 'main.cjs': "const utils = require('./utils.cjs');\nexports.main = async () => { utils.execa.sync('ls'); };", 'utils.cjs': "exports.execa = require('execa');" }, 'execa.sync (main.cjs:2)'],
    ['by its default', { 'main.js': "import { fs } from './utils.js';\nexport async function main() { fs.readFileSync('a'); }", 'utils.js': "import * as all from 'fs';\nexport const fs = all.default;" }, 'fs.readFileSync (main.js:2)'],
    ['that is loaded later', { 'main.js': "import { fs } from './utils.js';\nexport async function main() { fs.readFileSync('a'); }", 'utils.js': "export const fs = await import('fs');" }, 'fs.readFileSync (main.js:2)'],
    ['that is found without an import', { 'main.js': "import { fs } from './utils.js';\nexport async function main() { fs.readFileSync('a'); }", 'utils.js': "export const fs = process.getBuiltinModule('fs');" }, 'fs.readFileSync (main.js:2)'],
    ['in an object', { 'main.js': "import { tools } from './utils.js';\nexport async function main() { tools.fs.statSync('a'); }", 'utils.js': "import fs from 'fs';\nexport const tools = { fs };" }, 'fs.statSync (main.js:2)'],
    ['further', { 'main.js': "import { fs } from './index.js';\nexport async function main() { fs.statSync('a'); }", 'index.js': "export * from './utils.js';", 'utils.js': "import fs from 'fs';\nexport { fs };" }, 'fs.statSync (main.js:2)'],
    ['to a helper of another file', { 'main.js': "import { load } from './load.js';\nexport async function main() { load(); }", 'load.js': "import { fs } from './utils.js';\nexport function load() {\n  fs.statSync('a');\n}", 'utils.js': "import fs from 'fs';\nexport { fs };" }, 'load (load.js:2) → fs.statSync (load.js:3)'],
    ['in a field', { 'main.js': "import fs from 'fs';\nexport class Main { constructor() { this.fs = fs; } async main() { this.fs.statSync('a'); } }" }, 'fs.statSync (main.js:2)'],
    ['in a field of another file', { 'main.js': "import { Loader } from './loader.js';\nexport async function main() { new Loader().load(); }", 'loader.js': "import fs from 'fs';\nexport class Loader { fs = fs; load() { this.fs.statSync('a'); } }" }, 'Loader.load (loader.js:2) → fs.statSync (loader.js:2)'],
  ])('%s', (_name, files, chain) => {
    expect(chains(files)).toEqual([chain]);
  });

  it.each<readonly [name: string, files: Files, how: How]>([
    ['that does not block', { 'main.js': "import { fs } from './utils.js';\nexport async function main() { fs.readFile('a'); fs.promises.readFile('a'); }", 'utils.js': "import fs from 'fs';\nexport { fs };" }, {}],
    ['of a name that may be two things', { 'main.js': "import { fs } from './utils.js';\nexport async function main() { fs.readFileSync('a'); }", 'utils.js': "import memory from 'memfs';\nimport real from 'fs';\nexport let fs = real;\nexport function set() { fs = memory; }" }, {}],
    ['in a field that is assigned twice', { 'main.js': "import fs from 'fs';\nexport class Main { constructor() { this.fs = fs; } set(other) { this.fs = other; } async main() { this.fs.statSync('a'); } }" }, {}],
    ['that is replaced', { 'main.js': "import { fs } from './utils.js';\nexport async function main() { fs.readFileSync('a'); }", 'utils.js': "import real from 'fs';\nexport const fs = { ...real };" }, {}],
    ['that blocks by how it is called', { 'main.js': "import { crypto } from './utils.js';\nexport async function main() { crypto.randomBytes(8, done); }", 'utils.js': "import crypto from 'crypto';\nexport { crypto };" }, {}],
    ['that is not asked for', { 'main.js': "import { fs } from './utils.js';\nexport async function main() { fs.existsSync('a'); }", 'utils.js': "import fs from 'fs';\nexport { fs };" }, { options: { minimumCost: 'long' } }],
    ['that the settings say does not block', { 'main.js': "import { fs } from './utils.js';\nexport async function main() { fs.existsSync('a'); }", 'utils.js': "import fs from 'fs';\nexport { fs };" }, { settings: { nonBlocking: ['fs.existsSync'] } }],
    ['a package that is not known', { 'main.js': "import { tool } from './utils.js';\nexport async function main() { tool.readFileSync('a'); }", 'utils.js': "import tool from 'tool';\nexport { tool };" }, {}],
    ['a module that a test replaces', { 'main.js': "import { vi } from 'vitest';\nimport { fs } from './utils.js';\nvi.mock('./utils.js');\nexport async function main() { fs.readFileSync('a'); }", 'utils.js': "import fs from 'fs';\nexport { fs };" }, {}],
  ])('nothing: %s', (_name, files, how) => {
    expect(chains(files, how)).toEqual([]);
  });

  it('is no function that a fix could change, or that could run elsewhere', () => {
    const files = { 'main.js': "import { fs } from './utils.js';\nfunction load() { return fs.readFileSync('a'); }\nexport async function main() { load(); }", 'utils.js': "import fs from 'fs';\nexport { fs };" };
    const [message, ...others] = lint(files['main.js'], join(project(files), 'main.js'));
    expect([message!.fix, message!.suggestions, others]).toEqual([undefined, undefined, []]);
  });
});

import { describe, expect, it } from 'vitest';
import { fix, type Given } from '../lint.js';

/** A file by its lines, `load` standing for a function that blocks, and where the import goes. */
interface Example {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly given?: Given;
}

const load = 'export async function load(p) { return fs.readFileSync(p); }';
const loaded = 'export async function load(p) { return await offload(fs.readFileSync, p); }';
const added = "import { offload } from 'eslint-plugin-offload/runtime';";
const dynamic = "export async function load(p) { const fs = await import('fs'); return fs.readFileSync(p); }";
const dynamicLoaded = "export async function load(p) { const fs = await import('fs'); return await offload(fs.readFileSync, p); }";
const required = 'exports.load = async (p) => fs.readFileSync(p);';
const requiredLoaded = 'exports.load = async (p) => await offload(fs.readFileSync, p);';
const requireAdded = "const { offload } = require('eslint-plugin-offload/runtime');";
const commonjs: Given = { sourceType: 'commonjs' };
const built = 'const fs = process.getBuiltinModule("fs");';

const esm: readonly Example[] = [
  { name: 'after the last import', before: ["import fs from 'fs';", "import path from 'path';", '', load], after: ["import fs from 'fs';", "import path from 'path';", added, '', loaded] },
  { name: 'after the first group of imports', before: ["import fs from 'fs';", 'start();', "import path from 'path';", load], after: ["import fs from 'fs';", added, 'start();', "import path from 'path';", loaded] },
  { name: 'after an import over several lines', before: ['import {', '  readFileSync,', "} from 'fs';", 'export const load = async (p) => readFileSync(p);'], after: ['import {', '  readFileSync,', "} from 'fs';", added, 'export const load = async (p) => await offload(readFileSync, p);'] },
  { name: 'below a comment on the line of the last import', before: ["import fs from 'fs'; // files", load], after: ["import fs from 'fs'; // files", added, loaded] },
  { name: 'below comments on the line of the last import', before: ["import fs from 'fs'; /* a */ // b", load], after: ["import fs from 'fs'; /* a */ // b", added, loaded] },
  { name: 'between statements on one line', before: [`import fs from 'fs'; /* now */ ${load}`], after: ["import fs from 'fs';", `${added} /* now */ ${loaded}`] },
  { name: 'several imports on a line', before: ["import fs from 'fs'; import path from 'path';", load], after: ["import fs from 'fs'; import path from 'path';", added, loaded] },
  { name: 'after imports below the call', before: [dynamic, "import path from 'path';"], after: [dynamicLoaded, "import path from 'path';", added] },
  { name: 'once for calls above and below the imports', before: [load.replace('load', 'first'), "import fs from 'fs';", load], after: [loaded.replace('load', 'first'), "import fs from 'fs';", added, loaded] },
  { name: 'no import at all', before: [dynamic], after: [added, '', dynamicLoaded] },
  { name: '`export … from` only', before: ["export * from './other.js';", dynamic], after: [added, '', "export * from './other.js';", dynamicLoaded] },
  { name: 'below a shebang', before: ['#!/usr/bin/env node', dynamic], after: ['#!/usr/bin/env node', added, '', dynamicLoaded] },
  { name: 'below directives', before: ["'use client';", '"use strict";', dynamic], after: ["'use client';", '"use strict";', '', added, dynamicLoaded] },
  { name: 'below a directive with a comment on its line', before: ["'use client'; // not the server", '', dynamic], after: ["'use client'; // not the server", '', added, '', dynamicLoaded] },
  { name: 'below a licence', before: ['/*! my-lib */', '// Copyright 2025', dynamic], after: ['/*! my-lib */', '// Copyright 2025', added, '', dynamicLoaded] },
  { name: 'below a licence of several lines', before: ['// Copyright 2025', '// All rights reserved.', '// See LICENSE.', '/** Loads. */', dynamic], after: ['// Copyright 2025', '// All rights reserved.', '// See LICENSE.', added, '', '/** Loads. */', dynamicLoaded] },
  { name: 'below a licence in JSDoc', before: ['/**', ' * @license MIT', ' */', dynamic], after: ['/**', ' * @license MIT', ' */', added, '', dynamicLoaded] },
  { name: 'below // @ts-check', before: ['// @ts-check', dynamic], after: ['// @ts-check', added, '', dynamicLoaded] },
  { name: 'below comments set apart', before: ['// This file loads.', '', '// Loads.', dynamic], after: ['// This file loads.', '', added, '', '// Loads.', dynamicLoaded] },
  { name: 'above the comment of the first statement', before: ['/** Loads. */', dynamic], after: [added, '', '/** Loads. */', dynamicLoaded] },
  { name: 'below a triple-slash reference', before: ['/// <reference types="node" />', dynamic], after: ['/// <reference types="node" />', added, '', dynamicLoaded], given: { filename: 'file.ts' } },
  { name: 'above a directive for the next line', before: ['// @ts-expect-error', dynamic], after: [added, '', '// @ts-expect-error', dynamicLoaded], given: { filename: 'file.ts' } },
  { name: 'no semicolons', before: ["import fs from 'fs'", '', load], after: ["import fs from 'fs'", added.slice(0, -1), '', loaded] },
  { name: 'no semicolons and more on the line', before: ["import fs from 'fs'", "import path from 'path'", '', '[1].map(String)', load], after: ["import fs from 'fs'", "import path from 'path'", added.slice(0, -1), '', '[1].map(String)', loaded] },
  { name: 'double quotes', before: ['import fs from "fs";', load], after: ['import fs from "fs";', added.replaceAll("'", '"'), loaded] },
  { name: 'type imports only', before: ["import type { Stats } from 'fs';", dynamic], after: ["import type { Stats } from 'fs';", added, dynamicLoaded], given: { filename: 'file.ts' } },
  { name: '.mts', before: [`${built} ${dynamic.replace('export ', '')}`], after: [added.replaceAll("'", '"'), '', `${built} ${dynamicLoaded.replace('export ', '')}`], given: { filename: 'file.mts' } },
  { name: '.cts with imports', before: ["import fs from 'fs';", load], after: ["import fs from 'fs';", added, loaded], given: { filename: 'file.cts' } },
];

const runtimeThere: readonly Example[] = [
  { name: 'with offload', before: ["import fs from 'fs';", added, load], after: ["import fs from 'fs';", added, loaded] },
  { name: 'with offload, below', before: ["import fs from 'fs';", load, added], after: ["import fs from 'fs';", loaded, added] },
  { name: 'under another name', before: [added.replace('offload', 'offload as run'), "import fs from 'fs';", load], after: [added.replace('offload', 'offload as run'), "import fs from 'fs';", loaded.replace('offload(', 'run(')] },
  { name: 'without offload', before: [added.replace('offload', 'ThreadPoolExecutor'), "import fs from 'fs';", load], after: [added.replace('offload', 'ThreadPoolExecutor, offload'), "import fs from 'fs';", loaded] },
  { name: 'without offload, a trailing comma and comments', before: [added.replace('offload', '/* a */ ThreadPoolExecutor /* b */, '), "import fs from 'fs';", load], after: [added.replace('offload', '/* a */ ThreadPoolExecutor, offload /* b */, '), "import fs from 'fs';", loaded] },
  { name: 'as a namespace', before: [added.replace('{ offload }', '* as runtime'), "import fs from 'fs';", load], after: [added.replace('{ offload }', '* as runtime'), "import fs from 'fs';", loaded.replace('offload(', 'runtime.offload(')] },
  { name: 'for its types only', before: [added.replace('{ offload }', 'type { Executor }'), "import fs from 'fs';", load], after: [added.replace('{ offload }', 'type { Executor }'), "import fs from 'fs';", added, loaded], given: { filename: 'file.ts' } },
  { name: 'with offload as a type', before: [added.replace('{ offload }', '{ type offload as Run, type Executor }'), "import fs from 'fs';", load], after: [added.replace('{ offload }', '{ type offload as Run, type Executor, offload }'), "import fs from 'fs';", loaded], given: { filename: 'file.ts' } },
  { name: 'for its effects', before: ["import 'eslint-plugin-offload/runtime';", "import fs from 'fs';", load], after: ["import 'eslint-plugin-offload/runtime';", "import fs from 'fs';", added, loaded] },
  { name: 'required', before: ["const fs = require('fs');", requireAdded, required], after: ["const fs = require('fs');", requireAdded, requiredLoaded], given: commonjs },
  { name: 'required as a whole', before: ["const fs = require('fs');", requireAdded.replace('{ offload }', 'runtime'), required], after: ["const fs = require('fs');", requireAdded.replace('{ offload }', 'runtime'), requiredLoaded.replace('offload(', 'runtime.offload(')], given: commonjs },
  { name: 'required without offload', before: ["const fs = require('fs');", requireAdded.replace('offload', 'ThreadPoolExecutor'), required], after: ["const fs = require('fs');", requireAdded.replace('offload', 'ThreadPoolExecutor, offload'), requiredLoaded], given: commonjs },
];

const taken: readonly Example[] = [
  { name: 'by another import', before: ["import fs from 'fs';", "import { offload } from './ship.js';", load], after: ["import fs from 'fs';", "import { offload } from './ship.js';", added.replace('offload', 'offload as runOffloaded'), loaded.replace('offload(', 'runOffloaded(')] },
  { name: 'by a parameter', before: ["import fs from 'fs';", load.replace('(p)', '(p, offload)')], after: ["import fs from 'fs';", added.replace('offload', 'offload as runOffloaded'), loaded.replace('(p)', '(p, offload)').replace('offload(fs', 'runOffloaded(fs')] },
  { name: 'by a global', before: ["import fs from 'fs';", 'offload();', load], after: ["import fs from 'fs';", added.replace('offload', 'offload as runOffloaded'), 'offload();', loaded.replace('offload(', 'runOffloaded(')] },
  { name: 'by a global that a comment declares', before: ["import fs from 'fs';", '/* global offload */ offload();', load], after: ["import fs from 'fs';", added.replace('offload', 'offload as runOffloaded'), '/* global offload */ offload();', loaded.replace('offload(', 'runOffloaded(')] },
  { name: 'with its alias', before: ["import fs from 'fs';", 'const offload = 1, runOffloaded = 2;', load], after: ["import fs from 'fs';", added.replace('offload', 'offload as runOffloaded2'), 'const offload = 1, runOffloaded = 2;', loaded.replace('offload(', 'runOffloaded2(')] },
  { name: 'where the call is, and only there', before: ["import fs from 'fs';", added, load.replace('(p)', '(p, offload)'), 'offload(1);'], after: ["import fs from 'fs';", added.replace('offload', 'offload, offload as runOffloaded'), loaded.replace('(p)', '(p, offload)').replace('offload(fs', 'runOffloaded(fs'), 'offload(1);'] },
  { name: 'in CommonJS', before: ["const fs = require('fs');", 'let offload;', required], after: ["const fs = require('fs');", requireAdded.replace('offload', 'offload: runOffloaded'), 'let offload;', requiredLoaded.replace('offload(', 'runOffloaded(')], given: commonjs },
];

const commonJs: readonly Example[] = [
  { name: 'after the last require', before: ["'use strict';", "const fs = require('fs');", "const { join } = require('path');", "require('dotenv').config();", '', required], after: ["'use strict';", "const fs = require('fs');", "const { join } = require('path');", "require('dotenv').config();", requireAdded, '', requiredLoaded], given: commonjs },
  { name: 'no require', before: [`${built} ${required}`], after: [requireAdded.replaceAll("'", '"'), '', `${built} ${requiredLoaded}`], given: commonjs },
  { name: 'requires of CommonJS that its parser is told to be a module', before: ["const fs = require('fs');", 'module.exports = async (p) => fs.readFileSync(p);'], after: ["const fs = require('fs');", requireAdded, 'module.exports = async (p) => await offload(fs.readFileSync, p);'] },
  { name: 'no semicolons, and a line that would go on', before: ["const fs = require('fs')", ';[1].map(String)', required], after: ["const fs = require('fs')", requireAdded.slice(0, -1), ';[1].map(String)', requiredLoaded], given: commonjs },
  { name: 'no semicolons', before: ["const fs = require('fs')", required.slice(0, -1)], after: ["const fs = require('fs')", requireAdded.slice(0, -1), requiredLoaded.slice(0, -1)], given: commonjs },
  { name: 'above code that may reach the call', before: ['main();', "const path = require('path');", "async function main() { require('fs').readFileSync(path); }"], after: [requireAdded, '', 'main();', "const path = require('path');", "async function main() { await offload(require('fs').readFileSync, path); }"], given: commonjs },
  { name: 'below functions', before: ['function help() {}', "const fs = require('fs');", required], after: ['function help() {}', "const fs = require('fs');", requireAdded, requiredLoaded], given: commonjs },
  { name: 'once for calls above and below the require', before: [required.replace('load', 'first'), "const fs = require('fs');", required], after: [requiredLoaded.replace('load', 'first'), "const fs = require('fs');", requireAdded, requiredLoaded], given: commonjs },
  { name: 'as far in as the statement beside it', before: ['{', '}', "  const fs = require('fs');", required], after: ['{', '}', "  const fs = require('fs');", `  ${requireAdded}`, requiredLoaded], given: commonjs },
  { name: 'a require in the function only', before: ["'use strict';", '', "exports.load = async (p) => { const fs = require('fs'); return fs.readFileSync(p); };"], after: ["'use strict';", '', requireAdded, '', "exports.load = async (p) => { const fs = require('fs'); return await offload(fs.readFileSync, p); };"], given: commonjs },
  { name: 'import = require()', before: ["import fs = require('fs');", load], after: ["import fs = require('fs');", "import offloadRuntime = require('eslint-plugin-offload/runtime');", loaded.replace('offload(', 'offloadRuntime.offload(')], given: { filename: 'file.cts' } },
  { name: 'export =', before: ["import fs = require('fs');", 'export = async (p: string) => fs.readFileSync(p);'], after: ["import fs = require('fs');", "import offloadRuntime = require('eslint-plugin-offload/runtime');", 'export = async (p: string) => await offloadRuntime.offload(fs.readFileSync, p);'], given: { filename: 'file.ts' } },
  { name: 'import = require() of the runtime', before: ["import fs = require('fs');", "import runtime = require('eslint-plugin-offload/runtime');", load], after: ["import fs = require('fs');", "import runtime = require('eslint-plugin-offload/runtime');", loaded.replace('offload(', 'runtime.offload(')], given: { filename: 'file.cts' } },
  { name: 'import = require() beside import', before: ["import fs = require('fs');", "import path from 'path';", load], after: ["import fs = require('fs');", "import path from 'path';", added, loaded], given: { filename: 'file.ts' } },
];

for (const [group, examples] of Object.entries({ 'an ES module': esm, 'the runtime is imported already': runtimeThere, 'the name is taken': taken, CommonJS: commonJs })) {
  describe(group, () => {
    it.each(examples.map((example) => [example.name, example] as const))('%s', (_name, { before, after, given }) => {
      expect(fix(before.join('\n'), given)).toMatchObject({ output: after.join('\n'), messages: [] });
    });

    it.each(examples.filter(({ before }) => before.length > 1).map((example) => [example.name, example] as const))('%s, with CRLF', (_name, { before, after, given }) => {
      expect(fix(before.join('\r\n'), given).output).toBe(after.join('\r\n'));
    });
  });
}

it('a byte order mark stays first', () => {
  expect(fix(`\uFEFF${dynamic}`).output).toBe(`\uFEFF${added}\n\n${dynamicLoaded}`);
});

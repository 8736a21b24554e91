import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chainOf, chainsIn, type Files, lint, project } from './project.js';

const read = "const fs = require('fs');\nfunction load(p) { return fs.readFileSync(p); }\n";

function chains(files: Files): string[] {
  const folder = project(files);
  const [name, text] = Object.entries(files)[0]!;
  return lint(text, join(folder, name), {}, folder).map(chainOf);
}

describe('what `Object.assign` and the like put into something that is declared is a member of it', () => {
  it.each([
    ['of a class', 'class Tools {}\nObject.assign(Tools, { load });\nexports.main = async () => { Tools.load(1); };'],
    ['of a class, one by one', 'class Tools {}\nTools.load = load;\nexports.main = async () => { Tools.load(1); };'],
    ["of a class's prototype, one by one", 'class Tools {}\nTools.prototype.load = load;\nexports.main = async () => { new Tools().load(1); };'],
    ['of a class from within', 'class Tools { static { Tools.load = load; } }\nexports.main = async () => { Tools.load(1); };'],
    ['of a function', 'function Tools() {}\nObject.assign(Tools, { load: load });\nexports.main = async () => { Tools.load(1); };'],
    ['of an object', 'const tools = {};\nObject.assign(tools, { other: 1 }, { load });\nexports.main = async () => { tools.load(1); };'],
    ['of a prototype', 'class Tools {}\nObject.assign(Tools.prototype, { load });\nexports.main = async () => { new Tools().load(1); };'],
    ['of an instance', 'class Tools { constructor() { Object.assign(this, { load }); } }\nexports.main = async () => { new Tools().load(1); };'],
    ["with lodash's merge", "const _ = require('lodash');\nclass Tools {}\n_.merge(Tools, { load });\nexports.main = async () => { Tools.load(1); };"],
    ['with a module of lodash', "const extend = require('lodash/extend');\nclass Tools {}\nextend(Tools, { load });\nexports.main = async () => { Tools.load(1); };"],
    ['with a package of lodash', "const merge = require('lodash.merge');\nclass Tools {}\nmerge(Tools, { load });\nexports.main = async () => { Tools.load(1); };"],
    ['with an export of lodash-es', "import { assignIn as add } from 'lodash-es';\nclass Tools {}\nadd(Tools, { load });\nexport const main = async () => { Tools.load(1); };"],
  ])('%s', (_name, text) => {
    expect(chainsIn(read + text, {}, text.includes('import ') ? 'file.js' : 'file.cjs')).toEqual([expect.stringMatching(/^load \(file\.\w+:2\) → fs\.readFileSync \(file\.\w+:2\)$/)]);
  });

  it('in another file', () => {
    const files = {
      'main.js': "import Tools from './tools.cjs';\nexport async function main() { Tools.load(1); Tools.keep(1); }",
      'tools.cjs': `${read}const merge = require('lodash/merge');\nclass Tools { static keep() {} }\nmerge(Tools, { load });\nmodule.exports = Tools;`,
    };
    expect(chains(files)).toEqual(['load (tools.cjs:2) → fs.readFileSync (tools.cjs:2)']);
  });

  it('of the exports', () => {
    const files = {
      'main.js': "import { load } from './tools.cjs';\nexport async function main() { load(1); }",
      'tools.cjs': `${read}Object.assign(module.exports, { load });`,
    };
    expect(chains(files)).toEqual(['load (tools.cjs:2) → fs.readFileSync (tools.cjs:2)']);
  });

  it.each([
    ['what has it already', 'class Tools { static load() {} }\nObject.assign(Tools, { load });\nexports.main = async () => { Tools.load(1); };'],
    ['what is given it twice', 'class Tools {}\nObject.assign(Tools, { load }, { load: other });\nexports.main = async () => { Tools.load(1); };'],
    ['a name that is computed', 'class Tools {}\nObject.assign(Tools, { [load]: load });\nexports.main = async () => { Tools.load(1); };'],
    ['a getter', 'class Tools {}\nObject.assign(Tools, { get load() { return load; } });\nexports.main = async () => { Tools.load(1); };'],
    ['a method of the same name of something else', 'class Tools {}\nother.assign(Tools, { load });\nexports.main = async () => { Tools.load(1); };'],
    ['a method that takes nothing over', "const _ = require('lodash');\nclass Tools {}\n_.mapValues(Tools, { load });\nexports.main = async () => { Tools.load(1); };"],
    ['a package that is called nearly so', "const merge = require('lodashx/merge');\nclass Tools {}\nmerge(Tools, { load });\nexports.main = async () => { Tools.load(1); };"],
  ])('not %s', (_name, text) => {
    expect(chainsIn(read + text, {}, 'file.cjs')).toEqual([]);
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chainOf, lint, project } from './project.js';

const config = `const fs = require('fs');
class Config { load() { fs.statSync('a'); } }
module.exports = Config;
module.exports.Config = Config;
`;
const chain = 'Config.load (config.js:2) → fs.statSync (config.js:2)';

/** The chains that are reported in a file beside `config.js`. */
function chains(main: string, name = 'main.js'): string[] {
  const folder = project({ [name]: main, 'config.js': config });
  return lint(main, join(folder, name), name.endsWith('.js') ? { languageOptions: { sourceType: 'commonjs' } } : {}, folder).map(chainOf);
}

describe('what JSDoc says of a value', () => {
  it.each([
    '/** @param {Config} c */ async function main(c) { c.load(); }',
    '/**\n * Loads it.\n *\n * @param {string} other\n * @param {Config} [c] the configuration\n */\nasync function main(other, c) { c.load(); }',
    '/** @param {Config} [c=other] */ const main = async (c) => { c.load(); };',
    '/** @param {?Config} c */ exports.main = async function (c) { c.load(); };',
    '/** @param {(Config|null|undefined)} c */ async function main(c) { c?.load(); }',
    '/** @param {Config=} c */ async function main(c = other) { c.load(); }',
    '/** @param {Config|string|false} c */ async function main(c) { if (c instanceof Config) c.load(); }',
    '/** @param {Config[]} all */ async function main(all) { all[0].load(); }',
    "/** @param {import('./config.js').Config} c */ async function main(c) { c.load(); }",
    "/** @param {import('./config.js')} c */ async function main(c) { c.load(); }",
    "/** @param {import('./config.js').Config | null} c */ async function main(c) { c.load(); }",
    "/** @typedef {import('./config.js').Config} Conf */ /** @param {Conf} c */ async function main(c) { c.load(); }",
    '/** @param {Config[]} all */ async function main(all) { for (const c of all) c.load(); }',
    '/** @param {Array<Config>} all */ async function main(all) { all.forEach((c) => c.load()); }',
    'class A { /** @param {Config} c */ constructor(c) { this.c = c; } async main() { this.c.load(); } }',
    'class A { /** @param {Config} c */ constructor(c) { this.c = c; } } class B extends A { async main() { this.c.load(); } }',
    '/**\n * @param {object} options\n * @param {Config} options.c\n */\nasync function main({ c }) { c.load(); }',
    'class A { /**\n * @param {object} [o]\n * @param {Config} [o.config]\n */\n constructor({ config: c, other } = {}) { this.c = c; } async main() { this.c.load(); } }',
    'const o = { /** @param {Config} c */ async main(c) { c.load(); } };',
    '/** @returns {Config} */ function make() { return other(); } async function main() { make().load(); }',
    '/** @return {Promise<Config>} */ async function make() { return other(); } async function main() { (await make()).load(); }',
    '/** @return {Promise<Config>} */ function make() { return other(); } async function main() { const c = await make(); c.load(); }',
    '/** @type {Config} */ const c = other(); async function main() { c.load(); }',
    '/** @type {Config} */\nlet c; async function main() { c.load(); }',
  ])('%s', (code) => {
    expect(chains(`const Config = require('./config.js');\n${code}`)).toEqual([chain]);
  });

  it.each([
    '/** @param {Config} other */ async function main(c) { c.load(); }',
    '/** @param {Config} o.c */ async function main(c) { c.load(); }',
    '/** @param {Config} c */ async function main({ c }) { c.load(); }',
    '/** @param {Config} o.d.c */ async function main({ c }) { c.load(); }',
    '/** @param {Config} o.c */ async function main({ d: { c } }) { c.load(); }',
    '/** @param {Config|Other} c */ async function main(c) { c.load(); }',
    '/** @param {Gone} c */ async function main(c) { c.load(); }',
    '/** @param {{ config: Config }} c */ async function main(c) { c.load(); }',
    '/** @param {typeof Config} c */ async function main(c) { c.load(); }',
    '/** @param {Promise<Config>} c */ async function main(c) { c.load(); }',
    '/* @param {Config} c */ async function main(c) { c.load(); }',
    '// @param {Config} c\nasync function main(c) { c.load(); }',
    '/** @param {Config} c */ async function main(c) { c = other; c.load(); }',
    '/** @param {Config} c */ function one(c) {} async function main(c) { c.load(); }',
    '/** @type {Config} */ const c = other(), d = other(); async function main() { d.load(); }',
    '/** @returns {Promise<Config>} */ function make() { return other(); } async function main() { make().load(); }',
    '{ const Config = other; /** @param {Config} c */ async function main(c) { c.load(); } }',
  ])('nothing: %s', (code) => {
    expect(chains(`const Config = require('./config.js');\n${code}`)).toEqual([]);
  });

  it('nothing in TypeScript, which does not read it either', () => {
    expect(chains("import { Config } from './config.js';\n/** @param {Config} c */ export async function main(c) { c.load(); }", 'main.ts')).toEqual([]);
  });

  it('but for what is assigned to it again', () => {
    expect(chains("const Config = require('./config.js');\nclass Other { load() {} }\n/** @type {Config} */ const c = new Other(); async function main() { c.load(); }")).toEqual([]);
  });
});

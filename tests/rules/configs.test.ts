import { ESLint, Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../../src/index.js';
import { diagnosticsByLine } from '../types/compile.js';

const names = ['recommended', 'strict', 'native', 'all'] as const;

/** What a configuration reports, by the name of the API, and what its fixes make of the code. */
function applied(name: (typeof names)[number], code: string): { reported: string[]; output: string } {
  const linter = new Linter();
  const config: Linter.Config[] = [plugin.configs[name]];
  const reported = linter.verify(code, config).map(({ message }) => message.slice(0, message.search(/\(\)| blocks| has /)));
  return { reported, output: linter.verifyAndFix(code, config).output };
}

const code = `import fs from 'fs';
import crypto from 'crypto';
import http from 'http';
import { offload } from 'eslint-plugin-offload/runtime';
http.createServer(() => { fs.readFileSync('a'); });
const helper = (p) => fs.cpSync(p, p);
export async function load(p) {
  helper(p);
  fs.existsSync(p);
  fs.rmSync(p);
  crypto.privateDecrypt(p, p);
  crypto.createHash('md5');
  await offload(fs.rmSync, p);
}`;

describe('configurations', () => {
  it('are those that are typed, each with a name and with rules that exist', () => {
    expect(Object.keys(plugin.configs)).toEqual(names);
    for (const [name, config] of Object.entries(plugin.configs)) {
      expect(config.name).toBe(`offload/${name}`);
      expect(config.plugins!['offload']).toBe(plugin);
      for (const rule of Object.keys(config.rules!)) expect(Object.keys(plugin.rules)).toContain(rule.slice('offload/'.length));
    }
  });

  it('all has every rule, and the others those that are recommended', () => {
    expect(Object.keys(plugin.configs.all.rules!)).toEqual(Object.keys(plugin.rules).map((rule) => `offload/${rule}`));
    const recommended = Object.entries(plugin.rules).filter(([, { meta }]) => meta!.docs!.recommended === true).map(([rule]) => `offload/${rule}`);
    expect(Object.keys(plugin.configs.recommended.rules!)).toEqual(recommended);
    for (const name of names) expect(Object.keys(plugin.configs[name].rules!)).toEqual(expect.arrayContaining(recommended));
  });

  it.each(names)('%s has options that its rules accept', async (name) => {
    const eslint = new ESLint({ overrideConfigFile: true, baseConfig: plugin.configs[name] });
    expect(await eslint.lintText('export {};')).toMatchObject([{ messages: [] }]);
  });

  it.each([
    ['recommended', ['helper', 'fs.rmSync']],
    ['strict', ['fs.readFileSync', 'helper', 'fs.existsSync', 'fs.rmSync', 'crypto.privateDecrypt']],
    ['native', ['helper', 'fs.rmSync', 'fs.rmSync']],
    ['all', ['fs.readFileSync', 'helper', 'fs.existsSync', 'fs.rmSync', 'crypto.privateDecrypt', 'crypto.createHash', 'fs.rmSync']],
  ] as const)('%s', (name, expected) => {
    expect(applied(name, code).reported).toEqual(expected);
  });

  it('native writes the form of its own, in place of a call and of an offloaded one', () => {
    expect(applied('native', code).output.match(/await fs\.promises\.rm\(p\)/g)).toHaveLength(2);
    expect(applied('recommended', code).output.match(/await offload\(fs\.rmSync, p\)/g)).toHaveLength(2);
  });
});

it('an eslint.config.ts with them compiles', () => {
  const lines = ["import offload from 'eslint-plugin-offload';", "import { defineConfig } from 'eslint/config';"];
  for (const name of names) lines.push(`export const ${name} = defineConfig([offload.configs.${name}, { files: ['src/**'], extends: [offload.configs.${name}], plugins: { offload } }]);`);
  const wrong = lines.push("export const wrong = defineConfig([offload.configs.nothing]);") - 1;
  const paths = { 'eslint-plugin-offload': ['./dist/index.d.ts'] };
  for (const options of [{ paths }, { paths, exactOptionalPropertyTypes: false }]) {
    expect([...diagnosticsByLine(lines.join('\n'), options).keys()]).toEqual([wrong]);
  }
});

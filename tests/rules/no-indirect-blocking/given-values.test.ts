import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chainOf, lint, project } from './project.js';

const config = `import fs from 'fs';
import type { Reader } from './reader.js';
export class Config implements Reader { load() { fs.statSync('a'); } }
export class Other { load() {} }
`;
const reader = 'export interface Reader { load(): void; readonly config: Config; }\nimport type { Config } from "./config.js";\n';
const names = "import { Config, Other } from './config.js'; import type { Reader } from './reader.js'; import type { Remote } from 'somewhere';\n";
const chain = 'Config.load (config.ts:3) → fs.statSync (config.ts:3)';

/** The chains that are reported in a file beside `config.ts` and `reader.ts`. */
function chains(main: string, files: Readonly<Record<string, string>> = {}): string[] {
  const folder = project({ 'config.ts': config, 'reader.ts': reader, ...files, 'main.ts': main });
  return lint(main, join(folder, 'main.ts'), {}, folder).map(chainOf);
}

describe('what is made where nothing else is given', () => {
  it.each([
    'export async function main(reader: Reader = new Config()) { reader.load(); }',
    'export async function main(reader: Remote = new Config()) { reader.load(); }',
    'export async function main(reader = new Config()) { reader.load(); }',
    'export async function main({ reader = new Config() }) { reader.load(); }',
    'export async function main({ reader = new Config() }: { reader?: Reader }) { reader.load(); }',
    'export async function main(given) { const { reader = new Config() } = given; reader.load(); }',
    'export class Main { constructor(private reader: Reader = new Config()) {} async main() { this.reader.load(); } }',
    'export class Main { #reader: Reader; constructor(reader: Reader = new Config()) { this.#reader = reader; } async main() { this.#reader.load(); } }',
    'export class Main { reader: Reader; constructor(given: { reader?: Reader }) { this.reader = given.reader ?? new Config(); } async main() { this.reader.load(); } }',
    'export class Main { constructor(given) { this.reader = given.reader || new Config(); } async main() { this.reader.load(); } }',
    'export class Main { async main() { this.reader = this.reader ?? new Config(); this.reader.load(); } }',
    'export async function main(reader: Reader = new Other()) { reader.config.load(); }',
    'export async function main(reader: Config = new Other()) { reader.load(); }',
  ])('%s', (main) => {
    expect(chains(names + main)).toEqual([chain]);
  });

  it.each([
    'export async function main(reader: Reader) { reader.load(); }',
    'export async function main(reader: Reader = new Other()) { reader.load(); }',
    'export async function main(reader: Reader = new Config()) { reader = other; reader.load(); }',
    'export async function main(reader: Reader = make()) { reader.load(); }',
    'export async function main(load = Config.prototype.load) { load(); }',
    'export async function main(reader) { const own = reader && new Config(); own.load(); }',
    'export class Main { reader = this.reader ?? this.reader; async main() { this.reader.load(); } }',
  ])('nothing: %s', (main) => {
    expect(chains(names + main)).toEqual([]);
  });

  // A helper's caller may have given something else, as tests do.
  it.each([
    'constructor(private reader: Reader = new Config()) {} parse() { return this.reader.load(); }',
    'constructor(reader = new Config()) { this.reader = reader; } parse() { return this.reader.load(); }',
    'constructor(given) { this.reader = given.reader ?? new Config(); } parse() { return this.reader.load(); }',
    'parse(reader: Reader = new Config()) { return reader.load(); }',
    'parse({ reader = new Config() } = {}) { return reader.load(); }',
  ])('nothing through a helper: %s', (members) => {
    const files = { 'parser.ts': `${names}export class Parser { ${members} }` };
    expect(chains("import { Parser } from './parser.js'; export async function main() { new Parser().parse(); }", files)).toEqual([]);
    expect(chains(`${names}class Parser { ${members} } export async function main() { new Parser().parse(); }`)).toEqual([]);
  });

  it('through a helper, where it is its own', () => {
    const files = { 'parser.ts': `${names}export class Parser { parse() { this.reader = this.reader ?? new Config(); return this.reader.load(); } }` };
    expect(chains("import { Parser } from './parser.js'; export async function main() { new Parser().parse(); }", files)).toEqual([`Parser.parse (parser.ts:2) → ${chain}`]);
  });

  it('a class that extends what an assertion names', () => {
    const files = { 'parser.ts': `${names}export const parser = make() as Config;` };
    expect(chains("import { parser } from './parser.js'; export async function main() { parser.load(); }", files)).toEqual([chain]);
  });
});

describe('what is nothing at first', () => {
  it.each([
    'let config = null; export function set() { config = new Config(); } export async function main() { config.load(); }',
    'let config: Config | undefined = undefined; export function set() { config = new Config(); } export async function main() { config?.load(); }',
    'export class Main { config = null; start() { this.config = new Config(); } async main() { this.config.load(); } }',
    'export class Main { private config: Config | null = null; start(given) { this.config = given.config; } stop() { this.config = null; } async main() { this.config?.load(); } }',
    'export class Main { start() { this.config = new Config(1); } again() { this.config = new Config(2); } async main() { this.config.load(); } }',
    'export class Main { config = new Config(1); again() { this.config = new Config(2); } async main() { this.config.load(); } }',
    'let config = new Config(1); export function again() { config = new Config(2); } export async function main() { config.load(); }',
  ])('%s', (main) => {
    expect(chains(names + main)).toEqual([chain]);
  });

  it.each([
    'let config = null; export function set(to) { config = to; } export async function main() { config.load(); }',
    'let config = new Other(); export function set() { config = new Config(); } export async function main() { config.load(); }',
    'export class Main { config = null; start() { this.config = new Config(); } other() { this.config = new Other(); } async main() { this.config.load(); } }',
    'export class Main { config = new Other(); start() { this.config = new Config(); } async main() { this.config.load(); } }',
    'export class Main { start() { this.config = new Config(); } other(Config) { this.config = new Config(); } async main() { this.config.load(); } }',
  ])('nothing: %s', (main) => {
    expect(chains(names + main)).toEqual([]);
  });
});

describe('what an assertion says', () => {
  it.each([
    'export async function main(config: unknown) { (config as Config).load(); }',
    'export async function main(config: unknown) { (<Config>config).load(); }',
    'export async function main() { const config = JSON.parse(text) as Config; config!.load(); }',
    'export async function main(reader: Reader) { (reader as unknown as Config)!.load(); }',
    'export async function main() { (new Config() as Remote).load(); }',
  ])('%s', (main) => {
    expect(chains(names + main)).toEqual([chain]);
  });

  it.each([
    'export async function main(config: unknown) { (config as Reader).load(); }',
    'export async function main(config: unknown) { (config as const).load(); }',
    'export async function main() { (new Other() as Config).load(); }',
    'export async function main(config: unknown) { (config satisfies Config).load(); }',
  ])('nothing: %s', (main) => {
    expect(chains(names + main)).toEqual([]);
  });
});

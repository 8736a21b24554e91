import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chainOf, type Files, lint, project } from './project.js';

const config = `import fs from 'fs';
export class Config { load() { fs.statSync('a'); } }
export interface Context { readonly config: Config; all: Config[]; maybe?: Config | undefined; load(): void; again: Context }
export interface Inner extends Context { other: string }
export type Args<T> = { argv: T; config: Config | null; context: Context };
export type Alias = Config;
export type Either = Config | Context;
export type Round = Round2; type Round2 = Round;
`;
const chain = 'Config.load (config.ts:2) → fs.statSync (config.ts:2)';

/** The chains that are reported in a file beside `config.ts`. */
function chains(main: string, files: Files = {}): string[] {
  const folder = project({ 'main.ts': main, 'config.ts': config, ...files });
  return lint(main, join(folder, 'main.ts'), {}, folder).map(chainOf);
}

describe('what a type says of a value', () => {
  const names = "import type { Alias, Args, Config, Context, Either, Inner, Round } from './config.js';\n";
  it.each([
    'export async function main(c: Config | undefined) { c?.load(); }',
    'export async function main(c: Config = other) { c.load(); }',
    'export async function main(c: Alias) { c.load(); }',
    'export async function main({ c }: { c: Config }) { c.load(); }',
    'export async function main(c: Readonly<Config>) { c.load(); }',
    'export async function main(c: NonNullable<Config | null>) { c.load(); }',
    "export async function main(c: import('./config.js').Config) { c.load(); }",
    "import type * as all from './config.js'; export async function main(c: all.Config) { c.load(); }",
    'export async function main(all: Config[]) { for (const c of all) c.load(); }',
    'export async function main(all: readonly Config[]) { all.forEach((c) => c.load()); }',
    'export async function main(all: ReadonlyArray<Config>) { all.map((c) => { c.load(); }); }',
    'export class A { all = new Set(); #all: Set<Config>; async main() { for (const c of this.#all) c.load(); } }',
    'declare const all: Config[]; export async function main() { for (const { again } of all) again(); for (const c of all) c.load(); }',
    'declare const context: Context; export async function main() { for (const one of [context]) one.load(); context.all.some((c) => c.load()); }',
    'export async function main(c: Config | string | false | 0) { if (c instanceof Object) c.load(); }',
    'export async function main(all: Config[]) { all[0].load(); }',
    'export async function main(all: Config[], i: number) { all[i]!.load(); }',
    'export async function main(all: Config[]) { all.at(-1)!.load(); }',
    'export async function main(all: Config[]) { const first = all.find(({ again }) => again); first?.load(); }',
    'export async function main(all: Config[]) { for (const c of all.filter(Boolean).slice(1)) c.load(); }',
    'export async function main(all: Config[]) { all.concat(other).forEach((c) => c.load()); }',
    'const list = (): Config[] => other(); export async function main() { list()[0].load(); }',
    'export async function main(all: Map<string, Config>) { all.get("a")?.load(); }',
    'export async function main(all: ReadonlyMap<string, Config | undefined>) { for (const c of all.values()) c?.load(); }',
    'export async function main(all: Record<string, Config>, key: string) { all[key].load(); }',
    'export async function main(all: Iterable<Config>) { for (const c of all) c.load(); }',
    'class All { static *of(): Generator<Config> { yield other; } } export async function main() { for (const c of All.of()) c.load(); }',
    'function* all(): Generator<Config, void, unknown> { yield* others; } export async function main() { for (const c of all()) c.load(); }',
    'export async function main({ c }: { c: Config } = given) { c.load(); }',
    'export async function main({ config: c }: Args<string>) { c!.load(); }',
    'export async function main({ context: { config } }: Args<string>) { config.load(); }',
    'export async function main(context: Context) { context.config.load(); }',
    'export async function main(context: Context) { context.maybe?.load(); }',
    'export async function main(context: Context) { context.again.config.load(); }',
    'export async function main(context: Inner) { context.config.load(); }',
    'interface Own { config: Config } export async function main(context: Own) { context.config.load(); }',
    'export async function main() { const c: Config = await make(); c.load(); }',
    'export async function main() { const { config }: Context = make(); config.load(); }',
    'declare let c: Config; export async function main() { c.load(); }',
    'export class A { private c?: Config; async main() { this.c!.load(); } }',
    'export class A { #c: Config = make(); async main() { this.#c.load(); } }',
    'export class A { context: Context; constructor(given) { this.context = given.context; } async main() { this.context.config.load(); } }',
  ])('%s', (main) => {
    expect(chains(names + main)).toEqual([chain]);
  });

  it.each([
    'export async function main(either: Either) { either.load(); }',
    'export async function main(context: Context) { context.load(); }',
    'export async function main(round: Round) { round.load(); }',
    'export async function main(all: Config[]) { all.load(); }',
    'export async function main(all: Config[]) { for (const c of all.map((one) => one.again)) c.load(); all.length.load(); all.join.load(); }',
    'export async function main(all: Config, key: string) { all[0].load(); all[key].load(); all[key](); }',
    'export async function main(all: Map<Config, string>) { all.get(1).load(); for (const c of all.keys()) c.load(); for (const c of all) c.load(); }',
    'async function* all(): AsyncGenerator<Config> { yield other; } export async function main() { for (const c of all()) c.load(); }',
    'function* all(): Generator<Config> { yield other; } export async function main() { all().load(); all()[0](); }',
    'function* all(): Generator<string, Config> { return other; } export async function main() { for (const c of all()) c.load(); }',
    'type Map<K, V> = Other<K, V>; export async function main(all: Map<string, Config>) { all.get(1).load(); }',
    'export async function main(all: Record<Config, string>, key: string) { all[key].load(); all.get(key).load(); }',
    'export async function main(either: Config | Other | string) { either.load(); }',
    'export async function main(all: Config[]) { for (const c of [all]) c.load(); for (const c in all) c.load(); }',
    'export async function main(all: Config[]) { all.forEach((i, c) => c.load()); all.reduce((c) => c.load()); each(all, (c) => c.load()); }',
    'export async function main(all: Config[]) { all.forEach((c) => { c = other; c.load(); }); }',
    'type Readonly<T> = Other<T>; export async function main(c: Readonly<Config>) { c.load(); }',
    'type Array<T> = Other<T>; export async function main(all: Array<Config>) { for (const c of all) c.load(); }',
    "export async function main(c: typeof import('./config.js')) { c.load(); }",
    "import * as all from './config.js'; export async function main(c: all.inner.Config) { c.load(); }",
    'export async function main(part: Partial<Config>) { part.load(); }',
    'export async function main({ argv }: Args<Config>) { argv.load(); }',
    'export async function main({ config = other }: Context) { config.load(); }',
    'export async function main(c: Config) { c = other; c.load(); }',
    'export async function main() { let c: Config = make(); c = other; c.load(); }',
    'interface Own { config: Config } interface Own { other: string } export async function main(context: Own) { context.config.load(); }',
    'interface Own extends Context, Other { } export async function main(context: Own) { context.config.load(); }',
    'interface Own extends Context { config(): void } export async function main(context: Own) { context.config.load(); }',
    'export class A { c: Config; constructor(given) { this.c = given.a; } set(given) { this.c = given.b; } async main() { this.c.load(); } }',
  ])('nothing: %s', (main) => {
    expect(chains(names + main)).toEqual([]);
  });

  it.each([
    'function make(): Config { return given; } export async function main() { make().load(); }',
    'function make(a): Config | undefined { if (a) return given.b; return given.c; } export async function main() { const c = make(); c?.load(); }',
    'function make(a) { if (a) return null; return new Config(); } export async function main() { make().load(); }',
    'function make(a) { if (a) return; return new Config(); } export async function main() { make().load(); }',
    'function make(a) { if (a) return new Config(1); return new Config(2); } export async function main() { make().load(); }',
    'async function make(): Promise<Config> { return given; } export async function main() { (await make()).load(); }',
    'function make(): Promise<Config> { return given; } export async function main() { const c = await make(); c.load(); }',
    'class A { make(): Config { return given; } } export async function main() { new A().make().load(); }',
    'class A { get c(): Config { return given; } async main() { this.c.load(); } }',
    'const make = (): Config => given; export async function main() { make().load(); }',
    'function make(): Config[] { return given; } export async function main() { for (const c of make()) c.load(); }',
    'const cache = new Map(); function make(a): Config { return cache.get(a); } export async function main() { make(1).load(); }',
  ])('of what a function gives back: %s', (main) => {
    expect(chains(names.replace('Config,', '').replace('import type {', "import { Config } from './config.js'; import type {") + main)).toEqual([chain]);
  });

  it.each([
    'async function make(): Promise<Config> { return given; } export async function main() { make().load(); }',
    'function make(): Promise<Config> { return given; } export async function main() { make().load(); }',
    'function make(a) { if (a) return other; return new Config(); } export async function main() { make().load(); }',
    'function* make(): Config { yield given; return given; } export async function main() { make().load(); }',
    'class Promise<T> {} function make(): Promise<Config> { return given; } export async function main() { (await make()).load(); }',
    'declare function make(): Config; export async function main() { make().load(); }',
  ])('nothing of what a function gives back: %s', (main) => {
    expect(chains(names + main)).toEqual([]);
  });

  it.each<readonly [name: string, files: Files]>([
    ['export type', { 'index.ts': "export type { Context } from './config.js';" }],
    ['export type *', { 'index.ts': "export type * from './config.js';" }],
    ['a list', { 'index.ts': "import type { Context } from './config.js';\nexport type { Context };" }],
    ['a list of its own', { 'index.ts': "import type { Config } from './config.js';\ninterface Context { config: Config }\nexport { Context };" }],
  ])('through a module: %s', (_name, files) => {
    expect(chains("import type { Context } from './index.js';\nexport async function main(context: Context) { context.config.load(); }", files)).toEqual([chain]);
  });

  it('of the default export', () => {
    expect(chains("import type Context from './index.js';\nexport async function main(context: Context) { context.config.load(); }", { 'index.ts': "import type { Config } from './config.js';\nexport default interface Context { config: Config }" })).toEqual([chain]);
  });

  it('a value of the name of a type is what is exported', () => {
    expect(chains("import { Config } from './index.js';\nexport async function main() { new Config().load(); }", { 'index.ts': "import { Config } from './config.js';\nexport { Config };" })).toEqual([chain]);
  });
});

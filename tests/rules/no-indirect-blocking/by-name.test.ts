import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { chainOf, type Files, type How, lint, project, write } from './project.js';

const manifest: Files = { 'package.json': '{ "name": "app" }' };
const settings = "import fs from 'node:fs';\nexport class Settings {\n  loadProfile(p) { return fs.readFileSync(p); }\n  check(p) { return fs.statSync(p); }\n}";
const found = 'Settings.loadProfile (by its name, settings.js:3) → fs.readFileSync (settings.js:3)';

/** The chains that are reported in the first file of a project. */
function chains(files: Files, how: How = {}): string[] {
  const folder = project({ ...manifest, ...files });
  const [name, text] = Object.entries(files)[0]!;
  return lint(text, join(folder, name), how, folder).map(chainOf);
}

describe('a method is followed by its name', () => {
  it.each<readonly [name: string, text: string, chain: string]>([
    ['of a parameter', 'export async function main(app) { app.loadProfile(1); }', found],
    ['of what is in a parameter', 'export async function main({ app }) { app.user.loadProfile(1); }', found],
    ['of what a parameter is put in', 'export async function main(app) { const { user } = app;\n  user.loadProfile(1); }', found],
    ['of a field', 'export class Main { constructor(app) { this.app = app; } async main() { this.app.loadProfile(1); } }', found],
    ['of `this`, to which somebody adds it', 'export const commands = { async main() { this.loadProfile(1); } };', found],
    ['on the way to it', 'const load = (app) => app.loadProfile(1);\nexport async function main(app) { load(app); }', 'load (main.js:1) → Settings.loadProfile (by its name, settings.js:3) → fs.readFileSync (settings.js:3)'],
    ['that says nothing by itself, where the object is called like its class', 'export async function main(settings) { settings.check(1); }', 'Settings.check (by its name, settings.js:4) → fs.statSync (settings.js:4)'],
    ['where the object is called so at its end', 'export async function main(app) { app.userSettings.check(1); }', 'nothing'],
    ['where its class is called so at its end', 'export async function main(app) { app.tings.check(1); }', 'nothing'],
  ])('%s', (_name, text, chain) => {
    expect(chains({ 'main.js': text, 'settings.js': settings })).toEqual(chain === 'nothing' ? [] : [chain]);
  });

  it.each<readonly [name: string, files: Files, chains: readonly string[]]>([
    ['of an object', { 'main.js': 'export async function main(builder) { builder.rimraf(1); }', 'make.js': "import fs from 'fs';\nexport function createBuilder() {\n  return { rimraf(p) { fs.rmSync(p); } };\n}" }, ['rimraf (by its name, make.js:3) → fs.rmSync (make.js:3)']],
    ['of an object that another file fills', { 'main.js': 'export async function main(builder) { builder.rimraf(1); }', 'make.js': "import { rimraf } from './files.js';\nexport function createBuilder() {\n  return { rimraf };\n}", 'files.js': "import fs from 'fs';\nexport const rimraf = (p) => fs.rmSync(p);" }, ['rimraf (by its name, files.js:2) → fs.rmSync (files.js:2)']],
    ['that a module exports', { 'main.js': 'exports.main = async (context) => { context.tools.findProject(1); };', 'find.js': "const fs = require('fs');\nexports.findProject = (p) => fs.existsSync(p);" }, ['findProject (by its name, find.js:2) → fs.existsSync (find.js:2)']],
    ['of what implements an interface', { 'main.ts': "import type { Store } from './store';\nexport async function main(store: Store) { store.keep(1); }", 'store.ts': 'export interface Store { keep(p: number): void }', 'disk.ts': "import fs from 'fs';\nimport type { Store } from './store';\nexport class Disk implements Store {\n  keep(p: number) { fs.writeFileSync('a', String(p)); }\n}" }, ['Disk.keep (by its name, disk.ts:4) → fs.writeFileSync (disk.ts:4)']],
    ['of an interface of a file of declarations', { 'main.ts': "import type { Store } from './types';\nexport async function main(store: Store) { store.keep(1); }", 'types.d.ts': 'interface Store { keep(p: number): void }', 'disk.ts': "import fs from 'fs';\nimport type { Store } from './types';\nexport class Disk implements Store {\n  keep(p: number) { fs.writeFileSync('a', String(p)); }\n}" }, ['Disk.keep (by its name, disk.ts:4) → fs.writeFileSync (disk.ts:4)']],
    ['of a field of an interface', { 'main.ts': "import type { Store } from './store';\nexport class Main { constructor(private readonly files: Store) {} async main() { this.files.keep(1); } }", 'store.ts': 'export interface Store { keep(p: number): void }', 'disk.ts': "import fs from 'fs';\nexport class DiskStore {\n  keep(p: number) { fs.writeFileSync('a', String(p)); }\n}" }, ['DiskStore.keep (by its name, disk.ts:3) → fs.writeFileSync (disk.ts:3)']],
    ['of a class that is a type everywhere', { 'main.ts': 'export async function main(app: Controller) { app.begin(1); }', 'controller.ts': "import fs from 'fs';\nclass Controller {\n  begin(p: number) { fs.writeFileSync('a', String(p)); }\n}\nexport default Controller;" }, ['Controller.begin (by its name, controller.ts:3) → fs.writeFileSync (controller.ts:3)']],
    ['where all that have it block, the first for all', { 'main.js': 'export async function main(driver) { driver.makeFolder(1); }', 'a.js': "import fs from 'fs';\nexport class AndroidDriver {\n  makeFolder(p) { fs.mkdirSync(p); }\n}", 'b.js': "import fs from 'fs';\nexport class IosDriver {\n  makeFolder(p) { fs.mkdtempSync(p); }\n}" }, ['AndroidDriver.makeFolder (by its name, a.js:3) → fs.mkdirSync (a.js:3)']],
    ['between packages of which one uses the other', { 'a/main.js': 'export async function main(app) { app.loadProfile(1); }', 'a/package.json': '{ "name": "a" }', 'b/package.json': '{ "name": "b", "devDependencies": { "a": "*" } }', 'b/settings.js': settings, 'package.json': '{ "name": "app", "workspaces": ["a", "b"] }' }, [found.replaceAll('settings.js', '../b/settings.js')]],
  ])('%s', (_name, files, expected) => {
    expect(chains(files)).toEqual(expected);
  });

  it('and no fix or suggestion is made of that', () => {
    const files = { ...manifest, 'main.js': 'export async function main(app) { app.loadProfile(1); }', 'settings.js': settings };
    const folder = project(files);
    const [message, ...others] = lint(files['main.js'], join(folder, 'main.js'), {}, folder);
    expect([message!.fix, message!.suggestions, others]).toEqual([undefined, undefined, []]);
  });

  it('as what is on disk by then says', async () => {
    const main = 'export async function main(app) { app.loadProfile(1); }';
    const folder = project({ ...manifest, 'main.js': main });
    const counts: number[] = [];
    const other = settings.replace('Settings', 'Other').replace('fs.readFileSync(p)', 'p');
    for (const change of [{}, { 'settings.js': settings }, { 'lib/other.js': other }, { 'lib/other.js': other.replace('loadProfile', 'loadAll') }]) {
      write(folder, change);
      await sleep(1_000);
      counts.push(lint(main, join(folder, 'main.js'), {}, folder).length);
    }
    expect(counts).toEqual([0, 1, 0, 1]);
  });
});

describe('a method is not followed by its name', () => {
  const main = 'export async function main(app) { app.loadProfile(1); }';

  it.each<readonly [name: string, text: string]>([
    ['of what a package gives', "import app from 'app-of-others';\nexport async function main() { app.loadProfile(1); }"],
    ['of what is made with a package', "import { open } from 'app-of-others';\nexport async function main() { const app = open();\n  app.loadProfile(1); new open().loadProfile(1); }"],
    ['of a class that extends one of a package', "import { App } from 'app-of-others';\nexport class Main extends App { async main() { this.loadProfile(1); } }"],
    ['of a class that extends what is not known', 'export const make = (Base) => class extends Base { async main() { this.loadProfile(1); } };'],
    ['of a global', 'export async function main() { app.loadProfile(1); }'],
    ['of what a package gives a callback', "import { use } from 'app-of-others';\nuse(async (app) => { app.loadProfile(1); });"],
    ['of what is there, and does not have it', 'const app = { loadProfile: (p) => p };\nexport async function main() { app.loadProfile(1); }'],
    ['that may not be there', 'export async function main(app) { app.loadProfile?.(1); }'],
    ['that is looked at before', "export async function main(app) { if (typeof app.loadProfile === 'function') app.loadProfile(1); }"],
    ['that says nothing by itself', 'export async function main(app) { app.check(1); }'],
    ['that is computed', "export async function main(app) { app['loadProfile'](1); }"],
  ])('%s', (_name, text) => {
    expect(chains({ 'main.js': text, 'settings.js': settings })).toEqual([]);
  });

  it.each<readonly [name: string, files: Files, how: How | undefined]>([
    ['that is static, which no instance has', { 'main.js': main, 'settings.js': settings.replace('loadProfile', 'static loadProfile') }, undefined],
    ['that is asynchronous in one place', { 'main.js': main, 'settings.js': settings, 'other.js': 'export class Other { async loadProfile(p) { return p; } }'  }, undefined],
    ['that does not block in one place', { 'main.js': main, 'settings.js': settings, 'other.js': 'export class Other { loadProfile(p) { return p; } }'  }, undefined],
    ['that is something else in one place', { 'main.js': main, 'settings.js': settings, 'other.js': "import { make } from 'app-of-others';\nexport class Other { loadProfile = make(); }" }, undefined],
    ['that is handed to somebody in one place', { 'main.js': main, 'settings.js': settings, 'other.js': "import { use } from 'app-of-others';\nuse({ loadProfile(p) { return p; } });" }, undefined],
    ['that files of others have as well', { 'main.js': 'export async function main(host) { host.writeFile(1); }', 'disk.js': "import fs from 'fs';\nexport class Disk {\n  writeFile(p) { fs.writeFileSync(p, ''); }\n}" }, undefined],
    ['that anything may have', { 'main.js': 'export async function main(settings) { settings.forEach(1); }', 'settings.js': settings.replace('check', 'forEach') }, undefined],
    ['of an interface that another class implements', { 'main.ts': "import type { Store } from './store';\nexport async function main(store: Store) { store.keepAll(1); }", 'store.ts': 'export interface Store { keepAll(p: number): void }', 'memory.ts': "import type { Store } from './store';\nexport class Memory implements Store { keepAll(p: number) { return p; } }", 'disk.ts': "import fs from 'fs';\nexport class Disk { keepAll(p: number) { fs.writeFileSync('a', String(p)); } }" }, undefined],
    ['of a type of a package', { 'main.ts': "import type { Settings } from 'app-of-others';\nexport async function main(settings: Settings) { settings.loadProfile(1); }", 'settings.js': settings }, undefined],
    ['of a type of the language', { 'main.ts': 'export async function main(app: Map<string, string>, text: string) { app.loadProfile(1); text.loadProfile(1); }', 'settings.js': settings }, undefined],
    ['between packages that have nothing to do with each other', { 'a/main.js': main, 'a/package.json': '{ "name": "a" }', 'b/package.json': '{ "name": "b" }', 'b/settings.js': settings, 'package.json': '{ "name": "app", "workspaces": ["a", "b"] }'  }, undefined],
    ['in a test, which hands over what it wants', { 'tests/main.js': main, 'settings.js': settings }, undefined],
    ['to what only tests have', { 'main.js': main, 'tests/settings.js': settings, 'settings.test.js': settings, 'node_modules/a/settings.js': settings, 'dist/settings.js': settings }, undefined],
    ['where that is switched off', { 'main.js': main, 'settings.js': settings }, { options: { byName: false } }],
  ])('%s', (_name, files, how = {}) => {
    expect(chains(files, how)).toEqual([]);
  });

  it('in a file of no project', () => {
    const folder = project({ 'main.js': main, 'settings.js': settings });
    expect(lint(main, join(folder, 'main.js'), {}, folder)).toEqual([]);
  });
});

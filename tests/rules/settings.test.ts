import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import plugin from '../../src/index.js';
import { declaredInManifest, declaredInSettings } from '../../src/rules/settings.js';
import { fix, lint } from '../lint.js';

const program = (imported: string, call: string, from = '@acme/db'): string => `import ${imported} from '${from}';\nexport async function load(p) { return ${call}; }`;
const says = (code: string, settings: object): string[] => lint(code, { settings }).map(({ message }) => message.slice(0, message.indexOf(' blocks the event loop')));

describe('settings.offload.blocking', () => {
  it.each([
    [{ export: 'querySync' }, '{ querySync }', 'querySync(p)', ['@acme/db.querySync()']],
    [{ export: '*Sync' }, '* as db', 'db.querySync(p), db.query(p)', ['@acme/db.querySync()']],
    [{ module: '@acme/*', export: 'q*' }, '{ querySync, run }', '[querySync(p), run(p)]', ['@acme/db.querySync()']],
    [{ export: 'default' }, 'query', 'query(p)', ['@acme/db()']],
    [{ export: 'Client#query' }, '{ Client }', 'new Client().query(p)', ['@acme/db.Client#query()']],
    [{ export: '#query' }, 'Client', 'new Client().query(p)', ['@acme/db#query()']],
    [{ module: '@acme/other', export: 'querySync' }, '{ querySync }', 'querySync(p)', []],
  ])('%j', (declaration, imported, call, expected) => {
    expect(says(program(imported, call), { blocking: [{ module: '@acme/db', ...declaration }] })).toEqual(expected);
  });

  it('is not fixed unless it may run on a worker', () => {
    const blocking = [{ module: './db.js', export: 'querySync' }];
    const code = program('{ querySync }', 'querySync(p)', './db.js');
    expect(lint(code, { settings: { blocking } })[0]!.message).toContain('Not fixed automatically: it cannot run on a worker, as its declaration does not say that it may (`offload: true`).');
    expect(fix(code, { filename: 'load.mjs', settings: { blocking: [{ ...blocking[0], offload: true }] } }).output).toBe(
      "import { querySync } from './db.js';\nimport { offload, offloadable } from 'eslint-plugin-offload/runtime';\n\noffloadable(import.meta.url, './db.js', { querySync });\nexport async function load(p) { return await offload(querySync, p); }",
    );
  });

  it('names the native twin', () => {
    const native = (twin: unknown): string => lint(program('{ querySync }', 'querySync(p)'), { settings: { blocking: [{ module: '@acme/db', export: 'querySync', native: twin }] } })[0]!.message;
    expect(native('query')).toContain('Its own asynchronous form, @acme/db.query, is a drop-in.');
    expect(native({ export: 'query', differs: 'it gives rows one by one' })).toContain('Its own asynchronous form is @acme/db.query, but it gives rows one by one.');
  });

  it('has a cost', () => {
    const settings = { blocking: [{ module: '@acme/db', export: 'querySync', cost: 'short' }] };
    expect(lint(program('{ querySync }', 'querySync(p)'), { settings, options: { minimumCost: 'long' } })).toEqual([]);
  });

  it('says another thing about what the catalogue knows', () => {
    const settings = { blocking: [{ module: 'bcrypt', export: 'hashSync' }] };
    expect(fix(program('bcrypt', 'bcrypt.hashSync(p)', 'bcrypt'), { settings, filename: 'load.mjs' }).output).not.toContain('offload');
  });
});

describe('a tree that is linted again', () => {
  /** The columns that are reported, with the same tree each time. */
  function columns(all: readonly object[], text: string): number[][] {
    const linter = new Linter();
    return all.map((settings, index) => {
      const messages = linter.verify(index === 0 ? text : linter.getSourceCode(), { plugins: { offload: plugin }, settings: { offload: settings }, rules: { 'offload/no-blocking-call': 'error' } });
      return messages.map(({ column }) => column);
    });
  }

  it('knows nothing of what other settings declared', () => {
    const text = "import fs from 'fs';\nimport { run } from './run.js';\nexport const main = async (p) => { fs.readFileSync(p); run(p); };";
    expect(columns([{}, { nonBlocking: ['fs.readFileSync'] }, {}, { blocking: [{ module: './run.js', export: 'run' }] }], text)).toEqual([[36], [], [36], [36, 56]]);
  });

  it('knows nothing of another runtime', () => {
    const text = "import fs from 'fs';\nimport { offload } from './mine.js';\nexport const main = async (p) => { await offload(() => { fs.statSync(p); }); Promise.resolve().then(async () => offload(async () => fs.statSync(p))); };";
    expect(columns([{}, { runtime: './mine.js' }, {}], text)).toEqual([[133], [], [133]]);
  });
});

describe('settings.offload.nonBlocking', () => {
  it.each([
    [['fs.existsSync'], []],
    [['fs.*'], []],
    [['node:fs.exists*'], []],
    [['fs.readFileSync'], ['fs.existsSync()']],
  ])('%j', (nonBlocking, expected) => {
    expect(says("import fs from 'fs';\nexport async function load(p) { return fs.existsSync(p); }", { nonBlocking })).toEqual(expected);
  });
});

describe('mistakes', () => {
  it.each([
    [1, 'settings.offload must be an object, such as'],
    [{ blockign: [] }, 'settings.offload.blockign is not known: there are runtime, blocking, nonBlocking, onReport.'],
    [{ blocking: {} }, "settings.offload.blocking must be a list, such as [{ module: '@acme/db', export: 'querySync' }]; it is {}."],
    [{ blocking: ['a'] }, 'settings.offload.blocking[0] must be an object'],
    [{ blocking: [{ module: 'a', export: 'b' }, { module: 'a' }] }, 'settings.offload.blocking[1].export is missing'],
    [{ blocking: [{ export: 'b' }] }, 'settings.offload.blocking[0].module is missing'],
    [{ blocking: [{ module: 'a', export: '' }] }, 'settings.offload.blocking[0].export must be the name of an export'],
    [{ blocking: [{ module: 'a', export: 'b', cost: 'high' }] }, "settings.offload.blocking[0].cost must be one of 'short', 'long', 'process', 'cpu', 'wait'; it is \"high\"."],
    [{ blocking: [{ module: 'a', export: 'b', native: { export: 'c' } }] }, 'settings.offload.blocking[0].native must be the name of the export that returns a promise'],
    [{ blocking: [{ module: 'a', export: 'b', offload: 'yes' }] }, 'settings.offload.blocking[0].offload must be true'],
    [{ blocking: [{ module: 'a', export: 'b', costs: 'long' }] }, 'settings.offload.blocking[0].costs is no field of a declaration: there are module, export, cost, native, offload.'],
    [{ nonBlocking: 'fs.*' }, 'settings.offload.nonBlocking must be a list of names'],
    [{ nonBlocking: [1] }, 'settings.offload.nonBlocking[0] must be the name of an API'],
  ])('%j', (offload, message) => {
    expect(() => declaredInSettings({ offload })).toThrow(message);
  });
});

describe('what a package declares', () => {
  let folder: string;

  const install = (name: string, manifest: object): void => {
    mkdirSync(join(folder, 'node_modules', name), { recursive: true });
    writeFileSync(join(folder, 'node_modules', name, 'package.json'), JSON.stringify({ name, ...manifest }));
  };

  beforeAll(() => {
    mkdirSync('.cache', { recursive: true });
    folder = join(process.cwd(), mkdtempSync('.cache/declares-'));
    install('@acme/db', { exports: {}, offload: { blocking: [{ export: 'querySync', offload: true }, { module: './sync', export: '*' }], nonBlocking: ['@acme/db/sync.version'] } });
    install('mistaken', { offload: { blocking: [{ exports: 'querySync' }] } });
    install('silent', {});
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const reported = (code: string): string[] => lint(code, { filename: join(folder, 'src/load.mjs') }).map(({ message }) => message.slice(0, message.indexOf(' blocks the event loop')));

  it.each([
    ['@acme/db', 'querySync', ['@acme/db.querySync()']],
    ['@acme/db', 'query', []],
    ['@acme/db/sync', 'query', ['@acme/db/sync.query()']],
    ['@acme/db/sync', 'version', []],
    ['mistaken', 'querySync', []],
    ['silent', 'querySync', []],
    ['absent', 'querySync', []],
  ])('%s %s', (from, name, expected) => {
    expect(reported(program(`{ ${name} }`, `${name}(p)`, from))).toEqual(expected);
  });

  it('is fixed as anything else', () => {
    expect(fix(program('{ querySync }', 'querySync(p)'), { filename: join(folder, 'load.mjs') }).output).toContain("offloadable(import.meta.url, '@acme/db', { querySync });");
  });
});

describe('docs/offload.schema.json', () => {
  // The one that ESLint checks options with.
  const Ajv = createRequire(createRequire(import.meta.url).resolve('eslint'))('ajv') as new () => { compile(schema: object): (value: unknown) => boolean };
  const validate = new Ajv().compile(JSON.parse(readFileSync('docs/offload.schema.json', 'utf8')) as object);

  it.each([
    {}, [], 'a', { blocking: [] }, { blocking: {} }, { nonBlocking: ['a'] }, { nonBlocking: [''] }, { nonBlocking: 'a' }, { runtime: 'a' },
    ...[{}, { export: 'a' }, { export: '' }, { export: 1 }, { export: 'a', module: './b' }, { export: 'a', module: '' }, { export: 'a', cost: 'cpu' }, { export: 'a', cost: 'much' }, { export: 'a', offload: true }, { export: 'a', offload: 1 }, { export: 'a', native: 'b' }, { export: 'a', native: {} }, { export: 'a', native: { export: 'b', differs: 'c' } }, { export: 'a', native: { export: 'b', differs: 'c', d: 1 } }, { export: 'a', b: 1 }, 'a'].map((one) => ({ blocking: [one] })),
  ])('says of %j what the plugin says', (manifest) => {
    const read = declaredInManifest(manifest, 'a');
    const isEmpty = JSON.stringify(read) === '{"blocking":[],"nonBlocking":[]}';
    const holds = JSON.stringify(manifest) !== '{}' && JSON.stringify(manifest) !== '{"blocking":[]}';
    if (holds) expect(validate(manifest)).toBe(!isEmpty);
    else expect(validate(manifest)).toBe(true);
  });
});

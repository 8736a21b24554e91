import { execFile } from 'node:child_process';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { claimsToBlock, compareCatalogue, enumerateNode } from '../../scripts/enumerate-node.mjs';
import { excusedApis } from '../../src/catalogue/excused.js';
import { moduleName } from '../../src/catalogue/modules.js';
import { nodeApis, probedReleases } from '../../src/catalogue/node.js';

const version = process.versions.node;
const { platform } = process;
const catalogue = { apis: nodeApis, excused: excusedApis, probedReleases };

describe(`Node ${version}`, () => {
  let names: Set<string>;
  beforeAll(async () => {
    names = await enumerateNode();
  });

  it('exports nothing with Sync in its name that is neither listed nor excused', () => {
    expect(compareCatalogue({ ...catalogue, names, version, platform }).missing).toEqual([]);
  });

  it('has what is listed for it', () => {
    expect(compareCatalogue({ ...catalogue, names, version, platform }).gone).toEqual([]);
  });

  it('has nothing that is listed for later releases', () => {
    expect(compareCatalogue({ ...catalogue, names, version, platform }).early).toEqual([]);
  });

  it('is seen through: functions, their properties, static and inherited methods, globals', () => {
    for (const name of ['fs:readFileSync', 'fs:realpathSync.native', 'fs:Dir#readSync', 'process:report.getReport', 'globalThis:Atomics.wait', 'globalThis:require.resolve', 'fs:ReadStream#pipe', 'fs/promises:readFile']) {
      expect(names).toContain(name);
    }
  });

  it('names no module that a reference would spell otherwise', () => {
    for (const name of builtinModules) expect(moduleName(name.startsWith('node:') ? name : `node:${name}`)).toBe(name);
  });
});

describe('compareCatalogue', () => {
  const comparison = {
    apis: [
      { module: 'fs', path: 'oldSync', since: 20 },
      { module: 'fs', path: 'newSync', since: 24 },
      { module: 'fs', path: 'macSync', since: 20, platforms: ['darwin'] },
      { module: 'globalThis', path: 'alert', since: null },
    ],
    excused: [{ module: 'fs', path: 'harmlessSync' }, { module: 'node:vfs', path: '*' }],
    probedReleases: ['20.20.2', '24.21.0'],
    names: new Set(['fs:oldSync']),
    version: '20.20.2',
    platform: 'linux',
  };
  const none = { missing: [], gone: [], early: [] };

  it('is content when each row is where it says', () => {
    expect(compareCatalogue(comparison)).toEqual(none);
    expect(compareCatalogue({ ...comparison, version: '24.21.0', names: new Set(['fs:oldSync', 'fs:newSync']) })).toEqual(none);
  });

  it('names what is neither listed nor excused', () => {
    const names = new Set(['fs:oldSync', 'fs:freshSync', 'fs:harmlessSync', 'fs:Dir#walkSync', 'node:vfs:Mount#readSync', 'fs:readFile', 'module:syncBuiltinESMExports']);
    expect(compareCatalogue({ ...comparison, names })).toEqual({ ...none, missing: ['fs:freshSync', 'fs:Dir#walkSync'] });
  });

  it('names rows that this release contradicts', () => {
    expect(compareCatalogue({ ...comparison, names: new Set() })).toEqual({ ...none, gone: ['fs:oldSync'] });
    expect(compareCatalogue({ ...comparison, names: new Set(['fs:oldSync', 'fs:newSync']) })).toEqual({ ...none, early: ['fs:newSync'] });
    expect(compareCatalogue({ ...comparison, platform: 'darwin' })).toEqual({ ...none, gone: ['fs:macSync'] });
  });

  it('expects nothing of releases older than the one that was compared, and of odd lines', () => {
    for (const version of ['20.19.0', '25.1.0']) expect(compareCatalogue({ ...comparison, version, names: new Set() })).toEqual(none);
  });

  it('expects everything of lines to come', () => {
    for (const version of ['26.0.0', '27.1.0', '28.0.0-nightly']) expect(compareCatalogue({ ...comparison, version }).gone).toEqual(['fs:newSync']);
  });
});

describe('claimsToBlock', () => {
  it('reads Sync as a word', () => {
    for (const name of ['fs:readFileSync', 'fs:Dir#readSyncRecursive', 'node:sqlite:DatabaseSync#exec', 'fs:realpathSync.native']) expect(claimsToBlock(name)).toBe(true);
    for (const name of ['module:syncBuiltinESMExports', 'fs:fsync', 'x:Synchronizer', 'fs:readFile']) expect(claimsToBlock(name)).toBe(false);
  });
});

describe('npm run update:catalogue', () => {
  const script = fileURLToPath(new URL('../../scripts/update-catalogue.mjs', import.meta.url));

  it('prints the differences as JSON, none here, and exits with 0', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--json']);
    expect(JSON.parse(stdout)).toEqual({ node: version, listed: nodeApis.length, excused: excusedApis.length, missing: [], gone: [], early: [] });
  });

  it('says so to a reader, too, and explains itself', async () => {
    expect((await promisify(execFile)(process.execPath, [script])).stdout).toMatch(/^No differences: \d+ APIs listed, \d+ excused, Node [\d.]+ on \w+\.\n$/);
    expect((await promisify(execFile)(process.execPath, [script, '--help'])).stdout).toContain('src/catalogue/node.ts');
  });
});

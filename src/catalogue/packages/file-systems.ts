import { nodeApis } from '../node.js';
import { byHand, packageGroup, promise, type Row } from '../row.js';
import type { BlockingApi, NativeTwin } from '../types.js';

const noEntry = 'it ignores throwIfNoEntry: false';

/** What graceful-fs wraps, and with it fs-extra: another function than Node's, to be found in the package only. */
const wrapped = new Set(['chmodSync', 'chownSync', 'closeSync', 'fchmodSync', 'fchownSync', 'fstatSync', 'lchmodSync', 'lchownSync', 'lstatSync', 'readSync', 'statSync']);

/** What fs-extra's own promises say otherwise than the calls that block. */
const differences: Readonly<Record<string, string>> = {
  lstatSync: noEntry,
  statSync: noEntry,
  openSync: 'it wants flags',
  statfsSync: 'version 9 does not have it',
  readSync: 'it resolves to { bytesRead, buffer }',
  writeSync: 'it resolves to { bytesWritten, buffer }',
  writevSync: 'it resolves to { bytesWritten, buffers }',
  readvSync: 'it resolves to { bytesRead, buffers }',
};
const withoutTwin = new Set(['cpSync', 'futimesSync', 'globSync', 'lutimesSync', 'mkdtempDisposableSync', 'openAsBlobSync', 'readvSync']);

const nodeFiles = nodeApis.filter(({ module, kind }) => module === 'fs' && kind === 'function');

/** Node's rows as a package hands its functions on. */
function handedOn(module: string, twinOf: (path: string, row: BlockingApi) => NativeTwin | null): readonly BlockingApi[] {
  return nodeFiles.map((row) => ({ ...row, module, reference: wrapped.has(row.path) ? 'registered' : 'built-in', native: twinOf(row.path, row) }));
}

const gracefulFs = handedOn('graceful-fs', (_, { native }) => native);

const fsExtraTwin = (path: string): NativeTwin | null => {
  if (withoutTwin.has(path)) return null;
  return promise(`fs-extra.${path === 'realpathSync.native' ? 'realpath.native' : path.slice(0, -'Sync'.length)}`, differences[path], differences[path] === noEntry ? { argument: 1, option: 'throwIfNoEntry' } : undefined);
};

/** Under its own name and its former one, which both stand for one function. */
const named = (path: string, { differs, ...row }: Row & { readonly differs?: string }, ...others: readonly string[]): Readonly<Record<string, Row>> =>
  Object.fromEntries([path, ...others].map((name) => [name, { ...row, native: promise(`fs-extra.${name.slice(0, -'Sync'.length)}`, differs) }]));

const ownRows: Readonly<Record<string, Row>> = {
  ...named('copySync', { functions: ['2', '2.filter'] }),
  ...named('emptyDirSync', { differs: 'it resolves to a list' }, 'emptydirSync'),
  ...named('ensureDirSync', { cost: 'short', result: 'string | undefined' }, 'mkdirsSync', 'mkdirpSync'),
  ...named('ensureFileSync', { cost: 'short' }, 'createFileSync'),
  ...named('ensureLinkSync', { cost: 'short' }, 'createLinkSync'),
  ...named('ensureSymlinkSync', { cost: 'short', differs: 'its errors have a code' }, 'createSymlinkSync'),
  ...named('moveSync', {}),
  ...named('outputFileSync', {}),
  ...named('outputJsonSync', { functions: ['2.replacer'] }, 'outputJSONSync'),
  // It is fs.existsSync itself.
  ...named('pathExistsSync', { cost: 'short', reference: 'built-in', writes: false, result: 'boolean' }),
  ...named('readJsonSync', { writes: false, result: 'unknown', functions: ['1.reviver'] }, 'readJSONSync'),
  ...named('removeSync', {}),
  ...named('writeJsonSync', { functions: ['2.replacer'] }, 'writeJSONSync'),
};

/** Packages that stand in for `fs`. */
export const fileSystems: readonly BlockingApi[] = [
  ...gracefulFs,
  ...handedOn('fs-extra', fsExtraTwin),
  ...packageGroup('fs-extra', { cost: 'long', writes: true }, ownRows),
  ...packageGroup('fs-extra/esm', { cost: 'long', writes: true }, Object.fromEntries(
    Object.entries(ownRows).map(([path, row]) => [path, { ...row, native: promise(`fs-extra/esm.${path.slice(0, -'Sync'.length)}`, row.native?.differs) }]),
  )),
  ...packageGroup('jsonfile', { cost: 'long' }, {
    readFileSync: { result: 'unknown', functions: ['1.reviver', '1.fs'], native: promise('jsonfile.readFile') },
    writeFileSync: { writes: true, functions: ['2.replacer', '2.fs'], native: promise('jsonfile.writeFile') },
  }),
  ...packageGroup('fs-jetpack', { cost: 'long', writes: true }, {
    append: { native: promise('fs-jetpack.appendAsync') },
    copy: { functions: ['2.matching', '2.overwrite'], native: promise('fs-jetpack.copyAsync') },
    dir: { cost: 'short', result: 'FSJetpack', offload: 'it returns a context with methods, which cannot leave the worker', native: promise('fs-jetpack.dirAsync') },
    exists: { cost: 'short', writes: false, result: "false | 'dir' | 'file' | 'other'", native: promise('fs-jetpack.existsAsync') },
    file: { offload: 'it returns a context with methods, which cannot leave the worker', native: promise('fs-jetpack.fileAsync') },
    find: { writes: false, result: 'string[]', functions: ['0.filter', '1.filter'], native: promise('fs-jetpack.findAsync') },
    inspect: { cost: 'short', writes: false, result: 'object | undefined', native: promise('fs-jetpack.inspectAsync') },
    inspectTree: { writes: false, result: 'object | undefined', native: promise('fs-jetpack.inspectTreeAsync') },
    list: { writes: false, result: 'string[] | undefined', native: promise('fs-jetpack.listAsync') },
    move: { native: promise('fs-jetpack.moveAsync') },
    read: { writes: false, result: 'string | Buffer | object | undefined', native: promise('fs-jetpack.readAsync') },
    remove: { native: promise('fs-jetpack.removeAsync') },
    rename: { cost: 'short', native: promise('fs-jetpack.renameAsync') },
    symlink: { cost: 'short', native: promise('fs-jetpack.symlinkAsync') },
    tmpDir: { cost: 'short', result: 'FSJetpack', offload: 'it returns a context with methods, which cannot leave the worker', native: byHand('fs-jetpack.tmpDirAsync', 'its name is made at random') },
    write: { native: promise('fs-jetpack.writeAsync') },
  }),
];

import { byHand, packageGroup, promise, promisified, type Row } from '../row.js';
import type { BlockingApi } from '../types.js';

const since = (version: number, name: string): string => `it is ${name} itself, with a callback, before version ${version}`;
const explorer = 'an explorer keeps what it has found, in the thread that made it';
const lockState = 'the thread that takes a lock keeps it up and lets it go';
const cleansUp = 'the thread that made it removes it when it ends';
const noExport = 'it is a property of an export, and a worker finds exports only';
const iterates = 'it returns an iterator, which cannot leave the worker';

/** What glob takes that cannot cross, and what makes its result a list of objects with methods. */
const globRow: Row = { result: 'string[]', functions: ['1.fs', '1.ignore'], refusedOptions: ['withFileTypes'] };

/** Packages that look for files and folders by pattern. */
const patterns: readonly BlockingApi[] = [
  ...packageGroup('glob', { cost: 'long', ...globRow }, {
    globSync: { majors: [10, 14], native: promise('glob.glob') },
    sync: { native: promise('glob.glob', since(9, 'glob')) },
    'glob.sync': { offload: noExport, native: promise('glob.glob', since(9, 'glob')) },
    globIterateSync: { majors: [10, 14], result: 'Generator', offload: iterates, native: byHand('glob.globIterate', 'it gives an async iterator') },
    iterateSync: { majors: [10, 14], result: 'Generator', offload: iterates, native: byHand('glob.iterate', 'it gives an async iterator') },
    globStreamSync: { majors: [10, 14], result: 'Minipass', offload: 'it returns a stream', native: byHand('glob.globStream', 'it gives a stream that is filled later') },
    streamSync: { majors: [10, 14], result: 'Minipass', offload: 'it returns a stream', native: byHand('glob.stream', 'it gives a stream that is filled later') },
    'Glob#walkSync': { majors: [10, 14], offload: 'a Glob cannot leave its thread', native: promise('glob.walk()') },
    'Glob#iterateSync': { majors: [10, 14], result: 'Generator', offload: iterates, native: byHand('glob.iterate()', 'it gives an async iterator') },
    'Glob#streamSync': { majors: [10, 14], result: 'Minipass', offload: 'a Glob cannot leave its thread', native: byHand('glob.stream()', 'it gives a stream that is filled later') },
  }),
  ...packageGroup('globby', { cost: 'long', result: 'string[]', functions: ['1.fs'], refusedOptions: ['objectMode', 'stats'] }, {
    globbySync: { majors: [16], native: promise('globby.globby') },
    sync: { majors: [11], native: promise('globby') },
    generateGlobTasksSync: { majors: [16], result: '{ patterns, options }[]', native: promise('globby.generateGlobTasks') },
    isGitIgnoredSync: { majors: [16], result: 'function', offload: 'it returns a function, which cannot leave the worker', native: promise('globby.isGitIgnored') },
    isIgnoredByIgnoreFilesSync: { majors: [16], result: 'function', offload: 'it returns a function, which cannot leave the worker', native: promise('globby.isIgnoredByIgnoreFiles') },
  }),
  ...packageGroup('fast-glob', { cost: 'long', result: 'string[]', functions: ['1.fs'], refusedOptions: ['objectMode', 'stats'] }, {
    globSync: { native: promise('fast-glob.glob') },
    sync: { native: promise('fast-glob') },
  }),
  ...packageGroup('tinyglobby', { cost: 'long', result: 'string[]', functions: ['1.fs'] }, { globSync: { native: promise('tinyglobby.glob') } }),
  ...packageGroup('matched', { cost: 'long', result: 'string[]', ...globRow }, { sync: { native: promise('matched') } }),
  ...packageGroup('globule', { cost: 'long', result: 'string[]', functions: ['1.filter'] }, { find: {} }),
  ...packageGroup('klaw-sync', { cost: 'long', functions: ['1.filter', '1.fs'] }, { '': { result: '{ path, stats }[]', native: byHand('klaw', 'it is another package, and gives a stream') } }),
  ...packageGroup('walk-sync', { cost: 'long', functions: ['1.fs'] }, {
    '': { result: 'string[]' },
    entries: { result: 'Entry[]', offload: 'its entries have methods, which stay behind in the worker' },
  }),
  ...packageGroup('del', { cost: 'long', writes: true, result: 'string[]', functions: ['1.fs', '1.onProgress'] }, {
    deleteSync: { majors: [8], native: promise('del.deleteAsync') },
    sync: { majors: [6], native: promise('del') },
  }),
  ...packageGroup('rimraf', { cost: 'long', writes: true, functions: ['1.filter'] }, {
    rimrafSync: { majors: [6], result: 'boolean', native: promise('rimraf.rimraf') },
    manualSync: { majors: [6], result: 'boolean', native: promise('rimraf.manual') },
    nativeSync: { majors: [6], result: 'boolean', native: promise('rimraf.native') },
    posixSync: { majors: [6], result: 'boolean', native: promise('rimraf.posix') },
    windowsSync: { majors: [6], result: 'boolean', native: promise('rimraf.windows') },
    moveRemoveSync: { majors: [6], result: 'boolean', native: promise('rimraf.moveRemove') },
    sync: { result: 'boolean | undefined', native: promise('rimraf.rimraf', since(4, 'rimraf')) },
    'rimraf.sync': { majors: [6], result: 'boolean', offload: noExport, native: promise('rimraf.rimraf') },
  }),
];

/** Packages that walk up the folders, or ask for one path. */
const lookUps: readonly BlockingApi[] = [
  ...packageGroup('find-up', { cost: 'short', result: 'string | undefined', functions: ['0'] }, {
    findUpSync: { majors: [8], native: promise('find-up.findUp') },
    findUpMultipleSync: { majors: [8], result: 'string[]', native: promise('find-up.findUpMultiple') },
    findDownSync: { majors: [8], cost: 'long', functions: [], native: promise('find-up.findDown') },
    sync: { majors: [5], native: promise('find-up') },
  }),
  ...packageGroup('locate-path', { cost: 'short', result: 'string | undefined' }, {
    locatePathSync: { majors: [8], native: promise('locate-path.locatePath') },
    sync: { majors: [6], native: promise('locate-path') },
  }),
  ...packageGroup('path-exists', { cost: 'short', result: 'boolean' }, {
    pathExistsSync: { majors: [5], native: promise('path-exists.pathExists') },
    sync: { majors: [4], native: promise('path-exists') },
  }),
  ...packageGroup('isbinaryfile', { cost: 'short', result: 'boolean', note: 'It reads the first 512 bytes at most.' }, { isBinaryFileSync: { native: promise('isbinaryfile.isBinaryFile') } }),
  ...packageGroup('pkg-dir', { cost: 'short', result: 'string | undefined' }, {
    packageDirectorySync: { majors: [9], native: promise('pkg-dir.packageDirectory') },
    sync: { majors: [5], native: promise('pkg-dir') },
  }),
  ...packageGroup('pkg-up', { cost: 'short', result: 'string | undefined' }, {
    pkgUpSync: { majors: [5], native: promise('pkg-up.pkgUp') },
    sync: { majors: [3], native: promise('pkg-up') },
  }),
  ...packageGroup('package-up', { cost: 'short', result: 'string | undefined' }, { packageUpSync: { native: promise('package-up.packageUp') } }),
  ...packageGroup('read-pkg', { cost: 'long', result: 'object' }, {
    readPackageSync: { majors: [10], native: promise('read-pkg.readPackage') },
    sync: { majors: [5], native: promise('read-pkg') },
  }),
  ...packageGroup('read-pkg-up', { cost: 'long', result: '{ packageJson, path } | undefined' }, {
    readPackageUpSync: { majors: [11], native: promise('read-pkg-up.readPackageUp') },
    sync: { majors: [7], native: promise('read-pkg-up') },
  }),
  ...packageGroup('read-package-up', { cost: 'long', result: '{ packageJson, path } | undefined' }, { readPackageUpSync: { native: promise('read-package-up.readPackageUp') } }),
  ...packageGroup('empathic/find', { cost: 'short', result: 'string | undefined' }, { any: {}, dir: {}, file: {}, up: {} }),
  ...packageGroup('findup-sync', { cost: 'long', result: 'string | null' }, { '': {} }),
  ...packageGroup('which', { cost: 'short', result: 'string | string[] | null' }, { sync: { native: promise('which', 'it ignores nothrow before version 3', { argument: 1, option: 'nothrow' }) } }),
  ...packageGroup('get-tsconfig', { cost: 'long', functions: ['2'] }, {
    getTsconfig: { result: '{ path, config } | null' },
    parseTsconfig: { result: 'object', functions: ['1'] },
  }),
  ...packageGroup('tsconfig-paths', { cost: 'long' }, { loadConfig: { result: 'object' } }),
  ...packageGroup('resolve', { cost: 'short', result: 'string', functions: ['1.readFileSync', '1.isFile', '1.packageFilter', '1.pathFilter'] }, {
    sync: { offload: 'without basedir it resolves from the file that calls it', native: promisified('resolve', 'without basedir it resolves from the file that calls it') },
  }),
  ...packageGroup('enhanced-resolve', { cost: 'short', result: 'string | false' }, {
    sync: { native: promisified('enhanced-resolve') },
    'create.sync': { reported: false, offload: 'it returns a function, which cannot leave the worker', result: 'function' },
  }),
  ...packageGroup('oxc-resolver', { cost: 'short', result: '{ path } | { error }' }, {
    sync: { result: 'object' },
    'ResolverFactory#sync': { offload: 'a ResolverFactory cannot leave its thread', native: promise('resolverFactory.async()') },
    'ResolverFactory#resolveFileSync': { offload: 'a ResolverFactory cannot leave its thread', native: promise('resolverFactory.resolveFileAsync()') },
  }),
  ...packageGroup('cosmiconfig', { cost: 'long', offload: explorer }, {
    cosmiconfigSync: { cost: 'short', reported: false, result: 'ExplorerSync' },
    'ExplorerSync#search': { result: 'object | null', native: byHand('explorer.search()', 'it is that of cosmiconfig(), which makes another kind of explorer') },
    'ExplorerSync#load': { result: 'object | null', native: byHand('explorer.load()', 'it is that of cosmiconfig(), which makes another kind of explorer') },
  }),
  ...packageGroup('lilconfig', { cost: 'long', offload: explorer }, {
    lilconfigSync: { cost: 'short', reported: false, result: 'ExplorerSync' },
    'ExplorerSync#search': { result: 'object | null', native: byHand('explorer.search()', 'it is that of lilconfig(), which makes another kind of explorer') },
    'ExplorerSync#load': { result: 'object | null', native: byHand('explorer.load()', 'it is that of lilconfig(), which makes another kind of explorer') },
  }),
];

/** Packages that write files, or keep watch over them. */
const writers: readonly BlockingApi[] = [
  ...packageGroup('mkdirp', { cost: 'short', writes: true, result: 'string | undefined', functions: ['1.fs', '1.mkdir', '1.mkdirSync', '1.stat', '1.statSync'] }, {
    mkdirpSync: { majors: [3], native: promise('mkdirp.mkdirp') },
    mkdirpManualSync: { majors: [3], native: promise('mkdirp.mkdirpManual') },
    mkdirpNativeSync: { majors: [3], native: promise('mkdirp.mkdirpNative') },
    manualSync: { native: promise('mkdirp.manual') },
    nativeSync: { native: promise('mkdirp.native') },
    sync: { native: promise('mkdirp.mkdirp', 'it is mkdirp itself before version 2') },
    'mkdirp.sync': { majors: [3], offload: noExport, native: promise('mkdirp.mkdirp') },
  }),
  ...packageGroup('make-dir', { cost: 'short', writes: true, result: 'string', functions: ['1.fs'] }, {
    makeDirectorySync: { majors: [5], native: promise('make-dir.makeDirectory') },
    sync: { majors: [3], native: promise('make-dir') },
  }),
  ...packageGroup('copy-file', { cost: 'long', writes: true }, { copyFileSync: { native: promise('copy-file.copyFile', 'its errors have another syscall') } }),
  ...packageGroup('cp-file', { cost: 'long', writes: true }, {
    copyFileSync: { majors: [11], native: promise('cp-file.copyFile', 'it resolves to a list') },
    sync: { majors: [7], native: promise('cp-file', 'it resolves to a list') },
  }),
  ...packageGroup('move-file', { cost: 'long', writes: true }, {
    moveFileSync: { native: promise('move-file.moveFile') },
    renameFileSync: { native: promise('move-file.renameFile') },
  }),
  ...packageGroup('load-json-file', { cost: 'long', result: 'unknown', functions: ['1.beforeParse', '1.reviver'] }, {
    loadJsonFileSync: { majors: [7], native: promise('load-json-file.loadJsonFile') },
    sync: { majors: [6], native: promise('load-json-file') },
  }),
  ...packageGroup('write-json-file', { cost: 'long', writes: true, functions: ['2.replacer', '2.sortKeys'] }, {
    writeJsonFileSync: { majors: [7], native: promise('write-json-file.writeJsonFile') },
    sync: { majors: [4], native: promise('write-json-file') },
  }),
  ...packageGroup('write-file-atomic', { cost: 'long', writes: true, functions: ['2.tmpfileCreated'] }, { sync: { native: promise('write-file-atomic') } }),
  ...packageGroup('tempy', { cost: 'long', writes: true, result: 'string' }, {
    temporaryWriteSync: { majors: [3], native: promise('tempy.temporaryWrite') },
    writeSync: { majors: [1], native: promise('tempy.write') },
  }),
  ...packageGroup('tmp', { cost: 'short', writes: true }, {
    fileSync: { result: '{ name, fd, removeCallback }', offload: cleansUp, native: byHand('tmp.file', 'it passes path, descriptor and clean-up to a callback') },
    dirSync: { result: '{ name, removeCallback }', offload: cleansUp, native: byHand('tmp.dir', 'it passes path and clean-up to a callback') },
    tmpNameSync: { writes: false, result: 'string', native: promisified('tmp.tmpName') },
  }),
  ...packageGroup('temp', { cost: 'short', writes: true, offload: cleansUp }, {
    mkdirSync: { result: 'string', native: promisified('temp.mkdir') },
    openSync: { result: '{ path, fd }', native: promisified('temp.open') },
    cleanupSync: { cost: 'long', result: 'object | false', native: promisified('temp.cleanup', 'it resolves to counts of what is left') },
  }),
  ...packageGroup('proper-lockfile', { cost: 'short', writes: true, offload: lockState }, {
    lockSync: { result: 'function', native: promise('proper-lockfile.lock') },
    unlockSync: { native: promise('proper-lockfile.unlock') },
    checkSync: { writes: false, result: 'boolean', native: promise('proper-lockfile.check') },
  }),
  ...packageGroup('lockfile', { cost: 'short', writes: true, offload: lockState }, {
    lockSync: { native: promisified('lockfile.lock') },
    unlockSync: { native: promisified('lockfile.unlock') },
    checkSync: { writes: false, result: 'boolean', native: promisified('lockfile.check') },
  }),
  ...packageGroup('to-vfile', { cost: 'long', offload: 'a VFile has methods, which stay behind' }, {
    readSync: { result: 'VFile', native: promise('to-vfile.read') },
    writeSync: { writes: true, result: 'VFile', native: promise('to-vfile.write') },
  }),
];

/** Packages that find, read and write files. */
export const files: readonly BlockingApi[] = [...patterns, ...lookUps, ...writers];

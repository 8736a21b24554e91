import { globals } from './globals.js';
import { byHand, group, promise, promisified } from './row.js';
import type { BlockingApi } from './types.js';

const text = 'string | Buffer';
const posix = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openbsd', 'sunos'];
const noDescriptor = 'it refuses a file descriptor';
const descriptor = { argument: 0, is: 'number' } as const;
const noEntry = 'it ignores throwIfNoEntry: false';
const entryOption = { argument: 1, option: 'throwIfNoEntry' } as const;
const explicitUndefined = 'it takes an argument that is undefined for one that is there';
const fillsBuffer = 'it fills the buffer it is given, and a worker would fill a copy';
const openHandle = (name: string): string => `a ${name} is an open handle that cannot leave its thread`;

/** Waits for one system call on a path or a descriptor, however large the file is. */
const metadata = group('fs', { cost: 'short' }, {
  accessSync: { native: promise('fs/promises.access') },
  chmodSync: { writes: true, native: promise('fs/promises.chmod') },
  chownSync: { writes: true, native: promise('fs/promises.chown') },
  closeSync: { writes: true, native: promisified('fs.close') },
  existsSync: { result: 'boolean', native: promisified('fs.exists', 'it is deprecated, and fs/promises.access rejects where this returns false') },
  fchmodSync: { writes: true, native: promisified('fs.fchmod') },
  fchownSync: { writes: true, native: promisified('fs.fchown') },
  fstatSync: { result: 'Stats | BigIntStats', native: promisified('fs.fstat') },
  ftruncateSync: { writes: true, native: promisified('fs.ftruncate') },
  futimesSync: { writes: true, native: promisified('fs.futimes') },
  lchmodSync: { writes: true, platforms: ['darwin'], native: promise('fs/promises.lchmod') },
  lchownSync: { writes: true, native: promise('fs/promises.lchown') },
  linkSync: { writes: true, native: promise('fs/promises.link') },
  lstatSync: { result: 'Stats | BigIntStats | undefined', native: promise('fs/promises.lstat', noEntry, entryOption) },
  lutimesSync: { writes: true, native: promise('fs/promises.lutimes') },
  mkdirSync: { writes: true, result: 'string | undefined', native: promise('fs/promises.mkdir') },
  mkdtempSync: { writes: true, result: text, native: promise('fs/promises.mkdtemp') },
  mkdtempDisposableSync: {
    writes: true, since: 24, result: '{ path, remove, [Symbol.dispose] }',
    offload: 'it returns an object with methods, which cannot leave the worker',
    native: promise('fs/promises.mkdtempDisposable', 'its remove() is asynchronous and it wants await using'),
  },
  openAsBlobSync: {
    since: 26, result: 'Blob', offload: 'a Blob backed by a file cannot leave the thread that opened it',
    native: promise('fs.openAsBlob'),
  },
  openSync: { writes: true, result: 'number', native: promisified('fs.open'), note: 'fs/promises.open gives a FileHandle instead of a number.' },
  opendirSync: { result: 'Dir', offload: openHandle('Dir'), native: promise('fs/promises.opendir') },
  readlinkSync: { result: text, native: promise('fs/promises.readlink') },
  realpathSync: { result: text, native: promisified('fs.realpath'), note: 'One lstat for each part of the path; fs/promises.realpath is the twin of realpathSync.native.' },
  'realpathSync.native': { result: text, native: promise('fs/promises.realpath') },
  renameSync: { writes: true, native: promise('fs/promises.rename') },
  rmdirSync: { writes: true, native: promise('fs/promises.rmdir') },
  statSync: { result: 'Stats | BigIntStats | undefined', native: promise('fs/promises.stat', `${noEntry} before Node 24`, entryOption) },
  statfsSync: { result: 'StatFs', native: promise('fs/promises.statfs') },
  symlinkSync: { writes: true, native: promise('fs/promises.symlink') },
  truncateSync: { writes: true, native: promise('fs/promises.truncate', `${noDescriptor}, which Node 20 and 22 take here`, descriptor) },
  unlinkSync: { writes: true, native: promise('fs/promises.unlink') },
  utimesSync: { writes: true, native: promise('fs/promises.utimes') },
  'Dir#closeSync': { writes: true, offload: openHandle('Dir'), native: promise('dir.close()') },
  'Dir#readSync': { result: 'Dirent | null', offload: openHandle('Dir'), native: promise('dir.read()') },
});

/** Takes longer the more there is in the file or the directory, or waits for the disk itself. */
const contents = group('fs', { cost: 'long' }, {
  appendFileSync: { writes: true, native: promise('fs/promises.appendFile', noDescriptor, descriptor) },
  copyFileSync: { writes: true, native: promise('fs/promises.copyFile') },
  cpSync: { writes: true, functions: ['2.filter'], native: promise('fs/promises.cp', 'its errors have another class and syscall from Node 22 on') },
  fdatasyncSync: { writes: true, native: promisified('fs.fdatasync') },
  fsyncSync: { writes: true, native: promisified('fs.fsync') },
  globSync: { since: 22, result: 'string[] | Dirent[]', functions: ['1.exclude'], native: promisified('fs.glob'), note: 'fs/promises.glob gives an async iterator.' },
  readFileSync: { result: text, native: promise('fs/promises.readFile', noDescriptor, descriptor) },
  readSync: { result: 'number', mutates: ['arguments[1] (buffer)'], offload: fillsBuffer, native: promisified('fs.read', 'it resolves to { bytesRead, buffer }') },
  readdirSync: { result: 'string[] | Buffer[] | Dirent[]', native: promise('fs/promises.readdir', 'with recursive: true it lists in another order before Node 26', { argument: 1, option: 'recursive' }) },
  readvSync: { result: 'number', mutates: ['arguments[1][*] (buffers)'], offload: fillsBuffer, native: promisified('fs.readv', 'it resolves to { bytesRead, buffers }') },
  rmSync: { writes: true, native: promise('fs/promises.rm') },
  writeFileSync: { writes: true, native: promise('fs/promises.writeFile', noDescriptor, descriptor) },
  writeSync: { writes: true, result: 'number', native: promisified('fs.write', 'it resolves to { bytesWritten, buffer }') },
  writevSync: { writes: true, result: 'number', native: promisified('fs.writev', 'it resolves to { bytesWritten, buffer }') },
  'Utf8Stream#flushSync': {
    writes: true, since: 24, offload: openHandle('Utf8Stream'),
    native: { name: 'stream.flush(callback)', form: 'callback', dropIn: false, differs: 'it takes a callback' },
  },
});

const outputOnly = 'it resolves to { stdout, stderr }, as strings, and knows neither input nor stdio';

const processes = group('child_process', { cost: 'process', writes: true }, {
  execFileSync: { result: text, native: promisified('child_process.execFile', outputOnly) },
  execSync: { result: text, native: promisified('child_process.exec', outputOnly) },
  spawnSync: {
    result: '{ pid, output, stdout, stderr, status, signal, error? }',
    native: byHand('child_process.spawn', 'it returns a ChildProcess that reports through events'),
  },
});

const hashing = group('crypto', { cost: 'cpu', result: 'Buffer' }, {
  argon2Sync: { since: 24, native: promisified('crypto.argon2') },
  checkPrimeSync: { result: 'boolean', native: promisified('crypto.checkPrime') },
  createDiffieHellman: {
    when: 'first-argument-is-number', result: 'DiffieHellman', offload: 'a DiffieHellman cannot leave its thread',
    native: byHand('crypto.generatePrime', 'it makes the prime, which createDiffieHellman then takes'),
  },
  generateKeyPairSync: { result: '{ publicKey, privateKey }', native: promisified('crypto.generateKeyPair') },
  generateKeySync: { result: 'KeyObject', native: promisified('crypto.generateKey') },
  generatePrimeSync: { result: 'ArrayBuffer | bigint', native: promisified('crypto.generatePrime', explicitUndefined, { argument: 1, is: 'undefined' }) },
  hkdfSync: { result: 'ArrayBuffer', native: promisified('crypto.hkdf') },
  pbkdf2Sync: { native: promisified('crypto.pbkdf2') },
  scryptSync: { native: promisified('crypto.scrypt') },
});

/** Microseconds on small inputs: worth a report only where a project says so. */
const quickCrypto = group('crypto', { cost: 'cpu', reported: false, result: 'Buffer' }, {
  createHash: { result: 'Hash', offload: 'a Hash cannot leave its thread', note: 'Its update() and digest() do the work.' },
  decapsulate: { since: 24, when: 'no-callback', callbackFrom: 2, native: promisified('crypto.decapsulate') },
  diffieHellman: { when: 'no-callback', callbackFrom: 1, native: promisified('crypto.diffieHellman', 'before Node 24 it knows no callback and never settles') },
  encapsulate: { since: 24, when: 'no-callback', callbackFrom: 1, result: '{ sharedKey, ciphertext }', native: promisified('crypto.encapsulate') },
  hash: { result: text, native: byHand('crypto.subtle.digest', 'it has other names for algorithms, fewer of them, and gives an ArrayBuffer') },
  privateDecrypt: {},
  privateEncrypt: {},
  publicDecrypt: {},
  publicEncrypt: {},
  randomBytes: { when: 'no-callback', callbackFrom: 1, native: promisified('crypto.randomBytes') },
  randomFillSync: {
    result: 'the buffer it is given', mutates: ['arguments[0] (buffer)'], offload: fillsBuffer,
    native: promisified('crypto.randomFill', explicitUndefined),
  },
  randomInt: { when: 'no-callback', callbackFrom: 1, result: 'number', native: promisified('crypto.randomInt', `${explicitUndefined}, and then never settles`) },
  sign: { when: 'no-callback', callbackFrom: 3, native: promisified('crypto.sign') },
  verify: { when: 'no-callback', callbackFrom: 4, result: 'boolean', native: promisified('crypto.verify') },
});

const engine = 'With info: true the result holds the engine, which cannot leave the worker.';

const compression = group('zlib', { cost: 'cpu', result: 'Buffer', refusedOptions: ['info'], note: engine }, {
  brotliCompressSync: { native: promisified('zlib.brotliCompress') },
  brotliDecompressSync: { native: promisified('zlib.brotliDecompress') },
  deflateRawSync: { native: promisified('zlib.deflateRaw') },
  deflateSync: { native: promisified('zlib.deflate') },
  gunzipSync: { native: promisified('zlib.gunzip') },
  gzipSync: { native: promisified('zlib.gzip') },
  inflateRawSync: { native: promisified('zlib.inflateRaw') },
  inflateSync: { native: promisified('zlib.inflate') },
  unzipSync: { native: promisified('zlib.unzip') },
  zstdCompressSync: { since: 22, native: promisified('zlib.zstdCompress', 'its bytes differ: the header does not say how long the contents are') },
  zstdDecompressSync: { since: 22, native: promisified('zlib.zstdDecompress') },
});

const zipHandle = openHandle('ZipFile');
const zipEntry = 'a ZipEntry cannot leave its thread';

const moreZlib = group('zlib', { cost: 'cpu' }, {
  crc32: { reported: false, result: 'number' },
  createZipArchiveSync: {
    since: 26, result: 'Generator', offload: 'it returns a generator, which cannot leave the worker',
    native: byHand('zlib.createZipArchive', 'it gives a stream'), note: 'It blocks while it is iterated.',
  },
  'ZipBuffer#addSync': { since: 26, result: 'ZipEntry', offload: 'a ZipBuffer cannot leave its thread', native: promise('zipBuffer.add()') },
  'ZipBuffer#toBufferSync': { since: 26, result: 'Buffer', offload: 'a ZipBuffer cannot leave its thread', native: promise('zipBuffer.toBuffer()') },
  'ZipEntry#contentSync': { since: 26, result: 'Buffer', offload: zipEntry, native: promise('zipEntry.content()') },
  'ZipEntry.createSync': { since: 26, result: 'ZipEntry', offload: zipEntry, native: promise('zlib.ZipEntry.create') },
});

const zipFile = group('zlib', { cost: 'long', since: 26, offload: zipHandle }, {
  'ZipFile#addEntrySync': { writes: true, result: 'ZipEntry', native: promise('zipFile.addEntry()') },
  'ZipFile#addSync': { writes: true, result: 'ZipEntry', native: promise('zipFile.add()') },
  'ZipFile#closeSync': { cost: 'short', writes: true, native: promise('zipFile.close()') },
  'ZipFile#compactSync': { result: 'Buffer', native: byHand('zipFile.compact()', 'it gives a stream') },
  'ZipFile#deleteSync': { writes: true, result: 'boolean', native: promise('zipFile.delete()') },
  'ZipFile#entriesSync': { result: 'Generator', native: byHand('zipFile.entries()', 'it yields promises') },
  'ZipFile#forEachSync': { functions: ['0'], native: byHand('zipFile.forEach()', 'it passes promises') },
  'ZipFile#getSync': { result: 'ZipEntry | undefined', native: promise('zipFile.get()') },
  'ZipFile#valuesSync': { result: 'Generator', native: byHand('zipFile.values()', 'it yields promises') },
  'ZipFile.openSync': { result: 'ZipFile', native: promise('zlib.ZipFile.open') },
});

const database = 'the connection belongs to this thread; run the whole unit of work in one function that opens its own';

/** Every call into the database file, and what prepares one. SQLite in Node has no asynchronous form. */
const sqlite = group('node:sqlite', { cost: 'long', since: 22, writes: true, offload: database, result: 'unknown' }, {
  DatabaseSync: { kind: 'constructor', result: 'DatabaseSync' },
  'DatabaseSync#applyChangeset': { result: 'boolean', functions: ['1.filter', '1.onConflict'] },
  'DatabaseSync#close': { result: 'undefined' },
  'DatabaseSync#deserialize': { since: 24, result: 'undefined' },
  'DatabaseSync#exec': { result: 'undefined' },
  'DatabaseSync#loadExtension': { result: 'undefined' },
  'DatabaseSync#open': { result: 'undefined' },
  'DatabaseSync#prepare': { writes: false, result: 'StatementSync' },
  'DatabaseSync#serialize': { writes: false, since: 24, result: 'Uint8Array' },
  'StatementSync#all': { result: 'object[]' },
  'StatementSync#get': { result: 'object | undefined' },
  'StatementSync#iterate': { result: 'Iterator' },
  'StatementSync#run': { result: '{ changes, lastInsertRowid }' },
  'SQLTagStore#all': { since: 24, result: 'object[]' },
  'SQLTagStore#get': { since: 24, result: 'object | undefined' },
  'SQLTagStore#iterate': { since: 24, result: 'Iterator' },
  'SQLTagStore#run': { since: 24, result: '{ changes, lastInsertRowid }' },
});

/** Settings and bookkeeping in memory. */
const quickSqlite = group('node:sqlite', { cost: 'short', reported: false, since: 22, offload: database }, {
  'DatabaseSync#aggregate': { functions: ['1.start', '1.step', '1.result', '1.inverse'] },
  'DatabaseSync#createSession': { result: 'Session' },
  'DatabaseSync#createTagStore': { since: 24, result: 'SQLTagStore' },
  'DatabaseSync#enableDefensive': { since: 24 },
  'DatabaseSync#enableLoadExtension': {},
  'DatabaseSync#function': { functions: ['1', '2'] },
  'DatabaseSync#location': { result: 'string | null' },
  'DatabaseSync#setAuthorizer': { since: 24, functions: ['0'] },
  'SQLTagStore#clear': { since: 24 },
  'Session#changeset': { result: 'Uint8Array' },
  'Session#close': {},
  'Session#patchset': { result: 'Uint8Array' },
  'StatementSync#close': { since: 26 },
  'StatementSync#columns': { result: 'object[]' },
  'StatementSync#resetStats': { since: 26 },
  'StatementSync#setAllowBareNamedParameters': {},
  'StatementSync#setAllowUnknownNamedParameters': {},
  'StatementSync#setReadBigInts': {},
  'StatementSync#setReturnArrays': {},
  'StatementSync#stat': { since: 26, result: 'object' },
});

const modules = group('module', { cost: 'long', reported: false, since: 22 }, {
  findPackageJSON: { cost: 'short', result: 'string | undefined' },
  flushCompileCache: { writes: true, offload: "it would write the worker's cache" },
  stripTypeScriptTypes: { cost: 'cpu', result: 'string' },
});

const contextBound = 'its code and its result belong to the context of this thread';
const workerGlobals = "its code would see the worker's globals";

/** The cost is that of the code they are given. */
const vm = group('vm', { cost: 'cpu', reported: false, writes: true, result: 'unknown', offload: contextBound }, {
  compileFunction: { writes: false, result: 'function', offload: 'it returns a function, which cannot leave the worker' },
  runInContext: {},
  runInNewContext: {},
  runInThisContext: { offload: workerGlobals },
  Script: { kind: 'constructor', writes: false, result: 'Script', offload: 'a Script cannot leave its thread' },
  'Script#runInContext': {},
  'Script#runInNewContext': {},
  'Script#runInThisContext': { offload: workerGlobals },
});

const v8 = group('v8', { cost: 'cpu' }, {
  deserialize: { reported: false, result: 'unknown' },
  getHeapSnapshot: { result: 'Readable', offload: "it would capture the worker's heap" },
  serialize: { reported: false, result: 'Buffer', note: 'Bytes made on a worker may differ, as an array that crossed is written as a sparse one; the value is the same.' },
  takeCoverage: { cost: 'long', reported: false, writes: true, offload: "it would write the worker's coverage" },
  writeHeapSnapshot: { cost: 'long', writes: true, result: 'string', offload: "it would write the worker's heap" },
});

const refused = 'Node refuses it in a worker';

/** State of the process itself. */
const processState = group('process', { cost: 'short', reported: false, writes: true }, {
  chdir: { offload: refused },
  dlopen: { cost: 'long', offload: 'it loads an addon into the thread that calls it' },
  execve: { cost: 'process', since: 22, platforms: posix, result: 'never', offload: refused },
  initgroups: { platforms: posix, offload: refused },
  loadEnvFile: { cost: 'long', offload: 'it sets process.env, of which a worker may have a copy' },
  'report.getReport': { cost: 'cpu', writes: false, result: 'object', offload: "it would report on the worker's stack and heap" },
  'report.writeReport': { cost: 'long', reported: true, result: 'string', offload: "it would report on the worker's stack and heap" },
  umask: { result: 'number', offload: `${refused} when it sets one` },
});

const wasiInstance = 'its WebAssembly instance belongs to this thread';

const rest = [
  ...group('inspector', { cost: 'wait' }, {
    open: { when: 'wait-is-true', reported: false, writes: true, result: 'Disposable', offload: "it would open the worker's inspector" },
    waitForDebugger: { offload: 'a debugger would attach to the worker' },
  }),
  ...group('tls', { cost: 'cpu', reported: false }, {
    createSecureContext: { result: 'SecureContext', offload: 'a SecureContext cannot leave its thread' },
    getCACertificates: { cost: 'long', since: 22, result: 'string[]', note: "'system' reads the operating system's store." },
  }),
  ...group('wasi', { cost: 'cpu', reported: false, writes: true }, {
    'WASI#initialize': { offload: wasiInstance },
    'WASI#start': { result: 'number', offload: wasiInstance },
  }),
  ...group('node:ffi', { cost: 'long', reported: false, since: 26 }, {
    DynamicLibrary: { kind: 'constructor', writes: true, result: 'DynamicLibrary', offload: openHandle('DynamicLibrary') },
  }),
];

/** The releases that these rows were compared with. An older one of the same line may lack what the line got later. */
export const probedReleases = ['20.20.2', '22.23.3', '24.21.0', '26.10.0'] as const;

/** Every synchronous blocking API of Node's built-in modules and of the global object: one row each, to be added here. */
export const nodeApis: readonly BlockingApi[] = [
  ...metadata, ...contents, ...processes, ...hashing, ...quickCrypto, ...compression, ...moreZlib, ...zipFile, ...sqlite, ...quickSqlite,
  ...modules, ...vm, ...v8, ...processState, ...rest, ...globals,
];

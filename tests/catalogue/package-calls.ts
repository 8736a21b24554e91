import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { calls } from './calls.js';
import type { Sandbox } from './sandbox.js';

type Call = (box: Sandbox) => readonly unknown[];
type Calls = readonly Call[];

const salt = '$2b$04$E6M4LStouP2C1.YOd5.Ate';
const text = 'a text that is long enough to be worth it '.repeat(20);
const bytes = new TextEncoder().encode(text);
const inside = (box: Sandbox): { cwd: string } => ({ cwd: box.folder });
const program = 'const one = 1;\nexport function two(three) { return one + three; }\n';

const patterns: Calls = [(box) => ['**/*.txt', inside(box)], (box) => [['tree/*', 'file'], inside(box)], (box) => ['absent', inside(box)]];
const copies: Calls = [(box) => [box.at('file'), box.at('new/file')], (box) => [box.at('absent'), box.at('new')]];
const removals: Calls = [(box) => [box.at('tree')], (box) => [[box.at('file'), box.at('absent')]]];
const folders: Calls = [(box) => [box.at('new/deep')], (box) => [box.at('tree')], (box) => [box.at('file')]];
const onPath: Calls = [(box) => [box.at('file')], (box) => [box.at('absent')]];
const upwards: Calls = [(box) => ['file', { cwd: box.at('tree/branch') }], (box) => ['absent.file', inside(box)]];

const write = (box: Sandbox, name: string, contents: string): string => {
  fs.writeFileSync(box.at(name), contents);
  return box.at(name);
};
const json = (box: Sandbox): string => write(box, 'some.json', '{"a":[1,{"b":null}]}');
const manifest = (box: Sandbox): { cwd: string } => {
  write(box, 'package.json', '{"name":"one","version":"1.0.0"}');
  return inside(box);
};
const tsconfig = (box: Sandbox): string => write(box, 'tsconfig.json', '{"compilerOptions":{"strict":true,"baseUrl":".","paths":{"a/*":["b/*"]}}}');
const readsJson: Calls = [(box) => [json(box)], (box) => [box.at('absent')], (box) => [box.at('file')]];
const writesJson: Calls = [(box) => [box.at('new.json'), { a: [1] }], (box) => [box.at('absent/new.json'), {}]];
const manifests: Calls = [(box) => [manifest(box)]];
const compressed = (format: 'gzip' | 'plain'): Calls => (format === 'plain' ? [() => [bytes], () => [bytes, { level: 9 }]] : [() => [new Uint8Array(gzipSync(bytes))], () => [bytes]]);
const scss = (box: Sandbox): string => write(box, 'style.scss', '$c: red;\na { b { color: $c } }\n');
const csv = 'a,b\n1,2\n3,"4,5"\n';
const workbook = { SheetNames: ['one'], Sheets: { one: { A1: { t: 'n', v: 1 }, '!ref': 'A1' } } };
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><!-- c --><g><path d="M 0 0 L 10 10"/></g></svg>';

/** What each API of a package is called with, by its name: every one that can run on a worker, or has a drop-in twin. */
export const packageCalls: Readonly<Record<string, Calls>> = {
  ...handedOn('fs-extra'),
  ...handedOn('graceful-fs'),
  ...fsExtra('fs-extra'),
  ...fsExtra('fs-extra/esm'),
  'jsonfile.readFileSync': readsJson,
  'jsonfile.writeFileSync': writesJson,

  'fs-jetpack.append': [(box) => [box.at('file'), 'more']],
  'fs-jetpack.copy': [(box) => [box.at('tree'), box.at('new')], (box) => [box.at('absent'), box.at('new')]],
  'fs-jetpack.dir': folders,
  'fs-jetpack.exists': onPath,
  'fs-jetpack.file': [(box) => [box.at('new'), { content: 'text' }]],
  'fs-jetpack.find': [(box) => [box.folder, { matching: '*.txt' }]],
  'fs-jetpack.inspect': onPath,
  'fs-jetpack.inspectTree': [(box) => [box.at('tree')]],
  'fs-jetpack.list': [(box) => [box.at('tree')], (box) => [box.at('absent')]],
  'fs-jetpack.move': copies.slice(0, 1),
  'fs-jetpack.read': [(box) => [box.at('file')], (box) => [box.at('file'), 'buffer'], (box) => [json(box), 'json'], (box) => [box.at('absent')]],
  'fs-jetpack.remove': onPath,
  'fs-jetpack.rename': [(box) => [box.at('file'), 'new']],
  'fs-jetpack.symlink': [(box) => ['file', box.at('new')]],
  'fs-jetpack.write': [(box) => [box.at('new/file'), 'text'], (box) => [box.at('new'), { a: 1 }]],

  'glob.globSync': patterns,
  'glob.sync': patterns.slice(0, 1),
  'globby.globbySync': patterns,
  'globby.sync': patterns,
  'globby.generateGlobTasksSync': [() => [['*.js', '!a.js']]],
  'globby.isGitIgnoredSync': [(box) => [inside(box)]],
  'globby.isIgnoredByIgnoreFilesSync': [(box) => ['**/.gitignore', inside(box)]],
  'fast-glob.globSync': patterns,
  'fast-glob.sync': patterns,
  'tinyglobby.globSync': patterns,
  'matched.sync': patterns,
  'globule.find': [(box) => ['**/*.txt', { srcBase: box.folder }]],
  'klaw-sync': [(box) => [box.at('tree')], (box) => [box.at('tree'), { nodir: true }]],
  'walk-sync': [(box) => [box.folder], (box) => [box.folder, { globs: ['**/*.txt'] }]],
  'del.deleteSync': [(box) => [['tree/**'], inside(box)]],
  'del.sync': [(box) => [['tree/**'], inside(box)]],
  'rimraf.rimrafSync': removals,
  'rimraf.manualSync': removals,
  'rimraf.nativeSync': removals,
  'rimraf.posixSync': removals,
  'rimraf.windowsSync': removals,
  'rimraf.moveRemoveSync': removals,
  'rimraf.sync': removals.slice(0, 1),
  'rimraf.rimraf.sync': removals,

  'find-up.findUpSync': upwards,
  'find-up.findUpMultipleSync': upwards,
  'find-up.findDownSync': [(box) => ['a.txt', { ...inside(box), depth: 3 }]],
  'find-up.sync': upwards,
  'locate-path.locatePathSync': [(box) => [['absent', 'file'], inside(box)], (box) => [['absent'], inside(box)]],
  'locate-path.sync': [(box) => [['absent', 'file'], inside(box)], (box) => [['absent'], inside(box)]],
  'path-exists.pathExistsSync': onPath,
  'path-exists.sync': onPath,
  'isbinaryfile.isBinaryFileSync': [...onPath, (box) => [box.at('tree')], (box) => [write(box, 'binary', 'a\0b')], () => [Buffer.from([0, 1, 2])]],
  'pkg-dir.packageDirectorySync': manifests,
  'pkg-dir.sync': [(box) => [manifest(box).cwd]],
  'pkg-up.pkgUpSync': manifests,
  'pkg-up.sync': manifests,
  'package-up.packageUpSync': manifests,
  'read-pkg.readPackageSync': [...manifests, (box) => [inside(box)]],
  'read-pkg.sync': manifests,
  'read-pkg-up.readPackageUpSync': manifests,
  'read-pkg-up.sync': manifests,
  'read-package-up.readPackageUpSync': manifests,
  'empathic/find.any': [(box) => [['absent', 'file'], inside(box)]],
  'empathic/find.dir': [(box) => ['tree', inside(box)]],
  'empathic/find.file': [(box) => ['file', inside(box)]],
  'empathic/find.up': upwards,
  'findup-sync': [(box) => ['fil*', inside(box)]],
  'which.sync': [() => ['node'], () => ['no-such-program'], () => ['no-such-program', { nothrow: true }], () => ['node', { all: true }]],
  'get-tsconfig.getTsconfig': [(box) => [path.dirname(tsconfig(box))]],
  'get-tsconfig.parseTsconfig': [(box) => [tsconfig(box)]],
  'tsconfig-paths.loadConfig': [(box) => [path.dirname(tsconfig(box))]],
  'oxc-resolver.sync': [(box) => [box.folder, `./${path.basename(write(box, 'one.js', ''))}`], (box) => [box.folder, './absent']],
  'enhanced-resolve.sync': [(box) => [box.folder, `./${path.basename(write(box, 'one.js', ''))}`], (box) => [box.folder, './absent']],

  ...Object.fromEntries(['mkdirpSync', 'mkdirpManualSync', 'mkdirpNativeSync', 'manualSync', 'nativeSync', 'sync'].map((name) => [`mkdirp.${name}`, folders])),
  'mkdirp.mkdirp.sync': folders,
  'make-dir.makeDirectorySync': folders,
  'make-dir.sync': folders,
  'copy-file.copyFileSync': copies,
  'cp-file.copyFileSync': copies,
  'cp-file.sync': copies,
  'move-file.moveFileSync': copies,
  'move-file.renameFileSync': [(box) => ['file', 'new', inside(box)]],
  'load-json-file.loadJsonFileSync': readsJson,
  'load-json-file.sync': readsJson,
  'write-json-file.writeJsonFileSync': writesJson.slice(0, 1),
  'write-json-file.sync': writesJson.slice(0, 1),
  'write-file-atomic.sync': [(box) => [box.at('new'), 'text'], (box) => [box.at('file'), Buffer.from('text'), { mode: 0o600 }], (box) => [box.at('absent/new'), 'text']],
  'tempy.temporaryWriteSync': [() => ['text', { name: 'one' }]],
  'tempy.writeSync': [() => ['text', { name: 'one' }]],
  'tmp.tmpNameSync': [() => [], () => [{ prefix: 'one' }]],
  'temp.mkdirSync': [() => ['one']],
  'temp.openSync': [() => ['one']],
  'temp.cleanupSync': [() => []],
  // It goes on to look after the lock, which is gone with the folder.
  'proper-lockfile.lockSync': [(box) => [box.at('file'), { onCompromised: () => undefined }]],
  'proper-lockfile.unlockSync': [(box) => [box.at('file')]],
  'proper-lockfile.checkSync': [(box) => [box.at('file')]],
  'lockfile.lockSync': [(box) => [box.at('a.lock')]],
  'lockfile.unlockSync': [(box) => [box.at('a.lock')]],
  'lockfile.checkSync': [(box) => [box.at('a.lock')]],
  'to-vfile.readSync': [(box) => [box.at('file')]],
  'to-vfile.writeSync': [(box) => [{ path: box.at('new'), value: 'text' }]],

  'cross-spawn.sync': [() => ['printf', ['out']], () => ['no-such-program'], () => ['cat', [], { input: 'in', encoding: 'utf8' }]],
  'execa.execaSync': [() => ['printf', ['out']], () => ['no-such-program'], () => ['sh', ['-c', 'echo oh >&2; exit 3']]],
  'execa.execaCommandSync': [() => ['printf out']],
  'execa.sync': [() => ['printf', ['out']], () => ['no-such-program'], () => ['sh', ['-c', 'echo oh >&2; exit 3']]],
  'execa.commandSync': [() => ['printf out']],
  'node-machine-id.machineIdSync': [() => []],
  'shell-env.shellEnvSync': [() => ['/bin/sh']],

  'bcrypt.hashSync': [() => ['secret', salt], () => ['secret', 'salt']],
  'bcrypt.compareSync': [() => ['secret', `${salt}mtehN0hnoDo.wS3oP3nBI3V2zSSZv0za`.slice(0, 60)], () => ['secret', '']],
  'bcrypt.genSaltSync': [() => [4]],
  'bcryptjs.hashSync': [() => ['secret', salt], () => ['secret', 'salt']],
  'bcryptjs.compareSync': [() => ['secret', `${salt}mtehN0hnoDo.wS3oP3nBI3V2zSSZv0za`.slice(0, 60)]],
  'bcryptjs.genSaltSync': [() => [4]],
  '@node-rs/bcrypt.hashSync': [() => ['secret', 4, Buffer.alloc(16)]],
  '@node-rs/bcrypt.verifySync': [() => ['secret', salt], () => ['secret', 'salt']],
  '@node-rs/bcrypt.compareSync': [() => ['secret', salt], () => ['secret', 'salt']],
  '@node-rs/bcrypt.genSaltSync': [() => [4]],
  '@node-rs/argon2.hashSync': [() => ['secret', { salt: Buffer.alloc(16), memoryCost: 1024, timeCost: 1 }]],
  '@node-rs/argon2.hashRawSync': [() => ['secret', { salt: Buffer.alloc(16), memoryCost: 1024, timeCost: 1 }]],
  '@node-rs/argon2.verifySync': [() => ['$argon2id$v=19$m=1024,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA', 'secret'], () => ['no hash', 'secret']],
  'jsonwebtoken.sign': [() => [{ a: 1, iat: 1 }, 'secret'], () => ['text', 'secret'], () => [{ a: 1 }, '']],
  'jsonwebtoken.verify': [() => ['eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhIjoxfQ.invalid', 'secret'], () => ['', 'secret']],
  ...Object.fromEntries(['deflate', 'deflateRaw', 'gzip'].map((name) => [`pako.${name}`, compressed('plain')])),
  ...Object.fromEntries(['inflate', 'inflateRaw', 'ungzip'].map((name) => [`pako.${name}`, compressed('gzip')])),
  ...Object.fromEntries(['gzipSync', 'deflateSync', 'zlibSync', 'compressSync'].map((name) => [`fflate.${name}`, [(): unknown[] => [bytes, { mtime: 0 }], (): unknown[] => [bytes, { level: 9, mtime: 0 }]]])),
  ...Object.fromEntries(['gunzipSync', 'decompressSync', 'inflateSync', 'unzlibSync'].map((name) => [`fflate.${name}`, [(): unknown[] => [new Uint8Array(gzipSync(bytes)), {}]]])),
  'fflate.zipSync': [() => [{ 'a.txt': bytes, folder: { 'b.txt': bytes } }, { mtime: new Date(2020, 1, 1) }]],
  'fflate.unzipSync': [() => [bytes, {}]],
  'snappy.compressSync': [() => [text], () => [Buffer.from(text)]],
  'snappy.uncompressSync': [() => [Buffer.from(text)]],
  ...Object.fromEntries(['create', 'c'].map((name) => [`tar.${name}`, [(box: Sandbox): unknown[] => [{ sync: true, file: box.at('a.tar'), cwd: box.folder, portable: true, noMtime: true }, ['tree']]]])),
  ...Object.fromEntries(['extract', 'x', 'list', 't', 'replace', 'r', 'update', 'u'].map((name) => [`tar.${name}`, [(box: Sandbox): unknown[] => [{ sync: true, file: box.at('absent.tar'), cwd: box.folder }, ['tree']]]])),

  '@babel/core.loadOptionsSync': [(box) => [{ filename: box.at('one.js'), configFile: false, babelrc: false }]],
  '@babel/core.loadPartialConfigSync': [(box) => [{ filename: box.at('one.js'), configFile: false, babelrc: false }]],
  '@babel/core.createConfigItemSync': [() => [{ parserOverride: 1 }]],
  'esbuild.buildSync': [(box) => [{ entryPoints: [write(box, 'one.js', program)], outfile: box.at('out.js'), logLevel: 'silent' }], (box) => [{ entryPoints: [box.at('absent')], outfile: box.at('out.js'), logLevel: 'silent' }]],
  'esbuild.transformSync': [() => [program], () => [program, { minify: true, sourcemap: 'inline' }], () => ['const =', { logLevel: 'silent' }]],
  'esbuild.formatMessagesSync': [() => [[{ text: 'one', location: null }], { kind: 'error' }]],
  'esbuild.analyzeMetafileSync': [() => [{ inputs: {}, outputs: {} }]],
  ...Object.fromEntries(['sass', 'sass-embedded'].flatMap((name) => [
    [`${name}.compile`, [(box: Sandbox): unknown[] => [scss(box)], (box: Sandbox): unknown[] => [box.at('absent.scss')]]],
    [`${name}.compileString`, [(): unknown[] => ['a { b { c: d } }'], (): unknown[] => ['a {']]],
    [`${name}.renderSync`, [(): unknown[] => [{ data: 'a { b { c: d } }' }]]],
  ])),
  '@swc/core.transformSync': [() => [program], () => [program, { minify: true }], () => ['const =']],
  '@swc/core.transformFileSync': [(box) => [write(box, 'one.js', program)], (box) => [box.at('absent')]],
  '@swc/core.minifySync': [() => [program], () => [program, { module: true }]],
  '@swc/core.parseSync': [() => ['const =']],
  '@swc/core.parseFileSync': [(box) => [box.at('absent')]],
  '@swc/core.printSync': [() => [{ type: 'Module', span: { start: 0, end: 0, ctxt: 0 }, body: [], interpreter: null }]],
  'oxc-transform.transformSync': [() => ['one.ts', 'const one: number = 1;'], () => ['one.ts', 'const =']],
  'oxc-transform.isolatedDeclarationSync': [() => ['one.ts', 'export const one: number = 1;']],
  'oxc-transform.moduleRunnerTransformSync': [() => ['one.js', program]],
  'oxc-parser.parseSync': [() => ['one.js', program]],
  'terser.minify_sync': [() => [program], () => [program, { module: true }], () => ['const =']],
  'uglify-js.minify': [() => ['var one = 1; console.log(one + 1);'], () => ['var =']],
  'svgo.optimize': [() => [svg], () => [svg, { multipass: true }]],
  'lightningcss.bundle': [(box) => [{ filename: write(box, 'one.css', 'a { b { color: red } }'), minify: true }], (box) => [{ filename: box.at('absent.css') }]],
  'lightningcss.transform': [() => [{ filename: 'one.css', code: Buffer.from('a { color: red }'), minify: true }]],
  'lightningcss.transformStyleAttribute': [() => [{ code: Buffer.from('color: red'), minify: true }]],
  'csv-parse/sync.parse': [() => [csv], () => [csv, { columns: true }], () => ['a,"']],
  'csv-stringify/sync.stringify': [() => [[[1, 2], ['a', 'b,c']]], () => [[{ a: 1 }], { header: true }]],
  'xlsx.read': [() => [csv, { type: 'string' }]],
  'xlsx.readFile': [(box) => [write(box, 'one.csv', csv)], (box) => [box.at('absent')]],
  'xlsx.readFileSync': [(box) => [write(box, 'one.csv', csv)]],
  'xlsx.write': [() => [workbook, { type: 'string', bookType: 'csv' }]],
  'xlsx.writeFile': [(box) => [workbook, box.at('one.csv')]],
  'xlsx.writeFileSync': [(box) => [workbook, box.at('one.csv')]],
};

/** What Node's functions are called with, for those that hand them on. */
function handedOn(name: string): Record<string, Calls> {
  return Object.fromEntries(Object.entries(calls).filter(([api]) => api.startsWith('fs.')).map(([api, given]) => [api.replace('fs.', `${name}.`), given]));
}

function fsExtra(name: string): Record<string, Calls> {
  const each = (names: readonly string[], given: Calls): [string, Calls][] => names.map((one) => [`${name}.${one}`, given]);
  return Object.fromEntries([
    ...each(['copySync'], [(box) => [box.at('tree'), box.at('new')], (box) => [box.at('file'), box.at('tree/a.txt'), { overwrite: false }], (box) => [box.at('absent'), box.at('new')]]),
    ...each(['emptyDirSync', 'emptydirSync'], [(box) => [box.at('tree')], (box) => [box.at('new')]]),
    ...each(['ensureDirSync', 'mkdirsSync', 'mkdirpSync'], folders),
    ...each(['ensureFileSync', 'createFileSync'], [(box) => [box.at('new/file')], (box) => [box.at('file')]]),
    ...each(['ensureLinkSync', 'createLinkSync'], [(box) => [box.at('file'), box.at('new/link')], (box) => [box.at('absent'), box.at('new')]]),
    ...each(['ensureSymlinkSync', 'createSymlinkSync'], [(box) => [box.at('file'), box.at('new/link')], (box) => [box.at('absent'), box.at('new')]]),
    ...each(['moveSync'], [(box) => [box.at('tree'), box.at('new')], (box) => [box.at('file'), box.at('tree/a.txt'), { overwrite: true }], (box) => [box.at('file'), box.at('tree/a.txt')]]),
    ...each(['outputFileSync'], [(box) => [box.at('new/file'), 'text']]),
    ...each(['outputJsonSync', 'outputJSONSync'], [(box) => [box.at('new/file'), { a: 1 }, { spaces: 2 }]]),
    ...each(['pathExistsSync'], onPath),
    ...each(['readJsonSync', 'readJSONSync'], [...readsJson, (box) => [box.at('file'), { throws: false }]]),
    ...each(['removeSync'], onPath),
    ...each(['writeJsonSync', 'writeJSONSync'], writesJson),
  ]);
}

import { byHand, packageGroup, promise, promisified, type Row } from '../row.js';
import type { BlockingApi } from '../types.js';

const here = 'it computes on this thread too';
const noExport = 'it is a property of an export, and a worker finds exports only';

/** Packages that hash, sign and compress. */
const bytes: readonly BlockingApi[] = [
  ...packageGroup('bcrypt', { cost: 'cpu' }, {
    hashSync: { result: 'string', native: promise('bcrypt.hash') },
    compareSync: { result: 'boolean', native: promise('bcrypt.compare') },
    genSaltSync: { reported: false, result: 'string', native: promise('bcrypt.genSalt') },
  }),
  ...packageGroup('bcryptjs', { cost: 'cpu' }, {
    hashSync: { result: 'string', native: promise('bcryptjs.hash', `${here}, in slices`) },
    compareSync: { result: 'boolean', native: promise('bcryptjs.compare', `${here}, in slices`) },
    genSaltSync: { reported: false, result: 'string', native: promise('bcryptjs.genSalt') },
  }),
  ...packageGroup('@node-rs/bcrypt', { cost: 'cpu' }, {
    hashSync: { result: 'string', native: promise('@node-rs/bcrypt.hash') },
    verifySync: { result: 'boolean', native: promise('@node-rs/bcrypt.verify') },
    compareSync: { result: 'boolean', native: promise('@node-rs/bcrypt.compare') },
    genSaltSync: { reported: false, result: 'string', native: promise('@node-rs/bcrypt.genSalt') },
  }),
  ...packageGroup('@node-rs/argon2', { cost: 'cpu' }, {
    hashSync: { result: 'string', native: promise('@node-rs/argon2.hash') },
    hashRawSync: { result: 'Buffer', native: promise('@node-rs/argon2.hashRaw') },
    verifySync: { result: 'boolean', native: promise('@node-rs/argon2.verify') },
  }),
  // Microseconds with a shared secret, milliseconds with an RSA key.
  ...packageGroup('jsonwebtoken', { cost: 'cpu', reported: false, when: 'no-callback', callbackFrom: 2 }, {
    sign: { result: 'string', functions: ['1'], native: promisified('jsonwebtoken.sign', here) },
    verify: { result: 'object | string', functions: ['1'], offload: 'its errors are told apart by their classes, which stay behind', native: promisified('jsonwebtoken.verify', here) },
  }),
  ...packageGroup('pako', { cost: 'cpu', result: 'Uint8Array | string' }, { deflate: {}, deflateRaw: {}, gzip: {}, inflate: {}, inflateRaw: {}, ungzip: {} }),
  ...packageGroup('fflate', { cost: 'cpu', result: 'Uint8Array' }, {
    gzipSync: { native: promisified('fflate.gzip') },
    gunzipSync: { native: promisified('fflate.gunzip') },
    deflateSync: { native: promisified('fflate.deflate') },
    inflateSync: { native: promisified('fflate.inflate') },
    zlibSync: { native: promisified('fflate.zlib') },
    unzlibSync: { native: promisified('fflate.unzlib') },
    zipSync: { native: promisified('fflate.zip') },
    unzipSync: { result: 'Record<string, Uint8Array>', functions: ['1.filter'], native: promisified('fflate.unzip') },
    compressSync: { native: promisified('fflate.compress') },
    decompressSync: { native: promisified('fflate.decompress') },
  }),
  ...packageGroup('snappy', { cost: 'cpu' }, {
    compressSync: { result: 'Buffer', native: promise('snappy.compress') },
    uncompressSync: { result: 'Buffer | string', native: promise('snappy.uncompress') },
  }),
  ...packageGroup('tar', { cost: 'long', writes: true, when: 'sync-is-true', functions: ['0.filter', '0.onentry', '0.onReadEntry', '0.onwarn', '0.onWriteEntry', '0.transform'] }, Object.fromEntries(
    [['create', 'c'], ['extract', 'x'], ['list', 't'], ['replace', 'r'], ['update', 'u']].flat().map((name): [string, Row] => [
      name,
      { ...(/^[ct]/.test(name) && { result: 'unknown' }), native: byHand(`tar.${name} without sync`, 'its options have to change') },
    ]),
  )),
  ...packageGroup('adm-zip', { cost: 'long', writes: true, offload: 'a zip is held in memory by the thread that opened it' }, {
    '': { kind: 'constructor', writes: false, result: 'AdmZip' },
    '#addLocalFile': { native: byHand('zip.addLocalFileAsync()', 'it takes a callback') },
    '#addLocalFolder': { native: promise('zip.addLocalFolderPromise()', 'its options differ') },
    '#extractAllTo': { native: promise('zip.extractAllToAsync()', 'it takes its arguments in another way') },
    '#extractEntryTo': { result: 'boolean' },
    '#readAsText': { writes: false, result: 'string', native: byHand('zip.readAsTextAsync()', 'it takes a callback') },
    '#readFile': { writes: false, result: 'Buffer | null', native: byHand('zip.readFileAsync()', 'it takes a callback') },
    '#toBuffer': { writes: false, result: 'Buffer', native: promise('zip.toBufferPromise()', here) },
    '#writeZip': { native: promise('zip.writeZipPromise()', 'it resolves to true') },
  }),
  ...packageGroup('pngjs', { cost: 'cpu', offload: noExport }, {
    'PNG.sync.read': { result: 'PNG', native: byHand('png.parse()', 'it is a stream') },
    'PNG.sync.write': { result: 'Buffer', native: byHand('png.pack()', 'it is a stream') },
  }),
];

/** Packages that parse, print and compile. */
const texts: readonly BlockingApi[] = [
  ...packageGroup('@babel/core', { cost: 'cpu', offload: 'its result holds the options, and with them the functions of plugins' }, {
    transformSync: { result: 'BabelFileResult | null', native: promise('@babel/core.transformAsync', here) },
    transformFileSync: { result: 'BabelFileResult | null', native: promise('@babel/core.transformFileAsync', `${here}, but for reading`) },
    transformFromAstSync: { result: 'BabelFileResult | null', native: promise('@babel/core.transformFromAstAsync', here) },
    parseSync: { result: 'File', offload: 'its nodes have methods, which stay behind', native: promise('@babel/core.parseAsync', here) },
    loadOptionsSync: { cost: 'long', result: 'object | null', native: promise('@babel/core.loadOptionsAsync') },
    loadPartialConfigSync: { cost: 'long', result: 'PartialConfig | null', native: promise('@babel/core.loadPartialConfigAsync') },
    createConfigItemSync: { cost: 'long', result: 'ConfigItem', native: promise('@babel/core.createConfigItemAsync') },
    transform: { when: 'no-callback', callbackFrom: 1, result: 'BabelFileResult | null', native: promise('@babel/core.transformAsync', here) },
  }),
  ...packageGroup('esbuild', { cost: 'process' }, {
    buildSync: { cost: 'process', writes: true, result: 'BuildResult', offload: 'its output files give their text by a getter, which stays behind', native: promise('esbuild.build') },
    transformSync: { result: '{ code, map, warnings }', native: promise('esbuild.transform') },
    formatMessagesSync: { result: 'string[]', native: promise('esbuild.formatMessages') },
    analyzeMetafileSync: { result: 'string', native: promise('esbuild.analyzeMetafile') },
  }),
  ...['sass', 'sass-embedded'].flatMap((name) =>
    packageGroup(name, { cost: 'cpu', result: '{ css, loadedUrls, sourceMap? }', functions: ['1.functions', '1.importers', '1.importer', '1.logger'] }, {
      compile: { native: promise(`${name}.compileAsync`, ...(name === 'sass' ? [here] : [])) },
      compileString: { native: promise(`${name}.compileStringAsync`, ...(name === 'sass' ? [here] : [])) },
      renderSync: { functions: ['0.functions', '0.importer'], result: '{ css, map?, stats }', native: promisified(`${name}.render`, ...(name === 'sass' ? [here] : [])) },
    }),
  ),
  ...packageGroup('@swc/core', { cost: 'cpu', result: '{ code, map? }', functions: ['1.plugin'] }, {
    transformSync: { native: promise('@swc/core.transform') },
    transformFileSync: { native: promise('@swc/core.transformFile') },
    minifySync: { functions: [], native: promise('@swc/core.minify') },
    parseSync: { functions: [], result: 'Module', native: promise('@swc/core.parse') },
    parseFileSync: { functions: [], result: 'Module', native: promise('@swc/core.parseFile') },
    printSync: { functions: [], native: promise('@swc/core.print') },
  }),
  ...packageGroup('oxc-transform', { cost: 'cpu', result: '{ code, map?, errors, … }' }, {
    transformSync: { native: promise('oxc-transform.transform') },
    isolatedDeclarationSync: { native: promise('oxc-transform.isolatedDeclaration') },
    moduleRunnerTransformSync: { native: promise('oxc-transform.moduleRunnerTransform') },
  }),
  ...packageGroup('oxc-parser', { cost: 'cpu' }, { parseSync: { result: 'ParseResult', offload: 'its result makes its parts when they are read', native: promise('oxc-parser.parse') } }),
  ...packageGroup('terser', { cost: 'cpu', functions: ['1.nameCache'] }, { minify_sync: { result: '{ code, map? }', native: promise('terser.minify', here) } }),
  ...packageGroup('uglify-js', { cost: 'cpu' }, { minify: { result: '{ code } | { error }' } }),
  ...packageGroup('svgo', { cost: 'cpu', functions: ['1.plugins'] }, { optimize: { result: '{ data }' } }),
  ...packageGroup('lightningcss', { cost: 'cpu', result: '{ code, map, warnings, … }', functions: ['0.visitor'] }, {
    bundle: { cost: 'long', native: promise('lightningcss.bundleAsync') },
    transform: {},
    transformStyleAttribute: {},
  }),
  ...packageGroup('csv-parse/sync', { cost: 'cpu' }, { parse: { result: 'unknown[]', functions: ['1', '1.cast', '1.columns', '1.on_record', '1.onRecord'], native: byHand('csv-parse.parse', 'it gives a stream, or takes a callback') } }),
  ...packageGroup('csv-stringify/sync', { cost: 'cpu' }, { stringify: { result: 'string', functions: ['1.cast'], native: byHand('csv-stringify.stringify', 'it gives a stream, or takes a callback') } }),
  // A short text takes microseconds, and most are short.
  ...packageGroup('marked', { cost: 'cpu', reported: false, result: 'string', functions: ['1.walkTokens', '1.hooks', '1.renderer', '1.tokenizer'], offload: 'it uses what marked.use() was given in its own thread' }, {
    marked: {},
    parse: {},
  }),
  ...packageGroup('xlsx', { cost: 'cpu' }, {
    read: { result: 'WorkBook' },
    readFile: { result: 'WorkBook' },
    readFileSync: { result: 'WorkBook' },
    write: { result: 'unknown' },
    writeFile: { writes: true },
    writeFileSync: { writes: true },
  }),
];

const database = 'the connection belongs to this thread; run the whole unit of work in one function that opens its own';

/** better-sqlite3 is synchronous throughout. */
const databases: readonly BlockingApi[] = packageGroup('better-sqlite3', { cost: 'long', writes: true, offload: database, result: 'unknown' }, {
  '': { kind: 'constructor', result: 'Database' },
  '#prepare': { writes: false, result: 'Statement' },
  '#exec': {},
  '#pragma': {},
  '#loadExtension': {},
  '#serialize': { writes: false, result: 'Buffer' },
  '#close': {},
  'Statement#run': { result: '{ changes, lastInsertRowid }' },
  'Statement#get': { result: 'object | undefined' },
  'Statement#all': { result: 'object[]' },
  'Statement#iterate': { result: 'Iterator' },
});

/** Packages that keep the processor busy, and a database that answers at once. */
export const computing: readonly BlockingApi[] = [...bytes, ...texts, ...databases];

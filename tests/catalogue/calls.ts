import crypto from 'node:crypto';
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import v8 from 'node:v8';
import zlib from 'node:zlib';
import type { Sandbox } from './sandbox.js';

/** Calls of an API: the arguments of each, made anew for a sandbox. */
type Calls = readonly ((sandbox: Sandbox) => readonly unknown[])[];

const onDescriptor = (...rest: unknown[]): Calls => [(box) => [box.open(), ...rest], () => [987_654, ...rest]];
const onPath = (...rest: unknown[]): Calls => [(box) => [box.at('file'), ...rest], (box) => [Buffer.from(box.at('file')), ...rest], (box) => [box.at('absent'), ...rest]];
const text = Buffer.from('the same text, again and again and again');
const long = Buffer.from(Array.from({ length: 5_000 }, (_, index) => String(index * index)).join());
const data = Buffer.from('data');
const options = { maxOutputLength: 5 };
const compresses: Calls = [() => [text], () => ['text'], () => [text, { level: 1 }], () => [text, undefined], () => [text, options], () => [long]];
const decompresses = (compressed: (data: Buffer) => Buffer): Calls => [() => [compressed(text)], () => [compressed(long)], () => [compressed(text), options], () => [text]];
const emptyModule = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const { Module } = (globalThis as unknown as { WebAssembly: { Module: new (bytes: Uint8Array) => object } }).WebAssembly;
const signingKeys = crypto.generateKeyPairSync('ed25519');
const agreementKeys = crypto.generateKeyPairSync('x25519');
const rsaKeys = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
const signature = crypto.sign(null, text, signingKeys.privateKey);

/** Calls for every API that a twin or a worker is said to replace: what works, options, and what fails. */
export const calls: Readonly<Record<string, Calls>> = {
  'fs.accessSync': [...onPath(), ...onPath(fs.constants.X_OK)],
  'fs.chmodSync': [...onPath(0o600), ...onPath('644')],
  'fs.chownSync': onPath(process.getuid?.() ?? 0, process.getgid?.() ?? 0),
  'fs.closeSync': onDescriptor(),
  'fs.fchmodSync': onDescriptor(0o600),
  'fs.fchownSync': onDescriptor(process.getuid?.() ?? 0, process.getgid?.() ?? 0),
  'fs.fstatSync': [...onDescriptor(), ...onDescriptor({ bigint: true })],
  'fs.ftruncateSync': [...onDescriptor(), ...onDescriptor(3), ...onDescriptor(undefined)],
  'fs.futimesSync': [...onDescriptor(1, 2), ...onDescriptor(new Date(5), '6')],
  'fs.lchmodSync': onPath(0o600),
  'fs.lchownSync': onPath(process.getuid?.() ?? 0, process.getgid?.() ?? 0),
  'fs.linkSync': [(box) => [box.at('file'), box.at('new')], (box) => [box.at('absent'), box.at('new')], (box) => [box.at('file'), box.at('link')]],
  'fs.lutimesSync': onPath(1, 2),
  'fs.mkdirSync': [(box) => [box.at('new')], (box) => [box.at('new/deep/er'), { recursive: true }], (box) => [box.at('tree/branch'), { recursive: true }], (box) => [box.at('new'), 0o700], (box) => [box.at('new/deep')], (box) => [box.at('tree')]],
  'fs.mkdtempSync': [(box) => [box.at('temp-')], (box) => [box.at('temp-'), 'buffer'], (box) => [box.at('absent/temp-')]],
  'fs.openAsBlobSync': [...onPath(), ...onPath({ type: 'text/plain' })],
  'fs.openSync': [...onPath(), ...onPath('r+'), ...onPath('wx', 0o600), ...onPath(undefined, undefined), (box) => [box.at('new'), 'w', 0o600]],
  'fs.opendirSync': [(box) => [box.at('tree')], (box) => [box.at('tree'), { bufferSize: 4 }], (box) => [box.at('absent')], (box) => [box.at('file')]],
  'fs.readlinkSync': [(box) => [box.at('link')], (box) => [box.at('link'), 'buffer'], (box) => [box.at('file')], (box) => [box.at('absent')]],
  'fs.realpathSync': [(box) => [box.at('link')], (box) => [box.at('tree/../link'), { encoding: 'buffer' }], (box) => [box.at('absent')]],
  'fs.realpathSync.native': [(box) => [box.at('link')], (box) => [box.at('tree/../link'), 'buffer'], (box) => [box.at('absent')]],
  'fs.renameSync': [(box) => [box.at('file'), box.at('new')], (box) => [box.at('absent'), box.at('new')], (box) => [box.at('file'), box.at('tree')]],
  'fs.rmdirSync': [(box) => [box.at('empty')], (box) => [box.at('tree')], (box) => [box.at('absent')], (box) => [box.at('empty'), { maxRetries: 2 }]],
  'fs.statfsSync': [(box) => [box.folder], (box) => [box.folder, { bigint: true }], (box) => [box.at('absent')]],
  'fs.symlinkSync': [(box) => ['file', box.at('new')], (box) => ['tree', box.at('new'), 'dir'], (box) => ['file', box.at('link')]],
  'fs.unlinkSync': [...onPath(), (box) => [box.at('link')], (box) => [box.at('tree')]],
  'fs.utimesSync': [...onPath(1, 2), ...onPath(new Date(5), '6')],
  'fs.copyFileSync': [(box) => [box.at('file'), box.at('new')], (box) => [box.at('file'), box.at('tree/a.txt'), fs.constants.COPYFILE_EXCL], (box) => [box.at('absent'), box.at('new')], (box) => [box.at('tree'), box.at('new')]],
  'fs.fdatasyncSync': onDescriptor(),
  'fs.fsyncSync': onDescriptor(),
  'fs.globSync': [
    (box) => ['**/*.txt', { cwd: box.folder }],
    (box) => [['**/*.md', 'file'], { cwd: box.folder }],
    (box) => ['tree/**', { cwd: box.folder, withFileTypes: true }],
    (box) => ['**', { cwd: box.folder, exclude: (name: string) => name === 'branch' }],
  ],
  'fs.rmSync': [...onPath(), (box) => [box.at('tree'), { recursive: true }], (box) => [box.at('tree')], (box) => [box.at('absent'), { force: true }], (box) => [box.at('link')]],

  'fs.appendFileSync': [...onPath('more'), (box) => [box.open(), 'more'], (box) => [box.at('new'), data, { mode: 0o600 }]],
  'fs.cpSync': [(box) => [box.at('tree'), box.at('new'), { recursive: true, filter: () => true }], (box) => [box.at('tree'), box.at('new'), { recursive: true }], (box) => [box.at('tree'), box.at('new')], (box) => [box.at('absent'), box.at('new')]],
  'fs.existsSync': [...onPath(), () => [7]],
  'fs.lstatSync': [...onPath(), ...onPath({ bigint: true }), ...onPath({ throwIfNoEntry: false }), (box) => [box.at('link')]],
  'fs.readFileSync': [...onPath(), ...onPath('utf8'), ...onPath({ encoding: 'base64' }), (box) => [box.open()], (box) => [pathToFileURL(box.at('file'))], (box) => [box.at('tree')]],
  'fs.readdirSync': [(box) => [box.at('tree')], (box) => [box.at('tree'), { recursive: true, withFileTypes: true }], (box) => [box.at('tree'), 'buffer'], (box) => [box.at('file')]],
  'fs.statSync': [...onPath(), ...onPath({ bigint: true }), ...onPath({ throwIfNoEntry: false }), (box) => [box.at('link')]],
  'fs.truncateSync': [...onPath(), ...onPath(2)],
  'fs.writeFileSync': [...onPath('new'), ...onPath(data, { flag: 'a' }), (box) => [box.open(), 'new'], (box) => [box.at('tree'), 'new']],
  'fs.writeSync': [...onDescriptor('ab'), ...onDescriptor(data, 1, 2), ...onDescriptor(new Uint8Array([65, 66]))],
  'fs.writevSync': onDescriptor([data, data], 1),

  'child_process.execFileSync': [() => ['printf', ['out']], () => ['printf', ['out'], 'utf8'], () => ['cat', { input: 'in' }], () => ['no-such-program'], () => ['sh', ['-c', 'echo oh >&2; exit 3'], { stdio: 'pipe' }]],
  'child_process.execSync': [() => ['printf out'], () => ['cat', { input: data, encoding: 'utf8' }], () => ['echo oh >&2; exit 3', { stdio: 'pipe' }], (box) => ['ls', { cwd: box.folder }]],
  'child_process.spawnSync': [() => ['printf', ['out']], () => ['no-such-program'], () => ['sh', ['-c', 'kill $$']], () => ['cat', { input: 'in', encoding: 'utf8' }]],

  'crypto.argon2Sync': [() => ['argon2id', { message: 'secret', nonce: Buffer.alloc(16), parallelism: 1, tagLength: 16, memory: 8, passes: 1 }], () => ['argon9', {}]],
  'crypto.checkPrimeSync': [() => [7n], () => [9n, { checks: 4 }], () => [7n, undefined], () => ['7']],
  'crypto.generateKeyPairSync': [() => ['ed25519'], () => ['rsa', { modulusLength: 512 }], () => ['ec', { namedCurve: 'P-256', publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }], () => ['x25519', undefined], () => ['nothing']],
  'crypto.generateKeySync': [() => ['hmac', { length: 64 }], () => ['aes', { length: 7 }]],
  'crypto.hkdfSync': [() => ['sha256', 'key', 'salt', 'info', 16], () => ['nothing', 'key', 'salt', 'info', 16]],
  'crypto.pbkdf2Sync': [() => ['secret', 'salt', 2, 16, 'sha256'], () => ['secret', 'salt', 2, 16, 'nothing']],
  'crypto.scryptSync': [() => ['secret', 'salt', 16], () => ['secret', 'salt', 16, { N: 1024 }], () => ['secret', 'salt', 16, undefined], () => ['secret', 'salt', 16, { N: 3 }]],
  'crypto.randomBytes': [() => [16], () => [-1]],
  'crypto.sign': [() => [null, text, signingKeys.privateKey], () => ['nothing', text, signingKeys.privateKey]],
  'crypto.verify': [() => [null, text, signingKeys.publicKey, signature], () => [null, Buffer.from('other'), signingKeys.publicKey, signature]],
  'crypto.encapsulate': [() => [crypto.generateKeyPairSync('x25519').publicKey], () => ['nothing']],
  'crypto.decapsulate': [() => ['nothing', Buffer.alloc(4)]],

  'crypto.diffieHellman': [() => [agreementKeys]],
  'crypto.generatePrimeSync': [() => [16], () => [16, { bigint: true, safe: true }], () => [-1]],
  'crypto.hash': [() => ['sha256', data], () => ['sha256', 'text', 'buffer'], () => ['nothing', data]],
  'crypto.privateDecrypt': [() => [rsaKeys.privateKey, crypto.publicEncrypt(rsaKeys.publicKey, data)], () => [rsaKeys.privateKey, data]],
  'crypto.privateEncrypt': [() => [rsaKeys.privateKey, data]],
  'crypto.publicDecrypt': [() => [rsaKeys.publicKey, crypto.privateEncrypt(rsaKeys.privateKey, data)], () => [rsaKeys.publicKey, data]],
  'crypto.publicEncrypt': [() => [rsaKeys.publicKey, data], () => ['nothing', data]],
  'crypto.randomInt': [() => [1], () => [1, 2], () => ['4']],

  'zlib.brotliCompressSync': [() => [text], () => ['text'], () => [text, { chunkSize: 64 }], () => [text, undefined], () => [text, options], () => [long]],
  'zlib.brotliDecompressSync': decompresses((data) => zlib.brotliCompressSync(data)),
  'zlib.deflateRawSync': compresses,
  'zlib.deflateSync': compresses,
  'zlib.gunzipSync': decompresses((data) => zlib.gzipSync(data)),
  'zlib.gzipSync': compresses,
  'zlib.inflateRawSync': decompresses((data) => zlib.deflateRawSync(data)),
  'zlib.inflateSync': decompresses((data) => zlib.deflateSync(data)),
  'zlib.unzipSync': decompresses((data) => zlib.gzipSync(data)),
  'zlib.zstdDecompressSync': decompresses((data) => (zlib as unknown as { zstdCompressSync(data: Buffer): Buffer }).zstdCompressSync(data)),
  'zlib.crc32': [() => [data], () => ['text', 7]],
  'zlib.zstdCompressSync': [() => [text], () => ['text'], () => [text, options], () => [long]],
  'zlib.ZipEntry.createSync': [() => ['name.txt', text], () => ['name.txt', text, { comment: 'a' }]],
  'zlib.ZipFile.openSync': [(box) => [writeArchive(box)], (box) => [box.at('absent')], (box) => [box.at('file')]],

  'module.findPackageJSON': [() => ['..', import.meta.url], () => [import.meta.url]],
  'module.stripTypeScriptTypes': [() => ['const one: number = 1'], () => ['const one: = 1']],
  'tls.getCACertificates': [() => ['bundled'], () => ['nothing']],
  'v8.deserialize': [() => [v8.serialize({ a: [1, data] })], () => [data]],
  'v8.serialize': [() => [{ a: [1, 'b'] }], () => [data]],

  'Atomics.wait': [() => [new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1], () => [new Int32Array(new SharedArrayBuffer(4)), 0, 1], () => [new Int32Array(1), 0, 0, 1]],
  'JSON.parse': [() => ['{"a":[1,null]}'], () => ['{']],
  'JSON.stringify': [() => [{ a: [1, undefined] }], () => [undefined], () => [[1], null, 2]],
  'WebAssembly.validate': [() => [emptyModule], () => [data], () => ['text']],
  'new WebAssembly.Module': [() => [emptyModule], () => [text]],
  'new WebAssembly.Instance': [() => [new Module(emptyModule), {}], () => [new Module(emptyModule)]],
};

function writeArchive(sandbox: Sandbox): string {
  const { createZipArchiveSync, ZipEntry } = zlib as unknown as { createZipArchiveSync: (entries: object[]) => Iterable<Buffer>; ZipEntry: { createSync(name: string, data: Buffer): object } };
  const path = sandbox.at('archive.zip');
  fs.writeFileSync(path, Buffer.concat([...createZipArchiveSync([ZipEntry.createSync('name.txt', text)])]));
  return path;
}

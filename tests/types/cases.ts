/** What every case may use. It stands in front of the generated program, and is never run. */
export const PREAMBLE = `
import { WorkerDiedError } from '../../src/runtime/errors.js';
import type { Executor, TimeHistogram } from '../../src/runtime/executors/executor.js';
import { ProcessPoolExecutor } from '../../src/runtime/executors/process-pool.js';
import { ThreadPoolExecutor } from '../../src/runtime/executors/thread-pool.js';
import type { Offload, RunInExecutor } from '../../src/runtime/types.js';
import childProcess, { execFileSync, execSync, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import dns from 'node:dns';
import fs, { readFileSync, type PathLike } from 'node:fs';
import os from 'node:os';
import v8 from 'node:v8';
import zlib from 'node:zlib';

declare const offload: Offload;
declare const runInExecutor: RunInExecutor;
declare const executor: Executor;
declare const path: string;
declare const url: URL;
declare const pathLike: PathLike;
declare const fd: number;
declare const data: string | Buffer;
declare const bytes: Uint8Array;
declare const encoding: BufferEncoding;
declare const maybeEncoding: BufferEncoding | undefined;
declare const encodingOptions: { encoding?: BufferEncoding };
declare const flagOptions: { flag: string };
declare const pathAndEncoding: [string, BufferEncoding];
declare const pathAndMaybeEncoding: [path: string, encoding?: BufferEncoding];
declare const recursive: boolean;
declare const command: string;
declare const args: readonly string[];
declare const execOptions: childProcess.ExecSyncOptions;
declare const spawnOptions: childProcess.SpawnSyncOptions;
declare const statOptions: fs.StatSyncOptions;
const removal = { recursive: true, force: true };
const latin1 = { encoding: 'latin1' } as const;

interface User { name: string; tags: string[] }
declare const user: User;
declare function parse(text: string): User;
declare function load(file: string): Promise<User>;
declare function sum(...numbers: number[]): number;
declare function pad(text: string, width?: number): string;
declare function plain(this: void, text: string): boolean;
declare function identity<T>(value: T): T;
declare function pluck<T, K extends keyof T>(value: T, key: K): T[K];
declare function never(): never;
declare function nothing(): void;
declare function thenable(): PromiseLike<number>;
declare function twice(value: string): string;
declare function twice(value: number): number;
declare function loadOrParse(source: string): Promise<User>;
declare function loadOrParse(source: Buffer): User;
`;

/**
 * Direct calls that compile. Each must compile through `offload` with the same type once awaited, since the fix turns
 * the one into the other.
 */
export const CALLS = [
  'fs.readFileSync(path)',
  "fs.readFileSync(path, 'utf8')",
  "readFileSync(path, 'utf-8')",
  'fs.readFileSync(path, null)',
  'fs.readFileSync(path, undefined)',
  'fs.readFileSync(path, encoding)',
  'fs.readFileSync(path, maybeEncoding)',
  'fs.readFileSync(path, encodingOptions)',
  'fs.readFileSync(path, flagOptions)',
  'fs.readFileSync(path, latin1)',
  'fs.readFileSync(path, {})',
  "fs.readFileSync(path, { flag: 'r' })",
  "fs.readFileSync(path, { encoding: 'utf8', flag: 'r' })",
  'fs.readFileSync(path, { encoding: null })',
  "fs.readFileSync(path, { encoding: maybeEncoding ?? 'utf8' })",
  'fs.readFileSync(url)',
  'fs.readFileSync(pathLike, encoding)',
  'fs.readFileSync(fd)',
  'fs.readFileSync(...pathAndEncoding)',
  'fs.readFileSync(...pathAndMaybeEncoding)',
  'fs.readFileSync(...([path] as const))',
  'fs.writeFileSync(path, data)',
  "fs.writeFileSync(path, data, 'utf8')",
  'fs.writeFileSync(path, bytes, { mode: 0o600, flush: true })',
  "fs.writeFileSync(path, JSON.stringify(user), { encoding: 'utf8' })",
  "fs.appendFileSync(path, data, 'utf8')",
  'fs.existsSync(path)',
  'fs.statSync(path)',
  'fs.statSync(path, {})',
  'fs.statSync(path, { bigint: true })',
  'fs.statSync(path, { bigint: false })',
  'fs.statSync(path, { throwIfNoEntry: false })',
  'fs.statSync(path, { bigint: true, throwIfNoEntry: false })',
  'fs.statSync(path, { bigint: recursive })',
  'fs.statSync(path, statOptions)',
  'fs.lstatSync(path)',
  'fs.lstatSync(path, { throwIfNoEntry: false })',
  'fs.fstatSync(fd)',
  'fs.statfsSync(path)',
  'fs.statfsSync(path, { bigint: true })',
  'fs.readdirSync(path)',
  "fs.readdirSync(path, 'utf8')",
  "fs.readdirSync(path, 'buffer')",
  "fs.readdirSync(path, { encoding: 'buffer' })",
  'fs.readdirSync(path, { recursive })',
  'fs.readdirSync(path, { withFileTypes: true })',
  'fs.readdirSync(path, { withFileTypes: true, recursive: true })',
  'fs.readdirSync(path, encodingOptions)',
  'fs.mkdirSync(path)',
  'fs.mkdirSync(path, 0o755)',
  'fs.mkdirSync(path, { recursive: true })',
  'fs.mkdirSync(path, { recursive })',
  'fs.mkdtempSync(path)',
  "fs.mkdtempSync(path, { encoding: 'buffer' })",
  'fs.readlinkSync(path)',
  "fs.readlinkSync(path, 'buffer')",
  'fs.realpathSync(path)',
  'fs.realpathSync(path, encoding)',
  'fs.realpathSync.native(path)',
  'fs.rmSync(path, { recursive: true, force: true })',
  'fs.rmSync(path, removal)',
  'fs.cpSync(path, path, { recursive: true })',
  'fs.cpSync(url, path, removal)',
  'fs.copyFileSync(path, path, fs.constants.COPYFILE_EXCL)',
  'fs.renameSync(path, path)',
  'fs.unlinkSync(path)',
  'fs.rmdirSync(path)',
  'fs.accessSync(path, fs.constants.R_OK)',
  "fs.openSync(path, 'r')",
  "fs.openSync(path, 'w', 0o600)",
  'fs.closeSync(fd)',
  'fs.utimesSync(path, new Date(), 0)',
  'fs.writeSync(fd, bytes)',
  "fs.writeSync(fd, 'text', null, 'utf8')",
  'fs.truncateSync(path, 3)',
  "execSync('ls')",
  'execSync(command)',
  "execSync(command, { encoding: 'utf8' })",
  "execSync(command, { encoding: 'buffer' })",
  "execSync(command, { cwd: path, stdio: 'inherit' })",
  "execSync(command, { cwd: path, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, A: '1' } })",
  'execSync(command, execOptions)',
  'execSync(command, encodingOptions)',
  "execFileSync('ls')",
  "execFileSync('ls', ['-l'])",
  "execFileSync('ls', args)",
  "execFileSync('ls', { encoding: 'utf8' })",
  "execFileSync('ls', ['-l'], { encoding: 'utf8', maxBuffer: 1e6 })",
  "execFileSync('ls', args, { stdio: 'pipe' })",
  "spawnSync('ls')",
  "spawnSync('ls', ['-l'])",
  "spawnSync('ls', ['-l'], { encoding: 'utf8' })",
  "spawnSync('ls', ['-l'], { stdio: 'inherit', shell: true })",
  "spawnSync('ls', { encoding: 'utf8' })",
  "spawnSync('ls', args, spawnOptions)",
  'zlib.gzipSync(data)',
  'zlib.gzipSync(bytes, { level: 9 })',
  'zlib.gunzipSync(bytes)',
  'zlib.brotliCompressSync(data, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } })',
  'zlib.deflateSync(data)',
  'zlib.inflateSync(bytes)',
  "crypto.pbkdf2Sync('secret', 'salt', 100_000, 64, 'sha512')",
  "crypto.scryptSync('secret', bytes, 64, { N: 1024 })",
  "crypto.hkdfSync('sha512', 'key', 'salt', 'info', 64)",
  "crypto.randomBytes(16)",
  "crypto.generateKeyPairSync('ed25519')",
  "crypto.generateKeyPairSync('rsa', { modulusLength: 2048 })",
  "crypto.generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } })",
  "crypto.generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } })",
  "crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' })",
  "crypto.generateKeyPairSync('x25519', { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'der' } })",
  "crypto.generateKeySync('hmac', { length: 64 })",
  "crypto.generatePrimeSync(64)",
  "crypto.generatePrimeSync(64, { bigint: true })",
  "crypto.sign('sha256', bytes, 'key')",
  "crypto.createHash('sha256')",
  'os.hostname()',
  'v8.serialize(user)',
  'v8.deserialize(bytes)',
  'v8.writeHeapSnapshot()',
  'dns.getServers()',
  "JSON.parse('{}')",
  'JSON.stringify(user)',
  'JSON.stringify(user, null, 2)',
  "JSON.stringify(user, ['name'])",
  'structuredClone(user)',
  "parse('a')",
  "load('a')",
  'sum()',
  'sum(1, 2, 3)',
  'sum(...[1, 2])',
  "pad('a')",
  "pad('a', 3)",
  "pad('a', undefined)",
  "plain('a')",
  'identity(3 as number)',
  'identity(user)',
  "identity<string | number>('a')",
  'never()',
  'nothing()',
  'thenable()',
  "twice('a')",
  'twice(1)',
  "loadOrParse('a')",
  'loadOrParse(Buffer.alloc(1))',
  'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)',
  'Math.max(1, 2)',
] as const;

/** Direct calls that do not compile, and must not compile through `offload` either. */
export const MISTAKES = [
  'fs.readFileSync()',
  "fs.readFileSync(path, 'no-such-encoding')",
  "fs.readFileSync(path, { encoding: 'no-such-encoding' })",
  "fs.readFileSync(path, { encodng: 'utf8' })",
  "fs.readFileSync(path, 'utf8', true)",
  'fs.readFileSync({})',
  'fs.existsSync(path, 1)',
  'fs.writeFileSync(path)',
  "fs.statSync(path, { bigint: 'yes' })",
  'execSync()',
  "execSync('ls', { stdio: 'nowhere' })",
  "execFileSync('ls', [1])",
  "crypto.generateKeyPairSync('rsa')",
  "crypto.generateKeyPairSync('nonsense')",
  'parse()',
  'parse(1)',
  "parse('a', 'b')",
  'pad()',
  "pad('a', 'b')",
  "sum(1, 'a')",
  'twice(true)',
  'nothing(1)',
] as const;

/** Calls that only `offload` makes, and the type of what they resolve to. */
export const RESULTS = [
  ['offload((x) => x * 2, 3)', 'number'],
  ['offload((x, y) => `${x}${y.length}`, 1, user.tags)', 'string'],
  ['offload(({ name }) => name, user)', 'string'],
  ['offload(() => 1)', 'number'],
  ['offload(() => {})', 'void'],
  ['offload(async () => user)', 'User'],
  ['offload(async (file) => (await load(file)).tags, path)', 'string[]'],
  ['offload(async () => Promise.resolve(1))', 'number'],
  ['offload((x?: number) => x)', 'number | undefined'],
  ['offload((x?: number) => x, 1)', 'number | undefined'],
  ['offload((x: number, y: number = 2) => x + y, 1)', 'number'],
  ['offload((...xs: string[]) => xs, path, path)', 'string[]'],
  ['offload(function (text: string) { return text.length; }, path)', 'number'],
  ["offload(<T,>(x: T) => [x], 'a')", 'string[]'],
  ['offload((): never => { throw new Error(); })', 'never'],
  ['offload((x: string | undefined) => x ?? 1, maybeEncoding)', 'string | 1'],
  ['offload((users: User[]) => new Map(users.map((one) => [one.name, one])), [user])', 'Map<string, User>'],
  ["offload.with({ timeout: 100 })(fs.readFileSync, path, 'utf8')", 'string'],
  ['offload.with({ signal: AbortSignal.timeout(1) }).with({ transfer: [] })(fs.statSync, path)', 'fs.Stats'],
  ["runInExecutor(null, fs.readFileSync, path, 'utf8')", 'string'],
  ['runInExecutor(executor, fs.existsSync, path)', 'boolean'],
  ["executor.submit(execSync, 'ls', { encoding: 'utf8' })", 'string'],
  ['runInExecutor(null, (x) => x + 1, 1)', 'number'],
  ['new ProcessPoolExecutor({ maxWorkers: 2, processOptions: { env: process.env, execArgv: [] } }).submit(fs.statSync, path)', 'fs.Stats'],
  ['new ProcessPoolExecutor().map(load, [path]).next()', 'IteratorResult<User, void>'],
  ['executor.map(parse, [path], { chunkSize: 10, concurrency: 2 }).next()', 'IteratorResult<User, void>'],
  ['executor.drained()', 'void'],
  ['Promise.resolve(executor.stats.waitTime)', 'TimeHistogram'],
  ['Promise.resolve(executor.stats.runTime.p99_9)', 'number'],
  ["Promise.resolve(new WorkerDiedError('', null).exitCode)", 'number | null'],
  ["Promise.resolve(new WorkerDiedError('', null).signal)", 'NodeJS.Signals | undefined'],
  // Looser than a direct call, which gives `string[]`: a key is not inferred through a generic function, its type
  // arguments have to be said.
  ["offload(pluck, user, 'tags')", 'string | string[]'],
  ["offload(pluck<User, 'tags'>, user, 'tags')", 'string[]'],
] as const;

/** What must not compile, besides mistakes that are mistakes in a direct call. */
export const WRONG_USES = [
  'offload()',
  "offload('fs.readFileSync', path)",
  'offload(fs.readFileSync(path))',
  'offload((x) => x * 2)',
  'offload((x: number) => x)',
  "offload((x: number) => x, 'a')",
  "offload(pluck, user, 'nobody')",
  'offload((x: number) => x, 1, 2)',
  'offload(async (x: number) => x)',
  'offload.with({ timout: 1 })',
  "offload.with({ timeout: '1s' })(fs.existsSync, path)",
  'runInExecutor(fs.existsSync, path)',
  "(await offload(fs.readFileSync, path)) satisfies string",
  'offload(fs.readFileSync, path).trim()',
  'new ProcessPoolExecutor({ resourceLimits: {} })',
  'new ProcessPoolExecutor({ processOptions: { shell: true } })',
  "new ProcessPoolExecutor({ processOptions: { execArgv: '--no-warnings' } })",
  'new ThreadPoolExecutor({ processOptions: {} })',
  "executor.map(parse, [path], { chunkSize: '10' })",
  'executor.map(parse, [1], { chunkSize: 10 })',
  'executor.stats.waitTime.count = 1',
  'executor.drained(1)',
] as const;

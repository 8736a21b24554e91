import childProcess from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { apiName } from '../../src/catalogue/lookup.js';
import { nodeApis } from '../../src/catalogue/node.js';
import { Sandbox } from './sandbox.js';

type AnyFunction = (...given: unknown[]) => unknown;

/** Shows one difference between an API and its twin. */
type Demonstration = (box: Sandbox) => Promise<void>;

const major = Number.parseInt(process.versions.node, 10);
const before = (release: number): boolean => major < release;
const noEntry = { throwIfNoEntry: false };
const untyped = crypto as unknown as Record<string, AnyFunction>;
const promised = (found: AnyFunction): AnyFunction => promisify(found);

const refusesDescriptor = (twin: (path: string, data: string) => Promise<unknown>): Demonstration => async (box) => {
  await expect((twin as AnyFunction)(box.open(), 'x')).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
};

const outputOnly = (blocking: () => Buffer, twin: () => Promise<{ stdout: string; stderr: string }>): Demonstration => async () => {
  expect(blocking()).toEqual(Buffer.from('out'));
  await expect(twin()).resolves.toEqual({ stdout: 'out', stderr: '' });
};

/** One for each row whose twin would give a promise if it were a drop-in. */
const demonstrations: Readonly<Record<string, Demonstration>> = {
  'fs.existsSync': async (box) => {
    expect(Object.keys(fs.promises)).not.toContain('exists');
    expect(fs.existsSync(box.at('absent'))).toBe(false);
    await expect(fs.promises.access(box.at('absent'))).rejects.toMatchObject({ code: 'ENOENT' });
  },
  'fs.statSync': async (box) => {
    expect(fs.statSync(box.at('absent'), noEntry)).toBeUndefined();
    const twin = (fs.promises.stat as (path: string, options: object) => Promise<unknown>)(box.at('absent'), noEntry);
    if (before(24)) await expect(twin).rejects.toMatchObject({ code: 'ENOENT' });
    else await expect(twin).resolves.toBeUndefined();
  },
  'fs.lstatSync': async (box) => {
    expect(fs.lstatSync(box.at('absent'), noEntry)).toBeUndefined();
    await expect((fs.promises.lstat as (path: string, options: object) => Promise<unknown>)(box.at('absent'), noEntry)).rejects.toMatchObject({ code: 'ENOENT' });
  },
  'fs.mkdtempDisposableSync': async (box) => {
    const { mkdtempDisposableSync } = fs as unknown as { mkdtempDisposableSync: (prefix: string) => { remove(): unknown } };
    const { mkdtempDisposable } = fs.promises as unknown as { mkdtempDisposable: (prefix: string) => Promise<{ remove(): unknown }> };
    expect(mkdtempDisposableSync(box.at('temp-')).remove()).toBeUndefined();
    expect((await mkdtempDisposable(box.at('temp-'))).remove()).toBeInstanceOf(Promise);
  },
  'fs.truncateSync': async (box) => {
    await refusesDescriptor((path) => fs.promises.truncate(path, 1))(box);
    const blocking = (): unknown => (fs.truncateSync as (path: unknown, length: number) => unknown)(box.open(), 1);
    if (before(24)) expect(blocking()).toBeUndefined();
    else expect(blocking).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  },
  'fs.appendFileSync': refusesDescriptor(fs.promises.appendFile),
  'fs.writeFileSync': refusesDescriptor(fs.promises.writeFile),
  'fs.readFileSync': refusesDescriptor((path) => fs.promises.readFile(path)),
  'fs.cpSync': async (box) => {
    const error = await fs.promises.cp(box.at('tree'), box.at('new')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'SystemError', code: 'ERR_FS_EISDIR', syscall: 'cp' });
    const blocking = (): void => {
      fs.cpSync(box.at('tree'), box.at('new'));
    };
    expect(blocking).toThrow(expect.objectContaining({ name: before(22) ? 'SystemError' : 'Error', code: 'ERR_FS_EISDIR' }));
  },
  'fs.readSync': async (box) => {
    expect(fs.readSync(box.open(), Buffer.alloc(2), 0, 2, 0)).toBe(2);
    await expect(promisify(fs.read)(box.open(), Buffer.alloc(2), 0, 2, 0)).resolves.toEqual({ bytesRead: 2, buffer: Buffer.from('he') });
  },
  'fs.readvSync': async (box) => {
    expect(fs.readvSync(box.open(), [Buffer.alloc(2)])).toBe(2);
    await expect(promisify(fs.readv)(box.open(), [Buffer.alloc(2)])).resolves.toEqual({ bytesRead: 2, buffers: [Buffer.from('he')] });
  },
  'fs.writeSync': async (box) => {
    expect(fs.writeSync(box.open(), 'ab')).toBe(2);
    await expect(promisify(fs.write)(box.open(), 'ab')).resolves.toEqual({ bytesWritten: 2, buffer: 'ab' });
  },
  'fs.writevSync': async (box) => {
    expect(fs.writevSync(box.open(), [Buffer.from('ab')])).toBe(2);
    await expect((promisify(fs.writev) as (descriptor: number, buffers: Buffer[]) => Promise<unknown>)(box.open(), [Buffer.from('ab')])).resolves.toEqual({ bytesWritten: 2, buffer: [Buffer.from('ab')] });
  },
  'fs.readdirSync': async (box) => {
    for (const name of ['other', 'other/one', 'other/one/two']) fs.mkdirSync(box.at(name));
    const blocking = fs.readdirSync(box.folder, { recursive: true });
    const twin = await fs.promises.readdir(box.folder, { recursive: true });
    expect([...twin].sort()).toEqual([...blocking].sort());
    if (before(26)) expect(twin).not.toEqual(blocking);
    else expect(twin).toEqual(blocking);
  },
  'child_process.execSync': outputOnly(() => childProcess.execSync('printf out'), () => promisify(childProcess.exec)('printf out')),
  'child_process.execFileSync': outputOnly(() => childProcess.execFileSync('printf', ['out']), () => promisify(childProcess.execFile)('printf', ['out'])),
  'crypto.diffieHellman': async () => {
    const { privateKey, publicKey } = crypto.generateKeyPairSync('x25519');
    const called = new Promise<string>((resolve) => {
      untyped['diffieHellman']!({ privateKey, publicKey }, () => {
        resolve('called');
      });
    });
    expect(await Promise.race([called, delay(200, 'never called')])).toBe(before(24) ? 'never called' : 'called');
  },
  'crypto.generatePrimeSync': async () => {
    expect(crypto.generatePrimeSync(16, undefined as never)).toBeInstanceOf(ArrayBuffer);
    await expect(promised(untyped['generatePrime']!)(16, undefined)).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
  },
  'crypto.randomFillSync': async () => {
    expect(crypto.randomFillSync(Buffer.alloc(2), undefined)).toHaveLength(2);
    await expect(promised(untyped['randomFill']!)(Buffer.alloc(2), undefined)).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
  },
  'crypto.randomInt': async () => {
    expect(crypto.randomInt(4, undefined as never)).toBeTypeOf('number');
    expect(await Promise.race([promised(untyped['randomInt']!)(4, undefined), delay(100, 'never settles')])).toBe('never settles');
  },
  'zlib.zstdCompressSync': async () => {
    const { zstdCompressSync, zstdCompress, zstdDecompressSync } = zlib as unknown as Record<string, AnyFunction>;
    const [blocking, twin] = [zstdCompressSync!('text'), await promised(zstdCompress!)('text')];
    expect(twin).not.toEqual(blocking);
    expect(zstdDecompressSync!(twin)).toEqual(zstdDecompressSync!(blocking));
  },
};

const different = nodeApis.filter(({ native }) => native && !native.dropIn && native.name !== 'import()' && (native.form === 'promise' || native.form === 'promisified'));

describe('twins that are not drop-ins', () => {
  it('all have a demonstration', () => {
    expect(Object.keys(demonstrations).sort()).toEqual(different.map(apiName).sort());
  });

  it.each(different.filter(({ since }) => since !== null && since <= major).map((api) => [apiName(api), `${api.native!.name}: ${api.native!.differs}`]))('%s and %s', async (name) => {
    using box = new Sandbox();
    await demonstrations[name]!(box);
  });
});

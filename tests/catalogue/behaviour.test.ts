import crypto from 'node:crypto';
import fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { apiName, findBlockingApi } from '../../src/catalogue/lookup.js';
import { nodeApis } from '../../src/catalogue/node.js';
import { Sandbox } from './sandbox.js';

const major = Number.parseInt(process.versions.node, 10);
const keys = crypto.generateKeyPairSync('ed25519');
const data = Buffer.from('data');

describe('APIs that block only without a callback', () => {
  const { privateKey, publicKey } = crypto.generateKeyPairSync('x25519');
  const given: Readonly<Record<string, () => unknown[]>> = {
    'crypto.decapsulate': () => {
      const { ciphertext } = (crypto as unknown as { encapsulate(key: unknown): { ciphertext: Buffer } }).encapsulate(publicKey);
      return [privateKey, ciphertext];
    },
    'crypto.diffieHellman': () => [{ privateKey, publicKey }],
    'crypto.encapsulate': () => [publicKey],
    'crypto.randomBytes': () => [4],
    'crypto.randomInt': () => [4],
    'crypto.sign': () => [null, data, keys.privateKey],
    'crypto.verify': () => [null, data, keys.publicKey, crypto.sign(null, data, keys.privateKey)],
  };
  const apis = nodeApis.filter(({ when }) => when === 'no-callback');

  it('are all called here', () => {
    expect(Object.keys(given)).toEqual(apis.map(apiName));
  });

  // The release from which a callback is heeded, where that is later than the API.
  const heeded: Readonly<Record<string, number>> = { 'crypto.diffieHellman': 24 };
  it.each(apis.filter(({ since }) => since! <= major).map((api) => [apiName(api), api.path] as const))('%s', async (name, path) => {
    const call = (crypto as unknown as Record<string, (...given: unknown[]) => unknown>)[path]!;
    expect(call(...given[name]!())).toBeDefined();
    if (major < (heeded[name] ?? 0)) return;
    const result = await new Promise((resolve, reject) => {
      const returned = call(...given[name]!(), (error: Error | null, value: unknown) => {
        if (error) reject(error);
        else resolve(value);
      });
      expect(returned).toBeUndefined();
    });
    expect(result).toBeDefined();
  });
});

describe('arguments', () => {
  it('named under mutates are written to', () => {
    using box = new Sandbox();
    const [one, two, three] = [Buffer.alloc(2), Buffer.alloc(2), Buffer.alloc(64)];
    fs.readSync(box.open(), one);
    fs.readvSync(box.open(), [two]);
    expect(crypto.randomFillSync(three)).toBe(three);
    expect([one, two]).toEqual([Buffer.from('he'), Buffer.from('he')]);
    expect(three).not.toEqual(Buffer.alloc(64));
    expect(nodeApis.filter(({ mutates }) => mutates.length > 0).map(apiName)).toEqual(['fs.readSync', 'fs.readvSync', 'crypto.randomFillSync']);
  });

  it('named under functions are called', () => {
    using box = new Sandbox();
    const called: string[] = [];
    fs.cpSync(box.at('file'), box.at('new'), { filter: () => called.push('fs.cpSync 2.filter') > 0 });
    JSON.parse('1', () => called.push('JSON.parse 1'));
    JSON.stringify(1, () => called.push('JSON.stringify 1'));
    for (const entry of called) {
      const [name, place] = entry.split(' ') as [string, string];
      const api = nodeApis.find((one) => apiName(one) === name);
      expect(api?.functions, name).toEqual([place]);
    }
    expect(called).toHaveLength(3);
  });
});

describe('workers', () => {
  const refused: Readonly<Record<string, string>> = {
    chdir: "process.chdir('/')",
    execve: "process.execve('/absent', [], {})",
    initgroups: "process.initgroups('nobody', 0)",
    umask: 'process.umask(18)',
  };

  it('are refused what the catalogue says they are refused', async () => {
    const apis = nodeApis.filter(({ offload }) => typeof offload === 'string' && offload.startsWith('Node refuses'));
    expect(apis.map(({ path }) => path).sort()).toEqual(Object.keys(refused).sort());
    for (const { path } of apis.filter((api) => api.since! <= major && (api.platforms?.includes(process.platform) ?? true))) {
      expect(await codeInWorker(refused[path]!), path).toBe('ERR_WORKER_UNSUPPORTED_OPERATION');
    }
  });

  const made: Readonly<Record<string, string>> = {
    'fs.opendirSync': "require('node:fs').opendirSync('.')",
    'fs.openAsBlobSync': "require('node:fs').openAsBlobSync(process.execPath)",
    'crypto.createHash': "require('node:crypto').createHash('sha1')",
    'crypto.createDiffieHellman': "require('node:crypto').createDiffieHellman(512)",
    'new sqlite.DatabaseSync': "new (require('node:sqlite').DatabaseSync)(':memory:')",
  };
  const makers = nodeApis.filter((api) => made[apiName(api)] !== undefined && api.since! <= major);

  it.each(makers.map((api) => [apiName(api), api] as const))('cannot send back what %s returns', async (name, { offload }) => {
    expect(offload).toEqual(expect.any(String));
    expect(['Object', 'DataCloneError', 'ERR_INVALID_STATE']).toContain(await constructorFromWorker(made[name]!));
  });
});

it('createDiffieHellman makes a prime only when it is given a number', () => {
  expect(findBlockingApi('crypto', ['createDiffieHellman'])?.when).toBe('first-argument-is-number');
  const prime = crypto.createDiffieHellman(512).getPrime();
  expect(crypto.createDiffieHellman(prime).getPrime()).toEqual(prime);
});

it('Atomics.waitAsync, unlike Atomics.wait, returns at once with an object', async () => {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  expect(Atomics.wait(cell, 0, 0, 1)).toBe('timed-out');
  const { async: isAsync, value } = (Atomics as unknown as { waitAsync(...given: unknown[]): { async: boolean; value: unknown } }).waitAsync(cell, 0, 0, 1);
  expect(isAsync).toBe(true);
  await expect(value).resolves.toBe('timed-out');
});

/** The code of the error that an expression throws in a worker. */
function codeInWorker(expression: string): Promise<unknown> {
  return fromWorker(`let code = 'none'; try { ${expression} } catch (error) { code = error.code; } parentPort.postMessage(code);`);
}

/** The class of what arrives when a worker sends the value of an expression, or the name or code of the error that keeps it from that. */
async function constructorFromWorker(expression: string): Promise<unknown> {
  const came = await fromWorker(`try { parentPort.postMessage(${expression}); } catch (error) { parentPort.postMessage(error.name === 'DataCloneError' ? error.name : error.code); }`);
  return typeof came === 'string' ? came : (came as object).constructor.name;
}

function fromWorker(source: string): Promise<unknown> {
  const worker = new Worker(`const { parentPort } = require('node:worker_threads'); ${source}`, { eval: true });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  }).finally(() => worker.terminate());
}

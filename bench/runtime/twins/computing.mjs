import crypto from 'node:crypto';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const kB = 1024;
const MB = 1024 * kB;

export const compressing = {
  title: 'compressing',
  rows() {
    const small = { of: '1 KB', size: kB, rounds: 15 };
    const large = { of: '1 MB', size: MB, alone: 1, atOnce: 8, rounds: 9 };
    // At its default quality a MB takes seconds.
    const largeForBrotli = { of: '64 KB', size: 64 * kB, alone: 1, atOnce: 8, rounds: 9 };
    return ['gzip', 'gunzip', 'deflate', 'inflate', 'brotliCompress', 'brotliDecompress', 'zstdCompress', 'zstdDecompress']
      // Node 20 has no zstd.
      .filter((name) => zlib[name] !== undefined)
      .flatMap((name) => [small, name === 'brotliCompress' ? largeForBrotli : large].map(({ size, ...row }) => {
        const input = inputFor(name, size);
        return twin(zlib, name, { ...row, args: () => [input], told: unpacked(name) });
      }));
  },
};

export const hashing = {
  title: 'cryptography',
  rows() {
    const [small, large] = [kB, MB].map((size) => Buffer.alloc(size, 'offload '));
    const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
    const prime = crypto.generatePrimeSync(512);
    const signature = crypto.sign('sha256', small, privateKey);
    return [
      twin(crypto, 'pbkdf2', { of: '1 000 rounds', args: () => ['secret', 'salt', 1000, 32, 'sha256'], told: hex, alone: 10, rounds: 15 }),
      twin(crypto, 'pbkdf2', { of: '100 000 rounds', args: () => ['secret', 'salt', 100_000, 32, 'sha256'], told: hex, alone: 1, atOnce: 8, rounds: 9 }),
      twin(crypto, 'scrypt', { args: () => ['secret', 'salt', 32], told: hex, alone: 1, atOnce: 8, rounds: 9 }),
      twin(crypto, 'hkdf', { args: () => ['sha256', 'secret', 'salt', 'info', 32], told: (key) => hex(Buffer.from(key)) }),
      twin(crypto, 'randomBytes', { of: '32 bytes', fn: crypto.randomBytes, args: () => [32], told: length }),
      twin(crypto, 'randomBytes', { of: '1 MB', fn: crypto.randomBytes, args: () => [MB], told: length, alone: 5, atOnce: 20, rounds: 15 }),
      twin(crypto, 'generateKeyPair', { of: 'RSA of 2048 bits', args: () => ['rsa', { modulusLength: 2048 }], told: types, alone: 1, atOnce: 8, rounds: 9 }),
      twin(crypto, 'generateKeyPair', { of: 'Ed25519', args: () => ['ed25519'], told: types, rounds: 15 }),
      twin(crypto, 'generateKey', { of: 'AES of 256 bits', args: () => ['aes', { length: 256 }], told: ({ type }) => type }),
      twin(crypto, 'checkPrime', { of: '512 bits', args: () => [prime], told: String, alone: 5, atOnce: 20, rounds: 15 }),
      twin(crypto, 'generatePrime', { of: '512 bits', args: () => [512], told: (prime) => prime.byteLength, alone: 5, atOnce: 20, rounds: 15 }),
      twin(crypto, 'sign', { of: 'RSA, 1 KB', fn: crypto.sign, args: () => ['sha256', small, privateKey], told: length, rounds: 15 }),
      twin(crypto, 'verify', { of: 'RSA, 1 KB', fn: crypto.verify, args: () => ['sha256', small, publicKey, signature], told: String, rounds: 15 }),
      hash({ of: 'SHA-256, 1 KB', args: () => ['sha256', small] }),
      hash({ of: 'SHA-256, 1 MB', args: () => ['sha256', large], alone: 5, rounds: 15 }),
    ];
  },
};

/** @param fn where it is not the function of that name with `Sync` */
function twin(module, name, { of, fn = module[`${name}Sync`], ...row }) {
  const called = `${module === zlib ? 'zlib' : 'crypto'}.${name}${fn === module[name] ? '' : 'Sync'}`;
  return { call: of === undefined ? called : `${called}, ${of}`, fn, twins: [{ form: 'callback', call: promisify(module[name]) }], ...row };
}

/** The twin has other names for the algorithms, and gives an ArrayBuffer. */
function hash({ of, ...row }) {
  const digest = async (_, data) => Buffer.from(await crypto.subtle.digest('SHA-256', data)).toString('hex');
  return { call: `crypto.hash, ${of}`, fn: crypto.hash, twins: [{ form: 'subtle.digest', call: digest }], told: String, ...row };
}

function inputFor(name, size) {
  const pack = { gunzip: zlib.gzipSync, inflate: zlib.deflateSync, brotliDecompress: zlib.brotliCompressSync, zstdDecompress: zlib.zstdCompressSync }[name];
  const text = lines(size);
  return pack === zlib.brotliCompressSync ? pack(text, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } }) : (pack?.(text) ?? text);
}

/** Text as it is served: it repeats itself, and no line is like another. */
function lines(size) {
  let text = '';
  for (let n = 0; text.length < size; n++) text += `{"id":${n},"name":"${(n * 2_654_435_761) % 1_000_003}","tags":["offload","native"]}\n`;
  return Buffer.from(text).subarray(0, size);
}

/** What is packed may differ in a header or in its blocks from one form to another; what it holds does not. */
function unpacked(name) {
  const unpack = { gzip: zlib.gunzipSync, deflate: zlib.inflateSync, brotliCompress: zlib.brotliDecompressSync, zstdCompress: zlib.zstdDecompressSync }[name];
  return (result) => crypto.createHash('sha256').update(unpack?.(result) ?? result).digest('hex');
}

function hex(buffer) {
  return buffer.toString('hex');
}

function length({ length }) {
  return length;
}

function types({ publicKey, privateKey }) {
  return [publicKey.type, privateKey.type].join();
}

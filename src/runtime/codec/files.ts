import fs from 'node:fs';
import type { PatchCodec } from './codec.js';

// Taken now: a test that replaces `fs` later must not decide what a Stats is. `fs.Dirent` and `fs.Stats` are the only
// classes that Node exports; the others are reached through an object that Node made.
const { constants, Dirent, Stats, fstatSync, statSync, statfsSync } = fs;

export const stats: PatchCodec = {
  kind: 'patch',
  matches: (value) => value instanceof Stats,
  stand: () => ({}),
  // On Node 20 the dates are own properties; from 22 on the prototype computes them from `atimeMs` and its like.
  write(value, stand, snapshot) {
    snapshot.copyProperties(value, stand);
    return hiddenState(value);
  },
  patch(stand, data) {
    Object.setPrototypeOf(stand, Stats.prototype);
    restoreHiddenState(stand, data, sampleStats);
  },
};

export const bigIntStats: PatchCodec = {
  kind: 'patch',
  matches: (value) => isInstanceOfUnexported(value, 'BigIntStats', 'mtimeNs'),
  stand: () => ({}),
  write(value, stand, snapshot) {
    snapshot.copyProperties(value, stand);
    return hiddenState(value);
  },
  patch(stand, data) {
    Object.setPrototypeOf(stand, Object.getPrototypeOf(sampleBigIntStats()) as object);
    restoreHiddenState(stand, data, sampleBigIntStats);
  },
};

export const statFs: PatchCodec = {
  kind: 'patch',
  matches: (value) => isInstanceOfUnexported(value, 'StatFs', 'bavail'),
  stand: () => ({}),
  write: (value, stand, snapshot) => void snapshot.copyProperties(value, stand),
  patch: (stand) => void Object.setPrototypeOf(stand, Object.getPrototypeOf(sampleStatFs()) as object),
};

/**
 * The entry's type is behind a symbol. Entries that Node had to `lstat` are of a subclass that keeps a whole Stats
 * instead; they come back as plain entries that give the same answers.
 */
export const dirent: PatchCodec = {
  kind: 'patch',
  matches: (value) => value instanceof Dirent,
  stand: () => ({}),
  write(value, stand, snapshot) {
    snapshot.copyProperties(value, stand);
    return direntType(value as fs.Dirent);
  },
  patch(stand, data) {
    Object.setPrototypeOf(stand, Dirent.prototype as object);
    Object.defineProperty(stand, direntTypeSymbol(), { value: data, writable: true, enumerable: true, configurable: true });
  },
};

/** libuv's numbers for the types, which `fs.constants` has and @types/node does not list. */
const UV = constants as unknown as Readonly<Record<`UV_DIRENT_${string}`, number>>;

function direntType(entry: fs.Dirent): number | undefined {
  if (entry.isFile()) return UV.UV_DIRENT_FILE;
  if (entry.isDirectory()) return UV.UV_DIRENT_DIR;
  if (entry.isSymbolicLink()) return UV.UV_DIRENT_LINK;
  if (entry.isFIFO()) return UV.UV_DIRENT_FIFO;
  if (entry.isSocket()) return UV.UV_DIRENT_SOCKET;
  if (entry.isCharacterDevice()) return UV.UV_DIRENT_CHAR;
  if (entry.isBlockDevice()) return UV.UV_DIRENT_BLOCK;
  return UV.UV_DIRENT_UNKNOWN;
}

const direntTypeSymbol = once(() => {
  const Constructor = Dirent as unknown as new (name: string, type: number | undefined, path: string) => object;
  return Object.getOwnPropertySymbols(new Constructor('', UV.UV_DIRENT_FILE, ''))[0]!;
});

function isInstanceOfUnexported(value: object, className: string, ownField: string): boolean {
  // By the prototype: a property `constructor` may be what a stranger sent, copied onto an error.
  const prototype = Object.getPrototypeOf(value) as { readonly constructor?: { readonly name: unknown } } | null;
  return Object.hasOwn(value, ownField) && prototype?.constructor?.name === className;
}

interface HiddenState {
  /** From Node 22 on a date that was read or set is own and not enumerable. */
  readonly dates: readonly (readonly [name: string, date: unknown])[];
  /** Node 26 keeps the sub-millisecond part of each time behind a symbol. Both sides run the same Node. */
  readonly symbols: readonly (readonly [description: string | undefined, part: unknown])[];
}

function hiddenState(value: object): HiddenState | undefined {
  const read = value as Record<PropertyKey, unknown>;
  const dates = DATES.filter((name) => Object.hasOwn(value, name) && !Object.prototype.propertyIsEnumerable.call(value, name));
  const symbols = Object.getOwnPropertySymbols(value);
  return dates.length + symbols.length === 0
    ? undefined
    : {
        dates: dates.map((name) => [name, read[name]]),
        symbols: symbols.map((symbol) => [symbol.description, read[symbol]]),
      };
}

function restoreHiddenState(stand: object, data: unknown, sample: () => object): void {
  if (data === undefined) {
    return;
  }
  const { dates, symbols } = data as HiddenState;
  // The class has a setter for each, which defines it as it is defined when it is read.
  Object.assign(stand, Object.fromEntries(dates));
  for (const symbol of symbols.length === 0 ? [] : Object.getOwnPropertySymbols(sample())) {
    const part = symbols.find(([description]) => description === symbol.description)?.[1];
    Object.defineProperty(stand, symbol, { ...Object.getOwnPropertyDescriptor(sample(), symbol), value: part });
  }
}

const DATES = ['atime', 'mtime', 'ctime', 'birthtime'];

const sampleStats = once(() => firstThatWorks((path) => statSync(path), (fd) => fstatSync(fd)));
const sampleBigIntStats = once(() =>
  firstThatWorks((path) => statSync(path, { bigint: true }), (fd) => fstatSync(fd, { bigint: true })),
);
const sampleStatFs = once(() => firstThatWorks((path) => statfsSync(path)));

/** Under Node's permission model a path may be out of bounds; the standard descriptors never are, but may be closed. */
function firstThatWorks(byPath: (path: string) => object, byDescriptor?: (fd: number) => object): object {
  const attempts = [process.execPath, '/', '.'].map((path) => () => byPath(path));
  if (byDescriptor !== undefined) {
    attempts.push(...[0, 1, 2].map((fd) => () => byDescriptor(fd)));
  }
  let reason: unknown;
  for (const attempt of attempts) {
    try {
      return attempt();
    } catch (error) {
      reason = error;
    }
  }
  throw reason;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

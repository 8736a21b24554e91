import fs from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const kB = 1024;
const MB = 1024 * kB;

export const reading = {
  title: 'reading files',
  rows(folder) {
    const [small, middle, large] = [kB, MB, 64 * MB].map((size) => fileOf(folder, size));
    return [
      twin('readFile', { of: '1 KB', args: () => [small], told: bytes }),
      twin('readFile', { of: "1 KB, 'utf8'", args: () => [small, 'utf8'], told: length }),
      twin('readFile', { of: '1 MB', args: () => [middle], told: bytes, alone: 10, rounds: 15 }),
      twin('readFile', { of: "1 MB, 'utf8'", args: () => [middle, 'utf8'], told: length, alone: 10, rounds: 15 }),
      // 100 at once would be 6.4 GB.
      twin('readFile', { of: '64 MB', args: () => [large], told: bytes, alone: 1, atOnce: 4, rounds: 9 }),
    ];
  },
};

export const writing = {
  title: 'writing files',
  rows(folder) {
    const path = paths(folder);
    const [small, middle] = [Buffer.alloc(kB, 1), Buffer.alloc(MB, 1)];
    const source = fileOf(folder, MB);
    const ten = path.folder(10);
    return [
      twin('writeFile', { of: '1 KB', args: () => [path.free(), small] }),
      twin('writeFile', { of: '1 MB', args: () => [path.free(), middle], alone: 5, atOnce: 20, rounds: 15 }),
      twin('appendFile', { of: '1 KB', args: () => [path.free(), small] }),
      twin('copyFile', { of: '1 MB', args: () => [source, path.free()], alone: 5, atOnce: 20, rounds: 15 }),
      twin('cp', { of: 'recursive, a folder of 10 files', args: () => [ten, path.free(), { recursive: true }], alone: 5, atOnce: 20, rounds: 15 }),
      twin('truncate', { args: () => [path.file(), 3] }),
    ];
  },
};

export const metadata = {
  title: 'one system call, or a few',
  rows(folder) {
    const path = paths(folder);
    const file = fileOf(folder, kB);
    const link = join(folder, 'link');
    fs.symlinkSync(file, link);
    const descriptor = fs.openSync(file);
    return [
      twin('stat', { args: () => [file], told: size }),
      twin('lstat', { args: () => [link], told: size }),
      twin('fstat', { args: () => [descriptor], told: size }),
      twin('access', { args: () => [file] }),
      twin('exists', { args: () => [file], told: String }),
      twin('realpath', { args: () => [link], told: String, inPromises: false }),
      { ...twin('realpath', { args: () => [link], told: String }), call: 'fs.realpathSync.native', fn: fs.realpathSync.native, twins: twinsOf(fs.promises.realpath, fs.realpath.native) },
      twin('statfs', { args: () => [folder], told: ({ bsize }) => bsize }),
      twin('readlink', { args: () => [link], told: String }),
      twin('chmod', { args: () => [file, 0o644] }),
      twin('chown', { args: () => [file, process.getuid(), process.getgid()] }),
      twin('utimes', { args: () => [file, 1, 1] }),
      twin('link', { args: () => [file, path.free()] }),
      twin('symlink', { args: () => [file, path.free()] }),
      twin('rename', { args: () => [path.file(), path.free()] }),
      twin('unlink', { args: () => [path.file()] }),
    ];
  },
};

export const folders = {
  title: 'folders',
  rows(folder) {
    const path = paths(folder);
    const hundred = path.folder(100);
    return [
      twin('readdir', { of: '100 names', args: () => [hundred], told: length }),
      twin('readdir', { of: '100 entries, withFileTypes', args: () => [hundred, { withFileTypes: true }], told: (list) => list.filter((entry) => entry.isFile()).length }),
      // From Node 22 on.
      ...(fs.globSync === undefined ? [] : [twin('glob', { of: '100 names', args: () => [`${hundred}/*.txt`], told: length, inPromises: false, alone: 10, rounds: 15 })]),
      twin('mkdir', { args: () => [path.free()] }),
      twin('mkdir', { of: 'recursive, three at a time', args: () => [join(path.free(), 'a', 'b'), { recursive: true }], told: (first) => first.startsWith(folder) }),
      twin('mkdtemp', { args: () => [path.free()], told: length }),
      twin('rmdir', { args: () => [path.folder()] }),
      twin('rm', { of: 'a file', args: () => [path.file()] }),
      twin('rm', { of: 'recursive, a folder of 10 files', args: () => [path.folder(10), { recursive: true }], alone: 10, rounds: 15 }),
    ];
  },
};

/** @param inPromises `false` where the function of that name in `fs.promises` is the twin of another */
function twin(name, { of, inPromises = true, ...row }) {
  return { call: `fs.${name}Sync${of === undefined ? '' : `, ${of}`}`, fn: fs[`${name}Sync`], twins: twinsOf(inPromises ? fs.promises[name] : undefined, fs[name]), ...row };
}

function twinsOf(inPromises, withCallback) {
  const callback = { form: 'callback', call: promisify(withCallback) };
  return inPromises === undefined ? [callback] : [{ form: 'fs.promises', call: inPromises }, callback];
}

function fileOf(folder, bytes) {
  const path = join(folder, `${bytes} bytes`);
  fs.writeFileSync(path, Buffer.alloc(bytes, 'offload '));
  return path;
}

/** New ones for calls that make or remove something. What is left of them goes with the folder. */
function paths(folder) {
  let made = 0;
  const free = () => join(folder, `new-${made++}`);
  return {
    free,
    file() {
      const path = free();
      fs.writeFileSync(path, 'offload');
      return path;
    },
    folder(files = 0) {
      const path = free();
      fs.mkdirSync(path);
      for (let n = 0; n < files; n++) fs.writeFileSync(join(path, `${n}.txt`), '');
      return path;
    },
  };
}

function bytes(buffer) {
  return [Buffer.isBuffer(buffer), buffer.length, buffer[0], buffer.at(-1)].join();
}

function length({ length }) {
  return length;
}

function size(stats) {
  return [stats.isFile(), stats.size].join();
}

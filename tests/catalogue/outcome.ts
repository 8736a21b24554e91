import { deserialize } from 'node:v8';
import { withoutRandom, type Sandbox } from './sandbox.js';

/** What a call of an API comes to: its result or what its error says, and the folder afterwards. */
export async function outcome(apiName: string, sandbox: Sandbox, call: () => unknown): Promise<object> {
  const same = (value: unknown): unknown => essence(value, { sandbox, random: /generate|random|encapsulate|publicEncrypt/.test(apiName) });
  try {
    const result = await call();
    // The format leaves a choice: the same array may be written as a dense or as a sparse one.
    return { returned: same(apiName === 'v8.serialize' ? deserialize(result as Buffer) : result), folder: sandbox.listing() };
  } catch (error) {
    const { name, code, errno, syscall, path, dest, status, stderr } = error as Record<string, unknown>;
    const said = Object.entries({ name, code, errno, syscall, path, dest, status, stderr }).filter(([, value]) => value !== undefined);
    return { threw: Object.fromEntries(said.map(([key, value]) => [key, same(value)])), folder: sandbox.listing() };
  }
}

interface Circumstances {
  readonly sandbox: Sandbox;
  /** The bytes are made at random, so that only their number can be compared. */
  readonly random: boolean;
}

/** What is the same about two results: not the numbers of descriptors, processes and inodes, nor keys made at random. */
function essence(value: unknown, circumstances: Circumstances): unknown {
  const { sandbox, random } = circumstances;
  if (typeof value === 'string') return value.startsWith('-----BEGIN') ? value.split('\n')[0] : withoutRandom(value.replace(sandbox.folder, ''));
  if (typeof value === 'bigint') return random ? 'a bigint' : value;
  if (value === null || typeof value !== 'object') return typeof value === 'number' && value > 2 ? 'a descriptor or identifier' : value;
  const name = value.constructor.name;
  switch (name) {
    case 'Buffer': {
      const path = (value as Buffer).toString();
      if (path.startsWith(sandbox.folder)) return [name, essence(path, circumstances)];
      return [name, random ? (value as Buffer).length : (value as Buffer).toString('hex')];
    }
    case 'Stats':
    case 'BigIntStats': {
      const { size, mode, uid, gid, nlink } = value as Record<string, unknown>;
      return [name, { size, mode, uid, gid, nlink }];
    }
    case 'Dir':
      (value as { closeSync(): void }).closeSync();
      return [name, (value as { path: string }).path.replace(sandbox.folder, '')];
    case 'ZipFile':
      (value as { closeSync(): void }).closeSync();
      return [name, (value as { size: number }).size];
    case 'Array':
      return (value as unknown[]).map((element) => essence(element, circumstances));
    // The class that fs.glob has for the folder it starts in. It is internal, and differs only in how it is made.
    case 'DirentFromStats':
    case 'Dirent': {
      const { name: entry, parentPath, isFile } = value as { name: string; parentPath: string; isFile: () => boolean };
      return ['Dirent', entry, parentPath.replace(sandbox.folder, ''), isFile.call(value)];
    }
    case 'Object':
      return Object.entries(value).map(([key, element]) => [key, essence(element, circumstances)]);
    case 'ArrayBuffer':
      return [name, random ? (value as ArrayBuffer).byteLength : Buffer.from(value as ArrayBuffer).toString('hex')];
    case 'Blob':
      return [name, (value as Blob).size, (value as Blob).type];
    default:
      return [name, (value as { type?: unknown }).type];
  }
}

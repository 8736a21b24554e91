import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { apiName } from '../../src/catalogue/lookup.js';
import { nodeApis } from '../../src/catalogue/node.js';
import type { BlockingApi } from '../../src/catalogue/types.js';
import { dropInCalls } from './drop-in-calls.js';
import { Sandbox, withoutRandom } from './sandbox.js';

type AnyFunction = (...given: readonly unknown[]) => unknown;

const major = Number.parseInt(process.versions.node, 10);
const isHere = ({ since, platforms }: BlockingApi): boolean => since !== null && since <= major && (platforms?.includes(process.platform) ?? true);
const here = nodeApis.filter(isHere);
const ofInstances = ({ kind, native }: BlockingApi): boolean => kind === 'method' || native?.name === 'import()';

describe('twins', () => {
  it.each(here.filter((api) => api.native && !ofInstances(api)).map((api) => [api.native!.name, api] as const))('%s is there', async (name) => {
    const { found } = await resolveTwin(name);
    expect(found).toBeTypeOf('function');
  });

  it('that are drop-ins are called in what follows, all but those of instances', () => {
    const dropIns = nodeApis.filter((api) => api.native?.dropIn && !ofInstances(api)).map(apiName);
    expect(Object.keys(dropInCalls).sort()).toEqual(dropIns.sort());
  });
});

describe.each(here.filter((api) => api.native?.dropIn && !ofInstances(api)).map((api) => [apiName(api), api.native!.name, api] as const))('%s', (name, twinName, api) => {
  it.each(dropInCalls[name]!.map((call, index) => [index, call] as const))(`does what ${twinName} does (call %i)`, async (_, argumentsFor) => {
    const { found: twin, owner: twinOwner } = await resolveTwin(twinName);
    const { found: blocking, owner } = await resolveExport(api.module, api.path.split('.'));
    const random = /generate|random|encapsulate/.test(name);
    using one = new Sandbox(random);
    using other = new Sandbox(random);
    const wanted = await outcome(one, () => (api.kind === 'constructor' ? Reflect.construct(blocking, argumentsFor(one)) : Reflect.apply(blocking, owner, argumentsFor(one))));
    const got = await outcome(other, () => Reflect.apply(twin, twinOwner, argumentsFor(other)));
    expect(got).toMatchObject(wanted);
  });
});

/** `util.promisify(fs.close)`, `fs/promises.access`, `WebAssembly.compile`. */
async function resolveTwin(name: string): Promise<{ found: AnyFunction; owner: unknown }> {
  const inner = /^util\.promisify\((.+)\)$/.exec(name)?.[1];
  const [first, ...rest] = (inner ?? name).split('.') as [string, ...string[]];
  const isGlobal = first === 'WebAssembly' || first === 'Atomics' || rest.length === 0;
  const { found, owner } = await (isGlobal ? resolveExport('globalThis', [first, ...rest]) : resolveExport(first, rest));
  return { found: inner === undefined ? found : (promisify(found as never) as AnyFunction), owner };
}

async function resolveExport(module: string, path: readonly string[]): Promise<{ found: AnyFunction; owner: unknown }> {
  let owner: unknown;
  let found: unknown = module === 'globalThis' ? globalThis : ((await import(module.startsWith('node:') ? module : `node:${module}`)) as { default: unknown }).default;
  for (const step of path) [owner, found] = [found, (found as Record<string, unknown>)[step]];
  return { found: found as AnyFunction, owner };
}

/**
 * What a call comes to: its result or what its error says, and the folder afterwards. A twin's error may say more, as that of
 * `opendir` does, which names the path.
 */
async function outcome(sandbox: Sandbox, call: () => unknown): Promise<object> {
  try {
    return { returned: essence(await call(), sandbox), folder: sandbox.listing() };
  } catch (error) {
    const { name, code, errno, syscall, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
    const said = Object.entries({ name, code, errno, syscall, path, dest }).filter(([, value]) => value !== undefined);
    return { threw: Object.fromEntries(said.map(([key, value]) => [key, essence(value, sandbox)])), folder: sandbox.listing() };
  }
}

/** What is the same about two results: not the numbers of descriptors and inodes, nor keys made at random. */
function essence(value: unknown, sandbox: Sandbox): unknown {
  if (typeof value === 'string') return value.startsWith('-----BEGIN') ? value.split('\n')[0] : withoutRandom(value.replace(sandbox.folder, ''));
  if (value === null || typeof value !== 'object') return typeof value === 'number' && value > 2 ? 'descriptor' : value;
  const name = value.constructor.name;
  switch (name) {
    case 'Buffer': {
      const path = value.toString();
      if (path.startsWith(sandbox.folder)) return [name, essence(path, sandbox)];
      return [name, sandbox.random ? (value as Buffer).length : (value as Buffer).toString('hex')];
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
      return (value as unknown[]).map((element) => essence(element, sandbox));
    case 'Dirent': {
      const { name: entry, parentPath, isFile } = value as { name: string; parentPath: string; isFile: () => boolean };
      return [name, entry, parentPath.replace(sandbox.folder, ''), isFile.call(value)];
    }
    case 'Object':
      return Object.entries(value).map(([key, element]) => [key, essence(element, sandbox)]);
    default:
      return [name, (value as { size?: unknown; byteLength?: unknown; type?: unknown }).size, (value as { byteLength?: unknown }).byteLength, (value as { type?: unknown }).type];
  }
}

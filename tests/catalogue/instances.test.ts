import fs from 'node:fs';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { apiName } from '../../src/catalogue/lookup.js';
import { nodeApis } from '../../src/catalogue/node.js';
import { Sandbox } from './sandbox.js';

/** An instance of a class of Node's, seen from tests that compile without its types. */
type Instance = Record<string, (...given: unknown[]) => unknown>;
interface ZipClasses {
  readonly ZipFile: { openSync(path: string, options?: object): Instance };
  readonly ZipBuffer: new (data: Buffer) => Instance;
  readonly ZipEntry: { createSync(name: string, data: Buffer): Instance };
  createZipArchiveSync(entries: readonly Instance[]): Iterable<Buffer>;
}

const zip = zlib as unknown as ZipClasses;
const data = Buffer.from('data');
const archive = (): Buffer => Buffer.concat([...zip.createZipArchiveSync([zip.ZipEntry.createSync('a.txt', data)])]);

function zipFile(box: Sandbox): Instance {
  fs.writeFileSync(box.at('a.zip'), archive());
  return zip.ZipFile.openSync(box.at('a.zip'), { writable: true });
}

const inspected = (entry: unknown): unknown => (entry as Instance | undefined) && [String((entry as Instance)['name']), (entry as Instance)['contentSync']!()];

/** For each drop-in twin on an instance: the instance, what both forms are given, and what to compare of the result. */
const cases: Readonly<Record<string, { make: (box: Sandbox) => Instance; given?: () => readonly unknown[]; essence?: (result: unknown) => unknown }>> = {
  'fs.Dir#readSync': { make: (box) => fs.opendirSync(box.at('tree/branch/twig')) as unknown as Instance, essence: (entry) => (entry as fs.Dirent | null)?.name },
  'fs.Dir#closeSync': { make: (box) => fs.opendirSync(box.at('tree')) as unknown as Instance },
  'zlib.ZipBuffer#addSync': { make: () => new zip.ZipBuffer(archive()), given: () => ['b.txt', data], essence: inspected },
  'zlib.ZipBuffer#toBufferSync': { make: () => new zip.ZipBuffer(archive()) },
  'zlib.ZipEntry#contentSync': { make: () => zip.ZipEntry.createSync('a.txt', data) },
  'zlib.ZipFile#addEntrySync': { make: zipFile, given: () => [zip.ZipEntry.createSync('b.txt', data)], essence: inspected },
  'zlib.ZipFile#addSync': { make: zipFile, given: () => ['b.txt', data], essence: inspected },
  'zlib.ZipFile#closeSync': { make: zipFile },
  'zlib.ZipFile#deleteSync': { make: zipFile, given: () => ['a.txt'] },
  'zlib.ZipFile#getSync': { make: zipFile, given: () => ['a.txt'], essence: inspected },
};

const major = Number.parseInt(process.versions.node, 10);
const dropIns = nodeApis.filter((api) => api.native?.dropIn && api.kind === 'method');

describe('drop-in twins of methods', () => {
  // Archives tell when their entries were made.
  beforeAll(() => vi.useFakeTimers({ toFake: ['Date'], now: 1e12 }));
  afterAll(() => vi.useRealTimers());

  it('are all called in what follows', () => {
    expect(Object.keys(cases).sort()).toEqual(dropIns.map(apiName).sort());
  });

  it.each(dropIns.filter(({ since }) => since !== null && since <= major).map((api) => [apiName(api), api.native!.name, api] as const))('%s: %s does the same', async (name, twinName, api) => {
    const { make, given = () => [], essence = (result: unknown) => result } = cases[name]!;
    const blockingMethod = api.path.slice(api.path.indexOf('#') + 1);
    const twinMethod = /\.(\w+)\(\)$/.exec(twinName)![1]!;
    using one = new Sandbox();
    using other = new Sandbox();
    const [instance, twin] = [make(one), make(other)];
    const wanted = essence(instance[blockingMethod]!(...given()));
    const promised = twin[twinMethod]!(...given());
    expect(promised).toBeInstanceOf(Promise);
    expect(essence(await promised)).toEqual(wanted);
    expect(other.listing()).toEqual(one.listing());
    for (const opened of [instance, twin]) {
      if (opened['closeSync'] && !name.includes('close')) opened['closeSync']();
    }
  });
});

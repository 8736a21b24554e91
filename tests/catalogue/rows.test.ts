import { describe, expect, it } from 'vitest';
import { excusedApis } from '../../src/catalogue/excused.js';
import { apiName, findBlockingApi } from '../../src/catalogue/lookup.js';
import { moduleName } from '../../src/catalogue/modules.js';
import { nodeApis, probedReleases } from '../../src/catalogue/node.js';
import { packageApis } from '../../src/catalogue/packages.js';
import type { BlockingApi } from '../../src/catalogue/types.js';

describe('the catalogue', () => {
  it('has one row for each API', () => {
    const names = nodeApis.map(({ module, path }) => `${module} ${path}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('does not excuse what it lists, and gives a reason for what it excuses', () => {
    for (const { module, path, reason } of excusedApis) {
      expect(findBlockingApi(module, path.split('.')), `${module} ${path}`).toBeUndefined();
      expect(reason).toMatch(/^[a-z].{10,}[^.]$/);
    }
  });

  it('is compared with every line of releases it names', () => {
    const lines = new Set(nodeApis.map(({ since }) => since).filter((since) => since !== null));
    expect(probedReleases.map((release) => Number.parseInt(release, 10))).toEqual([...lines].sort());
  });
});

describe('each row', () => {
  it.each<[string, (api: BlockingApi, name: string) => void]>([
    ['spells its module as references do', ({ module }, name) => {
      expect(moduleName(module), name).toBe(module);
    }],
    ['is a method exactly where its path goes through an instance', ({ kind, path }, name) => {
      expect(kind === 'method', name).toBe(path.includes('#'));
    }],
    ['cannot be offloaded if it fills its arguments, belongs to an instance or is called with new', ({ kind, mutates, offload }, name) => {
      if (mutates.length > 0 || kind !== 'function') expect(offload, name).toEqual(expect.any(String));
    }],
    ['gives reasons that complete a sentence', ({ offload, native }, name) => {
      for (const reason of [offload, native?.differs]) {
        if (typeof reason === 'string') expect(reason, name).toMatch(/^(?!it cannot|because)[a-zA-Z].*[^.]$/);
      }
    }],
    ['has a drop-in twin exactly where the twin does not differ, and only among promises', ({ native }, name) => {
      if (!native) return;
      expect(native.dropIn, name).toBe(native.differs === undefined);
      if (native.form === 'callback' || native.form === 'other') expect(native.dropIn, name).toBe(false);
    }],
    ['points at arguments in the notation of the type', ({ functions, mutates }, name) => {
      for (const place of functions) expect(place, name).toMatch(/^\d(?:\.\w+)?$/);
      for (const place of mutates) expect(place, name).toMatch(/^arguments\[\d\](?:\[\*\])? \(\w+\)$/);
    }],
  ])('%s', (_, check) => {
    for (const api of [...nodeApis, ...packageApis]) check(api, apiName(api));
  });
});

describe('costs', () => {
  it('are long, processor time or waiting for everything that reads or writes contents', () => {
    for (const name of ['readFileSync', 'writeFileSync', 'appendFileSync', 'copyFileSync', 'cpSync', 'readdirSync', 'globSync', 'rmSync', 'readSync', 'writevSync', 'fsyncSync']) {
      expect(findBlockingApi('fs', [name])?.cost, name).toBe('long');
    }
  });

  it('are short for single system calls', () => {
    for (const name of ['existsSync', 'accessSync', 'statSync', 'mkdirSync', 'renameSync', 'unlinkSync', 'openSync', 'closeSync', 'realpathSync']) {
      expect(findBlockingApi('fs', [name])?.cost, name).toBe('short');
    }
  });

  it('are by what is waited for elsewhere', () => {
    const costs = Object.fromEntries(
      [['child_process', 'execSync'], ['crypto', 'pbkdf2Sync'], ['zlib', 'gzipSync'], ['globalThis', 'Atomics.wait'], ['globalThis', 'WebAssembly.Module'], ['node:sqlite', 'DatabaseSync#exec']]
        .map(([module, path]) => [path!, findBlockingApi(module!, [path!])?.cost] as const),
    );
    expect(costs).toEqual({ execSync: 'process', pbkdf2Sync: 'cpu', gzipSync: 'cpu', 'Atomics.wait': 'wait', 'WebAssembly.Module': 'cpu', 'DatabaseSync#exec': 'long' });
  });
});

describe('reports', () => {
  it('cover whatever has Sync in its name, but for quick calls on objects in memory', () => {
    const quiet = nodeApis.filter(({ path, reported }) => /Sync(?![a-z])/.test(path) && !reported);
    expect(quiet.map(apiName).filter((name) => !name.startsWith('sqlite.'))).toEqual(['crypto.randomFillSync']);
  });

  it('leave computing on small values alone', () => {
    for (const path of ['JSON.parse', 'JSON.stringify', 'structuredClone']) expect(findBlockingApi('globalThis', [path])?.reported).toBe(false);
    for (const path of ['createHash', 'randomBytes', 'sign']) expect(findBlockingApi('crypto', [path])?.reported).toBe(false);
  });
});

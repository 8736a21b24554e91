import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import * as typescript from '@typescript-eslint/parser';
import { afterAll, describe, expect, it, test } from 'vitest';

/** The parts of `npm run bench:lint` that decide what its figures mean. */
const bench = new URL('../../bench/lint/', import.meta.url);
const part = async <T>(name: string): Promise<T> => (await import(new URL(name, bench).href)) as T;
const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

describe('reports', async () => {
  interface Round { readonly reports: Readonly<Record<string, { readonly count: number; readonly digest: string }>> }
  const { checkReports } = await part<{ checkReports: (measured: ReadonlyMap<string, readonly Round[]>) => void }>('check-reports.mjs');
  const round = (digest: string, count = 1): Round => ({ reports: { 'offload/no-blocking-call': { count, digest } } });

  it('may be of fewer rules', () => {
    checkReports(new Map([['parser', [{ reports: {} }]], ['alone', [round('a'), round('a')]], ['all', [round('a')]]]));
  });

  it('must be the same in each configuration', () => {
    expect(() => { checkReports(new Map([['alone', [round('a')]], ['all, oxc-parser there', [round('b', 2)]]])); }).toThrow('offload/no-blocking-call reports something else in "all, oxc-parser there" (2) than in "alone" (1).');
  });

  it('must be the same in each round', () => {
    expect(() => { checkReports(new Map([['alone', [round('a'), round('b')]]])); }).toThrow('something else');
  });
});

test('time and memory are those beside another configuration, round by round', async () => {
  interface Round { readonly main: number; readonly all: number; readonly heap: number; readonly files: number }
  const { added, addedFigures, kilobytesAFile } = await part<{ added: (rounds: readonly Round[], others: readonly Round[], of?: 'all') => number[]; addedFigures: (each: readonly number[]) => string[]; kilobytesAFile: (...of: readonly (readonly Round[])[]) => number }>('figures.mjs');
  const rounds = (...cpu: readonly number[]): Round[] => cpu.map((one) => ({ main: one, all: 2 * one + 100, heap: one * 1_024, files: 10 }));
  expect(added(rounds(125, 300, 300), rounds(100, 200, 400))).toEqual([25, 50, -25]);
  expect(added(rounds(200), rounds(100), 'all')).toEqual([(500 / 300 - 1) * 100]);
  expect(addedFigures([25, 50, -25])).toEqual(['25.0', '-25.0 .. 50.0']);
  expect(kilobytesAFile(rounds(125, 300, 300), rounds(100, 200, 400))).toBe(10);
});

describe('oxc-parser', () => {
  const found = (isPresent: boolean): string => {
    const program = `import { createRequire } from 'node:module';
import { asked, setPresence } from '${new URL('oxc-presence.mjs', bench).href}';
setPresence(${String(isPresent)});
const look = (name) => { try { return createRequire(process.cwd() + '/file.js').resolve(name); } catch ({ code }) { return code; } };
console.log([look('oxc-parser'), look('oxc-parser/src-js/none.js'), look('node:fs'), asked.times].join());`;
    return execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }).trim();
  };

  // This project has one by chance, which does not count.
  it('is not there where it is not to be', () => {
    expect(found(false)).toBe('MODULE_NOT_FOUND,MODULE_NOT_FOUND,node:fs,2');
  });

  it('is the one of the bench where it is to be', () => {
    const own = resolve(process.cwd(), 'bench/lint');
    expect(found(true)).toBe(`${join(own, 'counted-oxc.mjs')},${join(own, 'node_modules/oxc-parser/src-js/none.js')},node:fs,2`);
  });
});

describe('a generated project', async () => {
  const { generateProject } = await part<{ generateProject: (folder: string, size: number) => void }>('generate.mjs');
  const generated = (size: number): Map<string, string> => {
    const folder = mkdtempSync(join(tmpdir(), 'offload-generated-'));
    made.push(folder);
    generateProject(folder, size);
    return new Map(readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).sort().map((file) => [file, readFileSync(join(folder, 'src', file), 'utf8')]));
  };

  it('is the same each time, and another of another size', () => {
    expect(generated(40)).toEqual(generated(40));
    expect([...generated(41)].slice(0, 5)).not.toEqual([...generated(40)].slice(0, 5));
  });

  it('has as many files, which parse and import what is there, and some of which block', () => {
    const files = generated(150);
    expect(files.size).toBe(150);
    let imports = 0;
    for (const [file, text] of files) {
      const { body } = typescript.parse(text);
      for (const statement of body) {
        if (statement.type !== 'ImportDeclaration' || !statement.source.value.startsWith('.')) continue;
        const target = files.get(join(dirname(file), statement.source.value).replace(/\.js$/, '.ts'));
        expect(target, `${statement.source.value} in ${file}`).toBeDefined();
        imports += 1;
      }
    }
    expect(imports).toBeGreaterThan(200);
    expect([...files.values()].filter((text) => text.includes('Sync(')).length).toBeGreaterThan(2);
  });
});

import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import * as typescript from '@typescript-eslint/parser';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { blockingApis } from '../../src/catalogue/lookup.js';
import { javascript, typescript as typescriptPrograms } from '../properties/programs.js';
import { sourceFiles } from './source-files.js';

type Summarise = (file: string, text: string) => unknown;

/** What the analysis keeps of a file, with or without `oxc-parser`. */
async function summariser(isPresent: boolean): Promise<{ readonly summarise: Summarise; readonly parses: { count: number } }> {
  vi.resetModules();
  const loader = Module as unknown as { _resolveFilename: (this: unknown, request: string, ...others: unknown[]) => string };
  const resolve = loader._resolveFilename;
  if (!isPresent) {
    loader._resolveFilename = function (request, ...others) {
      if (request === 'oxc-parser') throw Object.assign(new Error('not here'), { code: 'MODULE_NOT_FOUND' });
      return resolve.call(this, request, ...others);
    };
  }
  const { parseModule } = await import('../../src/analysis/modules/parse-module.js');
  const { summariseModule } = await import('../../src/analysis/summary/summarise-module.js');
  const parses = { count: 0 };
  const parser = { ...typescript, parseForESLint: (text: string, options: object) => ((parses.count += 1), typescript.parseForESLint(text, options as never)) };
  const how = { parser: parser as never, parserOptions: {}, visitorKeys: typescript.parseForESLint('', {}).visitorKeys as never, filename: join(process.cwd(), 'file.ts'), cwd: process.cwd() };
  // Asked for once in a process, and so before the way to it is opened again.
  parseModule('file.ts', '', how);
  loader._resolveFilename = resolve;
  return {
    parses,
    summarise(file, text) {
      const code = parseModule(file, text, how);
      return code && plain(summariseModule(file, code, 'eslint-plugin-offload/runtime').summary);
    },
  };
}

/** A summary as JSON: what is met again is named by where it was met first. */
function plain(summary: object): unknown {
  const seen = new Map<object, number>();
  return JSON.parse(JSON.stringify(summary, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if (seen.has(value)) return `#${seen.get(value)}`;
    seen.set(value, seen.size);
    if ((blockingApis as readonly unknown[]).includes(value)) return { api: (value as { path: string }).path };
    // Functions are kept by where they begin; which of them was asked about first is of no interest.
    return value instanceof Map ? [...value as Map<unknown, unknown>].sort(([one], [other]) => (typeof one === 'number' ? one - (other as number) : 0)) : value;
  })) as unknown;
}

describe('oxc-parser', () => {
  it('is read by the analysis as the parser of the project is, in files of this project', async () => {
    const [without, withIt] = [await summariser(false), await summariser(true)];
    const before = withIt.parses.count;
    for (const file of sourceFiles()) {
      const text = readFileSync(file, 'utf8');
      expect(withIt.summarise(file, text), file).toEqual(without.summarise(file, text));
    }
    expect(without.parses.count).toBeGreaterThan(100);
    // It reads all of them, and the project's own parser none.
    expect(withIt.parses.count).toBe(before);
  });

  it.each([['JavaScript', javascript, 'file.cjs'], ['TypeScript', typescriptPrograms, 'file.cts']] as const)('and in random programs in %s', async (_name, programs, name) => {
    const [without, withIt] = [await summariser(false), await summariser(true)];
    let compared = 0;
    fc.assert(fc.property(programs, (text) => {
      const expected = without.summarise(name, text);
      // Some of what is generated is no program.
      if (expected === undefined) return;
      compared += 1;
      expect(withIt.summarise(name, text)).toEqual(expected);
    }), { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 200), seed: 20261122 });
    expect(compared).toBeGreaterThan(100);
  });

  it.each(['export const a = ;', 'let x: = 1', 'const a = `'])('leaves to the parser of the project what is wrong: %s', async (text) => {
    const { summarise, parses } = await summariser(true);
    const before = parses.count;
    summarise('file.ts', text);
    expect(parses.count).toBeGreaterThan(before);
  });

  it('is a package that has what is asked of it', () => {
    const { parseSync, visitorKeys: keys } = createRequire(import.meta.url)('oxc-parser') as typeof import('oxc-parser');
    expect(parseSync('file.ts', 'a', { range: true }).program).toHaveProperty('range', [0, 1]);
    expect(keys['Program']).toEqual(['body']);
  });
});

import { join } from 'node:path';
import * as typescript from '@typescript-eslint/parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../property-runs.js';
import { chainOf, chainsIn, lint, project } from '../rules/no-indirect-blocking/project.js';
import { oracleOf } from './module-oracle.js';
import { type DrawnModule, drawnModules, fileName, textOf } from './module-programs.js';

/** Lints a module of a project on disk, and compares each call in its `main` with what the oracle says of it. */
function checkModule(folder: string, index: number, modules: readonly DrawnModule[], maxDepth: number, oracle = oracleOf(modules)): void {
  const text = textOf(index, modules);
  const messages = lint(text, join(folder, fileName(index, modules)), { options: { maxDepth, fix: 'none' }, languageOptions: { parser: typescript } }, folder);
  const { calls, isAsync } = modules[index]!;
  const functions = [...calls.map(({ from, name }) => oracle.exported(from, name)), index];
  const firstLine = text.slice(0, text.indexOf('function main(')).split('\n').length + 1;
  if (!isAsync) expect(messages.filter(({ line }) => line < firstLine)).toEqual([]);
  for (const [place, fn] of functions.entries()) {
    const chain = messages.find(({ line }) => line === firstLine + place);
    const distance = fn === undefined ? Infinity : oracle.distance[fn]!;
    const expected = distance <= maxDepth ? `${String(distance)} functions` : 'nothing';
    const found = chain ? numbersIn(chainOf(chain)) : [];
    expect(chain ? `${String(found.length)} functions` : 'nothing', `${fileName(index, modules)}: ${text.split('\n')[firstLine + place - 1]!}`).toBe(expected);
    if (!chain) continue;
    // There may be several as short: it has to be one that is there.
    expect(found[0]).toBe(fn);
    for (const [step, to] of found.slice(1).entries()) expect(oracle.called[found[step]!]).toContain(to);
    expect(modules[found.at(-1)!]!.blocks).toBe(true);
  }
}

/** `f3 (m3.js:4) → f1 (m1.cjs:2) → fs.readFileSync (m1.cjs:5)`, as the numbers of the functions. */
function numbersIn(chain: string): number[] {
  const steps = chain.split(' → ').map((step) => /^(\S+) \(m(\d+)\.\w+:\d+\)$/.exec(step));
  expect(steps.at(-1)?.[1]).toBe('fs.readFileSync');
  expect(steps.at(-1)?.[2]).toBe(steps.at(-2)?.[2]);
  return steps.slice(0, -1).map((step) => {
    expect(step?.[1]).toBe(`f${step![2]!}`);
    return Number(step![2]);
  });
}

function projectOf(modules: readonly DrawnModule[]): string {
  return project(Object.fromEntries(modules.map((_, index) => [fileName(index, modules), textOf(index, modules)])));
}

const options = runs(120);
/** `npm test` has a short form; `MODULES=10000 npx vitest run tests/properties/module-files.test.ts` takes minutes. */
const many = Number(process.env['MODULES'] ?? 500);

describe('random projects on disk', () => {
  it('are reported as a search by brute force says, whatever is linted first', { timeout: 1_000 * options.numRuns }, () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 14 }).chain((size) => drawnModules(size)), fc.integer({ min: 1, max: 10 }), fc.infiniteStream(fc.nat(1_000)), (modules, maxDepth, order) => {
      const folder = projectOf(modules);
      const oracle = oracleOf(modules);
      const indexes = modules.map((_, index) => ({ index, key: order.next().value as number })).sort((a, b) => a.key - b.key);
      for (const { index } of indexes) checkModule(folder, index, modules, maxDepth, oracle);
    }), options);
  });

  it(`of ${String(many)} modules come to an end, and are reported as the search says`, { timeout: 60_000 + 200 * many }, () => {
    const [modules] = fc.sample(drawnModules(many, 50), { numRuns: 1, seed: options.seed });
    const folder = projectOf(modules!);
    const oracle = oracleOf(modules!);
    for (const index of modules!.keys()) checkModule(folder, (index * 7_919) % many, modules!, 8, oracle);
  });

  const plain = { kind: 'module', isAsync: false, blocks: false, calls: [], form: 'declaration', reexports: [], exportedAll: [], whole: undefined } as const;
  const call = (from: number, fn: number): DrawnModule['calls'][number] => ({ from, name: `f${String(fn)}`, style: 'named' });

  // Nothing may be followed on the stack, which has room for some thousand modules that do nothing but lead to the next.
  it.each<readonly [name: string, of: (next: number, last: number) => Partial<DrawnModule>]>([
    ['in a circle, each calls the next', (next) => ({ calls: [call(next, next)] })],
    ['in a row, each calls the next', (next) => ({ calls: next === 0 ? [] : [call(next, next)] })],
    ['in a circle, each passes on all of the next, and calls the last through it', (next, last) => ({ calls: [call(next, last)], exportedAll: [next] })],
    ['in a circle, each passes on a name of the next', (next, last) => ({ calls: [call(next, last)], reexports: next === 0 ? [] : [{ from: next, name: `f${String(last)}`, as: `f${String(last)}` }] })],
    ['in a circle, each is the next as a whole', (next, last) => (next === 0 ? { calls: [call(next, last)] } : { kind: 'commonjs', calls: [call(next, last)], whole: next })],
  ])(`of ${String(many)} modules come to an end: %s`, { timeout: 60_000 + 50 * many }, (_name, of) => {
    const last = many - 1;
    const modules = Array.from({ length: many }, (_, index): DrawnModule => ({ ...plain, blocks: index === last, ...of((index + 1) % many, last), ...(index === last && { reexports: [] }) }));
    const folder = projectOf(modules);
    const oracle = oracleOf(modules);
    for (const index of [0, 1, last - 1, last]) checkModule(folder, index, modules, many, oracle);
    // Of a way that is longer than it is to be, nothing is said.
    for (const index of [0, last - 8, last - 7]) checkModule(folder, index, modules, 8, oracle);
  });
});

describe('a file', () => {
  it.each(['function %s(p) { %s; }', 'const %s = (p) => %s;', 'function %s(p) { return %s; }', 'function %s(p) { fs.statSync(p); %s; }'])(`of ${String(many)} functions, each of which calls the next, is reported to the end: %s`, { timeout: 60_000 + 20 * many }, (form) => {
    const last = many - 1;
    const declared = Array.from({ length: many }, (_, index) => {
      const [before, between, after] = form.split('%s');
      return `${before!}f${String(index)}${between!}${index === last ? 'fs.readFileSync(p)' : `f${String(index + 1)}(p)`}${after!}`;
    });
    const text = lines(["import fs from 'node:fs';", ...declared, 'export async function main(p) {', '  f0(p);', `  f${String(last - 8)}(p);`, `  f${String(last - 7)}(p);`, '}']);
    const lengths = (maxDepth: number): number[] => chainsIn(text, { options: { maxDepth, ignore: ['fs.statSync'] } }, 'file.js').map((chain) => chain.split(' → ').length - 1);
    expect(lengths(many)).toEqual([many, 9, 8]);
    expect(lengths(8)).toEqual([8]);
  });
});

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}

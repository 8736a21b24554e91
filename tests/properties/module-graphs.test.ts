import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBlockingApi } from '../../src/catalogue/lookup.js';
import { blockingChains } from '../../src/analysis/summary/blocking-chains.js';
import type { Modules } from '../../src/analysis/summary/module-graph.js';
import type { Call, FunctionSummary, ModuleSummary, Value } from '../../src/analysis/summary/module-summary.js';
import { runs } from '../property-runs.js';

/** One module: its function `f`, async or not, may block itself, and calls `f` of others, which it may re-export too. */
interface Drawn {
  readonly isAsync: boolean;
  readonly blocks: boolean;
  readonly calls: readonly { readonly to: number; readonly through: number | undefined }[];
  readonly exportsAll: readonly number[];
}

const api = findBlockingApi('fs', ['readFileSync'])!;

/** Modules `0`, `1`, … in which `f` of `through` is reached by the name `f<number>` that `through` re-exports. */
function modulesOf(drawn: readonly Drawn[]): { readonly modules: Modules; readonly functions: readonly FunctionSummary[] } {
  const functions: FunctionSummary[] = [];
  const summaries = new Map<string, ModuleSummary>();
  for (const [index, { isAsync, blocks, calls, exportsAll }] of drawn.entries()) {
    const file = String(index);
    const found: Call[] = calls.map(({ to, through }, line) => {
      const callee: Value = { kind: 'import', file, specifier: String(through ?? to), path: [`f${String(to)}`] };
      return { line, target: { callee, constructs: false } };
    });
    if (blocks) found.push({ line: 0, target: { api } });
    const fn: FunctionSummary = { kind: 'function', name: `f${file}`, file, line: 1, runs: isAsync ? 'later' : 'at-once', said: undefined, calls: found, returned: undefined, members: new Map(), prototype: new Map() };
    functions.push(fn);
    summaries.set(file, { file, exports: new Map([[fn.name, fn]]), whole: undefined, exportedAll: exportsAll.map(String), memberNames: new Set(), functions: new Map(), atLoad: { acts: false, modules: [] } });
  }
  return { modules: { fileOf: (specifier) => specifier, summaryOf: (file) => summaries.get(file) }, functions };
}

/** The oracle: who sees whose exports is a search, and how far a blocking call is, counted in functions, another one from all of them backwards. */
function distances(drawn: readonly Drawn[]): number[] {
  const sees = (from: number, to: number, seen = new Set<number>()): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return drawn[from]!.exportsAll.some((next) => sees(next, to, seen));
  };
  const length = drawn.map(({ isAsync, blocks }) => (!isAsync && blocks ? 1 : Infinity));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [index, { isAsync, calls }] of drawn.entries()) {
      if (isAsync) continue;
      for (const { to, through } of calls) {
        if (through !== undefined && !sees(through, to)) continue;
        if (length[to]! + 1 < length[index]!) {
          length[index] = length[to]! + 1;
          changed = true;
        }
      }
    }
  }
  return length;
}

const graph = (size: number): fc.Arbitrary<readonly Drawn[]> => {
  const node = fc.nat(size - 1);
  return fc.array(
    fc.record({
      isAsync: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      blocks: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      calls: fc.array(fc.record({ to: node, through: fc.option(node, { nil: undefined, freq: 2 }) }), { maxLength: 4 }),
      exportsAll: fc.array(node, { maxLength: 2 }),
    }),
    { minLength: size, maxLength: size },
  );
};

describe('random module graphs', () => {
  it('agree with a search by brute force, whatever is asked first', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 40 }).chain(graph), fc.integer({ min: 1, max: 12 }), fc.infiniteStream(fc.nat(1_000)), (drawn, maxDepth, order) => {
      const { modules, functions } = modulesOf(drawn);
      const expected = distances(drawn);
      const chains = blockingChains(modules, () => true);
      const asked = functions.map((fn, index) => ({ fn, index, key: order.next().value as number })).sort((a, b) => a.key - b.key);
      for (const { fn, index } of asked) {
        const chain = chains.from(fn, maxDepth);
        expect(chain?.functions.length ?? Infinity).toBe(expected[index]! <= maxDepth ? expected[index] : Infinity);
        if (chain) expect([chain.functions[0], chain.end?.api]).toEqual([fn, api]);
      }
    }), runs(300));
  });

  it('of ten thousand modules in circles come to an end, each function being searched once a depth at most', () => {
    const size = 10_000;
    let state = 1;
    const next = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
    const drawn = Array.from({ length: size }, (_, index): Drawn => ({
      isAsync: next(20) === 0,
      blocks: next(500) === 0,
      calls: [{ to: (index + 1) % size, through: undefined }, { to: next(size), through: undefined }, { to: next(size), through: undefined }],
      exportsAll: [],
    }));
    const { modules, functions } = modulesOf(drawn);
    let looked = 0;
    const counted: Modules = { ...modules, summaryOf: (file) => ((looked += 1), modules.summaryOf(file)) };
    const chains = blockingChains(counted, () => true);
    const expected = distances(drawn);
    const found = functions.map((fn) => chains.from(fn, 8)?.functions.length ?? Infinity);
    expect(found).toEqual(expected.map((length) => (length <= 8 ? length : Infinity)));
    // Three calls each, looked up once.
    expect(looked).toBeLessThanOrEqual(3 * size);
  });
});

import { Linter } from 'eslint';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import plugin from '../../src/index.js';
import { runs } from '../property-runs.js';

/** What a function does with the function that it is given. */
interface Taker {
  readonly isAsync: boolean;
  readonly does: 'calls' | 'maps' | 'keeps' | 'times' | 'gives away' | 'passes on' | 'wraps' | 'wraps async';
  /** Whom it passes it on to, by number. */
  readonly to: number;
}

/** What stands around a call, from the outermost in: a taker by number, or something whose name says what it does. */
type Layer = number | 'array' | 'async' | 'reaction' | 'timer' | 'nobody';

const bodies: Readonly<Record<Taker['does'], (to: string) => string>> = {
  calls: () => 'return fn(p);',
  maps: () => 'return [p].map((one) => fn(one));',
  keeps: () => 'kept.push(fn);',
  times: () => 'setTimeout(() => fn(p));',
  'gives away': () => 'unknown(fn);',
  'passes on': (to) => `return ${to}(fn);`,
  wraps: (to) => `return ${to}((one) => fn(one));`,
  'wraps async': (to) => `return ${to}(async (one) => fn(one));`,
};

const functions: Readonly<Record<Exclude<Layer, number>, (inside: string) => string>> = {
  array: (inside) => `[p].map((p) => ${inside})`,
  async: (inside) => `unknown(async (p) => ${inside})`,
  reaction: (inside) => `later(p).then((p) => ${inside})`,
  timer: (inside) => `setTimeout((p) => ${inside})`,
  nobody: (inside) => `unknown((p) => ${inside})`,
};

function programOf(takers: readonly Taker[], layers: readonly Layer[], isAsync: boolean, call: string): string {
  const declared = takers.map(({ isAsync: waits, does, to }, index) => `${waits ? 'async ' : ''}function t${String(index)}(fn, p) { ${bodies[does](`t${String(to)}`)} }`);
  const inside = layers.reduceRight((code, layer) => (typeof layer === 'number' ? `t${String(layer)}((p) => ${code})` : functions[layer](code)), call);
  return ["import fs from 'fs';", 'function load(p) { return fs.statSync(p); }', ...declared, `${isAsync ? 'async ' : ''}function main(p) { return ${inside}; }`, 'async function other() {}'].join('\n');
}

/** The oracle: which takers call what they are given, all of them that can be shown to, and none in a circle. */
function callersAmong(takers: readonly Taker[]): readonly boolean[] {
  const calls = takers.map(({ does }) => does === 'calls' || does === 'maps');
  for (let changed = true; changed; ) {
    changed = false;
    for (const [index, { does, to }] of takers.entries()) {
      if (calls[index] || !calls[to] || !/^(?:passes on|wraps)/.test(does)) continue;
      calls[index] = true;
      changed = true;
    }
  }
  return calls;
}

/** Read from the call outwards: the first that is async, or of which nobody knows whether it calls what it is given, decides. */
function isStalling(takers: readonly Taker[], layers: readonly Layer[], isAsync: boolean): boolean {
  const calls = callersAmong(takers);
  for (const layer of layers.toReversed()) {
    if (layer === 'async' || layer === 'reaction') return true;
    if (layer === 'timer' || layer === 'nobody' || (typeof layer === 'number' && !calls[layer])) return false;
  }
  return isAsync;
}

function reportedIn(code: string): string[] {
  const messages = new Linter().verify(code, { plugins: { offload: plugin }, rules: { 'offload/no-blocking-call': 'error', 'offload/no-indirect-blocking': 'error' } }, { filename: 'file.js' });
  const line = code.split('\n').findIndex((text) => text.includes('function main(')) + 1;
  return messages.filter((message) => message.line === line || message.fatal).map(({ ruleId, message }) => ruleId ?? message);
}

const program = fc.integer({ min: 1, max: 5 }).chain((size) => fc.record({
  takers: fc.array(fc.record({ isAsync: fc.boolean(), does: fc.constantFrom<Taker['does'][]>('calls', 'calls', 'maps', 'keeps', 'times', 'gives away', 'passes on', 'passes on', 'wraps', 'wraps async'), to: fc.nat(size - 1) }), { minLength: size, maxLength: size }),
  layers: fc.array(fc.oneof({ weight: 5, arbitrary: fc.nat(size - 1) as fc.Arbitrary<Layer> }, { weight: 2, arbitrary: fc.constantFrom<Layer[]>('array', 'array', 'async', 'reaction', 'timer', 'nobody') }), { maxLength: 4 }),
  isAsync: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
}));

describe('a call in functions that are given to others', () => {
  it.each([
    ['fs.readFileSync(p)', 'offload/no-blocking-call'],
    ['[p].map(fs.readFileSync)', 'offload/no-blocking-call'],
    ['load(p)', 'offload/no-indirect-blocking'],
    ['[p].map(load)', 'offload/no-indirect-blocking'],
  ])('is reported by one rule, once, if it stalls asynchronous code: %s', (call, rule) => {
    fc.assert(fc.property(program, ({ takers, layers, isAsync }) => {
      const code = programOf(takers, layers, isAsync, call);
      expect(reportedIn(code), code).toEqual(isStalling(takers, layers, isAsync) ? [rule] : []);
    }), runs(300));
  });

  it('is reported where the last of them has a name', () => {
    fc.assert(fc.property(program, ({ takers, layers, isAsync }) => {
      const code = programOf(takers, layers, isAsync, 't0(load)');
      expect(reportedIn(code), code).toEqual(callersAmong(takers)[0] && isStalling(takers, layers, isAsync) ? ['offload/no-indirect-blocking'] : []);
    }), runs(300));
  });
});

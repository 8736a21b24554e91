import { describe, expect, it } from 'vitest';
import { fix, type Given, lint } from '../../lint.js';

const start = "import fs from 'node:fs';\n";
const runtime = "import { offload } from 'eslint-plugin-offload/runtime';\n";

function fixed(code: string, given: Given = {}): string {
  const { output, messages } = fix(start + code, given);
  expect(messages).toEqual([]);
  expect(output).toContain(start + runtime);
  return output.slice((start + runtime).length);
}

describe('a blocking API that is passed to a promise', () => {
  it.each([
    ['then(fs.readFileSync)', 'then((value) => offload(fs.readFileSync, value))'],
    ['then(String, fs.readFileSync)', 'then(String, (value) => offload(fs.readFileSync, value))'],
    ['catch(fs.rmSync)', 'catch((value) => offload(fs.rmSync, value))'],
    ['finally(fs.rmSync)', 'finally(() => offload(fs.rmSync))'],
    ['then(/* a */ fs.readFileSync /* b */)', 'then(/* a */ (value) => offload(fs.readFileSync, value) /* b */)'],
    ['then(fs["readFileSync"]).then(String)', 'then((value) => offload(fs["readFileSync"], value)).then(String)'],
  ])('.%s', (before, after) => {
    expect(fixed(`export const text = () => fetch('a').${before};`)).toBe(`export const text = () => fetch('a').${after};`);
  });

  it('is called with another name where that one is taken', () => {
    expect(fixed("export const text = (value) => fetch(value).then(fs.readFileSync);")).toBe("export const text = (value) => fetch(value).then((settled) => offload(fs.readFileSync, settled));");
  });

  it('is reported at the API, as what a promise reaction waits for', () => {
    const [message, ...others] = lint(`${start}fetch('a').then(fs.readFileSync);`);
    expect(others).toEqual([]);
    expect(message).toMatchObject({ line: 2, column: 17, endColumn: 32 });
    expect(message!.message).toBe('fs.readFileSync() blocks the event loop while this promise reaction waits for it. Run it on a worker: `(value) => offload(fs.readFileSync, value)`.');
  });

  it('is only reported where it cannot run on a worker, and with `fix: "none"`', () => {
    for (const [code, options] of [["vi.mock('node:fs'); fetch('a').then(fs.readFileSync);", {}], ["fetch('a').then(fs.opendirSync);", {}], ["fetch('a').then(fs.readFileSync);", { fix: 'none' }]] as const) {
      const { output, messages } = fix(start + code, { options });
      expect(output).toBe(start + code);
      expect(messages.map(({ suggestions }) => suggestions?.length ?? 0)).toEqual([0]);
    }
  });
});

describe('a promise is', () => {
  it.each([
    "Promise.resolve('a')", 'Promise.all([])', 'new Promise((done) => { done(); })', "import('./a.js')", "fetch('a')", "fs.promises.readFile('a')", "offload(load, 'a')",
    'load()', '(async () => 1)()', "load().then(String).catch(String)", 'later()', 'promise', 'given',
  ])('%s', (promise) => {
    const code = `${start}${runtime}async function load() {} const later = async () => 1; const promise = load(); export function run(given: Promise<string>) { return ${promise}.then(fs.readFileSync); }`;
    expect(lint(code, { filename: 'file.ts' })).toHaveLength(1);
  });

  it.each([
    'thing', 'thing.load()', 'plain()', 'all()', 'other', 'reassigned', 'circle', 'load', 'mine', 'load?.()',
  ])('not known to be: %s', (receiver) => {
    const code = `${start}async function load() {} function plain() {} async function* all() {} const circle = other2, other2 = circle; let reassigned = load(); reassigned = thing;
interface Later { then(f: unknown): void } type Promised<T> = Promise<T>; declare const mine: Later;
export function run(thing, other: Promised<string>) { return ${receiver}.then(fs.readFileSync); }`;
    expect(lint(code, { filename: 'file.ts' })).toEqual([]);
  });

  it('not what has the name of one', () => {
    expect(lint(`${start}import { Promise } from './later.js'; Promise.resolve('a').then(fs.readFileSync); export const run = (p: Promise<string>) => p.then(fs.readFileSync);`, { filename: 'file.ts' })).toEqual([]);
  });
});

it.each([
  "Promise.resolve('a').map(fs.readFileSync);", "Promise.resolve('a').then(String, String, fs.readFileSync);", "Promise.resolve('a').then(...all, fs.readFileSync);", "Promise.resolve('a').then(read);", "Promise.resolve('a').then(fs.readFile);",
  // What it is called with decides whether it blocks.
  "import { randomBytes } from 'node:crypto'; Promise.resolve(1).then(randomBytes);",
  "import { parentPort } from 'node:worker_threads'; parentPort.postMessage(1); Promise.resolve('a').then(fs.readFileSync);",
])('nothing is said about %s', (code) => {
  expect(lint(start + code)).toEqual([]);
});

it('a function that passes one on does not block itself', () => {
  const code = `${start}function load(path) { return Promise.resolve(path).then(fs.readFileSync); } export async function run() { return load('a'); }`;
  expect(lint(code, { rule: 'no-indirect-blocking' })).toEqual([]);
  expect(lint(code)).toHaveLength(1);
});

import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../property-runs.js';
import { chainOf, lint, project } from '../rules/no-indirect-blocking/project.js';

/** A method of a class of its own, in a file of its own. */
interface DrawnMethod {
  /** What it is called, by number; others may be called the same. */
  readonly name: number;
  readonly isAsync: boolean;
  readonly blocks: boolean;
  readonly calls: readonly DrawnCall[];
}

/** A call of a method of which only the name is known, or of another class's method, which is known. */
type DrawnCall = { readonly named: number } | { readonly known: number };

const names = ['loadProfile', 'writeReport', 'findProject', 'removeFixture', 'openSession', 'parseManifest', 'copyTemplate', 'hashSources'];
/** As many calls by name in a row are followed. */
const maxNames = 4;

function drawnMethods(size: number): fc.Arbitrary<readonly DrawnMethod[]> {
  const oneIn = (times: number): fc.Arbitrary<boolean> => fc.nat(times - 1).map((n) => n === 0);
  const name = fc.nat(names.length - 1);
  return fc.array(
    fc.record({
      name,
      isAsync: oneIn(10),
      blocks: oneIn(3),
      calls: fc.array(fc.oneof({ weight: 3, arbitrary: name.map((named): DrawnCall => ({ named })) }, { weight: 1, arbitrary: fc.nat(size - 1).map((known): DrawnCall => ({ known })) }), { maxLength: 2 }),
    }),
    { minLength: size, maxLength: size },
  );
}

function textOf(index: number, methods: readonly DrawnMethod[]): string {
  const { name, isAsync, blocks, calls } = methods[index]!;
  const known = [...new Set(calls.flatMap((call) => ('known' in call && call.known !== index ? [call.known] : [])))];
  return [
    "import fs from 'node:fs';",
    ...known.map((to) => `import { Part${to} } from './part${to}.js';`),
    `export class Part${index} {`,
    `  ${isAsync ? 'async ' : ''}${names[name]!}(p) {`,
    ...calls.map((call) => ('named' in call ? `    p.${names[call.named]!}(p);` : `    new Part${call.known}().${names[methods[call.known]!.name]!}(p);`)),
    ...(blocks ? ['    fs.readFileSync(p);'] : []),
    '  }',
    '}',
  ].map((line) => `${line}\n`).join('');
}

/** The names by which what is called blocks, by brute force: whatever has that name blocks, with so many calls by name in a row at most. */
function blockingNames(methods: readonly DrawnMethod[]): ReadonlySet<number> {
  let blocking = new Set<number>();
  for (let hop = 0; hop < maxNames; hop += 1) {
    const before = allBlocking(blocking, methods);
    const found = new Set<number>();
    for (let changed = true; changed; ) {
      changed = false;
      for (const [index, { isAsync, blocks, calls }] of methods.entries()) {
        if (found.has(index) || isAsync || !(blocks || calls.some((call) => ('named' in call ? before.has(call.named) : found.has(call.known))))) continue;
        found.add(index);
        changed = true;
      }
    }
    blocking = found;
  }
  return allBlocking(blocking, methods);
}

function allBlocking(blocking: ReadonlySet<number>, methods: readonly DrawnMethod[]): ReadonlySet<number> {
  return new Set([...names.keys()].filter((name) => methods.some((one) => one.name === name) && methods.every((one, index) => one.name !== name || blocking.has(index))));
}

describe('methods of which only the names are known', () => {
  it('are reported where all that are called so block, as a search by brute force says, whatever is linted first', { timeout: 300_000 }, () => {
    let reported = 0;
    fc.assert(fc.property(fc.integer({ min: 1, max: 10 }).chain(drawnMethods), fc.boolean(), (methods, isMainFirst) => {
      const main = ['export async function main(p) {', ...names.map((name) => `  p.${name}(p);`), '}'].map((line) => `${line}\n`).join('');
      const files = { 'package.json': '{ "name": "app" }', 'main.js': main, ...Object.fromEntries(methods.map((_, index) => [`part${index}.js`, textOf(index, methods)])) };
      const folder = project(files);
      if (!isMainFirst) for (const index of methods.keys()) lint(textOf(index, methods), join(folder, `part${index}.js`), {}, folder);
      const messages = lint(main, join(folder, 'main.js'), { options: { maxDepth: 100 } }, folder);
      const expected = blockingNames(methods);
      reported += messages.length;
      expect(messages.map(({ line }) => names[line - 2])).toEqual(names.filter((_, name) => expected.has(name)));
      for (const message of messages) expect(chainOf(message)).toMatch(/^Part\d+\.\w+ \(by its name, part\d+\.js:\d+\) → .*fs\.readFileSync \(part\d+\.js:\d+\)$/);
    }), runs(200));
    expect(reported).toBeGreaterThan(100);
  });
});

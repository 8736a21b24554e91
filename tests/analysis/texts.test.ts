import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayCall } from '../../src/analysis/may-call.js';
import { componentsFrom } from '../../src/analysis/modules/components.js';
import { specifiersIn } from '../../src/analysis/modules/specifiers.js';
import { contentOf } from '../../src/analysis/texts.js';
import { hasWord, wordHash, wordsOf } from '../../src/analysis/words.js';
import { blockingApis } from '../../src/catalogue/lookup.js';

const all = { key: 'everything', isWanted: () => true };

function may(text: string): boolean {
  return mayCall({ file: '/project/file.ts', text, content: contentOf('/project/file.ts', text) }, all, undefined);
}

describe('mayCall', () => {
  it('is true for a call of every catalogued API, loaded in every way', () => {
    for (const { module, path } of blockingApis) {
      const steps = path.replaceAll('#', '.');
      const global = module === 'globalThis' || module === 'process';
      const texts = global
        ? [`${module === 'process' ? 'process.' : ''}${steps}(1)`, `const { ${steps.split('.')[0]!}: a } = ${module}; a.${steps}`]
        : [
            `import * as m from '${module}'; m.${steps}(1)`, `import m from "${module}"\nm.${steps}`, `const m = require('${module}'); m.${steps}()`, `(await import(/* now */ '${module}')).${steps}`, `const r = createRequire(import.meta.url); r('${module}').${steps}`,
            `import { ${steps === '' ? 'default' : steps.split('.')[0]!} as a } from '${module}'; a.${steps}()`,
          ];
      expect(texts.filter((text) => !may(text)), `${module} ${path}`).toEqual([]);
    }
  });

  it.each([
    'export const a = 1;', "import { readFile } from 'fs'; await readFile('a')", "import { open } from './files.js'; open('a')", "import { confirm } from './prompt.js'; await confirm('Sure?')", 'const prompt = make(); prompt("a")', 'o.alert(1)', 'const o = { alert: 1 };',
    "import { find } from 'lodash'; find(1)", 'process.exit(1)', 'new XMLHttpRequestLike()', 'loadConfigSync()', "import cp from 'child_process'; cp.spawn('a')",
  ])('is false for %s', (text) => {
    expect(mayCall({ file: '/project/file.ts', text, content: contentOf('/project/file.ts', text) }, { key: 'reported', isWanted: (api) => api.reported }, undefined)).toBe(false);
  });

  it.each(["fs['read' + 'FileSync'](1)", 'fs[`${n}Sync`](1)', 'fs.read\\u0046ileSync(1)', "fs['stat\\x53ync'](1)", 'globalThis.alert(1)', "const { alert: a } = globalThis; a(1)", '[1].forEach(alert)', 'const a = alert;\na(1)'])('is true for a name that is not written out, or handed on: %s', (text) => {
    expect(may(text)).toBe(true);
  });
});

describe('specifiersIn', () => {
  it.each<readonly [text: string, specifiers: readonly string[]]>([
    ["import a from './a'; import './b'; export * from \"./c\"; export { d } from './d'", ['./a', './b', './c', './d']],
    ["import{a}from'./a';const b=require('./b'),c=await import('./c')", ['./a', './b', './c']],
    ["import a = require('./a'); import type { B } from './b'", ['./a', './b']],
    ["import {\n  a,\n} from\n  './a'", ['./a']],
    ['const a = require(`./a`)', ['./a']],
    ["const load = require; load('./a')", ['./a']],
    ["const name = './a'; require(name)", ['./a']],
    ["await import(/* webpackChunkName: 'a' */ './a')", ['a', './a']],
    ["createRequire(import.meta.url)('./a')", ['./a']],
    ["process.getBuiltinModule('fs')", ['fs']],
    ["const a = 'import'; require('./b')", ['; require(', './b']],
  ])('of %s', (text, specifiers) => {
    expect(specifiersIn(text)).toEqual(specifiers);
  });
});

describe('words', () => {
  const has = (text: string, word: string): boolean => hasWord(text, new Set([wordHash(word)]));

  it.each(['load()', 'a.load', 'load', '{ load }', "['load']", '`${load}`', '// a\nload', 'a // load', '/* a */ load', '`\n// ${load}`', '`\n/* ${load} */`', '\r\nload', 'über.load', 'é load'])('load is in %s', (text) => {
    expect([has(text, 'load'), wordsOf(text).has(wordHash('load'))]).toEqual([true, true]);
  });

  it.each(['loading', '$load', 'load_', 'preload', '// load', 'a\n  // load\nb', '/* load */', '/**\n * load\n */ a', '', 'löad', '/* load'])('and not in %s', (text) => {
    expect([has(text, 'load'), wordsOf(text).has(wordHash('load'))]).toEqual(text === '/* load' ? [true, true] : [false, false]);
  });

  it('with other characters and names', () => {
    for (const word of ['$', '_a', 'größe', '名前', 'a1']) expect(has(`x.${word}(1)`, word), word).toBe(true);
  });
});

describe('componentsFrom', () => {
  it('agrees with who can reach whom, each after what it leads to, and leaves out what is known', () => {
    const size = 12;
    const graphs = fc.array(fc.array(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size });
    fc.assert(fc.property(graphs, fc.nat(size - 1), fc.nat(size - 1), (edges, first, second) => {
      const reached = edges.map((_, from) => {
        const seen = new Set([from]);
        for (const node of seen) for (const to of edges[node]!) seen.add(to);
        return seen;
      });
      const known = new Set<number>();
      for (const start of [first, second]) {
        const before = new Set(known);
        const components = componentsFrom(start, (node) => edges[node]!, (node) => before.has(node));
        for (const component of components) {
          for (const node of component) expect([...component].sort()).toEqual([...reached[node]!].filter((other) => reached[other]!.has(node)).sort());
          for (const node of component) for (const to of edges[node]!) expect(known.has(to) || component.includes(to)).toBe(true);
          for (const node of component) known.add(node);
        }
        expect(components.flat().toSorted()).toEqual([...reached[start]!].filter((node) => !before.has(node)).sort());
      }
    }), { numRuns: 500, seed: 20261122 });
  });

  it('does not run out of stack', () => {
    const length = 100_000;
    expect(componentsFrom(0, (node) => (node < length ? [node + 1] : []), () => false)).toHaveLength(length + 1);
  });
});

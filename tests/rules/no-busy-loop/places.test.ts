import { describe, expect, it } from 'vitest';
import { fix, type Given, lint, suggestions } from '../../lint.js';
import type { NoBusyLoopOptions } from '../../../src/rules/no-busy-loop.js';

const rule = 'no-busy-loop' as const;
const head = "import { offload } from 'eslint-plugin-offload/runtime';\nimport { setTimeout } from 'node:timers/promises';\n";
const wait = 'while (Date.now() < end);';
const count = 'for (let i = 0; i < 1e6; i++) { const x = i; }';

describe('where it reports', () => {
  const places: readonly (readonly [code: string, from: NonNullable<NoBusyLoopOptions['contexts']>])[] = [
    [`async function f(end) { ${wait} }`, 'async'],
    [`p.then((end) => { ${wait} });`, 'async'],
    [`async function f(ends) { ends.forEach((end) => { ${wait} }); }`, 'async'],
    [`setInterval((end) => { ${wait} });`, 'event-loop'],
    [`function f(end) { ${wait} }`, 'functions'],
    [`let end; ${wait}`, 'everywhere'],
  ];
  const choices = ['async', 'event-loop', 'functions', 'everywhere'] as const;

  it.each(places)('%s: from %s on', (code, from) => {
    for (const contexts of choices) expect(lint(code, { rule, options: { contexts } })).toHaveLength(choices.indexOf(contexts) >= choices.indexOf(from) ? 1 : 0);
  });

  it.each([`process.on('exit', () => { ${wait} });`, `import { parentPort } from 'node:worker_threads'; ${wait} parentPort.postMessage(1);`])('never: %s', (code) => {
    expect(lint(`let end = 1; ${code}`, { rule, options: { contexts: 'everywhere' } })).toEqual([]);
  });
});

describe('where it points to', () => {
  it.each([
    [`async function f(end) { ${wait} }`, 'while'],
    ['async function f(end) { do ; while (Date.now() < end); }', 'do'],
    ['async function f(end) { for (; Date.now() < end;); }', 'for'],
    ['async function f(end) { label: for (; Date.now() < end;); }', 'for'],
    ['async function f() { return Array.from({ length: 1e6 }).length; }', 'from'],
    ['async function f() { return Array(1e6).fill().map((x) => x); }', 'map'],
    ['async function f(c) { Atomics.wait(c, 0, 0); }', 'Atomics.wait'],
    ['async function f() { return [...Array(1e6).keys()]; }', '['],
  ])('%s: %s', (code, text) => {
    const [message] = lint(code, { rule });
    expect(code.split('\n')[message!.line - 1]!.slice(message!.column - 1, message!.endColumn! - 1)).toBe(text);
  });
});

describe('where no await may stand', () => {
  it.each([
    [`function f(end) { ${wait} }`, 'the function around it is not async'],
    [`class A { constructor(end) { ${wait} } }`, 'a constructor cannot await'],
    [`class A { get a() { ${wait} } }`, 'a getter or setter cannot await'],
    [`class A { static { ${wait} } }`, '`await` may not stand in a static block'],
    [`function* f(end) { ${wait} }`, 'a synchronous generator cannot await'],
    [`async function f(xs) { xs.sort((end) => { ${wait} }); }`, 'it runs in a synchronous callback'],
  ])('%s: %s', (code, reason) => {
    const [message, ...others] = lint(`let end; ${code}`, { rule, options: { contexts: 'everywhere' } });
    expect(others).toEqual([]);
    expect(message!.message).toContain(`Not fixed automatically: ${reason}`);
    expect(message).not.toHaveProperty('fix');
    expect(message!.suggestions ?? []).toEqual([]);
  });

  it.each([
    [`async function f(xs) { xs.forEach((end) => { ${wait} }); }`, 'async function f(xs) { for (const end of xs) { await setTimeout(Math.max(0, end - Date.now())); } }'],
    [`async function f(xs) { return xs.map((end) => { ${wait} return end; }); }`, 'async function f(xs) { return await Promise.all(xs.map(async (end) => { await setTimeout(Math.max(0, end - Date.now())); return end; })); }'],
    [`p.then((end) => { ${wait} });`, 'p.then(async (end) => { await setTimeout(Math.max(0, end - Date.now())); });'],
    [`p.then(() => { ${count} });`, `p.then(async () => { await offload(() => { ${count} }); });`],
    ['async function f(xs) { return xs.map(() => Array.from({ length: 1e6 })); }', 'async function f(xs) { return await Promise.all(xs.map(async () => offload(() => Array.from({ length: 1e6 })))); }'],
  ])('a callback that can be changed is a suggestion: %s', (before, after) => {
    expect(fix(head + before, { rule }).output).toBe(head + before);
    expect(suggestions(head + before, { rule })).toEqual([head + after]);
  });

  it('an expression that a variable was read before, and that may be written meanwhile, is a suggestion', () => {
    const code = `${head}let n = 1; export const set = () => { n = 2; }; export async function f() { return n + [...Array(1e6).keys()].length; }`;
    expect(lint(code, { rule })[0]!.message).toContain('Not fixed automatically: a variable read earlier in the same expression may be written while the task runs');
    expect(suggestions(code, { rule })).toHaveLength(1);
  });
});

describe('options and settings', () => {
  it('fix: "none" reports without fixes and suggestions', () => {
    const messages = lint(`async function f(end, xs) { ${wait} ${count} Atomics.wait(xs, 0, 0); xs.forEach((end) => { ${wait} }); }`, { rule, options: { fix: 'none' } });
    expect(messages).toHaveLength(4);
    for (const message of messages) {
      expect(message).not.toHaveProperty('fix');
      expect(message).not.toHaveProperty('suggestions');
    }
  });

  it('settings.offload.runtime names the module that offload comes from', () => {
    expect(fix(`export async function f() { ${count} }`, { rule, runtime: '#pool' }).output).toBe(`import { offload } from '#pool';\n\nexport async function f() { await offload(() => { ${count} }); }`);
  });

  it.each([{ contexts: 'all' }, { maxIterations: 0 }, { maxIterations: 1.5 }, { maxRecursion: -1 }, { fix: 'native' }, { unknown: 1 }])('refused: %j', (options) => {
    expect(() => lint('', { rule, options: options as NoBusyLoopOptions })).toThrow('Key "rules": Key "offload/no-busy-loop":');
  });
});

describe('what a fix writes around a loop', () => {
  const given: Given = { rule };
  it.each([
    ['over several lines, one step further in', 'async function f() {\n    let s = "";\n    for (let i = 0; i < 1e6; i++) {\n        s += `a\n  b`;\n\n        // more\n    }\n    return s;\n}', 'async function f() {\n    let s = "";\n    ({ s } = await offload(({ s }) => {\n        for (let i = 0; i < 1e6; i++) {\n            s += `a\n  b`;\n\n            // more\n        }\n        return { s };\n    }, { s }));\n    return s;\n}'],
    ['without semicolons', 'async function f() {\n  let n = 0\n  for (let i = 0; i < 1e6; i++) n += i\n  return n\n}', 'async function f() {\n  let n = 0\n  ;({ n } = await offload(({ n }) => { for (let i = 0; i < 1e6; i++) n += i; return { n }; }, { n }))\n  return n\n}'],
    ['labels and all', 'async function f() { let n = 0; a: b: for (let i = 0; i < 1e6; i++) { for (;;) { n++; continue a; } } return n; }', 'async function f() { let n = 0; ({ n } = await offload(({ n }) => { a: b: for (let i = 0; i < 1e6; i++) { for (;;) { n++; continue a; } } return { n }; }, { n })); return n; }'],
    ['in the place of a statement without braces', 'async function f(c) { let n = 0; if (c) for (let i = 0; i < 1e6; i++) n++; else n = 2; return n; }', 'async function f(c) { let n = 0; if (c) ({ n } = await offload(({ n }) => { for (let i = 0; i < 1e6; i++) n++; return { n }; }, { n })); else n = 2; return n; }'],
  ])('%s', (_name, before, after) => {
    const top = before.includes('return s;') || before.includes('return n;') ? head : head.replaceAll(';', '');
    expect(fix(top + before, given)).toMatchObject({ output: top + after, messages: [] });
  });

  it('many loops in a file take two passes and one import', () => {
    const loops = Array.from({ length: 10 }, () => `{ ${count} }`).join('\n');
    const { output, passes } = fix(`export async function f() { ${loops} }`, given);
    expect(passes).toBeLessThanOrEqual(2);
    expect(output.match(/await offload\(/g)).toHaveLength(10);
    expect(output.match(/import \{/g)).toHaveLength(1);
  });
});

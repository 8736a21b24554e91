import { describe, expect, it } from 'vitest';
import { fix, type Given, lint, suggestions } from '../../lint.js';

const given: Given = { rule: 'no-busy-loop' };
const head = "import fs from 'node:fs';\nimport { execSync } from 'node:child_process';\nimport { setTimeout } from 'node:timers/promises';\n";
const inBody = (statements: string): string => `${head}export async function wait(ms, end, p, o) { ${statements} }`;
const reported = (statements: string): (string | undefined)[] => lint(inBody(statements), given).map(({ messageId }) => messageId);

describe('waiting for time becomes an awaited timer', () => {
  it.each([
    ['while (Date.now() < end);', 'await setTimeout(Math.max(0, end - Date.now()));'],
    ['while (Date.now() < end) {}', 'await setTimeout(Math.max(0, end - Date.now()));'],
    ['while (Date.now() <= end) { continue; }', 'await setTimeout(Math.max(0, end - Date.now()));'],
    ['while (end > Date.now()) {}', 'await setTimeout(Math.max(0, end - Date.now()));'],
    ['while (o.end >= Date.now()) {}', 'await setTimeout(Math.max(0, o.end - Date.now()));'],
    ['while ((ms ? end : 0) > Date.now()) {}', 'await setTimeout(Math.max(0, (ms ? end : 0) - Date.now()));'],
    ['const until = Date.now() + ms; while (Date.now() < until) {}', 'await setTimeout(ms);'],
    ['const until = 5 * 1000 + Date.now(); while (Date.now() < until) {}', 'await setTimeout(5 * 1000);'],
    ['let until = Date.now() + ms; let x = 1; while (Date.now() < until) {} return x;', 'let until = Date.now() + ms; let x = 1; await setTimeout(ms); return x;'],
    ['const until = Date.now() + ms; await o(); while (Date.now() < until) {}', 'const until = Date.now() + ms; await o(); await setTimeout(Math.max(0, until - Date.now()));'],
    ['const until = Date.now() + ms(); while (Date.now() < until) {}', 'const until = Date.now() + ms(); await setTimeout(Math.max(0, until - Date.now()));'],
    ['const until = Date.now() + ms; while (Date.now() < until) {} return until;', 'const until = Date.now() + ms; await setTimeout(ms); return until;'],
    ['const start = Date.now(); while (Date.now() - start < ms) {}', 'await setTimeout(ms);'],
    ['const start = Date.now(); while (Date.now() - start < 1e3) {} return start;', 'const start = Date.now(); await setTimeout(1e3); return start;'],
    ['const start = Date.now(); while (Date.now() < start + ms) {}', 'await setTimeout(ms);'],
    ['const start = Date.now(); const until = start + ms; while (Date.now() < until) {} return start;', 'const start = Date.now(); await setTimeout(ms); return start;'],
    ['while (Date.now() - o.start < ms) {}', 'await setTimeout(Math.max(0, ms - (Date.now() - o.start)));'],
    ['const start = performance.now(); while (performance.now() - start <= ms) {}', 'await setTimeout(ms);'],
    ['const start = Date.now(); while (performance.now() - start <= ms) {}', 'const start = Date.now(); await setTimeout(Math.max(0, ms - (performance.now() - start)));'],
    ['while (new Date() < end) {}', 'await setTimeout(Math.max(0, Number(end) - Date.now()));'],
    ['while (new Date().getTime() < end) {}', 'await setTimeout(Math.max(0, end - new Date().getTime()));'],
    ['const start = new Date(); while (new Date() - start < 50) {}', 'await setTimeout(50);'],
    ['while (+new Date() < end) {}', 'await setTimeout(Math.max(0, end - +new Date()));'],
    ['const start = process.hrtime.bigint(); while (process.hrtime.bigint() - start < 5_000_000n) {}', 'await setTimeout(5);'],
    ['const until = process.hrtime.bigint() + ms; while (process.hrtime.bigint() < until) {}', 'await setTimeout(Number(ms) / 1e6);'],
    ['while (process.hrtime.bigint() < end) {}', 'await setTimeout(Math.max(0, Number(end - process.hrtime.bigint()) / 1e6));'],
    ['const start = process.hrtime(); while (process.hrtime(start)[0] < 2) {}', 'await setTimeout(2000);'],
    ['while (process.uptime() < end) {}', 'await setTimeout(Math.max(0, (end - process.uptime()) * 1000));'],
    ['for (;;) { if (Date.now() >= end) break; }', 'await setTimeout(Math.max(0, end - Date.now()));'],
    ['while (true) { if (end <= Date.now()) { break; } }', 'await setTimeout(Math.max(0, end - Date.now()));'],
    ['for (; Date.now() < end;) {}', 'await setTimeout(Math.max(0, end - Date.now()));'],
    ['for (const until = Date.now() + ms; Date.now() < until;) {}', 'await setTimeout(ms);'],
    ['for (let start = Date.now(); Date.now() - start < ms;);', 'await setTimeout(ms);'],
    ['for (let t = Date.now(), until = t + 20; t < until; t = Date.now());', 'await setTimeout(20);'],
    ['for (let length = 20, until = Date.now() + length; Date.now() < until;);', 'await setTimeout(20);'],
    ['let now; do { now = Date.now(); } while (now < end);', 'let now; await setTimeout(Math.max(0, end - Date.now()));'],
    ['let now; while ((now = Date.now()) < end);', 'let now; await setTimeout(Math.max(0, end - Date.now()));'],
    ['do { var spent = Date.now() - o.start; } while (spent < ms);', 'await setTimeout(Math.max(0, ms - (Date.now() - o.start)));'],
    ['let n = 0; while (Date.now() < end) { n++; Math.sqrt(n); }', 'let n = 0; await setTimeout(Math.max(0, end - Date.now()));'],
    ['label: while (Date.now() < end) continue label;', 'await setTimeout(Math.max(0, end - Date.now()));'],
    ['if (ms) while (Date.now() < end); else o();', 'if (ms) await setTimeout(Math.max(0, end - Date.now())); else o();'],
    ['while (Date.now() < end) { /* busy */ }', '/* busy */\nawait setTimeout(Math.max(0, end - Date.now()));'],
  ])('%s', (before, after) => {
    const { output, messages } = fix(inBody(before), given);
    expect(output).toBe(inBody(after));
    expect(messages).toEqual([]);
  });

  it.each([
    ['let n = 0; while (Date.now() < end) { n++; } return n;', 'it also writes `n`, which is used after it'],
    ['let now; do { now = Date.now(); } while (now < end); return now;', 'it also writes `now`, which is used after it'],
    ['let done = false; while (!done && Date.now() < end) {}', 'its condition is more than one comparison with the time'],
    ['while (process.hrtime(o)[0] < 2) {}', 'how long it waits cannot be told from what stands before it'],
    ['while (process.hrtime(o)[1] < 2) {}', 'its condition is more than one comparison with the time'],
    ['while (Date.now() !== end) {}', 'its condition is more than one comparison with the time'],
    ['const start = Date.now(); while (Date.now() - start < 3e9) {}', 'how long it waits cannot be told from what stands before it'],
    ['let x; for (x = Date.now(); Date.now() - x < 10;); return x;', 'its head sets up what is used after it'],
  ])('not fixed: %s', (code, reason) => {
    const [message, ...others] = lint(inBody(code), given);
    expect(others).toEqual([]);
    expect(message).toMatchObject({ messageId: 'time', message: expect.stringContaining(`Not fixed automatically: ${reason}.`) as string });
    expect(message).not.toHaveProperty('fix');
  });

  it.each([
    'while (Date.now() < end) o.work();',
    'while (Date.now() < end) { if (o.take()) break; }',
    'while (Date.now() < end) await o.next();',
    'while (Date.now() < end) { ms -= o.n; o.n = ms; }',
    'while (o.now() < end) {}',
    'while (Date.now() < o.end()) {}',
    'while (Date.now() > end) { return; }',
    'if (Date.now() < end) {}',
    'while (Date.now() < end) { end = 0; }',
    'const Date = o; while (Date.now() < end) {}',
  ])('silent: %s', (code) => {
    expect(reported(code)).toEqual([]);
  });
});

describe('the import of the timer', () => {
  const code = 'export async function wait(end) { while (Date.now() < end); }';
  it.each([
    ['', "import { setTimeout } from 'node:timers/promises';\n\n", 'setTimeout'],
    ["import { setInterval } from 'timers/promises';\n", "import { setInterval, setTimeout } from 'timers/promises';\n", 'setTimeout'],
    ["import * as timers from 'timers/promises';\n", "import * as timers from 'timers/promises';\n", 'timers.setTimeout'],
    ['setTimeout(wait, 1);\n', "import { setTimeout as delay } from 'node:timers/promises';\n\nsetTimeout(wait, 1);\n", 'delay'],
    ['const delay = 1; setTimeout(wait, delay);\n', "import { setTimeout as setTimeoutPromise } from 'node:timers/promises';\n\nconst delay = 1; setTimeout(wait, delay);\n", 'setTimeoutPromise'],
  ])('%s', (before, after, name) => {
    expect(fix(before + code, given).output).toBe(`${after}export async function wait(end) { await ${name}(Math.max(0, end - Date.now())); }`);
  });

  it('is a require in CommonJS', () => {
    expect(fix('exports.wait = async (end) => { while (Date.now() < end); };', { ...given, sourceType: 'commonjs' }).output).toBe("const { setTimeout } = require('node:timers/promises');\n\nexports.wait = async (end) => { await setTimeout(Math.max(0, end - Date.now())); };");
  });
});

describe('sleeping', () => {
  it.each([
    ['Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);', 'await setTimeout(ms);'],
    ['globalThis.Atomics.wait(new BigInt64Array(new SharedArrayBuffer(8)), 0, 0n, 1000);', 'await setTimeout(1000);'],
    ['const cell = new Int32Array(new SharedArrayBuffer(4)); Atomics.wait(cell, 0, 0, ms);', 'const cell = new Int32Array(new SharedArrayBuffer(4)); await setTimeout(ms);'],
    ['const memory = new SharedArrayBuffer(4); const cell = new Int32Array(memory); Atomics.wait(cell, 0, 0, ms);', 'const memory = new SharedArrayBuffer(4); const cell = new Int32Array(memory); await setTimeout(ms);'],
  ])('%s', (before, after) => {
    expect(fix(inBody(before), given)).toMatchObject({ output: inBody(after), messages: [] });
    expect(lint(inBody(before))).toEqual([]);
  });

  it.each([
    ['Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);', 'it waits without end'],
    ['Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Infinity);', 'it waits without end'],
    ['return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);', 'its result is used, and a timer has none'],
  ])('not fixed: %s', (code, reason) => {
    const [message] = lint(inBody(code), given);
    expect(message).toMatchObject({ messageId: 'sleep', message: expect.stringContaining(reason) as string });
    expect(message).not.toHaveProperty('fix');
  });

  it.each([
    ['Atomics.wait(o.cells, 0, 0, ms);', 'await Atomics.waitAsync(o.cells, 0, 0, ms).value;'],
    ["return Atomics.wait(o.cells, 0, 0) === 'ok';", "return await Atomics.waitAsync(o.cells, 0, 0).value === 'ok';"],
    ['return Atomics.wait(o.cells, 0, 0).length;', 'return (await Atomics.waitAsync(o.cells, 0, 0).value).length;'],
    ['const cells = new Int32Array(new SharedArrayBuffer(4)); o(cells); Atomics.wait(cells, 0, 0, ms);', 'const cells = new Int32Array(new SharedArrayBuffer(4)); o(cells); await Atomics.waitAsync(cells, 0, 0, ms).value;'],
    ['return o.then(() => Atomics.wait(o.cells, 0, 0));', 'return o.then(() => Atomics.waitAsync(o.cells, 0, 0).value);'],
  ])('on shared memory: %s', (before, after) => {
    expect(reported(before)).toEqual(['memory']);
    expect(suggestions(inBody(before), given)).toEqual([inBody(after)]);
  });

  it('on shared memory, for a target that is too old or a name that says nothing: only a report', () => {
    expect(suggestions(inBody('const { wait } = Atomics; wait(o.cells, 0, 0);'), given)).toEqual([]);
    expect(reported('const { wait } = Atomics; wait(o.cells, 0, 0);')).toEqual(['memory']);
  });

  it('is silent where it does not sleep, or is not what it looks like', () => {
    expect(reported('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, ms); o.Atomics.wait(1, 2, 3); Atomics.notify(o, 0);')).toEqual([]);
  });
});

describe('waiting for a state that cannot change', () => {
  it.each([
    'let done = false; o(() => { done = true; }); while (!done) {}',
    'while (!o.pid) {}',
    'while (!this.ready);',
    'while (o.state !== "ready" && !p) { ms++; }',
    "while (!o.ready) { console.log('waiting'); }",
    'while (!o.ready) { Math.random(); tick(); } function tick() { let n = 1; n += 1; }',
    'for (let i = 0; i < end; ms++) {}',
    'do { ms--; } while (o.busy);',
    'for (;;) { if (o.done) break; }',
    'while (end) { let x = 1; x += ms; }',
    "while (o['busy']) {}",
  ])('%s', (code) => {
    expect(reported(code)).toEqual(['state']);
    expect(lint(inBody(code), given)[0]).not.toHaveProperty('fix');
  });

  it.each([
    'let done = false; while (!done) { done = o(); }',
    'let done = false; while (!done) { tick(); } function tick() { done = true; }',
    'while (!o.pid) { o.tick(); }',
    'while (!o.pid) { await o; }',
    'while (o.next) o = o.next;',
    'while (o.n > 0) o.n -= 1;',
    'while (o.n > 0) delete o.n;',
    'while (o.length) o.pop();',
    'while (!o.isReady()) {}',
    'while (!flags[0]) {}',
    'while (!flags[ms]) {}',
    'while (ms--) {}',
    'let m; while ((m = o.exec(p))) {}',
    'while (o.c !== p) { if (end) return; }',
    'while (o.c) { for (const x of o) x; }',
    'while (o.c) { new Thing(); }',
    'while (o.c) { ms = o`x`; }',
    'while (o.c) { [o.c] = p; }',
    'const debug = false; while (debug) {}',
    'let at = 0; const lexer = { get c() { return p[at]; } }; while (lexer.c) { at += 1; }',
    'while (!o.c) { ms.forEach(() => {}); }',
  ])('silent: %s', (code) => {
    expect(reported(code)).toEqual([]);
  });

  it('a generator pauses at its yield', () => {
    expect(lint('export async function* f(o) { while (!o.done) yield 1; }', given)).toEqual([]);
  });
});

describe('polls of the world outside get a pause', () => {
  it.each([
    ['while (!fs.existsSync(p)) {}', 'while (!fs.existsSync(p)) { await setTimeout(50); }'],
    ['while (!fs.existsSync(p));', 'while (!fs.existsSync(p)) await setTimeout(50);'],
    ['while (!fs.existsSync(p)) ms++;', 'while (!fs.existsSync(p)) { ms++; await setTimeout(50); }'],
    ['do {} while (!fs.existsSync(p));', 'do { await setTimeout(50); } while (!fs.existsSync(p));'],
    ['do; while (!fs.existsSync(p));', 'do await setTimeout(50); while (!fs.existsSync(p));'],
    ['while (true) { if (fs.existsSync(p)) break; }', 'while (true) { if (fs.existsSync(p)) break; await setTimeout(50); }'],
    ['for (let n = 0; fs.readFileSync(p).length === 0; n++) { if (n > 9) throw new Error(p); }', 'for (let n = 0; fs.readFileSync(p).length === 0; n++) { if (n > 9) throw new Error(p); await setTimeout(50); }'],
    ["while (execSync('status').toString().trim() !== 'up') {}", "while (execSync('status').toString().trim() !== 'up') { await setTimeout(50); }"],
    ['while (Atomics.load(o, 0) === 0) {}', 'while (Atomics.load(o, 0) === 0) { await setTimeout(50); }'],
    ['while (!fs.existsSync(p) && Date.now() < end) {}', 'while (!fs.existsSync(p) && Date.now() < end) { await setTimeout(50); }'],
    ['while (!fs.existsSync(p)) {\n    ms++;\n  }', 'while (!fs.existsSync(p)) {\n    ms++;\n      await setTimeout(50);\n    }'],
  ])('%s', (before, after) => {
    expect(reported(before)).toEqual(['poll']);
    expect(fix(inBody(before), given).output).toBe(inBody(before));
    if (!before.includes('\n')) expect(suggestions(inBody(before), given)).toEqual([inBody(after)]);
  });

  it.each([
    'while (!fs.existsSync(p)) await setTimeout(10);',
    'while (!fs.existsSync(p)) p = up(p);',
    'while (!fs.existsSync(o.join(p, "x"))) {}',
    'while (fs.existsSync(p + ms)) ms++;',
    'while (fs.existsSync(`${p}-${ms++}`)) {}',
    'while (fs.readSync(p, o) > 0) {}',
    'while (!o.existsSync(p)) {}',
    'while (!fs.existsSync(p)) { o.work(); }',
  ])('silent: %s', (code) => {
    expect(reported(code)).toEqual([]);
  });
});

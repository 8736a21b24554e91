import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chainOf, chainsIn, lint, project } from './project.js';

const main = ' async function main(p) { load(p); }';

/** The chains in a text, without places. */
function chains(code: string, options = {}): string[] {
  return chainsIn(`import fs from 'fs';\n${code}`, { options }, 'file.ts').map((chain) => chain.replaceAll(/file\.ts:\d+/g, '').replaceAll(/ \((cached)?(?:, )?\)/g, (_, cached?: string) => (cached ? ' (cached)' : '')));
}

describe('what blocks only as long as a cache is empty says so', () => {
  it.each([
    'let c; function load(p) { c ??= fs.readFileSync(p); return c; }',
    'let c; function load(p) { return (c ||= JSON.parse(fs.readFileSync(p))); }',
    'let c; function load(p) { return c ?? (c = fs.readFileSync(p)); }',
    'let c; function load(p) { return c || (c = fs.readFileSync(p)); }',
    'let c; function load(p) { if (!c) c = fs.readFileSync(p); return c; }',
    'let c; function load(p) { if (!c) { const t = fs.readFileSync(p); c = parse(t); } return c; }',
    'let c; function load(p) { if (c === undefined) { c = fs.readFileSync(p); } return c; }',
    'let c = null; function load(p) { if (c == null && p) c = fs.readFileSync(p); return c; }',
    "let c; function load(p) { if (typeof c === 'undefined') c = fs.readFileSync(p); return c; }",
    'let c; function load(p) { if (c) return c; c = fs.readFileSync(p); return c; }',
    'let c; function load(p) { if (c !== undefined || p) { return c; } const t = fs.readFileSync(p); c = t; return t; }',
    'let c; function load(p) { return c ? c : (c = fs.readFileSync(p)); }',
    'let c; function load(p) { if (c) use(c); else { c = fs.readFileSync(p); } }',
    'let done = false; function load(p) { if (done) return; done = true; fs.mkdirSync(p); }',
    'const c = {}; function load(p) { if (!c[p]) c[p] = fs.readFileSync(p); return c[p]; }',
    'const c = {}; function load(p) { if (c[p]) return c[p]; const t = { hasFile: fs.existsSync(p) }; c[p] = t; return t; }',
    'const c = new Map(); function load(p) { if (c.has(p)) return c.get(p); const t = fs.readFileSync(p); c.set(p, t); return t; }',
    'const c = new Map(); function load(p) { if (!c.has(p)) c.set(p, fs.readFileSync(p)); return c.get(p); }',
    'const c = new Map(); function load(p) { let t; const known = c.get(p); if (known) return known; t = fs.readFileSync(p); c.set(p, t); return t; }',
    'const c = new Map(); function load(p) { const known = c.get(p); if (known !== undefined) return known; c.set(p, fs.readFileSync(p)); }',
    'const seen = new Set(); function load(p) { if (seen.has(p)) return; seen.add(p); fs.mkdirSync(p); }',
    'const timed = (fn) => fn(); let c; function load(p) { c ??= timed(() => fs.readFileSync(p)); return c; }',
  ])('%s', (code) => {
    expect(chains(code + main)).toEqual([expect.stringMatching(/^load \(cached\) → fs\.\w+Sync$/)]);
    expect(chains(code + main, { cached: false })).toEqual([]);
  });

  it.each([
    ['a getter', 'class A { #c; get load() { if (this.#c === undefined) this.#c = fs.readFileSync(1); return this.#c; } } async function main(p) { return new A().load; }', 'A.load (cached) → fs.readFileSync'],
    ['a static member', 'class A { static c; static load(p) { return (A.c ??= fs.readFileSync(p)); } } async function main(p) { A.load(p); }', 'A.load (cached) → fs.readFileSync'],
    ['further down', 'let c; const read = (p) => (c ??= fs.readFileSync(p)); const load = (p) => read(p); async function main(p) { load(p); }', 'load → read (cached) → fs.readFileSync'],
    ['by what fills it', 'class A { #c; #init() { this.#c = fs.readFileSync(1); } load() { if (!this.#c) this.#init(); return this.#c; } } async function main(p) { new A().load(); }', 'A.load (cached) → A.#init → fs.readFileSync'],
    ['by a function that fills it', 'let c; function init(p) { c = fs.readFileSync(p); } const load = (p) => { if (c) return c; init(p); return c; }; async function main(p) { load(p); }', 'load (cached) → init → fs.readFileSync'],
    ['before', 'let c; const read = (p) => fs.readFileSync(p); const load = (p) => (c ??= read(p)); async function main(p) { load(p); }', 'load (cached) → read → fs.readFileSync'],
  ])('%s', (_name, code, chain) => {
    expect(chains(code)).toEqual([chain]);
    expect(chains(code, { cached: false })).toEqual([]);
  });

  it.each([
    // It is kept for this call only, or by who calls.
    'function load(p) { let c; if (!c) c = fs.readFileSync(p); return c; }',
    'function load(p) { const c = {}; if (!c.text) c.text = fs.readFileSync(p); return c; }',
    'function load(p) { p.text ??= fs.readFileSync(p); }',
    // Nothing is kept, or something else.
    'let c; function load(p) { if (!c) return fs.readFileSync(p); return c; }',
    'let c, d; function load(p) { if (!c) d = fs.readFileSync(p); return c; }',
    'let c; function load(p) { if (c) return c; return fs.readFileSync(p); }',
    'const c = new Map(); function load(p) { if (c.has(p)) return c.get(p); c.delete(p); return fs.readFileSync(p); }',
    'class A { #c; #log() { fs.statSync(1); } set(c) { this.#c = c; } load() { if (!this.#c) this.#log(); } } const load = (p) => new A().load();',
    'let c; function load(p) { const a = b, b = a; if (a) return a; c = fs.readFileSync(p); }',
    // It is made where it is there, or whether or not.
    'let dirty; function load(p) { if (dirty) { fs.writeFileSync(p, p); dirty = false; } }',
    'let c; function load(p) { if (c) { c = fs.readFileSync(p); } }',
    'let c; function load(p) { if (!c) return; c = fs.readFileSync(p); }',
    'let c; function load(p) { if (!c || p) c = fs.readFileSync(p); }',
    'let c; function load(p) { if (c && p) return c; c = fs.readFileSync(p); }',
    'let c; function load(p) { c = c && fs.readFileSync(p); }',
    'let c; function load(p) { c = fs.readFileSync(p); if (!c) c = p; }',
    'let c; function load(p) { if (c === p) return c; c = fs.readFileSync(p); }',
    'let c; function load(p) { if (c) { use(c); } c = fs.readFileSync(p); }',
    'let c; function load(p) { [p].forEach(() => { if (c) return; }); c = fs.readFileSync(p); }',
    // Something else blocks each time.
    'let c; function load(p) { c ??= fs.readFileSync(p); fs.statSync(p); }',
    'let c; const read = (p) => fs.statSync(p); function load(p) { c ??= fs.readFileSync(p); read(p); }',
  ])('and not: %s', (code) => {
    const [chain, ...others] = chains(code + main);
    expect(others).toEqual([]);
    expect(chain).toMatch(/^load → (?:read → |A.load → A.#log → )?fs\.\w+Sync$/);
    expect(chains(code + main, { cached: false })).toEqual([chain]);
  });

  it('across files, and by a name', () => {
    const files = {
      'package.json': '{ "name": "app" }',
      'main.js': "import { load } from './config.js';\nexport async function main(app) { load(1); app.loadProfile(1); }",
      'config.js': "import fs from 'node:fs';\nlet c;\nexport const load = (p) => (c ??= fs.readFileSync(p));\nexport class Config { loadProfile(p) { this.c ??= fs.readFileSync(p); } }",
    };
    const folder = project(files);
    const found = (options = {}): string[] => lint(files['main.js'], join(folder, 'main.js'), { options }, folder).map(chainOf);
    expect(found()).toEqual(['load (cached, config.js:3) → fs.readFileSync (config.js:3)', 'Config.loadProfile (by its name, cached, config.js:4) → fs.readFileSync (config.js:4)']);
    expect(found({ cached: false })).toEqual([]);
  });

  it('a test of many parts takes no time that grows with their powers', () => {
    const parts = (count: number, operator: string): string => Array.from({ length: count }, (_, index) => `o.a${String(index)}`).join(operator);
    const code = `let c; function load(p, o) { if (${parts(400, ' || ')}) return c; ${parts(400, ' && ')} && (c = fs.readFileSync(p)); }`;
    expect(chains(`${code} async function main(p, o) { load(p, o); }`)).toEqual(['load → fs.readFileSync']);
  });
});

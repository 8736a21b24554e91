import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { chainOf, type Files, type How, lint, project, write } from './project.js';

const reads = "import fs from 'node:fs';\nexport function load(p) { return fs.readFileSync(p); }\n";
const quiet = 'export function load(p) { return p; }\n';
const calls = 'export async function main() { load(1); }\n';
const main = `import { load } from './config.js';\n${calls}`;

/** How often a file of a project is reported, as it is on disk unless a text is given. */
function reports(folder: string, file = 'main.js', how: How = {}): number {
  return lint(how.unsaved ?? readFileSync(join(folder, file), 'utf8'), join(folder, file), how, folder).length;
}

/** Long enough for the next file's turn to look at the disk, however much of it is known by now. */
async function nextTurn(): Promise<void> {
  await sleep(1_000);
}

describe.concurrent('what changes on disk is seen in the next turn', () => {
  it.each<readonly [name: string, before: Files, change: (folder: string) => void, counts: readonly [before: number, after: number]]>([
    ['a file begins to block', { 'main.js': main, 'config.js': quiet }, (folder) => { write(folder, { 'config.js': reads }); }, [0, 1]],
    ['a file blocks no more', { 'main.js': main, 'config.js': reads }, (folder) => { write(folder, { 'config.js': quiet }); }, [1, 0]],
    ['a file of the same length', { 'main.js': main, 'config.js': reads }, (folder) => { write(folder, { 'config.js': reads.replace('readFileSync', 'readFileSome') }); }, [1, 0]],
    ['a file further down', { 'main.js': main, 'config.js': "export { load } from './deep.js';", 'deep.js': quiet }, (folder) => { write(folder, { 'deep.js': reads }); }, [0, 1]],
    ['a file is made', { 'main.js': main }, (folder) => { write(folder, { 'config.js': reads }); }, [0, 1]],
    ['a folder is made', { 'main.js': main.replace('./config.js', './lib/deep/config.js') }, (folder) => { write(folder, { 'lib/deep/config.js': reads }); }, [0, 1]],
    ['a file is removed', { 'main.js': main, 'config.js': reads }, (folder) => { rmSync(join(folder, 'config.js')); }, [1, 0]],
    ['a folder is removed', { 'main.js': main.replace('./config.js', './lib/config.js'), 'lib/config.js': reads }, (folder) => { rmSync(join(folder, 'lib'), { recursive: true }); }, [1, 0]],
    ['a file is renamed', { 'main.js': main, 'other.js': reads }, (folder) => { renameSync(join(folder, 'other.js'), join(folder, 'config.js')); }, [0, 1]],
    ['a file takes the place of another', { 'main.js': main.replace('./config.js', './config'), 'config/index.js': reads }, (folder) => { write(folder, { 'config.js': quiet }); }, [1, 0]],
    ['a file parses', { 'main.js': main, 'config.js': `${reads} (` }, (folder) => { write(folder, { 'config.js': reads }); }, [0, 1]],
    ['a file parses no more', { 'main.js': main, 'config.js': reads }, (folder) => { write(folder, { 'config.js': `${reads} (` }); }, [1, 0]],
    ['a re-export', { 'main.js': main, 'config.js': '', 'more.js': reads }, (folder) => { write(folder, { 'config.js': "export * from './more.js';" }); }, [0, 1]],
    ['imports of package.json', { 'main.js': main.replace('./config.js', '#config'), 'quiet.js': quiet, 'reads.js': reads, 'package.json': '{ "imports": { "#config": "./quiet.js" } }' }, (folder) => { write(folder, { 'package.json': '{ "imports": { "#config": "./reads.js" } }' }); }, [0, 1]],
    ['paths of tsconfig.json', { 'main.ts': main.replace('./config.js', '@/config'), 'a/config.ts': quiet, 'b/config.ts': reads, 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./a/*"] } } }' }, (folder) => { write(folder, { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./b/*"] } } }' }); }, [0, 1]],
    ['a comment', { 'main.js': main, 'config.js': reads }, (folder) => { write(folder, { 'config.js': reads.replace('export', '/** @nonblocking */ export') }); }, [1, 0]],
  ])('%s', async (_name, before, change, [first, second]) => {
    const folder = project(before);
    const [file] = Object.keys(before);
    expect(reports(folder, file)).toBe(first);
    expect(reports(folder, file)).toBe(first);
    await nextTurn();
    change(folder);
    await nextTurn();
    expect(reports(folder, file)).toBe(second);
    expect(reports(folder, file)).toBe(second);
  });

  it('again and again', async () => {
    const folder = project({ 'main.js': main, 'config.js': reads });
    const counts: number[] = [];
    for (const text of [reads, quiet, undefined, reads, "export * from './more.js';", reads, quiet]) {
      if (text === undefined) rmSync(join(folder, 'config.js'));
      else write(folder, { 'config.js': text });
      await nextTurn();
      counts.push(reports(folder));
    }
    expect(counts).toEqual([1, 0, 0, 1, 0, 1, 0]);
  });
});

describe.concurrent('a text that is not saved', () => {
  const text = "import { use } from './use.js';\nimport fs from 'fs';\nexport const read = () => fs.statSync(1);\nexport async function main() { use(); }";
  const files = { 'main.js': text, 'other.js': "import { use } from './use.js';\nexport async function main() { use(); }", 'use.js': "import { read } from './main.js';\nexport function use() { read(); }" };

  it.each([
    ['a shorter one', text.replace('fs.statSync(1)', '1')],
    ['one of the same length', text.replace('statSync', 'statSome')],
    ['a longer one', text.replace('fs.statSync(1)', 'Promise.resolve(1)')],
  ])('is seen in its own turn, and not from another file: %s', async (_name, unsaved) => {
    const folder = project(files);
    const seen: number[] = [];
    for (const [file, how] of [['main.js', {}], ['main.js', { unsaved }], ['other.js', {}], ['main.js', { unsaved }], ['main.js', {}], ['other.js', {}]] as const) {
      seen.push(reports(folder, file, how));
      await nextTurn();
    }
    expect(seen).toEqual([1, 0, 1, 0, 1, 1]);
  });

  const atOnce = (unsaved: string): number[] => {
    const folder = project(files);
    const turns = [['main.js', { unsaved }], ['other.js', {}], ['main.js', {}], ['other.js', {}], ['main.js', { unsaved }], ['main.js', {}]] as const;
    return turns.map(([file, how]) => reports(folder, file, how));
  };

  it('is nothing to the next file, at once', () => {
    expect(atOnce(text.replace('fs.statSync(1)', '1'))).toEqual([0, 1, 1, 1, 0, 1]);
  });

  it('is nothing to the next file, at once, if it has the length of the one on disk', () => {
    expect(atOnce(text.replace('statSync', 'statSome'))).toEqual([0, 1, 1, 1, 0, 1]);
  });

  it('may block where the one on disk does not', () => {
    const saved = text.replace('fs.statSync(1)', '1');
    const folder = project({ ...files, 'main.js': saved });
    const turns = [['other.js', {}], ['main.js', { unsaved: text }], ['other.js', {}], ['main.js', {}]] as const;
    expect(turns.map(([file, how]) => reports(folder, file, how))).toEqual([0, 1, 0, 0]);
  });

  it('of a file that is not there yet', () => {
    const folder = project({ 'other.js': main, 'unrelated.js': '' });
    // An editor's new file: nothing leads to it before it is saved.
    expect(reports(folder, 'config.js', { unsaved: reads + calls })).toBe(1);
    expect(reports(folder, 'other.js')).toBe(0);
  });

  it('is what counts once it is saved', async () => {
    const folder = project({ 'main.js': main, 'config.js': quiet });
    expect(reports(folder)).toBe(0);
    expect(reports(folder, 'config.js', { unsaved: reads })).toBe(0);
    write(folder, { 'config.js': reads });
    expect(reports(folder, 'config.js')).toBe(0);
    await nextTurn();
    expect(reports(folder)).toBe(1);
  });
});

describe('a text that is not saved, and has nothing to ask', () => {
  it('counts once it is saved, at once', () => {
    const folder = project({ 'main.js': main, 'config.js': reads });
    expect(reports(folder)).toBe(1);
    expect(reports(folder, 'config.js', { unsaved: quiet })).toBe(0);
    expect(reports(folder)).toBe(1);
    write(folder, { 'config.js': quiet });
    expect(reports(folder)).toBe(0);
  });

  it('counts once it is saved, at once, where another rule asks for it', () => {
    const folder = project({ 'main.js': main, 'config.js': reads });
    const options = { contexts: 'event-loop' } as const;
    expect(reports(folder, 'main.js', { options })).toBe(1);
    expect(reports(folder, 'config.js', { options, unsaved: quiet })).toBe(0);
    expect(reports(folder, 'main.js', { options })).toBe(1);
    write(folder, { 'config.js': quiet });
    expect(reports(folder, 'main.js', { options })).toBe(0);
  });

  it('counts where it was saved before its own turn', () => {
    const folder = project({ 'main.js': main, 'config.js': reads });
    expect(reports(folder)).toBe(1);
    write(folder, { 'config.js': quiet });
    expect(reports(folder, 'config.js')).toBe(0);
    expect(reports(folder)).toBe(0);
  });
});

describe('settings', () => {
  it('each runtime has summaries of its own', () => {
    const config = "import fs from 'node:fs';\nimport { getDefaultExecutor } from '#threads';\nexport function load(ps) { return getDefaultExecutor().map((p) => fs.readFileSync(p), ps); }\n";
    const folder = project({ 'main.js': main, 'config.js': config });
    const turns = [undefined, '#threads', undefined, '#threads', '#others'];
    // What maps is an executor's method, or an array's.
    expect(turns.map((runtime) => reports(folder, 'main.js', runtime === undefined ? {} : { settings: { runtime } }))).toEqual([1, 0, 1, 0, 1]);
  });

  describe('what they declare holds in other files, whichever is linted first', () => {
    const config = "import fs from 'node:fs';\nimport { query } from '@acme/db';\nexport function load(p) { return query(p); }\nexport function find(p) { return fs.existsSync(p); }\n";
    const files = { 'main.js': "import { load, find } from './config.js';\nexport async function main() { load(1); find(1); }\n", 'config.js': config };
    const declared = { blocking: [{ module: '@acme/db', export: 'query' }], nonBlocking: ['fs.existsSync'] };
    const chains = (folder: string, settings: object): string[] => lint(files['main.js'], join(folder, 'main.js'), { settings }, folder).map(chainOf);
    const load = 'load (config.js:3) → @acme/db.query (config.js:3)';
    const find = 'find (config.js:4) → fs.existsSync (config.js:4)';

    it('the caller first', () => {
      expect(chains(project(files), declared)).toEqual([load]);
    });

    it('the helper first', () => {
      const folder = project(files);
      reports(folder, 'config.js', { settings: declared });
      expect(chains(folder, declared)).toEqual([load]);
    });

    it('and files with other settings between them', () => {
      const folder = project(files);
      expect(chains(folder, {})).toEqual([find]);
      expect(chains(folder, declared)).toEqual([load]);
      reports(folder, 'config.js', { settings: declared });
      expect(chains(folder, {})).toEqual([find]);
      expect(chains(folder, { nonBlocking: ['fs.existsSync'] })).toEqual([]);
    });
  });
});

describe('a member that is followed by its name, of a text that is not saved', () => {
  const named = 'export async function main(app) { app.loadProfile(1); }';
  const loads = "import fs from 'node:fs';\nexport class Settings { loadProfile(p) { return fs.readFileSync(p); } check(p) { return fs.statSync(p); } }\n";
  const rests = loads.replace('fs.readFileSync(p)', 'p');
  const files = { 'package.json': '{ "name": "app" }', 'main.js': named, 'settings.js': loads };
  type Turn = readonly [file: string, unsaved?: string] | Files;

  function seen(before: Files, turns: readonly Turn[]): number[] {
    const folder = project(before);
    return turns.flatMap((turn) => {
      if (!Array.isArray(turn)) {
        write(folder, turn as Files);
        return [];
      }
      const [file, unsaved] = turn as readonly [string, string?];
      return reports(folder, file, unsaved === undefined ? {} : { unsaved });
    });
  }

  it.each<readonly [name: string, before: Files, turns: readonly Turn[], counts: readonly number[]]>([
    ['is nothing to others', files, [['main.js'], ['settings.js', rests], ['main.js'], ['settings.js', rests], ['main.js']], [1, 0, 1, 0, 1]],
    ['is nothing to others, were it the first that is seen', files, [['settings.js', rests], ['main.js'], ['settings.js', rests], ['main.js']], [0, 1, 0, 1]],
    ['may block where it does not on disk', { ...files, 'settings.js': rests }, [['settings.js', loads], ['main.js'], ['settings.js', loads], ['main.js']], [0, 0, 0, 0]],
    ['counts once it is saved', { ...files, 'settings.js': rests }, [['main.js'], ['settings.js', loads], { 'settings.js': loads }, ['main.js']], [0, 0, 1]],
    ['counts once it is saved, and linted again', files, [['main.js'], ['settings.js', rests], { 'settings.js': rests }, ['settings.js', rests], ['main.js']], [1, 0, 0, 0]],
    ['counts once it is saved after others were seen', files, [['main.js'], ['settings.js', rests], ['main.js'], { 'settings.js': rests }, ['main.js']], [1, 0, 1, 0]],
    ['counts once it is saved after others were seen that do not lead to it', { ...files, 'other.js': calls }, [['main.js'], ['settings.js', rests], ['other.js'], { 'settings.js': rests }, ['other.js'], ['main.js']], [1, 0, 0, 0, 0]],
    ['counts for itself once it is saved', { ...files, 'settings.js': rests }, [['settings.js', rests + named], { 'settings.js': loads + named }, ['settings.js', loads + named]], [0, 1]],
    ['counts once another one is saved instead', files, [['main.js'], ['settings.js', `${loads}//`], { 'settings.js': rests }, ['main.js'], ['settings.js', loads + named], ['main.js']], [1, 0, 0, 0, 0]],
  ])('%s', (_name, before, turns, counts) => {
    expect(seen(before, turns)).toEqual(counts);
  });
});

import { join } from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../../src/index.js';
import type { Reported } from '../../src/rules/reported.js';
import { project } from './no-indirect-blocking/project.js';

interface Result {
  readonly messages: readonly Linter.LintMessage[];
  readonly reports: readonly Reported[];
}

function lint(code: string, filename = join(process.cwd(), 'file.js'), onReport?: unknown, cwd = process.cwd()): Result {
  const reports: Reported[] = [];
  const listener = onReport ?? ((report: Reported) => reports.push(report));
  const linter = new Linter({ cwd });
  const messages = linter.verify(code, [{ ...plugin.configs.all, settings: { offload: { onReport: listener } } }], { filename });
  return { messages, reports };
}

const place = ({ ruleId, line, column, endLine, endColumn }: Reported | Linter.LintMessage): unknown[] => [ruleId, line, column, endLine, endColumn];
const inOrder = (places: unknown[][]): string[] => places.map((one) => JSON.stringify(one)).sort();

describe('settings.offload.onReport', () => {
  it('is told of every report, at the place of its message', () => {
    const { messages, reports } = lint(`
      import fs from 'node:fs';
      import { execSync } from 'node:child_process';
      import { offload } from 'eslint-plugin-offload/runtime';
      const read = (path) => fs.readFileSync(path);
      export async function load(path) {
        read(path);
        for (let index = 0; index < 1e9; index += 1) path += index;
        await offload(fs.rmSync, path);
        offload(() => path);
        return execSync(path);
      }
    `);
    expect(new Set(messages.map(({ ruleId }) => ruleId))).toEqual(new Set(Object.keys(plugin.rules).map((rule) => `offload/${rule}`)));
    expect(inOrder(reports.map(place))).toEqual(inOrder(messages.map(place)));
  });

  it('says which function is stalled, by which API, and at what cost', () => {
    const { reports } = lint("import { execSync } from 'node:child_process';\nexport class Git {\n  async log() {\n    return [1].map(() => execSync('git log'));\n  }\n}\nexport const end = () => Promise.resolve().then(() => execSync('exit'));");
    expect(reports.map(({ function: fn, api, cost, chain, line }) => ({ fn, api, cost, chain, line }))).toEqual([
      { fn: { name: 'log', kind: 'async method', line: 3 }, api: 'child_process.execSync', cost: 'process', chain: [], line: 4 },
      { fn: { name: null, kind: 'promise reaction', line: 7 }, api: 'child_process.execSync', cost: 'process', chain: [], line: 7 },
    ]);
  });

  it('says why there is no fix, and nothing where there is one', () => {
    const { messages, reports } = lint("import fs from 'node:fs';\nexport async function load(paths) {\n  fs.rmSync('a');\n  return paths.sort(() => fs.rmSync('b'));\n}");
    expect(messages.map(({ fix }) => fix === undefined)).toEqual([false, true]);
    expect(reports.map(({ reason }) => reason)).toEqual([null, 'it runs in a synchronous callback, whose caller would get a promise in place of the value']);
  });

  it('follows a chain through files', () => {
    const main = "import { read } from './read.js';\nexport const load = async () => read('a');";
    const folder = project({ 'main.js': main, 'read.js': "import fs from 'node:fs';\n\nexport const read = (path) => inner(path);\nconst inner = (path) => fs.rmSync(path);" });
    const report = lint(main, join(folder, 'main.js'), undefined, folder).reports.find(({ ruleId }) => ruleId === 'offload/no-indirect-blocking');
    const filename = join(folder, 'read.js');
    expect(report).toMatchObject({
      api: 'fs.rmSync',
      cost: 'long',
      function: { name: 'load', kind: 'async arrow function', line: 2 },
      chain: [{ name: 'read', filename, line: 3 }, { name: 'inner', filename, line: 4 }, { name: 'fs.rmSync', filename, line: 4 }],
    });
  });

  it('says of a step that it was found by its name, or is cached', () => {
    const main = 'export async function main(app) { app.loadProfile(1); }';
    const folder = project({ 'package.json': '{ "name": "app" }', 'main.js': main, 'config.js': "import fs from 'node:fs';\nexport class Config {\n  loadProfile(p) { return (this.c ??= read(p)); }\n}\nconst read = (p) => fs.readFileSync(p);" });
    const [report] = lint(main, join(folder, 'main.js'), undefined, folder).reports;
    const filename = join(folder, 'config.js');
    expect(report!.chain).toEqual([{ name: 'Config.loadProfile', filename, line: 3, notes: ['by its name', 'cached'] }, { name: 'read', filename, line: 5 }, { name: 'fs.readFileSync', filename, line: 5 }]);
  });

  it('knows a loop by its cost', () => {
    const { reports } = lint('export async function count(sum) {\n  for (let index = 0; index < 1e9; index += 1) sum += index;\n  while (Date.now() < sum);\n  return sum;\n}');
    expect(reports.map(({ api, cost, function: fn }) => [api, cost, fn?.name])).toEqual([[null, 'cpu', 'count'], [null, 'wait', 'count']]);
  });

  it('must be a function', () => {
    expect(() => lint('export {};', undefined, 'print')).toThrow('settings.offload.onReport must be a function, such as (report) => reports.push(report); it is "print".');
  });
});

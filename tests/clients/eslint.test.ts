import { rmSync } from 'node:fs';
import { transformSync } from 'esbuild';
import type { ESLint } from 'eslint';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeOf, type Outcome, packageFolder, Project, run } from './project.js';

/** The oldest and the newest of each line that is supported. */
const releases = ['eslint-9.34', 'eslint-9.39', 'eslint-10.0', 'eslint'];
const nodes = [20, 22, 24, 26];
const pairs = releases.flatMap((release, row) => nodes.filter((_node, column) => process.env['CLIENTS'] !== 'short' || column === row).map((node) => [release, node] as const));

const reported = [
  'src/count.cjs:8:17 no-blocking-call',
  'src/count.cjs:9:18 no-blocking-call',
  'src/count.cjs:9:48 no-blocking-call',
  'src/main.js:18:10 no-blocking-call',
  'src/main.js:23:3 no-busy-loop',
  'src/main.js:25:20 no-indirect-blocking',
  'src/main.js:26:18 no-indirect-blocking',
  'src/main.js:27:31 no-blocking-call',
  'src/main.js:27:31 valid-offload',
  'src/names.ts:8:31 no-blocking-call',
  'src/names.ts:13:10 no-blocking-call',
];
const unfixable = 'src/main.js:25:20 no-indirect-blocking';
const printed = { name: 'project', length: 126, size: 127, version: true, lines: 2, packed: true, hash: '', names: ['count.cjs'] };

let project: Project;
let eslint: (...args: readonly string[]) => Promise<Outcome>;

beforeEach(() => {
  project = Project.of('project', { '@typescript-eslint/parser': '@typescript-eslint/parser', '@microsoft/eslint-formatter-sarif': '@microsoft/eslint-formatter-sarif', 'eslint-formatter-gitlab': 'eslint-formatter-gitlab' });
});

afterEach(() => {
  project[Symbol.dispose]();
});

describe.each(pairs)('%s on Node %i', (release, major) => {
  const node = nodeOf(major);
  // Node's own packages are for Linux on x64.
  const runs = test.skipIf(node === undefined);

  beforeEach(() => {
    eslint = (...args) => run(node!, project, [`${packageFolder(release)}/bin/eslint.js`, ...args]);
  });

  runs('reports the same, in one thread and in two, without a cache and with one', async () => {
    expect(await found()).toEqual(reported);
    expect(await found('--concurrency', '2')).toEqual(reported);
    expect(await found('--cache')).toEqual(reported);
    expect(await found('--cache')).toEqual(reported);
  });

  runs('fixes the same, and the fixed program runs', async () => {
    expect(await found('--fix')).toEqual([unfixable]);
    const fixed = project.sources();
    for (const [file, text] of Object.entries(fixed)) await expect(text).toMatchFileSnapshot(`fixtures/fixed/${file}`);
    expect(await found('--fix', '--concurrency', '2')).toEqual([unfixable]);
    expect(project.sources()).toEqual(fixed);

    project.write('src/names.js', transformSync(fixed['names.ts']!, { loader: 'ts' }).code);
    const { stdout, stderr } = await run(node!, project, ['src/main.js']);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ ...printed, hash: expect.any(String) });
  });

  runs('suppresses all that is there, and notices what is fixed', async () => {
    expect((await eslint('src', '--suppress-all')).code).toBe(0);
    expect((await eslint('src')).code).toBe(0);
    expect(JSON.parse(project.read('eslint-suppressions.json'))).toMatchObject({ 'src/names.ts': { 'offload/no-blocking-call': { count: 2 } } });
    // What is suppressed is fixed all the same, and a suppression that is left over is an error until it is pruned.
    expect((await eslint('src', '--fix')).code).toBe(2);
    expect((await eslint('src', '--fix', '--prune-suppressions')).code).toBe(0);
    expect(JSON.parse(project.read('eslint-suppressions.json'))).toEqual({ 'src/main.js': { 'offload/no-indirect-blocking': { count: 1 } } });
    project.write('src/new.js', "import fs from 'node:fs';\nexport const size = async (path) => fs.readFileSync(path).length;\n");
    expect(await found()).toEqual(['src/new.js:2:37 no-blocking-call']);
  });

  runs('writes SARIF', async () => {
    const { stdout } = await eslint('src', '-f', '@microsoft/eslint-formatter-sarif');
    const { version, runs: [{ tool, results }] } = JSON.parse(stdout) as Sarif;
    expect(version).toBe('2.1.0');
    const places = results.map(({ ruleId, level, message, locations: [{ physicalLocation: { artifactLocation, region } }] }) => {
      expect([level, message.text.length > 20]).toEqual(['error', true]);
      return `${artifactLocation.uri.slice(artifactLocation.uri.indexOf('src/'))}:${region.startLine}:${region.startColumn} ${ruleId.slice('offload/'.length)}`;
    });
    expect(places.sort(byPlace)).toEqual(reported);
    const rule = tool.driver.rules.find(({ id }) => id === 'offload/valid-offload');
    expect(rule).toMatchObject({ helpUri: expect.stringMatching(/^https:.*valid-offload\.md$/), shortDescription: { text: expect.stringContaining('disallow') } });
  });
});

describe('eslint-8.57 with a flat configuration', () => {
  beforeEach(() => {
    eslint = (...args) => run(process.execPath, project, [`${packageFolder('eslint-8.57')}/bin/eslint.js`, ...args], { ESLINT_USE_FLAT_CONFIG: 'true' });
  });

  test('reports and fixes the same', async () => {
    expect(await found()).toEqual(reported);
    expect(await found('--fix')).toEqual([unfixable]);
    for (const [file, text] of Object.entries(project.sources())) await expect(text).toMatchFileSnapshot(`fixtures/fixed/${file}`);
  });
});

describe('whichever release', () => {
  beforeEach(() => {
    eslint = (...args) => run(process.execPath, project, [`${packageFolder('eslint')}/bin/eslint.js`, ...args]);
  });

  test('--cache knows nothing of other files: a caller is looked at again once it changes, or the cache is gone', async () => {
    expect(await found('--cache')).toContain(unfixable);
    project.write('src/settings.js', 'export const readSettings = (path) => ({ name: path });\n');
    expect(await found('--cache')).toContain(unfixable);
    rmSync(project.path('.eslintcache'));
    expect(await found('--cache')).not.toContain(unfixable);
  });

  test('--max-warnings 0 stops for what is set to warn', async () => {
    const config = project.read('eslint.config.js').replace("'error'", "'warn'").replace('...offload.configs.recommended', 'plugins: { offload }');
    project.write('eslint.config.js', config);
    expect((await eslint('src')).code).toBe(0);
    expect((await eslint('src', '--max-warnings', '0')).code).toBe(1);
  });

  test('writes a report for the code quality of GitLab', async () => {
    await run(process.execPath, project, [`${packageFolder('eslint')}/bin/eslint.js`, 'src', '-f', 'gitlab'], { ESLINT_CODE_QUALITY_REPORT: 'quality.json' });
    const issues = JSON.parse(project.read('quality.json')) as Issue[];
    const places = issues.map(({ check_name, location: { path, positions: { begin } } }) => `${path}:${begin.line}:${begin.column} ${check_name.slice('offload/'.length)}`);
    expect(places.sort(byPlace)).toEqual(reported);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(reported.length);
  });
});

/** What is reported, by place and rule. */
async function found(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await eslint('src', '-f', 'json', ...args);
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as ESLint.LintResult[])
    .flatMap(({ filePath, messages }) => messages.map(({ line, column, ruleId, message }) => `${filePath.slice(project.folder.length + 1)}:${line}:${column} ${ruleId?.slice('offload/'.length) ?? message}`))
    .sort(byPlace);
}

function byPlace(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

interface Sarif {
  readonly version: string;
  readonly runs: [{ readonly tool: { readonly driver: { readonly rules: { readonly id: string }[] } }; readonly results: SarifResult[] }];
}

interface SarifResult {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: { readonly startLine: number; readonly startColumn: number } } }];
}

interface Issue {
  readonly check_name: string;
  readonly fingerprint: string;
  readonly location: { readonly path: string; readonly positions: { readonly begin: { readonly line: number; readonly column: number } } };
}

import { describe, expect, test } from 'vitest';
import { packageFolder, Project, run } from './project.js';

const files = {
  'package.json': '{ "name": "project", "private": true }',
  // Its overloads, as Node's own types declare them, which each want a TypeScript of their time.
  'src/fs.d.ts': `declare module 'fs' {
  export function readFileSync(path: string): Uint8Array;
  export function readFileSync(path: string, encoding: string): string;
}
`,
  'src/load.ts': `import { readFileSync } from 'fs';
import { offload, runInExecutor } from 'eslint-plugin-offload/runtime';

export async function load(path: string): Promise<string> {
  const bytes: Uint8Array = await offload(readFileSync, path);
  const text: string = await offload.with({ timeout: 1_000 })(readFileSync, path, 'utf8');
  const sum: number = await offload((a: number, b: number) => a + b, bytes.length, 1);
  return [text, (await runInExecutor(null, readFileSync, path, 'utf8')).trim(), sum].join();
}
`,
};

type How = readonly [module: string, moduleResolution: string];

const resolutions: readonly How[] = [['commonjs', 'node'], ['node16', 'node16']];

/** What a TypeScript says of the project, with one more line. */
async function check(release: string, [module, moduleResolution]: How, line = ''): Promise<string> {
  using project = new Project({ ...files, 'src/line.ts': `import { readFileSync } from 'fs';\nimport { offload } from 'eslint-plugin-offload/runtime';\n${line}\nexport {};\n` }, {});
  const options = { module, moduleResolution, target: 'es2022', strict: true, skipLibCheck: true, noEmit: true, types: [] };
  project.write('tsconfig.json', JSON.stringify({ compilerOptions: options, include: ['src'] }));
  const { stdout } = await run(process.execPath, project, [packageFolder(`${release}/bin/tsc`), '-p', '.']);
  return stdout;
}

describe.each(['typescript-4.7', 'typescript-5.2', 'typescript-5.3', 'typescript'])('what a fix writes compiles with %s', (release) => {
  // The latest knows no `node` any more, but by a name that the others do not know.
  test.each(release === 'typescript' ? resolutions.slice(1) : resolutions)('--module %s --moduleResolution %s', async (...how) => {
    expect(await check(release, how)).toBe('');
    expect(await check(release, how, 'export const text: string = readFileSync("a");')).toContain('src/line.ts(3');
  });
});

test.each([['typescript-5.2', ''], ['typescript-5.3', 'src/line.ts(3']])('%s says of a result that is taken for another: %s', async (release, said) => {
  expect(await check(release, ['node16', 'node16'], 'export const text: Promise<string> = offload(readFileSync, "a");')).toMatch(said === '' ? /^$/ : said);
});

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/**
 * Programs that a bundler has made one file of, run in a folder where nothing is installed. The worker's code travels in
 * the runtime as a string, so there is no second file to find; what a bundler does to functions that ship as source is
 * for the worker to cope with.
 */
const here = fileURLToPath(new URL('.', import.meta.url));
let sources: string;
let bundles: string;
let unbundled: string;

beforeAll(() => {
  // Away from this project, whose tsconfig.json leads bundlers to src/ and not to what users get.
  sources = mkdtempSync(join(tmpdir(), 'offload-sources-'));
  cpSync(join(here, 'fixtures/bundled'), sources, { recursive: true });
  mkdirSync(join(sources, 'node_modules'));
  symlinkSync(join(here, '../..'), join(sources, 'node_modules/eslint-plugin-offload'));
  bundles = mkdtempSync(join(tmpdir(), 'offload-bundles-'));
  unbundled = run(join(sources, 'main.mjs'));
});

afterAll(() => {
  rmSync(sources, { recursive: true, force: true });
  rmSync(bundles, { recursive: true, force: true });
});

/** CommonJS in an ES module needs a `require`, for the modules of Node; esbuild makes none. */
const withRequire: BuildOptions = { banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } };

/** Writes the bundle of a fixture to a file. */
type Bundler = (entry: string, outfile: string) => Promise<void>;

const bundlers: [string, 'cjs' | 'mjs', Bundler][] = [
  ['esbuild', 'cjs', esbuild({ format: 'cjs' })],
  ['esbuild', 'mjs', esbuild({ format: 'esm', ...withRequire })],
  ['esbuild, minified', 'cjs', esbuild({ format: 'cjs', minify: true })],
  ['esbuild, minified', 'mjs', esbuild({ format: 'esm', minify: true, ...withRequire })],
  ['esbuild, with names kept', 'cjs', esbuild({ format: 'cjs', minify: true, keepNames: true })],
  ['esbuild, with names kept', 'mjs', esbuild({ format: 'esm', keepNames: true, ...withRequire })],
  ['esbuild, for ES2017', 'cjs', esbuild({ format: 'cjs', target: 'es2017' })],
  ['rolldown', 'cjs', rolldown({ format: 'cjs' })],
  ['rolldown', 'mjs', rolldown({ format: 'es' })],
  ['rolldown, minified', 'mjs', rolldown({ format: 'es', minify: true })],
];

describe.each(bundlers)('%s, .%s', (_, extension, bundle) => {
  test('prints what the program prints by itself', async () => {
    const outfile = join(mkdtempSync(join(bundles, 'main-')), `main.${extension}`);
    await bundle('main.mjs', outfile);
    expect(readdirSync(join(outfile, '..'))).toEqual([`main.${extension}`]);
    expect(run(outfile)).toBe(unbundled);
  });

  test('processes do what they do by itself', async () => {
    const outfile = join(mkdtempSync(join(bundles, 'processes-')), `processes.${extension}`);
    await bundle('processes.mjs', outfile);
    expect(run(outfile)).toBe(run(join(sources, 'processes.mjs')));
  });

  test('registered functions are refused where they are registered', async () => {
    const outfile = join(mkdtempSync(join(bundles, 'registers-')), `registers.${extension}`);
    await bundle('registers.mjs', outfile);
    const reason = run(outfile);
    expect(reason).toMatch(/^true TaskReferenceError offloadable (?:was called in .*registers\.\w+, a bundle that holds this package too|takes import\.meta\.url, .* and was given undefined)/);
    expect(reason).toContain('In a bundle there are no modules left to load');
  });
});

// Node writes such a file by itself from 25.5 on; before, another tool has to put the same things into it.
describe.runIf(Number.parseInt(process.versions.node) >= 26)('a single executable application', () => {
  async function executable(name: string): Promise<(...args: string[]) => string> {
    const at = mkdtempSync(join(bundles, 'executable-'));
    await esbuild({ format: 'cjs', define: { 'import.meta.url': '__filename' } })(`${name}.mjs`, join(at, 'bundle.cjs'));
    writeFileSync(join(at, 'sea.json'), JSON.stringify({ main: 'bundle.cjs', output: 'app', disableExperimentalSEAWarning: true }));
    execFileSync(process.execPath, ['--build-sea', 'sea.json'], { cwd: at, stdio: 'ignore' });
    return (...args) => execFileSync(join(at, 'app'), args, { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
  }

  test.each(['main', 'registers'])('%s', async (name) => {
    const printed = (await executable(name))();
    if (name === 'main') expect(printed).toBe(unbundled);
    else expect(printed).toMatch(/^true TaskReferenceError offloadable was called in .*app, a bundle that holds this package too/);
  });

  test('processes: it says what to do, and does it', async () => {
    const start = await executable('processes');
    expect(start()).toBe('WorkerStartError No worker could be started: this is a single executable, which starts itself and not Node; give processOptions.execPath the path of a Node, or use a ThreadPoolExecutor\n');
    expect(start(process.execPath)).toBe(run(join(sources, 'processes.mjs')));
  });
});

function esbuild(options: BuildOptions): Bundler {
  return async (entry, outfile) => {
    await build({ entryPoints: [join(sources, entry)], outfile, bundle: true, platform: 'node', target: 'node20', logLevel: 'error', ...options });
  };
}

/** It comes with the test runner, and takes what Rollup takes. */
function rolldown(output: object): Bundler {
  return async (entry, outfile) => {
    const resolve = createRequire(createRequire(import.meta.resolve('vitest/package.json')).resolve('vite/package.json')).resolve;
    const module = (await import(pathToFileURL(resolve('rolldown')).href)) as { build(options: object): Promise<unknown> };
    await module.build({ input: join(sources, entry), platform: 'node', logLevel: 'silent', output: { file: outfile, ...output } });
  };
}

function run(file: string): string {
  return execFileSync(process.execPath, [file], { encoding: 'utf8', cwd: tmpdir(), env: { ...process.env, NODE_OPTIONS: '' } });
}

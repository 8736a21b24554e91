import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Writes a program and all that it imports to one file. */
export type Bundler = (entry: string, outfile: string) => Promise<void>;

const root = join(import.meta.dirname, '../..');

/** Programs that a bundler has made one file of, run in a folder where nothing is installed. */
export function testBundles(bundlers: readonly (readonly [name: string, extension: 'cjs' | 'mjs', bundle: Bundler])[]): void {
  const at = folders();
  const unbundled = new Map<string, string>();

  function printedBy(name: string): string {
    if (!unbundled.has(name)) unbundled.set(name, run(join(at.sources, `${name}.mjs`)));
    return unbundled.get(name)!;
  }

  describe.each(bundlers)('%s, .%s', (_, extension, bundle) => {
    async function bundled(name: string): Promise<string> {
      const outfile = join(mkdtempSync(join(at.bundles, `${name}-`)), `${name}.${extension}`);
      await bundle(join(at.sources, `${name}.mjs`), outfile);
      expect(readdirSync(join(outfile, '..'))).toEqual([`${name}.${extension}`]);
      return outfile;
    }

    test.each(['main', 'processes'])('%s prints what the program prints by itself', async (name) => {
      expect(run(await bundled(name))).toBe(printedBy(name));
    });

    test('registered functions are refused where they are registered', async () => {
      const reason = run(await bundled('registers'));
      expect(reason).toMatch(/^true TaskReferenceError offloadable (?:was called in .*registers\.\w+, a bundle that holds this package too|takes import\.meta\.url, .* and was given undefined)/);
      expect(reason).toContain('In a bundle there are no modules left to load');
    });
  });
}

/** The same as single executable applications, which Node writes by itself from 25.5 on. */
export function testExecutables(node: string): void {
  const at = folders();

  describe('a single executable application', () => {
    async function executable(name: string): Promise<(...args: string[]) => string> {
      const folder = mkdtempSync(join(at.bundles, 'executable-'));
      await esbuild({ format: 'cjs', define: { 'import.meta.url': '__filename' } })(join(at.sources, `${name}.mjs`), join(folder, 'bundle.cjs'));
      writeFileSync(join(folder, 'sea.json'), JSON.stringify({ main: 'bundle.cjs', output: 'app', disableExperimentalSEAWarning: true }));
      execFileSync(node, ['--build-sea', 'sea.json'], { cwd: folder, stdio: 'ignore' });
      return (...args) => execFileSync(join(folder, 'app'), args, { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
    }

    test.each(['main', 'registers'])('%s', async (name) => {
      const printed = (await executable(name))();
      if (name === 'main') expect(printed).toBe(run(join(at.sources, 'main.mjs'), node));
      else expect(printed).toMatch(/^true TaskReferenceError offloadable was called in .*app, a bundle that holds this package too/);
    });

    test('processes: it says what to do, and does it', async () => {
      const start = await executable('processes');
      expect(start()).toBe('WorkerStartError No worker could be started: this is a single executable, which starts itself and not Node; give processOptions.execPath the path of a Node, or use a ThreadPoolExecutor\n');
      expect(start(node)).toBe(run(join(at.sources, 'processes.mjs'), node));
    });
  });
}

export function esbuild(options: BuildOptions): Bundler {
  return async (entry, outfile) => {
    await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', target: 'node20', logLevel: 'error', ...options });
  };
}

/** Away from this project, whose tsconfig.json leads bundlers to src/ and not to what users get. */
function folders(): { sources: string; bundles: string } {
  const at = { sources: '', bundles: '' };

  beforeAll(() => {
    at.sources = mkdtempSync(join(tmpdir(), 'offload-sources-'));
    cpSync(join(root, 'tests/e2e/fixtures/bundled'), at.sources, { recursive: true });
    mkdirSync(join(at.sources, 'node_modules'));
    symlinkSync(root, join(at.sources, 'node_modules/eslint-plugin-offload'));
    at.bundles = mkdtempSync(join(tmpdir(), 'offload-bundles-'));
  });

  afterAll(() => {
    for (const folder of Object.values(at)) rmSync(folder, { recursive: true, force: true });
  });

  return at;
}

function run(file: string, node = process.execPath): string {
  return execFileSync(node, [file], { encoding: 'utf8', cwd: tmpdir(), env: { ...process.env, NODE_OPTIONS: '' } });
}

import { dirname, basename } from 'node:path';
import { promisify } from 'node:util';
import { type Bundler, testBundles, testExecutables } from '../e2e/bundles.js';
import { installed, nodeOf } from './project.js';

interface Rollup {
  rollup(input: object): Promise<{ write(output: object): Promise<unknown>; close(): Promise<void> }>;
}
type Webpack = (config: object, done: (error: Error | null, stats: { hasErrors(): boolean; toString(what: string): string }) => void) => void;

testBundles([
  ['Rollup', 'cjs', rollup('cjs')],
  ['Rollup', 'mjs', rollup('es')],
  ['webpack', 'cjs', webpack({ output: { library: { type: 'commonjs2' } } })],
  ['webpack', 'mjs', webpack({ output: { module: true, library: { type: 'module' } }, experiments: { outputModule: true } })],
]);

const node26 = nodeOf(26);
if (node26 !== undefined) testExecutables(node26);

/** Without its two plugins it knows neither node_modules nor CommonJS. */
function rollup(format: 'cjs' | 'es'): Bundler {
  return async (input, file) => {
    const { rollup: start } = (await installed('rollup')) as Rollup;
    const [resolve, commonjs] = await Promise.all(['@rollup/plugin-node-resolve', '@rollup/plugin-commonjs'].map(async (name) => ((await installed(name)) as { default: (options?: object) => unknown }).default));
    const bundle = await start({ input, plugins: [resolve!({ preferBuiltins: true }), commonjs!()], onwarn() {} });
    await bundle.write({ file, format, inlineDynamicImports: true });
    await bundle.close();
  };
}

function webpack(options: object): Bundler {
  return async (entry, file) => {
    const { default: start } = (await installed('webpack')) as { default: Webpack };
    const output = { ...(options as { output: object }).output, path: dirname(file), filename: basename(file), chunkFormat: false };
    const stats = await promisify(start)({ ...options, entry, target: 'node20', mode: 'production', output });
    if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
  };
}

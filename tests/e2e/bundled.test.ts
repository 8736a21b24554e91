import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { BuildOptions } from 'esbuild';
import { type Bundler, esbuild, testBundles, testExecutables } from './bundles.js';

/*
 * The worker's code travels in the runtime as a string, so there is no second file to find; what a bundler does to
 * functions that ship as source is for the worker to cope with. Rollup, webpack, and single executables of Node 26 under
 * any Node: tests/clients/bundlers.test.ts.
 */

/** CommonJS in an ES module needs a `require`, for the modules of Node; esbuild makes none. */
const withRequire: BuildOptions = { banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } };

testBundles([
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
]);

if (Number.parseInt(process.versions.node) >= 26) testExecutables(process.execPath);

/** It comes with the test runner, and takes what Rollup takes. */
function rolldown(output: object): Bundler {
  return async (entry, outfile) => {
    const resolve = createRequire(createRequire(import.meta.resolve('vitest/package.json')).resolve('vite/package.json')).resolve;
    const module = (await import(pathToFileURL(resolve('rolldown')).href)) as { build(options: object): Promise<unknown> };
    await module.build({ input: entry, platform: 'node', logLevel: 'silent', output: { file: outfile, ...output } });
  };
}

// Builds dist/: the plugin, its command and the runtime as CommonJS bundles, the runtime's ESM face, and the types.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const shared = { absWorkingDir: root, bundle: true, platform: 'node', target: 'node20.19', format: 'cjs', charset: 'utf8', logLevel: 'warning' };

// What is published stays below 1 MB, and its names stay readable in stacks.
const development = { ...shared, external: ['eslint', 'typescript'], minifyWhitespace: true, minifySyntax: true };

/** Makes dist/ anew. */
export async function build() {
  rmSync(dist, { recursive: true, force: true });
  await buildJavaScript();
  buildTypes();
}

async function buildJavaScript() {
  mkdirSync(join(dist, 'runtime'), { recursive: true });
  await Promise.all([buildPlugin(), buildCommand(), buildRuntime()]);
}

async function buildPlugin() {
  await esbuild.build({
    ...development,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/index.js',
    // ESLint and TypeScript's `export =` both expect the plugin itself, not a namespace with a `default`.
    // The second line never runs: it names the plugin's properties to Node, so that they can be imported by name as well.
    footer: { js: 'module.exports = module.exports.default;\n0 && (module.exports = { meta, rules, configs });' },
  });
}

async function buildCommand() {
  const outfile = 'dist/cli.js';
  await esbuild.build({
    ...development,
    entryPoints: ['src/cli/main.ts'],
    outfile,
    // The plugin lies beside it in dist/ already.
    plugins: [{ name: 'plugin', setup: ({ onResolve }) => onResolve({ filter: /^\.\.\/index\.js$/ }, () => ({ path: './index.js', external: true })) }],
    banner: { js: '#!/usr/bin/env node' },
  });
  chmodSync(join(root, outfile), 0o755);
}

async function buildRuntime() {
  // The worker's code travels inside the runtime as a string, so that no bundler has to find a second file.
  const worker = await esbuild.build({ ...shared, entryPoints: ['src/runtime/worker/main.ts'], write: false, minify: true });
  // Its lines stay as they are, as they are part of its users' stacks.
  await esbuild.build({
    ...shared,
    minifySyntax: true,
    entryPoints: ['src/runtime/index.ts'],
    outfile: 'dist/runtime/index.js',
    define: { __OFFLOAD_WORKER_SOURCE__: JSON.stringify(worker.outputFiles[0].text) },
  });
  // One implementation, two faces: import reaches the very objects that require reaches, and so the same pool.
  const require = createRequire(import.meta.url);
  const built = join(dist, 'runtime/index.js');
  delete require.cache[built];
  const names = Object.keys(require(built)).filter((name) => name !== 'default');
  // Through a file of one line: Node 20 searches whatever CommonJS a module imports for names, and that took 40 ms here.
  writeFileSync(join(dist, 'runtime/face.js'), "exports.runtime = require('./index.js');\n");
  writeFileSync(join(dist, 'runtime/index.mjs'), `import face from './face.js';\nexport const { ${names.join(', ')} } = face.runtime;\n`);
}

function buildTypes() {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  writeFileSync(join(dist, 'runtime/index.d.mts'), "export * from './index.js';\n");
  const file = join(dist, 'index.d.ts');
  // The names of the rules are derived in the source and written out in the types, which have no other file to refer to.
  const names = Object.keys(createRequire(import.meta.url)(join(dist, 'index.js')).rules);
  const types = readFileSync(file, 'utf8')
    .replace('export default plugin;', 'export = plugin;')
    .replace("import { rules } from './rules/index.js';\n", '')
    .replace('keyof typeof rules', names.map((name) => `'${name}'`).join(' | '));
  if (!types.includes('export = plugin;')) throw new Error('dist/index.d.ts: no `export default plugin;` to turn into `export =`');
  if (/from ['"]\.|import\(['"]\./.test(types)) throw new Error('dist/index.d.ts must stand alone, but it refers to other files of src');
  writeFileSync(file, types);
  for (const entry of readdirSync(dist, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== 'runtime') rmSync(join(dist, entry.name), { recursive: true });
  }
  buildRuntimeTypes();
}

/**
 * The runtime's types, as far as its face leads to them, and once more for TypeScript before 5.3, which does not see the
 * overloads of a function that it infers from: there a call takes and gives what it likes, as what is right would not compile.
 */
function buildRuntimeTypes() {
  const runtime = join(dist, 'runtime');
  const loose = join(runtime, 'loose');
  const used = new Set(['index.d.ts']);
  // A set goes on to what is added to it meanwhile.
  for (const name of used) {
    const types = readFileSync(join(runtime, name), 'utf8');
    for (const [, to] of types.matchAll(/(?:from |import\()['"](\.[^'"]*)\.js['"]/g)) used.add(join(dirname(name), `${to}.d.ts`));
  }
  for (const name of readdirSync(runtime, { recursive: true, encoding: 'utf8' })) if (name.endsWith('.d.ts') && !used.has(name)) rmSync(join(runtime, name));
  for (const name of [...used, 'index.d.mts']) {
    const types = readFileSync(join(runtime, name), 'utf8');
    mkdirSync(dirname(join(loose, name)), { recursive: true });
    writeFileSync(join(loose, name), (name === 'types.d.ts' ? loosened(types) : types).replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, ''));
  }
}

/** With one call that takes anything in place of those that have a type parameter each, and nothing of what these need. */
function loosened(types) {
  const [, before] = /^([\s\S]*?)\/\*\* The parameters of the overload at/.exec(types) ?? [];
  const calls = /(export interface (?:OffloadCall|RunInExecutor) \{)[^}]*\}/g;
  if (before?.match(calls)?.length !== 2) throw new Error('dist/runtime/types.d.ts: the calls of `OffloadCall` and `RunInExecutor`, and what they need, are not where they were');
  return before.replace(calls, (all, start) => `${start}\n    (${start.includes('Run') ? 'executor: Executor | null, ' : ''}fn: (...args: any[]) => unknown, ...args: any[]): Promise<any>;\n}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await build();

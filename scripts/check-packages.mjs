// Compares src/catalogue/packages.ts with the packages themselves: `npm run check:packages`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const help = `Usage: npm run check:packages -- [--folder <path>] [--help]

Installs every version that src/catalogue/packages/checked.ts names, side by side, and runs tests/catalogue/packages.test.ts
with them: is each API there, does it block, does it come to the same on a worker, is its twin a drop-in?

  --folder  where to install; what is there already is kept (default: a folder of this name in the folder for temporary files)
  --help    print this

Packages with native code are compiled, or fetch what was compiled for them, as npm would have it.
`;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { folder: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
if (values.help) process.stdout.write(help);
else await check(resolve(values.folder ?? join(tmpdir(), 'eslint-plugin-offload-packages')));

async function check(folder) {
  const { checkedPackages, aliasOf } = await loadVersions();
  const dependencies = Object.fromEntries(
    Object.entries(checkedPackages).flatMap(([name, versions]) => versions.map((version) => [aliasOf(name, version), `npm:${name}@${version}`])),
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ private: true, dependencies }, null, 2)}\n`);
  console.log(`Installing ${Object.keys(dependencies).length} versions in ${folder}`);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps'], { cwd: folder, stdio: 'inherit' });
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'tests/catalogue/packages.test.ts'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CATALOGUE_PACKAGES: folder },
  });
  process.exitCode = status ?? 1;
}

/** They are TypeScript, which Node 20 does not read. */
async function loadVersions() {
  const contents = "export { checkedPackages } from './src/catalogue/packages/checked.ts'; export { aliasOf } from './tests/catalogue/installed-packages.ts';";
  const { outputFiles } = await build({ stdin: { contents, resolveDir: root }, bundle: true, write: false, format: 'esm', platform: 'node', logLevel: 'warning' });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

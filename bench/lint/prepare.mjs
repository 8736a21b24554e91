import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const here = join(root, 'bench/lint');
const modules = join(here, 'node_modules');

/** Installs what package.json names, if it is not there as it is named. What is printed on the way goes to stderr. */
export function prepare() {
  if (!isInstalled()) execFileSync('npm', ['ci', '--prefix', 'bench/lint', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', process.stderr, 'inherit'], shell: process.platform === 'win32' });
  // The project under its own name, as users import it. `npm ci` takes it away.
  const link = join(modules, 'eslint-plugin-offload');
  rmSync(link, { recursive: true, force: true });
  symlinkSync(root, link, 'junction');
}

function isInstalled() {
  const { dependencies } = readJson(join(here, 'package.json'));
  return Object.entries(dependencies).every(([name, version]) => {
    const manifest = join(modules, name, 'package.json');
    return existsSync(manifest) && readJson(manifest).version === version;
  });
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

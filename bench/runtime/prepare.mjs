import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const modules = join(root, 'bench/node_modules');

/** Builds dist/, and installs the peers if they are not there. What is printed on the way goes to stderr. */
export function prepare({ quick, build }) {
  if (!existsSync(join(modules, '.package-lock.json')) || (!quick && !hasOtherNodes())) {
    npm('ci', '--prefix', 'bench', '--no-audit', '--no-fund', ...(quick ? ['--omit=optional'] : []));
  }
  // The project under its own name, as users import it. As a dependency in bench/package.json, `npm ci` would install
  // the project's own dependencies once more, and the lockfile would be out of date with every change of theirs.
  const link = join(modules, 'eslint-plugin-offload');
  rmSync(link, { recursive: true, force: true });
  symlinkSync(root, link, 'junction');
  if (build) npm('run', 'build');
}

/** Only the full form needs them, and they are large. */
function hasOtherNodes() {
  const supported = process.platform === 'linux' && process.arch === 'x64';
  return !supported || existsSync(join(modules, 'node-24'));
}

function npm(...args) {
  execFileSync('npm', args, { cwd: root, stdio: ['ignore', process.stderr, 'inherit'], shell: process.platform === 'win32' });
}

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const installed = ['node-20', 'node-24'];

/** The Nodes to measure under, as `{ version, path }`: those asked for, or this one and, for the full form, others. */
export function nodesFor({ node = [], quick }) {
  const here = { version: process.version, path: process.execPath };
  if (node.length > 0) return node.map((path) => ({ path: resolve(path), version: versionOf(path) }));
  if (quick) return [here];
  const others = installed
    .filter((name) => name !== `node-${process.versions.node.split('.')[0]}`)
    .map((name) => fileURLToPath(new URL(`../node_modules/${name}/bin/node`, import.meta.url)))
    // They are optional dependencies, for Linux on x64 only. Elsewhere there is `--node`.
    .filter((path) => existsSync(path))
    .flatMap((path) => nodesFor({ node: [path] }));
  return [here, ...others];
}

function versionOf(path) {
  try {
    return execFileSync(path, ['--version'], { encoding: 'utf8' }).trim();
  } catch (error) {
    throw new Error(`--node ${path}: ${error.message}. Node 20 and 24 are in bench/node_modules once the full form has run.`, { cause: error });
  }
}

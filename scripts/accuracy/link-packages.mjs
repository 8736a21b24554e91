import { lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { filesBelow } from '../files-below.mjs';

/**
 * Links the packages of a checkout into one another's `node_modules`, as an install of it would, and installs nothing else.
 * Code is linted where it is installed; a checkout by itself does not say where its packages are, if neither npm, Yarn nor
 * pnpm has been told, but Rush or a script.
 *
 * @param root the folder of the checkout, to whose packages the links are added
 * @returns takes them away again: other tools would follow them in circles
 */
export function linkPackages(root) {
  const made = [];
  const packages = manifests(root);
  const folders = new Map();
  // Of two with the same name, as in fixtures, neither is known.
  for (const { folder, manifest } of packages) folders.set(manifest.name, folders.has(manifest.name) ? undefined : folder);
  for (const { folder, manifest } of packages) {
    for (const name of Object.keys({ ...manifest.devDependencies, ...manifest.peerDependencies, ...manifest.dependencies })) {
      const target = folders.get(name);
      if (target !== undefined && target !== folder) link(join(folder, 'node_modules', name), target, made);
    }
  }
  return () => made.toReversed().forEach((path) => rmSync(path, { recursive: true }));
}

function manifests(root) {
  return filesBelow(root)
    .filter((path) => /(?:^|\/)package\.json$/.test(path))
    .flatMap((path) => {
      const folder = join(root, dirname(path));
      try {
        const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
        return typeof manifest.name === 'string' && manifest.name !== '' ? [{ folder, manifest }] : [];
      } catch {
        // A template of one.
        return [];
      }
    });
}

/** Remembers the first folder that it makes on the way, or the link where all are there. */
function link(path, target, made) {
  if (lstatSync(path, { throwIfNoEntry: false })) return;
  made.push(mkdirSync(dirname(path), { recursive: true }) ?? path);
  symlinkSync(relative(dirname(path), target), path, 'junction');
}

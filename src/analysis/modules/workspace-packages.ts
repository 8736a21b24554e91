import { join } from 'node:path';
import type { Folders } from './folders.js';
import { isRecord } from './package-exports.js';

/** Folders of a workspace's packages by their names; undefined for a name that two of them have. */
type Packages = ReadonlyMap<string, string | undefined>;

const known = new WeakMap<Folders, Map<string, Packages>>();

/**
 * The folder of a package of the workspace that a folder is in, by what the workspace's root says of its packages: nothing
 * is linked into `node_modules` before a project is installed, nor where a package manager has another way.
 */
export function workspacePackage(name: string, folder: string, disk: Folders): string | undefined {
  return disk.nearest(`workspace ${name}`, folder, (root) => packagesOf(root, disk)?.get(name));
}

/** The packages of a workspace, by its root; undefined for any other folder. */
function packagesOf(root: string, disk: Folders): Packages | undefined {
  let roots = known.get(disk);
  if (!roots) known.set(disk, (roots = new Map<string, Packages>()));
  const found = roots.get(root);
  if (found) return found;
  const patterns = patternsIn(root, disk);
  if (!patterns) return undefined;
  const packages = new Map<string, string | undefined>();
  const left = new Set(patterns.filter((pattern) => pattern.startsWith('!')).flatMap((pattern) => matching(root, pattern.slice(1), disk)));
  for (const folder of new Set(patterns.filter((pattern) => !pattern.startsWith('!')).flatMap((pattern) => matching(root, pattern, disk)))) {
    const manifest = left.has(folder) ? undefined : disk.json(join(folder, 'package.json'));
    const name = isRecord(manifest) ? manifest['name'] : undefined;
    if (typeof name === 'string') packages.set(name, packages.has(name) ? undefined : folder);
  }
  roots.set(root, packages);
  return packages;
}

/** `workspaces` of package.json, as npm, Yarn and Bun have them, or `packages` of pnpm-workspace.yaml. */
function patternsIn(root: string, disk: Folders): readonly string[] | undefined {
  const listed = disk.text(join(root, 'pnpm-workspace.yaml'));
  if (listed !== undefined) return yamlList(listed, 'packages');
  const manifest = disk.json(join(root, 'package.json'));
  const workspaces = isRecord(manifest) ? manifest['workspaces'] : undefined;
  const patterns = isRecord(workspaces) ? workspaces['packages'] : workspaces;
  return Array.isArray(patterns) ? patterns.filter((one) => typeof one === 'string') : undefined;
}

/** The strings of a list at the top level of a YAML document, as people write it: one a line, or all between brackets. */
function yamlList(text: string, name: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*$/, '').trimEnd());
  const start = lines.findIndex((line) => line.startsWith(`${name}:`));
  if (start < 0) return [];
  const [, inBrackets] = /\[(.*)\]/.exec(lines[start]!) ?? [];
  if (inBrackets !== undefined) return inBrackets.split(',').map(unquoted).filter(Boolean);
  const items: string[] = [];
  for (const line of lines.slice(start + 1)) {
    const [, item] = /^\s*-\s+(.+)$/.exec(line) ?? [];
    if (item !== undefined) items.push(unquoted(item));
    else if (line !== '') break;
  }
  return items;
}

function unquoted(text: string): string {
  return text.trim().replace(/^(['"])(.*)\1$/, '$2');
}

/** The folders that a pattern means, with `*` in a name, `{a,b}`, and `**` for any depth. */
function matching(root: string, pattern: string, disk: Folders): readonly string[] {
  let folders = [root];
  for (const segment of pattern.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '**') folders = folders.flatMap((folder) => [folder, ...below(folder, disk)]);
    else if (/[*{]/.test(segment)) folders = folders.flatMap((folder) => visible(folder, disk).filter((name) => nameLike(segment).test(name)).map((name) => join(folder, name)));
    else folders = folders.map((folder) => join(folder, segment)).filter(disk.isFolder);
  }
  return folders;
}

function nameLike(segment: string): RegExp {
  const source = segment.replaceAll(/[.+^$()|[\]\\?]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${source.replaceAll(/\{([^{}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`).replaceAll(/[{}]/g, '\\$&')}$`);
}

function below(folder: string, disk: Folders): string[] {
  return visible(folder, disk).flatMap((name) => [join(folder, name), ...below(join(folder, name), disk)]);
}

function visible(folder: string, disk: Folders): readonly string[] {
  return disk.foldersIn(folder).filter((name) => name !== 'node_modules' && !name.startsWith('.'));
}

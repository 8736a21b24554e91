import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { ignoredByGit } from './ignored-by-git.js';
import { type Problem, reasonOf } from './problem.js';

/** Files that are there and are not linted, by how their names end. */
export interface Skipped {
  readonly extension: string;
  readonly files: number;
  readonly reason: string;
}

export interface FoundFiles {
  /** Absolute paths, in the order of the paths that were given, each once. */
  readonly files: readonly string[];
  readonly skipped: readonly Skipped[];
  readonly problems: readonly Problem[];
}

export interface How {
  readonly cwd: string;
  /** Why TypeScript cannot be linted, where it cannot. */
  readonly typescript: string | undefined;
}

const javascript = new Set(['.js', '.mjs', '.cjs', '.jsx']);
const typescript = new Set(['.ts', '.mts', '.cts', '.tsx']);
const components = new Set(['.vue', '.svelte', '.astro']);

/**
 * The files below the given paths. Left out, unless they are given by themselves: `node_modules`, what git ignores, folders whose names
 * begin with a dot, declarations of types and minified files.
 */
export async function findFiles(paths: readonly string[], { cwd, typescript: missing }: How): Promise<FoundFiles> {
  const files = new Set<string>();
  const skipped = new Map<string, Skipped>();
  const problems: Problem[] = [];

  for (const given of paths) {
    const path = resolve(cwd, given);
    const kind = await kindOf(path);
    if (kind === 'folder') await walk(path, await ignoredByGit(path));
    else if (kind !== 'file') problems.push({ kind: 'path', file: path, message: kind });
    else if (!add(path)) problems.push({ kind: 'path', file: path, message: 'neither JavaScript nor TypeScript' });
  }
  return { files: [...files], skipped: [...skipped.values()], problems };

  async function walk(folder: string, ignored: ReadonlySet<string>): Promise<void> {
    for (const entry of await entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (ignored.has(path)) continue;
      if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.')) await walk(path, ignored);
      else if (entry.isFile() && !isUnwritten(entry.name)) add(path);
    }
  }

  async function entriesOf(folder: string): Promise<readonly Dirent[]> {
    try {
      return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      problems.push({ kind: 'path', file: folder, message: reasonOf(error) });
      return [];
    }
  }

  /** Whether it is of a kind that is known, linted or not. */
  function add(path: string): boolean {
    const extension = extname(path);
    if (javascript.has(extension) || (typescript.has(extension) && missing === undefined)) files.add(path);
    else if (typescript.has(extension)) skip(extension, missing!);
    else if (components.has(extension)) skip(extension, 'their parsers are set up in an eslint.config.js: lint them with npx eslint');
    else return false;
    return true;
  }

  function skip(extension: string, reason: string): void {
    skipped.set(extension, { extension, files: (skipped.get(extension)?.files ?? 0) + 1, reason });
  }
}

/** Or what is wrong with it. */
async function kindOf(path: string): Promise<string> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file or folder' : reasonOf(error);
  }
}

/** Nothing runs in a declaration of types, and nobody writes a minified file. */
function isUnwritten(name: string): boolean {
  return /\.d\.[cm]?ts$|\.min\.[cm]?js$/.test(name);
}

import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What is on disk, asked once a folder: most names that a resolver tries do not exist, and a listing says so for all of them. */
export interface Folders {
  readonly isFile: (path: string) => boolean;
  readonly isFolder: (path: string) => boolean;
  /** The nearest folder, going up from one, of which something is known. */
  readonly nearest: <T>(folder: string, of: (folder: string) => T | undefined) => T | undefined;
  /** A file's content as JSON, in which comments and trailing commas may stand; undefined where there is none. */
  readonly json: (path: string) => unknown;
  readonly realPath: (path: string) => string;
  /** Has this folder changed since it was listed? Then it will be listed anew. */
  readonly isNew: (folder: string) => boolean;
  /** Has a folder that was listed, or a file that was read, changed since? */
  readonly haveChanged: () => boolean;
  /** How many places that question looks at. */
  readonly size: () => number;
}

export function folders(): Folders {
  const listings = new Map<string, ReadonlyMap<string, 'file' | 'folder'>>();
  const documents = new Map<string, unknown>();
  const times = new Map<string, number>();
  return {
    isFile: (path) => kindOf(path) === 'file',
    isFolder: (path) => kindOf(path) === 'folder',
    nearest(start, of) {
      for (let folder = start; ; folder = dirname(folder)) {
        const found = of(folder);
        if (found !== undefined || dirname(folder) === folder) return found;
      }
    },
    json(path) {
      if (!documents.has(path)) documents.set(path, readJson(path));
      return documents.get(path);
    },
    realPath: (path) => realpathSync(path),
    isNew(folder) {
      if (!listings.has(folder) || times.get(folder) === timeOf(folder)) return false;
      listings.delete(folder);
      return true;
    },
    haveChanged: () => [...times].some(([path, time]) => timeOf(path) !== time),
    size: () => times.size,
  };

  function kindOf(path: string): 'file' | 'folder' | undefined {
    const folder = dirname(path);
    let listing = listings.get(folder);
    if (!listing) listings.set(folder, (listing = list(folder)));
    return listing.get(path.slice(folder.length).replace(/^[\\/]/, ''));
  }

  function list(folder: string): ReadonlyMap<string, 'file' | 'folder'> {
    const listing = new Map<string, 'file' | 'folder'>();
    times.set(folder, timeOf(folder));
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const target = entry.isSymbolicLink() ? statSync(join(folder, entry.name), { throwIfNoEntry: false }) : entry;
        if (target?.isFile()) listing.set(entry.name, 'file');
        else if (target?.isDirectory()) listing.set(entry.name, 'folder');
      }
    } catch {
      // A folder that is not there, or that may not be read, holds nothing that could be followed.
    }
    return listing;
  }

  function readJson(path: string): unknown {
    if (kindOf(path) !== 'file') return undefined;
    try {
      times.set(path, timeOf(path));
      return JSON.parse(withoutComments(readFileSync(path, 'utf8'))) as unknown;
    } catch {
      return undefined;
    }
  }
}

function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** JSON as TypeScript's configurations are written: with comments and commas too many. */
function withoutComments(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replaceAll(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[^]*?\*\//g, (_, string?: string) => string ?? '')
    .replaceAll(/("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])/g, (_, string?: string) => string ?? '');
}

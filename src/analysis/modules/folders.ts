import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What is on disk, asked once for each path. */
export interface Folders {
  readonly isFile: (path: string) => boolean;
  readonly isFolder: (path: string) => boolean;
  /** Names of the folders in a folder. */
  readonly foldersIn: (folder: string) => readonly string[];
  /** Names of what is in a folder; links are neither. */
  readonly entriesOf: (folder: string) => { readonly files: readonly string[]; readonly folders: readonly string[] };
  /** What is known of the nearest folder, going up from one, of which anything is; `question` is the same for the same questions. */
  readonly nearest: <T>(question: string, folder: string, of: (folder: string) => T | undefined) => T | undefined;
  /** A file's content as JSON, in which comments and trailing commas may stand; undefined where there is none. */
  readonly json: (path: string) => unknown;
  /** A file's content; undefined where there is none. */
  readonly text: (path: string) => string | undefined;
  readonly realPath: (path: string) => string;
  /** Has this folder changed since something in it was not there? Then all of it will be asked anew. */
  readonly isNew: (folder: string) => boolean;
  /** Has a folder in which something was not there, or a file that was read, changed since? */
  readonly haveChanged: () => boolean;
  /** How many places that question looks at. */
  readonly size: () => number;
}

export function folders(): Folders {
  const kinds = new Map<string, Map<string, 'file' | 'folder' | undefined>>();
  const answers = new Map<string, Map<string, unknown>>();
  const documents = new Map<string, unknown>();
  const times = new Map<string, number>();
  return {
    isFile: (path) => kindOf(path) === 'file',
    isFolder: (path) => kindOf(path) === 'folder',
    foldersIn,
    entriesOf,
    nearest<T>(question: string, start: string, of: (folder: string) => T | undefined) {
      let known = answers.get(question) as Map<string, T | undefined> | undefined;
      if (!known) answers.set(question, (known = new Map<string, T | undefined>()));
      const asked: string[] = [];
      let found: T | undefined;
      for (let folder = start; ; folder = dirname(folder)) {
        found = known.has(folder) ? known.get(folder) : of(folder);
        if (known.has(folder)) break;
        asked.push(folder);
        if (found !== undefined || dirname(folder) === folder) break;
      }
      for (const folder of asked) known.set(folder, found);
      return found;
    },
    json(path) {
      if (!documents.has(path)) documents.set(path, readJson(path));
      return documents.get(path);
    },
    text: readText,
    realPath: (path) => realpathSync(path),
    isNew(folder) {
      if (!kinds.has(folder) || times.get(folder) === timeOf(folder)) return false;
      kinds.delete(folder);
      times.delete(folder);
      return true;
    },
    haveChanged: () => [...times].some(([path, time]) => timeOf(path) !== time),
    size: () => times.size,
  };

  function kindOf(path: string): 'file' | 'folder' | undefined {
    const folder = dirname(path);
    let inFolder = kinds.get(folder);
    if (!inFolder) kinds.set(folder, (inFolder = new Map<string, 'file' | 'folder' | undefined>()));
    if (inFolder.has(path)) return inFolder.get(path);
    const kind = onDisk(path);
    inFolder.set(path, kind);
    // What is there is looked at by itself; what is not may be made, which changes its folder.
    if (kind === undefined && !times.has(folder)) times.set(folder, timeOf(folder));
    return kind;
  }

  function foldersIn(folder: string): readonly string[] {
    times.set(folder, timeOf(folder));
    try {
      return readdirSync(folder).filter((name) => kindOf(join(folder, name)) === 'folder');
    } catch {
      // A folder that is not there, or that may not be read, holds nothing that could be followed.
      return [];
    }
  }

  function entriesOf(folder: string): ReturnType<Folders['entriesOf']> {
    times.set(folder, timeOf(folder));
    try {
      const entries = readdirSync(folder, { withFileTypes: true });
      return { files: entries.filter((entry) => entry.isFile()).map(({ name }) => name), folders: entries.filter((entry) => entry.isDirectory()).map(({ name }) => name) };
    } catch {
      return { files: [], folders: [] };
    }
  }

  function readJson(path: string): unknown {
    const text = readText(path);
    try {
      return text === undefined ? undefined : (JSON.parse(withoutComments(text)) as unknown);
    } catch {
      return undefined;
    }
  }

  function readText(path: string): string | undefined {
    if (kindOf(path) !== 'file') return undefined;
    try {
      times.set(path, timeOf(path));
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  }
}

/** What cannot be looked at, as a name of a kind that no file has, is not there. */
function onDisk(path: string): 'file' | 'folder' | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() ? 'file' : stats?.isDirectory() ? 'folder' : undefined;
  } catch {
    return undefined;
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

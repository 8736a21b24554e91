import { dirname, join, relative } from 'node:path';
import type { Folders } from './folders.js';
import { isRecord } from './package-exports.js';

/** The sources of a project: what runs when it runs, and is written by hand. */
export interface Sources {
  readonly root: string;
  readonly files: readonly string[];
}

/** More than this is no project, but a folder of projects. */
const maxFiles = 20_000;

const known = new WeakMap<Folders, Map<string, Sources>>();

/** The sources of the project that a folder is in, which is its workspace or its repository, or else its package; none where there is no such thing. */
export function sourcesAround(folder: string, disk: Folders): Sources {
  const root = disk.nearest('root of the project', folder, (one) => (isRoot(one, disk) ? one : undefined)) ?? disk.nearest('package', folder, (one) => (disk.isFile(join(one, 'package.json')) ? one : undefined));
  if (root === undefined) return { root: folder, files: [] };
  let roots = known.get(disk);
  if (!roots) known.set(disk, (roots = new Map<string, Sources>()));
  let sources = roots.get(root);
  if (!sources) {
    const files: string[] = [];
    addBelow(root, files, disk);
    roots.set(root, (sources = { root, files: files.length > maxFiles ? [] : files }));
  }
  return sources;
}

function isRoot(folder: string, disk: Folders): boolean {
  if (['.git', 'pnpm-workspace.yaml', 'lerna.json'].some((name) => disk.isFolder(join(folder, name)) || disk.isFile(join(folder, name)))) return true;
  const manifest = disk.json(join(folder, 'package.json'));
  return isRecord(manifest) && manifest['workspaces'] !== undefined;
}

function addBelow(folder: string, files: string[], disk: Folders): void {
  const { files: names, folders } = disk.entriesOf(folder);
  for (const name of names) if (/\.[cm]?[jt]sx?$/.test(name) && !isOtherFile.test(name)) files.push(join(folder, name));
  for (const name of folders) if (files.length <= maxFiles && !name.startsWith('.') && !isOtherFolder.test(name)) addBelow(join(folder, name), files, disk);
}

const isOtherFolder = /^(?:node_modules|bower_components|dist|build|out|coverage|compiled|vendor|third_party|public|tests?|__tests__|__mocks__|mocks?|specs?|e2e|playgrounds?|fixtures?|__fixtures__|__testfixtures__|examples?|samples?|templates?|docs?|website|bench|benchmarks?|integration(?:-tests?)?)$/i;
const isOtherFile = /[._-](?:test|tests|spec|e2e|mock|mocks|stories|bench)\.[^.]+$|\.d\.[cm]?ts$|\.min\.[cm]?js$/i;

/** Is a file one of the sources of the project with this root, by its name? */
export function isSource(file: string, root: string): boolean {
  const names = relative(root, file).split(/[\\/]/);
  return names[0] !== '..' && !isOtherFile.test(names.at(-1)!) && !names.slice(0, -1).some((name) => isOtherFolder.test(name));
}

/** Are two files of one package, or of two of which one uses the other? */
export function areConnected(file: string, other: string, disk: Folders): boolean {
  const [one, two] = [file, other].map((path) => packageAround(dirname(path), disk));
  return one === two || (one !== undefined && two !== undefined && (one.uses.has(two.name) || two.uses.has(one.name)));
}

interface Package {
  readonly name: string;
  /** Names of the packages that it depends on, in one way or another. */
  readonly uses: ReadonlySet<string>;
}

function packageAround(folder: string, disk: Folders): Package | undefined {
  return disk.nearest('package with what it uses', folder, (one) => {
    const manifest = disk.json(join(one, 'package.json'));
    if (!isRecord(manifest) || typeof manifest['name'] !== 'string') return undefined;
    const uses = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].flatMap((kind) => (isRecord(manifest[kind]) ? Object.keys(manifest[kind]) : []));
    return { name: manifest['name'], uses: new Set(uses) };
  });
}

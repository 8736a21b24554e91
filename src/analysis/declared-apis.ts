import { readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import type { TSESLint } from '@typescript-eslint/utils';
import { type DeclaredApis, findDeclaredApi, isDeclaredNonBlocking } from '../catalogue/declared.js';
import { apiName, findBlockingApi } from '../catalogue/lookup.js';
import type { BlockingApi } from '../catalogue/types.js';

type Code = Readonly<TSESLint.SourceCode>;

export interface Declared {
  readonly settings: DeclaredApis;
  readonly filename: string;
  readonly read: (manifest: unknown, packageName: string) => DeclaredApis;
}

const byFile = new WeakMap<object, Declared>();

/** Makes known what a file's settings declare, and how the manifests of its packages are read; to be asked for with {@link knownApi}. */
export function declareApis(code: Code, declared: Declared): void {
  byFile.set(code.ast, declared);
}

/** What has been made known of a file. */
export function declarationsOf(code: Code): Declared | undefined {
  return byFile.get(code.ast);
}

/** Does a package declare APIs of its own, as seen from a file? */
export function hasDeclarations(module: string, filename: string): boolean {
  return !isOwn(module) && manifestOf(packageOf(module), filename) !== undefined;
}

/** The row for an export: what the settings declare, else the catalogue's, else what the package itself declares in its package.json. */
export function knownApi(module: string, path: readonly string[], code: Code): BlockingApi | undefined {
  const declared = byFile.get(code.ast);
  if (!declared) return findBlockingApi(module, path);
  const { settings } = declared;
  const api = findDeclaredApi(settings, module, path) ?? findBlockingApi(module, path) ?? declaredByPackage(module, path, declared);
  return api && isDeclaredNonBlocking(settings, apiName(api)) ? undefined : api;
}

function declaredByPackage(module: string, path: readonly string[], { filename, read }: Declared): BlockingApi | undefined {
  if (isOwn(module)) return undefined;
  const packageName = packageOf(module);
  const manifest = manifestOf(packageName, filename);
  if (manifest === undefined) return undefined;
  const declared = read(manifest, packageName);
  const api = findDeclaredApi(declared, module, path);
  return api && isDeclaredNonBlocking(declared, apiName(api)) ? undefined : api;
}

/** Not of a package: the project's own, Node's, or no module at all. */
function isOwn(module: string): boolean {
  return module === 'globalThis' || /^[./#*]|^\w+:|^$/.test(module) || isBuiltin(module);
}

function packageOf(module: string): string {
  return module.split('/').slice(0, module.startsWith('@') ? 2 : 1).join('/');
}

interface Manifest {
  readonly field: unknown;
  readonly changed: number;
}

/** Where packages are looked for from a folder: its `node_modules`, then those of the folders above it. */
interface PackageFolders {
  readonly folders: readonly string[];
  /** By package, the first that there is. */
  readonly found: Map<string, Manifest | undefined>;
}

/** By file, for the whole process. */
const manifests = new Map<string, Manifest>();
/** By folder: what was found since the last look. */
const places = new Map<string, PackageFolders>();
let looked = -Infinity;

/** An editor lints for hours, while packages are installed: after this many milliseconds it is looked again. */
const lookAgainAfter = 5_000;

/** The field `offload` of a package's package.json, as seen from a file; undefined where there is none. */
function manifestOf(packageName: string, filename: string): unknown {
  if (!isAbsolute(filename)) return undefined;
  const now = performance.now();
  if (now - looked >= lookAgainAfter) {
    places.clear();
    looked = now;
  }
  const { folders, found } = packageFolders(dirname(filename));
  if (!found.has(packageName)) found.set(packageName, firstManifest(folders, packageName));
  return found.get(packageName)?.field;
}

function packageFolders(folder: string): PackageFolders {
  const known = places.get(folder);
  if (known) return known;
  const own = join(folder, 'node_modules');
  const parent = dirname(folder);
  const above = parent === folder ? { folders: [], found: new Map<string, Manifest | undefined>() } : packageFolders(parent);
  // Most folders have none of their own, and share what is known of the ones above.
  const found = statSync(own, { throwIfNoEntry: false }) ? { folders: [own, ...above.folders], found: new Map<string, Manifest | undefined>() } : above;
  places.set(folder, found);
  return found;
}

/** By the folders that Node would look in, as a package need not export its package.json. */
function firstManifest(folders: readonly string[], packageName: string): Manifest | undefined {
  for (const folder of folders) {
    const manifest = readManifest(join(folder, packageName, 'package.json'));
    if (manifest) return manifest;
  }
  return undefined;
}

function readManifest(file: string): Manifest | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) return undefined;
  let manifest = manifests.get(file);
  if (manifest?.changed !== stats.mtimeMs) manifests.set(file, (manifest = { field: readField(file), changed: stats.mtimeMs }));
  return manifest;
}

function readField(file: string): unknown {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { offload?: unknown }).offload;
  } catch {
    return undefined;
  }
}

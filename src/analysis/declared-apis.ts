import { readFileSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join } from 'node:path';
import type { TSESLint } from '@typescript-eslint/utils';
import { type DeclaredApis, findDeclaredApi, isDeclaredNonBlocking } from '../catalogue/declared.js';
import { apiName, findBlockingApi } from '../catalogue/lookup.js';
import type { BlockingApi } from '../catalogue/types.js';

type Code = Readonly<TSESLint.SourceCode>;

interface Declared {
  readonly settings: DeclaredApis;
  readonly filename: string;
  readonly read: (manifest: unknown, packageName: string) => DeclaredApis;
}

const byFile = new WeakMap<object, Declared>();

/** Makes known what a file's settings declare, and how the manifests of its packages are read; to be asked for with {@link knownApi}. */
export function declareApis(code: Code, declared: Declared): void {
  byFile.set(code.ast, declared);
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
  if (module === 'globalThis' || /^[./#]|^\w+:/.test(module) || isBuiltin(module)) return undefined;
  const packageName = module.split('/').slice(0, module.startsWith('@') ? 2 : 1).join('/');
  const manifest = manifestOf(packageName, filename);
  if (manifest === undefined) return undefined;
  const declared = read(manifest, packageName);
  const api = findDeclaredApi(declared, module, path);
  return api && isDeclaredNonBlocking(declared, apiName(api)) ? undefined : api;
}

interface Remembered {
  readonly manifest: unknown;
  readonly file: string | undefined;
  readonly changed: number;
  readonly looked: number;
}

const manifests = new Map<string, Remembered>();

/** An editor lints for hours, while packages are installed: after this many milliseconds it is looked again. */
const lookAgainAfter = 5_000;

/** The field `offload` of a package's package.json, as seen from a file; undefined where there is none. */
function manifestOf(packageName: string, filename: string): unknown {
  const key = `${packageName}\n${filename.slice(0, Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')))}`;
  const known = manifests.get(key);
  const now = performance.now();
  if (known && now - known.looked < lookAgainAfter) return known.manifest;
  const found = findManifest(packageName, filename);
  const manifest = found === undefined ? undefined : found.file === known?.file && found.changed === known.changed ? known.manifest : readField(found.file);
  manifests.set(key, { manifest, file: found?.file, changed: found?.changed ?? 0, looked: now });
  return manifest;
}

/** By the folders that Node would look in, as a package need not export its package.json. */
function findManifest(packageName: string, filename: string): { file: string; changed: number } | undefined {
  let folders: readonly string[] | null;
  try {
    folders = createRequire(filename).resolve.paths(packageName);
  } catch {
    // A file that is not on disk, such as `<input>`.
    return undefined;
  }
  for (const folder of folders ?? []) {
    const file = join(folder, packageName, 'package.json');
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats) return { file, changed: stats.mtimeMs };
  }
  return undefined;
}

function readField(file: string): unknown {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { offload?: unknown }).offload;
  } catch {
    return undefined;
  }
}

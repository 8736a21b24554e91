import { isBuiltin } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Folders } from './folders.js';
import { exportTargets, isRecord } from './package-exports.js';
import { compiledPath, tsconfigCandidates } from './tsconfig-paths.js';
import { workspacePackage } from './workspace-packages.js';

/**
 * The source file that a specifier leads to, as Node and TypeScript would find it: relative paths (with `.js` written for
 * `.ts`, and a file that TypeScript would compile), a package's own `imports` and name, `paths` and `baseUrl`, and packages of the same workspace. What lies in
 * `node_modules` is not followed.
 */
export function resolveModule(specifier: string, from: string, disk: Folders): string | undefined {
  const folder = dirname(from);
  if (/^\.{1,2}(?:\/|$)/.test(specifier) || isAbsolute(specifier)) {
    const path = resolve(folder, specifier);
    return sourceAt(path, from, disk) ?? compiledFile(path, from, disk) ?? declarationsAt(path, from, disk);
  }
  if (isBuiltin(specifier) || /^[\w-]+:/.test(specifier)) return undefined;
  if (specifier.startsWith('#')) {
    const own = disk.nearest('package.json', folder, (one) => (disk.isFile(join(one, 'package.json')) ? one : undefined));
    const targets = own === undefined ? [] : exportTargets((disk.json(join(own, 'package.json')) as Record<string, unknown> | undefined)?.['imports'], specifier);
    const found = own === undefined ? undefined : firstSource(own, targets, from, disk);
    if (found !== undefined) return found;
  }
  for (const path of tsconfigCandidates(specifier, folder, disk)) {
    const found = isInstalled(path) ? undefined : sourceAt(path, from, disk);
    if (found !== undefined) return found;
  }
  return specifier.startsWith('#') ? undefined : ofPackage(specifier, from, disk);
}

/** A package of the workspace: linked into `node_modules`, the one that the file is in, or where the workspace's root says. */
function ofPackage(specifier: string, from: string, disk: Folders): string | undefined {
  const [, name, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const linkedOrOwn = disk.nearest(`package ${name}`, dirname(from), (one) => {
    const linked = disk.isFolder(join(one, 'node_modules')) ? join(one, 'node_modules', name) : undefined;
    if (linked !== undefined && disk.isFolder(linked)) return disk.realPath(linked);
    const own = disk.json(join(one, 'package.json'));
    return isRecord(own) && own['name'] === name && own['exports'] !== undefined ? one : undefined;
  });
  const folder = linkedOrOwn ?? workspacePackage(name, dirname(from), disk);
  if (folder === undefined || isInstalled(folder)) return undefined;
  const manifest = disk.json(join(folder, 'package.json'));
  if (!isRecord(manifest)) return undefined;
  const { exports, source, types, typings, module, main } = manifest;
  const targets = exports !== undefined ? exportTargets(exports, `.${rest}`) : rest === '' ? [source, types, typings, module, main ?? './index.js'].filter((one) => typeof one === 'string') : [`.${rest}`];
  return firstSource(folder, targets, from, disk);
}

function isInstalled(path: string): boolean {
  return /[\\/]node_modules(?:[\\/]|$)/.test(path);
}

function firstSource(folder: string, targets: readonly string[], from: string, disk: Folders): string | undefined {
  for (const target of targets) {
    const path = join(folder, target);
    const found = builtFrom(folder, path, from, disk) ?? sourceAt(path, from, disk) ?? compiledFile(path, from, disk);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Folders that a build writes to. */
const outputs = /^(?:dist|lib|build|out|output|es|esm|cjs|types)(?:[-_.]\w+)?$/;

/** The source of a file that a build writes: `dist/index.js`, or its types, from `src/index.ts`. */
function builtFrom(folder: string, path: string, from: string, disk: Folders): string | undefined {
  const parts = path.slice(folder.length + 1).split(/[\\/]/);
  let start = 0;
  while (start < parts.length - 1 && outputs.test(parts[start]!)) start += 1;
  if (start === 0) return undefined;
  const rest = parts.slice(start);
  const source = join(folder, ...(rest[0] === 'src' ? rest : ['src', ...rest]));
  // A bundler writes `.mjs`, and its types `.d.mts`, of what is written as `.ts`.
  return sourceAt(source, from, disk) ?? sourceAt(source.replace(/(?:\.d)?\.[cm][jt]s$/, ''), from, disk);
}

/** The source of a file that TypeScript has not compiled yet, or elsewhere than here. */
function compiledFile(path: string, from: string, disk: Folders): string | undefined {
  const source = compiledPath(path.replace(/\.d\.([cm]?)ts$/, '.$1js'), disk);
  return source === undefined ? undefined : sourceAt(source, from, disk);
}

/** Types that are declared by themselves, for whoever is written in TypeScript. */
function declarationsAt(path: string, from: string, disk: Folders): string | undefined {
  const declarations = `${path.replace(/\.d(?:\.ts)?$/, '')}.d.ts`;
  return /\.[cm]?tsx?$/.test(from) && disk.isFile(declarations) ? declarations : undefined;
}

const typescriptFirst = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const javascriptFirst = ['.js', '.jsx', '.mjs', '.cjs', '.ts', '.tsx', '.mts', '.cts'];
/** Extensions that TypeScript compiles to another, by that one. */
const compiledFrom: Readonly<Record<string, readonly string[]>> = { '.js': ['.ts', '.tsx'], '.jsx': ['.tsx'], '.mjs': ['.mts'], '.cjs': ['.cts'] };

/** The source file that a path means, with the extension it leaves out and the `index` of a folder. */
function sourceAt(withTypes: string, from: string, disk: Folders): string | undefined {
  const path = withTypes.replace(/\.d\.([cm]?)ts$/, '.$1js');
  const [extension] = /\.[cm]?[jt]sx?$/.exec(path) ?? [];
  if (extension !== undefined) {
    const stem = path.slice(0, -extension.length);
    const found = [...(compiledFrom[extension] ?? []).map((one) => stem + one), path].find(disk.isFile);
    if (found !== undefined) return found;
  }
  const extensions = /\.[cm]?tsx?$/.test(from) ? typescriptFirst : javascriptFirst;
  const file = extensions.map((one) => path + one).find(disk.isFile);
  if (file !== undefined) return file;
  if (!disk.isFolder(path)) return undefined;
  const manifest = disk.json(join(path, 'package.json'));
  const main = isRecord(manifest) && typeof manifest['main'] === 'string' ? join(path, manifest['main']) : undefined;
  if (main !== undefined && main !== path) {
    const found = sourceAt(main, from, disk);
    if (found !== undefined) return found;
  }
  return extensions.map((one) => join(path, `index${one}`)).find(disk.isFile);
}

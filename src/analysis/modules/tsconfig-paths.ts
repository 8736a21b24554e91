import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Folders } from './folders.js';
import { isRecord } from './package-exports.js';

/** What a tsconfig.json says about where modules are. */
interface PathSettings {
  readonly baseUrl: string | undefined;
  readonly paths: Readonly<Record<string, unknown>> | undefined;
  /** What `paths` are relative to. */
  readonly pathsFrom: string;
  readonly outDir: string | undefined;
  readonly rootDir: string | undefined;
}

/** The paths, without an extension perhaps, that `paths` and `baseUrl` of the nearest tsconfig.json give for a specifier. */
export function tsconfigCandidates(specifier: string, folder: string, disk: Folders): readonly string[] {
  const settings = disk.nearest('tsconfig', folder, (one) => settingsIn(one, disk));
  if (!settings) return [];
  const { baseUrl, paths, pathsFrom } = settings;
  const found = paths ? mapped(specifier, paths).map((target) => resolve(pathsFrom, target)) : [];
  return baseUrl === undefined ? found : [...found, join(baseUrl, specifier)];
}

/** The path of which TypeScript makes one in its `outDir`, by the nearest tsconfig.json that says where its sources begin: `lib/main.js` for `dist/main.js`. */
export function compiledPath(path: string, disk: Folders): string | undefined {
  const { outDir, rootDir } = disk.nearest('tsconfig', dirname(path), (one) => settingsIn(one, disk)) ?? {};
  if (outDir === undefined || rootDir === undefined) return undefined;
  const inside = relative(outDir, path);
  return /^\.\.(?:[\\/]|$)/.test(inside) || isAbsolute(inside) ? undefined : join(rootDir, inside);
}

function settingsIn(folder: string, disk: Folders): PathSettings | undefined {
  for (const name of ['tsconfig.json', 'jsconfig.json']) {
    const file = join(folder, name);
    const config = disk.json(file);
    if (!isRecord(config)) continue;
    const own = settingsOf(file, disk, new Set());
    if (own.paths || own.baseUrl !== undefined || !Array.isArray(config['references'])) return own;
    // A tsconfig.json of references only: the projects it names have the settings.
    for (const reference of config['references'] as unknown[]) {
      const path = isRecord(reference) ? reference['path'] : undefined;
      if (typeof path !== 'string') continue;
      const target = resolve(folder, path);
      const referred = settingsOf(target.endsWith('.json') ? target : join(target, 'tsconfig.json'), disk, new Set());
      if (referred.paths && dirname(target) === folder) return referred;
    }
    return own;
  }
  return undefined;
}

function settingsOf(file: string, disk: Folders, seen: Set<string>): PathSettings {
  const none: PathSettings = { baseUrl: undefined, paths: undefined, pathsFrom: dirname(file), outDir: undefined, rootDir: undefined };
  const config = seen.has(file) ? undefined : disk.json(file);
  seen.add(file);
  if (!isRecord(config)) return none;
  let settings = none;
  for (const base of [config['extends']].flat()) {
    const path = typeof base === 'string' ? extended(base, dirname(file), disk) : undefined;
    if (path === undefined) continue;
    const above = settingsOf(path, disk, seen);
    settings = {
      baseUrl: above.baseUrl ?? settings.baseUrl,
      ...(above.paths ? { paths: above.paths, pathsFrom: above.pathsFrom } : { paths: settings.paths, pathsFrom: settings.pathsFrom }),
      outDir: above.outDir ?? settings.outDir,
      rootDir: above.rootDir ?? settings.rootDir,
    };
  }
  const options = isRecord(config['compilerOptions']) ? config['compilerOptions'] : {};
  const folderOf = (name: 'baseUrl' | 'outDir' | 'rootDir'): string | undefined => (typeof options[name] === 'string' ? resolve(dirname(file), options[name]) : settings[name]);
  const own = { ...settings, baseUrl: folderOf('baseUrl'), outDir: folderOf('outDir'), rootDir: folderOf('rootDir') };
  return isRecord(options['paths']) ? { ...own, paths: options['paths'], pathsFrom: own.baseUrl ?? dirname(file) } : own;
}

function extended(base: string, folder: string, disk: Folders): string | undefined {
  const candidates = (path: string): string[] => [path, `${path}.json`, join(path, 'tsconfig.json')];
  if (base.startsWith('.') || isAbsolute(base)) return candidates(resolve(folder, base)).find(disk.isFile);
  return disk.nearest(`tsconfig ${base}`, folder, (one) => candidates(join(one, 'node_modules', base)).find(disk.isFile));
}

/** The targets of the most exact pattern that a specifier fits. */
function mapped(specifier: string, paths: Readonly<Record<string, unknown>>): string[] {
  let best: { readonly before: string; readonly star: string; readonly targets: unknown } | undefined;
  for (const [pattern, targets] of Object.entries(paths)) {
    if (pattern === specifier) return strings(targets);
    const [before, after] = pattern.split('*') as [string, string?];
    if (after === undefined || !specifier.startsWith(before) || !specifier.endsWith(after) || specifier.length < before.length + after.length) continue;
    if (!best || before.length > best.before.length) best = { before, star: specifier.slice(before.length, specifier.length - after.length), targets };
  }
  return best ? strings(best.targets).map((target) => target.replace('*', () => best.star)) : [];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

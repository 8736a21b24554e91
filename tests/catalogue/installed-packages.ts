import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageApis } from '../../src/catalogue/packages.js';
import { checkedPackages } from '../../src/catalogue/packages/checked.js';

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** The folder above `node_modules`. */
  readonly folder: string;
  /** The name of its folder there. */
  readonly installedAs: string;
}

/** A module of an installed package. */
export interface InstalledModule {
  /** As the catalogue spells it. */
  readonly module: string;
  readonly version: string;
  readonly folder: string;
  /** As code in that folder would import it. */
  readonly specifier: string;
  readonly exports: unknown;
}

/** Every module with rows of its own, in every version that is installed; older ones may lack a module altogether. */
export async function checkedModules(): Promise<readonly InstalledModule[]> {
  const modules = [...new Set(packageApis.map(({ module }) => module))];
  const found: InstalledModule[] = [];
  for (const { name, version, folder, installedAs } of installed()) {
    for (const module of modules.filter((one) => packageOf(one) === name)) {
      const specifier = installedAs + module.slice(name.length);
      const exports = await load(specifier, folder);
      if (exports !== undefined) found.push({ module, version, folder, specifier, exports });
    }
  }
  return found;
}

async function load(specifier: string, folder: string): Promise<unknown> {
  const require = createRequire(join(folder, 'main.cjs'));
  try {
    return require(specifier) as unknown;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return undefined;
    if (code !== 'ERR_REQUIRE_ASYNC_MODULE') throw error;
    return import(pathToFileURL(require.resolve(specifier)).href);
  }
}

export function packageOf(module: string): string {
  return module.split('/').slice(0, module.startsWith('@') ? 2 : 1).join('/');
}

/**
 * The packages to compare the catalogue with: every checked version, where `npm run check:packages` has installed them in the
 * folder that CATALOGUE_PACKAGES names; else what this project depends on itself.
 */
export function installed(): readonly InstalledPackage[] {
  const folder = process.env['CATALOGUE_PACKAGES'];
  const wanted = Object.entries(checkedPackages).flatMap(([name, versions]) => versions.map((version) => ({ name, version })));
  if (folder !== undefined) return wanted.map(({ name, version }) => ({ name, version, folder, installedAs: aliasOf(name, version) }));
  return Object.keys(checkedPackages).flatMap((name) => {
    const manifest = join(process.cwd(), 'node_modules', name, 'package.json');
    if (!isDependency(name) || !existsSync(manifest)) return [];
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    return [{ name, version, folder: process.cwd(), installedAs: name }];
  });
}

/**
 * A folder's name under which several versions of one package can stand side by side.
 *
 * @public scripts/check-packages.mjs installs by it
 */
export function aliasOf(name: string, version: string): string {
  return `${name.replace('@', '').replace('/', '-')}-v${version.replaceAll('.', '-')}`;
}

function isDependency(name: string): boolean {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { devDependencies: Record<string, string> };
  return name in devDependencies;
}

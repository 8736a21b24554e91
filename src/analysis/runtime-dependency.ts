import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { File } from './file.js';

/** The package.json that leaves the runtime out of a production install. */
export interface DevelopmentOnly {
  /** The package that the runtime is part of. */
  readonly name: string;
}

interface Manifest {
  readonly dependencies?: object;
  readonly devDependencies?: object;
  readonly peerDependencies?: object;
  readonly optionalDependencies?: object;
}

/** Tools that make one file of a program and what it imports, `devDependencies` included. */
const bundlers = [
  '@rspack/cli', '@rspack/core', '@vercel/ncc', 'bun', 'esbuild', 'microbundle', 'next', 'nuxt', 'parcel', 'pkgroll', 'rolldown', 'rollup', 'tsdown', 'tsup', 'unbuild', 'vite', 'webpack', 'wrangler',
];

/**
 * Is the package that the runtime comes from installed for development only, by the nearest package.json above the file?
 * Not where a bundler may take it into the program, and not for files that production does not load: tests, scripts,
 * configuration.
 */
export function developmentOnly({ filename, runtime, isTest }: File, cwd: string): DevelopmentOnly | undefined {
  const name = packageOf(runtime);
  if (name === undefined || isTest || isForDevelopment(filename.startsWith(cwd) ? filename.slice(cwd.length) : filename)) return undefined;
  const manifest = nearestManifest(dirname(filename));
  if (!manifest || !lists(manifest.devDependencies, name)) return undefined;
  if ([manifest.dependencies, manifest.peerDependencies, manifest.optionalDependencies].some((one) => lists(one, name))) return undefined;
  return bundlers.some((bundler) => lists(manifest.devDependencies, bundler) || lists(manifest.dependencies, bundler)) ? undefined : { name };
}

/** `eslint-plugin-offload/runtime` is part of eslint-plugin-offload; `#workers` and `./workers.js` of no package. */
function packageOf(specifier: string): string | undefined {
  return /^(?:@[^/]+\/)?[\w-][^/:]*/.exec(specifier)?.[0];
}

/** By where it is below the folder that is linted. */
function isForDevelopment(path: string): boolean {
  return /(?:^|[\\/])(?:bench|benchmarks?|demo|docs|examples?|fixtures|scripts|tools|\.[\w-]+)[\\/]|\.(?:config|bench|stories)\.[cm]?[jt]sx?$/.test(path);
}

/** Read each time: it is asked of files that import the runtime only, and an editor should see what was changed. */
function nearestManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    return dirname(folder) === folder ? undefined : nearestManifest(dirname(folder));
  }
}

function lists(dependencies: object | undefined, name: string): boolean {
  return typeof dependencies === 'object' && Object.hasOwn(dependencies, name);
}

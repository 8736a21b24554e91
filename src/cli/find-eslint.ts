import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ESLint } from 'eslint';
import { UsageError } from './usage-error.js';

export interface FoundESLint {
  readonly ESLint: typeof ESLint;
}

/** The project's ESLint, as its own files would load it; where it has none, the one beside this package. */
export async function findESLint(cwd: string): Promise<FoundESLint> {
  const found = manifestFrom(join(cwd, 'package.json')) ?? manifestFrom(__filename);
  if (!found) {
    throw new UsageError(`ESLint is not installed in ${cwd}. Install it:

  npm i -D eslint

or run both for once: npx -p eslint -p eslint-plugin-offload eslint-plugin-offload`);
  }
  const { path, version } = found;
  const [major, minor] = version.split('.').map(Number) as [number, number];
  if (major < 8 || (major === 8 && minor < 57)) throw new UsageError(`ESLint ${version} in ${dirname(path)} is too old. Install a newer one: npm i -D eslint@latest`);
  const { loadESLint } = createRequire(path)('eslint') as { loadESLint: (options: { useFlatConfig: true }) => Promise<typeof ESLint> };
  return { ESLint: await loadESLint({ useFlatConfig: true }) };
}

function manifestFrom(file: string): { path: string; version: string } | undefined {
  const require = createRequire(file);
  try {
    const path = require.resolve('eslint/package.json');
    return { path, ...(require(path) as { version: string }) };
  } catch {
    return undefined;
  }
}

import { createRequire } from 'node:module';
import { join } from 'node:path';

/** From where packages are looked for: the file that is linted, the folder that ESLint runs in. */
export interface Place {
  readonly filename: string;
  readonly cwd: string;
}

/** Where the project has a package, or the ESLint that runs. */
export function pathOf(name: string, { filename, cwd }: Place): string | undefined {
  for (const from of [filename, join(cwd, 'package.json'), process.argv[1]]) {
    try {
      if (from !== undefined) return createRequire(from).resolve(name);
    } catch {
      continue;
    }
  }
  return undefined;
}

/** What a package exports; undefined where the project does not have it. */
export function packageOf(name: string, place: Place): unknown {
  const path = pathOf(name, place);
  return path === undefined ? undefined : createRequire(path)(path);
}

import { dirname, relative, sep } from 'node:path';

/** A path as it is shown: from the folder the command was started in, with slashes. */
export function relativePath(path: string, cwd: string): string {
  return (relative(cwd, path) || '.').replaceAll('\\', '/');
}

/** The deepest folder that holds all of these, the first of which is a folder. */
export function commonFolder([first, ...paths]: readonly [string, ...string[]]): string {
  let common = first;
  for (const path of paths) {
    while (!path.startsWith(common.endsWith(sep) ? common : common + sep)) {
      if (common === dirname(common)) return first;
      common = dirname(common);
    }
  }
  return common;
}

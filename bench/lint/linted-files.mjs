import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../scripts/files-below.mjs';

/** The sources of a project: no declarations, nothing that is installed, built or minified. */
export function lintedFiles(folder) {
  return filesBelow(folder)
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !/\.d\.[cm]?ts$|\.min\.js$|(?:^|[\\/])(?:dist|build|out)[\\/]/.test(file))
    .sort()
    .map((file) => ({ file, filename: join(folder, file), text: readFileSync(join(folder, file), 'utf8') }));
}

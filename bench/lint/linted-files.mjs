import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The sources of a project: no declarations, nothing that is installed, built or minified. */
export function lintedFiles(folder) {
  // A folder may have the name of a source: `next.js/`.
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !/\.d\.[cm]?ts$|\.min\.js$|(?:^|[\\/])(?:node_modules|dist|build|out)[\\/]/.test(file))
    .sort()
    .map((file) => ({ file, filename: join(folder, file), text: readFileSync(join(folder, file), 'utf8') }));
}

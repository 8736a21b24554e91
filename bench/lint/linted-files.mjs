import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The sources of a project: no declarations, nothing that is installed, built or minified. */
export function lintedFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !/\.d\.[cm]?ts$|\.min\.js$|(?:^|[\\/])(?:node_modules|dist|build|out)[\\/]/.test(file))
    .sort()
    .map((file) => ({ file, filename: join(folder, file), text: readFileSync(join(folder, file), 'utf8') }));
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The sources of this project, and its tests, as files to be analysed. */
export function sourceFiles(): readonly string[] {
  return ['src', 'tests'].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.d)\.[cm]?[jt]s$/.test(file) && !file.includes('node_modules')).map((file) => join(process.cwd(), folder, file))).sort();
}

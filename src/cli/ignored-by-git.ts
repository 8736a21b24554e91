import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * What git ignores below a folder, as absolute paths of files and whole folders. Git itself is asked, which knows of every `.gitignore` on the
 * way, the user's own and what is committed in spite of them; where there is no git or no repository, nothing is ignored.
 */
export async function ignoredByGit(folder: string): Promise<ReadonlySet<string>> {
  try {
    const { stdout } = await promisify(execFile)('git', ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z'], { cwd: folder, maxBuffer: 2 ** 30 });
    // A folder that is ignored as a whole and given by itself is `./`: whoever names it wants it linted.
    return new Set(stdout.split('\0').filter((path) => path !== '' && path !== './').map((path) => join(folder, path.replace(/\/$/, ''))));
  } catch {
    return new Set();
  }
}

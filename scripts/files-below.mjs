import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files below a folder, in the order of their names, without what is installed and what is git's. Links are not followed:
 * packages of a workspace are linked to one another in circles, of which `readdirSync` with `recursive` finds no end.
 *
 * @param folder where to begin
 * @param within what the paths begin with, which are relative to the first folder
 * @returns paths, with `/` between their parts
 */
export function filesBelow(folder, within = '') {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = within + entry.name;
      if (entry.isFile()) return [path];
      return entry.isDirectory() && !['.git', 'node_modules'].includes(entry.name) ? filesBelow(join(folder, entry.name), `${path}/`) : [];
    });
}

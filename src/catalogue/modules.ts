/** Built-in modules that exist only under `node:`; without it the name is that of a package from npm. */
const prefixOnly = new Set(['ffi', 'quic', 'sea', 'sqlite', 'test', 'test/reporters', 'vfs']);

/** One name for each module: `node:fs` is `fs`, while `node:sqlite` stays apart from the package `sqlite`. */
export function moduleName(specifier: string): string {
  if (!specifier.startsWith('node:')) return specifier;
  const bare = specifier.slice('node:'.length);
  return prefixOnly.has(bare) ? specifier : bare;
}

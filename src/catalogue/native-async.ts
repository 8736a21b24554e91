/**
 * Node's own functions that do their work off the event loop and give a promise of it: a worker gains nothing with
 * them. Left out are those that give something else, such as `fs/promises.watch`, or work in JavaScript.
 */
const functions: Readonly<Record<string, readonly string[]>> = {
  'fs/promises': [
    'access', 'appendFile', 'chmod', 'chown', 'copyFile', 'lchown', 'link', 'lstat', 'lutimes', 'mkdir', 'mkdtemp', 'open', 'opendir', 'readFile', 'readdir', 'readlink',
    'realpath', 'rename', 'rm', 'rmdir', 'stat', 'statfs', 'symlink', 'truncate', 'unlink', 'utimes', 'writeFile',
  ],
  'dns/promises': ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveMx', 'resolveTxt', 'reverse'],
  'timers/promises': ['setTimeout', 'setImmediate'],
  globalThis: ['fetch'],
};

export const nativeAsync: readonly string[] = Object.entries(functions).flatMap(([module, names]) => names.map((name) => `${module}.${name}`));

const known = new Set(nativeAsync);

/** The function's name, if it is one of these: `fs/promises.readFile`, for `fs.promises.readFile` as well. */
export function nativeAsyncName(module: string, path: readonly string[]): string | undefined {
  const name = path[0] === 'promises' ? `${module}/promises.${path.slice(1).join('.')}` : `${module}.${path.join('.')}`;
  return known.has(name) ? name : undefined;
}

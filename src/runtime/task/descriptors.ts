import { TaskReferenceError } from '../errors.js';

/** Functions of Node's own that give or take a file descriptor, a number that means another file in another process. */
const always = new Set(
  ['open', 'close', 'read', 'readv', 'write', 'writev', 'fstat', 'fsync', 'fdatasync', 'ftruncate', 'futimes', 'fchmod', 'fchown'].map((name) => `fs.${name}Sync`),
);
const whereFirstIsNumber = new Set(['readFile', 'writeFile', 'appendFile', 'truncate'].map((name) => `fs.${name}Sync`));

/** @throws {TaskReferenceError} when a built-in function called like this has to do with a descriptor of this process */
export function refuseDescriptors(key: string | number, args: readonly unknown[]): void {
  if (typeof key !== 'string') return;
  if (always.has(key) || (whereFirstIsNumber.has(key) && typeof args[0] === 'number')) {
    throw new TaskReferenceError(
      `\`${key}\` gives or takes a file descriptor, which means something else in another process. Do all that is to be done with the file in one function, or use a ThreadPoolExecutor.`,
    );
  }
}

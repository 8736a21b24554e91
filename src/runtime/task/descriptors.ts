import { TaskReferenceError } from '../errors.js';
import { calledKey, type TaskReference } from './reference.js';

/** Functions of Node's own that give or take a file descriptor, a number that means another file in another process. */
const always = new Set(
  ['open', 'close', 'read', 'readv', 'write', 'writev', 'fstat', 'fsync', 'fdatasync', 'ftruncate', 'futimes', 'fchmod', 'fchown'].map((name) => `fs.${name}Sync`),
);
const whereFirstIsNumber = new Set(['readFile', 'writeFile', 'appendFile', 'truncate'].map((name) => `fs.${name}Sync`));

/** @throws {TaskReferenceError} when a built-in function called like this has to do with a descriptor of this process */
export function refuseDescriptors(reference: TaskReference, args: readonly unknown[]): void {
  const key = calledKey(reference);
  if (typeof key !== 'string') return;
  const firsts = key === reference.key ? [args[0]] : (args[0] as unknown[]);
  if (always.has(key) || (whereFirstIsNumber.has(key) && firsts.some((first) => typeof first === 'number'))) {
    throw new TaskReferenceError(
      `\`${key}\` gives or takes a file descriptor, which means something else in another process. Do all that is to be done with the file in one function, or use a ThreadPoolExecutor.`,
    );
  }
}

import { fileURLToPath } from 'node:url';

/** The path of a file in this folder. */
export function workerFile(name) {
  return fileURLToPath(new URL(name, import.meta.url));
}

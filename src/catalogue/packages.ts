import { computing } from './packages/computing.js';
import { files } from './packages/files.js';
import { fileSystems } from './packages/file-systems.js';
import { processes } from './packages/processes.js';
import type { BlockingApi } from './types.js';

/** Synchronous blocking APIs of packages: one row each, to be added in the file of its kind. */
export const packageApis: readonly BlockingApi[] = [...fileSystems, ...files, ...processes, ...computing];

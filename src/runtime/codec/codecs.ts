import type { Codec } from './codec.js';
import { buffer } from './buffers.js';
import { map, nullPrototypeObject, set } from './collections.js';
import { error } from './errors.js';
import { bigIntStats, dirent, statFs, stats } from './files.js';
import { url, urlSearchParams } from './urls.js';

/**
 * Every value that needs more than structured clone gives. A patch names its row by number, so both sides must hold
 * the same table. A new kind of value is a new row.
 */
export const CODECS: readonly Codec[] = [
  buffer,
  nullPrototypeObject,
  map,
  set,
  dirent,
  stats,
  bigIntStats,
  statFs,
  error,
  url,
  urlSearchParams,
];

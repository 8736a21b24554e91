import type { PatchCodec } from './codec.js';

/**
 * Structured clone turns a Buffer into a Uint8Array. Giving it its prototype back takes a ninth of the time of
 * `Buffer.from(memory)`, and reads and `toString` are as fast afterwards.
 */
export const buffer: PatchCodec = {
  kind: 'patch',
  matches: (value) => Buffer.isBuffer(value),
  // A Buffer's memory is settled with all other memory when the walk is over, and its stand-in with it.
  stand: (value) => value,
  write: () => undefined,
  patch: (stand) => void Object.setPrototypeOf(stand, Buffer.prototype as object),
};

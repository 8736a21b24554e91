import type { Transferable } from 'node:worker_threads';
import { types } from 'node:util';
import { UncloneableError } from './uncloneable-error.js';

/**
 * Checks a list of what is to be moved. `postMessage` says only `Found invalid object in transferList`, and says it
 * when the message is posted.
 *
 * @throws {UncloneableError} for an entry that can never be moved
 */
export function movable(transfer: readonly Transferable[]): readonly Transferable[] {
  transfer.forEach((item: unknown, index) => {
    const place = `transfer[${index}]`;
    if (ArrayBuffer.isView(item)) {
      throw new UncloneableError(`${place} is a view, and only the memory under it can be moved: list its .buffer`);
    }
    if (types.isSharedArrayBuffer(item)) {
      throw new UncloneableError(`${place} is a SharedArrayBuffer, which is shared with the worker: leave it out`);
    }
    if (typeof item !== 'object' || item === null) {
      throw new UncloneableError(`${place} is ${item === null ? 'null' : typeof item}, which cannot be moved: leave it out`);
    }
  });
  return transfer;
}

import type { FileHandle } from 'node:fs/promises';
import type { ReadableStream, TransformStream, WritableStream } from 'node:stream/web';
import { types } from 'node:util';
import type { MessagePort } from 'node:worker_threads';
import { UncloneableError } from './uncloneable-error.js';

/**
 * What `postMessage` can move to another thread. Spelled out, because @types/node has renamed its own: before 20 it was
 * `TransferListItem` alone, now it is `Transferable` alone.
 */
export type Transferable =
  | ArrayBuffer
  | MessagePort
  | AbortSignal
  | FileHandle
  | ReadableStream
  | WritableStream
  | TransformStream;

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

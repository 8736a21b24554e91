import { isError, text } from './errors.js';
import type { Encoded } from './index.js';
import { type Boundary, takeSnapshot } from './snapshot.js';

/** A snapshot of something thrown; where that cannot be taken, of the best that can be said about it. */
export function encodeThrown(thrown: unknown, boundary?: Boundary): Encoded {
  try {
    return takeSnapshot(thrown, 'thrown', [], boundary);
  } catch (reason) {
    return takeSnapshot(isError(thrown) ? withoutProperties(thrown) : reason, 'thrown', [], boundary);
  }
}

/**
 * Adds the frames of the present call, from that of `below` on, to the stack that an error brings from its worker.
 * Any other value is returned as it is.
 */
export function joinCallerFrames(thrown: unknown, below: (...args: never[]) => unknown): unknown {
  if (isError(thrown)) {
    const here = { stack: '' };
    Error.captureStackTrace(here, below);
    // A program may have replaced `Error.prepareStackTrace` by one that gives no string.
    const frames = typeof here.stack === 'string' ? /\n {4}at [^]*$/.exec(here.stack)?.[0] : undefined;
    if (frames !== undefined) {
      thrown.stack = `${thrown.stack ?? ''}${frames}`;
    }
  }
  return thrown;
}

/** For an error that cannot be walked: a Proxy, or one from which a list of a million links hangs. */
function withoutProperties(thrown: Error): Error {
  const bare = new Error(text(thrown, 'message'));
  for (const key of ['name', 'stack', 'code']) {
    const value = text(thrown, key);
    if (value !== '') {
      Object.defineProperty(bare, key, { value, writable: true, enumerable: key === 'code', configurable: true });
    }
  }
  return bare;
}

import { copyFlat, isPrimitive } from './flat.js';
import { restore } from './restore.js';
import { type Boundary, takeSnapshot } from './snapshot.js';
import { encodeThrown, joinCallerFrames } from './thrown.js';
import { movable, type Transferable } from './transfer-list.js';

export type { Boundary } from './snapshot.js';
export type { Transferable } from './transfer-list.js';
export { UncloneableError } from './uncloneable-error.js';

/** What to hand to `postMessage`: the message, and what moves with it instead of being copied. */
export interface Encoded {
  readonly payload: unknown;
  readonly transfer: readonly Transferable[];
}

const NOTHING: readonly Transferable[] = Object.freeze([]);

/**
 * Takes a copy of a call's arguments, as they are now, in a form that structured clone carries without loss.
 *
 * The caller's buffers are copied to their exact size, and large copies travel by transfer; buffers listed in
 * `transfer` are moved at once, so the caller's are detached when this returns. What is listed in `transfer` and is
 * not among the arguments stays where it is.
 *
 * @param args the arguments; the array itself belongs to the codec from now on
 * @param transfer what to move rather than copy: `ArrayBuffer`s, message ports, web streams
 * @throws {UncloneableError} for a value that cannot cross, naming its place: `args[1].filter is a function, …`
 * @example
 * const { payload, transfer } = encodeArguments([Buffer.from('a'), { depth: 1 }]);
 * worker.postMessage(payload, transfer);
 */
export function encodeArguments(args: readonly unknown[], transfer: readonly Transferable[] = NOTHING, boundary?: Boundary): Encoded {
  const flat = copyFlat(args);
  return flat === undefined ? takeSnapshot(args, 'args', movable(transfer), boundary) : { payload: flat, transfer: NOTHING };
}

/** The arguments that {@link encodeArguments} took, on the other side. */
export function decodeArguments(payload: unknown): unknown[] {
  return (Array.isArray(payload) ? payload : restore(payload)) as unknown[];
}

/**
 * Puts a result in a form that structured clone carries without loss. Runs in the worker.
 *
 * A buffer that owns its whole `ArrayBuffer` is moved out of the worker; one that is a window on a larger one, as
 * every small buffer of Node's is, is copied to its exact size first, so that no pool slab is shipped.
 *
 * @param kept whether the worker may hold on to what it returns, so that nothing may be moved out of it
 * @throws {UncloneableError} for a value that cannot cross, naming its place: `result.db is a DatabaseSync, …`
 */
export function encodeResult(value: unknown, kept = false, boundary?: Boundary): Encoded {
  return isPrimitive(value) ? { payload: value, transfer: NOTHING } : takeSnapshot(value, 'result', kept ? NOTHING : 'all', boundary);
}

/** The result that {@link encodeResult} took, on the other side. */
export function decodeResult(payload: unknown): unknown {
  return restore(payload);
}

/**
 * Puts whatever a task threw in a form that crosses. Runs in the worker, and never throws: what cannot cross is left
 * out of an error's properties, and a thrown value that cannot cross at all is replaced by an error that says so.
 */
export function encodeError(thrown: unknown, boundary?: Boundary): Encoded {
  return isPrimitive(thrown) ? { payload: thrown, transfer: NOTHING } : encodeThrown(thrown, boundary);
}

/**
 * What {@link encodeError} took, on the other side. Where it is an error, its stack is the worker's, followed by the
 * stack of this call: called after an `await` in an `async` function, that adds the `at async` frames of the caller.
 *
 * @param below the function whose own frame, with all above it, says nothing to the caller
 */
export function decodeError(payload: unknown, below: (...args: never[]) => unknown = decodeError): unknown {
  return joinCallerFrames(restore(payload), below);
}

import type { Snapshot } from './snapshot.js';

/**
 * How one kind of value crosses a thread that structured clone would flatten, empty or refuse.
 *
 * A row *patches* when the other side can turn what arrives into the value in place, which keeps identity for free
 * and costs one prototype change; it *makes* when the value has to be constructed (`URL` and `Error` have private
 * state). What a row writes travels beside the user's data and never in it, so no object a user builds can be taken
 * for an instruction to construct something.
 */
export type Codec = PatchCodec | MakeCodec;

export interface PatchCodec {
  readonly kind: 'patch';
  matches(value: object): boolean;
  /** A new object that structured clone carries as it is, and that `patch` turns into the value. */
  stand(value: object): object;
  /** Fills the stand-in, and returns what `patch` needs besides. */
  write(value: object, stand: object, snapshot: Snapshot): unknown;
  patch(stand: object, data: unknown): void;
}

export interface MakeCodec {
  readonly kind: 'make';
  matches(value: object): boolean;
  write(value: object, snapshot: Snapshot): unknown;
  make(data: unknown): object;
  /** Runs when every other value is in its place, so that cycles can be tied. */
  finish?(made: object, data: unknown): void;
}

/** Sets a property as data, whatever its name: a plain assignment to `__proto__` would change the prototype. */
export function put(holder: object, key: PropertyKey, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    (holder as Record<PropertyKey, unknown>)[key] = value;
  }
}

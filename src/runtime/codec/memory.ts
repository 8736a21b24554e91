import * as worker from 'node:worker_threads';
import { put } from './codec.js';
import type { Transferable } from './transfer-list.js';

/** There from Node 21 on; before that, what is marked is copied when it is posted. */
const workerThreads = worker as { isMarkedAsUntransferable?: (object: object) => boolean };

type Claimed = ArrayBufferView<ArrayBuffer> | ArrayBuffer;

interface Claim {
  readonly value: Claimed;
  readonly places: readonly unknown[];
}

/**
 * Copies of arguments up to this size, in bytes, are cloned once more when the message is posted: what is transferred
 * is gone, and its task could be sent to one worker only, and only to an idle one.
 */
const clonedAgain = 65_536;

/**
 * The memory that a value's buffers and views stand on, collected during the walk and settled after it.
 *
 * Not at once, because what to do with one view depends on the others: moving memory empties every view on it, and
 * views that share memory must go on sharing it.
 */
export class Memory {
  readonly #claims = new Map<ArrayBuffer, Claim[]>();
  readonly #movable: ReadonlySet<object> | 'all';

  /** @param movable the memory to move rather than copy, or `'all'` for all that is owned whole */
  constructor(movable: ReadonlySet<object> | 'all') {
    this.#movable = movable;
  }

  /** @param places holders and keys in turn, to be filled when this is settled; more may be added until then */
  claim(value: Claimed, places: readonly unknown[]): void {
    const buffer = memoryOf(value);
    const claims = this.#claims.get(buffer);
    if (claims === undefined) this.#claims.set(buffer, [{ value, places }]);
    else claims.push({ value, places });
  }

  /** Puts buffers and views of their own in the waiting places, and returns the memory that is to be transferred. */
  settle(): Transferable[] {
    const transfer: ArrayBuffer[] = [];
    for (const [buffer, claims] of this.#claims) {
      if (this.#mayMove(buffer, claims)) {
        // Which views there are is read before the memory moves: afterwards they all have length 0.
        const views = claims.map((claim) => viewOf(claim.value));
        const moved = this.#movable === 'all' && isSurelyMovable(buffer) ? buffer : move(buffer);
        if (moved !== undefined) {
          transfer.push(moved);
          claims.forEach(({ value, places }, index) => fill(places, moved === buffer ? value : views[index]!(moved, 0)));
          continue;
        }
      }
      const copies = copy(buffer, claims);
      transfer.push(...(this.#movable === 'all' ? copies : copies.filter(({ byteLength }) => byteLength > clonedAgain)));
    }
    return transfer;
  }

  #mayMove(buffer: ArrayBuffer, claims: readonly Claim[]): boolean {
    // There is nothing to move in an empty one, and a detached one could not be sent again.
    if (buffer.byteLength === 0) {
      return false;
    }
    return this.#movable === 'all'
      ? claims.some(({ value }) => value.byteLength === buffer.byteLength)
      : this.#movable.has(buffer);
  }
}

/** Whether the memory has been moved away. `ArrayBuffer.prototype.detached` is not there on Node 20. */
export function isDetached(buffer: ArrayBuffer): boolean {
  if (buffer.byteLength > 0) {
    return false;
  }
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

/**
 * Copies what is claimed and no more: around a small Buffer lies Node's pool, with whatever passed through the process
 * of late. Views that are not Buffers and share memory get one copy of it, so that they go on sharing.
 */
function copy(buffer: ArrayBuffer, claims: readonly Claim[]): ArrayBuffer[] {
  const whole = claims.some(({ value }) => value === buffer);
  const shared = claims.length > 1 && !claims.some(({ value }) => Buffer.isBuffer(value));
  if (whole || shared) {
    const copied = buffer.slice(0);
    for (const { value, places } of claims) {
      fill(places, viewOf(value)(copied, 0));
    }
    return [copied];
  }
  return claims.map(({ value, places }) => {
    const { byteOffset, byteLength } = value as ArrayBufferView<ArrayBuffer>;
    const copied = buffer.slice(byteOffset, byteOffset + byteLength);
    fill(places, viewOf(value)(copied, byteOffset));
    return copied;
  });
}

/**
 * Whether memory can be transferred without trying: it is not marked, and it is no WebAssembly memory, which comes in
 * pages of 64 KiB. Trying costs 3 µs.
 */
function isSurelyMovable(buffer: ArrayBuffer): boolean {
  return buffer.byteLength % 65_536 !== 0 && workerThreads.isMarkedAsUntransferable?.(buffer) !== true;
}

/**
 * Moves memory into a new ArrayBuffer, which empties the old one now rather than when the message is posted: a buffer
 * listed in two calls is then refused in the second, and cannot spoil a message that carries both.
 *
 * Not `ArrayBuffer.prototype.transfer`, which would also move Node's pool. `undefined` where the memory may not be
 * moved: Node's pool, what was marked as untransferable, the memory of a WebAssembly instance.
 */
function move(buffer: ArrayBuffer): ArrayBuffer | undefined {
  try {
    const moved = structuredClone(buffer, { transfer: [buffer] });
    // Node 20 copies what it may not move, and says nothing.
    return buffer.byteLength === 0 ? moved : undefined;
  } catch {
    return undefined;
  }
}

/** How to build the same view on other memory, whose first byte was at `origin` in the old. */
function viewOf(value: Claimed): (memory: ArrayBuffer, origin: number) => Claimed {
  if (!ArrayBuffer.isView(value)) {
    return (memory) => memory;
  }
  const { byteOffset } = value;
  if (value instanceof DataView) {
    const { byteLength } = value;
    return (memory, origin) => new DataView(memory, byteOffset - origin, byteLength);
  }
  const { length } = value as unknown as Uint8Array;
  const TypedArray = (globalThis as unknown as Record<string, Uint8ArrayConstructor>)[typedArrayName.call(value)]!;
  return (memory, origin) => new TypedArray(memory, byteOffset - origin, length);
}

/** Reads a view's true kind: `Uint8Array` for a Buffer and for any other subclass. */
const typedArrayName = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype) as object,
  Symbol.toStringTag,
)!.get as (this: unknown) => string;

function memoryOf(value: Claimed): ArrayBuffer {
  return ArrayBuffer.isView(value) ? value.buffer : value;
}

function fill(places: readonly unknown[], value: unknown): void {
  for (let i = 0; i < places.length; i += 2) {
    put(places[i] as object, places[i + 1] as PropertyKey, value);
  }
}

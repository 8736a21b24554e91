import type { Transferable } from 'node:worker_threads';
import { types } from 'node:util';
import { put, type Codec } from './codec.js';
import { buffer } from './buffers.js';
import { CODECS } from './codecs.js';
import type { Encoded } from './index.js';
import { clonesItself, losesItsState } from './instances.js';
import { isDetached, Memory } from './memory.js';
import type { Step } from './place.js';
import {
  describeDepth,
  describeRefusal,
  detachedMemory,
  refusalOf,
  statefulInstance,
  type Refusal,
} from './refusals.js';
import type { Envelope } from './restore.js';
import { UncloneableError } from './uncloneable-error.js';

/** Whether a value crosses as itself. Symbols do not cross. */
export function isPrimitive(value: unknown): boolean {
  switch (typeof value) {
    case 'object':
      return value === null;
    case 'function':
    case 'symbol':
      return false;
    default:
      return true;
  }
}

/**
 * Copies a value as it is now into a form that structured clone carries without loss.
 *
 * @throws {UncloneableError} naming the place of a value that cannot cross
 */
export function takeSnapshot(root: unknown, rootName: string, transfer: readonly Transferable[] = []): Encoded {
  return new Snapshot(rootName, transfer).take(root);
}

/** One walk over one value. Codecs use its `copy…` methods for what their values hold. */
export class Snapshot {
  readonly #path: Step[];
  readonly #patches: unknown[] = [];
  readonly #memory: Memory;
  readonly #movable: ReadonlySet<object>;
  readonly #moved: Transferable[] = [];
  /** Each object met so far, and either its copy or, where that comes later, the places waiting for it. */
  readonly #copies = new Map<object, object>();
  readonly #places = new Map<object, unknown[]>();
  readonly #later: (() => void)[] = [];
  /** What is thrown, and what hangs on an error, is there to be read: what cannot cross is left out, not refused. */
  #lenient: boolean;

  constructor(rootName: string, transfer: readonly Transferable[]) {
    this.#path = [rootName];
    this.#lenient = rootName === 'thrown';
    this.#movable = new Set(transfer as readonly object[]);
    this.#memory = new Memory(rootName === 'args' ? this.#movable : 'all');
  }

  take(root: unknown): Encoded {
    const envelope: Envelope = { value: undefined };
    try {
      this.#copy(root, envelope, 'value');
      this.#finishLenient();
    } catch (error) {
      throw isStackOverflow(error) ? new UncloneableError(describeDepth(this.#path)) : error;
    }
    const transfer = [...this.#memory.settle(), ...this.#moved];
    if (this.#patches.length > 0) {
      envelope.patches = this.#patches;
    } else if (Array.isArray(envelope.value) && this.#path[0] === 'args') {
      return { payload: envelope.value, transfer };
    }
    return { payload: envelope, transfer };
  }

  /** Copies the enumerable properties that structured clone would: own, named by strings, getters evaluated. */
  copyProperties(from: object, to: object, keys: readonly string[] = Object.keys(from)): void {
    for (const key of keys) {
      const value = this.#lenient ? readOrSkip(from, key) : (from as Record<string, unknown>)[key];
      if (isPrimitive(value)) {
        put(to, key, value);
      } else {
        this.#path.push(key);
        this.#copy(value, to, key);
        this.#path.pop();
      }
    }
  }

  /** Copies a member of a Map or Set into a list. */
  copyMember(value: unknown, side: 'keys' | 'values', position: number, to: unknown[], index: number): void {
    this.#path.push({ side, position });
    this.#copy(value, to, index);
    this.#path.pop();
  }

  /** Runs when the rest of the value has been walked; from then on what cannot cross is left out. */
  afterwardsLeniently(copy: () => void): void {
    this.#later.push(copy);
  }

  #finishLenient(): void {
    this.#lenient = true;
    for (let copy = this.#later.shift(); copy !== undefined; copy = this.#later.shift()) {
      copy();
    }
  }

  #copy(value: unknown, holder: object, key: PropertyKey): void {
    if (isPrimitive(value)) {
      put(holder, key, value);
      return;
    }
    const known = this.#copies.get(value as object);
    if (known !== undefined) {
      put(holder, key, known);
      return;
    }
    const waiting = this.#places.get(value as object);
    if (waiting !== undefined) {
      put(holder, key, undefined);
      waiting.push(holder, key);
      return;
    }
    if (typeof value === 'object') {
      this.#copyNew(value as object, holder, key);
    } else {
      this.#refuse(refusalOf(value)!, holder, key);
    }
  }

  #copyNew(value: object, holder: object, key: PropertyKey): void {
    const prototype: unknown = types.isProxy(value) ? undefined : Object.getPrototypeOf(value);
    if (prototype === Object.prototype && !types.isArgumentsObject(value)) {
      this.copyProperties(value, this.#place({}, value, holder, key));
    } else if (Array.isArray(value) && prototype !== undefined) {
      this.#copyArray(value, this.#place(new Array(value.length), value, holder, key));
    } else if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) {
      this.#copyMemory(value, holder, key);
    } else {
      this.#copySpecial(value, holder, key);
    }
  }

  #copySpecial(value: object, holder: object, key: PropertyKey): void {
    if (this.#movable.has(value)) {
      this.#moved.push(value as Transferable);
      this.#place(value, value, holder, key);
      return;
    }
    const row = types.isProxy(value) ? -1 : CODECS.findIndex((codec) => codec.matches(value));
    if (row >= 0) {
      this.#encode(row, CODECS[row]!, value, holder, key);
      return;
    }
    if (types.isDate(value)) {
      this.#place(new Date(value.getTime()), value, holder, key);
    } else if (types.isRegExp(value) || types.isBoxedPrimitive(value)) {
      this.#place(value, value, holder, key);
    } else {
      this.#copyInstance(value, holder, key);
    }
  }

  /** Of a class that no row knows: refused, left to Node's own way of cloning it, or copied without its class. */
  #copyInstance(value: object, holder: object, key: PropertyKey): void {
    const refusal = refusalOf(value);
    if (refusal !== undefined) {
      this.#refuse(refusal, holder, key);
    } else if (clonesItself(value)) {
      this.#place(value, value, holder, key);
    } else if (losesItsState(value)) {
      this.#refuse(statefulInstance(value), holder, key);
    } else {
      this.copyProperties(value, this.#place({}, value, holder, key));
    }
  }

  #encode(row: number, codec: Codec, value: object, holder: object, key: PropertyKey): void {
    if (codec.kind === 'patch') {
      const stand = this.#place(codec.stand(value), value, holder, key);
      const data = codec.write(value, stand, this);
      this.#patches.push(row, stand, data);
    } else {
      const places = this.#await(value, holder, key);
      const data = codec.write(value, this);
      this.#patches.push(row, places, data);
    }
  }

  #copyMemory(value: ArrayBufferView | ArrayBufferLike, holder: object, key: PropertyKey): void {
    const buffer = ArrayBuffer.isView(value) ? value.buffer : value;
    let places: unknown[] | undefined;
    if (types.isSharedArrayBuffer(buffer)) {
      this.#place(value, value, holder, key);
    } else {
      if (isDetached(buffer as ArrayBuffer)) {
        this.#refuse(detachedMemory(value), holder, key);
        return;
      }
      places = this.#await(value, holder, key);
      this.#memory.claim(value as ArrayBufferView<ArrayBuffer> | ArrayBuffer, places);
    }
    if (Buffer.isBuffer(value)) {
      places?.push(this.#patches, this.#patches.length + 1);
      this.#patches.push(BUFFER, value, undefined);
    }
  }

  #copyArray(from: readonly unknown[], to: unknown[]): void {
    let i = 0;
    for (; i < from.length; i++) {
      const value = from[i];
      if (value === undefined && !(i in from)) {
        // A sparse array may be three entries in a length of four thousand million: its keys are walked instead.
        break;
      }
      if (isPrimitive(value)) {
        to[i] = value;
      } else {
        this.#path.push(i);
        this.#copy(value, to, i);
        this.#path.pop();
      }
    }
    // Indices come first among the keys, in order; then what else an array carries, as the matches of a RegExp do.
    const keys = Object.keys(from);
    if (i < from.length || keys.length > i) {
      this.copyProperties(from, to, keys.slice(i));
    }
  }

  #place<T extends object>(copy: T, value: object, holder: object, key: PropertyKey): T {
    this.#copies.set(value, copy);
    put(holder, key, copy);
    return copy;
  }

  /** Keeps the place for a value that comes later; the property is created now, so that order is kept. */
  #await(value: object, holder: object, key: PropertyKey): unknown[] {
    const places: unknown[] = [holder, key];
    this.#places.set(value, places);
    put(holder, key, undefined);
    return places;
  }

  #refuse(refusal: Refusal, holder: object, key: PropertyKey): void {
    if (!this.#lenient || this.#path.length === 1) {
      throw new UncloneableError(describeRefusal(refusal, this.#path));
    }
    if (Array.isArray(holder)) {
      put(holder, key, undefined);
    }
  }
}

/** In place of a property whose accessor throws, where that is no reason to give up. */
function readOrSkip(from: object, key: string): unknown {
  try {
    return (from as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

const BUFFER = CODECS.indexOf(buffer);

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded';
}

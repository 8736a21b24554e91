import { types } from 'node:util';
import { buffer } from './buffers.js';
import { put, type Codec } from './codec.js';
import { CODECS } from './codecs.js';
import { isPlainObject, isPrimitive } from './flat.js';
import type { Encoded } from './index.js';
import { clonesItself, losesItsState } from './instances.js';
import { isDetached, Memory } from './memory.js';
import type { Step } from './place.js';
import { boundToProcess, describeDepth, describeRefusal, detachedMemory, isTransferOnly, refusalOf, statefulInstance, type Refusal } from './refusals.js';
import type { Envelope } from './restore.js';
import type { Transferable } from './transfer-list.js';
import { UncloneableError } from './uncloneable-error.js';

/** Threads of one process have its memory and Node's own objects in common; processes have bytes. */
export type Boundary = 'thread' | 'process';

/**
 * Copies a value as it is now into a form that structured clone carries without loss.
 *
 * @param rootName `args`, `result` or `thrown`: where places begin, and which way the value goes
 * @param transfer what is moved and not copied; `'all'` is all memory that a buffer owns whole
 * @param boundary what lies between here and there
 * @throws {UncloneableError} naming the place of a value that cannot cross
 */
export function takeSnapshot(root: unknown, rootName: string, transfer: readonly Transferable[] | 'all' = [], boundary: Boundary = 'thread'): Encoded {
  return new Snapshot(rootName, transfer, boundary).take(root);
}

/**
 * Structured clone runs out of stack at 1600 to 2500 levels, and only when the message is posted, with others beside it.
 * A thousand are well within, and within the stack of this walk.
 */
const DEEPEST = 1000;

const BUFFER = CODECS.indexOf(buffer);

/** One walk over one value. Codecs use its `copy…` methods for what their values hold. */
export class Snapshot {
  readonly #path: Step[];
  readonly #patches: unknown[] = [];
  readonly #memory: Memory;
  readonly #movable: ReadonlySet<object>;
  readonly #moved: Transferable[] = [];
  /** Each object met so far: its copy or, where that comes later, the places that wait for it. */
  readonly #known = new Map<object, object | Waiting>();
  readonly #later: (() => void)[] = [];
  /** What is thrown, and what hangs on an error, is there to be read: what cannot cross is left out, not refused. */
  #lenient: boolean;
  readonly #boundary: Boundary;

  constructor(rootName: string, transfer: readonly Transferable[] | 'all', boundary: Boundary) {
    this.#boundary = boundary;
    this.#path = [rootName];
    this.#lenient = rootName === 'thrown';
    this.#movable = new Set(transfer === 'all' ? [] : (transfer as readonly object[]));
    this.#memory = new Memory(transfer === 'all' ? 'all' : this.#movable);
  }

  take(root: unknown): Encoded {
    const envelope: Envelope = { value: undefined };
    try {
      this.#copy(root, envelope, 'value');
      this.#lenient = true;
      for (let copy = this.#later.shift(); copy !== undefined; copy = this.#later.shift()) {
        copy();
      }
    } catch (error) {
      throw isStackOverflow(error) ? new UncloneableError(describeDepth(this.#path)) : error;
    }
    const transfer = [...this.#memory.settle(), ...this.#moved];
    if (this.#patches.length > 0) {
      envelope.patches = this.#patches;
    }
    // Arguments without patches go as their array, as those do that were not walked at all.
    return { payload: this.#path[0] === 'args' && this.#patches.length === 0 ? envelope.value : envelope, transfer };
  }

  /** Copies the properties that structured clone would: own, enumerable, named by strings, getters evaluated. */
  copyProperties(from: object, to: object, keys: readonly string[] = Object.keys(from)): void {
    for (const key of keys) {
      const value = this.#lenient ? readOrSkip(from, key) : (from as Record<string, unknown>)[key];
      if (isPrimitive(value)) {
        put(to, key, value);
      } else {
        this.copyMember(value, key, to, key);
      }
    }
  }

  /** Copies one thing that a value holds, and puts the copy into `holder`. */
  copyMember(value: unknown, step: Step, holder: object, key: PropertyKey): void {
    this.#path.push(step);
    this.#copy(value, holder, key);
    this.#path.pop();
  }

  /** Runs when the rest of the value has been walked; from then on what cannot cross is left out. */
  afterwardsLeniently(copy: () => void): void {
    this.#later.push(copy);
  }

  #copy(value: unknown, holder: object, key: PropertyKey): void {
    if (isPrimitive(value)) {
      put(holder, key, value);
      return;
    }
    const known = this.#known.get(value as object);
    if (known instanceof Waiting) {
      put(holder, key, undefined);
      known.places.push(holder, key);
    } else if (known !== undefined) {
      put(holder, key, known);
    } else if (typeof value !== 'object') {
      this.#refuse(refusalOf(value)!, holder, key);
    } else if (this.#path.length > DEEPEST) {
      this.#refuse(describeDepth, holder, key);
    } else {
      this.#copyNew(value!, holder, key);
    }
  }

  #copyNew(value: object, holder: object, key: PropertyKey): void {
    if (isPlainObject(value)) {
      this.#copyPlainObject(value, holder, key);
    } else if (Array.isArray(value) && !types.isProxy(value)) {
      this.#copyArray(value, holder, key);
    } else if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) {
      this.#copyMemory(value, holder, key);
    } else if (types.isDate(value)) {
      this.#place(new Date(value.getTime()), value, holder, key);
    } else if (this.#movable.has(value) && this.#boundary === 'thread') {
      this.#moved.push(this.#place(value, value, holder, key) as Transferable);
    } else {
      this.#copySpecial(value, holder, key);
    }
  }

  #copyPlainObject(value: object, holder: object, key: PropertyKey): void {
    if (this.#lenient) {
      // A getter that throws must not end the spread.
      this.copyProperties(value, this.#place({}, value, holder, key));
      return;
    }
    // A spread keeps the object's layout and is a third faster than setting one property after another.
    this.#replaceHeld(this.#place({ ...value }, value, holder, key));
  }

  #copyArray(value: readonly unknown[], holder: object, key: PropertyKey): void {
    const copy = this.#place(new Array<unknown>(value.length), value, holder, key);
    let i = 0;
    for (; i < value.length; i++) {
      const held = value[i];
      if (held === undefined && !(i in value)) {
        // A sparse array may be three entries in a length of four thousand million: its keys are walked instead.
        break;
      }
      if (isPrimitive(held)) {
        copy[i] = held;
      } else {
        this.copyMember(held, i, copy, i);
      }
    }
    // Indices come first among the keys, in order; then what else an array carries, as the matches of a RegExp do.
    const keys = Object.keys(value);
    if (i < value.length || keys.length > i) {
      this.copyProperties(value, copy, keys.slice(i));
    }
  }

  #replaceHeld(copy: object): void {
    for (const key of Object.keys(copy)) {
      const held = (copy as Record<string, unknown>)[key];
      if (!isPrimitive(held)) {
        this.copyMember(held, key, copy, key);
      }
    }
  }

  #copyMemory(value: ArrayBufferView | ArrayBufferLike, holder: object, key: PropertyKey): void {
    const memory = ArrayBuffer.isView(value) ? value.buffer : value;
    if (!types.isSharedArrayBuffer(memory) && isDetached(memory)) {
      this.#refuse(detachedMemory(value), holder, key);
      return;
    }
    if (types.isSharedArrayBuffer(memory) && this.#boundary === 'process') {
      this.#refuse(boundToProcess(value), holder, key);
      return;
    }
    const isBuffer = Buffer.isBuffer(value);
    if (types.isSharedArrayBuffer(memory)) {
      this.#place(value, value, holder, key);
    } else {
      const places = this.#await(value, holder, key);
      this.#memory.claim(value as ArrayBufferView<ArrayBuffer> | ArrayBuffer, places);
      if (isBuffer) places.push(this.#patches, this.#patches.length + 1);
    }
    if (isBuffer) this.#patches.push(BUFFER, value, undefined);
  }

  #copySpecial(value: object, holder: object, key: PropertyKey): void {
    const row = types.isProxy(value) ? -1 : CODECS.findIndex((codec) => codec.matches(value));
    const refusal = row < 0 ? this.#refusalOf(value) : undefined;
    if (row >= 0) {
      this.#encode(row, CODECS[row]!, value, holder, key);
    } else if (refusal !== undefined) {
      this.#refuse(refusal, holder, key);
    } else if (types.isRegExp(value) || types.isBoxedPrimitive(value)) {
      this.#place(value, value, holder, key);
    } else if (clonesItself(value)) {
      if (this.#boundary === 'process') this.#refuse(boundToProcess(value), holder, key);
      else this.#place(value, value, holder, key);
    } else if (losesItsState(value)) {
      this.#refuse(statefulInstance(value), holder, key);
    } else {
      this.copyProperties(value, this.#place({}, value, holder, key));
    }
  }

  #refusalOf(value: object): Refusal | undefined {
    return this.#boundary === 'process' && isTransferOnly(value) ? boundToProcess(value) : refusalOf(value);
  }

  #encode(row: number, codec: Codec, value: object, holder: object, key: PropertyKey): void {
    if (codec.kind === 'patch') {
      const stand = this.#place(codec.stand(value), value, holder, key);
      this.#patches.push(row, stand, codec.write(value, stand, this));
    } else {
      const places = this.#await(value, holder, key);
      this.#patches.push(row, places, codec.write(value, this));
    }
  }

  #place<T extends object>(copy: T, value: object, holder: object, key: PropertyKey): T {
    this.#known.set(value, copy);
    put(holder, key, copy);
    return copy;
  }

  /** Keeps the place for a value that comes later; the property is created now, so that order is kept. */
  #await(value: object, holder: object, key: PropertyKey): unknown[] {
    const waiting = new Waiting([holder, key]);
    this.#known.set(value, waiting);
    put(holder, key, undefined);
    return waiting.places;
  }

  #refuse(why: Refusal | typeof describeDepth, holder: object, key: PropertyKey): void {
    if (!this.#lenient || this.#path.length === 1) {
      throw new UncloneableError(typeof why === 'function' ? why(this.#path) : describeRefusal(why, this.#path));
    }
    // The list of a Map or Set keeps its length.
    if (Array.isArray(holder)) {
      put(holder, key, undefined);
    }
  }
}

/** Holders and keys, in turn, of a value that is put in its places when the walk is over, or on the other side. */
class Waiting {
  constructor(readonly places: unknown[]) {}
}

/** Nothing in place of a property whose accessor throws, where that is no reason to give up. */
function readOrSkip(from: object, key: string): unknown {
  try {
    return (from as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded';
}

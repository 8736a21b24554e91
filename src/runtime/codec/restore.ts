import { CODECS } from './codecs.js';
import { put } from './codec.js';

/** What a snapshot sends when its value is not a primitive. Primitives are sent bare. */
export interface Envelope {
  value: unknown;
  /**
   * Triples: number of the codec, target, data. The target of a codec that patches is the object itself, which is the
   * same object in `value` because structured clone keeps identity within a message; that of a codec that makes is a
   * list of places, holder and key in turn.
   */
  patches?: unknown[];
}

/** Rebuilds the value that a snapshot holds. */
export function restore(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null) {
    return payload;
  }
  const envelope = payload as Envelope;
  if (envelope.patches !== undefined) {
    // Everything is made and put in its place before anything is filled: a value may hold one that comes later.
    makeAll(envelope.patches);
    finishAll(envelope.patches);
  }
  return envelope.value;
}

function makeAll(patches: unknown[]): void {
  for (let i = 0; i < patches.length; i += 3) {
    const codec = CODECS[patches[i] as number]!;
    if (codec.kind === 'make') {
      const places = patches[i + 1] as unknown[];
      const made = codec.make(patches[i + 2]);
      for (let p = 0; p < places.length; p += 2) {
        put(places[p] as object, places[p + 1] as PropertyKey, made);
      }
      patches[i + 1] = made;
    }
  }
}

function finishAll(patches: unknown[]): void {
  for (let i = 0; i < patches.length; i += 3) {
    const codec = CODECS[patches[i] as number]!;
    const target = patches[i + 1] as object;
    if (codec.kind === 'make') {
      codec.finish?.(target, patches[i + 2]);
    } else {
      codec.patch(target, patches[i + 2]);
    }
  }
}

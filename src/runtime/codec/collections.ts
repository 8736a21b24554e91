import { types } from 'node:util';
import type { PatchCodec } from './codec.js';

/** `Object.create(null)`, which `querystring.parse`, `util.parseArgs` and many parsers return. */
export const nullPrototypeObject: PatchCodec = {
  kind: 'patch',
  matches: (value) => Object.getPrototypeOf(value) === null && !types.isModuleNamespaceObject(value),
  stand: () => ({}),
  write: (value, stand, snapshot) => void snapshot.copyProperties(value, stand),
  patch: (stand) => void Object.setPrototypeOf(stand, null),
};

// Entries travel as a list, and fill the collection when every value in the list is in its place: replacing a member
// of a Set or a key of a Map afterwards would move it to the end.

export const map: PatchCodec = {
  kind: 'patch',
  matches: types.isMap,
  stand: () => new Map(),
  write(value, _stand, snapshot) {
    const entries: unknown[] = [];
    let index = 0;
    for (const [key, held] of value as Map<unknown, unknown>) {
      snapshot.copyMember(key, { side: 'keys', position: index }, entries, index * 2);
      const step = typeof key === 'string' || typeof key === 'number' ? { key } : { side: 'values', position: index } as const;
      snapshot.copyMember(held, step, entries, index * 2 + 1);
      index++;
    }
    return entries;
  },
  patch(stand, data) {
    const entries = data as unknown[];
    for (let i = 0; i < entries.length; i += 2) {
      (stand as Map<unknown, unknown>).set(entries[i], entries[i + 1]);
    }
  },
};

export const set: PatchCodec = {
  kind: 'patch',
  matches: types.isSet,
  stand: () => new Set(),
  write(value, _stand, snapshot) {
    const members: unknown[] = [];
    for (const member of value as Set<unknown>) {
      snapshot.copyMember(member, { side: 'values', position: members.length }, members, members.length);
    }
    return members;
  },
  patch(stand, data) {
    for (const member of data as unknown[]) {
      (stand as Set<unknown>).add(member);
    }
  },
};

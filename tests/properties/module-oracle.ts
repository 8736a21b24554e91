import type { DrawnModule } from './module-programs.js';

/** What a random project's functions do, by brute force, from what was drawn: nothing here knows how the rule goes about it. */
export interface Oracle {
  /** The function that a module exports by a name, by its number. */
  readonly exported: (from: number, name: string) => number | undefined;
  /** The functions that a function calls. */
  readonly called: readonly (readonly number[])[];
  /** How many functions the shortest chain from a function to a blocking call has, itself included. */
  readonly distance: readonly number[];
}

export function oracleOf(modules: readonly DrawnModule[]): Oracle {
  const known = new Map<string, number | undefined>();
  const called = modules.map(({ calls }) => calls.flatMap(({ from, name }) => exported(from, name) ?? []));
  const distance = modules.map(({ isAsync, blocks }) => (!isAsync && blocks ? 1 : Infinity));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [index, { isAsync }] of modules.entries()) {
      const best = Math.min(...called[index]!.map((to) => distance[to]! + 1));
      if (isAsync || best >= distance[index]!) continue;
      distance[index] = best;
      changed = true;
    }
  }
  return { exported, called, distance };

  function exported(from: number, name: string): number | undefined {
    const key = `${String(from)} ${name}`;
    if (!known.has(key)) known.set(key, search(from, name));
    return known.get(key);
  }

  /** All the places that the name could come from, in widening circles. */
  function search(from: number, name: string): number | undefined {
    const places = [[from, name] as const];
    const seen = new Set([`${String(from)} ${name}`]);
    for (const [at, wanted] of places) {
      if (isOwn(at, wanted)) return at;
      for (const next of leadsTo(at, wanted)) {
        if (seen.has(next.join(' '))) continue;
        seen.add(next.join(' '));
        places.push(next);
      }
    }
    return undefined;
  }

  function isOwn(at: number, name: string): boolean {
    const { form, whole } = modules[at]!;
    return whole === undefined && (name === `f${String(at)}` || (name === 'default' && form === 'default'));
  }

  function leadsTo(at: number, name: string): (readonly [number, string])[] {
    const { whole, reexports, exportedAll } = modules[at]!;
    if (whole !== undefined) return [[whole, name]];
    const named = reexports.find(({ as }) => as === name);
    if (named) return [[named.from, named.name]];
    return name === 'default' ? [] : exportedAll.map((to) => [to, name]);
  }
}

/**
 * The targets that a package.json names for a subpath in its `exports` or `imports`, in the order in which they are to be
 * tried. Those of every condition under which a server may run are named, and `types` too, as what is looked for is the
 * source that they were made from.
 *
 * @example exportTargets({ '.': { types: './dist/a.d.ts', default: './dist/a.js' } }, '.') // ['./dist/a.d.ts', './dist/a.js']
 */
export function exportTargets(map: unknown, subpath: string): readonly string[] {
  if (!isRecord(map) || !Object.keys(map).some((key) => /^[.#]/.test(key))) return subpath === '.' ? targets(map, '') : [];
  if (subpath in map && !subpath.includes('*')) return targets(map[subpath], '');
  let best: { readonly key: string; readonly star: string } | undefined;
  for (const key of Object.keys(map)) {
    const [before, after, more] = key.split('*');
    if (after === undefined || more !== undefined || !subpath.startsWith(before!) || !subpath.endsWith(after) || subpath.length < key.length) continue;
    // The most exact pattern is the one with most before its star.
    if (!best || before!.length > best.key.indexOf('*')) best = { key, star: subpath.slice(before!.length, subpath.length - after.length) };
  }
  return best ? targets(map[best.key], best.star) : [];
}

/** Conditions for which nothing is chosen on a server. */
const elsewhere = new Set(['browser', 'bun', 'deno', 'edge-light', 'electron', 'react-native', 'worker', 'workerd']);

function targets(target: unknown, star: string): string[] {
  if (typeof target === 'string') return [target.replaceAll('*', star)];
  if (Array.isArray(target)) return target.flatMap((one) => targets(one, star));
  if (!isRecord(target)) return [];
  return Object.entries(target).flatMap(([condition, one]) => (elsewhere.has(condition) ? [] : targets(one, star)));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

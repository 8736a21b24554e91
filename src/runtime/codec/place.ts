/** One step from a value to what it holds: a property, an index, or a member of a Map or Set. */
export type Step = string | number | { readonly key: unknown } | { readonly side: 'keys' | 'values'; readonly position: number };

/**
 * A place as JavaScript would spell it.
 *
 * @example formatPlace(['args', 1, 'on-error']) === 'args[1]["on-error"]'
 * @example formatPlace(['args', 0, { key: 'a' }]) === 'args[0].get("a")'
 * @example formatPlace(['result', { side: 'values', position: 2 }]) === '[...result.values()][2]'
 */
export function formatPlace(path: readonly Step[]): string {
  return path.reduce<string>((place, step, depth) => {
    if (depth === 0) {
      return step as string;
    }
    if (typeof step === 'object') {
      return 'key' in step ? `${place}.get(${JSON.stringify(step.key)})` : `[...${place}.${step.side}()][${step.position}]`;
    }
    if (typeof step === 'number' || /^(?:0|[1-9]\d*)$/.test(step)) {
      return `${place}[${step}]`;
    }
    return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(step) ? `${place}.${step}` : `${place}[${JSON.stringify(step)}]`;
  }, '');
}

/** The same, with the middle left out where it would fill the screen. */
export function formatDeepPlace(path: readonly Step[]): string {
  const shown = 8;
  return path.length <= shown * 2
    ? formatPlace(path)
    : `${formatPlace(path.slice(0, shown))}… (${path.length - 1} levels down)`;
}

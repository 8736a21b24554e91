import type { Value } from './module-summary.js';

/** What `new` makes of a class, or a value of its type. */
export function instanceOf(value: Value | undefined): Value | undefined {
  return value && { kind: 'instance', of: value };
}

export function memberOf(value: Value | undefined, name: string): Value | undefined {
  if (!value) return undefined;
  return value.kind === 'import' ? { ...value, path: [...value.path, name] } : { kind: 'member', of: value, name };
}

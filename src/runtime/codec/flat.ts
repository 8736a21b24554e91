import { types } from 'node:util';

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

/** An object literal or the like: neither an instance nor a Proxy, and not `arguments`, which has no class of its own. */
export function isPlainObject(value: object): boolean {
  return !types.isProxy(value) && Object.getPrototypeOf(value) === Object.prototype && !types.isArgumentsObject(value);
}

/**
 * A copy of arguments that are primitives but for one object of options, as most calls' are, at a fifth of the cost
 * of a walk. `undefined` where there is more to them.
 */
export function copyFlat(args: readonly unknown[]): unknown[] | undefined {
  let copy: unknown[] | undefined;
  for (let i = 0; i < args.length; i++) {
    const value = args[i];
    if (!isPrimitive(value)) {
      // A second object might be the same as the first, and has to stay so.
      if (copy !== undefined || typeof value !== 'object' || !isPlainObject(value!)) {
        return undefined;
      }
      const options = { ...value } as Record<string, unknown>;
      for (const key of Object.keys(options)) {
        if (!isPrimitive(options[key])) {
          return undefined;
        }
      }
      copy = args.slice();
      copy[i] = options;
    }
  }
  return copy ?? (args as unknown[]);
}

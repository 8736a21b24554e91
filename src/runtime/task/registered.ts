import type { Callable } from './callable.js';

/** A function as a worker finds it: by loading a module. */
export interface RegisteredDefinition {
  /** The module that called `offloadable`: a `file:` URL, which is imported, or a path, which is required. */
  readonly file: string;
  /**
   * The module that has the function, as `file` would import it. `undefined` stands for `file` itself: loaded in a
   * worker, it calls `offloadable` again, and so its functions need not be exported.
   */
  readonly specifier: string | undefined;
  /** Empty for the module itself, where that is a function. */
  readonly name: string;
  /** Whether `name` was read from a module namespace, and not from its default export or what `require` gives. */
  readonly inNamespace: boolean;
}

/** Functions by name, by the file that registered them. */
type Registry = Map<string, Map<string, Callable>>;

const REGISTRY = Symbol.for('eslint-plugin-offload.registered');

/**
 * What modules have registered in this worker. The worker's own code and the package that those modules import are
 * two bundles, perhaps of two versions, and meet under a symbol.
 */
export function registeredHere(): Registry {
  const existing = Reflect.get(globalThis, REGISTRY) as Registry | undefined;
  if (existing !== undefined) return existing;
  const registry: Registry = new Map();
  Object.defineProperty(globalThis, REGISTRY, { value: registry });
  return registry;
}

/** Any function at all. `never[]` accepts every parameter list without `any`; it is called only with checked arguments. */
export type Callable = (...args: never[]) => unknown;

/** Calls `fn` with arguments whose types were checked where the task was submitted, or came over a thread. */
export function call(fn: Callable, thisValue: unknown, args: readonly unknown[]): unknown {
  return Reflect.apply(fn, thisValue, args);
}

/** The function under the wrappers that instrumentation (OpenTelemetry, shimmer) puts around it. */
export function unwrapped(fn: Callable): Callable {
  const seen = new Set<Callable>();
  let inner = fn;
  while (!seen.has(inner)) {
    seen.add(inner);
    const original = (inner as { __original?: unknown }).__original;
    if (typeof original === 'function') inner = original as Callable;
  }
  return inner;
}

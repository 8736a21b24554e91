// The tasks as functions that need nothing but their arguments, and so can travel as source.

export function increment(x) {
  return x + 1;
}

/** Holds its thread and needs no processor. */
export function block(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return ms;
}

/** Holds its thread and a processor. */
export function spin(ms) {
  for (const until = performance.now() + ms; performance.now() < until; );
  return ms;
}

let last = 0;

/** A number that stands for what has no name that every thread knows. */
export function newKey(): number {
  return ++last;
}

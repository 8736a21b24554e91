// Taken when the module is loaded: fake timers in a user's test must not touch it.
const { hrtime } = process;

/**
 * Milliseconds on a clock that all threads and processes of the machine have in common, and that nobody sets.
 *
 * As quick as `performance.now()`, which counts from another moment in each thread and makes a worker load ten modules
 * of Node's before its first task.
 */
export function now(): number {
  const [seconds, nanoseconds] = hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

const hasThreadTimes = typeof process.threadCpuUsage === 'function';

/** What `main` is, below. */
export const mainIs = hasThreadTimes ? "the main thread's processor time" : 'the time on the clock';

/**
 * Begins to measure; what it gives says what was taken since then, in milliseconds: by the main thread, which is how long a
 * run takes that nothing else holds up, and by all threads, which compile code and collect garbage as well. Node before
 * 23.9 does not tell its threads apart; there, a clock does it.
 */
export function times() {
  const start = hasThreadTimes ? process.threadCpuUsage() : performance.now();
  const all = process.cpuUsage();
  return () => ({ main: hasThreadTimes ? milliseconds(process.threadCpuUsage(start)) : performance.now() - start, all: milliseconds(process.cpuUsage(all)) });
}

function milliseconds({ user, system }) {
  return (user + system) / 1_000;
}

// Taken when the module is loaded: fake timers in a user's test must not touch it.
const sinceStart = performance.now.bind(performance);
const offset = measureOffset();

/** Milliseconds on a clock that all threads and processes of the machine have in common, and that nobody sets. */
export function now(): number {
  return sinceStart() + offset;
}

/** What this thread's own clock, the quicker one to read, lacks of that. The closest of a few readings: the first calls are slow. */
function measureOffset(): number {
  let best = { offset: 0, within: Infinity };
  for (let i = 0; i < 4; i++) {
    const before = sinceStart();
    const [seconds, nanoseconds] = process.hrtime();
    const within = sinceStart() - before;
    if (within < best.within) best = { offset: seconds * 1e3 + nanoseconds / 1e6 - before - within / 2, within };
  }
  return best.offset;
}

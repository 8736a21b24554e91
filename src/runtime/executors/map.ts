import type { Executor, MapOptions } from './executor.js';

/** `Executor.map` for any executor: at most `concurrency` calls under way, results in the order of the items. */
export async function* mapInOrder<T, R>(
  executor: Pick<Executor, 'run'>,
  fn: (item: T) => R,
  items: Iterable<T> | AsyncIterable<T>,
  { signal, concurrency = 1 }: MapOptions,
): AsyncGenerator<Awaited<R>, void, undefined> {
  if (!Number.isInteger(concurrency) || concurrency < 1) throw new RangeError(`concurrency must be a whole number from 1, not ${String(concurrency)}.`);
  const left = new AbortController();
  const either = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
  const iterator: Iterator<T, unknown> | AsyncIterator<T, unknown> = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const underWay: Promise<unknown>[] = [];
  let more = true;
  try {
    for (;;) {
      while (more && underWay.length < concurrency) {
        either.throwIfAborted();
        const { done, value } = await iterator.next();
        if (done) {
          more = false;
        } else {
          const promise = executor.run({ fn, args: [value], signal: either });
          // Those behind a failure are rejected with nobody waiting for them.
          promise.catch(() => {});
          underWay.push(promise);
        }
      }
      const first = underWay.shift();
      if (first === undefined) return;
      yield (await first) as Awaited<R>;
    }
  } finally {
    left.abort();
    if (more) await iterator.return?.();
  }
}

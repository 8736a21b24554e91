import { joinCallerFrames } from '../codec/thrown.js';
import type { Callable } from '../task/callable.js';
import { type EachOutcome, eachOf } from '../task/each.js';
import { receiverOf } from '../task/reference.js';
import type { Executor, MapOptions } from './executor.js';

/** `Executor.map` for any executor: at most `concurrency` tasks under way, results in the order of the items. */
export async function* mapInOrder<T, R>(
  executor: Pick<Executor, 'run'>,
  fn: (item: T) => R,
  items: Iterable<T> | AsyncIterable<T>,
  { signal, concurrency = 1, chunkSize = 1 }: MapOptions,
): AsyncGenerator<Awaited<R>, void, undefined> {
  checkCount('concurrency', concurrency);
  checkCount('chunkSize', chunkSize);
  if (chunkSize === 1) yield* map(executor, fn, items, { signal, concurrency });
  else if (typeof fn !== 'function') throw new TypeError(`The task must be a function, not ${fn === null ? 'null' : typeof fn}.`);
  else yield* mapChunks(executor, fn, items, { signal, concurrency, chunkSize });
}

async function* mapChunks<T, R>(
  executor: Pick<Executor, 'run'>,
  fn: (item: T) => R,
  items: Iterable<T> | AsyncIterable<T>,
  { signal, concurrency, chunkSize }: MapOptions & { readonly concurrency: number; readonly chunkSize: number },
): AsyncGenerator<Awaited<R>, void, undefined> {
  const each = eachOf(fn, receiverOf(fn)) as (chunk: T[]) => Promise<EachOutcome>;
  for await (const { values, failure } of map(executor, each, chunksOf(items, chunkSize), { signal, concurrency })) {
    yield* values as Awaited<R>[];
    if (failure) throw joinCallerFrames(failure.thrown, mapInOrder as Callable);
  }
}

async function* map<T, R>(
  executor: Pick<Executor, 'run'>,
  fn: (item: T) => R,
  items: Iterable<T> | AsyncIterable<T>,
  { signal, concurrency }: MapOptions & { readonly concurrency: number },
): AsyncGenerator<Awaited<R>, void, undefined> {
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

async function* chunksOf<T>(items: Iterable<T> | AsyncIterable<T>, size: number): AsyncGenerator<T[], void, undefined> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

function checkCount(name: string, value: unknown): void {
  if (!Number.isInteger(value) || (value as number) < 1) throw new RangeError(`${name} must be a whole number from 1, not ${String(value)}.`);
}

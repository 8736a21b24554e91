import { call, type Callable } from './callable.js';

/** What came of a list of items: the results up to the first failure, and that. */
export interface EachOutcome {
  readonly values: unknown[];
  readonly failure?: { readonly thrown: unknown };
}

const inner = new WeakMap<Callable, Callable>();

/** A function that calls `fn` with each item of a list, one after the other, and can be offloaded wherever `fn` can. */
export function eachOf(fn: Callable, receiver: object | undefined): Callable {
  const each = (items: readonly unknown[]) => callForEach((item) => call(fn, receiver, [item]), items);
  Object.defineProperty(each, 'name', { value: fn.name });
  inner.set(each, fn);
  return each;
}

/** What {@link eachOf} was given, if `fn` came from there. */
export function innerOf(fn: Callable): Callable | undefined {
  return inner.get(fn);
}

/** Never throws: the results before a failure are results. */
export async function callForEach(fn: (item: unknown) => unknown, items: readonly unknown[]): Promise<EachOutcome> {
  const values: unknown[] = [];
  try {
    for (const item of items) values.push(await fn(item));
    return { values };
  } catch (thrown) {
    return { values, failure: { thrown } };
  }
}

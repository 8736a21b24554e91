import { TaskReferenceError } from '../errors.js';
import type { Callable } from './callable.js';

/** What test libraries leave on the functions they make. Node's own functions have none of these properties. */
const marks = [
  ['_isMockFunction', 'a mock (vi.fn, vi.spyOn, jest.fn)'],
  ['isSinonProxy', 'a sinon stub'],
  ['mock', 'a mock'],
] as const;

export const inTests =
  'In tests, run tasks on the calling thread: setDefaultExecutor(new InlineExecutor()).';

/** A mock lives in this thread only: a worker would run the real function, and the test would pass for the wrong reason. */
export function refuseMock(fn: Callable): void {
  const what = markOf(fn);
  if (what !== undefined) throw new TaskReferenceError(`\`${fn.name || 'the task'}\` is ${what}, which exists in this thread only. ${inTests}`);
}

export function isMock(fn: Callable): boolean {
  return markOf(fn) !== undefined;
}

function markOf(fn: Callable): string | undefined {
  // Read, not `in`: node:test mocks with a proxy that answers reads only.
  return marks.find(([property]) => Reflect.get(fn, property))?.[1];
}

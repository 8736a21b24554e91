import { builtinName } from './builtin.js';
import { type Callable, unwrapped } from './callable.js';
import { callerFile } from './caller-file.js';
import { innerOf } from './each.js';
import { newKey } from './key.js';
import { isMock, refuseMock } from './mock.js';
import type { RegisteredDefinition } from './registered.js';
import { type SourceDefinition, sourceReference } from './source.js';

/** How a function is named to a worker. */
export interface TaskReference {
  /** A name for what every thread has (`fs.readFileSync`), a number for source that travels and for what is registered. */
  readonly key: string | number;
  /**
   * Sent once to each worker, with the first task that has this key. For a name it is the text of the function here:
   * a worker that finds another text under that name refuses, for the function was replaced in one of the two threads.
   * It is empty for functions of `process`, many of which Node itself makes anew for each thread.
   */
  readonly definition: TaskDefinition;
}

export type TaskDefinition = string | SourceDefinition | RegisteredDefinition | EachDefinition;

/** Calls what `each` names with each item of a list. */
interface EachDefinition {
  readonly each: TaskReference;
}

/** The key of the function that is called in the end, once or for each item of a list. */
export function calledKey({ key, definition }: TaskReference): string | number {
  return typeof definition === 'object' && 'each' in definition ? definition.each.key : key;
}

const references = new WeakMap<Callable, TaskReference>();
const receivers = new WeakMap<Callable, object>();

/**
 * @param entry the function that user code called, where the search for the caller's file begins
 * @throws {TaskReferenceError} when no worker could run this function
 */
export function referenceTo(fn: unknown, entry: Callable): TaskReference {
  if (typeof fn !== 'function') throw new TypeError(`The task must be a function, not ${fn === null ? 'null' : typeof fn}.`);
  const callable = fn as Callable;
  let reference = references.get(callable);
  if (reference === undefined) {
    reference = newReference(callable, entry);
    references.set(callable, reference);
  }
  return reference;
}

/** {@link referenceTo}, to be told later what is wrong. */
export function referenceAhead(fn: unknown, entry: Callable): void {
  try {
    referenceTo(fn, entry);
  } catch {
    // It will be when it is used.
  }
}

/**
 * The way to name `fn` from now on. A mock is left to be refused when it is offloaded, if it ever is.
 *
 * @param receiver the module that `fn` hangs on, which is `this` in it
 */
export function register(fn: Callable, reference: TaskReference, receiver?: object): void {
  if (receiver !== undefined) receivers.set(fn, receiver);
  if (!isMock(fn)) references.set(fn, reference);
}

/** `this` for a registered function that is run in place: what it is in a worker. */
export function receiverOf(fn: Callable): object | undefined {
  return receivers.get(fn);
}

function newReference(fn: Callable, entry: Callable): TaskReference {
  const inner = innerOf(fn);
  if (inner) return { key: newKey(), definition: { each: referenceTo(inner, entry) } };
  refuseMock(fn);
  const builtin = unwrapped(fn);
  const key = builtinName(builtin);
  if (key !== undefined) return { key, definition: key.startsWith('process.') ? '' : Function.prototype.toString.call(builtin) };
  return sourceReference(fn, () => callerFile(entry));
}


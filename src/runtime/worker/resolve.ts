import { call, type Callable, unwrapped } from '../task/callable.js';
import { callForEach } from '../task/each.js';
import type { TaskDefinition } from '../task/reference.js';
import type { SourceDefinition } from '../task/source.js';
import { compileSource } from './compile-source.js';
import { explained } from './explained.js';
import { hasPreloads, whenPreloaded } from './load-module.js';
import { remember } from './messages.js';
import { noted, waitsForChild } from './noted-children.js';
import { fromModule } from './registered.js';

export interface Resolved {
  readonly fn: Callable;
  /** What stands before the dot: `JSON` of `JSON.parse`, as in a direct call. */
  readonly thisValue: unknown;
  /** There for shipped source only. */
  readonly source?: SourceDefinition;
  /** Whether it may hold on to what it returns, so that nothing may be moved out of it. */
  readonly keepsResults?: boolean;
  /** Whether its result is an `EachOutcome`. */
  readonly isForEach?: boolean;
}

/** No function was found. */
export class UnresolvedError {
  /** @param message for the caller */
  constructor(readonly message: string) {}
}

/** Failures as well, so that this memory and main's list of what we know stay alike. */
const known = new Map<string | number, Resolved | UnresolvedError>();

/** From a task reference to a function: looked up or compiled once, when the definition comes with it. */
export function resolve(key: string | number, definition: TaskDefinition | undefined): Resolved | UnresolvedError {
  if (definition !== undefined) remember(known, key, define(key, definition));
  return known.get(key) ?? new UnresolvedError(`The worker has not been told what task ${key} is.`);
}

function define(key: string | number, definition: TaskDefinition): Resolved | UnresolvedError {
  if (typeof definition === 'string') return findBuiltin(String(key), definition);
  if ('each' in definition) return forEach(define(definition.each.key, definition.each.definition));
  return 'source' in definition ? fromSource(definition) : fromModule(definition);
}

function forEach(one: Resolved | UnresolvedError): Resolved | UnresolvedError {
  if (one instanceof UnresolvedError) return one;
  // Read at each call: that of a module is found at the first.
  const callOne = (item: unknown) => call(one.fn, one.thisValue, [item]);
  const fn = async (items: readonly unknown[]) => {
    const { values, failure } = await callForEach(callOne, items);
    return failure ? { values, failure: { thrown: explained(failure.thrown, one) } } : { values };
  };
  return { fn, thisValue: undefined, keepsResults: one.keepsResults ?? false, isForEach: true };
}

function fromSource(source: SourceDefinition): Resolved | UnresolvedError {
  try {
    const fn = compileSource(source);
    return { fn: loadsFiles.test(source.source) && hasPreloads() ? afterPreloads(fn) : fn, thisValue: undefined, source };
  } catch (error) {
    return new UnresolvedError(whyNotCompiled(error));
  }
}

/** A file beside the caller's may be TypeScript or another language, which something preloaded compiles. */
const loadsFiles = /\b(?:import|require)\s*\(\s*['"`]\.{1,2}\//;

function afterPreloads(fn: Callable): Callable {
  return async (...args) => {
    await whenPreloaded();
    return call(fn, undefined, args);
  };
}

function whyNotCompiled(error: unknown): string {
  const message = String(error);
  const hint = message.includes('import.meta')
    ? ' A function that is shipped as source has no module of its own: pass import.meta.url as an argument.'
    : ' A function that is shipped as source must compile by itself.';
  return `The task's source does not compile in a worker: ${message}.${hint}`;
}

function findBuiltin(name: string, text: string): Resolved | UnresolvedError {
  const [id, ...path] = name.split('.') as [string, ...string[]];
  let thisValue: unknown;
  let value: unknown = id === 'globalThis' ? globalThis : process.getBuiltinModule(id);
  for (const property of path) {
    thisValue = value;
    value = (thisValue as Record<string, unknown> | undefined)?.[property];
  }
  if (typeof value !== 'function' || (text !== '' && Function.prototype.toString.call(unwrapped(value as Callable)) !== text)) {
    return new UnresolvedError(
      `\`${name}\` was replaced in the thread that called offload (a mock, a patch or a polyfill), so a worker would run another function. ` +
        'In tests, run tasks on the calling thread: setDefaultExecutor(new InlineExecutor()).',
    );
  }
  return { fn: waitsForChild(name) ? noted(value as Callable) : (value as Callable), thisValue };
}

import type { BlockingApi } from '../../catalogue/types.js';
import { calledFunction, type Modules } from '../summary/module-graph.js';
import type { FunctionSummary } from '../summary/module-summary.js';
import type { FunctionFacts } from './function-facts.js';

/** Modules of which a function's facts can be asked for as well. */
export interface ModulesWithFacts extends Modules {
  /** Undefined where a function's text is not to be had, or is not what its summary was made of. */
  readonly factsOf: (fn: FunctionSummary) => FunctionFacts | undefined;
}

/** What is to be known before a function is run on a worker, the functions that it calls included. */
export type Elsewhere = Pick<FunctionFacts, 'callsArguments' | 'changesArguments' | 'isWhole' | 'prints'> & {
  /** It reads files, or asks for them, and writes some: two calls of it at once may come between each other. */
  readonly readsAndWrites: boolean;
  readonly apis: readonly BlockingApi[];
};

/** What a function does with all that it calls; undefined where it cannot run elsewhere, or not all of it is known. */
export function elsewhere(start: FunctionSummary, modules: ModulesWithFacts): Elsewhere | undefined {
  const functions = new Set([start]);
  const apis: BlockingApi[] = [];
  const found = { isWhole: true, prints: false, changesArguments: false, callsArguments: false };
  // A set goes on to what is added to it meanwhile.
  for (const fn of functions) {
    const facts = fn.runs === 'at-once' && !fn.api ? modules.factsOf(fn) : undefined;
    if (!facts || facts.isBound) return undefined;
    for (const name of ['callsArguments', 'changesArguments', 'prints'] as const) found[name] ||= facts[name];
    found.isWhole &&= facts.isWhole;
    apis.push(...facts.apis);
    for (const call of facts.calls) {
      const called = calledFunction(call, modules);
      if (!called) return undefined;
      functions.add(called);
    }
  }
  const writes = apis.filter((api) => api.writes).length;
  return { ...found, apis, readsAndWrites: writes > 0 && apis.length > 1 };
}

/** A worker that has to load more of a program than this is no light one, and all of it would be read here to say whether it may. */
const mostModules = 20;

/** May a worker load this module without doing again what the program has done: it, and the few modules that it loads, do nothing but declare things? */
export function isQuietToLoad(file: string, modules: Modules): boolean {
  const files = new Set([file]);
  for (const one of files) {
    if (files.size > mostModules) return false;
    const summary = modules.summaryOf(one);
    if (!summary || summary.atLoad.acts) return false;
    for (const specifier of summary.atLoad.modules) {
      const loaded = modules.fileOf(specifier, one);
      if (loaded !== undefined) files.add(loaded);
      // An installed package is loaded by every program that uses it, and is taken to bear that; what is missing is not known.
      else if (/^[./#]/.test(specifier)) return false;
    }
  }
  return true;
}

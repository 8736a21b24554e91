import type { File } from '../file.js';
import type { FunctionSummary, ModuleSummary } from '../summary/module-summary.js';
import type { Summarised } from '../summary/summarise-module.js';
import { type FunctionFacts, factsOf } from './function-facts.js';

/** The facts of a module's functions, by the offset at which they begin: like its summary, they hold no syntax tree. */
export type ModuleFacts = ReadonlyMap<number, FunctionFacts>;

export function moduleFacts({ summary, values }: Summarised, file: File): ModuleFacts {
  const facts = new Map<number, FunctionFacts>();
  for (const [offset, fn] of summary.functions) {
    const node = values.nodeOf(fn);
    if (node) facts.set(offset, factsOf(node, { file, values }));
  }
  return facts;
}

/** The facts of one function of a module. */
export function factsOfFunction(fn: FunctionSummary, { functions }: ModuleSummary, facts: ModuleFacts): FunctionFacts | undefined {
  for (const [offset, known] of functions) if (known === (fn.whole ?? fn)) return facts.get(offset);
  return undefined;
}

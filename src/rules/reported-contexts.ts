import type { JSONSchema, TSESLint } from '@typescript-eslint/utils';
import type { ExecutionContext } from '../analysis/context.js';

/** Where a rule reports, as its option says. */
export type Contexts = 'async' | 'event-loop' | 'functions' | 'everywhere';

/** The contexts that each choice of `contexts` reports. */
export const reportedContexts: Readonly<Record<Contexts, readonly ExecutionContext['kind'][]>> = {
  async: ['async'],
  'event-loop': ['async', 'event-loop'],
  functions: ['async', 'event-loop', 'function'],
  everywhere: ['async', 'event-loop', 'function', 'module'],
};

export const contextsSchema: JSONSchema.JSONSchema4StringSchema = {
  type: 'string',
  enum: ['async', 'event-loop', 'functions', 'everywhere'],
  description: 'Where to report: in async code, also in callbacks of timers, emitters and servers, in every function, or at the top level too.',
  default: 'async',
};

/** Each async context has one of these words, or one that is written with escapes. */
const asyncWords = /\basync\b|\b(?:then|catch|finally)\b|\\[ux]/;

/** Could a file have such a context? Most that have none are done with at that. */
export function mayHave(contexts: Contexts, { text }: Readonly<TSESLint.SourceCode>): boolean {
  return contexts !== 'async' || asyncWords.test(text);
}

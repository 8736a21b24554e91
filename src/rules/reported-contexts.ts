import type { JSONSchema } from '@typescript-eslint/utils';
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

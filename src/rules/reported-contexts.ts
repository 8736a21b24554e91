import type { JSONSchema, TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type ExecutionContext, executionContext, type IsRun } from '../analysis/context.js';
import { givenTo, isFunction } from '../analysis/syntax.js';

/** Where a rule reports, as its option says. */
export type Contexts = 'async' | 'event-loop' | 'functions' | 'everywhere';

/** The contexts that each choice of `contexts` reports. */
const reportedContexts: Readonly<Record<Contexts, readonly ExecutionContext['kind'][]>> = {
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

/** Is what runs there to be reported? */
export function reportsIn(contexts: Contexts, { kind }: ExecutionContext): boolean {
  return reportedContexts[contexts].includes(kind);
}

interface ReportedContextGiven {
  readonly contexts: Contexts;
  readonly code: Readonly<TSESLint.SourceCode>;
  readonly runtime: string;
  /** Asked where it decides; where it is not given, every function is run that could be. */
  readonly isRun?: IsRun;
}

/**
 * Where a call runs that is to be reported there; undefined for all others. A function that is written where one of the
 * project's is given it, which calls it, is part of what is around it, if that is where to report; else it is what it is
 * by itself.
 */
export function reportedContext(node: TSESTree.Node, { contexts, code, runtime, isRun = isGiven }: ReportedContextGiven): ExecutionContext | undefined {
  const alone = executionContext(node, code, runtime);
  if (alone.kind === 'function' && isFunction(alone.owner) && isGiven(alone.owner) && mayBeIn(executionContext(node, code, runtime, isGiven))) {
    const around = executionContext(node, code, runtime, isRun);
    if (mayBeIn(around)) return around;
  }
  return reportsIn(contexts, alone) ? alone : undefined;

  function mayBeIn(where: ExecutionContext): boolean {
    return where.kind !== 'function' && reportsIn(contexts, where);
  }
}

const isGiven: IsRun = (fn) => givenTo(fn) !== undefined;

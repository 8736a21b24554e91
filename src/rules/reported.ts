import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type ExecutionContext, executionContext } from '../analysis/context.js';
import type { BlockingChain } from '../analysis/summary/blocking-chains.js';
import { apiName } from '../catalogue/lookup.js';
import type { BlockingApi, Cost } from '../catalogue/types.js';
import { notesOf, type StepNote } from './chain-text.js';
import { ownName, placeKind } from './place-name.js';
import { runtimeSpecifier } from './settings.js';

/** What a rule knows of a report beside its message. */
export interface Facts {
  /** Where the report stands, for one that is given no node. */
  readonly node?: TSESTree.Node;
  /** What it stalls, where its place alone does not tell. */
  readonly where?: ExecutionContext | undefined;
  readonly api?: BlockingApi | undefined;
  /** Where no API has it: a loop's own cost. */
  readonly cost?: Cost;
  readonly chain?: BlockingChain;
  /** Why there is no fix, in words that end a message. */
  readonly reason?: string | undefined;
}

/** A report as data, for tools that group and count: given to `settings.offload.onReport`, and part of what the command prints. */
export interface Reported {
  /** With `filename`, `line`, `column`, `endLine` and `endColumn`, which are those of ESLint's message, this says which message is meant. */
  readonly ruleId: string;
  readonly filename: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The function that is stalled; null at the top level. */
  readonly function: ReportedFunction | null;
  /** The API that blocks in the end: `fs.readFileSync`; null for loops, for what is said to be `@blocking`, and for mistakes with the runtime. */
  readonly api: string | null;
  readonly cost: Cost | null;
  /** How a function that is called comes to block: it, those between, and the API last; empty for a call of the API itself. */
  readonly chain: readonly Step[];
  readonly reason: string | null;
}

/** A function and where it begins, or an API and where it is called. */
interface Step {
  readonly name: string;
  readonly filename: string;
  readonly line: number;
  /** A function that was found by its name alone, or that blocks only as long as its cache is empty. */
  readonly notes?: readonly StepNote[];
}

interface ReportedFunction {
  /** Null for one that has no name. */
  readonly name: string | null;
  /** `async function`, `async arrow function`, `method`, `promise reaction`, … */
  readonly kind: string;
  readonly line: number;
}

interface Report {
  readonly loc: Readonly<TSESTree.SourceLocation>;
  readonly node: TSESTree.Node | undefined;
  readonly facts: Facts;
}

/** What is known of a report, with its place as ESLint's message has it: lines and columns are counted from 1. */
export function reported(context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>, { loc, node, facts }: Report): Reported {
  const { api, chain, reason } = facts;
  const blocking = chain?.end?.api ?? api;
  return {
    ruleId: context.id,
    filename: context.physicalFilename,
    line: loc.start.line,
    column: loc.start.column + 1,
    endLine: loc.end.line,
    endColumn: loc.end.column + 1,
    function: node ? functionAround(facts.where ?? executionContext(node, context.sourceCode, runtimeSpecifier(context.settings))) : null,
    api: blocking ? apiName(blocking) : null,
    cost: blocking?.cost ?? facts.cost ?? null,
    chain: chain ? steps(chain, context.physicalFilename) : [],
    reason: reason ?? null,
  };
}

function steps(chain: BlockingChain, from: string): readonly Step[] {
  const { functions, end } = chain;
  const called = functions.map(({ name, file, line }, index): Step => {
    const notes = notesOf(chain, index);
    return { name, filename: file, line, ...(notes.length > 0 && { notes }) };
  });
  return end ? [...called, { name: apiName(end.api), filename: end.file ?? from, line: end.line }] : called;
}

function functionAround(where: ExecutionContext): ReportedFunction | null {
  if (where.owner.type === 'Program') return null;
  return { name: ownName(where) ?? null, kind: placeKind(where), line: where.owner.loc.start.line };
}

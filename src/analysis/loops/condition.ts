import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { constantTruth } from './constant.js';
import { exitsOf, type Loop } from './loop.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What a loop goes on for, wherever that is written: in its head, or as `if (…) break;` in its body. */
export interface Condition {
  readonly test: TSESTree.Expression;
  /** The loop ends when the test is true. */
  readonly negated: boolean;
  /** Everything else that a trip runs, in no particular order. */
  readonly rest: readonly TSESTree.Node[];
}

/** A loop's only condition; undefined where it has several ways out, pauses, goes through a collection, or has no end. */
export function conditionOf(loop: Loop, code: Code): Condition | undefined {
  if (loop.type === 'ForInStatement' || loop.type === 'ForOfStatement') return undefined;
  const { yields, leaves } = exitsOf(loop, code);
  if (yields) return undefined;
  const update = loop.type === 'ForStatement' && loop.update ? [loop.update] : [];
  if (!isEndless(loop, code)) return leaves.length === 0 ? { test: loop.test!, negated: false, rest: [loop.body, ...update] } : undefined;
  if (loop.body.type !== 'BlockStatement' || leaves.length !== 1) return undefined;
  const exit = loop.body.body.find((statement) => statement.type === 'IfStatement' && onlyBreak(statement) === leaves[0]);
  if (exit?.type !== 'IfStatement') return undefined;
  return { test: exit.test, negated: true, rest: [...loop.body.body.filter((statement) => statement !== exit), ...update] };
}

/** `while (true)`, `for (;;)` */
export function isEndless(loop: Loop, code: Code): boolean {
  if (loop.type === 'ForInStatement' || loop.type === 'ForOfStatement') return false;
  return !loop.test || constantTruth(loop.test, code) === true;
}

function onlyBreak({ consequent, alternate }: TSESTree.IfStatement): TSESTree.Node | undefined {
  if (alternate) return undefined;
  if (consequent.type !== 'BlockStatement') return consequent;
  return consequent.body.length === 1 ? consequent.body[0] : undefined;
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName, variableOf } from '../reference.js';
import { boundaryOf, isFunction, unwrapped, walk } from '../syntax.js';
import { conditionOf, isEndless } from './condition.js';
import { constantTruth } from './constant.js';
import { type Effects, effectsOf } from './effects.js';
import { exitsOf, type Loop } from './loop.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What a loop without a clock waits for: what nothing can change while it runs, or the world outside. */
export type StateWait = 'unchanging' | 'poll';

/** `while (!done) {}`, `while (!fs.existsSync(p)) {}` */
export function stateWait(loop: Loop, code: Code): StateWait | undefined {
  if (isPoll(loop, code)) return 'poll';
  const condition = conditionOf(loop, code);
  if (!condition || constantTruth(condition.test, code) !== undefined) return undefined;
  const effects = effectsOf([condition.test, ...condition.rest], code);
  if (effects.unknown || effects.asksClock || effects.asksOutside) return undefined;
  return canChange(condition.test, effects, code) ? undefined : 'unchanging';
}

/** Does the loop ask the world outside whether to go on, and do nothing that takes time? It may give up after some trips. */
function isPoll(loop: Loop, code: Code): boolean {
  if (loop.type === 'ForInStatement' || loop.type === 'ForOfStatement') return false;
  const { yields, continues } = exitsOf(loop, code);
  if (yields || continues.length > 0) return false;
  const test = isEndless(loop, code) ? conditionOf(loop, code)?.test : loop.test;
  if (!test) return false;
  const question = effectsOf([test], code);
  if (!question.asksOutside || question.unknown) return false;
  const all = effectsOf([test, loop.body, loop.type === 'ForStatement' ? loop.update : null], code);
  // What a trip writes and the next one asks about is progress: `while (fs.existsSync(name + i)) i++`.
  return !all.unknown && !all.writesProperty && ![...readIn(test, code)].some((variable) => all.writes.has(variable));
}

function readIn(test: TSESTree.Node, code: Code): ReadonlySet<TSESLint.Scope.Variable> {
  const variables = new Set<TSESLint.Scope.Variable>();
  walk(test, code.visitorKeys, (node) => {
    const variable = node.type === 'Identifier' ? variableOf(node, code) : null;
    if (variable) variables.add(variable);
  });
  return variables;
}

/** May running the loop change what its condition reads? */
function canChange(test: TSESTree.Node, effects: Effects, code: Code): boolean {
  let isRead = false as boolean;
  let changes = false as boolean;
  walk(test, code.visitorKeys, (node) => {
    if (isFunction(node) || node.type.startsWith('TSType')) return false;
    if (node.type === 'Identifier' && isValue(node)) {
      isRead = true;
      const variable = variableOf(node, code);
      changes ||= variable !== null && effects.writes.has(variable);
    } else if (node.type === 'MemberExpression') {
      isRead = true;
      changes ||= effects.writesProperty || mayBeSharedMemory(node, code) || [...effects.writes].some((variable) => isSeenElsewhere(variable));
    } else if (node.type === 'ThisExpression') isRead = true;
    return !changes;
  });
  return changes || !isRead;
}

function isValue(node: TSESTree.Identifier): boolean {
  const { parent } = node;
  return node.name !== 'undefined' && !(parent.type === 'MemberExpression' && parent.property === node && !parent.computed);
}

/** `flags[0]`: another thread may write it, if it is shared. */
function mayBeSharedMemory(node: TSESTree.MemberExpression, code: Code): boolean {
  return node.computed && (propertyName(node, code) === null || unwrapped(node.property).type !== 'Literal' || typeof (unwrapped(node.property) as TSESTree.Literal).value !== 'string');
}

/** A getter may look at a variable that the loop counts. */
function isSeenElsewhere({ defs, references }: TSESLint.Scope.Variable): boolean {
  const [definition] = defs;
  if (!definition) return true;
  const home = boundaryOf(definition.name).node;
  return references.some(({ identifier }) => boundaryOf(identifier).node !== home);
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { resolveReference } from '../reference.js';
import { ancestorsOf, type InnerNode, isFunction, walk } from '../syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

export type Loop = TSESTree.DoWhileStatement | TSESTree.ForInStatement | TSESTree.ForOfStatement | TSESTree.ForStatement | TSESTree.WhileStatement;

export function isLoop(node: TSESTree.Node): node is Loop {
  return /^(?:DoWhile|For|ForIn|ForOf|While)Statement$/.test(node.type);
}

/** A loop with the labels in front of it, which jumps inside it may name. */
export function withLabels(loop: Loop): InnerNode {
  let statement: InnerNode = loop;
  while (statement.parent.type === 'LabeledStatement') statement = statement.parent;
  return statement;
}

/** How control can leave a loop before its condition says so. */
export interface Exits {
  /** `await`, `yield`, `for await`: other code runs in between. */
  readonly yields: boolean;
  /** `break`, `return`, `throw`, jumps to a label further out, and calls that end the process. */
  readonly leaves: readonly TSESTree.Node[];
  /** `continue` of this very loop. */
  readonly continues: readonly TSESTree.Node[];
}

/** What a loop's own code does to leave it; functions that are only written in it do not count. */
export function exitsOf(loop: Loop, code: Code): Exits {
  let exits = known.get(loop);
  if (!exits) known.set(loop, (exits = foundExits(loop, code)));
  return exits;
}

/** Each kind of loop that one may be asks for them. */
const known = new WeakMap<Loop, Exits>();

function foundExits(loop: Loop, code: Code): Exits {
  let yields = loop.type === 'ForOfStatement' && loop.await;
  const leaves: TSESTree.Node[] = [];
  const continues: TSESTree.Node[] = [];
  walk(loop, code.visitorKeys, (node) => {
    switch (node.type) {
      case 'AwaitExpression':
      case 'YieldExpression':
        yields = true;
        break;
      case 'ForOfStatement':
        yields ||= node.await;
        break;
      case 'VariableDeclaration':
        yields ||= node.kind === 'await using';
        break;
      case 'ReturnStatement':
      case 'ThrowStatement':
        leaves.push(node);
        break;
      case 'BreakStatement':
        if (leadsOut(jumpTarget(node), loop) || jumpTarget(node) === loop) leaves.push(node);
        break;
      case 'ContinueStatement':
        if (jumpTarget(node) === loop) continues.push(node);
        else if (leadsOut(jumpTarget(node), loop)) leaves.push(node);
        break;
      case 'CallExpression':
        if (endsProcess(node, code)) leaves.push(node);
        break;
    }
    return !isFunction(node);
  });
  return { yields, leaves, continues };
}

/** Can a loop end before its condition says so, or does other code run in between? */
export function isLeft(loop: Loop, code: Code): boolean {
  const { yields, leaves } = exitsOf(loop, code);
  return yields || leaves.length > 0;
}

/** The loop, switch or labelled statement that a jump is about; for a label in front of a loop, that loop. */
function jumpTarget(jump: TSESTree.BreakStatement | TSESTree.ContinueStatement): TSESTree.Node | undefined {
  for (const ancestor of ancestorsOf(jump)) {
    if (isFunction(ancestor)) return undefined;
    if (jump.label) {
      if (ancestor.type === 'LabeledStatement' && ancestor.label.name === jump.label.name) return labelled(ancestor);
    } else if (isLoop(ancestor) || (jump.type === 'BreakStatement' && ancestor.type === 'SwitchStatement')) return ancestor;
  }
  return undefined;
}

function labelled(statement: TSESTree.LabeledStatement): TSESTree.Node {
  const { body } = statement;
  if (body.type === 'LabeledStatement') return labelled(body);
  return isLoop(body) ? body : statement;
}

function leadsOut(target: TSESTree.Node | undefined, loop: Loop): boolean {
  return target === undefined || target.range[0] < loop.range[0];
}

function endsProcess(call: TSESTree.CallExpression, code: Code): boolean {
  const reference = resolveReference(call.callee, code);
  return reference?.module === 'process' && ['abort', 'exit', 'kill', 'reallyExit'].includes(reference.path.join('.'));
}

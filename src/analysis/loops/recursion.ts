import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { variableOf } from '../reference.js';
import { type FunctionNode, isFunction, unwrapped, walk } from '../syntax.js';
import { constantNumber } from './constant.js';
import { calledFunction } from './effects.js';

type Code = Readonly<TSESLint.SourceCode>;

/** A call of a function of this file that calls itself twice or more on each level, and how many levels there are. */
export interface Recursion {
  readonly name: string;
  readonly fn: FunctionNode;
  readonly depth: number;
}

/** `fib(40)`: does this call start a recursion that doubles with each step towards its end? */
export function exponentialRecursion(call: TSESTree.CallExpression, code: Code): Recursion | undefined {
  if (call.callee.type !== 'Identifier' || call.optional) return undefined;
  const fn = calledFunction(call.callee, code);
  const variable = variableOf(call.callee, code);
  if (!fn || fn.async || fn.generator || !variable) return undefined;
  const position = fn.params.findIndex((parameter, index) => parameter.type === 'Identifier' && shrinks(fn, variable, parameter, index, code));
  const argument = call.arguments[position];
  const depth = argument && constantNumber(argument, code);
  if (depth === undefined || callsPerLevel(fn, variable, code) < 2) return undefined;
  return { name: call.callee.name, fn, depth };
}

/** Does each call of itself pass this parameter made smaller by a constant, so that there are as many levels as it says? */
function shrinks(fn: FunctionNode, self: TSESLint.Scope.Variable, parameter: TSESTree.Identifier, index: number, code: Code): boolean {
  const calls = callsOf(fn.body, self, code);
  return calls.length > 1 && calls.every(({ arguments: args }) => {
    const value = args[index] && unwrapped(args[index]);
    return value?.type === 'BinaryExpression' && value.operator === '-' && value.left.type === 'Identifier' && value.left.name === parameter.name && (constantNumber(value.right, code) ?? 0) > 0;
  });
}

function callsOf(node: TSESTree.Node, self: TSESLint.Scope.Variable, code: Code): readonly TSESTree.CallExpression[] {
  const calls: TSESTree.CallExpression[] = [];
  walk(node, code.visitorKeys, (inner) => {
    if (inner.type === 'CallExpression' && inner.callee.type === 'Identifier' && variableOf(inner.callee, code) === self) calls.push(inner);
    return !isFunction(inner);
  });
  return calls;
}

/** The most calls of itself that one way through a function's body makes: branches exclude each other, and so does what follows a `return`. */
function callsPerLevel(fn: FunctionNode, self: TSESLint.Scope.Variable, code: Code): number {
  return most(fn.body);

  function most(node: TSESTree.Node | null | undefined): number {
    if (!node || isFunction(node)) return 0;
    switch (node.type) {
      case 'BlockStatement':
        return sequence(node.body);
      case 'IfStatement':
      case 'ConditionalExpression':
        return most(node.test) + Math.max(most(node.consequent), most(node.alternate));
      case 'SwitchStatement':
        return most(node.discriminant) + Math.max(0, ...node.cases.map(({ consequent }) => sequence(consequent)));
      case 'CallExpression':
        return (node.callee.type === 'Identifier' && variableOf(node.callee, code) === self ? 1 : 0) + children(node);
      default:
        return children(node);
    }
  }

  function sequence(statements: readonly TSESTree.Node[]): number {
    const [first, ...rest] = statements;
    if (!first) return 0;
    if (first.type === 'IfStatement' && !first.alternate && leaves(first.consequent)) return most(first.test) + Math.max(most(first.consequent), sequence(rest));
    return most(first) + (leaves(first) ? 0 : sequence(rest));
  }

  function children(node: TSESTree.Node): number {
    let sum = 0;
    walk(node, code.visitorKeys, (inner) => {
      if (inner === node) return true;
      sum += most(inner);
      return false;
    });
    return sum;
  }
}

function leaves(statement: TSESTree.Node): boolean {
  if (statement.type === 'BlockStatement') return statement.body.some(leaves);
  return statement.type === 'ReturnStatement' || statement.type === 'ThrowStatement';
}

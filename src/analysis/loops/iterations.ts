import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName, resolveReference, variableOf } from '../reference.js';
import { type FunctionNode, isFunction, unwrapped, walk } from '../syntax.js';
import { constantLength, constantNumber, type Given } from './constant.js';
import { exitsOf, isLeft, isLoop, type Loop } from './loop.js';
import { countedTrips, isUnconditional } from './trips.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What runs something a number of times: a loop statement, `Array.from({ length })`, an array method, `repeat`, a spread. */
export type Repetition = Loop | TSESTree.ArrayExpression | TSESTree.CallExpression;

/**
 * How often the innermost code of a loop runs for certain, loops in it multiplied: what is not constant counts as nothing
 * more than once. Undefined where the loop itself may end early, pauses, or has no constant size.
 */
export function iterations(node: Repetition, code: Code, given?: Given): number | undefined {
  const trips = tripsOf(node, code, given);
  if (trips === undefined) return undefined;
  const body = repeated(node);
  return trips * Math.max(1, body ? iterationsInside(body, code, given) : 1);
}

function tripsOf(node: Repetition, code: Code, given: Given | undefined): number | undefined {
  if (node.type === 'CallExpression') return tripsOfCall(node, code, given);
  if (node.type === 'ArrayExpression') return tripsOfSpread(node, code, given);
  const trips = node.type === 'ForOfStatement' ? lengthOf(node.right, code, given) : countedTrips(node, code, given);
  // Asked last: few loops have a constant size.
  return trips === undefined || isLeft(node, code) ? undefined : trips;
}

/** Array methods that call their argument once for each item and cannot stop early. */
const callbackMethods = new Set(['filter', 'flatMap', 'forEach', 'map', 'reduce', 'reduceRight']);

function tripsOfCall(node: TSESTree.CallExpression, code: Code, given: Given | undefined): number | undefined {
  const callee = unwrapped(node.callee);
  if (callee.type !== 'MemberExpression' || callee.optional || node.optional) return undefined;
  const method = propertyName(callee, code);
  if (method === 'from') return isArrayFrom(callee, code) && node.arguments[0] ? constantLength(node, code, given) ?? generatedItems(node.arguments[0], code) : undefined;
  const [first] = node.arguments;
  if (method === 'repeat') return first && isString(callee.object, code) ? constantNumber(first, code, given) : undefined;
  return method !== null && callbackMethods.has(method) && first ? lengthOf(callee.object, code, given) : undefined;
}

/** `[...generate(n)]`, `[...Array(n).keys()]` */
function tripsOfSpread({ elements }: TSESTree.ArrayExpression, code: Code, given: Given | undefined): number | undefined {
  const [only] = elements;
  return elements.length === 1 && only?.type === 'SpreadElement' ? lengthOf(only.argument, code, given) : undefined;
}

function isArrayFrom(callee: TSESTree.Node, code: Code): boolean {
  const reference = resolveReference(callee, code);
  return reference?.module === 'globalThis' && reference.path.join('.') === 'Array.from';
}

function isString(expression: TSESTree.Node, code: Code): boolean {
  const node = unwrapped(expression);
  if (node.type === 'Literal') return typeof node.value === 'string';
  if (node.type === 'TemplateLiteral') return true;
  return node.type === 'BinaryExpression' && node.operator === '+' && (isString(node.left, code) || isString(node.right, code));
}

function lengthOf(iterable: TSESTree.Node, code: Code, given: Given | undefined): number | undefined {
  return constantLength(iterable, code, given) ?? generatedItems(iterable, code);
}

/** How many items a call of a generator of this file gives, where its one loop yields once a trip. */
function generatedItems(expression: TSESTree.Node, code: Code): number | undefined {
  const call = unwrapped(expression);
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier') return undefined;
  const variable = variableOf(call.callee, code);
  const [definition] = variable?.defs ?? [];
  if (definition?.type !== 'FunctionName' || variable!.defs.length !== 1 || variable!.references.some((reference) => reference.isWrite())) return undefined;
  const fn = definition.node;
  if (!isFunction(fn) || !fn.generator || fn.async || fn.type !== 'FunctionDeclaration') return undefined;
  const loops = fn.body.body.filter((statement) => statement.type !== 'VariableDeclaration');
  const [loop] = loops;
  if (loops.length !== 1 || !loop || !isLoop(loop) || !yieldsOnce(loop, code)) return undefined;
  return countedTrips(loop, code, argumentsOf(call, fn, code));
}

function yieldsOnce(loop: Loop, code: Code): boolean {
  if (exitsOf(loop, code).leaves.length > 0 || exitsOf(loop, code).continues.length > 0) return false;
  const yields: TSESTree.YieldExpression[] = [];
  walk(loop.body, code.visitorKeys, (node) => {
    if (node.type === 'YieldExpression') yields.push(node);
    return !isFunction(node);
  });
  const [only] = yields;
  return yields.length === 1 && only !== undefined && !only.delegate && isUnconditional(only, loop);
}

function argumentsOf(call: TSESTree.CallExpression, fn: FunctionNode, code: Code): Given {
  const known = new Map<TSESLint.Scope.Variable, number>();
  for (const [index, parameter] of fn.params.entries()) {
    const name = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    const argument = call.arguments[index] ?? (parameter.type === 'AssignmentPattern' ? parameter.right : undefined);
    const variable = name.type === 'Identifier' ? code.getDeclaredVariables(fn).find((one) => one.name === name.name) : undefined;
    const value = argument && constantNumber(argument, code);
    if (variable && value !== undefined && !variable.references.some((reference) => reference.isWrite() && reference.init !== true)) known.set(variable, value);
  }
  return known;
}

/** What is run again and again: a loop's body, or the body of the function that a call is given. */
function repeated(node: Repetition): TSESTree.Node | undefined {
  if (isLoop(node)) return node.body;
  if (node.type === 'ArrayExpression') return undefined;
  const callback = node.arguments.find((argument) => isFunction(argument));
  return callback && !callback.async && !callback.generator ? callback.body : undefined;
}

/** The sum of what stands side by side; an early `continue` or `return` makes what follows it uncertain, and so nothing. */
function iterationsInside(body: TSESTree.Node, code: Code, given: Given | undefined): number {
  let sum = 0;
  const jumps: TSESTree.Node[] = [];
  walk(body, code.visitorKeys, (node) => {
    if (node.type === 'ContinueStatement' || node.type === 'BreakStatement' || (node.type === 'ReturnStatement' && node.parent !== body)) jumps.push(node);
    if (isFunction(node)) return false;
    if (!isLoop(node) && node.type !== 'CallExpression' && node.type !== 'ArrayExpression') return true;
    const count = isUnconditional(node, body) ? iterations(node, code, given) : undefined;
    // A loop of unknown length may have nothing to do.
    if (count === undefined) return !isLoop(node);
    sum += count;
    return false;
  });
  return jumps.length === 0 ? sum : 0;
}

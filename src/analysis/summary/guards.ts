import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { variableOf } from '../reference.js';
import { ancestorsOf, type FunctionNode, unwrapped } from '../syntax.js';
import type { FunctionSummary } from './module-summary.js';
import type { StepNode } from './summarise-module.js';

type Code = Readonly<TSESLint.SourceCode>;

/**
 * Which of a call's arguments may be anything but `false` and the like; undefined where not all of them are written out.
 *
 * @example `load(path, false)` gives [true, false]
 */
export function givenArguments(node: StepNode): readonly boolean[] | undefined {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const callee = unwrapped(node.callee);
  // `load.call(this, path)` gives others than it is written with.
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && /^(?:apply|bind|call)$/.test(callee.property.name)) return undefined;
  if (node.arguments.some(({ type }) => type === 'SpreadElement')) return undefined;
  return node.arguments.map((argument) => !isFalsy(argument));
}

/** The parameter of a function without which a call in it is not made: `if (force) fs.rmSync(path)`. */
export function guardingParameter(call: TSESTree.Node, fn: FunctionNode, code: Code): number | undefined {
  let child = call;
  for (const ancestor of ancestorsOf(call)) {
    if (ancestor === fn) return undefined;
    const test = conditionOf(ancestor, child);
    const index = test ? parameterIn(test, fn, code) : undefined;
    if (index !== undefined) return index;
    child = ancestor;
  }
  return undefined;
}

/** The same function where it is called without what some of its calls depend on; its own summary, where it is not. */
export function asCalled(fn: FunctionSummary, given: readonly boolean[] | undefined): FunctionSummary {
  const { unasked } = fn;
  return unasked && given && unasked.parameters.every((index) => given[index] !== true) ? unasked.summary : fn;
}

/** What has to be truthy for a part of a node to run. */
function conditionOf(node: TSESTree.Node, part: TSESTree.Node): TSESTree.Expression | undefined {
  if ((node.type === 'IfStatement' || node.type === 'ConditionalExpression') && node.consequent === part) return node.test;
  return node.type === 'LogicalExpression' && node.operator === '&&' && node.right === part ? node.left : undefined;
}

function parameterIn(test: TSESTree.Node, fn: FunctionNode, code: Code): number | undefined {
  const node = unwrapped(test);
  if (node.type === 'LogicalExpression' && node.operator === '&&') return parameterIn(node.left, fn, code) ?? parameterIn(node.right, fn, code);
  if (node.type !== 'Identifier') return undefined;
  const variable = variableOf(node, code);
  // The default of a parameter is written to it as well.
  if (variable?.defs.length !== 1 || variable.references.some((reference) => reference.isWrite() && !reference.init)) return undefined;
  const [{ type, name }] = variable.defs as [TSESLint.Scope.Definition];
  const index = type === 'Parameter' ? fn.params.findIndex((parameter) => parameter === name || (parameter.type === 'AssignmentPattern' && parameter.left === name && isFalsy(parameter.right))) : -1;
  return index < 0 ? undefined : index;
}

function isFalsy(expression: TSESTree.Node): boolean {
  const node = unwrapped(expression);
  return (node.type === 'Literal' && !node.value && !('regex' in node) && !('bigint' in node)) || (node.type === 'Identifier' && node.name === 'undefined');
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../reference.js';
import { ancestorsOf, boundaryOf, exitsBefore, type FunctionNode, parametersOf, unwrapped } from '../syntax.js';
import { defaultTruth } from './given-arguments.js';
import type { Guard, Guards } from './module-summary.js';
import { isChanged, parameterOf, unchangedParameter } from './parameters.js';

type Code = Readonly<TSESLint.SourceCode>;

/**
 * Those of a function without which a call in it is not made, of each list one: `if (force || options.all) fs.rmSync(path)`,
 * `if (!force) return; fs.rmSync(path)`, `if (later) return; fs.rmSync(path)`.
 */
export function guardsOf(call: TSESTree.Node, fn: FunctionNode, code: Code): Guards {
  const found: Guards[number][] = [];
  let child = call;
  for (const ancestor of ancestorsOf(call)) {
    if (ancestor === fn) break;
    const guards = ancestor.type === 'BlockStatement' ? guardsBefore(child, ancestor, fn, code) : guardsAround(child, ancestor, fn, code);
    found.push(...(guards ?? []));
    child = ancestor;
  }
  return found;
}

/** Those without which a statement before this one ends the function. */
function guardsBefore(statement: TSESTree.Node, block: TSESTree.BlockStatement, fn: FunctionNode, code: Code): Guards {
  return exitsBefore(statement, block).flatMap((exit) => (exit.alternate === null && boundaryOf(exit).node === fn ? guardsUnless(exit.test, fn, code) : []));
}

/** What has to be there, or not to be there, for a part of a node to run. */
function guardsAround(part: TSESTree.Node, node: TSESTree.Node, fn: FunctionNode, code: Code): Guards | undefined {
  if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') return node.test === part ? undefined : node.consequent === part ? guardsIn(node.test, fn, code) : guardsUnless(node.test, fn, code);
  if (node.type !== 'LogicalExpression' || node.right !== part) return undefined;
  return node.operator === '&&' ? guardsIn(node.left, fn, code) : node.operator === '||' ? guardsUnless(node.left, fn, code) : undefined;
}

const mostGuards = 16;

/** Those that a test asks for. */
function guardsIn(test: TSESTree.Node, fn: FunctionNode, code: Code): Guards {
  const node = unwrapped(test);
  if (node.type === 'UnaryExpression') return node.operator === '!' ? guardsUnless(node.argument, fn, code) : [];
  if (node.type !== 'LogicalExpression') {
    const guard = guardIn(node, fn, code);
    return guard ? [[guard]] : [];
  }
  const [left, right] = [guardsIn(node.left, fn, code), guardsIn(node.right, fn, code)];
  return node.operator === '&&' ? [...left, ...right] : node.operator === '||' ? oneOf(left, right) : [];
}

/** Those with which a test fails. */
function guardsUnless(test: TSESTree.Node, fn: FunctionNode, code: Code): Guards {
  const node = unwrapped(test);
  if (node.type === 'UnaryExpression') return node.operator === '!' ? guardsIn(node.argument, fn, code) : [];
  if (node.type !== 'LogicalExpression') {
    const guard = guardIn(node, fn, code);
    return guard ? [[{ ...guard, isAbsent: true }]] : [];
  }
  const [left, right] = [guardsUnless(node.left, fn, code), guardsUnless(node.right, fn, code)];
  return node.operator === '||' ? [...left, ...right] : node.operator === '&&' ? oneOf(left, right) : [];
}

/** What holds where all of the one, or all of the other, is there; nothing of tests that would make too much of it, as those of minified code do. */
function oneOf(left: Guards, right: Guards): Guards {
  return left.length * right.length > mostGuards ? [] : left.flatMap((some) => right.map((others) => [...some, ...others]));
}

function guardIn(node: TSESTree.Node, fn: FunctionNode, code: Code): Guard | undefined {
  if (node.type === 'MemberExpression') {
    const property = propertyName(node, code);
    const index = property !== null && node.object.type === 'Identifier' && !isChanged(node.object, code) ? parameterIndex(node.object, fn, code) : -1;
    return index < 0 ? undefined : { index, property: property!, isAbsent: false, byDefault: defaultTruth(parametersOf(fn)[index], property!), ifMissing: 'never' };
  }
  if (node.type !== 'Identifier') return undefined;
  const index = parameterIndex(node, fn, code);
  return index < 0 ? propertyGuard(node, fn, code) : { index, property: undefined, isAbsent: false, byDefault: defaultTruth(parametersOf(fn)[index]), ifMissing: 'never' };
}

/** `{ force = false } = {}` among the parameters. */
function propertyGuard(node: TSESTree.Identifier, fn: FunctionNode, code: Code): Guard | undefined {
  const name = unchangedParameter(node, code);
  for (const [index, parameter] of name ? parametersOf(fn).entries() : []) {
    const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    if (pattern.type !== 'ObjectPattern') continue;
    for (const property of pattern.properties) {
      if (property.type !== 'Property' || property.computed || property.key.type !== 'Identifier') continue;
      const { key, value } = property;
      if (value !== name && !(value.type === 'AssignmentPattern' && value.left === name)) continue;
      const own = defaultTruth(value);
      return { index, property: key.name, isAbsent: false, byDefault: parameter.type === 'AssignmentPattern' ? defaultTruth(parameter, key.name, own) : own, ifMissing: own };
    }
  }
  return undefined;
}

/** Which parameter of a function a name is, one that is never anything else; -1 for none. */
function parameterIndex(node: TSESTree.Identifier, fn: FunctionNode, code: Code): number {
  const parameter = parameterOf(node, code);
  return parameter?.fn === fn ? parameter.index : -1;
}

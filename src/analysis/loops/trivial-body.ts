import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { variableOf } from '../reference.js';
import { boundaryOf, isFunction, walk } from '../syntax.js';
import { clockReading } from './clock.js';
import { isInside } from './trips.js';

type Code = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/** The variables that a loop's body writes, if that and arithmetic is all it does; undefined for a body that does anything else. */
export function writtenByTrivial(parts: readonly TSESTree.Node[], code: Code): ReadonlySet<Variable> | undefined {
  const written = new Set<Variable>();
  let isTrivial = true as boolean;
  const write = (target: TSESTree.Node): void => {
    const variable = target.type === 'Identifier' ? variableOf(target, code) : null;
    if (variable && variable.defs.length > 0) written.add(variable);
    else isTrivial = false;
  };
  for (const part of parts) {
    walk(part, code.visitorKeys, (node) => {
      if (node.type === 'AssignmentExpression') write(node.left);
      else if (node.type === 'UpdateExpression') write(node.argument);
      else if (node.type === 'VariableDeclarator') write(node.id);
      else if (node.type === 'CallExpression' || node.type === 'NewExpression') isTrivial &&= clockReading(node, code) !== undefined || isArithmetic(node, code);
      else if (!harmlessNodes.has(node.type) && !node.type.startsWith('TS')) isTrivial = false;
      return isTrivial && !isFunction(node);
    });
  }
  return isTrivial ? written : undefined;
}

const harmlessNodes = new Set([
  'ArrayExpression', 'BinaryExpression', 'BlockStatement', 'ConditionalExpression', 'ContinueStatement', 'EmptyStatement', 'ExpressionStatement', 'Identifier', 'IfStatement', 'Literal', 'LogicalExpression',
  'MemberExpression', 'ParenthesizedExpression', 'SequenceExpression', 'UnaryExpression', 'VariableDeclaration',
]);

/** `Math.sqrt(i)` */
function isArithmetic({ callee }: TSESTree.CallExpression | TSESTree.NewExpression, code: Code): boolean {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier' || callee.object.name !== 'Math') return false;
  return (variableOf(callee.object, code)?.defs.length ?? 0) === 0;
}

/** Is a variable read anywhere but inside the loop, or where that cannot be told from its file? */
export function isReadOutside(variable: Variable, loop: TSESTree.Node): boolean {
  const [definition] = variable.defs;
  if (!definition || boundaryOf(definition.name).node !== boundaryOf(loop).node) return true;
  return variable.references.some((reference) => reference.isRead() && !isInside(reference.identifier, loop));
}

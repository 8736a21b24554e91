import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { variableOf } from '../reference.js';
import { type FunctionNode, isFunction, parametersOf } from '../syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** Is something written to a property of what a name stands for, by that name? */
export function isChanged(name: TSESTree.Identifier, code: Code): boolean {
  return variableOf(name, code)?.references.some(({ identifier: { parent } }) => parent.type === 'MemberExpression' && parent.parent.type === 'AssignmentExpression' && parent.parent.left === parent) === true;
}

/** The parameter that a name is, of whichever function, if it is never anything else. */
export function parameterOf(node: TSESTree.Identifier, code: Code): { readonly fn: FunctionNode; readonly index: number } | undefined {
  const name = unchangedParameter(node, code);
  const place = name?.parent.type === 'AssignmentPattern' && name.parent.left === name ? name.parent : name;
  const fn = place?.parent;
  const index = isFunction(fn) ? parametersOf(fn).indexOf(place as TSESTree.Parameter) : -1;
  return index < 0 ? undefined : { fn: fn as FunctionNode, index };
}

/** Where a parameter is declared that is never anything else, or what is taken from one. An empty object in place of none has no properties either. */
export function unchangedParameter(node: TSESTree.Identifier, code: Code): TSESTree.Identifier | undefined {
  const variable = variableOf(node, code);
  const isOwner = node.parent.type === 'MemberExpression' && node.parent.object === node;
  // The default of a parameter is written to it as well.
  if (variable?.defs.length !== 1 || variable.references.some((reference) => reference.isWrite() && !reference.init && !(isOwner && isEmptyObject(reference.writeExpr)))) return undefined;
  const [{ type, name }] = variable.defs as [TSESLint.Scope.Definition];
  return type === 'Parameter' ? (name as TSESTree.Identifier) : undefined;
}

function isEmptyObject(expression: TSESTree.Node | null | undefined): boolean {
  return expression?.type === 'ObjectExpression' && expression.properties.length === 0;
}

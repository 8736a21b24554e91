import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { ancestorsOf, boundaryOf, type InnerNode, isFunction } from '../syntax.js';
import { isLoop } from './loop.js';
import { isInside } from './trips.js';

type Variable = TSESLint.Scope.Variable;

/** Is a variable used by any function but the one that the loop is in, other than by code that moves with it? */
export function isSharedWithOthers(variable: Variable, region: InnerNode): boolean {
  const home = boundaryOf(region).node;
  const [definition] = variable.defs;
  if (!definition || boundaryOf(definition.name).node !== home) return true;
  if (definition.type === 'Variable' && definition.parent.parent.type === 'ExportNamedDeclaration') return true;
  return variable.references.some(({ identifier }) => !isInside(identifier, region) && boundaryOf(identifier).node !== home);
}

/** Can this use of a variable only run when the loop is over, each time that it is? */
export function isAfter(identifier: TSESTree.Node, variable: Variable, region: InnerNode): boolean {
  return identifier.range[0] > lastMoment(variable, region) && boundaryOf(identifier).node === boundaryOf(region).node;
}

/** Up to where in the file code may run before the loop does: the end of the outermost loop that the variable lives longer than. */
function lastMoment(variable: Variable, region: InnerNode): number {
  let end = region.range[1];
  const [definition] = variable.defs;
  for (const ancestor of ancestorsOf(region)) {
    if (isFunction(ancestor)) break;
    if (isLoop(ancestor) && definition && !livesIn(definition, ancestor)) end = ancestor.range[1];
  }
  return end;
}

/** Is there a new variable for each trip of a loop? */
function livesIn({ name, ...definition }: TSESLint.Scope.Definition, loop: TSESTree.Node): boolean {
  return isInside(name, loop) && !(definition.type === 'Variable' && definition.parent.kind === 'var');
}

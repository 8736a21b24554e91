import { findVariable } from '@eslint-community/eslint-utils';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { sameInWorker, threadBound } from '../../catalogue/worker-globals.js';
import { type FunctionNode, type InnerNode } from '../syntax.js';
import { calledFunction } from './effects.js';
import { givenBack } from './given-back.js';
import type { LoopObstacle } from './obstacles.js';
import { isAfter } from './reach.js';
import { syntaxObstacles } from './task-syntax.js';
import { isInside } from './trips.js';
import { ValueKinds } from './value-kind.js';

type Code = Readonly<TSESLint.SourceCode>;
type Reference = TSESLint.Scope.Reference;
type Variable = TSESLint.Scope.Variable;

/** A loop, or an expression that is one, as a function of its own: what it needs, what it gives back, what stands in the way. */
export interface LoopTask {
  /** The statement or the expression that moves. */
  readonly region: InnerNode;
  /** Variables that are passed in, in the order of their first use. */
  readonly captured: readonly Variable[];
  /** Those of them that are assigned the result. */
  readonly results: readonly Variable[];
  /** Those of them whose declared type is wider than what TypeScript knows them to be here, with that type. */
  readonly widened: ReadonlyMap<Variable, string>;
  /** Declarations that must become `let`, as what they declare is assigned to. */
  readonly loosened: readonly TSESTree.VariableDeclaration[];
  /** Functions of this file that are called, and move along as copies: the declaration or the declarator. */
  readonly functions: readonly (TSESTree.FunctionDeclaration | TSESTree.VariableDeclarator)[];
  readonly obstacles: readonly LoopObstacle[];
}

/** What it takes to run a loop on a worker. */
export function loopTask(region: InnerNode, code: Code, isTypeScript: boolean): LoopTask {
  const needs = needsOf(region, code);
  const kinds = new ValueKinds(code, {
    owns: (variable) => variable.defs.some(({ name }) => needs.parts.some((part) => isInside(name, part))),
    ignores: (identifier, variable) => isAfter(identifier, variable, region) && !needs.parts.some((part) => isInside(identifier, part)),
  });
  const back = givenBack({ region, needs, kinds, code, isTypeScript });
  return {
    region,
    captured: [...needs.captured.keys()],
    results: back.results,
    widened: back.widened,
    loosened: back.loosened,
    functions: [...needs.functions.values()],
    obstacles: [...needs.obstacles, ...back.obstacles],
  };
}

/** Can a declared function be given to a worker by its name, as it needs nothing but its arguments and itself? */
export function isSelfContained(fn: FunctionNode, code: Code): boolean {
  if (fn.type !== 'FunctionDeclaration' || fn.async || syntaxObstacles(fn, code).length > 0) return false;
  return referencesIn(fn, code).every(({ resolved, identifier }) => (resolved && resolved.defs.length > 0 ? resolved.defs.every(({ name }) => isInside(name, fn)) : sameInWorker.has((identifier as TSESTree.Identifier).name)));
}

/** The names that a piece of code and the functions it calls take from around them. */
export interface Needs {
  /** The code itself and the functions that move along. */
  readonly parts: readonly TSESTree.Node[];
  /** Variables from outside, with their uses in these parts. */
  readonly captured: ReadonlyMap<Variable, readonly Reference[]>;
  readonly functions: ReadonlyMap<Variable, TSESTree.FunctionDeclaration | TSESTree.VariableDeclarator>;
  readonly obstacles: readonly LoopObstacle[];
}

function needsOf(region: InnerNode, code: Code): Needs {
  const parts: TSESTree.Node[] = [region];
  const captured = new Map<Variable, Reference[]>();
  const functions = new Map<Variable, TSESTree.FunctionDeclaration | TSESTree.VariableDeclarator>();
  const obstacles: LoopObstacle[] = [...syntaxObstacles(region, code)];
  const meanings = new Map<string, Variable | null>();

  for (const part of parts) {
    const name = part === region ? undefined : nameOf(part);
    if (name !== undefined && syntaxObstacles(part, code).length > 0) obstacles.push({ reason: 'function', name });
    for (const reference of referencesIn(part, code)) look(reference, part, name);
  }
  return { parts, captured, functions, obstacles };

  function look(reference: Reference, part: TSESTree.Node, owner: string | undefined): void {
    const { resolved: variable } = reference;
    const identifier = reference.identifier as TSESTree.Identifier;
    const { name } = identifier;
    if (variable?.defs.some((definition) => isInside(definition.name, part))) {
      if (part === region && variable.references.some((one) => !isInside(one.identifier, region))) refuse({ reason: 'declared-in-it', name }, owner);
      // A `var` would stand beside what is passed in, under the same name.
      if (part === region && variable.scope.variableScope === variable.scope && variable.scope === code.getScope(region).variableScope) meanings.set(name, variable);
      return;
    }
    const known = variable && variable.defs.length > 0 ? variable : null;
    if (meanings.has(name) && meanings.get(name) !== known) refuse({ reason: 'same-name', name }, undefined);
    meanings.set(name, known);
    if (!known) {
      // `arguments` is found by its syntax.
      if (!sameInWorker.has(name) && name !== 'arguments') refuse({ reason: threadBound.has(name) ? 'thread-bound' : 'free-name', name }, owner);
      return;
    }
    const [definition] = known.defs;
    if (definition?.type === 'ImportBinding') return void refuse({ reason: 'import', name }, owner);
    const fn = calledFunction(identifier, code);
    if (fn) return void moveAlong(fn, known, name);
    if (known.defs.length > 1 || (definition?.type !== 'Variable' && definition?.type !== 'Parameter' && definition?.type !== 'CatchClause')) return void refuse({ reason: 'free-name', name }, owner);
    if (isCalled(identifier)) return void refuse({ reason: 'function', name }, owner);
    // A function that writes what is around it does so in more than one place.
    if (owner !== undefined && reference.isWrite()) refuse({ reason: 'written-elsewhere', name }, owner);
    // What a function means by a name may be hidden where the loop stands.
    if (visibleAs(name, region, code) !== known) return void refuse({ reason: 'same-name', name }, undefined);
    captured.set(known, [...(captured.get(known) ?? []), reference]);
  }

  /** In a function that is called, whatever is in the way is in the way of the call. */
  function refuse(obstacle: LoopObstacle, owner: string | undefined): void {
    obstacles.push(owner === undefined || obstacle.reason === 'thread-bound' ? obstacle : { reason: 'function', name: owner });
  }

  function moveAlong(fn: FunctionNode, variable: Variable, name: string): void {
    if (functions.has(variable)) return;
    const declaration = fn.type === 'FunctionDeclaration' ? fn : fn.parent;
    if (fn.async || isInside(region, fn) || (declaration.type !== 'FunctionDeclaration' && declaration.type !== 'VariableDeclarator')) return void refuse({ reason: 'function', name }, undefined);
    functions.set(variable, declaration);
    parts.push(declaration);
  }
}

/** Uses of names as values, wherever they are declared. */
function referencesIn(part: TSESTree.Node, code: Code): readonly Reference[] {
  const found: Reference[] = [];
  for (const scope of code.scopeManager?.scopes ?? []) {
    for (const reference of scope.references) {
      const isType = (reference as { isValueReference?: boolean }).isValueReference === false;
      if (!isType && isInside(reference.identifier, part)) found.push(reference);
    }
  }
  return found.sort((a, b) => a.identifier.range[0] - b.identifier.range[0]);
}

function visibleAs(name: string, region: InnerNode, code: Code): Variable | null {
  return findVariable(code.getScope(region.parent) as never, name) as unknown as Variable | null;
}

function isCalled(identifier: TSESTree.Identifier): boolean {
  const { parent } = identifier;
  if (parent.type === 'CallExpression' || parent.type === 'NewExpression') return parent.callee === identifier;
  return parent.type === 'TaggedTemplateExpression';
}

function nameOf(part: TSESTree.Node): string {
  return (part.type === 'FunctionDeclaration' || part.type === 'VariableDeclarator') && part.id?.type === 'Identifier' ? part.id.name : '';
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName, variableOf } from '../reference.js';
import { ancestorsOf, boundaryOf, endsFunction, type FunctionNode, isFunction, parametersOf, unwrapped } from '../syntax.js';
import type { FunctionSummary, GivenArgument, Guard, Guards, Truth } from './module-summary.js';
import type { StepNode } from './summarise-module.js';

type Code = Readonly<TSESLint.SourceCode>;

/**
 * Which of a call's arguments may be anything but `false` and the like, or are for certain; undefined where not all of them are
 * written out.
 *
 * @example `load(path, false, { force: true, quiet })` gives ['maybe', 'never', Map { 'force' → 'always', 'quiet' → 'maybe' }]
 */
export function givenArguments(node: StepNode): readonly GivenArgument[] | undefined {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const callee = unwrapped(node.callee);
  // `load.call(this, path)` gives others than it is written with.
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && /^(?:apply|bind|call)$/.test(callee.property.name)) return undefined;
  if (node.arguments.some(({ type }) => type === 'SpreadElement')) return undefined;
  return node.arguments.map((argument) => (isUndefined(argument) ? undefined : propertiesIn(argument) ?? truthOf(argument)));
}

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
function guardsBefore(statement: TSESTree.Node, { body }: TSESTree.BlockStatement, fn: FunctionNode, code: Code): Guards {
  return body.slice(0, body.indexOf(statement as TSESTree.Statement)).flatMap((before) => {
    const isEnd = before.type === 'IfStatement' && before.alternate === null && endsFunction(before.consequent) && boundaryOf(before).node === fn;
    return isEnd ? guardsUnless(before.test, fn, code) : [];
  });
}

/** The same function where it is called without what some of its calls depend on; its own summary, where it is not. */
export function asCalled(fn: FunctionSummary, given: readonly GivenArgument[] | undefined): FunctionSummary {
  const { unasked } = fn;
  if (!unasked || !given) return fn;
  const missing = new Set(unasked.guards.filter((guard) => !mayFulfil(given[guard.index], guard)).map(keyOf));
  if (missing.size === 0) return fn;
  const key = [...missing].join();
  let summary = unasked.summaries.get(key);
  if (!summary) unasked.summaries.set(key, (summary = { ...fn, calls: fn.calls.filter(({ onlyIf = [] }) => onlyIf.every((guards) => guards.some((guard) => !missing.has(keyOf(guard))))), whole: fn }));
  return summary;
}

function keyOf({ index, property, isAbsent }: Guard): string {
  return `${isAbsent ? '!' : ''}${index}${property === undefined ? '' : `.${property}`}`;
}

function mayFulfil(given: GivenArgument, guard: Guard): boolean {
  return truthWith(given, guard) !== (guard.isAbsent ? 'always' : 'never');
}

function truthWith(given: GivenArgument, { property, byDefault, ifMissing }: Guard): Truth {
  if (given === undefined) return byDefault;
  if (property === undefined) return typeof given === 'string' ? given : 'always';
  return typeof given === 'string' ? (given === 'never' ? 'never' : 'maybe') : given.get(property) ?? ifMissing;
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

/** What a parameter that is left out is by its default, or a property of it; `otherwise` is what that is where the default does not have it. */
function defaultTruth(parameter: TSESTree.Node | undefined, property?: string, otherwise: Truth = 'never'): Truth {
  if (parameter?.type !== 'AssignmentPattern') return 'never';
  const truth = truthOf(parameter.right);
  if (property === undefined || truth === 'never') return truth;
  const given = propertiesIn(parameter.right);
  return given ? given.get(property) ?? otherwise : 'maybe';
}

/** Is something written to a property of what a name stands for, by that name? */
function isChanged(name: TSESTree.Identifier, code: Code): boolean {
  return variableOf(name, code)?.references.some(({ identifier: { parent } }) => parent.type === 'MemberExpression' && parent.parent.type === 'AssignmentExpression' && parent.parent.left === parent) === true;
}

/** Which parameter of a function a name is, one that is never anything else; -1 for none. */
function parameterIndex(node: TSESTree.Identifier, fn: FunctionNode, code: Code): number {
  const parameter = parameterOf(node, code);
  return parameter?.fn === fn ? parameter.index : -1;
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
function unchangedParameter(node: TSESTree.Identifier, code: Code): TSESTree.Identifier | undefined {
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

/** The properties of an object that is written out; undefined where not all are known. */
function propertiesIn(expression: TSESTree.Node): ReadonlyMap<string, Truth> | undefined {
  const node = unwrapped(expression);
  if (node.type !== 'ObjectExpression') return undefined;
  const properties = new Map<string, Truth>();
  for (const property of node.properties) {
    if (property.type !== 'Property' || property.computed) return undefined;
    const name = property.key.type === 'Identifier' ? property.key.name : String(property.key.value);
    // The last one of a name counts.
    if (isUndefined(property.value)) properties.delete(name);
    else properties.set(name, property.kind === 'init' ? truthOf(property.value) : 'maybe');
  }
  return properties;
}

function truthOf(expression: TSESTree.Node): Truth {
  const node = unwrapped(expression);
  switch (node.type) {
    case 'Literal':
      return node.value || 'regex' in node ? 'always' : 'bigint' in node ? 'maybe' : 'never';
    case 'ArrayExpression':
    case 'ArrowFunctionExpression':
    case 'ClassExpression':
    case 'FunctionExpression':
    case 'NewExpression':
    case 'ObjectExpression':
      return 'always';
    default:
      return isUndefined(node) ? 'never' : 'maybe';
  }
}

function isUndefined(expression: TSESTree.Node): boolean {
  const node = unwrapped(expression);
  return node.type === 'Identifier' && node.name === 'undefined';
}

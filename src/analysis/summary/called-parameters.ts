import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { argumentRole } from '../callback-role.js';
import { executionContext } from '../context.js';
import { propertyName } from '../reference.js';
import { boundaryOf, type FunctionNode, givenTo, isFunction, parametersOf, plainArguments, unwrapped, wrapped } from '../syntax.js';
import type { CalledParameter, PassedOn, Value } from './module-summary.js';
import { parameterOf } from './parameters.js';
import { isOfNode } from './passed-on-apis.js';
import type { StepNode } from './summarise-module.js';
import type { Values } from './values.js';

type Code = Readonly<TSESLint.SourceCode>;

interface Parameter {
  readonly fn: FunctionNode;
  readonly index: number;
}

/** A parameter that is called, and the function whose it is. */
type Found = Parameter & CalledParameter;

/**
 * The parameters that a call calls, `fn()` or `all.forEach(fn)`, or gives to another function: `run(fn)`. It may stand in
 * a function that is given to others, as in `run(() => retry(async () => fn()))`.
 */
export function calledParameters(node: StepNode, values: Values, code: Code, runtime: string): readonly Found[] {
  if (node.type !== 'CallExpression') return [];
  const called = parameterNamed(node.callee, code);
  const found = called ? foundAt(node, called, undefined).map((one) => ({ ...one, isWaitedFor: one.by.length === 0 && isWaitedFor(node, called.fn) })) : [];
  for (const [index, argument] of plainArguments(node).entries()) {
    const parameter = parameterNamed(argument, code);
    if (!parameter || !mayBeFunction(parameter)) continue;
    const role = argumentRole(node, index, code, runtime);
    const callee = role === 'unknown' ? calleeOf(node, values) : undefined;
    if (role === 'synchronous') found.push(...foundAt(node, parameter, undefined));
    else if (callee) found.push(...foundAt(node, parameter, { callee, index, isAsync: false }));
  }
  return found;

  function foundAt(place: TSESTree.Node, parameter: Parameter, last: PassedOn | undefined): Found[] {
    const by = passedOnFrom(place, parameter.fn, values, code, runtime);
    return by ? [{ ...parameter, by: last ? [...by, last] : by, isWaitedFor: false }] : [];
  }
}

/** Is a promise that is given back by the call as good as its value? It is where it is awaited, or what an async function gives back. */
function isWaitedFor(call: TSESTree.CallExpression, fn: FunctionNode): boolean {
  if (!fn.async || boundaryOf(call).node !== fn) return false;
  const { parent } = wrapped(call);
  if (parent.type === 'AwaitExpression') return true;
  if (parent.type !== 'ReturnStatement') return fn.body === call;
  // There, what fails is no longer caught, and what is done at last is done before.
  for (let child: TSESTree.Node = parent; child !== fn && child.parent; child = child.parent) if (child.parent.type === 'TryStatement' && (child.parent.block === child || child.parent.finalizer)) return false;
  return true;
}

/** What a function gives the functions to that are written in it, down to this place; undefined where it is not known to run what is there. */
function passedOnFrom(place: TSESTree.Node, fn: FunctionNode, values: Values, code: Code, runtime: string): readonly PassedOn[] | undefined {
  if (fn.generator) return undefined;
  const by: PassedOn[] = [];
  const isPassedOn = (inner: FunctionNode): boolean => {
    const given = inner === fn ? undefined : givenTo(inner);
    const callee = given && calleeOf(given.call, values);
    if (callee) by.push({ callee, index: given.index, isAsync: inner.async });
    return callee !== undefined;
  };
  for (let from = place; ; ) {
    const { kind, owner, reaction } = executionContext(from, code, runtime, isPassedOn);
    if (owner === fn) return by;
    if (kind !== 'async' || reaction || !isFunction(owner) || owner.generator || !isPassedOn(owner)) return undefined;
    from = owner;
  }
}

/** What a call calls, where that may be a function of the project. */
function calleeOf({ callee }: TSESTree.CallExpression, values: Values): Value | undefined {
  const value = callee.type === 'Super' ? undefined : values.valueOf(callee);
  return value && !isOfNode(value) ? value : undefined;
}

/** Which parameter `fn` or `fn.call` is. */
function parameterNamed(node: TSESTree.Node, code: Code): Parameter | undefined {
  const called = unwrapped(node);
  const name = called.type === 'MemberExpression' && /^(?:apply|call)$/.test(propertyName(called, code) ?? '') ? unwrapped(called.object) : called;
  return name.type === 'Identifier' ? parameterOf(name, code) : undefined;
}

/** Not by its type: most parameters that are passed on are texts and the like. */
function mayBeFunction({ fn, index }: Parameter): boolean {
  const parameter = parametersOf(fn)[index]!;
  const { typeAnnotation } = parameter.type === 'AssignmentPattern' ? parameter.left : parameter as TSESTree.Identifier;
  return !typeAnnotation || !noFunctions.test(typeAnnotation.typeAnnotation.type);
}

const noFunctions = /^TS(?:\w+(?<!Any|Unknown)Keyword|ArrayType|LiteralType|TemplateLiteralType|TupleType|TypeLiteral)$/;

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { blockingCall, type CallNode } from '../blocking-call.js';
import { argumentRole } from '../callback-role.js';
import { executionContext } from '../context.js';
import { boundaryOf, type FunctionNode, isFunction, lineOf, plainArguments, unwrapped, walk } from '../syntax.js';
import { annotationsOf } from './annotations.js';
import { assignedMembers, isNothing, isSameConstruction } from './assigned-members.js';
import { atLoad } from './at-load.js';
import { cachedCalls } from './cached-calls.js';
import { calledParameters } from './called-parameters.js';
import type { UnfinishedFunction } from './declarations.js';
import { exportsOf } from './exports.js';
import { isPassedOn } from './as-called.js';
import { defaultsOf, givenArguments } from './given-arguments.js';
import { guardsOf } from './guards.js';
import type { Call, FunctionSummary, ModuleSummary } from './module-summary.js';
import { namedMember } from './named-members.js';
import { isOfNode } from './passed-on-apis.js';
import { wordHash } from '../words.js';
import { isDeclaredHere, orElse } from './value-steps.js';
import { type Values, valuesOf } from './values.js';

type Code = Readonly<TSESLint.SourceCode>;

/** A module's summary, and its values by expression for as long as the tree is there. */
export interface Summarised {
  readonly summary: ModuleSummary;
  readonly values: Values;
}

/** Reads a syntax tree into a summary, in one walk. */
export function summariseModule(file: string, code: Code, runtime: string): Summarised {
  const calls: StepNode[] = [];
  const readsGetters = mayHaveGetters(code);
  const assignments: TSESTree.AssignmentExpression[] = [];
  const returns = new Map<TSESTree.Node, (TSESTree.Expression | null)[]>();
  const generators: FunctionNode[] = [];
  const memberNames = new Set<number>();
  const readNames = new Set<string>();
  walk(code.ast, code.visitorKeys, (node) => {
    if (node.type === 'CallExpression' || node.type === 'NewExpression' || node.type === 'TaggedTemplateExpression') calls.push(node);
    else if (node.type === 'MemberExpression') {
      if (readsGetters && isRead(node)) calls.push(node);
      if (!isCalled(node) && node.property.type === 'Identifier') readNames.add(node.property.name);
    } else if (node.type === 'Property' || node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') {
      if (node.key.type === 'Identifier' && node.parent.type !== 'ObjectPattern') memberNames.add(wordHash(node.key.name));
    } else if (node.type === 'AssignmentExpression') assignments.push(node);
    else if (isFunction(node) && node.generator) generators.push(node);
    else if (node.type === 'ReturnStatement') addReturn(returns, boundaryOf(node).node, node.argument);
    else if (node.type === 'ArrowFunctionExpression' && node.body.type !== 'BlockStatement') addReturn(returns, node, node.body);
    return !node.type.startsWith('TSType');
  });
  const assigned = assignedMembers(assignments, calls, code);
  const values = valuesOf({ file, code, assigned, annotations: annotationsOf(code), readNames });
  const ownerOf = ownersIn(code, runtime, values);
  const isCachedIn = cachedCalls(assignments, calls, code);
  const guarded = new Map<UnfinishedFunction, FunctionNode>();
  for (const call of calls) {
    const owner = ownerOf(call);
    const made = owner ? callsOf(call, values, code, runtime, owner.node) : [];
    const onlyIf = made.length > 0 && owner?.node ? guardsOf(call, owner.node, code) : [];
    const isCached = made.length > 0 && owner?.node !== undefined && isCachedIn(call, owner.node);
    owner?.fn.calls.push(...made.map((one) => (onlyIf.length === 0 && !isCached ? one.call : { ...one.call, onlyIf, isCached })));
    if (owner?.node && (onlyIf.length > 0 || made.some(({ call: { given } }) => given?.some(isPassedOn)))) guarded.set(owner.fn, owner.node);
    for (const { fn, ...parameter } of calledParameters(call, values, code, runtime)) (values.functionOf(fn).callsParameters ??= []).push(parameter);
  }
  for (const [fn, given] of returns) if (isFunction(fn)) addReturned(fn, given, values, code);
  for (const fn of generators) values.functionOf(fn).iterated = values.iteratedByType(fn.returnType?.typeAnnotation);
  for (const [fn, node] of guarded) {
    const passedOn = new Set(fn.calls.flatMap(({ given = [] }) => given.filter(isPassedOn).map(({ parameter }) => parameter)));
    fn.unasked = { guards: fn.calls.flatMap(({ onlyIf = [] }) => onlyIf.flat()), passedOn, defaults: defaultsOf(node, passedOn), summaries: new Map() };
  }
  return { summary: { file, ...exportsOf({ file, code, assigned, calls, values }), memberNames, functions: values.functions, atLoad: atLoad(code) }, values };
}

/** What a function gives back: the one thing that it returns, and what its type says. Where it returns nothing, nothing of it is called. */
function addReturned(fn: FunctionNode, given: readonly (TSESTree.Expression | null)[], values: Values, code: Code): void {
  const [only, ...others] = given.filter((one) => one !== null && !isNothing(one));
  const summary = values.functionOf(fn);
  const type = fn.returnType?.typeAnnotation;
  const value = only && others.every((other) => isSameConstruction(only, other, code)) ? values.valueOf(only) : undefined;
  const { instanceOfType, promisedByType, documented } = values;
  const promised = promisedByType(type) ?? documented.promisedBy(fn);
  summary.returned = isDeclaredHere(value) ? value : orElse(value, fn.async ? promised : instanceOfType(type) ?? documented.returnedBy(fn));
  if (!fn.async) summary.promised = promised;
}

function addReturn(returns: Map<TSESTree.Node, (TSESTree.Expression | null)[]>, fn: TSESTree.Node, value: TSESTree.Expression | null): void {
  const known = returns.get(fn);
  if (known) known.push(value);
  else returns.set(fn, [value]);
}

/** What may run a function before it is done: a call, or a member that is read, of which there may be a getter. */
export type StepNode = CallNode | TSESTree.MemberExpression;

/** Only getters of the file's own classes and objects are looked for: every member that is read might be one of another file's. */
export function mayHaveGetters({ text }: Pick<Code, 'text'>): boolean {
  return /\bget\s+[\w$#'"]/.test(text);
}

function isCalled(node: TSESTree.MemberExpression): boolean {
  return node.parent.type === 'CallExpression' && node.parent.callee === node;
}

/** Is a member read, and not only written to? */
export function isRead(node: TSESTree.MemberExpression): boolean {
  const { parent } = node;
  if (parent.type === 'AssignmentExpression' && parent.operator === '=') return parent.left !== node;
  return !(parent.type === 'UnaryExpression' && parent.operator === 'delete');
}

/** A call and the place that names what it calls. */
export interface PlacedCall {
  readonly call: Call;
  readonly node: TSESTree.Node;
}

/**
 * What a call calls: itself, and functions that it is given to call before it returns. A blocking API comes alone, as it
 * is `no-blocking-call` that looks at these. `owner` is the function whose parameters it may pass on.
 */
export function callsOf(node: StepNode, values: Values, code: Code, runtime: string, owner?: FunctionNode): readonly PlacedCall[] {
  if (node.type === 'MemberExpression') {
    const getter = values.getterOf(node);
    return getter ? [placed(node, { callee: getter, constructs: false }, code)] : [];
  }
  const blocking = blockingCall(node, code, runtime);
  if (blocking) return [placed(blocking.callee, { api: blocking.api }, code)];
  const callee = node.type === 'TaggedTemplateExpression' ? node.tag : node.callee;
  const called = callee.type === 'Super' ? values.superclassOf(callee) : values.valueOf(callee);
  const found: PlacedCall[] = [];
  const target = called && (isOfNode(called) || isDeclaredHere(called)) ? called : orElse(called, namedMember(callee, values, code));
  // A function that is called where it is written runs as part of what is around it.
  if (target && !isOfNode(target) && !isFunction(unwrapped(callee))) found.push(placed(callee, { callee: target, constructs: node.type === 'NewExpression' || callee.type === 'Super' }, code, givenArguments(node, owner, code)));
  if (node.type !== 'CallExpression') return found;
  for (const argument of calledArguments(node, code, runtime)) {
    const value = values.valueOf(argument);
    if (value && !isOfNode(value)) found.push(placed(argument, { callee: value, constructs: false }, code));
  }
  if (called && !isOfNode(called)) {
    for (const [index, argument] of plainArguments(node).entries()) {
      const value = functionGiven(argument, values);
      if (value && argumentRole(node, index, code, runtime) === 'unknown') found.push({ node: argument, call: { line: lineOf(argument, code), target: { callee: value, constructs: false }, by: { callee: called, index, isInPlace: isFunction(unwrapped(argument)) } } });
    }
  }
  return found;
}

function placed(node: TSESTree.Node, target: Call['target'], code: Code, given?: Call['given']): PlacedCall {
  return { node, call: { line: lineOf(node, code), target, ...(given && { given }) } };
}

/** Names of functions among the arguments that a call calls before it returns: `paths.map(load)`. */
function calledArguments(node: TSESTree.CallExpression, code: Code, runtime: string): readonly TSESTree.Node[] {
  return node.arguments.filter((argument, index) => isName(argument) && argumentRole(node, index, code, runtime) === 'synchronous');
}

/** A function of this file that is given to another, written there or by its name. */
function functionGiven(argument: TSESTree.Node, values: Values): FunctionSummary | undefined {
  const node = unwrapped(argument);
  const value = isFunction(node) || node.type === 'Identifier' ? values.valueOf(node) : undefined;
  return value?.kind === 'function' && value.runs === 'at-once' ? value : undefined;
}

function isName(argument: TSESTree.Node): boolean {
  const { type } = unwrapped(argument);
  return type === 'Identifier' || type === 'MemberExpression';
}

interface Owner {
  readonly fn: UnfinishedFunction;
  /** Undefined for the fields of a class. */
  readonly node: FunctionNode | undefined;
}

/** The function whose call runs a node, by the boundary that the node is in. */
function ownersIn(code: Code, runtime: string, values: Values): (node: TSESTree.Node) => Owner | undefined {
  // Whether code is a worker's may differ from branch to branch of one function.
  const differs = /\bisMainThread\b/.test(code.text);
  const known = new Map<TSESTree.Node, Owner | undefined>();
  return (node) => {
    const boundary = boundaryOf(node).node;
    if (differs) return find(node);
    if (!known.has(boundary)) known.set(boundary, find(node));
    return known.get(boundary);
  };

  function find(node: TSESTree.Node): Owner | undefined {
    const { kind, owner } = executionContext(node, code, runtime);
    if (kind !== 'function') return undefined;
    if (owner.type === 'PropertyDefinition') return { fn: values.constructOf(owner.parent.parent), node: undefined };
    return isFunction(owner) ? { fn: values.functionOf(owner), node: owner } : undefined;
  }
}

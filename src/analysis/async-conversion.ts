import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { awaitSite } from './await-site.js';
import type { BlockingCall } from './blocking-call.js';
import { apiHazards, placeHazards } from './call-hazards.js';
import { sharesArgument } from './check-then-act.js';
import { certaintyOf, type Hazard } from './hazards.js';
import { interleavingHazards } from './interleaving.js';
import { isDeclared, propertyName, variableOf } from './reference.js';
import { registrationFor } from './registration.js';
import type { StepNode } from './summary/summarise-module.js';
import { boundaryOf, type FunctionNode, isFunction, isOptional, unwrapped, walk } from './syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** A call of a function that becomes async, and whether its promise is awaited there or handed on. */
interface AwaitedCall {
  readonly node: TSESTree.CallExpression;
  readonly form: 'await' | 'promise';
}

/** Everything that changes when a helper stops blocking: all of it, or nothing. */
export interface AsyncConversion {
  /** The functions that become async. */
  readonly functions: readonly FunctionNode[];
  /** Every call of them. */
  readonly awaited: readonly AwaitedCall[];
  /** The blocking calls in them. */
  readonly offloaded: readonly BlockingCall[];
  readonly hazards: readonly Hazard[];
}

/** What a call inside a function does, by what the rule looks for: a blocking call, a call of another function that blocks, or neither. */
export type CallInside = BlockingCall | { readonly fn: FunctionNode } | 'elsewhere' | undefined;

export interface ConversionGiven {
  readonly code: Code;
  readonly filename: string;
  readonly runtime: string;
  /** What a call, or a getter that is read, does that a function runs at once. */
  readonly inside: (call: StepNode, fn: FunctionNode) => CallInside;
}

/**
 * How a helper of this file, and the helpers between it and what blocks, become async. Undefined where one of them is
 * known outside the file, is used for anything but to be called, is called where no `await` may stand, or blocks in a
 * way that cannot run on a worker.
 */
export function asyncConversion(start: FunctionNode, { code, filename, runtime, inside }: ConversionGiven): AsyncConversion | undefined {
  const functions = new Set<FunctionNode>([start]);
  const awaited: AwaitedCall[] = [];
  const offloaded: BlockingCall[] = [];
  const hazards: Hazard[] = [];
  // A set goes on to what is added to it meanwhile.
  for (const fn of functions) if (!addCalls(fn) || !addReferences(fn)) return undefined;
  for (const fn of functions) if (writesOutside(fn, code)) hazards.push('read-await-write');
  return { functions: [...functions], awaited, offloaded, hazards };

  /** What the function calls: blocking calls go to a worker, helpers that block become async too. */
  function addCalls(fn: FunctionNode): boolean {
    let fits = true;
    walk(fn, code.visitorKeys, (node) => {
      if (!fits || (isFunction(node) && node !== fn && (node.async || node.generator))) return false;
      if (node.type === 'Identifier' && node.name === 'await') fits = false;
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression' && node.type !== 'TaggedTemplateExpression' && node.type !== 'MemberExpression') return true;
      const found = inside(node, fn);
      if (found === 'elsewhere') fits = false;
      else if (found && 'fn' in found) functions.add(found.fn);
      else if (found) fits = addOffloaded(found, fn);
      return fits;
    });
    return fits;
  }

  function addOffloaded(call: BlockingCall, fn: FunctionNode): boolean {
    const found = [...call.hazards, ...apiHazards(call, code), ...placeHazards(call, [], code, runtime)];
    // One fix does not also register packages: no-blocking-call's does, or somebody has.
    if (call.api.reference === 'registered' && registrationFor(call, code, filename, runtime)?.done !== true) return false;
    if (!standsIn(fn, call.node) || certaintyOf(found) === 'unsafe') return false;
    offloaded.push(call);
    hazards.push(...found);
    return true;
  }

  /** Who calls the function: async code awaits it, and a helper becomes async too. */
  function addReferences(fn: FunctionNode): boolean {
    return usesOf(fn, code)?.every(addUse) === true;
  }

  function addUse(use: TSESTree.Node): boolean {
    const call = use.parent;
    if (call?.type !== 'CallExpression' || call.callee !== use || isOptional(call) || call.typeArguments) return false;
    // Used as a promise: it gives one back already.
    if (call.parent.type === 'MemberExpression' && ['then', 'catch', 'finally'].includes(propertyName(call.parent, code) ?? '')) return false;
    const boundary = boundaryOf(call);
    const owner = boundary.kind === 'function' ? boundary.node : undefined;
    let form: AwaitedCall['form'] = call.parent.type === 'AwaitExpression' ? 'promise' : 'await';
    if (owner && !owner.async && isNamedHelper(owner)) {
      functions.add(owner);
      if (!standsIn(owner, call)) return false;
    } else {
      const site = awaitSite(call, code, filename, runtime);
      if (site.callback || site.hazards.length > 0) return false;
      ({ form } = site);
    }
    awaited.push({ node: call, form });
    hazards.push(...interleavingHazards(call, code), ...(sharesArgument(call, code) ? (['check-then-act'] as const) : []));
    return true;
  }
}

/** Is a node in the body of a function, and in no function or class inside it, where `await` may stand once the function is async? */
function standsIn(fn: FunctionNode, node: TSESTree.Node): boolean {
  const boundary = boundaryOf(node);
  if (boundary.kind !== 'function' || boundary.node !== fn || boundary.part !== 'body') return false;
  for (let ancestor = node.parent; ancestor && ancestor !== fn; ancestor = ancestor.parent) if (ancestor.type === 'Decorator') return false;
  return true;
}

/** A function that is declared by name, and so may be one whose every call is known. */
function isNamedHelper(fn: FunctionNode): boolean {
  return fn.type === 'FunctionDeclaration' || (fn.parent.type === 'VariableDeclarator' && fn.parent.init === fn) || isPrivateMethod(fn);
}

function isPrivateMethod({ parent }: FunctionNode): boolean {
  return parent.type === 'MethodDefinition' && parent.kind === 'method' && parent.key.type === 'PrivateIdentifier';
}

/** All uses of a function, where nobody outside the file can have it; each is to be a callee. */
function usesOf(fn: FunctionNode, code: Code): readonly TSESTree.Node[] | undefined {
  if (fn.async || fn.generator || !mayReturnPromise(fn, code)) return undefined;
  if (isPrivateMethod(fn)) return usesOfMethod(fn.parent as TSESTree.MethodDefinition, code);
  return privateVariable(fn, code)?.references.flatMap(({ identifier, init }) => (init === true ? [] : [identifier]));
}

/** `this.#load` throughout its class; whatever else says `#load`, as `#load in value` does, is a use as well. */
function usesOfMethod({ key, parent: body, decorators }: TSESTree.MethodDefinition, { visitorKeys }: Code): readonly TSESTree.Node[] | undefined {
  // Only TypeScript's parser and Babel's know decorators.
  if ((decorators as readonly unknown[] | undefined)?.length) return undefined;
  const { name } = key as TSESTree.PrivateIdentifier;
  const uses: TSESTree.Node[] = [];
  walk(body, visitorKeys, (node) => {
    // A class inside may have one of the same name.
    if (node.type === 'ClassBody' && node !== body && node.body.some((member) => 'key' in member && member.key.type === 'PrivateIdentifier' && member.key.name === name)) return false;
    if (node.type === 'PrivateIdentifier' && node !== key && node.name === name) uses.push(node.parent);
    return true;
  });
  return uses;
}

/** The variable of a function that nobody outside the file can have, and that is never anything else. */
function privateVariable(fn: FunctionNode, code: Code): TSESLint.Scope.Variable | undefined {
  const declared = fn.type === 'FunctionDeclaration' ? fn.id : fn.parent.type === 'VariableDeclarator' && fn.parent.init === fn ? fn.parent.id : null;
  // A type written for the variable is that of the function as it is, and an inner name is another way to reach it.
  if (declared?.type !== 'Identifier' || declared.typeAnnotation || (fn.type === 'FunctionExpression' && fn.id)) return undefined;
  const statement = fn.type === 'FunctionDeclaration' ? fn : fn.parent.parent!;
  if (statement.type === 'VariableDeclaration' && statement.kind !== 'const') return undefined;
  if (statement.parent?.type.startsWith('Export') === true) return undefined;
  const variable = variableOf(declared, code);
  // What a script declares at its top level is everybody's.
  if (!variable || variable.scope.type === 'global' || variable.defs.length !== 1) return undefined;
  return variable;
}

function mayReturnPromise({ returnType }: FunctionNode, code: Code): boolean {
  const type = returnType?.typeAnnotation;
  if (!type) return true;
  // A type guard cannot wait, and what gives a promise back already is none that its callers only call.
  if (type.type === 'TSTypePredicate' || (type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'Promise')) return false;
  const scope = code.getScope(type);
  for (let outer: TSESLint.Scope.Scope | null = scope; outer; outer = outer.upper) if ((outer.set.get('Promise')?.defs.length ?? 0) > 0) return false;
  return true;
}

/** Does the function write to what is not its own? Two calls of it that wait would see each other's writes. */
function writesOutside(fn: FunctionNode, code: Code): boolean {
  let found = false;
  walk(fn, code.visitorKeys, (node) => {
    const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' || (node.type === 'UnaryExpression' && node.operator === 'delete') ? node.argument : undefined;
    if (target && !isOwn(target)) found = true;
    return !found;
  });
  return found;

  function isOwn(target: TSESTree.Node): boolean {
    let root = unwrapped(target);
    const isMember = root.type === 'MemberExpression';
    while (root.type === 'MemberExpression') root = unwrapped(root.object);
    if (root.type !== 'Identifier' || !isDeclared(root, code)) return false;
    const [definition] = variableOf(root, code)!.defs;
    const { range } = definition!.name;
    return range[0] >= fn.range[0] && range[1] <= fn.range[1] && !(isMember && definition!.type === 'Parameter');
  }
}

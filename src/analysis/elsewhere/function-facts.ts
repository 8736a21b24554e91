import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { BlockingApi } from '../../catalogue/types.js';
import { sameInWorker } from '../../catalogue/worker-globals.js';
import { argumentHazards } from '../argument-values.js';
import { blockingCall } from '../blocking-call.js';
import { callbackRole } from '../callback-role.js';
import type { File } from '../file.js';
import { syntaxObstacles } from '../loops/task-syntax.js';
import { calledFunction } from '../loops/effects.js';
import type { Call } from '../summary/module-summary.js';
import { callsOf } from '../summary/summarise-module.js';
import type { Values } from '../summary/values.js';
import { propertyName, resolveReference, variableOf } from '../reference.js';
import { registeredIn } from '../registered.js';
import { type FunctionNode, isFunction, unwrapped, walk, wrapped } from '../syntax.js';
import { isLoad, isQuietCall, isQuietMember } from './quiet-modules.js';
import { isStable } from './stable-constant.js';
import { changesGiven, dataMethods } from './writes.js';

type Code = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/** What a function does that is not the same on a worker, or that somebody else would notice. What it calls is asked apart. */
export interface FunctionFacts {
  /** It uses what a worker has not or has another of: state of its module, packages, `this`, timers; or makes what cannot come back. */
  readonly isBound: boolean;
  /** Its text is all of it: it uses nothing of its module. */
  readonly isWhole: boolean;
  /** Its module gives it to `offloadable`. */
  readonly isRegistered: boolean;
  readonly prints: boolean;
  /** It writes to what it is given, or to what that holds. */
  readonly changesArguments: boolean;
  /** It calls what it is given, or a method of it that plain values do not have. */
  readonly callsArguments: boolean;
  /** The blocking APIs that it calls. */
  readonly apis: readonly BlockingApi[];
  /** The functions of the project that it calls. */
  readonly calls: readonly Call[];
}

export interface FactsGiven {
  readonly file: File;
  readonly values: Values;
}

/**
 * The facts of a function that is run synchronously. All values in it come from its arguments, from Node and from itself:
 * as long as it is not bound, what it gives back is data if its arguments are.
 */
export function factsOf(fn: FunctionNode, { file, values }: FactsGiven): FunctionFacts {
  const { code, runtime } = file;
  const apis: BlockingApi[] = [];
  const calls: Call[] = [];
  const facts = {
    isBound: fn.async || fn.generator || fn.returnType?.typeAnnotation.type === 'TSTypePredicate' || syntaxObstacles(fn, code).length > 0,
    isWhole: true,
    isRegistered: registeredIn(file).functions.has(fn),
    prints: false,
    changesArguments: changesGiven(fn, code),
    callsArguments: false,
    ...{ apis, calls },
  };
  for (const { identifier, resolved } of namesFromOutside(fn, code)) look(identifier as TSESTree.Identifier, resolved);
  walk(fn, code.visitorKeys, (node) => {
    if (isFunction(node) && node !== fn && !isOnlyCalled(node)) facts.isBound = true;
    if (node.type === 'CallExpression' || node.type === 'NewExpression') lookAtCall(node);
    if (node.type === 'TaggedTemplateExpression' || node.type === 'Decorator') facts.isBound = true;
    return !facts.isBound && !node.type.startsWith('TSType');
  });
  return facts;

  function look(identifier: TSESTree.Identifier, variable: Variable | null): void {
    const { name } = identifier;
    if (!variable || variable.defs.length === 0) {
      if (name === 'console') facts.prints = true;
      else if (name === '__dirname' || name === '__filename') facts.isWhole = false;
      else if (!isSameGlobal(identifier)) facts.isBound = true;
      return;
    }
    // A declared function has its own name inside.
    if (variable.defs.some(({ node }) => node === fn)) {
      if (!isCallee(identifier)) facts.isBound = true;
      return;
    }
    facts.isWhole = false;
    const [definition] = variable.defs;
    if (definition?.type === 'ImportBinding' || isModule(identifier)) facts.isBound ||= !isUsedAsModule(identifier);
    else if (calledFunction(identifier, code)) facts.isBound ||= !isCallee(identifier) && !isCallback(identifier);
    else facts.isBound ||= !isStable(variable, identifier, code);
  }

  /** What a `require` gives, or a part of it. */
  function isModule(identifier: TSESTree.Identifier): boolean {
    const reference = resolveReference(identifier, code);
    return reference !== undefined && !reference.instance && reference.module !== 'globalThis';
  }

  /** A global that is the same everywhere, and is used for no more than to be called or read. */
  function isSameGlobal(identifier: TSESTree.Identifier): boolean {
    const { name } = identifier;
    if (name === 'undefined' || name === 'NaN' || name === 'Infinity') return true;
    if (name === 'require') return isCallee(identifier);
    if (name === 'process') return isQuietMember(outermostMember(identifier), code);
    if (!sameInWorker.has(name) || /^(?:Atomics|Intl|Iterator|Reflect|SharedArrayBuffer|Symbol|WeakMap|WeakSet)$/.test(name)) return name === 'Atomics';
    const { parent } = wrapped(identifier);
    if (parent.type === 'MemberExpression') return parent.object === identifier && isReadOrCalled(parent);
    return isCallee(identifier) || isCallback(identifier) || parent.type === 'BinaryExpression';
  }

  /** `fs.readFileSync(path)`, `join(path, name)`: the calls are looked at by themselves, and constants are few. */
  function isUsedAsModule(identifier: TSESTree.Identifier): boolean {
    const place = outermostMember(identifier);
    return isCallee(place) || isCallback(place) || isQuietMember(place, code);
  }

  function isCallback(node: TSESTree.Node): boolean {
    const { parent } = wrapped(node as TSESTree.Expression);
    return parent.type === 'CallExpression' && (parent.arguments as TSESTree.Node[]).includes(node) && callsOf(parent, values, code, runtime).some(({ node: place }) => place === node) || isGlobalCallback(node);
  }

  /** `names.filter(Boolean)` */
  function isGlobalCallback(node: TSESTree.Node): boolean {
    const { parent } = node;
    return parent?.type === 'CallExpression' && parent.arguments[0] === node && node.type === 'Identifier' && /^(?:Boolean|Number|String)$/.test(node.name) && /^(?:every|filter|find|map|some)$/.test(methodName(parent) ?? '');
  }

  function lookAtCall(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
    const callee = unwrapped(node.callee);
    if (isFunction(callee)) return;
    // `require('fs')` takes no time to speak of.
    if (isLoad(node, code)) return;
    const blocking = blockingCall(node, code, runtime);
    if (blocking) {
      const { api } = blocking;
      const crosses = api.kind === 'function' && api.offload === true && api.mutates.length === 0 && api.cost !== 'wait' && blocking.hazards.length === 0 && argumentHazards(api, node, code).length === 0;
      if (crosses) apis.push(api);
      else facts.isBound = true;
      return;
    }
    const called = callsOf(node, values, code, runtime).filter(({ call }) => 'callee' in call.target);
    if (called.length > 0) {
      for (const { call, node: place } of called) {
        if ('callee' in call.target && call.target.constructs) facts.isBound = true;
        // A function of this one moves along with it, and is looked at as a part of it.
        if (!isWithin(calledFunction(place, code), fn)) calls.push(call);
      }
      if (called.some(({ node: place }) => place === callee)) return;
    }
    const reference = resolveReference(callee, code);
    if (reference && reference.module !== 'globalThis') facts.isBound ||= !isQuietCall(node, reference);
    else if (reference) facts.isBound ||= node.type === 'CallExpression' && bindingGlobals.test(reference.path.join('.'));
    else if (callee.type === 'Identifier') {
      if (!calledFunction(callee, code)) facts.callsArguments = true;
    } else if (node.type === 'NewExpression') facts.isBound = true;
    else {
      const name = methodName(node);
      if (name === undefined || !dataMethods.has(name)) facts.callsArguments = true;
      if (name !== undefined && iterators.has(name) && !isIterated(node)) facts.isBound = true;
    }
  }

  function methodName({ callee }: TSESTree.CallExpression): string | undefined {
    const node = unwrapped(callee);
    return node.type === 'MemberExpression' ? (propertyName(node, code) ?? undefined) : undefined;
  }

  /** Written where it is called, or known by a name that is only called: no value that could be kept or given back. */
  function isOnlyCalled(inner: FunctionNode): boolean {
    if (inner.async || inner.generator) return false;
    if (callbackRole(inner, code, runtime) === 'synchronous') return true;
    const declared = inner.type === 'FunctionDeclaration' ? inner.id : inner.parent.type === 'VariableDeclarator' && inner.parent.id.type === 'Identifier' ? inner.parent.id : null;
    const variable = declared && variableOf(declared, code);
    return variable?.defs.length === 1 && variable.references.every(({ identifier, init }) => init === true || isCallee(identifier) || isCallback(identifier));
  }
}

/** What makes objects that are not the same once they have crossed. */
const bindingGlobals = /^(?:Object\.(?:create|define\w+|freeze|preventExtensions|seal|setPrototypeOf|__define\w+)|Array\.fromAsync|BigInt64Array|Error\.captureStackTrace)$/;
/** What gives an iterator, which cannot cross. */
const iterators = new Set(['entries', 'keys', 'matchAll', 'values']);

function isIterated(call: TSESTree.Node): boolean {
  const { parent } = wrapped(call as TSESTree.Expression);
  if (parent.type === 'SpreadElement' || parent.type === 'ForOfStatement') return true;
  if (parent.type === 'NewExpression') return true;
  return parent.type === 'CallExpression' && parent.callee.type === 'MemberExpression' && parent.callee.property.type === 'Identifier' && /^from(?:Entries)?$/.test(parent.callee.property.name);
}

function namesFromOutside(fn: FunctionNode, code: Code): readonly TSESLint.Scope.Reference[] {
  return (code.scopeManager?.acquire(fn)?.through ?? []).filter((reference) => {
    if ((reference as { isValueReference?: boolean }).isValueReference === false) return false;
    const { parent } = reference.identifier as TSESTree.Identifier;
    return parent.type !== 'TSTypeQuery' && parent.type !== 'TSQualifiedName';
  });
}

/** `fs.constants` of `fs.constants.F_OK`, but not past a call. */
function outermostMember(identifier: TSESTree.Identifier): TSESTree.Node {
  let node = wrapped(identifier);
  while (node.parent.type === 'MemberExpression' && node.parent.object === node) node = wrapped(node.parent);
  return node;
}

function isCallee(node: TSESTree.Node): boolean {
  const { parent } = wrapped(node as TSESTree.Expression);
  return (parent.type === 'CallExpression' || parent.type === 'NewExpression') && unwrapped(parent.callee) === unwrapped(node);
}

/** `Math.max(…)` and `Number.MAX_SAFE_INTEGER`, but not `const max = Math.max`. */
function isReadOrCalled(member: TSESTree.MemberExpression): boolean {
  if (isCallee(member)) return true;
  return member.property.type === 'Identifier' && /^[A-Z][A-Z\d_]*$/.test(member.property.name);
}

function isWithin(inner: TSESTree.Node | undefined, outer: TSESTree.Node): boolean {
  return inner !== undefined && inner.range[0] > outer.range[0] && inner.range[1] <= outer.range[1];
}

import type { TSESTree } from '@typescript-eslint/utils';
import type { File } from './file.js';
import { isDeclared, propertyName, resolveReference, variableOf } from './reference.js';
import { type FunctionNode, type InnerNode, isFunction, walk, wrapped } from './syntax.js';

/** A loop that waits for each of its calls before it makes the next, though none needs another's result. */
export interface SequentialLoop {
  readonly loop: TSESTree.ForOfStatement;
  readonly awaited: TSESTree.AwaitExpression;
  /** `results` of `results.push(await offload(f, x))`; undefined where the results are dropped. */
  readonly results: TSESTree.Identifier | undefined;
}

/**
 * The loop around an awaited call, where its turns are independent for certain: it does nothing but collect the results,
 * and what is called only computes (or reads, as one of Node's own), so that nobody can tell in which order it is called.
 */
export function sequentialLoop(call: InnerNode, fn: FunctionNode | undefined, { code }: File): SequentialLoop | undefined {
  const place = wrapped(call);
  const awaited = place.parent;
  if (awaited.type !== 'AwaitExpression') return undefined;
  const { statement, results } = collecting(awaited, code);
  const loop = statement && loopOf(statement);
  if (!loop || loop.await || !declaresItem(loop) || (fn && !isPure(fn, code))) return undefined;
  if (results && (usesInCall(results, call, code) || usesInCall(results, loop.right, code))) return undefined;
  return isEvaluatedFreely(call, fn, code) ? { loop, awaited, results } : undefined;
}

/** `await f(x);` or `results.push(await f(x));` */
function collecting(awaited: TSESTree.AwaitExpression, code: File['code']): { statement?: TSESTree.ExpressionStatement; results: TSESTree.Identifier | undefined } {
  const { parent } = awaited;
  if (parent.type === 'ExpressionStatement') return { statement: parent, results: undefined };
  if (parent.type !== 'CallExpression' || parent.arguments.length !== 1 || parent.parent.type !== 'ExpressionStatement') return { results: undefined };
  const { callee } = parent;
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier' || propertyName(callee, code) !== 'push') return { results: undefined };
  return isOwnArray(callee.object, code) ? { statement: parent.parent, results: callee.object } : { results: undefined };
}

/** A constant that was made as an array. */
function isOwnArray(identifier: TSESTree.Identifier, code: File['code']): boolean {
  const definition = variableOf(identifier, code)?.defs[0];
  return definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.init?.type === 'ArrayExpression';
}

/** The loop whose body is this statement and nothing else. */
function loopOf(statement: TSESTree.ExpressionStatement): TSESTree.ForOfStatement | undefined {
  const { parent } = statement;
  if (parent.type === 'ForOfStatement') return parent;
  return parent.type === 'BlockStatement' && parent.body.length === 1 && parent.parent.type === 'ForOfStatement' ? parent.parent : undefined;
}

function declaresItem({ left }: TSESTree.ForOfStatement): boolean {
  return left.type === 'VariableDeclaration' && (left.kind === 'const' || left.kind === 'let');
}

/** Globals that compute and do nothing else. */
const pureGlobals = /^(?:Array|BigInt|Boolean|Date|Infinity|Intl|JSON|Map|Math|NaN|Number|Object|RegExp|Set|String|TypeError|RangeError|Error|Uint8Array|URL|URLSearchParams|undefined|isFinite|isNaN|parseFloat|parseInt|structuredClone|\w+URIComponent|TextEncoder|TextDecoder|Buffer|atob|btoa)$/;

/** Does the function reach nothing outside of its arguments: no import, no global but those that compute? */
function isPure(fn: FunctionNode, code: File['code']): boolean {
  let pure = true as boolean;
  walk(fn, code.visitorKeys, (node) => {
    if (node.type === 'ImportExpression' || node.type === 'MetaProperty' || node.type === 'ThisExpression') pure = false;
    return pure;
  });
  return pure && (code.scopeManager?.acquire(fn)?.through ?? []).every(({ identifier, resolved }) => (resolved?.defs.length ?? 0) === 0 && pureGlobals.test((identifier as TSESTree.Identifier).name));
}

function usesInCall(identifier: TSESTree.Identifier, node: TSESTree.Node, code: File['code']): boolean {
  const variable = variableOf(identifier, code);
  return variable?.references.some(({ identifier: use }) => (use as TSESTree.Node).range[0] >= node.range[0] && (use as TSESTree.Node).range[1] <= node.range[1]) === true;
}

/** The arguments read variables and properties, and call nothing: they may as well be evaluated for all turns at once. */
function isEvaluatedFreely(call: TSESTree.Node, fn: FunctionNode | undefined, code: File['code']): boolean {
  let free = true;
  walk(call, code.visitorKeys, (node) => {
    if (node === call) return true;
    if (isFunction(node)) return node === fn ? false : (free = false);
    if (/^(?:Assignment|Await|Import|New|TaggedTemplate|Update|Yield)Expression$/.test(node.type) || (node.type === 'CallExpression' && !isWith(node, code))) free = false;
    // A variable that anybody writes may be another by the next turn.
    if (node.type === 'Identifier' && isDeclared(node, code) && variableOf(node, code)!.references.some((reference) => reference.isWrite() && !reference.init)) free = false;
    return free;
  });
  return free;
}

/** `offload.with(…)`, in front of the call itself. */
function isWith(node: TSESTree.CallExpression, code: File['code']): boolean {
  const path = resolveReference(node.callee, code)?.path ?? [];
  return path[path.length - 1] === 'with' || path[path.length - 1] === 'getDefaultExecutor';
}

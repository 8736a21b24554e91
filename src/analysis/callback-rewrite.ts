import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { callbackRole } from './callback-role.js';
import { propertyName, resolveReference } from './reference.js';
import { boundaryOf, type FunctionNode, type InnerNode, isFunction, isOptional, walk, wrapped } from './syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What has to change around a callback before a call in it can be awaited. */
export type CallbackRewrite =
  /** `.then((x) => { … })`: the reaction becomes async, which the promise it is a reaction of waits for anyway; so does what a function is given that waits for it. */
  | { readonly kind: 'async-reaction'; readonly callback: FunctionNode }
  /** `xs.map((x) => …)`: a promise for each item, and `Promise.all` around them. */
  | { readonly kind: 'promise-all'; readonly callback: FunctionNode; readonly call: TSESTree.CallExpression }
  /** `xs.some((x) => …)`: the same with `map`, and then what the method does, with all answers there. */
  | { readonly kind: 'ask-all'; readonly callback: FunctionNode; readonly call: TSESTree.CallExpression; readonly method: AskingMethod }
  /** `xs.reduce((sum, x) => …, 0)`: each waits for the total before it, in these places. */
  | { readonly kind: 'total'; readonly callback: FunctionNode; readonly call: TSESTree.CallExpression; readonly reads: readonly TSESTree.Node[] }
  /** `xs.forEach((x) => …);`: a `for…of` loop in the function around it. */
  | { readonly kind: 'for-of'; readonly callback: FunctionNode; readonly call: TSESTree.CallExpression; readonly statement: TSESTree.ExpressionStatement };

/** What is left to do once every item has its answer. */
export type AskingMethod = 'every' | 'filter' | 'find' | 'findIndex' | 'flatMap' | 'some';
const askingMethods = new Set<string | null>(['every', 'filter', 'find', 'findIndex', 'flatMap', 'some'] satisfies AskingMethod[]);

/** Does the method give items, and not answers? Then each answer is a list of the item or of none. */
export function keepsItems(method: AskingMethod): boolean {
  return method === 'filter' || method === 'find';
}

/** The rewrite that would let a callback wait; undefined where there is none that keeps its shape. */
export function callbackRewrite(callback: FunctionNode, code: Code, runtime: string): CallbackRewrite | undefined {
  // A declared return type is that of the value, and a promise would not have it.
  if (callback.async || callback.generator || callback.returnType) return undefined;
  const place = wrapped(callback);
  if (place !== callback || place.parent.type !== 'CallExpression' || !place.parent.arguments.includes(callback as TSESTree.Expression)) return undefined;
  const call = place.parent;
  if (callbackRole(callback, code, runtime) === 'reaction') return { kind: 'async-reaction', callback };
  if (call.callee.type !== 'MemberExpression' || isOptional(call) || call.typeArguments) return undefined;
  const method = propertyName(call.callee, code);
  if (method === 'reduce') return isAwaited(call) ? undefined : asTotal(callback, call, code);
  if (call.arguments.length !== 1) return undefined;
  if (askingMethods.has(method)) return isAwaited(call) ? undefined : asAnswers(callback, call, method as AskingMethod, code);
  switch (method) {
    case 'map':
      return isAwaited(call) ? undefined : { kind: 'promise-all', callback, call };
    case 'forEach':
      return asLoop(callback, call, code);
    default:
      return undefined;
  }
}

function isAwaited(call: InnerNode): boolean {
  return wrapped(call).parent.type === 'AwaitExpression';
}

function asAnswers(callback: FunctionNode, call: TSESTree.CallExpression, method: AskingMethod, code: Code): CallbackRewrite | undefined {
  const { property, computed } = call.callee as TSESTree.MemberExpression;
  if (computed || property.type !== 'Identifier') return undefined;
  if (keepsItems(method) && !isPlainTest(callback, code)) return undefined;
  return { kind: 'ask-all', callback, call, method };
}

/** `(x) => test`, behind which `? [x] : []` may stand as it is. */
function isPlainTest({ type, params, body }: FunctionNode, code: Code): boolean {
  if (type !== 'ArrowFunctionExpression' || params[0]?.type !== 'Identifier' || body.type === 'BlockStatement') return false;
  const binds = ['ArrowFunctionExpression', 'AssignmentExpression', 'ConditionalExpression', 'SequenceExpression', 'YieldExpression'];
  return !binds.includes(body.type) && code.getTokenBefore(body)?.value !== '(';
}

/** `reduce` from a first total, which its callback reads by name and nowhere else. */
function asTotal(callback: FunctionNode, call: TSESTree.CallExpression, code: Code): CallbackRewrite | undefined {
  const [total] = callback.params;
  const [, first] = call.arguments;
  if (call.arguments.length !== 2 || first!.type === 'SpreadElement' || total?.type !== 'Identifier' || total.typeAnnotation) return undefined;
  const variable = code.getDeclaredVariables(callback).find(({ name }) => name === total.name);
  const reads = variable?.references.map((reference) => (reference.isRead() && !reference.isWrite() ? reference.identifier : undefined)) ?? [];
  const plain = reads.filter((node) => node !== undefined && !(node.parent.type === 'Property' && node.parent.shorthand) && isInBodyOf(callback, node));
  return plain.length === reads.length ? { kind: 'total', callback, call, reads: plain as TSESTree.Node[] } : undefined;
}

/** And not in a function of its own, which would not wait. */
function isInBodyOf(callback: FunctionNode, node: InnerNode): boolean {
  const boundary = boundaryOf(node);
  return boundary.kind === 'function' && boundary.node === callback && boundary.part === 'body';
}

/** `forEach` as a loop: one parameter that stays as it is, no `return`, `this`, `arguments` or `var` of its own, and no comment that would be lost. */
function asLoop(callback: FunctionNode, call: TSESTree.CallExpression, code: Code): CallbackRewrite | undefined {
  const statement = call.parent;
  const [parameter] = callback.params;
  const callee = call.callee as TSESTree.MemberExpression;
  if (statement.type !== 'ExpressionStatement' || callback.params.length !== 1 || callback.id) return undefined;
  if (parameter?.type !== 'Identifier' && parameter?.type !== 'ArrayPattern' && parameter?.type !== 'ObjectPattern') return undefined;
  if (parameter.typeAnnotation || parameter.optional) return undefined;
  const receiver = callee.object;
  if (receiver.type === 'SequenceExpression') return undefined;
  // A Map's forEach gives values, a loop over it pairs.
  if (resolveReference(receiver, code)?.path.join('.') === 'Map') return undefined;
  const variables = code.getDeclaredVariables(callback);
  if (variables.some(({ references }) => references.some((reference) => reference.isWrite() && !reference.init))) return undefined;
  const names = variables.map(({ name }) => name);
  if (namesIn(receiver, code).some((name) => names.includes(name)) || !bodyFitsLoop(callback, code)) return undefined;
  const kept = [receiver, parameter, callback.body];
  const lost = code.getCommentsInside(statement).some((comment) => !kept.some(({ range }) => comment.range[0] >= range[0] && comment.range[1] <= range[1]));
  return lost ? undefined : { kind: 'for-of', callback, call, statement };
}

function bodyFitsLoop(callback: FunctionNode, code: Code): boolean {
  if (callback.body.type !== 'BlockStatement' && (code.getTokenBefore(callback.body)?.value === '(' || startsLikeADeclaration(callback.body, code))) return false;
  let fits = true;
  walk(callback.body, code.visitorKeys, (node) => {
    // A label may be that of a loop around it already.
    if (node.type === 'FunctionDeclaration' || node.type === 'LabeledStatement') fits = false;
    // An arrow inside a function has that function's `this`.
    if (isFunction(node)) return node.type === 'ArrowFunctionExpression' && callback.type !== 'ArrowFunctionExpression';
    if (node.type === 'ReturnStatement' || (node.type === 'VariableDeclaration' && node.kind === 'var')) fits = false;
    if (callback.type !== 'ArrowFunctionExpression' && (node.type === 'ThisExpression' || (node.type === 'Identifier' && node.name === 'arguments'))) fits = false;
    return fits;
  });
  return fits;
}

/** An expression that would be another thing where a statement starts. */
function startsLikeADeclaration(expression: TSESTree.Node, code: Code): boolean {
  const first = code.getFirstToken(expression);
  return first !== null && ['async', 'class', 'function', 'let'].includes(first.value);
}

function namesIn(node: TSESTree.Node, code: Code): string[] {
  const names: string[] = [];
  walk(node, code.visitorKeys, (inner) => {
    if (inner.type === 'Identifier') names.push(inner.name);
  });
  return names;
}

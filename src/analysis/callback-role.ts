import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName, resolveReference, staticString, variableOf } from './reference.js';
import { type FunctionNode, unwrapped, wrapped } from './syntax.js';

/** When and where a function that is written in place runs. */
export type CallbackRole =
  /** at once, inside the call it is passed to: array methods, a Promise executor, an IIFE */
  | 'synchronous'
  /** as a promise reaction */
  | 'reaction'
  /** later, from the event loop: timers, emitters, servers, callbacks of Node's own functions */
  | 'event-loop'
  /** while the process ends, when nothing asynchronous can run any more */
  | 'process-end'
  /** on a worker */
  | 'worker'
  | 'unknown';

type Code = Readonly<TSESLint.SourceCode>;

/** Methods that call their first argument before they return. */
const firstArgumentMethods = new Set([
  'every', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flatMap', 'forEach', 'map', 'reduce', 'reduceRight', 'some', 'sort', 'toSorted',
]);
/** Methods that call their second argument before they return. */
const secondArgumentMethods = new Set(['replace', 'replaceAll']);
/** Global functions that call an argument before they return, and which argument. */
const synchronousGlobals = new Map([
  ['Array.from', 1], ['Object.groupBy', 1], ['Map.groupBy', 1], ['JSON.parse', 1], ['JSON.stringify', 1], ['Promise.try', 0], ['Reflect.apply', 0],
]);
const eventLoopGlobals = new Set(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame', 'requestIdleCallback']);
const listenerMethods = new Set(['on', 'once', 'addListener', 'addEventListener', 'prependListener', 'prependOnceListener']);
/** Methods by which the common web frameworks take a handler after a path. */
const routeMethods = new Set(['all', 'delete', 'get', 'head', 'options', 'patch', 'post', 'put', 'use']);
/** Events after which the process ends without another turn of the loop. */
const endEvents = new Set(['exit', 'uncaughtException', 'uncaughtExceptionMonitor']);
/** Exports of the runtime, and methods of its executors, that run what they are given on a worker. */
const isTaskTaker = (name: string): boolean => /^(?:offload|runInExecutor|\w+#(?:map|submit))$/.test(name);

/** The role of a function by the place it is written in. */
export function callbackRole(fn: FunctionNode, code: Code, runtime: string): CallbackRole {
  const place = wrapped(fn);
  const { parent } = place;
  if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
    if ((parent.callee as TSESTree.Node) === place) return parent.type === 'CallExpression' ? 'synchronous' : 'unknown';
    const index = (parent.arguments as TSESTree.Node[]).indexOf(place);
    return index < 0 ? 'unknown' : argumentRole(parent, index, code, runtime);
  }
  if (parent.type === 'MemberExpression' && parent.object === place && isCalled(parent) && ['apply', 'call'].includes(propertyName(parent, code) ?? '')) {
    return 'synchronous';
  }
  return namedRole(fn, code, runtime);
}

/** The role of whatever stands at an argument of a call. */
export function argumentRole(call: TSESTree.CallExpression | TSESTree.NewExpression, index: number, code: Code, runtime: string): CallbackRole {
  const callee = unwrapped(call.callee);
  const reference = resolveReference(callee, code);
  if (call.type === 'NewExpression') return reference?.module === 'globalThis' && reference.path.join('.') === 'Promise' && index === 0 ? 'synchronous' : 'unknown';
  if (reference?.module === runtime && !reference.instance) return isTaskTaker(reference.path[0] ?? '') ? 'worker' : 'unknown';
  if (reference?.module === 'globalThis') {
    const name = reference.path.join('.');
    if (synchronousGlobals.get(name) === index) return 'synchronous';
    if (eventLoopGlobals.has(name) && index === 0) return 'event-loop';
  }
  if (reference?.module === 'process' && reference.path.join('.') === 'nextTick') return 'event-loop';
  if (callee.type !== 'MemberExpression') return reference && isNodeCallback(reference.module, index, call) ? 'event-loop' : isBoundOffload(callee, code, runtime) ? 'worker' : 'unknown';

  const method = propertyName(callee, code);
  if (method === null) return 'unknown';
  if (listenerMethods.has(method)) {
    const event = index === 1 && call.arguments[0] ? staticString(call.arguments[0], code) : undefined;
    if (index !== 1) return 'unknown';
    return reference?.module === 'process' && event !== undefined && endEvents.has(event) ? 'process-end' : 'event-loop';
  }
  if (reference && reference.module !== 'globalThis' && !reference.instance) return isNodeCallback(reference.module, index, call) ? 'event-loop' : 'unknown';
  if (isExecutor(callee.object, code, runtime)) return 'worker';
  if (firstArgumentMethods.has(method) && index === 0) return 'synchronous';
  if (secondArgumentMethods.has(method) && index === 1) return 'synchronous';
  if ((method === 'then' && index <= 1) || ((method === 'catch' || method === 'finally') && index === 0)) return 'reaction';
  if (routeMethods.has(method) && index >= 1 && staticString(call.arguments[0]!, code) !== undefined) return 'event-loop';
  return 'unknown';
}

/** A function with a name is a process-end handler when that is all it is used for: `process.on('exit', cleanUp)`. */
function namedRole(fn: FunctionNode, code: Code, runtime: string): CallbackRole {
  const identifier = fn.type === 'FunctionDeclaration' ? fn.id : fn.parent.type === 'VariableDeclarator' && fn.parent.id.type === 'Identifier' ? fn.parent.id : null;
  const variable = identifier && variableOf(identifier, code);
  const uses = variable?.references.filter((reference) => reference.isRead()) ?? [];
  const roles = uses.map(({ identifier: use }): CallbackRole => {
    const call = use.parent;
    const index = call.type === 'CallExpression' ? call.arguments.indexOf(use as TSESTree.Identifier) : -1;
    return index < 0 ? 'unknown' : argumentRole(call as TSESTree.CallExpression, index, code, runtime);
  });
  const [role] = roles;
  return (role === 'process-end' || role === 'worker') && roles.every((one) => one === role) ? role : 'unknown';
}

/** `const later = offload.with({ … })`, then `later(() => …)`; or the two in one expression. */
function isBoundOffload(callee: TSESTree.Node, code: Code, runtime: string): boolean {
  const node = definingExpression(callee, code);
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const reference = resolveReference(node.callee, code);
  return reference?.module === runtime && reference.path.join('.') === 'offload.with';
}

/** An executor of the runtime: `new ThreadPoolExecutor()`, `getDefaultExecutor()`, or a constant that holds one. */
function isExecutor(object: TSESTree.Node, code: Code, runtime: string): boolean {
  const reference = resolveReference(object, code);
  if (reference?.module === runtime && reference.instance) return true;
  const node = definingExpression(object, code);
  return node.type === 'CallExpression' && resolveReference(node.callee, code)?.module === runtime;
}

/** What a constant was initialised with; any other expression as it is. */
function definingExpression(expression: TSESTree.Node, code: Code): TSESTree.Node {
  const node = unwrapped(expression);
  if (node.type !== 'Identifier') return node;
  const definition = variableOf(node, code)?.defs[0];
  return definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.init ? unwrapped(definition.node.init) : node;
}

/** `fs.readFile(path, callback)`, `http.createServer(handler)`: Node's own functions call their last argument from the loop. */
function isNodeCallback(module: string, index: number, call: TSESTree.CallExpression): boolean {
  return nodeCallbackModules.has(module) && index === call.arguments.length - 1;
}

const nodeCallbackModules = new Set(['child_process', 'crypto', 'dns', 'fs', 'http', 'http2', 'https', 'net', 'timers', 'tls', 'zlib']);

function isCalled(node: TSESTree.MemberExpression): boolean {
  const place = wrapped(node);
  return place.parent.type === 'CallExpression' && (place.parent.callee as TSESTree.Node) === place;
}

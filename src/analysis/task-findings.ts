import type { TSESTree } from '@typescript-eslint/utils';
import { apiName } from '../catalogue/lookup.js';
import { nativeAsyncName } from '../catalogue/native-async.js';
import type { BlockingApi } from '../catalogue/types.js';
import { argumentHazards } from './argument-values.js';
import { awaitSite } from './await-site.js';
import { type Capture, captures } from './captures.js';
import { uncrossableArguments } from './crossing.js';
import type { File } from './file.js';
import { certaintyOf } from './hazards.js';
import { isOwnMemory, lostWrites } from './lost-writes.js';
import { onlyWaitsFor } from './only-waits.js';
import { canBePassed } from './passable.js';
import { lostPromise } from './promise-use.js';
import { type SequentialLoop, sequentialLoop } from './sequential-loop.js';
import { type FunctionNode, isOptional, walk, wrapped } from './syntax.js';
import type { TaskCall } from './task-call.js';
import { type Task, taskFunction } from './task-function.js';

/** Something that is wrong with a call of the runtime, by the id of its message, and what would mend it. */
export interface Finding {
  readonly messageId: FindingId;
  readonly node: TSESTree.Node;
  readonly data?: Readonly<Record<string, string>>;
  readonly remedy?: Remedy;
}

export type FindingId =
  | 'arguments' | 'bound' | 'called' | 'cannotRun' | 'class' | 'fills' | 'floating' | 'generator' | 'importMeta' | 'lostWrite' | 'mock' | 'onlyWaits'
  | 'noFunction' | 'noModule' | 'private' | 'privateMethod' | 'sequential' | 'super' | 'this' | 'uncrossable' | 'unread' | 'value' | 'variable';

/** An edit that mends a call; `review` ones are suggestions. */
export type Remedy =
  | { readonly kind: 'pass-argument'; readonly certainty: 'safe'; readonly name: string; readonly fn: FunctionNode; readonly call: TaskCall }
  /** `offload(() => f(x))` or `offload(f(x))` → `offload(f, x)` */
  | { readonly kind: 'pass-function'; readonly certainty: 'safe' | 'review'; readonly task: TSESTree.Node; readonly inner: TSESTree.CallExpression }
  /** `offload(f, x)` → `f(x)` */
  | { readonly kind: 'call-here'; readonly certainty: 'safe'; readonly call: TaskCall }
  | { readonly kind: 'await'; readonly certainty: 'review'; readonly call: TaskCall }
  | { readonly kind: 'at-once'; readonly certainty: 'review'; readonly call: TaskCall; readonly loop: SequentialLoop };

/** What is wrong with a task that goes to a worker: with its function, its arguments, and the two together. */
export function taskFindings(call: TaskCall, file: File): readonly Finding[] {
  const task = taskFunction(call.task, file);
  if (call.runs !== 'on-worker') return task?.kind === 'called' ? functionFindings(task, call, file) : [];
  return [
    ...(task ? functionFindings(task, call, file) : []),
    ...uncrossableArguments(call, file).map(({ node, place, value }): Finding => ({ messageId: 'uncrossable', node, data: { place, what: value.what, instead: value.instead } })),
  ];
}

/** What becomes of the promise that a call gives. */
export function promiseFindings(call: TaskCall, file: File): readonly Finding[] {
  const { node } = call;
  if (call.form === 'map') return wrapped(node).parent.type === 'ExpressionStatement' ? [{ messageId: 'unread', node: node.callee }] : [];
  const lost = lostPromise(node, file.code);
  if (!lost) return [];
  const site = awaitSite(node, file.code, file.filename, file.runtime);
  const mends = site.form === 'await' && !site.callback && certaintyOf(site.hazards) !== 'unsafe' && (lost === 'taken-for-value' || wrapped(node).parent.type === 'ExpressionStatement');
  return [{ messageId: lost === 'nobody-waits' ? 'floating' : 'value', node: node.callee, ...(mends && { remedy: { kind: 'await', certainty: 'review', call } }) }];
}

/**
 * A loop that waits for each call in turn. Fixes of our own write such loops, as they keep the order that was there, with
 * Node's functions and with functions that have a name: `all` asks of those as well.
 */
export function loopFindings(call: TaskCall, which: 'inline' | 'all', file: File): readonly Finding[] {
  if (call.form === 'map') return [];
  const task = taskFunction(call.task, file);
  if (task?.kind !== 'source' || (which === 'inline' && !task.inline)) return task?.kind === 'api' && which === 'all' && task.api ? ofApi(task.api) : [];
  return found(sequentialLoop(call.node, task.fn, file));

  function ofApi({ writes, cost }: BlockingApi): readonly Finding[] {
    return writes || cost === 'wait' || cost === 'process' ? [] : found(sequentialLoop(call.node, undefined, file));
  }

  function found(loop: SequentialLoop | undefined): readonly Finding[] {
    return loop ? [{ messageId: 'sequential', node: call.node.callee, remedy: { kind: 'at-once', certainty: 'review', call, loop } }] : [];
  }
}

const refused = { bound: 'bound', class: 'class', generator: 'generator', mock: 'mock', 'private-method': 'privateMethod' } as const;

function functionFindings(task: Task, call: TaskCall, file: File): readonly Finding[] {
  switch (task.kind) {
    case 'refused':
      return [{ messageId: refused[task.why], node: call.task, data: { name: task.name === undefined ? 'The task' : `\`${task.name}\`` } }];
    case 'called':
      return calledFindings(task, call, file);
    case 'api':
      return apiFindings(task, call, file);
    case 'source':
      return sourceFindings(task, call, file);
  }
}

function calledFindings({ call: inner, api }: Task & { kind: 'called' }, call: TaskCall, file: File): readonly Finding[] {
  const mends = call.args.length === 0 && call.form !== 'map' && !isOptional(inner);
  const certainty = api && runsOnWorker(api, inner, file) ? 'safe' : 'review';
  const isMethod = api ? api.kind !== 'function' || api.offload !== true || api.mutates.length > 0 : false;
  return [{
    messageId: 'called', node: inner, data: { name: file.code.getText(inner.callee) },
    ...(mends && !isMethod && { remedy: { kind: 'pass-function', certainty, task: call.task, inner } }),
  }];
}

function apiFindings({ reference, api }: Task & { kind: 'api' }, call: TaskCall, file: File): readonly Finding[] {
  const native = reference.instance ? undefined : nativeAsyncName(reference.module, reference.path);
  // What cannot come back, as a FileHandle cannot, is refused by the runtime in its own words.
  if (native !== undefined) return [{ messageId: 'onlyWaits', node: call.task, data: { subject: native, name: native }, ...(isPlainCall(call) && { remedy: { kind: 'call-here', certainty: 'safe', call } }) }];
  if (!api || api.kind === 'constructor' || api.when) return [];
  const data = { name: apiName(api), native: api.native ? ` Its own asynchronous form is ${api.native.name}.` : '' };
  if (api.mutates.length > 0) return fillsOwnMemory(api, call, file) ? [{ messageId: 'fills', node: call.task, data }] : [];
  if (api.kind === 'method') return [{ messageId: 'cannotRun', node: call.task, data: { ...data, reason: 'a method needs its object, and the object cannot cross to a worker' } }];
  return api.offload === true ? [] : [{ messageId: 'cannotRun', node: call.task, data: { ...data, reason: api.offload } }];
}

/** Memory that is shared is filled for everybody: only what was made here as nobody else's is filled in vain. */
function fillsOwnMemory({ mutates }: BlockingApi, { args }: TaskCall, { code }: File): boolean {
  return mutates.some((place) => {
    const argument = args[Number(/^arguments\[(\d+)\] /.exec(place)?.[1] ?? -1)];
    return argument !== undefined && !args.some(({ type }) => type === 'SpreadElement') && isOwnMemory(argument, code);
  });
}

function sourceFindings({ fn, inline }: Task & { kind: 'source' }, call: TaskCall, file: File): readonly Finding[] {
  const native = onlyWaitsFor(fn, file);
  if (native !== undefined) return [{ messageId: 'onlyWaits', node: call.task, data: { subject: 'This function', name: native } }];
  const found = captures(fn, file);
  const direct = inline ? directCall(fn, call, file) : undefined;
  return [
    ...found.map((capture, index): Finding => {
      const remedy = direct ? (index === 0 ? direct : undefined) : inline && canBePassed(capture, fn, call, file) ? ({ kind: 'pass-argument', certainty: 'safe', name: capture.name, fn, call } as const) : undefined;
      return { ...ofCapture(capture), ...(remedy && { remedy }) };
    }),
    ...(found.length > 0 ? [] : lostWrites(fn, call, file).map(({ node, target }): Finding => ({ messageId: 'lostWrite', node, data: { target } }))),
  ];
}

const captureIds = { variable: 'variable', module: 'variable', arguments: 'arguments', this: 'this', super: 'super', 'private-name': 'private', 'import-meta': 'importMeta' } as const;

function ofCapture({ kind, name, node }: Capture): Finding {
  return { messageId: captureIds[kind], node, data: { name } };
}

/** `() => fs.readFileSync(path)`: the function that it calls could be passed itself. */
function directCall(fn: FunctionNode, call: TaskCall, file: File): Remedy | undefined {
  if (fn.params.length > 0 || call.args.length > 0 || call.form === 'map' || fn.returnType) return undefined;
  const inner = returned(fn);
  if (inner?.type !== 'CallExpression' || isOptional(inner) || !inner.arguments.every((argument) => isRead(argument, fn, file))) return undefined;
  const task = taskFunction(inner.callee, file);
  return task?.kind === 'api' && task.api && runsOnWorker(task.api, inner, file) ? { kind: 'pass-function', certainty: 'safe', task: call.task, inner } : undefined;
}

/** The argument of a call only reads: evaluated here and now it is the same, and takes no time. */
function isRead(argument: TSESTree.Node, fn: FunctionNode, { code }: File): boolean {
  let reads = true;
  walk(argument, code.visitorKeys, (node) => {
    if (/^(?:ArrowFunction|Assignment|Await|Call|Class|Function|Import|New|TaggedTemplate|Update|Yield)Expression$/.test(node.type)) reads = false;
    if (fn.type !== 'ArrowFunctionExpression' && (node.type === 'ThisExpression' || (node.type === 'Identifier' && node.name === 'arguments'))) reads = false;
    return reads;
  });
  return reads;
}

/** All that a function does: what its arrow gives, or its one `return`. */
function returned({ body }: FunctionNode): TSESTree.Node | null | undefined {
  if (body.type !== 'BlockStatement') return body;
  const [statement, ...others] = body.body;
  return statement?.type === 'ReturnStatement' && others.length === 0 ? statement.argument : undefined;
}

function runsOnWorker(api: BlockingApi, inner: TSESTree.CallExpression, { code }: File): boolean {
  if (api.kind !== 'function' || api.offload !== true || api.mutates.length > 0 || api.when) return false;
  return argumentHazards(api, inner, code).length === 0;
}

/** `offload(f, …)` with nothing bound to it. */
function isPlainCall({ form, hasOptions, node }: TaskCall): boolean {
  return form === 'offload' && !hasOptions && !node.typeArguments && !node.optional;
}

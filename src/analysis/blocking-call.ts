import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { classOfResult } from '../catalogue/lookup.js';
import type { BlockingApi } from '../catalogue/types.js';
import { argumentRole } from './callback-role.js';
import { functionValue, hasOption } from './argument-values.js';
import { type Declared, declarationsOf, knownApi } from './declared-apis.js';
import type { Hazard } from './hazards.js';
import { type ApiReference, resolveReference } from './reference.js';
import { isOptional, unwrapped } from './syntax.js';

/** A call (or construction) of a catalogued API, as it stands in the source. */
export interface BlockingCall {
  readonly api: BlockingApi;
  /** The whole call. */
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression;
  /** What to point at: the callee, or the argument that is passed to be called. */
  readonly callee: TSESTree.Node;
  /** What its shape forbids; empty for a plain call. */
  readonly hazards: readonly Hazard[];
}

type Code = Readonly<TSESLint.SourceCode>;
export type CallNode = BlockingCall['node'];

/** The catalogued API that a call reaches, and in what shape; undefined for every other call. */
export function blockingCall(node: CallNode, code: Code, runtime: string): BlockingCall | undefined {
  const settings = declarationsOf(code)?.settings;
  const last = known.get(node);
  if (last?.runtime === runtime && last.settings === settings) return last.call;
  const call = calledApi(node, code, runtime);
  known.set(node, { runtime, settings, call });
  return call;
}

/** Three rules ask about each call of a file, some of them several times. A tree may be linted again, with other settings. */
const known = new WeakMap<CallNode, { readonly runtime: string; readonly settings: Declared['settings'] | undefined; readonly call: BlockingCall | undefined }>();

function calledApi(node: CallNode, code: Code, runtime: string): BlockingCall | undefined {
  if (node.type === 'TaggedTemplateExpression') {
    const api = apiOfValue(node.tag, code);
    return api && { api, node, callee: node.tag, hazards: ['tagged-template'] };
  }
  const reference = resolve(node.callee, code);
  if (reference && !reference.instance) {
    const api = apiOf(reference, code);
    if (api) return blocksWhenCalledLike(api, node, code) ? { api, node, callee: node.callee, hazards: shapeHazards(node, api) } : undefined;
    const indirect = indirectCall(node, reference, code);
    if (indirect) return indirect;
  }
  return passedByReference(node, code, runtime);
}

/** The catalogued API that `offload` of the runtime is given: `offload(fs.readFileSync, path)`. */
export function offloadedApi(node: TSESTree.CallExpression, code: Code, runtime: string): BlockingApi | undefined {
  const [task] = node.arguments;
  if (!task || task.type === 'SpreadElement' || node.optional) return undefined;
  const called = resolve(node.callee, code);
  if (called?.module !== runtime || called.instance || called.path.join('.') !== 'offload') return undefined;
  const api = apiOfValue(task, code);
  return api?.kind === 'function' ? api : undefined;
}

/** The catalogued API that an expression is, which may be passed on and not called. */
export function apiOfValue(expression: TSESTree.Node, code: Code): BlockingApi | undefined {
  return apiOf(resolve(expression, code), code);
}

function resolve(node: TSESTree.Node, code: Code): ApiReference | undefined {
  return resolveReference(node, code, classOfResult);
}

function apiOf(reference: ApiReference | undefined, code: Code): BlockingApi | undefined {
  return reference && knownApi(reference.module, reference.path, code);
}

function shapeHazards(node: TSESTree.CallExpression | TSESTree.NewExpression, api: BlockingApi): Hazard[] {
  const found: Hazard[] = [];
  if (node.type === 'NewExpression') found.push('constructed');
  else if (isOptional(node)) found.push('optional-call');
  if (api.kind === 'method') found.push('instance-method');
  return found;
}

/** `fs.readFileSync.call(fs, p)`, `fs.readFileSync.bind(fs)(p)`, `Reflect.apply(fs.readFileSync, fs, [p])`. */
function indirectCall(node: CallNode, reference: ApiReference, code: Code): BlockingCall | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const last = reference.path[reference.path.length - 1];
  if (last === 'call' || last === 'apply' || last === 'bind()') {
    const api = apiOf({ ...reference, path: reference.path.slice(0, -1) }, code);
    if (api?.kind === 'function') return { api, node, callee: node.callee, hazards: ['indirect-call'] };
  }
  if (reference.module === 'globalThis' && reference.path.join('.') === 'Reflect.apply' && node.arguments[0]) {
    const api = apiOfValue(node.arguments[0], code);
    return api && { api, node, callee: node.arguments[0], hazards: ['indirect-call'] };
  }
  return undefined;
}

/** `names.map(fs.readFileSync)`: the method calls it at once. */
function passedByReference(node: CallNode, code: Code, runtime: string): BlockingCall | undefined {
  if (node.type !== 'CallExpression' || node.arguments.length === 0 || node.arguments.length > 2) return undefined;
  for (const [index, argument] of node.arguments.entries()) {
    const value = unwrapped(argument);
    if (value.type !== 'Identifier' && value.type !== 'MemberExpression') continue;
    const api = apiOfValue(value, code);
    if (api?.kind !== 'function' || api.when || argumentRole(node, index, code, runtime) !== 'synchronous') continue;
    return { api, node, callee: argument, hazards: ['by-reference'] };
  }
  return undefined;
}

/** Some APIs block only when they are called in one way; where that cannot be told, they are left alone. */
function blocksWhenCalledLike(api: BlockingApi, node: TSESTree.CallExpression | TSESTree.NewExpression, code: Code): boolean {
  if (api.kind === 'constructor' && node.type !== 'NewExpression') return false;
  if (api.kind !== 'constructor' && node.type === 'NewExpression') return false;
  const { arguments: given } = node;
  if (given.some((argument) => argument.type === 'SpreadElement')) return api.when === undefined;
  switch (api.when) {
    case 'no-callback':
      return given.slice(api.callbackFrom ?? 0).every((argument) => functionValue(argument) === 'no' && !hasOption(argument, 'async', code));
    case 'async-is-false':
      return isLiteral(given[2], false);
    case 'sync-is-true':
      return given.some((argument) => hasOption(argument, 'sync', code));
    case 'wait-is-true':
      return isLiteral(given[2], true);
    case 'first-argument-is-number':
      return given[0] !== undefined && functionValue(given[0]) === 'no' && typeof (unwrapped(given[0]) as TSESTree.Literal).value === 'number';
    default:
      return true;
  }
}

function isLiteral(argument: TSESTree.Node | undefined, value: boolean): boolean {
  const node = argument && unwrapped(argument);
  return node?.type === 'Literal' && node.value === value;
}

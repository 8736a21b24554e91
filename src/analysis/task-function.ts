import type { TSESTree } from '@typescript-eslint/utils';
import { classOfResult, findBlockingApi } from '../catalogue/lookup.js';
import type { BlockingApi } from '../catalogue/types.js';
import { functionValue } from './argument-values.js';
import type { File } from './file.js';
import { mayBeRegistered } from './registered.js';
import { type ApiReference, propertyName, resolveReference, variableOf } from './reference.js';
import { type FunctionNode, isFunction, unwrapped, walk } from './syntax.js';
import { definingExpression, taskCall } from './task-call.js';

/** What is given to the runtime as the function to run. */
export type Task =
  /** one whose source is in this file, and travels */
  | { readonly kind: 'source'; readonly fn: FunctionNode; readonly inline: boolean }
  /** what no worker can be told the name of */
  | { readonly kind: 'refused'; readonly why: RefusedTask; readonly name: string | undefined }
  /** an export of another module, Node's own among them, and its row where it is catalogued */
  | { readonly kind: 'api'; readonly reference: ApiReference; readonly api: BlockingApi | undefined }
  /** the result of a call, and no function */
  | { readonly kind: 'called'; readonly call: TSESTree.CallExpression; readonly api: BlockingApi | undefined };

type RefusedTask = 'generator' | 'class' | 'bound' | 'private-method' | 'mock';

/** What the task of a call is; undefined where that cannot be told, or another module may have registered it. */
export function taskFunction(expression: TSESTree.Node, file: File): Task | undefined {
  const { code } = file;
  const given = unwrapped(expression);
  const node = declared(given, file) ?? definingExpression(given, code);
  const inline = node === given;
  if (isFunction(node) || isClass(node)) {
    const name = node.id?.name ?? (given.type === 'Identifier' ? given.name : undefined);
    // These are refused whoever registers them.
    if (isClass(node)) return { kind: 'refused', why: 'class', name };
    if (node.generator) return { kind: 'refused', why: 'generator', name };
    const isTask = (use: TSESTree.Node): boolean => use.parent?.type === 'CallExpression' && taskCall(use.parent, file)?.task === use;
    return inline || !mayBeRegistered(node, isTask, file) ? { kind: 'source', fn: node, inline } : undefined;
  }
  if (node.type === 'MemberExpression' && node.property.type === 'PrivateIdentifier') {
    return isPrivateMethod(node) ? { kind: 'refused', why: 'private-method', name: `#${node.property.name}` } : undefined;
  }
  if (node.type === 'CallExpression') return inline ? called(node, file) : undefined;
  const reference = resolveReference(node, code, classOfResult);
  return reference && { kind: 'api', reference, api: findBlockingApi(reference.module, reference.path) };
}

/** A function or class by the name it was declared with, if that is never written again. */
function declared(node: TSESTree.Node, { code }: File): TSESTree.Node | undefined {
  const variable = node.type === 'Identifier' ? variableOf(node, code) : null;
  const [definition, ...others] = variable?.defs ?? [];
  if (others.length > 0 || (definition?.type !== 'FunctionName' && definition?.type !== 'ClassName')) return undefined;
  if (variable!.references.some((reference) => reference.isWrite())) return undefined;
  return isFunction(definition.node) || isClass(definition.node) ? definition.node : undefined;
}

function called(call: TSESTree.CallExpression, file: File): Task | undefined {
  const { code } = file;
  const callee = unwrapped(call.callee);
  if (callee.type === 'MemberExpression' && propertyName(callee, code) === 'bind' && isKnownFunction(callee.object, file)) {
    return { kind: 'refused', why: 'bound', name: `bound ${lastName(callee.object, file)}` };
  }
  const reference = resolveReference(callee, code);
  if (reference && isMock(reference)) return { kind: 'refused', why: 'mock', name: undefined };
  const api = reference && findBlockingApi(reference.module, reference.path);
  if (api) return givesNoFunction(api) ? { kind: 'called', call, api } : undefined;
  const fn = declared(callee, file) ?? definingExpression(callee, code);
  return isFunction(fn) && returnsNoFunction(fn, code) ? { kind: 'called', call, api: undefined } : undefined;
}

/** A function's own `bind`: of one that is declared here, of a method of this class, or of one of Node's. */
function isKnownFunction(object: TSESTree.Node, file: File): boolean {
  const node = unwrapped(object);
  if (isFunction(node) || isFunction(declared(node, file) ?? definingExpression(node, file.code))) return true;
  const reference = resolveReference(node, file.code);
  if (reference && findBlockingApi(reference.module, reference.path)?.kind === 'function') return true;
  return node.type === 'MemberExpression' && node.object.type === 'ThisExpression' && methodOf(node) !== undefined;
}

function lastName(object: TSESTree.Node, { code }: File): string {
  const node = unwrapped(object);
  if (node.type === 'Identifier') {
    const fn = definingExpression(node, code);
    return (isFunction(fn) ? fn.id?.name : resolveReference(node, code)?.path.at(-1)) ?? node.name;
  }
  if (node.type === 'MemberExpression') return node.property.type === 'PrivateIdentifier' ? `#${node.property.name}` : (propertyName(node, code) ?? '');
  return isFunction(node) ? (node.id?.name ?? '') : '';
}

/** `this.#hash`, where the class around it has a method of that name: nothing can put another in its place. */
function isPrivateMethod(node: TSESTree.MemberExpression): boolean {
  return methodOf(node)?.kind === 'method';
}

/** The method of the class around it that `this.name` or `x.#name` reads. */
function methodOf({ property, computed, parent }: TSESTree.MemberExpression): TSESTree.MethodDefinition | undefined {
  if (computed) return undefined;
  for (let node: TSESTree.Node | undefined = parent; node; node = node.parent) {
    if (node.type === 'ObjectExpression' && property.type !== 'PrivateIdentifier') return undefined;
    if (node.type !== 'ClassBody') continue;
    const method = node.body.find((one) => one.type === 'MethodDefinition' && !one.computed && one.key.type === property.type && (one.key as { name?: unknown }).name === (property as TSESTree.Identifier).name);
    if (method || property.type !== 'PrivateIdentifier') return method as TSESTree.MethodDefinition | undefined;
  }
  return undefined;
}

const mocks: Readonly<Record<string, RegExp>> = {
  vitest: /^vi\.(?:fn|spyOn)$/,
  '@jest/globals': /^jest\.(?:fn|spyOn)$/,
  globalThis: /^(?:vi|jest)\.(?:fn|spyOn)$/,
  'node:test': /^mock\.(?:fn|method)$/,
  sinon: /^(?:fake|spy|stub)$/,
};

function isMock({ module, path, instance }: ApiReference): boolean {
  return !instance && mocks[module]?.test(path.join('.')) === true;
}

/** By its row, a call gives data; `unknown` may be anything. */
function givesNoFunction({ result, kind }: BlockingApi): boolean {
  return kind === 'function' && !/\b(?:unknown|function|never)\b/.test(result);
}

/** Every way out of the function gives a value that is no function; an async one gives a promise. */
function returnsNoFunction(fn: FunctionNode, code: File['code']): boolean {
  if (fn.async || fn.generator) return true;
  if (fn.body.type !== 'BlockStatement') return functionValue(fn.body) === 'no';
  let answer = true;
  walk(fn.body, code.visitorKeys, (node) => {
    if (node.type === 'ReturnStatement' && node.argument && functionValue(node.argument) !== 'no') answer = false;
    return answer && !isFunction(node) && !isClass(node);
  });
  return answer;
}

function isClass(node: TSESTree.Node): node is TSESTree.ClassDeclaration | TSESTree.ClassExpression {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

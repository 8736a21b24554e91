import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { nativeAsyncName } from '../catalogue/native-async.js';
import { isGlobal, propertyName, resolveReference, variableOf } from './reference.js';
import { isFunction, isOptional, unwrapped } from './syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** `Promise.all(…)` and its like, and functions of the runtime that give a promise. */
const promiseMakers = /^Promise\.(?:all|allSettled|any|race|reject|resolve|try)$/;
const taskFunctions = /^(?:offload|runInExecutor)$/;

/** Is an expression known to be a promise, by what makes it or by its declared type? Whatever else has a method `then` is not. */
export function isPromise(expression: TSESTree.Node, code: Code, runtime: string): boolean {
  const node = unwrapped(expression);
  switch (node.type) {
    case 'ImportExpression':
      return true;
    case 'NewExpression':
      return isGlobal(node.callee, 'Promise', code);
    case 'CallExpression':
      return !isOptional(node) && isPromiseOfCall(node, code, runtime);
    case 'Identifier':
      return isPromiseVariable(node, code, runtime);
    default:
      return false;
  }
}

function isPromiseOfCall({ callee }: TSESTree.CallExpression, code: Code, runtime: string): boolean {
  const called = unwrapped(callee);
  const reference = resolveReference(called, code);
  if (reference && !reference.instance) {
    const name = reference.path.join('.');
    if (reference.module === 'globalThis' ? promiseMakers.test(name) : reference.module === runtime && taskFunctions.test(name)) return true;
    if (nativeAsyncName(reference.module, reference.path) !== undefined) return true;
  }
  if (called.type === 'MemberExpression') return ['catch', 'finally', 'then'].includes(propertyName(called, code) ?? '') && isPromise(called.object, code, runtime);
  return called.type === 'Identifier' ? isAsyncFunction(called, code) : isFunction(called) && isAsync(called);
}

/** An async function of this file. */
function isAsyncFunction(name: TSESTree.Identifier, code: Code): boolean {
  const value = constantValue(name, code);
  return value !== undefined && isFunction(value) && isAsync(value);
}

function isAsync({ async, generator }: { readonly async: boolean; readonly generator: boolean }): boolean {
  return async && !generator;
}

function isPromiseVariable(name: TSESTree.Identifier, code: Code, runtime: string): boolean {
  const value = constantValue(name, code);
  // What stands above, so that no constant is followed in circles.
  if (value) return value.range[1] <= name.range[0] && isPromise(value, code, runtime);
  const variable = variableOf(name, code);
  const [definition] = variable?.defs ?? [];
  const annotation = (definition?.name as TSESTree.Identifier | undefined)?.typeAnnotation?.typeAnnotation;
  return annotation?.type === 'TSTypeReference' && annotation.typeName.type === 'Identifier' && annotation.typeName.name === 'Promise' && isGlobal(annotation.typeName, 'Promise', code);
}

/** The function that a name declares, or what a constant is. */
function constantValue(name: TSESTree.Identifier, code: Code): TSESTree.Node | undefined {
  const variable = variableOf(name, code);
  const [definition, ...others] = variable?.defs ?? [];
  if (!definition || others.length > 0 || variable!.references.some((reference) => reference.isWrite() && reference.init !== true)) return undefined;
  if (definition.type === 'FunctionName') return definition.node;
  return definition.type === 'Variable' && definition.node.id.type === 'Identifier' && definition.node.init ? unwrapped(definition.node.init) : undefined;
}

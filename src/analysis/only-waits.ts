import { isBuiltin } from 'node:module';
import type { TSESTree } from '@typescript-eslint/utils';
import { nativeAsyncName } from '../catalogue/native-async.js';
import type { File } from './file.js';
import { resolveReference, staticString } from './reference.js';
import { type FunctionNode, type InnerNode, wrapped, walk } from './syntax.js';

/** What computes, or may: in a function that only waits there is none of it. */
const works = /^(?:ArrowFunction|Class|DoWhile|For|Function|New|TaggedTemplate|While|Yield)/;

/**
 * The function of Node's own that an async function waits for, where it does nothing else: every call in it is one that
 * does its work off the event loop. It gains nothing on a worker.
 */
export function onlyWaitsFor(fn: FunctionNode, { code }: File): string | undefined {
  if (!fn.async || fn.generator) return undefined;
  let name: string | undefined;
  let isIdle = true as boolean;
  for (const part of [...fn.params, fn.body]) walk(part, code.visitorKeys, enter);
  return isIdle ? name : undefined;

  function enter(node: TSESTree.Node): boolean {
    if (works.test(node.type) || (node.type === 'BinaryExpression' && node.operator.startsWith('*'))) isIdle = false;
    if (node.type === 'ImportExpression' && !isBuiltin(staticString(node.source, code) ?? '')) isIdle = false;
    if (node.type === 'CallExpression' && !isLoading(node)) {
      const reference = resolveReference(node.callee, code);
      const called = reference && !reference.instance ? nativeAsyncName(reference.module, reference.path) : undefined;
      if (called === undefined || !isWaitedFor(node, fn)) isIdle = false;
      name ??= called;
    }
    return isIdle;
  }

  /** `process.getBuiltinModule('node:fs')`, `require('node:fs')` */
  function isLoading(node: TSESTree.CallExpression): boolean {
    const reference = resolveReference(node, code);
    return reference?.path.length === 0 && isBuiltin(reference.module);
  }
}

function isWaitedFor(call: InnerNode, fn: FunctionNode): boolean {
  const { parent } = wrapped(call);
  return parent.type === 'AwaitExpression' || parent.type === 'ReturnStatement' || parent === fn;
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { AsyncConversion } from '../analysis/async-conversion.js';
import type { FunctionNode } from '../analysis/syntax.js';
import { awaitAround } from './await-around.js';
import { offloadCall } from './offload-call.js';

type Code = Readonly<TSESLint.SourceCode>;
type Edits = Generator<TSESLint.RuleFix>;

/** Makes helpers async: the word, their return types, their blocking calls, and an `await` at every call of them. */
export function* convertToAsync(fixer: TSESLint.RuleFixer, { functions, awaited, offloaded }: AsyncConversion, offload: string, code: Code): Edits {
  for (const fn of functions) yield* asyncFunction(fixer, fn);
  for (const { node } of offloaded) yield* offloadCall(fixer, node as TSESTree.CallExpression, { name: offload, form: node.parent.type === 'AwaitExpression' ? 'promise' : 'await' }, code);
  for (const { node, form } of awaited) yield* awaitAround(fixer, node, { form }, code);
}

function* asyncFunction(fixer: TSESLint.RuleFixer, fn: FunctionNode): Edits {
  yield fixer.insertTextBefore(fn.parent.type === 'MethodDefinition' ? fn.parent.key : fn, 'async ');
  const type = fn.returnType?.typeAnnotation;
  if (!type) return;
  yield fixer.insertTextBefore(type, 'Promise<');
  yield fixer.insertTextAfter(type, '>');
}

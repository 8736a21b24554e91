import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type AskingMethod, type CallbackRewrite, keepsItems } from '../analysis/callback-rewrite.js';
import { awaitAround, before } from './await-around.js';

type Code = Readonly<TSESLint.SourceCode>;
type Edits = Generator<TSESLint.RuleFix>;

/** Writes what a callback needs before a call in it can be awaited; `waits` is false where the callback gives its promise back as it is. */
export function* rewriteCallback(fixer: TSESLint.RuleFixer, rewrite: CallbackRewrite, { waits, outer }: { readonly waits: boolean; readonly outer: 'await' | 'promise' }, code: Code): Edits {
  if (rewrite.kind === 'for-of') {
    yield* loop(fixer, rewrite, code);
    return;
  }
  if (waits) yield fixer.insertTextBefore(rewrite.callback, 'async ');
  if (rewrite.kind === 'ask-all') yield* answers(fixer, rewrite, code);
  if (rewrite.kind === 'total') yield* total(fixer, rewrite, code);
  if (rewrite.kind === 'promise-all' && !isInPromiseCombinator(rewrite.call)) yield* awaitAround(fixer, rewrite.call, { form: outer, open: 'Promise.all(', close: ')' }, code);
}

const afterwards: Readonly<Record<AskingMethod, string>> = { every: '.every(Boolean)', filter: '.flat()', find: '.flat()[0]', findIndex: '.findIndex(Boolean)', flatMap: '.flat()', some: '.some(Boolean)' };

function* answers(fixer: TSESLint.RuleFixer, { callback, call, method }: CallbackRewrite & { readonly kind: 'ask-all' }, code: Code): Edits {
  yield fixer.insertTextBefore(call, before(call, '(await Promise.all(', code));
  yield fixer.replaceText((call.callee as TSESTree.MemberExpression).property, 'map');
  const [item] = callback.params;
  if (keepsItems(method)) yield fixer.insertTextAfter(callback.body, ` ? [${(item as TSESTree.Identifier).name}] : []`);
  yield fixer.insertTextAfter(call, `))${afterwards[method]}`);
}

function* total(fixer: TSESLint.RuleFixer, { call, reads }: CallbackRewrite & { readonly kind: 'total' }, code: Code): Edits {
  yield* awaitAround(fixer, call, { form: 'await' }, code);
  for (const read of reads) {
    yield fixer.insertTextBefore(read, '(await ');
    yield fixer.insertTextAfter(read, ')');
  }
  yield fixer.insertTextBefore(call.arguments[1]!, 'Promise.resolve(');
  yield fixer.insertTextAfter(call.arguments[1]!, ')');
}

function* loop(fixer: TSESLint.RuleFixer, { callback, call, statement }: CallbackRewrite & { readonly kind: 'for-of' }, code: Code): Edits {
  const receiver = code.getText((call.callee as TSESTree.MemberExpression).object);
  yield fixer.replaceTextRange([statement.range[0], callback.body.range[0]], `for (const ${code.getText(callback.params[0])} of ${receiver}) `);
  const last = code.getLastToken(statement)!;
  const end = callback.body.type === 'BlockStatement' && last.loc.start.line === call.loc.end.line ? statement.range[1] : call.range[1];
  yield fixer.removeRange([callback.body.range[1], end]);
}

/** `Promise.all(xs.map(…))` already waits for what the callback gives back. */
function isInPromiseCombinator(call: TSESTree.CallExpression): boolean {
  const { parent } = call;
  if (parent.type !== 'CallExpression' || parent.arguments[0] !== call || parent.callee.type !== 'MemberExpression') return false;
  const { object, property } = parent.callee;
  return object.type === 'Identifier' && object.name === 'Promise' && property.type === 'Identifier' && ['all', 'allSettled', 'any', 'race'].includes(property.name);
}

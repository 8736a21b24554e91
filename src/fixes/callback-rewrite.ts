import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { AskingMethod, CallbackRewrite } from '../analysis/callback-rewrite.js';
import { awaitNeedsParentheses, needsSemicolonBefore } from './parentheses.js';

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
  if (rewrite.kind === 'promise-all' && !isInPromiseCombinator(rewrite.call)) yield* promiseAll(fixer, rewrite.call, outer, code);
}

function* promiseAll(fixer: TSESLint.RuleFixer, call: TSESTree.CallExpression, outer: 'await' | 'promise', code: Code): Edits {
  const parentheses = outer === 'await' && awaitNeedsParentheses(call, code);
  const open = `${parentheses ? '(' : ''}${outer === 'await' ? 'await ' : ''}Promise.all(`;
  yield fixer.insertTextBefore(call, parentheses && needsSemicolonBefore(call, code) ? `;${open}` : open);
  yield fixer.insertTextAfter(call, parentheses ? '))' : ')');
}

const afterwards: Readonly<Record<AskingMethod, string>> = { every: '.every(Boolean)', filter: '.flat()', find: '.flat()[0]', findIndex: '.findIndex(Boolean)', flatMap: '.flat()', some: '.some(Boolean)' };

function* answers(fixer: TSESLint.RuleFixer, { callback, call, method }: CallbackRewrite & { readonly kind: 'ask-all' }, code: Code): Edits {
  yield fixer.insertTextBefore(call, `${needsSemicolonBefore(call, code) ? ';' : ''}(await Promise.all(`);
  yield fixer.replaceText((call.callee as TSESTree.MemberExpression).property, 'map');
  const [item] = callback.params;
  if (method === 'filter' || method === 'find') yield fixer.insertTextAfter(callback.body, ` ? [${(item as TSESTree.Identifier).name}] : []`);
  yield fixer.insertTextAfter(call, `))${afterwards[method]}`);
}

function* total(fixer: TSESLint.RuleFixer, { call, reads }: CallbackRewrite & { readonly kind: 'total' }, code: Code): Edits {
  const parentheses = awaitNeedsParentheses(call, code);
  const open = `${parentheses ? '(' : ''}await `;
  yield fixer.insertTextBefore(call, parentheses && needsSemicolonBefore(call, code) ? `;${open}` : open);
  for (const read of reads) {
    yield fixer.insertTextBefore(read, '(await ');
    yield fixer.insertTextAfter(read, ')');
  }
  yield fixer.insertTextBefore(call.arguments[1]!, 'Promise.resolve(');
  yield fixer.insertTextAfter(call.arguments[1]!, ')');
  if (parentheses) yield fixer.insertTextAfter(call, ')');
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

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { awaitNeedsParentheses, needsSemicolonBefore } from './parentheses.js';

type Code = Readonly<TSESLint.SourceCode>;

/** Puts `await`, or nothing where the promise is wanted, and what else is to stand around an expression in its place. */
export function* awaitAround(
  fixer: TSESLint.RuleFixer,
  node: TSESTree.Node,
  { form, open = '', close = '' }: { readonly form: 'await' | 'promise'; readonly open?: string; readonly close?: string },
  code: Code,
): Generator<TSESLint.RuleFix> {
  const parentheses = form === 'await' && awaitNeedsParentheses(node, code);
  const start = `${parentheses ? '(' : ''}${form === 'await' ? 'await ' : ''}${open}`;
  const end = `${close}${parentheses ? ')' : ''}`;
  if (start !== '') yield fixer.insertTextBefore(node, before(node, start, code));
  if (end !== '') yield fixer.insertTextAfter(node, end);
}

/** Text that an edit puts before an expression, kept apart from what stands there. */
export function before(node: TSESTree.Node, text: string, code: Code): string {
  if (text.startsWith('(')) return needsSemicolonBefore(node, code) ? `;${text}` : text;
  // `return(0, f)(x)`, `return[p].map(f)`: a keyword that only punctuation kept apart from what follows.
  return /[\w$]/.test(code.text.charAt(node.range[0] - 1)) ? ` ${text}` : text;
}

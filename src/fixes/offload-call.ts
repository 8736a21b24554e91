import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { awaitNeedsParentheses, needsSemicolonBefore } from './parentheses.js';

/**
 * `f(a, b)` becomes `await offload(f, a, b)` by inserting tokens only: callee, type arguments, arguments, comments and
 * line breaks stay as they were.
 */
export function* offloadCall(
  fixer: TSESLint.RuleFixer,
  call: TSESTree.CallExpression,
  { name, form }: { readonly name: string; readonly form: 'await' | 'promise' },
  code: Readonly<TSESLint.SourceCode>,
): Generator<TSESLint.RuleFix> {
  const parentheses = form === 'await' && awaitNeedsParentheses(call, code);
  yield fixer.insertTextBefore(call, before(call, `${parentheses ? '(' : ''}${form === 'await' ? 'await ' : ''}${name}(`, code));
  yield openArguments(fixer, call, code);
  if (parentheses) yield fixer.insertTextAfter(call, ')');
}

/** Text that an edit puts before a call, kept apart from what stands there. */
export function before(call: TSESTree.Node, text: string, code: Readonly<TSESLint.SourceCode>): string {
  if (text.startsWith('(')) return needsSemicolonBefore(call, code) ? `;${text}` : text;
  // `return(0, f)(x)`: a keyword that only a parenthesis kept apart from what follows.
  return /[\w$]/.test(code.text.charAt(call.range[0] - 1)) ? ` ${text}` : text;
}

/** The parenthesis that opened the arguments becomes the comma after the callee, and nothing where there are no arguments. */
function openArguments(fixer: TSESLint.RuleFixer, call: TSESTree.CallExpression, code: Readonly<TSESLint.SourceCode>): TSESLint.RuleFix {
  const open = code.getTokenAfter(call.typeArguments ?? call.callee, (token) => token.value === '(')!;
  if (call.arguments.length === 0) return fixer.remove(open);
  return fixer.replaceText(open, /\s/.test(code.text.charAt(open.range[1])) ? ',' : ', ');
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { awaitAround } from './await-around.js';

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
  yield* awaitAround(fixer, call, { form, open: `${name}(` }, code);
  yield openArguments(fixer, call, code);
}

/** The parenthesis that opened the arguments becomes the comma after the callee, and nothing where there are no arguments. */
function openArguments(fixer: TSESLint.RuleFixer, call: TSESTree.CallExpression, code: Readonly<TSESLint.SourceCode>): TSESLint.RuleFix {
  const open = code.getTokenAfter(call.typeArguments ?? call.callee, (token) => token.value === '(')!;
  if (call.arguments.length === 0) return fixer.remove(open);
  return fixer.replaceText(open, /\s/.test(code.text.charAt(open.range[1])) ? ',' : ', ');
}

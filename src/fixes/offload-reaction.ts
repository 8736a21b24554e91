import type { TSESLint } from '@typescript-eslint/utils';
import type { BlockingReaction } from '../analysis/blocking-reaction.js';
import { freeName } from './free-name.js';

type Code = Readonly<TSESLint.SourceCode>;

/** `then(f)` becomes `then((value) => offload(f, value))`: a promise calls `f` with one argument, and waits for what it gives. */
export function* offloadReaction(fixer: TSESLint.RuleFixer, { callee, takesValue }: BlockingReaction, offload: string, code: Code): Generator<TSESLint.RuleFix> {
  const value = takesValue ? freeName(['value', 'settled'], code) : '';
  yield fixer.insertTextBefore(callee, `(${value}) => ${offload}(`);
  yield fixer.insertTextAfter(callee, takesValue ? `, ${value})` : ')');
}

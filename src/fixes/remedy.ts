import { isParenthesized } from '@eslint-community/eslint-utils';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Remedy } from '../analysis/task-findings.js';
import { awaitAround } from './await-around.js';

type Code = Readonly<TSESLint.SourceCode>;
type Edits = Generator<TSESLint.RuleFix>;
type Edit = (fixer: TSESLint.RuleFixer) => Edits;

/** The edit that mends a call; undefined where a comment would be lost by it, or another meaning written. */
export function remedyEdit(remedy: Remedy, code: Code): Edit | undefined {
  switch (remedy.kind) {
    case 'pass-argument':
      return (fixer) => passArgument(fixer, remedy, code);
    case 'pass-function':
      return passFunction(remedy, code);
    case 'call-here':
      return callHere(remedy.call.node, remedy.call.task, code);
    case 'await':
      return (fixer) => awaitAround(fixer, remedy.call.node, { form: 'await' }, code);
    case 'at-once':
      return atOnce(remedy, code);
  }
}

/** `(a) => a * rate, 1` becomes `(a, rate) => a * rate, 1, rate`. */
function* passArgument(fixer: TSESLint.RuleFixer, { name, fn, call }: Remedy & { kind: 'pass-argument' }, code: Code): Edits {
  const last = fn.params[fn.params.length - 1];
  if (!last) yield fixer.insertTextAfter(code.getFirstToken(fn, (token) => token.value === '(')!, name);
  else if (isBare(last, fn, code)) yield fixer.replaceText(last, `(${code.getText(last)}, ${name})`);
  else yield fixer.insertTextAfter(last, `, ${name}`);
  const close = code.getLastToken(call.node)!;
  const before = code.getTokenBefore(close)!;
  yield fixer.insertTextAfter(before.value === ',' ? code.getTokenBefore(before)! : before, `, ${name}`);
}

/** The parameter of an arrow function without parentheses: `a => …`. */
function isBare(parameter: TSESTree.Node, fn: TSESTree.Node, code: Code): boolean {
  const before = code.getTokenBefore(parameter);
  return before === null || before.range[0] < fn.range[0] || (before.value !== '(' && before.value !== ',');
}

/** `() => f(x)` or `f(x)` becomes `f, x`. */
function passFunction({ task, inner }: Remedy & { kind: 'pass-function' }, code: Code): Edit | undefined {
  const open = code.getTokenAfter(inner.typeArguments ?? inner.callee, (token) => token.value === '(')!;
  const close = code.getLastToken(inner)!;
  const next = code.getTokenAfter(open)!;
  const isLost = (start: number, end: number): boolean => code.getAllComments().some(({ range }) => range[0] >= start && range[1] <= end);
  // `offload((f(x)))` would become `offload((f, x))`, which passes x alone.
  if (isParenthesized(task as never, code as never) || inner.typeArguments || isLost(task.range[0], inner.range[0]) || isLost(close.range[0], task.range[1])) return undefined;
  if (inner.arguments.length === 0 && isLost(open.range[0], close.range[1])) return undefined;
  const last = code.getTokenBefore(close)!;
  return function* (fixer) {
    yield fixer.removeRange([task.range[0], inner.range[0]]);
    if (inner.arguments.length === 0) {
      yield fixer.removeRange([open.range[0], task.range[1]]);
      return;
    }
    yield fixer.replaceText(open, next.loc.start.line > open.loc.end.line ? ',' : ', ');
    yield fixer.removeRange([last.value === ',' ? last.range[0] : close.range[0], task.range[1]]);
  };
}

/** `offload(f, x)` becomes `f(x)`. */
function callHere(call: TSESTree.CallExpression, task: TSESTree.Node, code: Code): Edit | undefined {
  const open = code.getTokenAfter(call.callee, (token) => token.value === '(')!;
  const comma = code.getTokenAfter(task)!;
  if (code.getTokenAfter(open) !== code.getFirstToken(task) || code.getCommentsBefore(task).length > 0 || code.getCommentsAfter(comma).length > 0) return undefined;
  if (comma.value !== ',' && comma.value !== ')') return undefined;
  return function* (fixer) {
    yield fixer.removeRange([call.range[0], task.range[0]]);
    const [argument] = call.arguments.slice(1);
    if (argument) yield fixer.replaceTextRange([comma.range[0], comma.loc.end.line === argument.loc.start.line ? code.getTokenAfter(comma)!.range[0] : comma.range[1]], '(');
    else yield fixer.replaceTextRange([comma.range[0], call.range[1]], '()');
  };
}

/** `for (const x of xs) await f(x);` becomes `await Promise.all(Array.from(xs, (x) => f(x)));`, and what was pushed is collected from it. */
function atOnce({ call, loop: { loop, awaited, results } }: Remedy & { kind: 'at-once' }, code: Code): Edit | undefined {
  const kept = [loop.right, (loop.left as TSESTree.VariableDeclaration).declarations[0].id, call.node];
  const comments = code.getCommentsInside(loop).filter((comment) => !kept.some(({ range }) => range[0] <= comment.range[0] && comment.range[1] <= range[1]));
  if (comments.length > 0) return undefined;
  const [items, item, task] = kept.map((node) => code.getText(node)) as [string, string, string];
  const all = `await Promise.all(Array.from(${loop.right.type === 'SequenceExpression' ? `(${items})` : items}, (${item}) => ${code.getText(awaited.argument) === task ? task : code.getText(awaited.argument)}))`;
  // Not `push(...all)`: a call takes some ten thousands of arguments, and a list may have more.
  const text = results ? `for (const result of ${all}) ${results.name}.push(result);` : `${all};`;
  return function* (fixer) {
    yield fixer.replaceText(loop, results?.name === 'result' ? text.replace('const result of', 'const each of').replace('push(result)', 'push(each)') : text);
  };
}

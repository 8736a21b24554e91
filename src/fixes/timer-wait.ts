import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { awaitAround } from './await-around.js';
import { semicolonAfter } from './semicolon.js';

type Code = Readonly<TSESLint.SourceCode>;
type Edits = Generator<TSESLint.RuleFix>;

/** A statement that waits for time, and a declaration before it that is of no more use, become `await setTimeout(duration);`. */
export function* awaitTimer(fixer: TSESLint.RuleFixer, statement: TSESTree.Node, wait: { readonly name: string; readonly duration: string; readonly spent?: TSESTree.Node | undefined }, code: Code): Edits {
  const [start, end] = [(wait.spent ?? statement).range[0], statement.range[1]];
  const indent = indentOf(wait.spent ?? statement, code);
  const comments = code.getAllComments().filter(({ range }) => range[0] >= start && range[1] <= end).map((comment) => `${code.getText(comment as never)}\n${indent}`);
  yield fixer.replaceTextRange([start, end], `${comments.join('')}await ${wait.name}(${wait.duration})${semicolonAfter(statement, code)}`);
}

/** A loop that polls pauses between two looks: `while (!there()) await setTimeout(50);` */
export function* awaitBetween(fixer: TSESLint.RuleFixer, body: TSESTree.Statement, pause: string, code: Code): Edits {
  const text = `await ${pause};`;
  if (body.type === 'EmptyStatement') {
    yield fixer.replaceText(body, /\s/.test(code.text.charAt(body.range[0] - 1)) ? text : ` ${text}`);
    return;
  }
  if (body.type !== 'BlockStatement') {
    yield fixer.insertTextBefore(body, '{ ');
    yield fixer.insertTextAfter(body, ` ${text} }`);
    return;
  }
  const close = code.getLastToken(body)!;
  const isOneLine = body.loc.start.line === body.loc.end.line;
  const before = code.getTokenBefore(close, { includeComments: true })!;
  if (isOneLine) yield fixer.replaceTextRange([before.range[1], close.range[0]], ` ${text} `);
  else yield fixer.insertTextBefore(close, `${indentUnit(code)}${text}\n${indentOf(body, code)}`);
}

/** `Atomics.wait(…)` becomes `await Atomics.waitAsync(…).value`, whose value is a promise or what it would resolve with. */
export function* waitAsync(fixer: TSESLint.RuleFixer, { call, property, form }: { readonly call: TSESTree.CallExpression; readonly property: TSESTree.Node; readonly form: 'await' | 'promise' }, code: Code): Edits {
  yield* awaitAround(fixer, call, { form, close: '.value' }, code);
  yield fixer.replaceText(property, 'waitAsync');
}

/** The white space that a node's line begins with. */
export function indentOf(node: TSESTree.Node, code: Code): string {
  return /^\s*/.exec(code.lines[node.loc.start.line - 1]!)![0];
}

/** One more step of indentation, as the file does it. */
export function indentUnit(code: Code): string {
  const indented = code.lines.find((line) => /^(?:\t| {2,})\S/.test(line));
  return indented?.startsWith('\t') ? '\t' : /^ {4}\S/.test(indented ?? '') ? '    ' : '  ';
}

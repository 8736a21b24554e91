import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { LoopTask } from '../analysis/loops/loop-task.js';
import { awaitAround } from './await-around.js';
import { endsWithoutSemicolon, followsOpenStatement } from './parentheses.js';
import { semicolonAfter } from './semicolon.js';
import { indentOf, indentUnit } from './timer-wait.js';

type Code = Readonly<TSESLint.SourceCode>;
type Edits = Generator<TSESLint.RuleFix>;

/**
 * A loop becomes `({ sum } = await offload(({ n, sum }) => { …; return { sum }; }, { n, sum }));`. The names are the same
 * inside and outside, so the loop's own text stays as it is, comments and types included.
 */
export function* offloadLoop(fixer: TSESLint.RuleFixer, task: LoopTask, { name, form }: { readonly name: string; readonly form: 'await' | 'promise' }, code: Code): Edits {
  const { region, results, loosened } = task;
  for (const declaration of loosened) yield fixer.replaceText(code.getFirstToken(declaration)!, 'let');
  if (!region.type.endsWith('Statement')) {
    yield* offloadExpression(fixer, task, { name, form }, code);
    return;
  }
  const given = results.length > 0 ? `{ ${results.map((variable) => variable.name).join(', ')} }` : undefined;
  const open = `${given ? `(${given} = ` : ''}await ${name}(${parameters(task)} => {`;
  const close = `}${passed(task)})${given ? ')' : ''}${semicolonAfter(region, code)}`;
  const before = open.startsWith('(') && followsOpenStatement(region, code) ? `;${open}` : open;
  const [indent, unit] = [indentOf(region, code), indentUnit(code)];
  const moved = indented(region, unit, code) + (endsWithoutSemicolon(region, code) ? ';' : '');
  const lines = [...task.functions.map((fn) => movedFunction(fn, code)), moved, ...(given ? [`return ${given};`] : [])];
  if (lines.every((line) => !line.includes('\n'))) yield fixer.replaceText(region, `${before} ${lines.join(' ')} ${close}`);
  else yield fixer.replaceText(region, `${before}\n${lines.map((line) => `${indent}${unit}${line}`).join('\n')}\n${indent}${close}`);
}

/** `Array.from(…)` becomes `await offload(({ k }) => Array.from(…), { k })`. */
function* offloadExpression(fixer: TSESLint.RuleFixer, task: LoopTask, { name, form }: { readonly name: string; readonly form: 'await' | 'promise' }, code: Code): Edits {
  const { region, functions } = task;
  const open = `${name}(${parameters(task)} => ${functions.length > 0 ? `{ ${functions.map((fn) => movedFunction(fn, code)).join(' ')} return ` : ''}`;
  yield* awaitAround(fixer, region, { form, open, close: `${functions.length > 0 ? '; }' : ''}${passed(task)})` }, code);
}

function parameters({ captured }: LoopTask): string {
  return captured.length > 0 ? `({ ${captured.map((variable) => variable.name).join(', ')} })` : '()';
}

function passed({ captured, widened }: LoopTask): string {
  if (captured.length === 0) return '';
  const properties = captured.map((variable) => {
    const type = widened.get(variable);
    return type === undefined ? variable.name : `${variable.name}: ${variable.name} as ${type}`;
  });
  return `, { ${properties.join(', ')} }`;
}

function movedFunction(node: TSESTree.FunctionDeclaration | TSESTree.VariableDeclarator, code: Code): string {
  return node.type === 'FunctionDeclaration' ? code.getText(node) : `const ${code.getText(node)};`;
}

/** A node's text, one step further in; lines inside a template literal are part of its value and stay. */
function indented(node: TSESTree.Node, unit: string, code: Code): string {
  const [start, end] = node.range;
  const templates = code.ast.tokens.filter((token) => token.type === 'Template' && token.range[0] >= start && token.range[1] <= end);
  return code.text.slice(start, end).replaceAll('\n', (newline, offset: number) => {
    const at = start + offset;
    return templates.some(({ range }) => range[0] < at && at < range[1]) || /^\r?\n/.test(code.text.slice(at + 1)) ? newline : newline + unit;
  });
}

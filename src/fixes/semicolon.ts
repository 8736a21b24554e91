import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { usesSemicolons } from './module-statement.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What a statement that takes another one's place ends with: nothing in a file without semicolons, unless the next line would be taken for its continuation. */
export function semicolonAfter(statement: TSESTree.Node, code: Code): ';' | '' {
  const siblings = statement.parent?.type === 'BlockStatement' || statement.parent?.type === 'Program' ? (statement.parent.body as readonly TSESTree.Node[]) : [];
  const simple = siblings.find(({ type }) => type === 'VariableDeclaration' || type === 'ExpressionStatement' || type === 'ReturnStatement');
  if (simple ? code.getLastToken(simple)?.value === ';' : usesSemicolons(code)) return ';';
  const next = code.getTokenAfter(statement);
  if (next?.value === ';') return '';
  const isApart = !next || next.value === '}' || next.loc.start.line > statement.loc.end.line;
  return isApart && !(next && /^[([`+\-*/.,]/.test(next.value)) ? '' : ';';
}

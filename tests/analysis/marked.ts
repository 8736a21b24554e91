import * as typescript from '@typescript-eslint/parser';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { Linter } from 'eslint';
import { type InnerNode, walk } from '../../src/analysis/syntax.js';

export interface Marked {
  readonly code: Readonly<TSESLint.SourceCode>;
  /** The marked node. */
  readonly node: InnerNode;
}

// Parses code in which one expression is marked: between /*>*/ and /*<*/, or by being a call of `here`.
export function marked(text: string, sourceType: 'module' | 'commonjs' | 'script' = 'module'): Marked {
  const linter = new Linter();
  const [problem] = linter.verify(text, { files: ['**/*.ts'], languageOptions: { parser: typescript, sourceType } }, { filename: 'file.ts' });
  if (problem) throw new SyntaxError(`${problem.message} in: ${text}`);
  const code = linter.getSourceCode() as unknown as Readonly<TSESLint.SourceCode>;
  const [start, end] = [text.indexOf('/*>*/') + '/*>*/'.length, text.indexOf('/*<*/')];
  let found: TSESTree.Node | undefined;
  walk(code.ast, code.visitorKeys, (node) => {
    const isMarked = end < 0 ? node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'here' : node.range[0] === start && node.range[1] === end;
    if (isMarked) found ??= node;
  });
  if (!found || found.type === 'Program') throw new Error(`Nothing is marked in: ${text}`);
  return { code, node: found };
}

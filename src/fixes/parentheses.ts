import { isParenthesized } from '@eslint-community/eslint-utils';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

type Code = Readonly<TSESLint.SourceCode>;

/**
 * Must an await that takes a call's place be put in parentheses? `await` binds weaker than member access, calls, `!` and
 * `**`. (typescript-eslint's `getWrappingFixer` answers wrongly for `f()!.x` and `extends f()`.)
 */
export function awaitNeedsParentheses(call: TSESTree.Node, code: Code): boolean {
  const { parent } = call;
  if (!parent || isParenthesized(call as never, code as never)) return false;
  switch (parent.type) {
    case 'MemberExpression':
      return parent.object === call;
    case 'CallExpression':
    case 'NewExpression':
      return parent.callee === call;
    case 'TaggedTemplateExpression':
      return parent.tag === call;
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      return true;
    case 'BinaryExpression':
      return parent.operator === '**' && parent.left === call;
    case 'ClassDeclaration':
    case 'ClassExpression':
      return parent.superClass === call;
    case 'ChainExpression':
      // `f()?.x` wraps the chain, not the call: a chain that is the call itself has no member after it.
      return awaitNeedsParentheses(parent, code);
    default:
      return false;
  }
}

/** Would text that starts with `(` at the start of this node continue the line before, for want of a semicolon? */
export function needsSemicolonBefore(node: TSESTree.Node, code: Code): boolean {
  const statement = statementStartingAt(node);
  return statement?.type === 'ExpressionStatement' && followsOpenStatement(statement, code);
}

/** Is the statement before this one ended by nothing but a line break? */
export function followsOpenStatement(statement: TSESTree.Node, code: Code): boolean {
  const siblings = statement.parent && bodyOf(statement.parent);
  const previous = siblings?.[siblings.indexOf(statement) - 1];
  return previous !== undefined && endsWithoutSemicolon(previous, code);
}

function statementStartingAt(node: TSESTree.Node): TSESTree.Node | undefined {
  let outer = node;
  while (outer.parent?.range[0] === node.range[0] && outer.parent.type !== 'Program') outer = outer.parent;
  return outer;
}

function bodyOf(node: TSESTree.Node): readonly TSESTree.Node[] | undefined {
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
    case 'TSModuleBlock':
      return node.body;
    case 'SwitchCase':
      return node.consequent;
    default:
      return undefined;
  }
}

/** Statements that a line break alone may end. */
const endedByLineBreak = new Set([
  'BreakStatement', 'ContinueStatement', 'DebuggerStatement', 'DoWhileStatement', 'ExpressionStatement', 'ReturnStatement', 'ThrowStatement', 'VariableDeclaration',
  'ImportDeclaration', 'ExportAllDeclaration', 'ExportDefaultDeclaration', 'ExportNamedDeclaration', 'TSExportAssignment', 'TSImportEqualsDeclaration', 'TSTypeAliasDeclaration', 'TSDeclareFunction',
]);

/** Does a statement end where its line does, and only there? */
export function endsWithoutSemicolon(statement: TSESTree.Node, code: Code): boolean {
  switch (statement.type) {
    case 'IfStatement':
      return endsWithoutSemicolon(statement.alternate ?? statement.consequent, code);
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'WithStatement':
    case 'LabeledStatement':
      return endsWithoutSemicolon(statement.body, code);
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      if (statement.declaration && /^(?:Class|Function|TSInterface|TSEnum|TSModule)\w*Declaration$/.test(statement.declaration.type)) return false;
      break;
  }
  return endedByLineBreak.has(statement.type) && code.getLastToken(statement)?.value !== ';';
}

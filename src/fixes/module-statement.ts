import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { moduleStatements } from '../analysis/module-statements.js';
import type { ModuleStyle } from '../analysis/module-style.js';
import { isDeclared } from '../analysis/reference.js';
import { isFunction, unwrapped, walk } from '../analysis/syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** Inserts an import or a `require` where a person would put it: after its like, else at the top, below what has to stay first. */
export function insertModuleStatement(fixer: TSESLint.RuleFixer, statement: string, style: ModuleStyle, code: Code): TSESLint.RuleFix {
  const last = lastOfFirstRun(style, code);
  if (last) {
    const end = lastTokenOf(last, code);
    return fixer.insertTextAfterRange([0, endOfLine(end, code)], newLine(last, code) + withSemicolon(statement, end.value === ';', style, end, code));
  }

  const directive = moduleStatements(code).findLast(isDirective);
  const semicolon = usesSemicolons(code);
  if (directive) {
    const end = lastTokenOf(directive, code);
    return fixer.insertTextAfterRange([0, endOfLine(end, code)], newline(code) + newLine(directive, code) + withSemicolon(statement, semicolon, style, end, code));
  }
  const first = belowHeader(code);
  return fixer.insertTextBeforeRange([first.range[0], 0], `${withSemicolon(statement, semicolon, style, undefined, code)}${newline(code)}${newLine(first, code)}`);
}

/**
 * Inserts a statement that uses what modules gave, below the group of those that take them in and below whatever it needs; with an
 * empty line between, but for one of its kind.
 */
export function insertAfterModules(
  fixer: TSESLint.RuleFixer,
  statement: string,
  { style, needs, like }: { readonly style: ModuleStyle; readonly needs: readonly TSESTree.Node[]; readonly like: TSESTree.Node | undefined },
  code: Code,
): TSESLint.RuleFix {
  // Imports are there before anything runs, whichever line they stand on; a `require` must have been reached.
  const first = lastOfFirstRun(style, code);
  const above = [...(first ? [first] : []), ...(style === 'import' && first ? [] : needs), ...(like ? [like] : [])];
  const last = above.reduce((one, other) => (other.range[1] > one.range[1] ? other : one));
  const end = lastTokenOf(last, code);
  return fixer.insertTextAfterRange([0, endOfLine(end, code)], (last === like ? '' : newline(code)) + newLine(last, code) + withSemicolon(statement, end.value === ';', 'require', end, code));
}

function newline({ text }: Code): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The start of a line as far in as the statement beside it; scripts of components are indented. */
function newLine(beside: Placed, code: Code): string {
  const before = code.lines[beside.loc.start.line - 1]!.slice(0, beside.loc.start.column);
  return newline(code) + (before.trim() === '' ? before : '');
}

interface Placed {
  readonly range: readonly [number, number];
  readonly loc: TSESTree.SourceLocation;
}

/** Inserts a statement below another one of the top level, with an empty line between. */
export function insertBelow(fixer: TSESLint.RuleFixer, statement: string, above: TSESTree.Node, code: Code): TSESLint.RuleFix {
  const end = lastTokenOf(above, code);
  return fixer.insertTextAfterRange([0, endOfLine(end, code)], newline(code) + newline(code) + withSemicolon(statement, usesSemicolons(code), 'require', end, code));
}

/** A string literal in the quotes the file uses. */
export function quoted(text: string, code: Code): string {
  const string = code.ast.tokens.find((token) => token.type === 'String');
  const quote = string?.value.startsWith('"') ? '"' : "'";
  return quote + text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}

/** The last statement of the first group that takes in modules: of the file, whichever call asks, for two in one pass must not import twice. */
function lastOfFirstRun(style: ModuleStyle, code: Code): TSESTree.Node | undefined {
  let last: TSESTree.Node | undefined;
  for (const statement of moduleStatements(code)) {
    if (takesInModules(statement, style)) last = statement;
    // A `require` is read only once it is reached: what runs before it must not get to the call.
    else if (last || (style === 'require' && mayRunCode(statement, code))) break;
  }
  return last;
}

function takesInModules(statement: TSESTree.Node, style: ModuleStyle): boolean {
  if (style !== 'require') return statement.type === 'ImportDeclaration' || statement.type === 'TSImportEqualsDeclaration';
  if (statement.type === 'VariableDeclaration') return statement.declarations.every(({ init }) => init !== null && isRequireCall(init));
  return statement.type === 'ExpressionStatement' && isRequireCall(statement.expression);
}

/** Can a statement reach functions of this file when it runs? `Object.defineProperty(exports, …)` cannot. */
function mayRunCode(statement: TSESTree.Node, code: Code): boolean {
  let found = false;
  walk(statement, code.visitorKeys, (node) => {
    if (node.type === 'TaggedTemplateExpression') found = true;
    if (node.type === 'CallExpression' || node.type === 'NewExpression') found = !isGlobal(node.callee, code) || node.arguments.some((argument) => isFunction(unwrapped(argument)));
    return !found && !isFunction(node);
  });
  return found;
}

function isGlobal(callee: TSESTree.Node, code: Code): boolean {
  const node = unwrapped(callee);
  if (node.type === 'MemberExpression') return isGlobal(node.object, code);
  return node.type === 'Identifier' && !isDeclared(node, code);
}

/** `require('x')`, `require('x').y`, `require('x')(y)`, and `__importStar(require('x'))` as compilers write it. */
function isRequireCall(expression: TSESTree.Node): boolean {
  const node = unwrapped(expression);
  if (node.type === 'MemberExpression') return isRequireCall(node.object);
  if (node.type !== 'CallExpression') return false;
  if (node.callee.type !== 'Identifier') return isRequireCall(node.callee);
  const [first] = node.arguments;
  return node.callee.name === 'require' || (node.arguments.length === 1 && first?.type === 'CallExpression' && isRequireCall(first));
}

/** Where a statement ends; a semicolon that starts the next line belongs to what it keeps apart: `require('x')⏎;[1].map()`. */
function lastTokenOf(statement: TSESTree.Node, code: Code): TSESTree.Token {
  const last = code.getLastToken(statement)!;
  const before = code.getTokenBefore(last);
  return last.value === ';' && before && before.loc.end.line < last.loc.start.line ? before : last;
}

/** The end of a token and of the comments that follow it on its line; the token's own end where more code follows there. */
function endOfLine(token: TSESTree.Token, code: Code): number {
  let end = token;
  for (;;) {
    const next = code.getTokenAfter(end, { includeComments: true });
    if (next?.loc.start.line !== token.loc.end.line) return end.range[1];
    if ((next.type !== 'Line' && next.type !== 'Block') || next.loc.end.line !== token.loc.end.line) return token.range[1];
    end = next;
  }
}

/** Comments that tools and lawyers want first; not those that speak of the next line, which stay above it. */
const headerComment = /^!|^[*\s/]*(?:@(?:license|preserve|copyright|ts-(?:no)?check|flow|jest|vitest|jsx|file)|copyright|spdx|licensed under|eslint(?!-disable-next-line)|globals?\s|<reference|<amd|#region licen)/i;

/** The first line of a licence, which the `//` lines below it belong to. */
const licenceLine = /^[\s/]*(?:@?copyright|@license|spdx|licensed under|\(c\))/i;

/** The first statement or its own first comment, below a shebang, a licence and comments set apart by an empty line. */
function belowHeader(code: Code): Placed {
  const first = moduleStatements(code)[0] ?? code.ast;
  const comments = code.getCommentsBefore(first);
  const above = [...comments, first];
  let start = 0;
  let inLicence = false;
  for (let index = 0; index < comments.length; index += 1) {
    const [comment, next] = [comments[index]!, above[index + 1]!];
    const isApart = next.loc.start.line - comment.loc.end.line > 1;
    const kind: string = comment.type;
    inLicence = kind === 'Line' && (inLicence || licenceLine.test(comment.value)) && !isApart;
    if (isApart || inLicence || kind === 'Shebang' || headerComment.test(comment.value)) start = index + 1;
  }
  return above[start]!;
}

function isDirective(statement: TSESTree.Node): boolean {
  return statement.type === 'ExpressionStatement' && typeof statement.directive === 'string';
}

/** Does a file end its statements with semicolons, going by the first simple one? */
export function usesSemicolons(code: Code): boolean {
  const simple = moduleStatements(code).find((statement) => statement.type === 'ExpressionStatement' || statement.type === 'VariableDeclaration');
  if (simple) return code.getLastToken(simple)?.value === ';';
  return !code.ast.tokens.length || code.ast.tokens.some((token) => token.value === ';');
}

/** A `require` without a semicolon would call or index its result where the next line starts like a continuation. */
function withSemicolon(statement: string, semicolon: boolean, style: ModuleStyle, after: TSESTree.Token | undefined, code: Code): string {
  if (semicolon) return `${statement};`;
  const next = after ? code.getTokenAfter(after) : code.getFirstToken(moduleStatements(code)[0] ?? code.ast);
  return style !== 'import' && next && /^[([`+\-*/.,]/.test(next.value) ? `${statement};` : statement;
}

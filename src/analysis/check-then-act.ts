import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type BlockingCall, blockingCall } from './blocking-call.js';
import { isInside } from './loops/trips.js';
import { propertyName, resolveReference } from './reference.js';
import { isFunction, walk } from './syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/**
 * Do this call and another one in the same statement check a path and then act on it, or read a file and write it back?
 * `if (!fs.existsSync(dir)) fs.mkdirSync(dir)`, `fs.existsSync(p) ? fs.readFileSync(p) : ''` and
 * `fs.writeFileSync(p, edit(fs.readFileSync(p)))` cannot be interrupted by this process; with an await in each they can,
 * and what the check said may no longer be so. What acts may be a helper too: `fs.existsSync(p) ? readJson(p) : undefined`.
 */
export function isCheckThenAct(call: BlockingCall, code: Code, runtime: string): boolean {
  const path = firstArgument(call, code);
  if (path === undefined) return false;
  let found = false;
  for (const part of statementAround(call.node)) {
    walk(part, code.visitorKeys, (node) => {
      if (found || isFunction(node)) return false;
      if (node !== call.node && node.type === 'CallExpression') {
        const other = blockingCall(node, code, runtime);
        if (other ? firstArgument(other, code) === path && (other.api.writes !== call.api.writes || decides(node, call.node) || decides(call.node, node)) : mayActOn(node, path, code) && decides(call.node, node)) found = true;
      }
      return !found;
    });
  }
  return found;
}

/** Methods of lists, texts and what logs, which do nothing to a path. */
const harmless = /^(?:add|concat|debug|endsWith|error|get|has|includes|indexOf|info|join|log|push|replace|replaceAll|set|slice|split|startsWith|trim|unshift|warn)$/;

const harmlessGlobal = /^(?:[A-Z]|console$|decodeURI|encodeURI|parse)/;

/** Could a call of something else do something with a path that it is given, at once? */
function mayActOn({ callee, arguments: given, parent }: TSESTree.CallExpression, path: string, code: Code): boolean {
  if (parent.type === 'AwaitExpression' || !given.some((argument) => code.getText(argument) === path)) return false;
  const called = callee.type === 'Super' ? undefined : resolveReference(callee, code);
  if (called) return called.module === 'globalThis' ? !harmlessGlobal.test(called.path[0] ?? '') : !/^(?:path|url|util)$/.test(called.module);
  return callee.type !== 'MemberExpression' || !harmless.test(propertyName(callee, code) ?? '');
}

/** Is a call only made where another one says so? */
function decides(check: TSESTree.Node, act: TSESTree.Node): boolean {
  for (let part = act; part.parent && !isFunction(part.parent); part = part.parent) {
    const { parent } = part;
    const test = parent.type === 'ConditionalExpression' || parent.type === 'IfStatement' ? parent.test : parent.type === 'LogicalExpression' ? parent.left : part;
    if (test !== part && isInside(check, test)) return true;
  }
  return false;
}

/** The statement, and where it is all that an `if` does (or is its test), the rest of that `if`. */
function statementAround(node: TSESTree.Node): TSESTree.Node[] {
  let statement = node;
  while (statement.parent && !isFunction(statement.parent) && !isStatement(statement)) statement = statement.parent;
  if (statement.type === 'IfStatement') return [statement.test, ...[statement.consequent, statement.alternate].flatMap(onlyStatement)];
  const branch = statement.parent?.type === 'BlockStatement' && statement.parent.body.length === 1 ? statement.parent : statement;
  const parent = branch.parent;
  return parent?.type === 'IfStatement' && parent.test !== branch ? [statement, parent.test] : [statement];
}

function onlyStatement(branch: TSESTree.Statement | null): TSESTree.Node[] {
  if (!branch) return [];
  if (branch.type !== 'BlockStatement') return branch.type === 'IfStatement' ? [] : [branch];
  return branch.body.length === 1 ? [branch.body[0]!] : [];
}

function isStatement(node: TSESTree.Node): boolean {
  return node.type.endsWith('Statement') || node.type === 'VariableDeclaration';
}

function firstArgument(call: BlockingCall, code: Code): string | undefined {
  const [first] = call.node.type === 'TaggedTemplateExpression' ? [] : call.node.arguments;
  return first && code.getText(first);
}

/** `if (!exists(path)) make(path)`: does another call of the statement work on the same thing? With an `await` in between, it may have changed. */
export function sharesArgument(call: TSESTree.CallExpression, code: Code): boolean {
  const [first] = call.arguments;
  if (!first || first.type === 'Literal') return false;
  const text = code.getText(first);
  let statement: TSESTree.Node = call;
  while (statement.parent && !isFunction(statement.parent) && !/Statement$|^VariableDeclaration$/.test(statement.type)) statement = statement.parent;
  const guard = statement.parent?.type === 'BlockStatement' ? statement.parent.parent : statement.parent;
  let found = false;
  for (const part of guard?.type === 'IfStatement' ? [statement, guard.test] : [statement]) {
    walk(part, code.visitorKeys, (node) => {
      if (node.type === 'CallExpression' && node !== call && node.arguments[0] && code.getText(node.arguments[0]) === text) found = true;
      return !found && !isFunction(node);
    });
  }
  return found;
}

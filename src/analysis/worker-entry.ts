import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { resolveReference, variableOf } from './reference.js';
import { ancestorsOf, isFunction, unwrapped, walk } from './syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What a file says about threads: the places that read `parentPort` and `isMainThread`. */
interface ThreadUses {
  readonly parentPort: boolean;
  readonly guards: readonly TSESTree.Node[];
}

const cache = new WeakMap<object, ThreadUses>();

/**
 * Does this code run on a worker, by what its file says? A file that reads `parentPort` and asks nothing is a worker's
 * entry; where it asks `isMainThread`, only the worker's branch is, with the functions that only that branch calls.
 */
export function isWorkerCode(node: TSESTree.Node, code: Code): boolean {
  const uses = threadUses(code);
  if (uses.guards.length === 0) return uses.parentPort;
  return inWorkerBranch(node, uses.guards, code, new Set());
}

function inWorkerBranch(node: TSESTree.Node, guards: readonly TSESTree.Node[], code: Code, seen: Set<TSESTree.Node>): boolean {
  let child: TSESTree.Node = node;
  for (const ancestor of ancestorsOf(node)) {
    if (ancestor.type === 'IfStatement' || ancestor.type === 'ConditionalExpression') {
      const guarded = guardValue(ancestor.test, guards);
      if (guarded !== undefined && child === (guarded ? ancestor.alternate : ancestor.consequent)) return true;
    } else if (isFunction(ancestor) && onlyCalledFrom(ancestor, guards, code, seen)) return true;
    child = ancestor;
  }
  return false;
}

/** A declared function whose every use stands in the worker's branch. */
function onlyCalledFrom(fn: TSESTree.Node, guards: readonly TSESTree.Node[], code: Code, seen: Set<TSESTree.Node>): boolean {
  if (fn.type !== 'FunctionDeclaration' || !fn.id) return false;
  // A call of itself says nothing about who calls it first.
  if (seen.has(fn)) return true;
  if (fn.parent.type === 'ExportNamedDeclaration' || fn.parent.type === 'ExportDefaultDeclaration') return false;
  seen.add(fn);
  const reads = variableOf(fn.id, code)?.references.filter((reference) => reference.isRead()) ?? [];
  const answer = reads.length > 0 && reads.every(({ identifier }) => inWorkerBranch(identifier, guards, code, seen));
  seen.delete(fn);
  return answer;
}

/** True for `isMainThread`, false for `!isMainThread`, undefined for any other test. */
function guardValue(test: TSESTree.Node, guards: readonly TSESTree.Node[]): boolean | undefined {
  const node = unwrapped(test);
  if (guards.includes(node)) return true;
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const inner = guardValue(node.argument, guards);
    return inner === undefined ? undefined : !inner;
  }
  return undefined;
}

function threadUses(code: Code): ThreadUses {
  const known = cache.get(code.ast);
  if (known) return known;
  let parentPort = false;
  const guards: TSESTree.Node[] = [];
  if (/\b(?:parentPort|isMainThread)\b/.test(code.text)) {
    walk(code.ast, code.visitorKeys, (node) => {
      if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return;
      if (node.type === 'Identifier' && (isMemberName(node) || isBinding(node))) return;
      const reference = resolveReference(node, code);
      if (reference?.module !== 'worker_threads') return;
      if (reference.path[0] === 'parentPort') parentPort = true;
      if (reference.path[0] === 'isMainThread' && reference.path.length === 1) guards.push(node);
    });
  }
  const uses = { parentPort, guards };
  cache.set(code.ast, uses);
  return uses;
}

function isMemberName(node: TSESTree.Identifier): boolean {
  return node.parent.type === 'MemberExpression' && node.parent.property === node && !node.parent.computed;
}

/** An identifier that declares or imports the name; a file that imports `parentPort` and never reads it is no worker. */
function isBinding(node: TSESTree.Identifier): boolean {
  const { parent } = node;
  if (parent.type === 'Property') return parent.parent.type === 'ObjectPattern';
  return parent.type.startsWith('Import') || (parent.type === 'VariableDeclarator' && parent.id === node);
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName, variableOf } from '../reference.js';
import { ancestorsOf, boundaryOf, exitsBefore, type FunctionNode, unwrapped } from '../syntax.js';
import { isNothing } from './assigned-members.js';

type Code = Readonly<TSESLint.SourceCode>;

/** Is a call made only as long as a cache is empty, which the function around it fills? By the call, and that function. */
export type IsCached = (call: TSESTree.Node, fn: FunctionNode) => boolean;

/**
 * `config ??= read()`, `if (!config) config = read()`, `if (config) return config; … config = read()`, and the same of
 * `this.config`, `cache[path]` and `cache.has(path)`. What fills it may be what is called: `if (!this.config) this.#init()`.
 */
export function cachedCalls(assignments: readonly TSESTree.AssignmentExpression[], calls: readonly TSESTree.Node[], code: Code): IsCached {
  let byFunction: ReadonlyMap<TSESTree.Node, ReadonlySet<string>> | undefined;
  return (call, fn) => {
    byFunction ??= keptBy(assignments, calls, code);
    const called = byFunction.size > 0 ? calledHere(call, code) : undefined;
    const kept = [fn, ...(called ? [called] : [])].flatMap((one) => [...(byFunction!.get(one) ?? [])]);
    return kept.length > 0 && isBehindCache(call, fn, new Set(kept), code);
  };
}

/** What each function writes that outlives a call of it, as it is written: `this.config`, `cache`, `cache[key]`; of a collection, itself. */
function keptBy(assignments: readonly TSESTree.AssignmentExpression[], calls: readonly TSESTree.Node[], code: Code): ReadonlyMap<TSESTree.Node, ReadonlySet<string>> {
  const found = new Map<TSESTree.Node, Set<string>>();
  for (const { left, operator, right } of assignments) {
    const isKeeping = operator === '??=' || operator === '||=' || (operator === '=' && !isEmpty(right));
    if (isKeeping) add(unwrapped(left), left);
  }
  for (const call of calls) {
    const callee = call.type === 'CallExpression' ? unwrapped(call.callee) : undefined;
    if (callee?.type === 'MemberExpression' && /^(?:add|set)$/.test(propertyName(callee, code) ?? '')) add(unwrapped(callee.object), call);
  }
  return found;

  function add(target: TSESTree.Node, place: TSESTree.Node): void {
    const owner = boundaryOf(place).node;
    if (!outlives(target, owner, code)) return;
    const kept = found.get(owner) ?? new Set<string>();
    found.set(owner, kept.add(code.getText(target)));
  }
}

/** What is written to take something out of a cache again: `this.config = undefined`, `this.isDirty = false`. */
function isEmpty(value: TSESTree.Expression): boolean {
  const node = unwrapped(value);
  return isNothing(node) || (node.type === 'Literal' && !node.value);
}

/** A member of `this`, or of what is declared around the function, or that itself. */
function outlives(target: TSESTree.Node, fn: TSESTree.Node, code: Code): boolean {
  let root = target;
  while (root.type === 'MemberExpression') root = unwrapped(root.object);
  if (root.type === 'ThisExpression') return root !== target;
  if (root.type !== 'Identifier') return false;
  const [definition] = variableOf(root, code)?.defs ?? [];
  return definition !== undefined && definition.type !== 'Parameter' && boundaryOf(definition.name).node !== fn;
}

/** The function of this file that a call calls by its name, or as a method of the class around it. */
function calledHere(call: TSESTree.Node, code: Code): TSESTree.Node | undefined {
  const callee = call.type === 'CallExpression' ? unwrapped(call.callee) : undefined;
  if (callee?.type === 'Identifier') {
    const [definition] = variableOf(callee, code)?.defs ?? [];
    return definition?.type === 'FunctionName' ? definition.node : definition?.type === 'Variable' ? definition.node.init ?? undefined : undefined;
  }
  if (callee?.type !== 'MemberExpression' || callee.object.type !== 'ThisExpression') return undefined;
  const name = code.getText(callee.property);
  const body = [...ancestorsOf(call)].find((ancestor) => ancestor.type === 'ClassBody');
  const method = body?.body.find((member) => member.type === 'MethodDefinition' && code.getText(member.key) === name);
  return method?.type === 'MethodDefinition' ? method.value : undefined;
}

const maxDepth = 6;

function isBehindCache(call: TSESTree.Node, fn: FunctionNode, kept: ReadonlySet<string>, code: Code): boolean {
  let child = call;
  for (const node of ancestorsOf(call)) {
    if (node === fn) return false;
    if (node.type === 'AssignmentExpression' && node.right === child && /^(?:\?\?|\|\|)=$/.test(node.operator) && isKept(node.left)) return true;
    if (node.type === 'LogicalExpression' && node.right === child && says(node.left, node.operator !== '&&')) return true;
    if ((node.type === 'IfStatement' || node.type === 'ConditionalExpression') && node.test !== child && says(node.test, node.consequent !== child)) return true;
    if (node.type === 'BlockStatement' && exitsBefore(child, node).some((exit) => boundaryOf(exit).node === fn && says(exit.test, true))) return true;
    child = node;
  }
  return false;

  /** Does a test come out so, once something is there that is kept here? Of one of many parts, as minified code has them, not all are looked at. */
  function says(test: TSESTree.Node, outcome: boolean, depth = 0): boolean {
    if (depth > maxDepth) return false;
    const node = unwrapped(test);
    switch (node.type) {
      case 'UnaryExpression':
        return node.operator === '!' && says(node.argument, !outcome, depth + 1);
      case 'LogicalExpression':
        return node.operator === (outcome ? '||' : '&&') && (says(node.left, outcome, depth + 1) || says(node.right, outcome, depth + 1));
      case 'BinaryExpression':
        return /^[!=]==?$/.test(node.operator) && node.operator.startsWith('!') === outcome && isComparedWithNothing(node);
      case 'CallExpression':
        return outcome && isOneOf(node, 'has');
      default:
        return outcome && isKept(node);
    }
  }

  function isComparedWithNothing({ left, right }: TSESTree.BinaryExpression): boolean {
    const value = unwrapped(left);
    if (value.type === 'UnaryExpression' && value.operator === 'typeof') return right.type === 'Literal' && right.value === 'undefined' && isKept(value.argument);
    return isNothing(right) && isKept(value);
  }

  /** `cache.has(path)`, `cache.get(path)` */
  function isOneOf({ callee }: TSESTree.CallExpression, method: string): boolean {
    const called = unwrapped(callee);
    return called.type === 'MemberExpression' && propertyName(called, code) === method && kept.has(code.getText(unwrapped(called.object)));
  }

  function isKept(expression: TSESTree.Node): boolean {
    const node = unwrapped(expression);
    if (isWritten(node)) return true;
    // `const known = cache.get(path);`
    const [definition] = node.type === 'Identifier' ? variableOf(node, code)?.defs ?? [] : [];
    const init = definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.id === definition.name && boundaryOf(definition.name).node === fn ? definition.node.init : null;
    return init !== null && isWritten(unwrapped(init));
  }

  function isWritten(node: TSESTree.Node): boolean {
    return node.type === 'CallExpression' ? isOneOf(node, 'get') : (node.type === 'Identifier' || node.type === 'MemberExpression') && kept.has(code.getText(node));
  }
}

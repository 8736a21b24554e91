import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Hazard } from './hazards.js';
import { isDeclared, resolveReference, variableOf } from './reference.js';
import { boundaryOf, exitsBefore, isFunction, unwrapped, walk } from './syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/**
 * What an await at this place changes, though it may stand there: other code runs while the task does, and sees or
 * changes what the surrounding expression has already read. (The question of ESLint's `require-atomic-updates`, asked
 * of one expression, before the await is written.)
 */
export function interleavingHazards(call: TSESTree.Node, code: Code): readonly Hazard[] {
  const found = new Set<Hazard>();
  const earlier: TSESTree.Node[] = [];
  const targets: TSESTree.Node[] = [];
  let child: TSESTree.Node = call;
  for (let node = call.parent; node && !isExpressionEnd(node); child = node, node = node.parent) {
    if (node.type === 'AssignmentExpression' && node.right === child) {
      targets.push(...assigned(node.left));
      if (node.operator !== '=') earlier.push(node.left);
    }
    const before = evaluatedBefore(node, child);
    if (before.operands.some((operand) => mayGoStale(operand, call, code))) found.add('stale-operand');
    earlier.push(...before.operands, ...before.read);
  }
  // `if (!text) text = f()` is `text ||= f()`.
  if (targets.length > 0) earlier.push(...testsAround(child));
  if (targets.some((target) => isReadAndWritten(target, earlier, call, code))) found.add('read-await-write');
  if (isAfterGuard(call, code)) found.add('guard-await-write');
  if (changesProcessState(call, code)) found.add('process-state');
  return [...found];
}

/** What decided that a statement is reached, in its own function. */
function testsAround(statement: TSESTree.Node): readonly TSESTree.Node[] {
  const tests: TSESTree.Node[] = [];
  for (let child = statement, node = statement.parent; node && !isFunction(node); child = node, node = node.parent) {
    if (node.type === 'IfStatement' && node.test !== child) tests.push(node.test);
  }
  return tests;
}

/**
 * `if (this.server) return; fs.writeFileSync(path, text); this.server = start()` lets one caller pass at a time, as long as
 * nothing waits between the test and what it tests being written.
 */
function isAfterGuard(call: TSESTree.Node, code: Code): boolean {
  const { node: owner } = boundaryOf(call);
  if (!isFunction(owner)) return false;
  const tests = [...testsAround(call), ...testsBefore(call, owner)].filter((test) => !isAwaitedBetween(test, call, owner, code));
  return tests.length > 0 && writesAfter(call, owner, code).some((target) => tests.some((test) => reads(test, target, code)) && isShared(target, call, code));
}

/** Those with which the function is done before. */
function testsBefore(call: TSESTree.Node, owner: TSESTree.Node): readonly TSESTree.Node[] {
  const tests: TSESTree.Node[] = [];
  for (let child = call, node = call.parent; node && child !== owner; child = node, node = node.parent) {
    if (node.type === 'BlockStatement') tests.push(...exitsBefore(child, node).map(({ test }) => test));
  }
  return tests;
}

function isAwaitedBetween(test: TSESTree.Node, call: TSESTree.Node, owner: TSESTree.Node, code: Code): boolean {
  let isAwaited = false;
  walk(owner, code.visitorKeys, (node) => {
    if (isAwaited || (isFunction(node) && node !== owner) || node.range[0] >= call.range[0]) return false;
    const awaited = node.type === 'AwaitExpression' ? node : node.type === 'ForOfStatement' && node.await ? node.right : undefined;
    // An await around the call is not over by then.
    if (awaited && awaited.range[0] >= test.range[1] && awaited.range[1] <= call.range[0]) isAwaited = true;
    return true;
  });
  return isAwaited;
}

/** What is assigned to after a call, or beside it, in its own function. */
function writesAfter(call: TSESTree.Node, owner: TSESTree.Node, code: Code): readonly TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  walk(owner, code.visitorKeys, (node) => {
    if (node.range[1] <= call.range[1] || (isFunction(node) && node !== owner)) return false;
    if (node.type === 'AssignmentExpression' && node.range[0] >= call.range[1]) found.push(...assigned(node.left));
    if (node.type === 'UpdateExpression' && node.range[0] >= call.range[1]) found.push(unwrapped(node.argument));
    return true;
  });
  return found;
}

/** May another call of the function, or another function, read it while this one waits? */
function isShared(target: TSESTree.Node, call: TSESTree.Node, code: Code): boolean {
  if (target.type === 'Identifier') return !isDeclared(target, code) || isWrittenElsewhere(target, call, code);
  return target.type === 'MemberExpression';
}

interface Before {
  /** Values that are used after the await: they must not go stale. */
  readonly operands: readonly TSESTree.Node[];
  /** Values that only decided that the await is reached: `a` in `a || f()`. */
  readonly read: readonly TSESTree.Node[];
}

const nothing: Before = { operands: [], read: [] };

/** The parts of an expression that are evaluated before one of its parts. */
function evaluatedBefore(node: TSESTree.Node, child: TSESTree.Node): Before {
  switch (node.type) {
    case 'BinaryExpression':
      return node.right === child ? { operands: [node.left], read: [] } : nothing;
    case 'LogicalExpression':
      return node.right === child ? { operands: [], read: [node.left] } : nothing;
    case 'ConditionalExpression':
      return node.test === child ? nothing : { operands: [], read: [node.test] };
    case 'CallExpression':
    case 'NewExpression': {
      const index = (node.arguments as TSESTree.Node[]).indexOf(child);
      return index < 0 ? nothing : { operands: [node.callee, ...node.arguments.slice(0, index)], read: [] };
    }
    case 'ArrayExpression':
      return { operands: node.elements.slice(0, node.elements.indexOf(child as TSESTree.Expression)).filter((element) => element !== null), read: [] };
    case 'ObjectExpression':
      return { operands: node.properties.slice(0, (node.properties as TSESTree.Node[]).indexOf(child)), read: [] };
    case 'Property':
      return node.computed && node.value === child ? { operands: [node.key], read: [] } : nothing;
    case 'TemplateLiteral':
      return { operands: node.expressions.slice(0, (node.expressions as TSESTree.Node[]).indexOf(child)), read: [] };
    case 'TaggedTemplateExpression':
      return node.quasi === child ? { operands: [node.tag], read: [] } : nothing;
    case 'MemberExpression':
      return node.computed && node.property === child ? { operands: [node.object], read: [] } : nothing;
    case 'AssignmentExpression':
      return node.right === child && node.left.type === 'MemberExpression' ? { operands: [node.left.object, ...(node.left.computed ? [node.left.property] : [])], read: [] } : nothing;
    case 'JSXOpeningElement':
      return { operands: node.attributes.slice(0, (node.attributes as TSESTree.Node[]).indexOf(child)), read: [] };
    case 'JSXElement':
    case 'JSXFragment': {
      const index = (node.children as TSESTree.Node[]).indexOf(child);
      return index < 0 ? nothing : { operands: [...(node.type === 'JSXElement' ? [node.openingElement] : []), ...node.children.slice(0, index)], read: [] };
    }
    case 'SwitchCase':
      return node.test === child ? { operands: [node.parent.discriminant], read: [] } : nothing;
    default:
      return nothing;
  }
}

/** What an assignment writes: its target, or the targets in its pattern. */
function assigned(pattern: TSESTree.Node): readonly TSESTree.Node[] {
  const node = unwrapped(pattern);
  switch (node.type) {
    case 'ArrayPattern':
      return node.elements.flatMap((element) => (element ? assigned(element) : []));
    case 'ObjectPattern':
      return node.properties.flatMap((property) => assigned(property.type === 'Property' ? property.value : property));
    case 'AssignmentPattern':
      return assigned(node.left);
    case 'RestElement':
      return assigned(node.argument);
    default:
      return [node];
  }
}

/** `n += f()`, `o.v = o.v + f()`, `x = x || f()`, `x || (x = f())`, `if (!x) x = f()`: read, await, write back. */
function isReadAndWritten(target: TSESTree.Node, earlier: readonly TSESTree.Node[], call: TSESTree.Node, code: Code): boolean {
  if (!earlier.some((operand) => reads(operand, target, code))) return false;
  return target.type !== 'Identifier' || !isDeclared(target, code) || isWrittenElsewhere(target, call, code);
}

function reads(operand: TSESTree.Node, target: TSESTree.Node, code: Code): boolean {
  const wanted = code.getText(target);
  let found = false;
  walk(operand, code.visitorKeys, (node) => {
    if (isFunction(node)) return false;
    if (node.type === target.type && code.getText(node) === wanted) found = true;
    return !found;
  });
  return found;
}

/** May this operand, already evaluated, hold another value by the time the task is done than it would have without the await? */
function mayGoStale(operand: TSESTree.Node, call: TSESTree.Node, code: Code): boolean {
  let stale = false;
  walk(operand, code.visitorKeys, (node) => {
    if (stale || isFunction(node) || node.type.startsWith('TSType')) return false;
    // The result of a call is fresh: nobody else holds the value, and what the call read is spent.
    if (node.type === 'CallExpression' || node.type === 'NewExpression' || node.type === 'AwaitExpression') return false;
    if (node.type === 'Identifier' && isRead(node) && isWrittenElsewhere(node, call, code)) stale = true;
    return !stale;
  });
  return stale;
}

/** Is this variable written by code that can run while the task does: by another function, or by another call of this one? */
function isWrittenElsewhere(identifier: TSESTree.Identifier, call: TSESTree.Node, code: Code): boolean {
  const variable = variableOf(identifier, code);
  if (!variable || variable.defs.length === 0) return false;
  const writes = variable.references.filter((reference) => reference.isWrite() && !reference.init);
  if (writes.length === 0) return false;
  const here = boundaryOf(call).node;
  const [definition] = variable.defs;
  const home = boundaryOf(definition!.name).node;
  // A variable of this very call of the function, written by no closure, is out of everyone else's reach.
  return home !== here || writes.some((write) => boundaryOf(write.identifier).node !== here);
}

function isRead(node: TSESTree.Identifier): boolean {
  const { parent } = node;
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed;
  if (parent.type === 'Property') return parent.value === node || parent.computed;
  return true;
}

/** Statements, and the edges between an expression and what runs at another time. */
function isExpressionEnd(node: TSESTree.Node): boolean {
  return isFunction(node) || node.type === 'Program' || (node.type.endsWith('Statement') && node.type !== 'SwitchStatement') || node.type === 'VariableDeclaration' || node.type.startsWith('Class');
}

/** Does the function around the call write `process.env`, the working directory or the umask itself, before the call or in a loop with it? */
function changesProcessState(call: TSESTree.Node, code: Code): boolean {
  const owner = boundaryOf(call).node;
  if (!/\b(?:chdir|umask|env|loadEnvFile)\b/.test(code.text)) return false;
  // What comes after the await changes nothing for it, unless a loop leads back.
  const end = outermostLoop(call, owner)?.range[1] ?? call.range[0];
  let found = false;
  walk(owner, code.visitorKeys, (node) => {
    if (found || node.range[0] > end || (isFunction(node) && node !== owner)) return false;
    if (node.type === 'CallExpression' && changesWhenCalled(node, code)) found = true;
    if (node.type === 'AssignmentExpression' && assigned(node.left).some((target) => target.type === 'MemberExpression' && isEnvironment(target, code))) found = true;
    if (node.type === 'UnaryExpression' && node.operator === 'delete' && isEnvironment(unwrapped(node.argument), code)) found = true;
    return !found;
  });
  return found;
}

function outermostLoop(call: TSESTree.Node, owner: TSESTree.Node): TSESTree.Node | undefined {
  let loop: TSESTree.Node | undefined;
  for (let node = call.parent; node && node !== owner; node = node.parent) if (/^(?:DoWhile|For\w*|While)Statement$/.test(node.type)) loop = node;
  return loop;
}

function changesWhenCalled({ callee, arguments: given }: TSESTree.CallExpression, code: Code): boolean {
  const called = callee.type === 'Super' ? undefined : resolveReference(callee, code);
  const name = called && `${called.module}.${called.path.join('.')}`;
  if (name === 'process.chdir' || name === 'process.loadEnvFile') return true;
  if (name === 'process.umask') return given.length > 0;
  return name === 'globalThis.Object.assign' && given[0] !== undefined && isEnvironment(unwrapped(given[0]), code);
}

/** `process.env`, or a variable in it. */
function isEnvironment(node: TSESTree.Node, code: Code): boolean {
  const target = resolveReference(node, code);
  return target?.module === 'process' && target.path[0] === 'env';
}

import type { TSESTree } from '@typescript-eslint/utils';
import { captures } from './captures.js';
import type { File } from './file.js';
import { isDeclared, resolveReference, variableOf } from './reference.js';
import { ancestorsOf, type FunctionNode, unwrapped, walk } from './syntax.js';
import { definingExpression, type TaskCall } from './task-call.js';

/** A write to an argument that reaches nobody, as the function writes to a copy. */
export interface LostWrite {
  readonly node: TSESTree.Node;
  /** As a message names it: `list.push()`, `state.count`. */
  readonly target: string;
}

interface Write {
  readonly member: TSESTree.MemberExpression;
  /** The property or method; undefined for an index or another name that is computed. */
  readonly name: string | undefined;
  readonly isMethod: boolean;
}

const setters = new Set(['hash', 'host', 'hostname', 'href', 'lastIndex', 'length', 'password', 'pathname', 'port', 'protocol', 'search', 'username']);
/** Only arrays have these. */
const arrayMethods = new Set(['push', 'unshift', 'splice']);
/** Typed arrays have these too, and memory that is shared is written to for everybody. */
const sharedMethods = new Set(['copyWithin', 'fill', 'reverse', 'sort']);

/** What a function writes to its arguments in vain: nothing reads it there, and nothing of it is given back. */
export function lostWrites(fn: FunctionNode, call: TaskCall, file: File): readonly LostWrite[] {
  // What is moved, such as a port, is the thing itself.
  if (call.transfers || call.args.some((argument) => argument.type === 'SpreadElement')) return [];
  const writes = writesOfIdle(fn, file) ?? (call.form === 'map' ? [] : onlyWritten(fn, call, file));
  return writes.map(({ member, name, isMethod }) => ({ node: member, target: `${file.code.getText(member.object)}${name === undefined ? '[…]' : `.${name}`}${isMethod ? '()' : ''}` }));
}

/** Parts of a function by which it may do something, or that say too little. */
const active = /^(?:ArrowFunction|Await|ClassBody|Debugger|Function|Import|New|TaggedTemplate|Throw|Yield)/;

/**
 * The writes of a function that returns nothing, calls nothing and closes over nothing: whatever it does, it does to
 * copies. Not known where it writes to an index, for memory may be shared, or to what may be a setter.
 */
function writesOfIdle(fn: FunctionNode, file: File): Write[] | undefined {
  const { code } = file;
  if (fn.body.type !== 'BlockStatement' || captures(fn, file).length > 0) return undefined;
  const found: Write[] = [];
  let isIdle = true as boolean;
  walk(fn.body, code.visitorKeys, (node) => {
    if (active.test(node.type) || (node.type === 'ReturnStatement' && node.argument) || (node.type === 'Identifier' && isGlobalObject(node, code))) isIdle = false;
    else if (node.type === 'MemberExpression' && isTarget(node)) add({ member: node, name: staticName(node), isMethod: false });
    else if (node.type === 'CallExpression' && !isMath(node, code)) add(node.callee.type === 'MemberExpression' ? writeTo(node.callee) : undefined);
    return isIdle;
  });
  return isIdle && found.length > 0 ? found.slice(0, 1) : undefined;

  function add(write: Write | undefined): void {
    if (write?.name === undefined || (write.isMethod ? !arrayMethods.has(write.name) : isSetter(write.name))) isIdle = false;
    else if (isOfParameter(write.member, fn, code)) found.push(write);
  }
}

/** The writes to parameters of which there is no other use: `(list) => { list.push(1); return 1; }`. */
function onlyWritten(fn: FunctionNode, { args }: TaskCall, { code }: File): Write[] {
  const parameters = fn.params.map((parameter, index) => {
    const variable = parameter.type === 'Identifier' ? code.getDeclaredVariables(fn).find(({ identifiers }) => identifiers.includes(parameter)) : undefined;
    const writes = variable?.references.map(({ identifier }) => deadWrite(identifier as TSESTree.Identifier)) ?? [undefined];
    return { argument: args[index], writes };
  });
  // Two parameters may be, or hold, one and the same object.
  if (!parameters.every(({ argument, writes }) => isLiteral(argument) || writes.every((write) => write))) return [];
  return parameters.flatMap(({ argument, writes }) => {
    const certain = argument && writes.every((write) => write && isUnshared(write, argument, code));
    return certain ? (writes as Write[]) : [];
  });
}

/** A use that only writes: `state.count = 1;`, `list.push(1);`. Undefined for any other. */
function deadWrite(use: TSESTree.Identifier): Write | undefined {
  return use.parent.type === 'MemberExpression' && use.parent.object === use ? writeTo(use.parent) : undefined;
}

/** A member that a statement of its own writes to, or calls to write to its object. */
function writeTo(member: TSESTree.MemberExpression): Write | undefined {
  const { parent } = member;
  if (member.optional || parent.parent?.type !== 'ExpressionStatement') return undefined;
  const name = staticName(member);
  if (isTarget(member)) return { member, name, isMethod: false };
  const isWriting = name !== undefined && (arrayMethods.has(name) || sharedMethods.has(name));
  return parent.type === 'CallExpression' && parent.callee === member && isWriting ? { member, name, isMethod: true } : undefined;
}

function isTarget(node: TSESTree.MemberExpression): boolean {
  const { parent } = node;
  if (parent.type === 'AssignmentExpression') return parent.left === node;
  return parent.type === 'UpdateExpression' || (parent.type === 'UnaryExpression' && parent.operator === 'delete');
}

function staticName(member: TSESTree.MemberExpression): string | undefined {
  return !member.computed && member.property.type === 'Identifier' ? member.property.name : undefined;
}

/** Is the object a parameter of the function, or below one, or an item of a loop over one? */
function isOfParameter(member: TSESTree.MemberExpression, fn: FunctionNode, code: File['code']): boolean {
  let root = unwrapped(member.object);
  while (root.type === 'MemberExpression') root = unwrapped(root.object);
  const definition = root.type === 'Identifier' ? variableOf(root, code)?.defs[0] : undefined;
  if (definition?.type === 'Parameter') return definition.node === fn;
  const loop = definition?.parent?.parent;
  if (definition?.type !== 'Variable' || loop?.type !== 'ForOfStatement') return false;
  const items = unwrapped(loop.right);
  return items.type === 'Identifier' && variableOf(items, code)?.defs[0]?.node === fn;
}

/** Is the argument one of which the worker has a copy of its own? Memory that is shared is not copied, and a class may have setters. */
function isUnshared({ name, isMethod }: Write, argument: TSESTree.Node, code: File['code']): boolean {
  const { type } = definingExpression(argument, code);
  if (type === 'ArrayExpression') return true;
  if (type === 'ObjectExpression') return !isMethod;
  if (name === undefined || sharedMethods.has(name)) return isOwnMemory(argument, code);
  return isMethod || !isSetter(name);
}

/** Assigning to these may do something: setters of what crosses as itself, handlers of events. */
function isSetter(name: string): boolean {
  return setters.has(name) || name.startsWith('on');
}

/** Memory that is made in this file and shared with nobody. */
export function isOwnMemory(expression: TSESTree.Node, code: File['code']): boolean {
  const node = definingExpression(expression, code);
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
  const reference = resolveReference(node.type === 'CallExpression' ? node.callee : node, code);
  const name = reference?.module === 'globalThis' || reference?.module === 'buffer' ? reference.path.join('.') : '';
  if (node.type === 'CallExpression') return /^Buffer\.alloc(?:Unsafe(?:Slow)?)?$/.test(name);
  return /^(?:Big)?(?:Uint|Int|Float)\d+(?:Clamped)?Array$/.test(name) && isNumber(node.arguments[0]);
}

function isNumber(argument: TSESTree.Node | undefined): boolean {
  const node = argument && unwrapped(argument);
  if (node?.type === 'BinaryExpression') return /^(?:\*\*?|-|\/|%|<<|>>>?|&|\|)$/.test(node.operator);
  return node === undefined || (node.type === 'Literal' && typeof node.value === 'number');
}

function isMath(call: TSESTree.CallExpression, code: File['code']): boolean {
  const reference = resolveReference(call.callee, code);
  return reference?.module === 'globalThis' && reference.path[0] === 'Math';
}

/** A global that may be written to, or have getters. */
function isGlobalObject(node: TSESTree.Identifier, code: File['code']): boolean {
  if (/^(?:Infinity|Math|NaN|undefined)$/.test(node.name) || isPropertyName(node)) return false;
  return !isDeclared(node, code) && ![...ancestorsOf(node)].some(({ type }) => type.startsWith('TS'));
}

function isPropertyName(node: TSESTree.Identifier): boolean {
  const { parent } = node;
  if (parent.type === 'MemberExpression') return parent.property === node && !parent.computed;
  return parent.type === 'Property' && parent.key === node && !parent.computed && parent.value !== node;
}

/** Nothing can be a part of it. */
function isLiteral(argument: TSESTree.Node | undefined): boolean {
  const node = argument && unwrapped(argument);
  return node === undefined || node.type === 'Literal' || node.type === 'TemplateLiteral';
}

import type { Dirent, Stats } from 'node:fs';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName, resolveReference, variableOf } from '../reference.js';
import { type FunctionNode, unwrapped, walk } from '../syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

const ofFiles: readonly (keyof Dirent | keyof Stats)[] = ['isBlockDevice', 'isCharacterDevice', 'isDirectory', 'isFIFO', 'isFile', 'isSocket', 'isSymbolicLink'];

/** Methods that values have which can cross to a worker; a method of another name is somebody's own. */
export const dataMethods: ReadonlySet<string> = new Set([
  ...[Array, BigInt, Boolean, Buffer, Date, Error, Map, Number, Object, RegExp, Set, String, URL, URLSearchParams, Uint8Array, Object.getPrototypeOf(Uint8Array) as { prototype: object }].flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype)),
  ...ofFiles,
  // Of Hash, which is made and used up in one expression.
  'digest', 'update',
]);

/** Methods that change what they are called on. */
const changing = new Set([
  'add', 'append', 'clear', 'copyWithin', 'delete', 'fill', 'pop', 'push', 'reverse', 'set', 'setDate', 'setFullYear', 'setHours', 'setMinutes', 'setMonth', 'setSeconds', 'setTime', 'shift', 'sort', 'splice', 'unshift', 'write', '__proto__',
]);

/** Methods whose result is made there and then, and nobody else's. */
const making = new Set(['concat', 'filter', 'flat', 'flatMap', 'map', 'match', 'replace', 'slice', 'split', 'toReversed', 'toSorted', 'toString', 'trim']);

/** Does a function write to something that it has not made itself? */
export function changesGiven(fn: FunctionNode, code: Code): boolean {
  let found = false;
  walk(fn, code.visitorKeys, (node) => {
    const target = writtenBy(node, code);
    if (target && !isMadeHere(target)) found = true;
    return !found;
  });
  return found;

  function isMadeHere(object: TSESTree.Node): boolean {
    const node = unwrapped(object);
    if (node.type === 'ArrayExpression' || node.type === 'ObjectExpression' || node.type === 'NewExpression') return true;
    if (node.type === 'CallExpression') return isMaking(node);
    if (node.type !== 'Identifier') return false;
    const variable = variableOf(node, code);
    const [definition] = variable?.defs ?? [];
    if (!variable || variable.defs.length > 1 || definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier') return false;
    if (definition.name.range[0] < fn.range[0] || definition.name.range[1] > fn.range[1]) return false;
    return variable.references.every((reference) => !reference.isWrite() || (reference.writeExpr ? unwrapped(reference.writeExpr) !== node && isMadeHere(reference.writeExpr) : false));
  }

  function isMaking(call: TSESTree.CallExpression): boolean {
    const reference = resolveReference(call.callee, code);
    if (reference) return reference.module !== 'globalThis' || /^(?:Array\.(?:from|of)|JSON\.parse|Object\.(?:entries|fromEntries|keys|values)|structuredClone|String)$/.test(reference.path.join('.'));
    const callee = unwrapped(call.callee);
    return callee.type === 'MemberExpression' && making.has(propertyName(callee, code) ?? '');
  }
}

/** The object that a node writes to. */
function writtenBy(node: TSESTree.Node, code: Code): TSESTree.Node | undefined {
  if (node.type === 'AssignmentExpression') return objectOf(node.left);
  if (node.type === 'UpdateExpression') return objectOf(node.argument);
  if (node.type === 'UnaryExpression') return node.operator === 'delete' ? objectOf(node.argument) : undefined;
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrapped(node.callee);
  if (callee.type !== 'MemberExpression') return undefined;
  const reference = resolveReference(callee, code);
  if (reference) return reference.module === 'globalThis' && reference.path.join('.') === 'Object.assign' ? node.arguments[0] : undefined;
  return changing.has(propertyName(callee, code) ?? '') ? callee.object : undefined;
}

/** A pattern may have a member anywhere in it; it is taken for one of something else. */
function objectOf(target: TSESTree.Node): TSESTree.Node | undefined {
  const node = unwrapped(target);
  if (node.type === 'MemberExpression') return node.object;
  return node.type === 'Identifier' ? undefined : node;
}

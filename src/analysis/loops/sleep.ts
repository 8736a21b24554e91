import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { resolveReference, variableOf } from '../reference.js';
import { unwrapped, wrapped } from '../syntax.js';
import { constantNumber, isTypedArray, onlyValue } from './constant.js';
import type { LoopObstacle } from './obstacles.js';

type Code = Readonly<TSESLint.SourceCode>;

/** A call of `Atomics.wait`: to sleep, on memory that nobody else has; or to wait for another thread. */
export type AtomicsWait =
  | { readonly kind: 'sleep'; readonly duration: TSESTree.Expression | undefined; readonly obstacles: readonly LoopObstacle[] }
  | { readonly kind: 'shared' };

/** What does this call of `Atomics.wait` wait for? Undefined for every other call. */
export function atomicsWait(call: TSESTree.CallExpression, code: Code): AtomicsWait | undefined {
  if (!namesAtomics(code)) return undefined;
  const reference = resolveReference(call.callee, code);
  if (reference?.module !== 'globalThis' || reference.path.join('.') !== 'Atomics.wait') return undefined;
  if (call.optional || call.arguments.length < 3 || call.arguments.some((argument) => argument.type === 'SpreadElement')) return undefined;
  const [view, , expected, duration] = call.arguments as TSESTree.Expression[];
  if (!isPrivateView(view!, code)) return { kind: 'shared' };
  // Fresh memory holds zeros: waiting for another value than that returns at once.
  const expects = constantNumber(expected!, code);
  if (expects !== 0) return undefined;
  const obstacles: LoopObstacle[] = [];
  const milliseconds = duration && constantNumber(duration, code);
  if (!duration || milliseconds === Infinity || (milliseconds !== undefined && milliseconds >= 2 ** 31)) obstacles.push({ reason: 'waits-forever' });
  if (wrapped(call).parent.type !== 'ExpressionStatement') obstacles.push({ reason: 'result-is-used' });
  return { kind: 'sleep', duration, obstacles };
}

/** `new Int32Array(new SharedArrayBuffer(4))`, in place or as a constant that is used for nothing else. */
function isPrivateView(expression: TSESTree.Expression, code: Code): boolean {
  const node = unwrapped(expression);
  const value = node.type === 'Identifier' ? onlyUseOf(node, isWaitArgument, code) : node;
  if (value?.type !== 'NewExpression' || !isTypedArray(value, code) || !value.arguments[0]) return false;
  const buffer = unwrapped(value.arguments[0]);
  const memory = buffer.type === 'Identifier' ? onlyUseOf(buffer, (use) => use.parent?.type === 'NewExpression' && use.parent === value, code) : buffer;
  if (memory?.type !== 'NewExpression') return false;
  const reference = resolveReference(memory.callee, code);
  return reference?.module === 'globalThis' && reference.path.join('.') === 'SharedArrayBuffer';

  function isWaitArgument(use: TSESTree.Node): boolean {
    const call = use.parent;
    return call?.type === 'CallExpression' && call.arguments[0] === use && resolveReference(call.callee, code)?.path.join('.') === 'Atomics.wait';
  }
}

/** What a variable holds, if it is declared in this file, written once, not exported, and used in one way only. */
function onlyUseOf(identifier: TSESTree.Identifier, isUse: (node: TSESTree.Node) => boolean, code: Code): TSESTree.Node | undefined {
  const variable = variableOf(identifier, code);
  const value = onlyValue(identifier, code);
  const [definition] = variable?.defs ?? [];
  if (!value || definition?.type !== 'Variable' || definition.parent.parent.type === 'ExportNamedDeclaration') return undefined;
  return variable!.references.every(({ identifier: use, init }) => init === true || isUse(use)) ? value : undefined;
}

const named = new WeakMap<object, boolean>();

/** Most files never do, and every call of theirs would be followed to where it comes from. */
function namesAtomics(code: Code): boolean {
  let known = named.get(code.ast);
  if (known === undefined) named.set(code.ast, (known = code.text.includes('Atomics')));
  return known;
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName, resolveReference } from '../reference.js';
import { unwrapped } from '../syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** The clocks that programs ask, by what they give. */
export type ClockKind =
  /** `Date.now()`, `new Date().getTime()`, `performance.now()`: milliseconds */
  | 'milliseconds'
  /** `new Date()`: an object that arithmetic and comparison take for milliseconds */
  | 'date'
  /** `process.uptime()` */
  | 'seconds'
  /** `process.hrtime.bigint()`: nanoseconds as a bigint */
  | 'nanoseconds'
  /** `process.hrtime()`, `process.hrtime(start)`: a pair of seconds and nanoseconds */
  | 'pair';

const clocks: Readonly<Record<string, ClockKind>> = {
  'globalThis.Date.now': 'milliseconds',
  'globalThis.Date#getTime': 'milliseconds',
  'globalThis.Date#valueOf': 'milliseconds',
  'globalThis.performance.now': 'milliseconds',
  'perf_hooks.performance.now': 'milliseconds',
  'process.hrtime': 'pair',
  'process.hrtime.bigint': 'nanoseconds',
  'process.uptime': 'seconds',
};

export interface Reading {
  readonly kind: ClockKind;
  /** Which clock it is: two readings can be compared when this is the same. */
  readonly clock: string;
  readonly node: TSESTree.Node;
}

/** The clock that an expression reads, if that is all it does. */
export function clockReading(expression: TSESTree.Node, code: Code): Reading | undefined {
  const node = unwrapped(expression);
  if (node.type === 'NewExpression') return isBareDate(node, code) ? { kind: 'date', clock: 'date', node } : undefined;
  if (node.type === 'UnaryExpression' && node.operator === '+') return asNumber(node, node.argument, code);
  if (node.type !== 'CallExpression' || node.callee.type === 'Super') return undefined;
  const callee = unwrapped(node.callee);
  if (resolveReference(callee, code)?.path.join('.') === 'Number' && node.arguments[0]) return asNumber(node, node.arguments[0], code);
  // `start.getTime()` reads what `start` is, `new Date().getTime()` the clock.
  if (callee.type === 'MemberExpression' && ['getTime', 'valueOf'].includes(propertyName(callee, code) ?? '') && !isBareDate(unwrapped(callee.object), code)) return undefined;
  const reference = resolveReference(callee, code);
  const name = reference && `${reference.module}.${reference.path.join('.')}`;
  const kind = name === undefined ? undefined : clocks[name];
  if (kind === undefined || node.arguments.length > (kind === 'pair' ? 1 : 0)) return undefined;
  return { kind, clock: name!.startsWith('globalThis.Date') ? 'date' : name!.replace(/^(?:globalThis|perf_hooks)\./, ''), node };
}

function asNumber(node: TSESTree.Node, argument: TSESTree.Node, code: Code): Reading | undefined {
  return isBareDate(unwrapped(argument), code) ? { kind: 'milliseconds', clock: 'date', node } : undefined;
}

function isBareDate(node: TSESTree.Node, code: Code): boolean {
  if (node.type !== 'NewExpression' || node.arguments.length > 0) return false;
  const reference = resolveReference(node.callee, code);
  return reference?.module === 'globalThis' && reference.path.join('.') === 'Date';
}

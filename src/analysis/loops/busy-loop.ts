import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type InnerNode, unwrapped } from '../syntax.js';
import { isEndless } from './condition.js';
import { iterations } from './iterations.js';
import { isLeft, type Loop, withLabels } from './loop.js';
import { isSelfContained, type LoopTask, loopTask } from './loop-task.js';
import type { LoopObstacle } from './obstacles.js';
import { exponentialRecursion } from './recursion.js';
import { atomicsWait } from './sleep.js';
import { stateWait } from './state-wait.js';
import { timeWait } from './time-wait.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What takes the place of a busy loop. */
export type LoopRewrite =
  /** `await setTimeout(duration);` */
  | { readonly kind: 'timer'; readonly statement: InnerNode; readonly duration: string; readonly spent?: TSESTree.Node | undefined }
  /** the same loop with `await setTimeout(50);` in it */
  | { readonly kind: 'pause'; readonly body: TSESTree.Statement }
  /** `await Atomics.waitAsync(…).value` */
  | { readonly kind: 'wait-async'; readonly call: TSESTree.CallExpression; readonly property: TSESTree.Node }
  /** `await offload(({ n }) => { … }, { n })` */
  | { readonly kind: 'task'; readonly task: LoopTask }
  /** `await offload(fib, 40)` */
  | { readonly kind: 'call'; readonly call: TSESTree.CallExpression };

/** Code that keeps the thread busy, or asleep, until it is done. */
export interface BusyLoop {
  readonly kind: 'time' | 'sleep' | 'memory' | 'state' | 'poll' | 'count' | 'endless' | 'recursion';
  /** The statement or the expression, whose place decides where an await would stand. */
  readonly node: InnerNode;
  /** What to point at: the keyword, the callee, the bracket. */
  readonly at: TSESTree.Node | TSESTree.Token;
  readonly rewrite: LoopRewrite | undefined;
  readonly obstacles: readonly LoopObstacle[];
  /** How often its innermost code runs, for a loop that counts. */
  readonly count?: number;
  /** A recursion's name and depth. */
  readonly recursion?: { readonly name: string; readonly depth: number };
}

export interface BusyLoopLimits {
  readonly maxIterations: number;
  readonly maxRecursion: number;
  readonly isTypeScript: boolean;
  /** The syntax that the project says it runs on: 2024 and later have `Atomics.waitAsync`. */
  readonly ecmaVersion: number;
}

/** The first thing that a loop statement is found to be. */
export function busyLoop(loop: Loop, limits: BusyLoopLimits, code: Code): BusyLoop | undefined {
  const place = { node: withLabels(loop), at: code.getFirstToken(loop)! };
  const time = timeWait(loop, code);
  if (time) {
    const rewrite = time.duration === undefined ? undefined : ({ kind: 'timer', statement: place.node, duration: time.duration, spent: time.spent } as const);
    return { ...place, kind: 'time', rewrite, obstacles: time.obstacles };
  }
  switch (stateWait(loop, code)) {
    case 'poll':
      return { ...place, kind: 'poll', rewrite: { kind: 'pause', body: loop.body }, obstacles: [{ reason: 'adds-delay' }] };
    case 'unchanging':
      return { ...place, kind: 'state', rewrite: undefined, obstacles: [{ reason: 'state-cannot-change' }] };
    case undefined:
      break;
  }
  const count = iterations(loop, code);
  if (count === Infinity || (isEndless(loop, code) && !isLeft(loop, code))) return { ...place, kind: 'endless', ...asTask(place.node, limits, code, [{ reason: 'endless-task' }]) };
  if (count === undefined || count < limits.maxIterations) return undefined;
  return { ...place, kind: 'count', count, ...asTask(place.node, limits, code) };
}

/** The same for what is no statement: calls that sleep, repeat or recurse, and arrays that are made by spreading. */
export function busyExpression(node: TSESTree.ArrayExpression | TSESTree.CallExpression, limits: BusyLoopLimits, code: Code): BusyLoop | undefined {
  if (node.type === 'CallExpression') {
    const wait = asWait(node, limits, code) ?? asRecursion(node, limits, code);
    if (wait) return wait;
  }
  const count = iterations(node, code);
  if (count === undefined || count < limits.maxIterations) return undefined;
  const at = node.type === 'CallExpression' ? calleeName(node) : code.getFirstToken(node)!;
  return { kind: 'count', node, at, count, ...asTask(node, limits, code) };
}

function asTask(node: InnerNode, { isTypeScript }: BusyLoopLimits, code: Code, more: readonly LoopObstacle[] = []): Pick<BusyLoop, 'obstacles' | 'rewrite'> {
  const task = loopTask(node, code, isTypeScript);
  return { rewrite: { kind: 'task', task }, obstacles: [...task.obstacles, ...more] };
}

function asWait(call: TSESTree.CallExpression, { ecmaVersion }: BusyLoopLimits, code: Code): BusyLoop | undefined {
  const wait = atomicsWait(call, code);
  if (!wait) return undefined;
  const at = call.callee;
  if (wait.kind === 'shared') {
    const callee = unwrapped(call.callee);
    const property = callee.type === 'MemberExpression' && !callee.computed && ecmaVersion >= 2024 ? callee.property : undefined;
    return { kind: 'memory', node: call, at, rewrite: property && { kind: 'wait-async', call, property }, obstacles: [{ reason: 'wait-async' }] };
  }
  const { duration, obstacles } = wait;
  const statement = call.parent;
  const rewrite = duration && statement.type === 'ExpressionStatement' ? ({ kind: 'timer', statement, duration: code.getText(duration) } as const) : undefined;
  return { kind: 'sleep', node: call, at, rewrite, obstacles };
}

function asRecursion(call: TSESTree.CallExpression, { maxRecursion }: BusyLoopLimits, code: Code): BusyLoop | undefined {
  if (maxRecursion === 0) return undefined;
  const found = exponentialRecursion(call, code);
  if (!found || found.depth < maxRecursion) return undefined;
  // A call of itself belongs to the recursion that is reported where it begins.
  const { name, fn, depth } = found;
  if (call.range[0] >= fn.range[0] && call.range[1] <= fn.range[1]) return undefined;
  const obstacles: LoopObstacle[] = isSelfContained(fn, code) ? [] : [{ reason: 'function', name }];
  return { kind: 'recursion', node: call, at: call.callee, rewrite: { kind: 'call', call }, obstacles, recursion: { name, depth } };
}

function calleeName(call: TSESTree.CallExpression): TSESTree.Node {
  return call.callee.type === 'MemberExpression' ? call.callee.property : call.callee;
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { variableOf } from '../reference.js';
import { ancestorsOf, boundaryOf, isFunction, unwrapped } from '../syntax.js';
import { constantNumber, type Given } from './constant.js';
import { exitsOf, isLoop, type Loop, withLabels } from './loop.js';

type Code = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/** How often the body of a counting `for`, `while` or `do…while` runs, where that is written down; `Infinity` where its counter leads away from the end. */
export function countedTrips(loop: Loop, code: Code, given?: Given): number | undefined {
  if (loop.type === 'ForInStatement' || loop.type === 'ForOfStatement' || !loop.test) return undefined;
  const comparison = comparisonIn(loop.test, code, given);
  const variable = comparison && variableOf(comparison.counter, code);
  if (!variable) return undefined;
  const steps = writesInside(loop, variable);
  const head = loop.type === 'ForStatement' ? loop.init : null;
  const stepping = steps.filter(({ identifier }) => !head || !isInside(identifier, head));
  if (stepping.length !== 1) return undefined;
  const update = updateOf(stepping[0]!.identifier as TSESTree.Identifier);
  const step = update && runsEachTime(update, loop, code) ? stepOf(update, code, given) : undefined;
  const start = step && startOf(loop, variable, code, given);
  if (step === undefined || start === undefined) return undefined;

  // `while (--n)` compares what is already one step on; `do` runs once before it asks.
  const first = update === comparison.step && !comparison.postfix ? advanced(start, step) : start;
  if (loop.type !== 'DoWhileStatement') return tripsFrom(first, step, comparison);
  return update === comparison.step ? 1 + tripsFrom(first, step, comparison) : Math.max(1, tripsFrom(start, step, comparison));
}

interface Comparison {
  readonly counter: TSESTree.Identifier;
  readonly operator: string;
  readonly bound: number;
  /** The `n--` in a condition that counts by itself. */
  readonly step: TSESTree.Node | undefined;
  readonly postfix: boolean;
}

const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '!=': '!=', '!==': '!==' };

function comparisonIn(expression: TSESTree.Node, code: Code, given: Given | undefined): Comparison | undefined {
  const test = unwrapped(expression);
  const alone = counterIn(test);
  if (alone) return { ...alone, operator: '!=', bound: 0 };
  if (test.type !== 'BinaryExpression' || mirrored[test.operator] === undefined) return undefined;
  const left = counterIn(unwrapped(test.left));
  const right = counterIn(unwrapped(test.right));
  const boundAtRight = constantNumber(test.right, code, given);
  if (left && boundAtRight !== undefined) return { ...left, operator: test.operator, bound: boundAtRight };
  const boundAtLeft = constantNumber(test.left, code, given);
  if (right && boundAtLeft !== undefined) return { ...right, operator: mirrored[test.operator]!, bound: boundAtLeft };
  return undefined;
}

function counterIn(node: TSESTree.Node): Pick<Comparison, 'counter' | 'step' | 'postfix'> | undefined {
  if (node.type === 'Identifier') return { counter: node, step: undefined, postfix: false };
  if (node.type === 'UpdateExpression' && node.argument.type === 'Identifier') return { counter: node.argument, step: node, postfix: !node.prefix };
  return undefined;
}

/** The writes of a variable inside a loop; none are told where other functions write it as well, as the loop may call those. */
function writesInside(loop: Loop, variable: Variable): readonly TSESLint.Scope.Reference[] {
  const home = boundaryOf(loop).node;
  const writes = variable.references.filter((reference) => reference.isWrite());
  if (writes.some(({ identifier, init }) => init !== true && boundaryOf(identifier).node !== home)) return [];
  return writes.filter(({ identifier }) => isInside(identifier, loop));
}

type Update = TSESTree.AssignmentExpression | TSESTree.UpdateExpression;

function updateOf(identifier: TSESTree.Identifier): Update | undefined {
  const { parent } = identifier;
  if (parent.type === 'UpdateExpression') return parent;
  return parent.type === 'AssignmentExpression' && parent.left === identifier ? parent : undefined;
}

/** Does an update stand where every trip passes it exactly once? */
function runsEachTime(update: Update, loop: Loop, code: Code): boolean {
  if (loop.type === 'ForInStatement' || loop.type === 'ForOfStatement') return false;
  for (let node: TSESTree.Node = update; ; node = node.parent!) {
    const parent: TSESTree.Node | undefined = node.parent;
    if (parent === loop) {
      if (node === loop.body) return exitsOf(loop, code).continues.length === 0;
      return loop.test === node || (loop.type === 'ForStatement' && loop.update === node);
    }
    if (!parent || (parent.type !== 'ExpressionStatement' && parent.type !== 'SequenceExpression' && parent.type !== 'BinaryExpression' && !(parent.type === 'BlockStatement' && parent.parent === loop))) return false;
  }
}

/** What one trip does to the counter: adds or multiplies. */
type Step = { readonly add: number } | { readonly multiply: number };

function stepOf(update: Update, code: Code, given: Given | undefined): Step | undefined {
  if (update.type === 'UpdateExpression') return { add: update.operator === '++' ? 1 : -1 };
  if (update.operator === '=') {
    const value = unwrapped(update.right);
    if (value.type !== 'BinaryExpression' || value.left.type !== 'Identifier' || update.left.type !== 'Identifier' || value.left.name !== update.left.name) return undefined;
    return stepBy(value.operator, constantNumber(value.right, code, given));
  }
  return stepBy(update.operator.slice(0, -1), constantNumber(update.right, code, given));
}

function stepBy(operator: string, by: number | undefined): Step | undefined {
  if (by === undefined) return undefined;
  if (operator === '+') return { add: by };
  if (operator === '-') return { add: -by };
  if (operator === '*') return { multiply: by };
  return operator === '/' ? { multiply: 1 / by } : undefined;
}

/** What the counter is when the loop begins. */
function startOf(loop: Loop, variable: Variable, code: Code, given: Given | undefined): number | undefined {
  if (loop.type === 'ForStatement' && loop.init) {
    const inHead = variable.references.find((reference) => reference.isWrite() && isInside(reference.identifier, loop.init!));
    const value = inHead?.writeExpr;
    if (inHead) return value && isPlainWrite(inHead.identifier) ? constantNumber(value, code, given) : undefined;
  }
  // Declared beside the loop and touched by nothing in between, so that each time the loop is reached it starts there.
  const [definition] = variable.defs;
  if (variable.defs.length !== 1 || definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier' || !definition.node.init) return undefined;
  if (definition.parent.parent !== withLabels(loop).parent || definition.parent.kind === 'var') return undefined;
  const elsewhere = variable.references.some((reference) => reference.isWrite() && reference.init !== true && !isInside(reference.identifier, loop) && reference.identifier.range[0] < loop.range[0]);
  return elsewhere ? undefined : constantNumber(definition.node.init, code, given);
}

function isPlainWrite(identifier: TSESTree.Node): boolean {
  const { parent } = identifier;
  return (parent?.type === 'VariableDeclarator' && parent.id === identifier) || (parent?.type === 'AssignmentExpression' && parent.left === identifier && parent.operator === '=');
}

function advanced(start: number, step: Step): number {
  return 'add' in step ? start + step.add : start * step.multiply;
}

function tripsFrom(start: number, step: Step, { operator, bound }: Pick<Comparison, 'bound' | 'operator'>): number {
  if ('multiply' in step) return multipliedTrips(start, step.multiply, operator, bound);
  const { add } = step;
  const distance = bound - start;
  if (!compares(start, operator, bound)) return 0;
  if (add === 0 || (operator !== '!=' && operator !== '!==' && Math.sign(add) !== Math.sign(operator.startsWith('<') ? 1 : -1))) return Infinity;
  if (operator === '!=' || operator === '!==') return Number.isInteger(distance / add) && distance / add >= 0 ? distance / add : Infinity;
  return operator.endsWith('=') ? Math.floor(distance / add) + 1 : Math.ceil(distance / add);
}

/** A counter that is multiplied is at its end, at zero or at infinity soon. */
function multipliedTrips(start: number, multiply: number, operator: string, bound: number): number {
  let trips = 0;
  for (let value = start; compares(value, operator, bound); value *= multiply) {
    trips += 1;
    if (trips > 5000) return Infinity;
  }
  return trips;
}

function compares(value: number, operator: string, bound: number): boolean {
  switch (operator) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    default:
      return value !== bound;
  }
}

export function isInside(node: TSESTree.Node, outer: TSESTree.Node): boolean {
  return node.range[0] >= outer.range[0] && node.range[1] <= outer.range[1];
}

/** Is a node evaluated each time that `outer` is: under no condition, and in no function that may not be called? */
export function isUnconditional(node: TSESTree.Node, outer: TSESTree.Node): boolean {
  let child = node;
  if (node === outer) return true;
  for (const ancestor of ancestorsOf(node)) {
    switch (ancestor.type) {
      case 'IfStatement':
      case 'ConditionalExpression':
        if (ancestor.test !== child) return false;
        break;
      case 'LogicalExpression':
        if (ancestor.left !== child) return false;
        break;
      case 'SwitchCase':
      case 'CatchClause':
      case 'AssignmentPattern':
        return false;
      default:
        // A loop in between may have nothing to do.
        if (ancestor !== outer && (isFunction(ancestor) || isLoop(ancestor))) return false;
    }
    if (ancestor === outer) return true;
    child = ancestor;
  }
  return false;
}

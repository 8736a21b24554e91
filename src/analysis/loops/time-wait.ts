import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { variableOf } from '../reference.js';
import { unwrapped, walk } from '../syntax.js';
import { type ClockKind, clockReading, type Reading } from './clock.js';
import { type Condition, conditionOf } from './condition.js';
import { constantNumber } from './constant.js';
import { effectsOf } from './effects.js';
import { type Loop, withLabels } from './loop.js';
import type { LoopObstacle } from './obstacles.js';
import { isReadOutside, writtenByTrivial } from './trivial-body.js';
import { isInside } from './trips.js';

type Code = Readonly<TSESLint.SourceCode>;

/** A loop that does nothing until a time has come. */
export interface TimeWait {
  /** The milliseconds to wait, as an expression at the loop's place; absent where they cannot be told. */
  readonly duration?: string;
  /** The statement before the loop that would be left without a use, as its value is in the duration. */
  readonly spent?: TSESTree.VariableDeclaration;
  readonly obstacles: readonly LoopObstacle[];
}

/** `while (Date.now() < end);` and its like: does the loop wait for a clock, and for how long? */
export function timeWait(loop: Loop, code: Code): TimeWait | undefined {
  const condition = conditionOf(loop, code);
  if (!condition) return undefined;
  const written = writtenByTrivial([condition.test, ...condition.rest], code);
  if (!written || !asksOnlyTheClock(condition, code)) return undefined;
  const readings = readingsInLoop(condition, code);
  const comparison = comparisonWithClock(condition, readings, code);
  if (!comparison) return readsClock(condition, readings, code) ? { obstacles: [{ reason: 'other-condition' }] } : undefined;
  if (changesIn(comparison.limit, written, code) || (comparison.since && changesIn(comparison.since, written, code))) return undefined;

  const kept = [...written].find((variable) => isReadOutside(variable, loop));
  const inHead = loop.type === 'ForStatement' && loop.init ? declaredInHead(loop.init, loop, code) : undefined;
  const { duration, spent } = durationOf(comparison, loop, code);
  const obstacles: LoopObstacle[] = [];
  if (kept) obstacles.push({ reason: 'counts-trips', name: kept.name });
  if (inHead === 'kept') obstacles.push({ reason: 'head-does-more' });
  if (duration === undefined) obstacles.push({ reason: 'unknown-duration' });
  return { ...(duration !== undefined && { duration }), ...(spent && { spent }), obstacles };
}

function asksOnlyTheClock({ test, rest }: Condition, code: Code): boolean {
  const { asksOutside, unknown, writesProperty } = effectsOf([test, ...rest], code);
  return !asksOutside && !unknown && !writesProperty;
}

/** Variables that a trip sets to what the clock says: `now = Date.now()`, `elapsed = Date.now() - start`. */
type Readings = ReadonlyMap<TSESLint.Scope.Variable, TSESTree.Expression>;

function readingsInLoop({ test, rest }: Condition, code: Code): Readings {
  const readings = new Map<TSESLint.Scope.Variable, TSESTree.Expression>();
  for (const part of [test, ...rest]) {
    walk(part, code.visitorKeys, (node) => {
      const [target, value] = node.type === 'AssignmentExpression' && node.operator === '=' ? [node.left, node.right] : node.type === 'VariableDeclarator' ? [node.id, node.init] : [];
      if (target?.type !== 'Identifier' || !value || !elapsed(value, new Map(), code)) return;
      const variable = variableOf(target, code);
      if (variable) readings.set(variable, value);
    });
  }
  return readings;
}

function readsClock({ test }: Condition, readings: Readings, code: Code): boolean {
  let found = false;
  walk(test, code.visitorKeys, (node) => {
    const variable = node.type === 'Identifier' ? variableOf(node, code) : null;
    if (clockReading(node, code) || (variable && readings.has(variable))) found = true;
    return !found;
  });
  return found;
}

interface ClockComparison extends Elapsed {
  /** What the clock, or the time since `since`, is compared with. */
  readonly limit: TSESTree.Expression;
}

interface Elapsed {
  readonly reading: Reading;
  /** What is taken from the clock: the time the wait began. */
  readonly since: TSESTree.Expression | undefined;
  /** The item of a pair that is looked at. */
  readonly seconds?: true;
}

/** The comparison that keeps the loop going while the clock is behind: `Date.now() < end`, `ms > Date.now() - start`. */
function comparisonWithClock({ test, negated }: Condition, readings: Readings, code: Code): ClockComparison | undefined {
  const node = unwrapped(test);
  if (node.type !== 'BinaryExpression' || !/^[<>]=?$/.test(node.operator)) return undefined;
  const isLess = node.operator.startsWith('<') !== negated;
  const [clockSide, limit] = isLess ? [node.left, node.right] : [node.right, node.left];
  const found = elapsed(clockSide, readings, code);
  if (!found || elapsed(limit, readings, code)) return undefined;
  return { ...found, limit: limit as TSESTree.Expression };
}

function elapsed(expression: TSESTree.Node, readings: Readings, code: Code): Elapsed | undefined {
  const node = unwrapped(expression);
  const reading = clockReading(node, code);
  if (reading) return { reading, since: undefined };
  switch (node.type) {
    case 'Identifier': {
      const variable = variableOf(node, code);
      const value = variable ? readings.get(variable) : undefined;
      return value && elapsed(value, new Map(), code);
    }
    case 'AssignmentExpression':
      return node.operator === '=' ? elapsed(node.right, readings, code) : undefined;
    case 'BinaryExpression': {
      const from = node.operator === '-' ? elapsed(node.left, readings, code) : undefined;
      return from && !from.since && from.reading.kind !== 'pair' ? { ...from, since: node.right } : undefined;
    }
    case 'MemberExpression': {
      const pair = clockReading(node.object, code);
      const isSeconds = pair?.kind === 'pair' && node.computed && constantNumber(node.property, code) === 0;
      return isSeconds ? { reading: pair, since: (unwrapped(pair.node) as TSESTree.CallExpression).arguments[0] as TSESTree.Expression | undefined, seconds: true } : undefined;
    }
    default:
      return undefined;
  }
}

function changesIn(expression: TSESTree.Node, written: ReadonlySet<TSESLint.Scope.Variable>, code: Code): boolean {
  let changes = false;
  walk(expression, code.visitorKeys, (node) => {
    const variable = node.type === 'Identifier' ? variableOf(node, code) : null;
    if (variable && written.has(variable)) changes = true;
    if (node.type === 'CallExpression' || node.type === 'NewExpression' || node.type === 'AssignmentExpression' || node.type === 'UpdateExpression') changes = true;
    return !changes;
  });
  return changes;
}

/** A `for` head may set up the end or the clock's variable, and nothing that outlives the loop. */
function declaredInHead(init: TSESTree.Node, loop: Loop, code: Code): 'kept' | 'spent' {
  const written = writtenByTrivial([init], code);
  return written && ![...written].some((variable) => isReadOutside(variable, loop)) ? 'spent' : 'kept';
}

function durationOf(comparison: ClockComparison, loop: Loop, code: Code): Pick<TimeWait, 'duration' | 'spent'> {
  const { limit, since, reading, seconds } = comparison;
  const kind = seconds ? 'seconds' : reading.kind;
  if (kind === 'pair') return {};
  const begun = since ? beganAt(since, reading, loop, code) : undefined;
  // The wait began just now: all of its length is still to come.
  if (begun) return withUnit(limit, kind, loop, code, isLeftUnused(begun, loop, code) ? begun : undefined);
  if (seconds) return {};
  if (since) return inHeadOnly(since, loop, code) || inHeadOnly(limit, loop, code) ? {} : converted(`${operand(limit, code)} - (${clockText(reading, code)} - ${dated(since, kind, code)})`, kind);

  const added = addedToClock(limit, reading, loop, code);
  if (added) return withUnit(added.length, kind, loop, code, added.statement && isLeftUnused(added.statement, loop, code) ? added.statement : undefined);
  if (inHeadOnly(limit, loop, code)) return {};
  return converted(`${dated(limit, kind, code)} - ${clockText(reading, code)}`, kind);
}

/** The end as `clock + length`, where the clock was read just before the loop, in its head or in its condition. */
function addedToClock(limit: TSESTree.Expression, reading: Reading, loop: Loop, code: Code): { readonly length: TSESTree.Expression; readonly statement?: TSESTree.VariableDeclaration } | undefined {
  const node = unwrapped(limit);
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const statement = beganAt(node.left, reading, loop, code) ?? beganAt(node.right, reading, loop, code);
    const length = beganAt(node.left, reading, loop, code) ? node.right : node.left;
    return statement && { length: length, statement };
  }
  const declared = node.type === 'Identifier' ? justBefore(node, loop, code) : undefined;
  const value = declared && unwrapped(declared.value);
  if (!declared || value?.type !== 'BinaryExpression' || value.operator !== '+') return undefined;
  for (const [start, length] of [[value.left, value.right], [value.right, value.left]] as const) {
    if (sameClock(clockReading(start, code), reading) && isSteady(length, code)) return { length: length, statement: declared.statement };
    // `const start = Date.now(); const end = start + ms;`
    if (beganAt(start, reading, loop, code, 'once') && isSteady(length, code)) return { length: length, statement: declared.statement };
  }
  return undefined;
}

/** The statement just before the loop in which a variable took the clock's reading. */
function beganAt(expression: TSESTree.Node, reading: Reading, loop: Loop, code: Code, read: 'always' | 'once' = 'always'): TSESTree.VariableDeclaration | undefined {
  const node = unwrapped(expression);
  const declared = node.type === 'Identifier' ? justBefore(node, loop, code, read) : undefined;
  return declared && sameClock(clockReading(declared.value, code), reading) ? declared.statement : undefined;
}

function sameClock(one: Reading | undefined, other: Reading): boolean {
  return one?.clock === other.clock;
}

/** A declaration between which and the loop nothing takes time: other declarations of simple values at most. What is read `once`, before the loop, may be written by it. */
function justBefore(identifier: TSESTree.Identifier, loop: Loop, code: Code, read: 'always' | 'once' = 'always'): { readonly value: TSESTree.Expression; readonly statement: TSESTree.VariableDeclaration } | undefined {
  const variable = variableOf(identifier, code);
  const [definition] = variable?.defs ?? [];
  if (variable?.defs.length !== 1 || definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier' || !definition.node.init) return undefined;
  const { parent: statement, node: declarator } = definition;
  if (read === 'always' && variable.references.some((reference) => reference.isWrite() && reference.init !== true && reference.identifier.range[0] < loop.range[1])) return undefined;
  const value = { value: declarator.init!, statement };
  if (loop.type === 'ForStatement' && loop.init === statement) return value;
  const block = statement.parent.type === 'BlockStatement' || statement.parent.type === 'Program' ? statement.parent.body : [];
  const [from, to] = [block.indexOf(statement), block.indexOf(withLabels(loop) as never)];
  if (from < 0 || to < from) return undefined;
  const between = block.slice(from + 1, to);
  return between.every((one) => one.type === 'VariableDeclaration' && one.declarations.every(({ init }) => !init || isSteady(init, code) || clockReading(init, code))) ? value : undefined;
}

/** An expression that costs no time and always gives the same: names, literals, arithmetic. */
function isSteady(expression: TSESTree.Node, code: Code): boolean {
  let steady = true;
  walk(expression, code.visitorKeys, (node) => {
    if (!/^(?:Identifier|Literal|MemberExpression|BinaryExpression|UnaryExpression|ConditionalExpression|LogicalExpression|TS\w+)$/.test(node.type)) steady = clockReading(node, code) !== undefined;
    return steady;
  });
  return steady;
}

/** A name that goes with the loop. */
function inHeadOnly(expression: TSESTree.Node, loop: Loop, code: Code): boolean {
  const { init } = loop.type === 'ForStatement' ? loop : { init: null };
  let found = false;
  if (init) {
    walk(expression, code.visitorKeys, (node) => {
      const variable = node.type === 'Identifier' ? variableOf(node, code) : null;
      if (variable?.defs.some(({ name }) => isInside(name, init))) found = true;
      return !found;
    });
  }
  return found;
}

/** A declaration of one variable that is used by the loop alone, and so goes with it. */
function isLeftUnused(statement: TSESTree.VariableDeclaration, loop: Loop, code: Code): boolean {
  const [declarator] = statement.declarations;
  if (statement.declarations.length !== 1 || isInside(statement, loop) || declarator.id.type !== 'Identifier') return false;
  if (code.getCommentsInside(statement).length > 0 || statement.parent.type !== 'BlockStatement') return false;
  const uses = variableOf(declarator.id, code)?.references.filter((reference) => reference.init !== true) ?? [];
  const block = statement.parent.body;
  return uses.every(({ identifier }) => isInside(identifier, loop)) && block.indexOf(statement) === block.indexOf(withLabels(loop) as never) - 1;
}

function withUnit(length: TSESTree.Expression, kind: ClockKind, loop: Loop, code: Code, spent: TSESTree.VariableDeclaration | undefined): Pick<TimeWait, 'duration' | 'spent'> {
  const known = constantNumber(length, code);
  const perMillisecond = kind === 'nanoseconds' ? 1e6 : kind === 'seconds' ? 1e-3 : 1;
  // More than 24.8 days: Node's timers end at once.
  if (known !== undefined && (known / perMillisecond >= 2 ** 31 || known < 0)) return {};
  const rest = spent && { spent };
  if (inHeadOnly(length, loop, code)) return known === undefined ? {} : { duration: String(known / perMillisecond), ...rest };
  if (perMillisecond === 1) return { duration: code.getText(length), ...rest };
  if (known !== undefined) return { duration: String(known / perMillisecond), ...rest };
  return { duration: kind === 'nanoseconds' ? `Number(${code.getText(length)}) / 1e6` : `(${code.getText(length)}) * 1000`, ...rest };
}

/** What is left of a time that has begun already may be less than nothing. */
function converted(difference: string, kind: ClockKind): Pick<TimeWait, 'duration'> {
  const milliseconds = kind === 'nanoseconds' ? `Number(${difference}) / 1e6` : kind === 'seconds' ? `(${difference}) * 1000` : difference;
  return { duration: `Math.max(0, ${milliseconds})` };
}

function dated(expression: TSESTree.Expression, kind: ClockKind, code: Code): string {
  return kind === 'date' ? `Number(${code.getText(expression)})` : operand(expression, code);
}

function clockText({ kind, node }: Reading, code: Code): string {
  return kind === 'date' ? 'Date.now()' : code.getText(node);
}

/** An expression's text as the left side of a minus. */
function operand(expression: TSESTree.Expression, code: Code): string {
  const text = code.getText(expression);
  const isTight = /^(?:Identifier|Literal|MemberExpression|CallExpression|ThisExpression)$/.test(expression.type) || (expression.type === 'BinaryExpression' && ['+', '-', '*', '/', '%'].includes(expression.operator));
  return isTight ? text : `(${text})`;
}

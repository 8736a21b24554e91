import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isDeclared, isGlobal, propertyName, resolveReference, variableOf } from '../reference.js';
import { unwrapped } from '../syntax.js';

type Code = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/** What parameters are known to be, while a function is looked at for one call of it. */
export type Given = ReadonlyMap<Variable, number>;

const nothing: Given = new Map();

/** The number an expression always is: literals, arithmetic, `Math`, and variables that are written once with such. */
export function constantNumber(expression: TSESTree.Node, code: Code, given: Given = nothing): number | undefined {
  const value = evaluate(expression, { code, given, depth: 0 });
  return value === undefined || Number.isNaN(Number(value)) ? undefined : Number(value);
}

/** Is an expression always true, always false, or not known? */
export function constantTruth(expression: TSESTree.Node, code: Code): boolean | undefined {
  const node = unwrapped(expression);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const truth = constantTruth(node.argument, code);
    return truth === undefined ? undefined : !truth;
  }
  if (node.type === 'Literal' && !('regex' in node)) return Boolean(node.value ?? ('bigint' in node && node.bigint !== '0'));
  if (node.type === 'Identifier') {
    if (node.name === 'undefined' && !isDeclared(node, code)) return false;
    const init = onlyValue(node, code);
    if (init?.type === 'Literal') return constantTruth(init, code);
  }
  const value = constantNumber(node, code);
  return value === undefined ? undefined : value !== 0;
}

/** The expression that a variable is initialised with and never written again. */
export function onlyValue(identifier: TSESTree.Identifier, code: Code): TSESTree.Expression | undefined {
  const variable = variableOf(identifier, code);
  const [definition] = variable?.defs ?? [];
  if (variable?.defs.length !== 1 || definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier') return undefined;
  // What is declared in a loop's head is written by the loop.
  if (/^For(?:In|Of)Statement$/.test(definition.parent.parent.type)) return undefined;
  if (variable.references.some((reference) => reference.isWrite() && !reference.init)) return undefined;
  return definition.node.init ? (unwrapped(definition.node.init) as TSESTree.Expression) : undefined;
}

interface Evaluation {
  readonly code: Code;
  readonly given: Given;
  /** How many names have been followed: `const a = b; const b = a`. */
  readonly depth: number;
}

type Value = number | bigint | undefined;

function evaluate(expression: TSESTree.Node, at: Evaluation): Value {
  const node = unwrapped(expression);
  switch (node.type) {
    case 'Literal':
      if ('bigint' in node) return BigInt(node.bigint);
      return typeof node.value === 'number' ? node.value : undefined;
    case 'UnaryExpression':
      return unary(node.operator, evaluate(node.argument, at));
    case 'BinaryExpression':
      return binary(node.operator, evaluate(node.left, at), evaluate(node.right, at));
    case 'Identifier':
      return named(node, at);
    case 'MemberExpression':
      return member(node, at);
    case 'CallExpression':
      return called(node, at);
    default:
      return undefined;
  }
}

function unary(operator: string, value: Value): Value {
  if (value === undefined) return undefined;
  if (operator === '-') return -value;
  if (operator === '+') return typeof value === 'number' ? value : undefined;
  return operator === '~' ? ~value : undefined;
}

function binary(operator: string, left: Value, right: Value): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    if (operator === '+') return left + right;
    if (operator === '-') return left - right;
    if (operator === '*') return left * right;
    return operator === '/' && right !== 0n ? left / right : undefined;
  }
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  return arithmetic[operator]?.(left, right);
}

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
  '>>>': (a, b) => a >>> b,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
};

function named(node: TSESTree.Identifier, at: Evaluation): Value {
  const variable = variableOf(node, at.code);
  if (!variable || variable.defs.length === 0) return node.name === 'Infinity' ? Infinity : undefined;
  const known = at.given.get(variable);
  if (known !== undefined) return known;
  const value = onlyValue(node, at.code);
  return value && at.depth < 20 ? evaluate(value, { ...at, depth: at.depth + 1 }) : undefined;
}

function member(node: TSESTree.MemberExpression, { code, given }: Evaluation): Value {
  const reference = resolveReference(node, code);
  if (reference?.module === 'globalThis' && !reference.instance) {
    const [object, name] = reference.path;
    const value: unknown = reference.path.length === 2 && name !== undefined ? (object === 'Number' ? Number : object === 'Math' ? Math : {})[name as never] : undefined;
    if (typeof value === 'number') return value;
  }
  return propertyName(node, code) === 'length' ? constantLength(node.object, code, given) : undefined;
}

const functions = new Map<string, (...args: number[]) => number>(Object.entries({
  Number: (x = 0) => x,
  'Math.abs': (x = NaN) => Math.abs(x),
  'Math.ceil': (x = NaN) => Math.ceil(x),
  'Math.floor': (x = NaN) => Math.floor(x),
  'Math.log10': (x = NaN) => Math.log10(x),
  'Math.log2': (x = NaN) => Math.log2(x),
  'Math.max': (...all: number[]) => Math.max(...all),
  'Math.min': (...all: number[]) => Math.min(...all),
  'Math.pow': (x = NaN, y = NaN) => x ** y,
  'Math.round': (x = NaN) => Math.round(x),
  'Math.sqrt': (x = NaN) => Math.sqrt(x),
  'Math.trunc': (x = NaN) => Math.trunc(x),
}));

function called(node: TSESTree.CallExpression, at: Evaluation): Value {
  const reference = resolveReference(node.callee, at.code);
  const fn = reference?.module === 'globalThis' && !reference.instance ? functions.get(reference.path.join('.')) : undefined;
  if (!fn) return undefined;
  const values = node.arguments.map((argument) => evaluate(argument, at));
  return values.every((value) => typeof value === 'number') ? fn(...values) : undefined;
}

/** Methods of arrays that neither change the array's length nor, where they give an iterable, that of what they give. */
const sameLength = new Set(['entries', 'fill', 'keys', 'map', 'reverse', 'sort', 'toReversed', 'toSorted', 'values', 'with']);
const readOnly = new Set([...sameLength, 'at', 'every', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flatMap', 'forEach', 'includes', 'indexOf', 'join', 'lastIndexOf', 'length', 'reduce', 'reduceRight', 'slice', 'some']);

/** How many items an array, or what an array gives to loop over, always has. */
export function constantLength(expression: TSESTree.Node, code: Code, given: Given = nothing): number | undefined {
  const node = unwrapped(expression);
  switch (node.type) {
    case 'ArrayExpression': {
      const [only] = node.elements;
      if (node.elements.length === 1 && only?.type === 'SpreadElement') return constantLength(only.argument, code, given);
      return node.elements.some((element) => element?.type === 'SpreadElement') ? undefined : node.elements.length;
    }
    case 'Identifier': {
      const value = onlyValue(node, code);
      if (!value) return undefined;
      return isTypedArray(value, code) || keepsLength(node, code) ? constantLength(value, code, given) : undefined;
    }
    case 'NewExpression':
      return isTypedArray(node, code) || isGlobal(node.callee, 'Array', code) ? sizeArgument(node, code, given) : undefined;
    case 'CallExpression':
      return lengthOfResult(node, code, given);
    default:
      return undefined;
  }
}

function lengthOfResult(node: TSESTree.CallExpression, code: Code, given: Given): number | undefined {
  if (isGlobal(node.callee, 'Array', code)) return sizeArgument(node, code, given);
  const reference = resolveReference(node.callee, code);
  if (reference?.path.join('.') === 'Buffer.alloc') return sizeArgument(node, code, given);
  if (isGlobal(node.callee, 'Array.from', code) && node.arguments[0]) return lengthProperty(node.arguments[0], code, given) ?? constantLength(node.arguments[0], code, given);
  if (node.callee.type !== 'MemberExpression' || node.callee.optional) return undefined;
  const method = propertyName(node.callee, code);
  return method !== null && sameLength.has(method) ? constantLength(node.callee.object, code, given) : undefined;
}

/** The `n` of `{ length: n }`. */
function lengthProperty(argument: TSESTree.Node, code: Code, given: Given): number | undefined {
  const node = unwrapped(argument);
  if (node.type !== 'ObjectExpression' || node.properties.length !== 1) return undefined;
  const [property] = node.properties;
  if (property?.type !== 'Property' || property.computed || property.key.type !== 'Identifier' || property.key.name !== 'length') return undefined;
  return constantNumber(property.value, code, given);
}

function sizeArgument({ arguments: args }: TSESTree.CallExpression | TSESTree.NewExpression, code: Code, given: Given): number | undefined {
  return args.length > 0 && args[0]!.type !== 'SpreadElement' ? constantNumber(args[0]!, code, given) : undefined;
}

export function isTypedArray(expression: TSESTree.Node, code: Code): boolean {
  const node = unwrapped(expression);
  if (node.type !== 'NewExpression') return false;
  const reference = resolveReference(node.callee, code);
  return reference?.module === 'globalThis' && /^(?:Float(?:16|32|64)|Big(?:Ui|I)nt64|Ui?nt(?:8|16|32)|Int(?:8|16|32)|Uint8Clamped)Array$/.test(reference.path.join('.'));
}

/** Is a variable used in no way that could change the length of the array in it? */
function keepsLength(identifier: TSESTree.Identifier, code: Code): boolean {
  const references = variableOf(identifier, code)?.references ?? [];
  return references.every(({ identifier: use, init }) => {
    if (init === true) return true;
    const { parent } = use;
    if (parent.type === 'ForOfStatement') return parent.right === use;
    if (parent.type === 'SpreadElement') return true;
    if (parent.type !== 'MemberExpression' || parent.object !== use) return false;
    // A write to an index can only make it longer.
    if (parent.computed) return propertyName(parent, code) !== 'length';
    return parent.property.type === 'Identifier' && readOnly.has(parent.property.name) && !isWritten(parent);
  });
}

function isWritten(node: TSESTree.MemberExpression): boolean {
  const { parent } = node;
  return (parent.type === 'AssignmentExpression' && parent.left === node) || parent.type === 'UpdateExpression' || (parent.type === 'UnaryExpression' && parent.operator === 'delete');
}

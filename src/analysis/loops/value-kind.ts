import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName, resolveReference, variableOf } from '../reference.js';
import { type FunctionNode, isFunction, unwrapped, walk } from '../syntax.js';
import { isTypedArray } from './constant.js';
import { calledFunction } from './effects.js';

type Code = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/**
 * What is known of a value that has to cross to a worker or back, each including the one before: a number; a string,
 * boolean, null or undefined; a plain object or array made right there, of such; anything.
 */
export type ValueKind = 'number' | 'primitive' | 'fresh' | 'unknown';

const order: readonly ValueKind[] = ['number', 'primitive', 'fresh', 'unknown'];

function joined(kinds: Iterable<ValueKind>): ValueKind {
  let widest = 0;
  for (const kind of kinds) widest = Math.max(widest, order.indexOf(kind));
  return order[widest]!;
}

export const isPrimitive = (kind: ValueKind): boolean => kind === 'number' || kind === 'primitive';

/** The piece of code that kinds of values are asked for. */
export interface Piece {
  /** Does a variable belong to it, so that nobody outside holds what is in it? */
  owns(variable: Variable): boolean;
  /** Does a use of a variable come too late to matter? */
  ignores(identifier: TSESTree.Node, variable: Variable): boolean;
}

/** Tells kinds of values in one piece of code. */
export class ValueKinds {
  readonly #code: Code;
  readonly #piece: Piece;
  /** What is being asked about further up: it adds nothing to its own kind. */
  readonly #asked = new Set<unknown>();
  readonly #askedForItems = new Set<Variable>();

  constructor(code: Code, piece: Piece) {
    this.#code = code;
    this.#piece = piece;
  }

  of(expression: TSESTree.Node): ValueKind {
    const node = unwrapped(expression);
    switch (node.type) {
      case 'Literal':
        if ('regex' in node) return 'unknown';
        return typeof node.value === 'number' || 'bigint' in node ? 'number' : 'primitive';
      case 'TemplateLiteral':
        return 'primitive';
      case 'UnaryExpression':
        return ['+', '-', '~'].includes(node.operator) ? 'number' : 'primitive';
      case 'UpdateExpression':
        return 'number';
      case 'BinaryExpression':
        if (node.operator === '+') return this.of(node.left) === 'number' && this.of(node.right) === 'number' ? 'number' : 'primitive';
        return ['-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>', '>>>'].includes(node.operator) ? 'number' : 'primitive';
      case 'LogicalExpression':
        return joined([this.of(node.left), this.of(node.right)]);
      case 'ConditionalExpression':
        return joined([this.of(node.consequent), this.of(node.alternate)]);
      case 'SequenceExpression':
        return this.of(node.expressions[node.expressions.length - 1]!);
      case 'AssignmentExpression':
        return this.#assigned(node);
      case 'Identifier':
        return this.#named(node);
      case 'ArrayExpression':
        return this.#made(node.elements.map((element) => (element?.type === 'SpreadElement' ? this.itemOf(element.argument) : element ? this.of(element) : 'primitive')));
      case 'ObjectExpression':
        return this.#made(node.properties.map((property) => (property.type === 'Property' && property.kind === 'init' && !property.method && !isProto(property) ? this.of(property.value) : 'unknown')));
      case 'NewExpression':
        return isTypedArray(node, this.#code) || isPlainClass(node, this.#code) ? this.#made(node.arguments.map((argument) => this.of(argument))) : 'unknown';
      case 'MemberExpression':
        return this.#member(node);
      case 'CallExpression':
        return this.#called(node);
      default:
        return 'unknown';
    }
  }

  /** What a variable may hold, by everything that is written to it. */
  ofVariable(variable: Variable): ValueKind {
    const [definition] = variable.defs;
    if (!definition || variable.defs.length > 1) return 'unknown';
    if (this.#asked.has(variable)) return 'number';
    this.#asked.add(variable);
    const kind = this.#ofDefinition(definition, variable);
    this.#asked.delete(variable);
    return kind;
  }

  #ofDefinition(definition: TSESLint.Scope.Definition, variable: Variable): ValueKind {
    if (definition.type === 'Parameter') return isFunction(definition.node) ? this.#parameter(variable, definition.node) : 'unknown';
    if (definition.type !== 'Variable') return 'unknown';
    const declared = annotated(definition.name);
    if (declared) return declared;
    const written = joined(this.#usesOf(variable).filter((reference) => reference.isWrite()).map((reference) => this.#written(reference)));
    // A variable that is declared without a value holds undefined until it is written.
    return definition.node.init || isLoopHead(definition.parent) ? written : joined(['primitive', written]);
  }

  /** What an array, or another collection that this code made, gives when it is read by index or looped over. */
  itemOf(expression: TSESTree.Node): ValueKind {
    const node = unwrapped(expression);
    if (node.type === 'NewExpression' && isTypedArray(node, this.#code)) return 'number';
    if (node.type === 'NewExpression') return this.#itemOfNew(node);
    if (node.type === 'ObjectExpression') return joined(node.properties.map((property) => (property.type === 'Property' ? this.of(property.value) : 'unknown')));
    if (node.type === 'ArrayExpression') return joined(node.elements.map((element) => (element?.type === 'SpreadElement' ? this.itemOf(element.argument) : element ? this.of(element) : 'primitive')));
    if (node.type === 'CallExpression') return this.#itemOfCall(node);
    if (node.type !== 'Identifier') return isPrimitive(this.of(node)) ? 'primitive' : 'unknown';
    const variable = variableOf(node, this.#code);
    const [definition] = variable?.defs ?? [];
    if (!variable || !definition) return isPrimitive(this.of(node)) ? 'primitive' : 'unknown';
    if (isPrimitive(this.ofVariable(variable))) return 'primitive';
    if (definition.type !== 'Variable' || variable.defs.length > 1) return 'unknown';
    if (this.#askedForItems.has(variable)) return 'number';
    this.#askedForItems.add(variable);
    let isAliased = false as boolean;
    const kinds = this.#usesOf(variable).map((reference): ValueKind => {
      if (reference.isWrite()) return reference.writeExpr ? this.itemOf(reference.writeExpr) : 'unknown';
      const stored = this.#storedThrough(reference.identifier);
      isAliased ||= stored === 'aliased';
      return stored === 'aliased' ? 'number' : stored;
    });
    this.#askedForItems.delete(variable);
    const kind = joined(kinds);
    // Items that are objects may have been given more through another name.
    return kind === 'fresh' && isAliased ? 'unknown' : kind;
  }

  #itemOfNew(node: TSESTree.NewExpression): ValueKind {
    const [first] = node.arguments;
    if (!isPlainClass(node, this.#code)) return 'unknown';
    if (!first) return 'number';
    return isPrimitive(this.of(first)) ? 'primitive' : this.itemOf(first);
  }

  /** What one use of a collection puts into it or its items; `unknown` where the use hands it on, `aliased` where it hands on an item. */
  #storedThrough(identifier: TSESTree.Node): ValueKind | 'aliased' {
    if (identifier.parent?.type !== 'MemberExpression' || identifier.parent.object !== identifier) {
      const use = identifier.parent && useOfItems(identifier.parent, identifier);
      return use === 'none' ? 'number' : use === 'items' ? 'aliased' : 'unknown';
    }
    let place: TSESTree.MemberExpression = identifier.parent;
    while (place.parent.type === 'MemberExpression' && place.parent.object === place) place = place.parent;
    const { parent: user } = place;
    if (user.type === 'AssignmentExpression' && user.left === place) return this.#assigned(user);
    if (user.type === 'UpdateExpression') return 'number';
    if (user.type !== 'CallExpression' || user.callee !== place) return isComputation(user) || propertyName(place, this.#code) === 'length' ? 'number' : 'aliased';
    const method = propertyName(place, this.#code);
    if (method === null) return 'unknown';
    if (storing.has(method)) return joined(user.arguments.map((argument) => (argument.type === 'SpreadElement' ? this.itemOf(argument.argument) : this.of(argument))));
    if (['clear', 'delete', 'has', 'includes', 'indexOf', 'join', 'keys', 'lastIndexOf'].includes(method)) return 'number';
    return harmlessMethods.has(method) ? 'aliased' : 'unknown';
  }

  #usesOf(variable: Variable): readonly TSESLint.Scope.Reference[] {
    return variable.references.filter(({ identifier }) => !this.#piece.ignores(identifier, variable));
  }

  #written({ identifier, writeExpr }: TSESLint.Scope.Reference): ValueKind {
    const { parent } = identifier;
    if (parent.type === 'UpdateExpression') return 'number';
    if (parent.type === 'AssignmentExpression' && parent.left === identifier) return this.#assigned(parent);
    if (parent.type === 'VariableDeclarator' && parent.id === identifier) {
      const head = parent.parent.parent;
      if (head.type === 'ForOfStatement' && head.left === parent.parent) return this.itemOf(head.right);
      if (head.type === 'ForInStatement' && head.left === parent.parent) return 'primitive';
      return writeExpr ? this.of(writeExpr) : 'unknown';
    }
    return 'unknown';
  }

  #assigned(node: TSESTree.AssignmentExpression): ValueKind {
    switch (node.operator) {
      case '=':
        return this.of(node.right);
      case '&&=':
      case '||=':
      case '??=':
        return joined([this.of(node.left), this.of(node.right)]);
      case '+=':
        return this.of(node.left) === 'number' && this.of(node.right) === 'number' ? 'number' : 'primitive';
      default:
        return 'number';
    }
  }

  #named(node: TSESTree.Identifier): ValueKind {
    const variable = variableOf(node, this.#code);
    if (!variable || variable.defs.length === 0) return node.name === 'NaN' || node.name === 'Infinity' ? 'number' : node.name === 'undefined' ? 'primitive' : 'unknown';
    const kind = this.ofVariable(variable);
    if (kind !== 'fresh') return kind;
    // An object from outside is held there as well. What is put into one from inside is asked where it is put.
    return this.#piece.owns(variable) ? 'fresh' : 'unknown';
  }

  #made(contents: readonly ValueKind[]): ValueKind {
    return joined(contents) === 'unknown' ? 'unknown' : 'fresh';
  }

  #member(node: TSESTree.MemberExpression): ValueKind {
    const name = propertyName(node, this.#code);
    const reference = resolveReference(node, this.#code);
    if (reference?.module === 'globalThis' && /^(?:Math|Number)\.[A-Z_\d]+$/.test(reference.path.join('.'))) return 'number';
    if (name === 'length' && (isPrimitive(this.of(node.object)) || this.itemOf(node.object) !== 'unknown')) return 'number';
    if (!node.computed && name !== null && isOwnProperty(node.object, name, this.#code)) {
      const item = this.itemOf(node.object);
      return isPrimitive(item) ? item : 'unknown';
    }
    if (!node.computed || this.of(node.property) !== 'number') return 'unknown';
    if (isPrimitive(this.of(node.object))) return 'primitive';
    const item = this.itemOf(node.object);
    // Beyond its end an array gives undefined; a typed array is asked beyond it as well.
    return isPrimitive(item) ? (isTyped(node.object, this.#code) ? 'number' : 'primitive') : 'unknown';
  }

  #called(node: TSESTree.CallExpression): ValueKind {
    const callee = unwrapped(node.callee);
    const reference = resolveReference(callee, this.#code);
    const name = reference?.module === 'globalThis' ? reference.path.join('.') : '';
    if (/^Math\.\w+$/.test(name) || numberFunctions.has(name)) return 'number';
    if (primitiveFunctions.has(name)) return 'primitive';
    if (name === 'Array' || name === 'Array.from') {
      const item = this.#itemOfCall(node);
      return item === 'unknown' ? 'unknown' : 'fresh';
    }
    const fn = calledFunction(callee, this.#code);
    if (fn) return this.#returned(fn);
    if (callee.type !== 'MemberExpression') return 'unknown';
    const method = propertyName(callee, this.#code) ?? '';
    if (isPrimitive(this.of(callee.object))) return primitiveMethods.has(method) && !node.arguments.some((argument) => isFunction(argument)) ? (numberMethods.has(method) ? 'number' : 'primitive') : method === 'split' ? 'fresh' : 'unknown';
    if (method === 'forEach') return 'primitive';
    if (['fill', 'filter', 'map', 'slice', 'toSorted', 'toReversed'].includes(method)) {
      const item = this.#itemOfCall(node);
      return item === 'unknown' ? 'unknown' : 'fresh';
    }
    return method === 'reduce' && node.arguments[1] ? joined([this.of(node.arguments[1]), this.#callback(node.arguments[0]!)]) : ['includes', 'every', 'some', 'join', 'indexOf', 'has'].includes(method) ? 'primitive' : 'unknown';
  }

  #itemOfCall(node: TSESTree.CallExpression): ValueKind {
    const callee = unwrapped(node.callee);
    const reference = resolveReference(callee, this.#code);
    const name = reference?.module === 'globalThis' ? reference.path.join('.') : '';
    if (name === 'Array') return 'primitive';
    if (name === 'Array.from') return node.arguments[1] ? this.#callback(node.arguments[1]) : unwrapped(node.arguments[0]!).type === 'ObjectExpression' ? 'primitive' : this.itemOf(node.arguments[0]!);
    const fn = calledFunction(callee, this.#code);
    if (fn?.generator) return this.#yielded(fn);
    if (callee.type !== 'MemberExpression') return 'unknown';
    switch (propertyName(callee, this.#code)) {
      case 'map':
        return node.arguments[0] ? this.#callback(node.arguments[0]) : 'unknown';
      case 'fill':
        return joined([this.itemOf(callee.object), node.arguments[0] ? this.of(node.arguments[0]) : 'primitive']);
      case 'keys':
        return this.itemOf(callee.object) === 'unknown' ? 'unknown' : 'number';
      case 'filter':
      case 'slice':
      case 'toReversed':
      case 'toSorted':
      case 'values':
        return this.itemOf(callee.object);
      case 'split':
        return isPrimitive(this.of(callee.object)) ? 'primitive' : 'unknown';
      default:
        return 'unknown';
    }
  }

  #callback(argument: TSESTree.Node): ValueKind {
    const fn = calledFunction(argument, this.#code);
    return fn ? this.#returned(fn) : 'unknown';
  }

  #returned(fn: FunctionNode): ValueKind {
    if (fn.async || fn.generator) return 'unknown';
    if (fn.body.type !== 'BlockStatement') return this.of(fn.body);
    return this.#given(fn, (node) => (node.type === 'ReturnStatement' ? [node.argument] : []));
  }

  #yielded(fn: FunctionNode): ValueKind {
    return this.#given(fn, (node) => (node.type === 'YieldExpression' ? [node.delegate ? fn : node.argument] : []));
  }

  #given(fn: FunctionNode, valuesOf: (node: TSESTree.Node) => readonly (TSESTree.Node | null)[]): ValueKind {
    if (this.#asked.has(fn)) return 'number';
    this.#asked.add(fn);
    const kinds: ValueKind[] = ['primitive'];
    const returns: TSESTree.Node[] = [];
    walk(fn.body, this.#code.visitorKeys, (node) => {
      for (const value of valuesOf(node)) {
        if (value) returns.push(value);
        kinds.push(value ? this.of(value) : 'primitive');
      }
      return !isFunction(node);
    });
    this.#asked.delete(fn);
    // A function whose one way out is its last statement gives what that gives.
    const last = fn.body.type === 'BlockStatement' ? fn.body.body[fn.body.body.length - 1] : undefined;
    return last?.type === 'ReturnStatement' && last.argument ? joined(kinds.slice(1)) : joined(kinds);
  }

  /** The index that array methods pass second; a parameter whose type is written down. */
  #parameter(variable: Variable, fn: FunctionNode): ValueKind {
    const index = fn.params.findIndex((parameter) => parameter.type === 'Identifier' && parameter.name === variable.name);
    const parameter = fn.params[index];
    if (parameter?.type !== 'Identifier' || variable.references.some((reference) => reference.isWrite() && reference.init !== true && !isPrimitive(this.#written(reference)))) return 'unknown';
    const declared = annotated(parameter);
    if (declared) return declared;
    const { parent } = fn;
    if (parent.type !== 'CallExpression' || parent.callee.type !== 'MemberExpression') return 'unknown';
    const method = propertyName(parent.callee, this.#code);
    if (parent.arguments[0] === fn && ['filter', 'flatMap', 'forEach', 'map'].includes(method ?? '')) return index === 1 ? 'number' : index === 0 && isPrimitive(this.itemOf(parent.callee.object)) ? 'primitive' : 'unknown';
    return parent.arguments[1] === fn && method === 'from' && index === 1 ? 'number' : 'unknown';
  }
}

const storing = new Set(['add', 'fill', 'push', 'set', 'splice', 'unshift']);
const harmlessMethods = new Set(['at', 'every', 'filter', 'flatMap', 'forEach', 'get', 'map', 'pop', 'reduce', 'reverse', 'shift', 'slice', 'some', 'sort', 'subarray', 'values']);
const numberFunctions = new Set(['Date.now', 'Number', 'Number.parseFloat', 'Number.parseInt', 'parseFloat', 'parseInt', 'BigInt']);
const primitiveFunctions = new Set(['Array.isArray', 'Boolean', 'JSON.stringify', 'Number.isFinite', 'Number.isInteger', 'Number.isNaN', 'Number.isSafeInteger', 'String', 'String.fromCharCode', 'String.fromCodePoint', 'isFinite', 'isNaN']);
const numberMethods = new Set(['charCodeAt', 'indexOf', 'lastIndexOf', 'localeCompare']);
const primitiveMethods = new Set([
  ...numberMethods, 'at', 'charAt', 'codePointAt', 'concat', 'endsWith', 'includes', 'normalize', 'padEnd', 'padStart', 'repeat', 'replace', 'replaceAll', 'slice', 'startsWith', 'substr', 'substring',
  'toFixed', 'toLowerCase', 'toPrecision', 'toString', 'toUpperCase', 'trim', 'trimEnd', 'trimStart',
]);

/** What a use of a whole collection gets to see of it: nothing, as a comparison does, or its items, as a loop over it does. */
function useOfItems(parent: TSESTree.Node, identifier: TSESTree.Node): 'none' | 'items' | undefined {
  if (parent.type === 'ForOfStatement') return parent.right === identifier ? 'items' : undefined;
  if (parent.type === 'ForInStatement') return parent.right === identifier ? 'none' : undefined;
  if (parent.type === 'SpreadElement') return 'items';
  return ['BinaryExpression', 'ExpressionStatement', 'IfStatement', 'UnaryExpression'].includes(parent.type) ? 'none' : undefined;
}

/** Where an item is only computed with. */
function isComputation(user: TSESTree.Node): boolean {
  return ['BinaryExpression', 'ExpressionStatement', 'IfStatement', 'TemplateLiteral', 'UnaryExpression'].includes(user.type) || (user.type === 'AssignmentExpression' && !['=', '??=', '||=', '&&='].includes(user.operator));
}

function isProto(property: TSESTree.Property): boolean {
  return property.computed || (property.key.type === 'Identifier' && property.key.name === '__proto__') || (property.key.type === 'Literal' && property.key.value === '__proto__');
}

function isPlainClass(node: TSESTree.NewExpression, code: Code): boolean {
  const reference = resolveReference(node.callee, code);
  return reference?.module === 'globalThis' && ['Array', 'Date', 'Map', 'Set'].includes(reference.path.join('.'));
}

/** `o.n`, where `o` was made as `{ n: … }`; other names may be those of methods that every object has. */
function isOwnProperty(object: TSESTree.Node, name: string, code: Code): boolean {
  const node = unwrapped(object);
  const [definition] = (node.type === 'Identifier' ? variableOf(node, code)?.defs : undefined) ?? [];
  const init = definition?.type === 'Variable' && definition.node.init ? unwrapped(definition.node.init) : undefined;
  return init?.type === 'ObjectExpression' && init.properties.some((property) => property.type === 'Property' && !property.computed && property.key.type === 'Identifier' && property.key.name === name);
}

function isTyped(expression: TSESTree.Node, code: Code): boolean {
  const node = unwrapped(expression);
  if (node.type !== 'Identifier') return false;
  const [definition] = variableOf(node, code)?.defs ?? [];
  return definition?.type === 'Variable' && definition.node.init !== null && isTypedArray(definition.node.init, code);
}

function isLoopHead({ parent }: TSESTree.VariableDeclaration): boolean {
  return parent.type === 'ForOfStatement' || parent.type === 'ForInStatement';
}

/** The kind that a type annotation promises, where it names primitive types only. */
function annotated({ typeAnnotation }: TSESTree.Identifier): ValueKind | undefined {
  return typeAnnotation && ofType(typeAnnotation.typeAnnotation);
}

function ofType(type: TSESTree.TypeNode): ValueKind | undefined {
  switch (type.type) {
    case 'TSNumberKeyword':
    case 'TSBigIntKeyword':
      return 'number';
    case 'TSStringKeyword':
    case 'TSBooleanKeyword':
    case 'TSNullKeyword':
    case 'TSUndefinedKeyword':
    case 'TSLiteralType':
      return 'primitive';
    case 'TSUnionType': {
      const kinds = type.types.map(ofType);
      return kinds.includes(undefined) ? undefined : joined(kinds as ValueKind[]);
    }
    default:
      return undefined;
  }
}

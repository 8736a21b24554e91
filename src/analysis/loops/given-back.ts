import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName, resolveReference } from '../reference.js';
import { ancestorsOf, type InnerNode, isFunction, unwrapped, walk, wrapped } from '../syntax.js';
import type { Needs } from './loop-task.js';
import type { LoopObstacle } from './obstacles.js';
import { isAfter, isSharedWithOthers } from './reach.js';
import { isInside } from './trips.js';
import { isPrimitive, type ValueKinds } from './value-kind.js';

type Code = Readonly<TSESLint.SourceCode>;
type Reference = TSESLint.Scope.Reference;
type Variable = TSESLint.Scope.Variable;

export interface Question {
  readonly region: InnerNode;
  readonly needs: Needs;
  readonly kinds: ValueKinds;
  readonly code: Code;
  readonly isTypeScript: boolean;
}

/** What comes back from the task, and what is in the way of its crossing, or of anybody not noticing that it has crossed. */
export interface GivenBack {
  readonly results: readonly Variable[];
  readonly widened: ReadonlyMap<Variable, string>;
  readonly loosened: readonly TSESTree.VariableDeclaration[];
  readonly obstacles: readonly LoopObstacle[];
}

export function givenBack(question: Question): GivenBack {
  const { region, needs, kinds, code, isTypeScript } = question;
  const isExpression = !region.type.endsWith('Statement');
  const results: Variable[] = [];
  const loosened = new Set<TSESTree.VariableDeclaration>();
  const widened = new Map<Variable, string>();
  const obstacles: LoopObstacle[] = [];
  const stores = needs.parts.some((part) => storesUnknown(part, kinds, code));

  for (const [variable, uses] of needs.captured) {
    const { name } = variable;
    const kind = kinds.ofVariable(variable);
    const writes = uses.some((use) => use.isWrite());
    const changed = isPrimitive(kind) ? [] : uses.map((use) => changeBy(use, variable, question));
    // Another name for an item of it may be used to change that; of what came from elsewhere only the suggestion can ask.
    const changes = changed.includes('yes') || (kind === 'fresh' && changed.includes('maybe'));
    if (isExpression && (writes || changes)) obstacles.push({ reason: 'writes-in-expression', name });
    if (changes) {
      const declaration = ownDeclaration(variable, region);
      if (kind !== 'fresh' || !declaration || !isUnaliased(variable, question)) obstacles.push({ reason: 'shared-object', name });
      else if (declaration.kind === 'const') loosened.add(declaration);
    }
    if (writes || changes) {
      results.push(variable);
      if (isSharedWithOthers(variable, region)) obstacles.push({ reason: 'written-elsewhere', name });
      if (writes && kind === 'unknown') obstacles.push({ reason: 'unknown-result', name });
    }
    if (kind === 'unknown' ? !writes : kind === 'fresh' && !(changes && stores) && kinds.itemOf(variable.identifiers[0]!) === 'unknown') obstacles.push({ reason: 'unknown-value', name });
    else if (kind === 'fresh' && !changes && !isUnaliased(variable, question)) obstacles.push({ reason: 'unknown-value', name });
    if (isTypeScript) {
      const type = typeNeeded(variable, writes, kinds, code);
      if (type === undefined) obstacles.push({ reason: 'untyped', name });
      else if (type !== '') widened.set(variable, type);
    }
  }
  const givesObjects = isExpression ? !isPrimitive(kinds.of(region)) : results.some((variable) => !isPrimitive(kinds.ofVariable(variable)));
  if (givesObjects && stores) obstacles.push({ reason: 'unknown-item' });
  else if (isExpression && kinds.of(region) === 'unknown') obstacles.push({ reason: 'unknown-item' });
  if (results.some((variable) => isSeenAfterThrow(variable, region))) obstacles.push({ reason: 'in-try' });
  return { results, widened, loosened: [...loosened], obstacles };
}

/** Methods of arrays, maps and sets that leave them as they are. */
const readingMethods = new Set(['at', 'concat', 'entries', 'every', 'filter', 'find', 'findIndex', 'flat', 'flatMap', 'forEach', 'get', 'has', 'includes', 'indexOf', 'join', 'keys', 'lastIndexOf', 'map', 'reduce', 'slice', 'some', 'subarray', 'toReversed', 'toSorted', 'values']);

/** Does this use change the object in the variable? `maybe`, where it gives what is in it another name. */
function changeBy({ identifier }: Reference, variable: Variable, { kinds, code }: Question): 'maybe' | 'no' | 'yes' {
  const itemsArePrimitive = isPrimitive(kinds.itemOf(variable.identifiers[0]!));
  const alias = itemsArePrimitive ? 'no' : 'maybe';
  let place: InnerNode = wrapped(identifier);
  let depth = 0;
  while (place.parent.type === 'MemberExpression' && unwrapped(place.parent.object) === unwrapped(place)) {
    place = wrapped(place.parent);
    depth += 1;
  }
  const { parent } = place;
  if (isComputation(parent, place)) return 'no';
  if (depth === 0) {
    if (parent.type === 'ForOfStatement' && parent.right === place) return alias;
    if (parent.type === 'SpreadElement') return alias;
    if (parent.type === 'CallExpression' && parent.callee !== place) return readsItsArgument(parent, code) ? 'no' : 'yes';
    return parent.type === 'AssignmentExpression' && parent.left === place ? 'no' : 'maybe';
  }
  if (parent.type === 'AssignmentExpression' && parent.left === place) return 'yes';
  if (parent.type === 'UpdateExpression' || (parent.type === 'UnaryExpression' && parent.operator === 'delete')) return 'yes';
  if (parent.type === 'CallExpression' && parent.callee === place) {
    const method = propertyName(unwrapped(place) as TSESTree.MemberExpression, code);
    if (method === null || !readingMethods.has(method)) return 'yes';
    return parent.arguments.some((argument) => isFunction(argument)) || ['at', 'find', 'get'].includes(method) ? alias : 'no';
  }
  return alias;
}

/** Where a value, or an item, is only computed with or compared. */
function isComputation(parent: TSESTree.Node, place: TSESTree.Node): boolean {
  if (parent.type === 'AssignmentExpression') return parent.right === place && !['=', '??=', '||=', '&&='].includes(parent.operator);
  if (parent.type === 'UnaryExpression') return parent.operator !== 'delete';
  return ['BinaryExpression', 'ExpressionStatement', 'IfStatement', 'TemplateLiteral'].includes(parent.type);
}

function readsItsArgument(call: TSESTree.CallExpression, code: Code): boolean {
  const reference = resolveReference(call.callee, code);
  return reference?.module === 'globalThis' && /^(?:Math\.\w+|Object\.(?:entries|keys|values)|JSON\.stringify|String|Number|Array\.isArray)$/.test(reference.path.join('.'));
}

/** The statement that declares a variable of this function, if another value may be assigned to it. */
function ownDeclaration(variable: Variable, region: InnerNode): TSESTree.VariableDeclaration | undefined {
  const [definition] = variable.defs;
  if (definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier' || isSharedWithOthers(variable, region)) return undefined;
  const declaration = definition.parent;
  return declaration.parent.type === 'BlockStatement' || declaration.parent.type === 'Program' ? declaration : undefined;
}

/** Did nobody else get hold of the object in a variable before the loop ends? */
function isUnaliased(variable: Variable, { region, code, needs }: Question): boolean {
  if (isSharedWithOthers(variable, region)) return false;
  return variable.references.every((reference) => {
    const { identifier } = reference;
    if (reference.isWrite() || isAfter(identifier, variable, region) || needs.parts.some((part) => isInside(identifier, part))) return true;
    const place = wrapped(identifier);
    const { parent } = place;
    if (parent.type === 'MemberExpression') return parent.object === place && !(parent.parent.type === 'CallExpression' && parent.parent.callee === parent && /^(?:fill|reverse|sort|copyWithin|set|add|concat)$/.test(propertyName(parent, code) ?? 'set') && parent.parent.parent.type !== 'ExpressionStatement');
    return parent.type === 'ForOfStatement' || parent.type === 'SpreadElement' || parent.type === 'BinaryExpression' || (parent.type === 'CallExpression' && parent.callee !== place && readsItsArgument(parent, code));
  });
}

/** Is something put into an object that may not cross as it is? */
function storesUnknown(part: TSESTree.Node, kinds: ValueKinds, code: Code): boolean {
  let found = false;
  walk(part, code.visitorKeys, (node) => {
    if (node.type === 'AssignmentExpression' && unwrapped(node.left).type === 'MemberExpression' && ['=', '??=', '||=', '&&='].includes(node.operator)) found ||= kinds.of(node.right) === 'unknown';
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
      const method = propertyName(node.callee, code);
      if (method === 'apply' || method === 'bind' || method === 'call') found = true;
      const stores = method === null || ['add', 'fill', 'push', 'set', 'splice', 'unshift'].includes(method);
      if (stores) found ||= node.arguments.some((argument) => (argument.type === 'SpreadElement' ? kinds.itemOf(argument.argument) : kinds.of(argument)) === 'unknown');
      const reference = resolveReference(node.callee, code);
      if (reference?.module === 'globalThis' && /^(?:Object\.(?:assign|define\w+|freeze|seal|setPrototypeOf|preventExtensions)|Reflect\.\w+)$/.test(reference.path.join('.'))) found = true;
    }
    return !found;
  });
  return found;
}

/** A `try` around the loop that the variable lives longer than. */
function isSeenAfterThrow(variable: Variable, region: InnerNode): boolean {
  let child: TSESTree.Node = region;
  for (const ancestor of ancestorsOf(region)) {
    if (isFunction(ancestor)) return false;
    if (ancestor.type === 'TryStatement' && ancestor.finalizer !== child && !variable.defs.some(({ name }) => isInside(name, child))) return true;
    child = ancestor;
  }
  return false;
}

/**
 * What TypeScript has to be told of a variable that is passed in: nothing (an empty string), the type it is declared with,
 * which may be wider than what it holds just now, or what nobody wrote down (undefined).
 */
function typeNeeded(variable: Variable, isWritten: boolean, kinds: ValueKinds, code: Code): string | undefined {
  const [definition] = variable.defs;
  if (!definition) return undefined;
  const { typeAnnotation } = definition.name as TSESTree.Identifier;
  if (definition.type === 'Variable' && !definition.node.init && !/^For(?:In|Of)Statement$/.test(definition.parent.parent.type)) return undefined;
  if (typeAnnotation) {
    const { typeAnnotation: type } = typeAnnotation;
    return !isWritten || ['TSNumberKeyword', 'TSStringKeyword', 'TSBigIntKeyword'].includes(type.type) ? '' : code.getText(type);
  }
  if (definition.type !== 'Variable' || !definition.node.init) return definition.type === 'Parameter' ? (isWritten ? undefined : '') : isWritten ? undefined : '';
  const init = unwrapped(definition.node.init);
  // An array without a type takes its type from what is put into it, in its own function only.
  if (init.type === 'ArrayExpression' && init.elements.length === 0) return undefined;
  if (!isWritten) return '';
  if (init.type === 'Literal' && typeof init.value === 'boolean') return 'boolean';
  if (init.type === 'Literal' && (typeof init.value === 'string' || typeof init.value === 'number' || 'bigint' in init)) return '';
  return init.type === 'TemplateLiteral' || kinds.of(init) === 'number' ? '' : undefined;
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isDeclared, propertyName, resolveReference, variableOf } from '../reference.js';
import { ancestorsOf, isFunction, unwrapped } from '../syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What is assigned to a name; null where that is several things. */
type Assigned = ReadonlyMap<string, TSESTree.Expression | null>;
type Assigning<Owner = TSESLint.Scope.Variable> = Map<Owner, Map<string, TSESTree.Expression | null>>;
export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** What a file's assignments put into the properties of its variables and of its CommonJS exports. */
export interface AssignedMembers {
  readonly ofVariables: ReadonlyMap<TSESLint.Scope.Variable, Assigned>;
  /** `Loader.prototype.load = …`, by variable. */
  readonly ofPrototypes: ReadonlyMap<TSESLint.Scope.Variable, Assigned>;
  /** `this.reader = …`, by class. */
  readonly ofInstances: ReadonlyMap<ClassNode, Assigned>;
  /** `exports.load = …` and `module.exports.load = …`. */
  readonly ofExports: Assigned;
  /** `module.exports = …`; null where there are several. */
  readonly exports: TSESTree.Expression | null | undefined;
}

/** Sorts assignments to members by what they are members of, and what `Object.assign` and the like put there. */
export function assignedMembers(assignments: readonly TSESTree.AssignmentExpression[], calls: readonly TSESTree.Node[], code: Code): AssignedMembers {
  const ofVariables: Assigning = new Map();
  const ofPrototypes: Assigning = new Map();
  const ofInstances: Assigning<ClassNode> = new Map();
  const ofExports = new Map<string, TSESTree.Expression | null>();
  let exports: TSESTree.Expression | null | undefined;
  for (const { left, right } of assignments) {
    const target = unwrapped(left);
    if (target.type !== 'MemberExpression') continue;
    if (isModuleExports(target, code)) {
      exports = exports === undefined ? right : null;
      continue;
    }
    const name = target.property.type === 'PrivateIdentifier' ? `#${target.property.name}` : propertyName(target, code);
    if (name !== null) addMember(unwrapped(target.object), name, right);
  }
  for (const call of calls) for (const [object, name, value] of mergedMembers(call, code)) addMember(object, name, value);
  return { ofVariables, ofPrototypes, ofInstances, ofExports, exports };

  function addMember(object: TSESTree.Node, name: string, right: TSESTree.Expression): void {
    if (object.type === 'ThisExpression') addToInstance(ofInstances, object, name, right, code);
    else if (isExports(object, code)) add(ofExports, name, right, code);
    else if (object.type === 'Identifier') addTo(ofVariables, object, name, right, code);
    else if (object.type === 'MemberExpression' && object.object.type === 'Identifier' && propertyName(object, code) === 'prototype') addTo(ofPrototypes, object.object, name, right, code);
  }
}

/** Methods of lodash that put the members of the others into the first. */
const merging = /^(?:assign|assignIn|extend|merge)$/;

/** `Object.assign(Loader, { load })`: what is put there that is written out, by name. */
function* mergedMembers(call: TSESTree.Node, code: Code): Generator<readonly [object: TSESTree.Node, name: string, value: TSESTree.Expression]> {
  if (call.type !== 'CallExpression' || call.arguments.length < 2) return;
  const [target, ...given] = call.arguments.map((argument) => unwrapped(argument));
  if (!given.some(({ type }) => type === 'ObjectExpression') || !isMerge(call.callee, code)) return;
  for (const one of given) {
    for (const property of one.type === 'ObjectExpression' ? one.properties : []) {
      if (property.type !== 'Property' || property.kind !== 'init' || property.computed || property.key.type !== 'Identifier') continue;
      yield [target!, property.key.name, property.value as TSESTree.Expression];
    }
  }
}

function isMerge(callee: TSESTree.Node, code: Code): boolean {
  const reference = resolveReference(callee, code);
  if (!reference) return false;
  const { module, path } = reference;
  if (module === 'globalThis') return path.join('.') === 'Object.assign';
  const [, ofModule] = /^lodash(?:-es)?(?:[./](\w+)(?:\.js)?)?$/.exec(module) ?? [];
  return /^lodash(?:-es)?(?![\w-])/.test(module) && merging.test(ofModule ?? path.filter((name) => name !== 'default').join('.'));
}

/** `exports`, or `module.exports`. */
export function isExports(node: TSESTree.Node, code: Code): boolean {
  return (node.type === 'Identifier' && node.name === 'exports' && !isDeclared(node, code)) || isModuleExports(node, code);
}

function isModuleExports(node: TSESTree.Node, code: Code): boolean {
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier' || node.object.name !== 'module') return false;
  return propertyName(node, code) === 'exports' && !isDeclared(node.object, code);
}

function addTo(all: Assigning, object: TSESTree.Identifier, name: string, value: TSESTree.Expression, code: Code): void {
  const variable = variableOf(object, code);
  if (!variable || variable.defs.length === 0) return;
  const members = all.get(variable) ?? new Map<string, TSESTree.Expression | null>();
  all.set(variable, members);
  add(members, name, value, code);
}

function addToInstance(all: Assigning<ClassNode>, object: TSESTree.Node, name: string, value: TSESTree.Expression, code: Code): void {
  for (const ancestor of ancestorsOf(object)) {
    // `this` is an instance in methods, and in arrow functions inside them.
    if (isFunction(ancestor) && ancestor.type !== 'ArrowFunctionExpression' && (ancestor.parent.type !== 'MethodDefinition' || ancestor.parent.static)) return;
    if (ancestor.type !== 'ClassDeclaration' && ancestor.type !== 'ClassExpression') continue;
    const members = all.get(ancestor) ?? new Map<string, TSESTree.Expression | null>();
    all.set(ancestor, members);
    return void add(members, name, value, code);
  }
}

/** `exports.load = void 0`, which compilers write first, says nothing, and neither does what is null until it is needed. */
function add(members: Map<string, TSESTree.Expression | null>, name: string, value: TSESTree.Expression, code: Code): void {
  let last = value;
  while (last.type === 'AssignmentExpression') last = last.right;
  if (isNothing(last)) return;
  members.set(name, !members.has(name) || isSameConstruction(value, members.get(name), code) ? value : null);
}

/** `null` and `undefined`: no function of them is called. */
export function isNothing(expression: TSESTree.Node): boolean {
  const node = unwrapped(expression);
  if (node.type === 'Literal') return node.raw === 'null';
  return node.type === 'UnaryExpression' ? node.operator === 'void' : node.type === 'Identifier' && node.name === 'undefined';
}

/** Are two expressions `this`, or do they make an instance of one class? */
export function isSameConstruction(one: TSESTree.Node, other: TSESTree.Node | null | undefined, code: Code): boolean {
  if (one.type === 'ThisExpression') return other?.type === 'ThisExpression';
  const classes = [one, other].map((expression) => {
    const node = expression && unwrapped(expression);
    return node?.type === 'NewExpression' && node.callee.type === 'Identifier' ? variableOf(node.callee, code) : undefined;
  });
  return Boolean(classes[0]) && classes[0] === classes[1];
}

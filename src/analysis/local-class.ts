import type { TSESTree } from '@typescript-eslint/utils';
import { stateful, type Uncloneable, uncloneable, uncloneableFrom } from '../catalogue/uncloneable.js';
import type { File } from './file.js';
import { resolveReference, variableOf } from './reference.js';
import { ancestorsOf, isFunction, unwrapped, walk } from './syntax.js';
import { taskCall } from './task-call.js';

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** Why an instance of a class of this file cannot cross; the property that cannot, where it is one. */
export interface RefusedInstance {
  readonly value: Uncloneable;
  readonly property?: string;
}

/** For `this` and `new Counter()`: undefined where the class is not known whole, or its instances cross as plain objects. */
export function refusedInstance(node: TSESTree.ThisExpression | TSESTree.NewExpression, file: File): RefusedInstance | undefined {
  const cls = node.type === 'ThisExpression' ? classOfThis(node) : constructed(node, file);
  const name = cls?.id?.name;
  if (!cls || name === undefined || isDecorated(cls)) return undefined;
  if (node.type === 'ThisExpression' && !isFinal(cls, file)) return undefined;
  if (cls.superClass) return inherited(cls.superClass, name, file);
  const method = cls.body.body.find((member) => isFunctionField(member));
  if (method && !isAssigned(method.key as TSESTree.Identifier, cls, file)) return { value: uncloneable.function, property: (method.key as TSESTree.Identifier).name };
  return hidesItsState(cls, file) ? { value: stateful(name) } : undefined;
}

/** Only TypeScript's parser and Babel's know decorators. */
function isDecorated({ decorators }: { readonly decorators?: readonly unknown[] }): boolean {
  return (decorators?.length ?? 0) > 0;
}

/** The class of whose instances `this` is one here. */
function classOfThis(node: TSESTree.Node): ClassNode | undefined {
  let child = node;
  for (const ancestor of ancestorsOf(node)) {
    if (ancestor.type === 'StaticBlock') return undefined;
    if (ancestor.type === 'PropertyDefinition' || ancestor.type === 'MethodDefinition') return ancestor.static || ancestor.value !== child ? undefined : ancestor.parent.parent;
    if (isFunction(ancestor) && ancestor.type !== 'ArrowFunctionExpression' && ancestor.parent.type !== 'MethodDefinition') return undefined;
    child = ancestor;
  }
  return undefined;
}

function constructed(node: TSESTree.NewExpression, { code }: File): ClassNode | undefined {
  const callee = unwrapped(node.callee);
  const variable = callee.type === 'Identifier' ? variableOf(callee, code) : undefined;
  const [definition, ...others] = variable?.defs ?? [];
  if (definition?.type !== 'ClassName' || others.length > 0 || variable!.references.some((reference) => reference.isWrite())) return undefined;
  return definition.node.declare ? undefined : definition.node;
}

/** Nobody can have derived another class from it: it is not exported, and used only to make instances and to ask for them. */
function isFinal(cls: ClassNode, { code }: File): boolean {
  if (cls.type === 'ClassExpression' || cls.parent.type.startsWith('Export')) return false;
  return cls.id !== null && code.getDeclaredVariables(cls).every((variable) => variable.references.every(({ identifier, ...reference }) => {
    const { parent } = identifier as TSESTree.Identifier;
    if ((reference as { isValueReference?: boolean }).isValueReference === false || parent.type === 'TSTypeReference') return true;
    return (parent.type === 'NewExpression' && parent.callee === identifier) || (parent.type === 'BinaryExpression' && parent.operator === 'instanceof');
  }));
}

/** A class derived from one of Node's that cannot cross, such as EventEmitter. */
function inherited(superClass: TSESTree.Expression, name: string, { code }: File): RefusedInstance | undefined {
  const reference = resolveReference(superClass, code);
  const value = reference && !reference.instance ? uncloneableFrom(`new ${[reference.module, ...reference.path].join('.')}`) : undefined;
  return value && !value.transferable && isKeptBySubclasses(reference!.module) ? { value: { ...stateful(name), instead: value.instead } } : undefined;
}

/** By what the runtime goes for these: their being emitters. */
function isKeptBySubclasses(module: string): boolean {
  return module === 'events' || module === 'stream' || module === 'net';
}

/** `onChange = () => …`: every instance has a function of its own. */
function isFunctionField(member: TSESTree.ClassElement): member is TSESTree.PropertyDefinitionNonComputedName {
  if (member.type !== 'PropertyDefinition' || member.static || member.computed || member.declare || member.key.type !== 'Identifier') return false;
  return member.value !== null && isFunction(unwrapped(member.value));
}

function isAssigned({ name }: TSESTree.Identifier, cls: ClassNode, { code }: File): boolean {
  let found = false;
  walk(cls, code.visitorKeys, (node) => {
    if (node.type === 'MemberExpression' && isTarget(node) && (node.computed || (node.property.type === 'Identifier' && node.property.name === name))) found = true;
    return !found;
  });
  return found;
}

/**
 * What the class makes has no property that can be seen, only methods: all that it is would be left behind. A class whose
 * `this` is handed on, or written to, may put properties on it.
 */
function hidesItsState(cls: ClassNode, file: File): boolean {
  const members = cls.body.body.filter((member) => member.type !== 'StaticBlock' && !('static' in member && member.static));
  const isPublic = (member: TSESTree.ClassElement): boolean => 'key' in member && member.key.type !== 'PrivateIdentifier';
  if (members.some((member) => member.type === 'PropertyDefinition' && isPublic(member) && !member.declare)) return false;
  if (!members.some((member) => member.type === 'MethodDefinition' && isPublic(member) && member.kind !== 'constructor')) return false;
  let answer = true;
  walk(cls.body, file.code.visitorKeys, (node) => {
    if (node.type === 'TSParameterProperty' || (node.type === 'ThisExpression' && !leavesAlone(node, file))) answer = false;
    return answer;
  });
  return answer;
}

/** `this.#count = 1`, `this.next()`, or given to the runtime. */
function leavesAlone({ parent }: TSESTree.ThisExpression, file: File): boolean {
  if (parent.type === 'CallExpression') return taskCall(parent, file) !== undefined;
  return parent.type === 'MemberExpression' && (parent.property.type === 'PrivateIdentifier' || (!parent.computed && !isTarget(parent)));
}

function isTarget(node: TSESTree.MemberExpression): boolean {
  const { parent } = node;
  if (parent.type === 'AssignmentExpression') return parent.left === node;
  return parent.type === 'UpdateExpression' || (parent.type === 'UnaryExpression' && parent.operator === 'delete') || parent.type === 'AssignmentPattern' || parent.type === 'ArrayPattern' || parent.type === 'RestElement' || (parent.type === 'Property' && parent.parent.type === 'ObjectPattern') || parent.type === 'ForOfStatement' || parent.type === 'ForInStatement';
}

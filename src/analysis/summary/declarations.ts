import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { variableOf } from '../reference.js';
import { type FunctionNode, isFunction, lineOf } from '../syntax.js';
import { type Annotations, annotationOf } from './annotations.js';
import { type AssignedMembers, type ClassNode, isNothing, isSameConstruction } from './assigned-members.js';
import type { Call, CalledParameter, ClassSummary, FunctionSummary, ObjectSummary, Value } from './module-summary.js';
import { nameInChain, nameOfClass, nameOfObject } from './names.js';

/** What a file declares: a summary for each function, class and object literal, made when it is asked for first. */
export interface Declarations {
  /** A function's summary, of which the calls are yet to be filled in. */
  readonly functionOf: (node: FunctionNode) => UnfinishedFunction;
  readonly classOf: (node: ClassNode) => ClassSummary;
  /** The function that runs a class's fields, and its constructor if it has one. */
  readonly constructOf: (node: ClassNode) => UnfinishedFunction;
  readonly objectOf: (node: TSESTree.ObjectExpression) => ObjectSummary;
  /** The file's own CommonJS exports. */
  readonly ownExports: () => Value | undefined;
  /** Where a function of this file is. */
  readonly nodeOf: (summary: FunctionSummary) => FunctionNode | undefined;
  /** The functions found so far, by the offset of the name that declares them. */
  readonly functions: ReadonlyMap<number, FunctionSummary>;
}

export type UnfinishedFunction = Omit<FunctionSummary, 'callsParameters' | 'iterated' | 'promised' | 'returned' | 'unasked'> & { readonly calls: Call[]; callsParameters?: CalledParameter[]; returned: Value | undefined; promised?: Value | undefined; iterated?: Value | undefined; unasked?: FunctionSummary['unasked'] };

export interface DeclarationsGiven {
  readonly file: string;
  readonly code: Readonly<TSESLint.SourceCode>;
  readonly assigned: AssignedMembers;
  readonly annotations: Annotations;
}

/** What expressions stand for, which their declarations are part of. */
interface Expressions {
  readonly valueOf: (expression: TSESTree.Node) => Value | undefined;
  readonly instanceOfType: (type: TSESTree.TypeNode | undefined) => Value | undefined;
}

type Unfinished = Map<string, Value | null>;

/** What a getter is called among the members of its class or object, beside what it gives. */
export function getterName(name: string): string {
  return `get ${name}`;
}

/** The declarations of a file, with their members as far as these are known. */
export function declarationsOf({ file, code, assigned, annotations }: DeclarationsGiven, { valueOf, instanceOfType }: Expressions): Declarations {
  const functions = new Map<TSESTree.Node, UnfinishedFunction>();
  const byName = new Map<number, FunctionSummary>();
  const classes = new Map<ClassNode, ClassSummary>();
  const objects = new Map<TSESTree.Node, ObjectSummary>();
  return { functionOf, classOf, constructOf, objectOf, ownExports, nodeOf, functions: byName };

  function nodeOf(summary: FunctionSummary): FunctionNode | undefined {
    for (const [node, known] of functions) if (known === (summary.whole ?? summary)) return isFunction(node) ? node : undefined;
    return undefined;
  }

  function functionOf(node: FunctionNode): UnfinishedFunction {
    const known = functions.get(node);
    if (known) return known;
    const { parent } = node;
    const declared = parent.type === 'VariableDeclarator' ? parent.id : node.type === 'FunctionDeclaration' ? node.id : null;
    const members: Unfinished = new Map();
    const prototype: Unfinished = new Map();
    const summary: UnfinishedFunction = {
      kind: 'function',
      name: nameInChain(node, file),
      file,
      line: lineOf(parent.type === 'MethodDefinition' || parent.type === 'Property' ? parent.key : node, code),
      runs: node.async || node.generator ? 'later' : 'at-once',
      said: annotationOf(node, annotations),
      calls: [],
      returned: undefined,
      members,
      prototype,
    };
    functions.set(node, summary);
    byName.set((declared ?? (parent.type === 'MethodDefinition' || parent.type === 'Property' || parent.type === 'PropertyDefinition' ? parent.key : node)).range[0], summary);
    if (declared?.type === 'Identifier') addAssigned(members, declared, prototype);
    return summary;
  }

  function classOf(node: ClassNode): ClassSummary {
    const known = classes.get(node);
    if (known) return known;
    const members: Unfinished = new Map();
    const prototype: Unfinished = new Map();
    const hasConstruct = node.body.body.some((member) => isConstructor(member) || (member.type === 'PropertyDefinition' && !member.static && member.value));
    const summary: { -readonly [K in keyof ClassSummary]: ClassSummary[K] } = { kind: 'class', name: nameOfClass(node), construct: hasConstruct ? constructOf(node) : undefined, superclass: undefined, members, prototype, types: typesOf(node) };
    classes.set(node, summary);
    summary.superclass = node.superClass ? valueOf(node.superClass) ?? null : undefined;
    addAll(prototype, assigned.ofInstances.get(node));
    for (const member of node.body.body) if (member.type === 'MethodDefinition' || member.type === 'PropertyDefinition') addMember(member.static ? members : prototype, member, member.static ? undefined : assigned.ofInstances.get(node));
    for (const parameter of constructorParameters(node)) addParameterProperty(prototype, parameter);
    for (const member of node.body.body) if (member.type === 'PropertyDefinition' && !member.static) addTypedField(prototype, member, assigned.ofInstances.get(node));
    if (node.id) for (const variable of new Set([variableOf(node.id, code), ...code.getDeclaredVariables(node)])) addAssignedTo(variable, members, prototype);
    return summary;
  }

  function addMember(members: Unfinished, member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition, assignments: AssignedMembers['ofExports'] = new Map()): void {
    if (member.type === 'MethodDefinition' && (member.kind === 'constructor' || member.kind === 'set')) return;
    const name = memberName(member);
    if (name === undefined || !member.value) return;
    // An overload has a key of the same name and no body.
    if ((member.value.type as string) === 'TSEmptyBodyFunctionExpression') return;
    if (member.type === 'MethodDefinition' && member.kind === 'get') return void addGetter(members, name, member.value);
    if (assignments.has(name) && (isNothing(member.value) || isSameConstruction(member.value, assignments.get(name), code))) return;
    // A field that is written again may be anything by then.
    members.set(name, members.has(name) ? null : valueOf(member.value) ?? null);
  }

  /** `config: Config`, where nothing else tells what is in it. What is assigned to twice may be of two classes that extend that one. */
  function addTypedField(members: Unfinished, field: TSESTree.PropertyDefinition, assignments: AssignedMembers['ofExports'] = new Map()): void {
    const { value, typeAnnotation } = field;
    const name = memberName(field);
    if (name === undefined || members.get(name) || assignments.get(name) === null || (value && !isNothing(value) && assignments.has(name))) return;
    const typed = instanceOfType(typeAnnotation?.typeAnnotation);
    if (typed) members.set(name, typed);
  }

  /** Reading it runs it, and gives what it gives back. */
  function addGetter(members: Unfinished, name: string, value: TSESTree.Expression | TSESTree.TSEmptyBodyFunctionExpression): void {
    const getter = valueOf(value);
    members.set(getterName(name), getter ?? null);
    members.set(name, getter && !members.has(name) ? { kind: 'result', of: getter, awaited: false } : null);
  }

  /** `constructor(private readonly config: Config) {}` */
  function addParameterProperty(members: Unfinished, { parameter }: TSESTree.TSParameterProperty): void {
    const name = parameter.type === 'Identifier' ? parameter : parameter.left;
    members.set(name.name, members.has(name.name) ? null : valueOf(name) ?? null);
  }

  function constructOf(node: ClassNode): UnfinishedFunction {
    const constructor = node.body.body.find(isConstructor);
    if (constructor && isFunction(constructor.value)) return functionOf(constructor.value);
    const known = functions.get(node);
    if (known) return known;
    const summary: UnfinishedFunction = { kind: 'function', name: `new ${nameOfClass(node)}`, file, line: lineOf(node, code), runs: 'at-once', said: undefined, calls: [], returned: undefined, members: new Map(), prototype: new Map() };
    functions.set(node, summary);
    return summary;
  }

  function objectOf(node: TSESTree.ObjectExpression): ObjectSummary {
    const known = objects.get(node);
    if (known) return known;
    const members: Unfinished = new Map();
    const summary: ObjectSummary = { kind: 'object', name: nameOfObject(node), members };
    objects.set(node, summary);
    for (const property of node.properties) {
      // What is spread may replace what stands before it.
      if (property.type !== 'Property') {
        for (const name of members.keys()) members.set(name, null);
        continue;
      }
      const name = property.key.type === 'Identifier' && !property.computed ? property.key.name : property.key.type === 'Literal' ? String(property.key.value) : undefined;
      if (name !== undefined && property.kind === 'get') addGetter(members, name, property.value as TSESTree.Expression);
      else if (name !== undefined) members.set(name, property.kind === 'init' && !members.has(name) ? valueOf(property.value) ?? null : null);
    }
    if (node.parent.type === 'VariableDeclarator' && node.parent.id.type === 'Identifier') addAssigned(members, node.parent.id);
    return summary;
  }

  /** What is assigned to the properties of a declared name, and to those of its prototype. */
  function addAssigned(members: Unfinished, declared: TSESTree.Identifier, prototype: Unfinished = members): void {
    addAssignedTo(variableOf(declared, code), members, prototype);
  }

  /** A class has a name in itself and one around it. */
  function addAssignedTo(variable: TSESLint.Scope.Variable | null, members: Unfinished, prototype: Unfinished): void {
    if (!variable) return;
    addAll(members, assigned.ofVariables.get(variable));
    addAll(prototype, assigned.ofPrototypes.get(variable));
  }

  function addAll(members: Unfinished, values: AssignedMembers['ofExports'] | undefined): void {
    for (const [name, value] of values ?? []) members.set(name, members.has(name) ? null : (value && valueOf(value)) ?? null);
  }

  function ownExports(): Value | undefined {
    const known = objects.get(code.ast);
    if (known) return known;
    if (assigned.exports === null) return undefined;
    const members: Unfinished = new Map();
    const summary: ObjectSummary = { kind: 'object', members };
    objects.set(code.ast, summary);
    const whole = assigned.exports && valueOf(assigned.exports);
    if (whole?.kind === 'object') for (const [name, value] of whole.members) members.set(name, value);
    addAll(members, assigned.ofExports);
    return summary;
  }
}

function constructorParameters(node: ClassNode): readonly TSESTree.TSParameterProperty[] {
  const constructor = node.body.body.find(isConstructor);
  return constructor ? constructor.value.params.filter((parameter) => parameter.type === 'TSParameterProperty') : [];
}

/** `load`, `#load`; undefined for what is computed, or no identifier. */
function memberName({ key, computed }: TSESTree.MethodDefinition | TSESTree.PropertyDefinition): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return !computed && key.type === 'Identifier' ? key.name : undefined;
}

/** The names of what a class implements. Parsers of JavaScript have no list of these. */
function typesOf(node: Pick<Partial<ClassNode>, 'implements'>): readonly string[] {
  return node.implements?.flatMap(({ expression }) => (expression.type === 'Identifier' ? expression.name : [])) ?? [];
}

function isConstructor(member: TSESTree.ClassElement): member is TSESTree.MethodDefinition {
  // An overload of a constructor has no body.
  return member.type === 'MethodDefinition' && member.kind === 'constructor' && isFunction(member.value);
}

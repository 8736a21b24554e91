import { isBuiltin } from 'node:module';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName, resolveAsWritten, resolveReference, variableOf, written } from '../reference.js';
import { ancestorsOf, type FunctionNode, isFunction, unwrapped } from '../syntax.js';
import { type Annotations, annotationOf } from './annotations.js';
import { type AssignedMembers, type ClassNode, isExports } from './assigned-members.js';
import type { Call, ClassSummary, FunctionSummary, ObjectSummary, Value } from './module-summary.js';
import { nameInChain, nameOfClass } from './names.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What expressions of a file stand for. */
export interface Values {
  readonly valueOf: (expression: TSESTree.Node) => Value | undefined;
  /** A function's summary, of which the calls are yet to be filled in. */
  readonly functionOf: (node: FunctionNode) => UnfinishedFunction;
  /** The function that runs a class's fields, and its constructor if it has one. */
  readonly constructOf: (node: ClassNode) => UnfinishedFunction;
  /** Where a function of this file is. */
  readonly nodeOf: (summary: FunctionSummary) => FunctionNode | undefined;
  /** The class that `super(…)` constructs. */
  readonly superclassOf: (node: TSESTree.Super) => Value | undefined;
  /** The functions found so far, by the offset of the name that declares them. */
  readonly functions: ReadonlyMap<number, FunctionSummary>;
}

export type UnfinishedFunction = Omit<FunctionSummary, 'returned'> & { readonly calls: Call[]; returned: Value | undefined };

export interface ValuesGiven {
  readonly file: string;
  readonly code: Code;
  readonly assigned: AssignedMembers;
  readonly annotations: Annotations;
}

type Unfinished = Map<string, Value | null>;

/** Functions and classes of this file by declaration, names of other modules as they are written; what is neither, or may be two things, is undefined. */
export function valuesOf({ file, code, assigned, annotations }: ValuesGiven): Values {
  const functions = new Map<TSESTree.Node, UnfinishedFunction>();
  const byName = new Map<number, FunctionSummary>();
  const classes = new Map<ClassNode, ClassSummary>();
  const objects = new Map<TSESTree.Node, ObjectSummary>();
  const variables = new Map<TSESLint.Scope.Variable, Value | undefined>();
  return { valueOf, functionOf, constructOf, nodeOf, superclassOf, functions: byName };

  function nodeOf(summary: FunctionSummary): FunctionNode | undefined {
    for (const [node, known] of functions) if (known === summary) return isFunction(node) ? node : undefined;
    return undefined;
  }

  function valueOf(expression: TSESTree.Node): Value | undefined {
    const node = unwrapped(expression);
    switch (node.type) {
      case 'Identifier':
        return isExports(node, code) ? ownExports() : valueOfIdentifier(node);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      case 'FunctionDeclaration':
        return functionOf(node);
      case 'ClassExpression':
      case 'ClassDeclaration':
        return classOf(node);
      case 'ObjectExpression':
        return objectOf(node);
      case 'ThisExpression':
        return valueOfThis(node);
      case 'MemberExpression':
        return isExports(node, code) ? ownExports() : valueOfMember(node);
      case 'NewExpression':
        return instanceOf(valueOf(node.callee));
      case 'AssignmentExpression':
        return valueOf(node.right);
      case 'SequenceExpression':
        return valueOf(node.expressions[node.expressions.length - 1]!);
      case 'AwaitExpression':
        return imported(node) ?? valueOfAwaited(node);
      case 'CallExpression':
        return imported(node) ?? valueOfCall(node);
      default:
        return undefined;
    }
  }

  function valueOfIdentifier(node: TSESTree.Identifier): Value | undefined {
    const variable = variableOf(node, code);
    if (!variable || variable.defs.length === 0) return undefined;
    if (!variables.has(variable)) {
      // What refers to itself stands for nothing.
      variables.set(variable, undefined);
      variables.set(variable, valueOfVariable(variable, node));
    }
    return variables.get(variable);
  }

  function valueOfVariable(variable: TSESLint.Scope.Variable, node: TSESTree.Identifier): Value | undefined {
    const writes = variable.references.filter((reference) => reference.isWrite());
    // Overloads are declared beside the function.
    const definitions = variable.defs.filter((definition) => (definition.node as TSESTree.Node).type !== 'TSDeclareFunction' && (definition.type as string) !== 'Type');
    const [definition] = definitions;
    if (!definition || definitions.length > 1) return undefined;
    switch (definition.type as string) {
      case 'FunctionName':
      case 'ClassName':
        return writes.length === 0 ? valueOf(definition.node) : undefined;
      case 'ImportBinding':
        return imported(node);
      case 'Parameter':
        return imported(node) ?? (writes.length === 0 ? instanceOfType((definition.name as TSESTree.Identifier).typeAnnotation) : undefined);
      case 'Variable': {
        const value = writes.length === 1 ? written(writes[0]!.identifier as TSESTree.Identifier) : undefined;
        if (!value) return undefined;
        const whole = valueOf(value.value);
        return value.steps.reduce<Value | undefined>(memberOf, whole);
      }
      default:
        return undefined;
    }
  }

  /** An export of a module that is not Node's own. */
  function imported(node: TSESTree.Node): Value | undefined {
    const reference = resolveAsWritten(node, code);
    if (!reference || reference.instance || reference.module === 'globalThis' || isBuiltin(reference.module)) return undefined;
    return { kind: 'import', file, specifier: reference.module, path: reference.path };
  }

  /** `config: Config`, where `Config` is a class: the type says what typed linting would say. What is no class comes to nothing later. */
  function instanceOfType(annotation: TSESTree.TSTypeAnnotation | undefined): Value | undefined {
    const type = annotation?.typeAnnotation;
    if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier' || type.typeArguments) return undefined;
    const [definition, ...others] = variableOf(type.typeName, code)?.defs ?? [];
    if (others.length > 0 || !definition) return undefined;
    if (definition.type === 'ClassName') return instanceOf(valueOf(definition.node));
    if (definition.type !== 'ImportBinding' || definition.parent.type !== 'ImportDeclaration' || definition.node.type === 'ImportNamespaceSpecifier') return undefined;
    const name = definition.node.type === 'ImportSpecifier' ? (definition.node.imported.type === 'Identifier' ? definition.node.imported.name : definition.node.imported.value) : 'default';
    return instanceOf({ kind: 'import', file, specifier: definition.parent.source.value, path: [name] });
  }

  function valueOfMember(node: TSESTree.MemberExpression): Value | undefined {
    const name = propertyName(node, code) ?? (node.property.type === 'PrivateIdentifier' ? `#${node.property.name}` : null);
    if (name === null) return undefined;
    return memberOf(node.object.type === 'Super' ? valueOfSuper(node.object) : valueOf(node.object), name);
  }

  /** What a call gives back, where it gives back what it is called on or with. */
  function valueOfCall({ callee, arguments: [first] }: TSESTree.CallExpression): Value | undefined {
    if (callee.type === 'MemberExpression' && propertyName(callee, code) === 'bind') return valueOf(callee.object);
    const called = callee.type === 'Super' ? undefined : resolveReference(callee, code);
    if (first && called?.module === 'globalThis') return called.path.join('.') === 'Object.freeze' ? valueOf(first) : undefined;
    return resultOf(callee, false);
  }

  function valueOfAwaited({ argument }: TSESTree.AwaitExpression): Value | undefined {
    const awaited = unwrapped(argument);
    return awaited.type === 'CallExpression' ? resultOf(awaited.callee, true) : undefined;
  }

  function resultOf(callee: TSESTree.Node, awaited: boolean): Value | undefined {
    const of = callee.type === 'Super' ? undefined : valueOf(callee);
    return of && { kind: 'result', of, awaited };
  }

  function valueOfThis(node: TSESTree.Node): Value | undefined {
    for (const ancestor of ancestorsOf(node)) {
      if (ancestor.type === 'StaticBlock') return classOf(ancestor.parent.parent);
      if (ancestor.type === 'PropertyDefinition') return ofClass(ancestor);
      if (!isFunction(ancestor) || ancestor.type === 'ArrowFunctionExpression') continue;
      const { parent } = ancestor;
      if (parent.type === 'MethodDefinition') return ofClass(parent);
      if (parent.type === 'Property' && parent.parent.type === 'ObjectExpression') return objectOf(parent.parent);
      if (parent.type === 'AssignmentExpression' && parent.right === ancestor) return ownerOfAssigned(parent.left);
      // An ES5 constructor that is called as such has an instance for `this`.
      const summary = functionOf(ancestor);
      return summary.prototype.size > 0 ? instanceOf(summary) : undefined;
    }
    return undefined;
  }

  function ofClass(member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition): Value | undefined {
    const value = classOf(member.parent.parent);
    return member.static ? value : instanceOf(value);
  }

  /** `this` in `F.prototype.load = function () {}` and `exports.load = function () {}`. */
  function ownerOfAssigned(target: TSESTree.Node): Value | undefined {
    if (target.type !== 'MemberExpression') return undefined;
    const { object } = target;
    if (object.type === 'MemberExpression' && propertyName(object, code) === 'prototype') return instanceOf(valueOf(object.object));
    return valueOf(object);
  }

  /** What `super.load` is a member of. */
  function valueOfSuper(node: TSESTree.Super): Value | undefined {
    const member = memberAround(node);
    return member?.static === false ? instanceOf(superclassOf(node)) : superclassOf(node);
  }

  function superclassOf(node: TSESTree.Super): Value | undefined {
    const member = memberAround(node);
    return member && (classOf(member.parent.parent).superclass ?? undefined);
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
      line: (parent.type === 'MethodDefinition' || parent.type === 'Property' ? parent.key : node).loc.start.line,
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
    const summary: { -readonly [K in keyof ClassSummary]: ClassSummary[K] } = { kind: 'class', name: nameOfClass(node), construct: hasConstruct ? constructOf(node) : undefined, superclass: undefined, members, prototype };
    classes.set(node, summary);
    summary.superclass = node.superClass ? valueOf(node.superClass) ?? null : undefined;
    addAll(prototype, assigned.ofInstances.get(node));
    for (const member of node.body.body) if (member.type === 'MethodDefinition' || member.type === 'PropertyDefinition') addMember(member.static ? members : prototype, member);
    for (const parameter of constructorParameters(node)) addParameterProperty(prototype, parameter);
    if (node.id) addAssigned(members, node.id, prototype);
    return summary;
  }

  function addMember(members: Unfinished, member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition): void {
    if (member.type === 'MethodDefinition' && member.kind !== 'method') return;
    const name = member.key.type === 'PrivateIdentifier' ? `#${member.key.name}` : !member.computed && member.key.type === 'Identifier' ? member.key.name : undefined;
    if (name === undefined || !member.value) return;
    // An overload has a key of the same name and no body.
    if ((member.value.type as string) === 'TSEmptyBodyFunctionExpression') return;
    // A field that is written again may be anything by then.
    members.set(name, members.has(name) ? null : valueOf(member.value) ?? null);
  }

  /** `constructor(private readonly config: Config) {}` */
  function addParameterProperty(members: Unfinished, { parameter }: TSESTree.TSParameterProperty): void {
    const name = parameter.type === 'Identifier' ? parameter : parameter.left;
    members.set(name.name, members.has(name.name) ? null : instanceOfType(name.typeAnnotation) ?? null);
  }

  function constructOf(node: ClassNode): UnfinishedFunction {
    const constructor = node.body.body.find(isConstructor);
    if (constructor && isFunction(constructor.value)) return functionOf(constructor.value);
    const known = functions.get(node);
    if (known) return known;
    const summary: UnfinishedFunction = { kind: 'function', name: `new ${nameOfClass(node)}`, file, line: node.loc.start.line, runs: 'at-once', said: undefined, calls: [], returned: undefined, members: new Map(), prototype: new Map() };
    functions.set(node, summary);
    return summary;
  }

  function objectOf(node: TSESTree.ObjectExpression): ObjectSummary {
    const known = objects.get(node);
    if (known) return known;
    const members: Unfinished = new Map();
    const summary: ObjectSummary = { kind: 'object', members };
    objects.set(node, summary);
    for (const property of node.properties) {
      // What is spread may replace what stands before it.
      if (property.type !== 'Property') {
        for (const name of members.keys()) members.set(name, null);
        continue;
      }
      const name = property.key.type === 'Identifier' && !property.computed ? property.key.name : property.key.type === 'Literal' ? String(property.key.value) : undefined;
      if (name !== undefined) members.set(name, property.kind === 'init' && !members.has(name) ? valueOf(property.value) ?? null : null);
    }
    if (node.parent.type === 'VariableDeclarator' && node.parent.id.type === 'Identifier') addAssigned(members, node.parent.id);
    return summary;
  }

  /** What is assigned to the properties of a declared name, and to those of its prototype. */
  function addAssigned(members: Unfinished, declared: TSESTree.Identifier, prototype: Unfinished = members): void {
    const variable = variableOf(declared, code);
    if (!variable) return;
    addAll(members, assigned.ofVariables.get(variable));
    addAll(prototype, assigned.ofPrototypes.get(variable));
  }

  function addAll(members: Unfinished, values: AssignedMembers['ofExports'] | undefined): void {
    for (const [name, value] of values ?? []) members.set(name, members.has(name) ? null : (value && valueOf(value)) ?? null);
  }

  /** The file's own CommonJS exports. */
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

function memberAround(node: TSESTree.Super): TSESTree.MethodDefinition | TSESTree.PropertyDefinition | undefined {
  for (const ancestor of ancestorsOf(node)) if (ancestor.type === 'MethodDefinition' || ancestor.type === 'PropertyDefinition') return ancestor;
  return undefined;
}

function constructorParameters(node: ClassNode): readonly TSESTree.TSParameterProperty[] {
  const constructor = node.body.body.find(isConstructor);
  return constructor ? constructor.value.params.filter((parameter) => parameter.type === 'TSParameterProperty') : [];
}

function isConstructor(member: TSESTree.ClassElement): member is TSESTree.MethodDefinition {
  // An overload of a constructor has no body.
  return member.type === 'MethodDefinition' && member.kind === 'constructor' && isFunction(member.value);
}

function instanceOf(value: Value | undefined): Value | undefined {
  return value && { kind: 'instance', of: value };
}

function memberOf(value: Value | undefined, name: string): Value | undefined {
  if (!value) return undefined;
  return value.kind === 'import' ? { ...value, path: [...value.path, name] } : { kind: 'member', of: value, name };
}

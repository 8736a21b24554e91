import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isGlobal, patternPath, propertyName, resolveAsWritten, resolveReference, variableOf, written } from '../reference.js';
import { ancestorsOf, isFunction, unwrapped } from '../syntax.js';
import { isExports, isNothing, isSameConstruction } from './assigned-members.js';
import { type Declarations, type DeclarationsGiven, declarationsOf, getterName } from './declarations.js';
import { type DeclaredTypes, declaredTypes } from './declared-types.js';
import { type DocumentedTypes, documentedTypes } from './documented-types.js';
import type { Value } from './module-summary.js';
import { anyElement, instanceOf, isDeclaredHere, memberOf, orElse } from './value-steps.js';

/** What expressions of a file stand for. */
export interface Values extends Pick<Declarations, 'constructOf' | 'functionOf' | 'functions' | 'nodeOf'>, DeclaredTypes {
  readonly file: string;
  /** Names of members that are read somewhere without being called. */
  readonly readNames: ReadonlySet<string>;
  readonly documented: DocumentedTypes;
  readonly valueOf: (expression: TSESTree.Node) => Value | undefined;
  /** The getter that a member expression runs when it is read. */
  readonly getterOf: (node: TSESTree.MemberExpression) => Value | undefined;
  /** The class that `super(…)` constructs. */
  readonly superclassOf: (node: TSESTree.Super) => Value | undefined;
}

/** Functions and classes of this file by declaration, names of other modules as they are written; what is neither, or may be two things, is undefined. */
export function valuesOf({ file, code, assigned, annotations, readNames }: DeclarationsGiven & Pick<Values, 'readNames'>): Values {
  const variables = new Map<TSESLint.Scope.Variable, Value | undefined>();
  const types = declaredTypes({ file, code, valueOf });
  const { instanceOfType } = types;
  const documented = documentedTypes({ file, code, valueOf });
  const { functionOf, classOf, constructOf, objectOf, ownExports, nodeOf, functions } = declarationsOf({ file, code, assigned, annotations }, { valueOf, instanceOfType });
  return { ...types, file, readNames, documented, valueOf, functionOf, constructOf, nodeOf, getterOf, superclassOf, functions };

  function valueOf(expression: TSESTree.Node): Value | undefined {
    const node = unwrapped(expression);
    const value = valueOfUnwrapped(node);
    return expression === node || isDeclaredHere(value) ? value : orElse(value, instanceOfType(assertedType(expression)));
  }

  function valueOfUnwrapped(node: TSESTree.Node): Value | undefined {
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
        return valueOfNew(node);
      case 'AssignmentExpression':
        return valueOf(node.right);
      case 'LogicalExpression':
        return node.operator === '&&' ? undefined : withDefault(valueOf(node.left), node.right, isOwn(node.left));
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
        return imported(node) ?? (writes.every(({ init }) => init) ? withDefault(valueByType(definition) ?? elementOf(definition), defaultOf(definition)) : undefined);
      case 'Variable': {
        // A name with a default is written twice at once.
        const places = new Set(writes.map(({ identifier }) => identifier as TSESTree.Identifier));
        const [value, ...again] = [...places].map(written).filter((one) => one?.steps.length !== 0 || !isNothing(one.value));
        if (again.some((one) => !value || !one || !isSameConstruction(value.value, one.value, code))) return undefined;
        return withDefault(value?.steps.reduce<Value | undefined>(memberOf, valueOf(value.value)) ?? valueByType(definition) ?? elementOf(definition), defaultOf(definition));
      }
      default:
        return undefined;
    }
  }

  /** `config: Config = new Config()`: where nothing else is given, and an interface for its type says little. */
  function withDefault(value: Value | undefined, made: TSESTree.Node | undefined, isMadeOnce = false): Value | undefined {
    const node = made && unwrapped(made);
    const instance = node?.type === 'NewExpression' ? valueOf(node) : undefined;
    return instance ? orElse(value, isMadeOnce ? instance : { kind: 'default', of: instance }) : value;
  }

  /** `config: Config`, `{ config }: { config: Config }`, or what a comment says of it. */
  function valueByType(definition: TSESLint.Scope.Definition): Value | undefined {
    const identifier = definition.name as TSESTree.Identifier;
    for (const pattern of patternsOf(definition)) {
      const typed = patternPath(pattern, identifier)?.reduce<Value | undefined>(memberOf, instanceOfType(pattern.typeAnnotation?.typeAnnotation));
      if (typed) return typed;
    }
    return instanceOfType(identifier.typeAnnotation?.typeAnnotation) ?? valueByComment(definition);
  }

  function valueByComment(definition: TSESLint.Scope.Definition): Value | undefined {
    const { node } = definition;
    const name = definition.name as TSESTree.Identifier;
    if (!isFunction(node)) return node.type === 'VariableDeclarator' && node.id === name ? documented.typeOf(node) : undefined;
    for (const pattern of patternsOf(definition)) {
      const [property, ...deeper] = patternPath(pattern, name) ?? [];
      if (pattern === name) return documented.parameterOf(node, name.name);
      if (property !== undefined && deeper.length === 0) return documented.parameterOf(node, property, true);
    }
    return undefined;
  }

  /** `for (const one of all)`, `all.forEach((one) => …)`, `Array.from(all, (one) => …)` */
  function elementOf({ name, node }: TSESLint.Scope.Definition): Value | undefined {
    if (node.type === 'VariableDeclarator') {
      const { parent } = node.parent;
      return node.id === name && parent.type === 'ForOfStatement' && parent.left === node.parent ? memberOf(valueOf(parent.right), anyElement) : undefined;
    }
    if (!isFunction(node) || node.params[0] !== name || node.parent.type !== 'CallExpression') return undefined;
    const { callee, arguments: [first, second] } = node.parent;
    if (second === node && isGlobal(callee, 'Array.from', code)) return memberOf(valueOf(first!), anyElement);
    return first === node && callee.type === 'MemberExpression' && givesElements.test(propertyName(callee, code) ?? '') ? memberOf(valueOf(callee.object), anyElement) : undefined;
  }

  /** An export of another module. */
  function imported(node: TSESTree.Node): Value | undefined {
    const reference = resolveAsWritten(node, code);
    if (!reference || reference.instance || reference.module === 'globalThis') return undefined;
    return { kind: 'import', file, specifier: reference.module, path: reference.path };
  }

  function valueOfMember(node: TSESTree.MemberExpression): Value | undefined {
    const name = memberName(node);
    return memberOf(ownerOf(node), node.computed && (name === null || /^\d+$/.test(name)) ? anyElement : name!);
  }

  function getterOf(node: TSESTree.MemberExpression): Value | undefined {
    const name = memberName(node);
    const owner = name === null ? undefined : ownerOf(node);
    // Another module's exports are no getters.
    return owner && owner.kind !== 'import' ? { kind: 'member', of: owner, name: getterName(name!) } : undefined;
  }

  function memberName(node: TSESTree.MemberExpression): string | null {
    return propertyName(node, code) ?? (node.property.type === 'PrivateIdentifier' ? `#${node.property.name}` : null);
  }

  function ownerOf(node: TSESTree.MemberExpression): Value | undefined {
    const { object, property } = node;
    // Whatever has a private member is of the class around that declares it.
    const declaring = property.type === 'PrivateIdentifier' ? declarationOf(property) : undefined;
    if (declaring) return ofClass(declaring);
    return object.type === 'Super' ? valueOfSuper(object) : valueOf(object);
  }

  /** What a call gives back, where it gives back what it is called on or with. */
  function valueOfCall({ callee, arguments: [first] }: TSESTree.CallExpression): Value | undefined {
    if (callee.type === 'MemberExpression' && propertyName(callee, code) === 'bind') return valueOf(callee.object);
    const called = callee.type === 'Super' ? undefined : resolveReference(callee, code);
    if (first && called?.module === 'globalThis') return called.path.join('.') === 'Object.freeze' ? valueOf(first) : undefined;
    return resultOf(callee, false);
  }

  /** `new (function () { return config; })()` gives what the function does. */
  function valueOfNew({ callee }: TSESTree.NewExpression): Value | undefined {
    const instance = instanceOf(valueOf(callee));
    return unwrapped(callee).type === 'FunctionExpression' ? orElse(resultOf(callee, false), instance) : instance;
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
      const { params: [first], parent } = ancestor;
      // `function load(this: Config)`: the type is the only word on it.
      if (first?.type === 'Identifier' && first.name === 'this') return instanceOfType(first.typeAnnotation?.typeAnnotation);
      if (parent.type === 'MethodDefinition') return ofClass(parent);
      if (parent.type === 'Property' && parent.parent.type === 'ObjectExpression') return objectOf(parent.parent);
      if (parent.type === 'AssignmentExpression' && parent.right === ancestor) return ownerOfAssigned(parent.left);
      // An ES5 constructor that is called as such has an instance for `this`.
      const summary = functionOf(ancestor);
      return summary.prototype.size > 0 ? instanceOf(summary) : undefined;
    }
    return undefined;
  }

  function ofClass(member: { readonly parent: TSESTree.ClassBody; readonly static: boolean }): Value | undefined {
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
}

/** What a declaration writes names in: all parameters of a function, or what is declared. */
function patternsOf({ node }: TSESLint.Scope.Definition): readonly (TSESTree.Identifier | TSESTree.ObjectPattern)[] {
  const patterns = isFunction(node) ? node.params.map((parameter) => (parameter.type === 'AssignmentPattern' ? parameter.left : parameter)) : node.type === 'VariableDeclarator' ? [node.id] : [];
  return patterns.filter((pattern) => pattern.type === 'Identifier' || pattern.type === 'ObjectPattern');
}

/** Methods that call a function with each element. */
const givesElements = /^(?:every|filter|find|findIndex|findLast|findLastIndex|flatMap|forEach|map|some)$/;

/** `config as Config`, `(<Config>config)!`: the type in which the outermost assertion puts an expression. */
function assertedType(expression: TSESTree.Node): TSESTree.TypeNode | undefined {
  switch (expression.type) {
    case 'TSAsExpression':
    case 'TSTypeAssertion':
      return expression.typeAnnotation;
    case 'TSNonNullExpression':
    case 'ChainExpression':
      return assertedType(expression.expression);
    default:
      return undefined;
  }
}

/** `this.config ?? new Config()` makes what no caller gives. */
function isOwn(expression: TSESTree.Node): boolean {
  const node = unwrapped(expression);
  return node.type === 'MemberExpression' && unwrapped(node.object).type === 'ThisExpression';
}

/** What a parameter or a destructured name is where it would be undefined. */
function defaultOf({ name }: TSESLint.Scope.Definition): TSESTree.Node | undefined {
  const { parent } = name as TSESTree.Identifier;
  return parent.type === 'AssignmentPattern' && parent.left === name ? parent.right : undefined;
}

function memberAround(node: TSESTree.Super): TSESTree.MethodDefinition | TSESTree.PropertyDefinition | undefined {
  for (const ancestor of ancestorsOf(node)) if (ancestor.type === 'MethodDefinition' || ancestor.type === 'PropertyDefinition') return ancestor;
  return undefined;
}

function declarationOf({ name, parent }: TSESTree.PrivateIdentifier): TSESTree.MethodDefinition | TSESTree.PropertyDefinition | undefined {
  for (const { body } of [...ancestorsOf(parent)].filter((ancestor) => ancestor.type === 'ClassBody')) {
    const member = body.find((one) => 'key' in one && one.key.type === 'PrivateIdentifier' && one.key.name === name);
    if (member) return member.type === 'MethodDefinition' || member.type === 'PropertyDefinition' ? member : undefined;
  }
  return undefined;
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isDeclared, variableOf } from '../reference.js';
import type { ClassSummary, Value } from './module-summary.js';
import { instanceOf, listOf, mapOf, recordOf } from './value-steps.js';

/** What TypeScript's types in a file say about values: of which class they are, and what is in their properties. */
export interface DeclaredTypes {
  /** `config: Config` is an instance of `Config`, as typed linting would say. What is no class comes to nothing later. */
  readonly instanceOfType: (type: TSESTree.TypeNode | undefined) => Value | undefined;
  /** The same of what a promise gives: `Promise<Config>`. */
  readonly promisedByType: (type: TSESTree.TypeNode | undefined) => Value | undefined;
  /** What a generator gives before it runs, of this type. */
  readonly iteratedByType: (type: TSESTree.TypeNode | undefined) => Value | undefined;
  /** The class that a declaration of a type stands for: an interface is one of which only properties are known. */
  readonly classOfType: (type: TSESTree.Node) => Value | undefined;
  /** The same by name. */
  readonly classNamed: (name: TSESTree.Identifier) => Value | undefined;
}

interface Given {
  readonly file: string;
  readonly code: Readonly<TSESLint.SourceCode>;
  readonly valueOf: (expression: TSESTree.Node) => Value | undefined;
}

/** Of what has no methods but those of the language. */
const plainTypes: ReadonlySet<string> = new Set(['TSBigIntKeyword', 'TSBooleanKeyword', 'TSLiteralType', 'TSNeverKeyword', 'TSNullKeyword', 'TSNumberKeyword', 'TSStringKeyword', 'TSSymbolKeyword', 'TSTemplateLiteralType', 'TSUndefinedKeyword', 'TSVoidKeyword']);

type Shape = TSESTree.TSTypeLiteral | TSESTree.TSInterfaceDeclaration;

export function declaredTypes({ file, code, valueOf }: Given): DeclaredTypes {
  const shapes = new Map<Shape, ClassSummary>();
  const aliases = new Set<TSESTree.Node>();
  return { instanceOfType, promisedByType: (type) => instanceOfType(type && argumentOf(type, 'Promise')), iteratedByType, classOfType, classNamed };

  function instanceOfType(type: TSESTree.TypeNode | undefined): Value | undefined {
    return type && instanceOf(classOfType(type));
  }

  function classOfType(type: TSESTree.Node): Value | undefined {
    switch (type.type) {
      case 'TSTypeReference':
        return classOfReference(type);
      case 'TSImportType':
        return classOfImport(type);
      case 'TSArrayType':
        return arrayOf(type.elementType);
      case 'TSTypeOperator':
        return type.operator === 'readonly' && type.typeAnnotation ? classOfType(type.typeAnnotation) : undefined;
      case 'TSUnionType': {
        const [only, ...others] = type.types.filter((one) => !plainTypes.has(one.type));
        return only && others.length === 0 ? classOfType(only) : undefined;
      }
      case 'TSTypeLiteral':
      case 'TSInterfaceDeclaration':
        return shapeOf(type);
      case 'TSTypeAliasDeclaration':
        return classOfAlias(type);
      default:
        return undefined;
    }
  }

  function classOfReference(type: TSESTree.TSTypeReference): Value | undefined {
    const { typeName } = type;
    if (typeName.type === 'TSQualifiedName') return typeName.left.type === 'Identifier' ? classInNamespace(typeName.left, typeName.right.name) : undefined;
    const same = argumentOf(type, 'Readonly', 'Required', 'NonNullable');
    if (same) return classOfType(same);
    const element = argumentOf(type, 'Array', 'ReadonlyArray', 'Set', 'ReadonlySet') ?? iteratedBy(type);
    if (element) return arrayOf(element);
    const [, value] = argumentsOf(type, 2, 'Map', 'ReadonlyMap', 'WeakMap');
    if (value) return mapOf(instanceOfType(value));
    const [, property] = argumentsOf(type, 2, 'Record');
    return property ? recordOf(instanceOfType(property)) : typeName.type === 'Identifier' ? classNamed(typeName) : undefined;
  }

  /** `import('./config').Config`. Parsers before typescript-eslint 8 have no `source`. */
  function classOfImport({ source, qualifier }: Partial<TSESTree.TSImportType>): Value | undefined {
    return source && qualifier?.type === 'Identifier' ? { kind: 'import', file, specifier: source.value, path: [qualifier.name] } : undefined;
  }

  /** `config.Config`, where `config` is all of a module. */
  function classInNamespace(namespace: TSESTree.Identifier, name: string): Value | undefined {
    const [definition, ...others] = variableOf(namespace, code)?.defs ?? [];
    if (others.length > 0 || definition?.type !== 'ImportBinding' || definition.node.type !== 'ImportNamespaceSpecifier') return undefined;
    return { kind: 'import', file, specifier: definition.node.parent.source.value, path: [name] };
  }

  /** The argument of one of the language's own types that have one: `Promise<Config>`. */
  function argumentOf(type: TSESTree.TypeNode, ...names: readonly string[]): TSESTree.TypeNode | undefined {
    return argumentsOf(type, 1, ...names)[0];
  }

  /** So many arguments of one of them: `Map<string, Config>`. */
  function argumentsOf(type: TSESTree.TypeNode, count: number, ...names: readonly string[]): readonly TSESTree.TypeNode[] {
    if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier' || !names.includes(type.typeName.name)) return [];
    const given = type.typeArguments?.params ?? [];
    return given.length === count && !isDeclared(type.typeName, code) ? given : [];
  }

  function iteratedByType(type: TSESTree.TypeNode | undefined): Value | undefined {
    const element = type && iteratedBy(type);
    return element && instanceOf(arrayOf(element));
  }

  /** Of what generators give, only what they yield is asked for. */
  function iteratedBy(type: TSESTree.TypeNode): TSESTree.TypeNode | undefined {
    const counts = [1, 2, 3];
    return counts.map((count) => argumentsOf(type, count, 'Generator', 'Iterable', 'IterableIterator', 'IteratorObject')[0]).find(Boolean);
  }

  function arrayOf(element: TSESTree.TypeNode): Value | undefined {
    return listOf(instanceOfType(element));
  }

  /** An alias that comes back to itself stands for nothing. */
  function classOfAlias(alias: TSESTree.TSTypeAliasDeclaration): Value | undefined {
    if (aliases.has(alias)) return undefined;
    aliases.add(alias);
    const found = classOfType(alias.typeAnnotation);
    aliases.delete(alias);
    return found;
  }

  function classNamed(name: TSESTree.Identifier): Value | undefined {
    const [definition, ...others] = variableOf(name, code)?.defs ?? [];
    if (others.length > 0 || !definition) return undefined;
    if (definition.type === 'ClassName') return valueOf(definition.node);
    if ((definition.type as string) === 'Type') return classOfType(definition.node);
    if (definition.type !== 'ImportBinding' || definition.parent.type !== 'ImportDeclaration' || definition.node.type === 'ImportNamespaceSpecifier') return undefined;
    const imported = definition.node.type === 'ImportSpecifier' ? (definition.node.imported.type === 'Identifier' ? definition.node.imported.name : definition.node.imported.value) : 'default';
    return { kind: 'import', file, specifier: definition.parent.source.value, path: [imported] };
  }

  /** Methods of an interface may be anybody's. */
  function shapeOf(node: Shape): ClassSummary {
    const known = shapes.get(node);
    if (known) return known;
    const prototype = new Map<string, Value | null>();
    const summary: { -readonly [K in keyof ClassSummary]: ClassSummary[K] } = { kind: 'class', name: node.type === 'TSInterfaceDeclaration' ? node.id.name : 'type', construct: undefined, superclass: undefined, members: new Map(), prototype, isType: true };
    shapes.set(node, summary);
    if (node.type === 'TSInterfaceDeclaration' && node.extends.length > 0) summary.superclass = superclassOf(node.extends) ?? null;
    for (const member of node.type === 'TSInterfaceDeclaration' ? node.body.body : node.members) {
      const name = 'key' in member && !member.computed && member.key.type === 'Identifier' ? member.key.name : undefined;
      if (name === undefined) continue;
      const annotation = member.type === 'TSPropertySignature' ? member.typeAnnotation : undefined;
      prototype.set(name, prototype.has(name) || !annotation ? null : instanceOf(classOfType(annotation.typeAnnotation)) ?? null);
    }
    return summary;
  }

  function superclassOf([first, ...others]: readonly TSESTree.TSInterfaceHeritage[]): Value | undefined {
    return others.length === 0 && first?.expression.type === 'Identifier' ? classNamed(first.expression) : undefined;
  }
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { variableOf } from '../reference.js';
import type { ClassSummary, Value } from './module-summary.js';
import { instanceOf } from './value-steps.js';

/** What TypeScript's types in a file say about values: of which class they are, and what is in their properties. */
export interface DeclaredTypes {
  /** `config: Config` is an instance of `Config`, as typed linting would say. What is no class comes to nothing later. */
  readonly instanceOfType: (type: TSESTree.TypeNode | undefined) => Value | undefined;
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

type Shape = TSESTree.TSTypeLiteral | TSESTree.TSInterfaceDeclaration;

export function declaredTypes({ file, code, valueOf }: Given): DeclaredTypes {
  const shapes = new Map<Shape, ClassSummary>();
  const aliases = new Set<TSESTree.Node>();
  return { instanceOfType: (type) => (type ? instanceOf(classOfType(type)) : undefined), classOfType, classNamed };

  function classOfType(type: TSESTree.Node): Value | undefined {
    switch (type.type) {
      case 'TSTypeReference':
        return type.typeName.type === 'Identifier' ? classNamed(type.typeName) : undefined;
      case 'TSUnionType': {
        const [only, ...others] = type.types.filter((one) => one.type !== 'TSNullKeyword' && one.type !== 'TSUndefinedKeyword');
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
    const summary: { -readonly [K in keyof ClassSummary]: ClassSummary[K] } = { kind: 'class', name: node.type === 'TSInterfaceDeclaration' ? node.id.name : 'type', construct: undefined, superclass: undefined, members: new Map(), prototype };
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

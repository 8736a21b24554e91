import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName, variableOf } from '../reference.js';
import { ancestorsOf, isFunction, unwrapped } from '../syntax.js';
import { isCommon } from './common-names.js';
import type { NamedMember } from './module-summary.js';
import type { Values } from './values.js';

type Code = Readonly<TSESLint.SourceCode>;

/**
 * The method that a call is of, by its name, where nothing tells what it is called on but where that comes from: a parameter,
 * `this`, or a module of the project. What a package or Node itself gives has methods of its own, and what a file looks at
 * before it calls it, or calls only where it is there, is what somebody else may give.
 */
export function namedMember(callee: TSESTree.Node, { file, readNames }: Pick<Values, 'file' | 'readNames'>, code: Code): NamedMember | undefined {
  const node = unwrapped(callee);
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return undefined;
  const { name } = node.property;
  if (isCommon(name) || readNames.has(name) || (node.parent.type === 'CallExpression' && node.parent.optional)) return undefined;
  const origin = originOf(node.object, code);
  return origin && { kind: 'named', name, ...origin, file };
}

type Origin = Pick<NamedMember, 'isTyped' | 'owners'>;

/** What an object is called, and its type; undefined where it is not of the project, or nothing is said of it. */
function originOf(expression: TSESTree.Node, code: Code): Origin | undefined {
  const node = unwrapped(expression);
  switch (node.type) {
    case 'ThisExpression':
      return { owners: [], isTyped: false };
    case 'MemberExpression': {
      const name = propertyName(node, code) ?? (node.property.type === 'PrivateIdentifier' ? node.property.name : null);
      return name !== null && originOf(node.object, code) ? { owners: [name], isTyped: false } : undefined;
    }
    case 'Identifier':
      return originOfName(node, code);
    default:
      return undefined;
  }
}

function originOfName(node: TSESTree.Identifier, code: Code): Origin | undefined {
  const [definition, ...others] = variableOf(node, code)?.defs ?? [];
  if (!definition || others.length > 0) return undefined;
  const name = definition.name as TSESTree.Identifier;
  switch (definition.type as string) {
    case 'ImportBinding':
      return { owners: [node.name], isTyped: false };
    case 'Parameter':
      return isFunction(definition.node) && !isGiven(definition.node) ? originByType(name, patternOf(name, definition.node), code) : undefined;
    case 'Variable': {
      const { node: declarator } = definition as { readonly node: TSESTree.VariableDeclarator };
      if (declarator.id.typeAnnotation) return originByType(name, declarator.id, code);
      return declarator.init && originOf(declarator.init, code) ? { owners: [node.name], isTyped: false } : undefined;
    }
    default:
      return undefined;
  }
}

/** A function that is written where it is given to another gets what that one gives it. */
function isGiven(fn: TSESTree.Node): boolean {
  const { parent } = fn;
  return (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && parent.callee !== fn;
}

function patternOf(name: TSESTree.Node, fn: TSESTree.Node): TSESTree.Node {
  let pattern = name;
  for (const ancestor of ancestorsOf(name)) {
    if (ancestor === fn) break;
    pattern = ancestor;
  }
  return pattern.type === 'AssignmentPattern' ? pattern.left : pattern.type === 'TSParameterProperty' ? patternOf(pattern.parameter, pattern) : pattern;
}

/** A name that is destructured may be of any type. */
function originByType(name: TSESTree.Identifier, pattern: TSESTree.Node, code: Code): Origin | undefined {
  const type = pattern === name ? name.typeAnnotation?.typeAnnotation : undefined;
  const owners = [name.name];
  if (!type || type.type === 'TSAnyKeyword') return { owners, isTyped: false };
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return undefined;
  const [definition] = variableOf(type.typeName, code)?.defs ?? [];
  if ((definition?.node as TSESTree.Node | undefined)?.type === 'TSTypeParameter') return undefined;
  return { owners: [type.typeName.name], isTyped: !definition };
}

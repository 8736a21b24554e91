import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from './syntax.js';

/** The name of a function, or of what it is assigned to; undefined for one that has none. */
export function functionName(fn: FunctionNode): string | undefined {
  if (fn.id) return fn.id.name;
  const { parent } = fn;
  switch (parent.type) {
    case 'MethodDefinition':
    case 'Property':
    case 'PropertyDefinition':
      return keyName(parent.key, parent.computed);
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? parent.id.name : undefined;
    case 'AssignmentExpression':
      return parent.left.type === 'Identifier' ? parent.left.name : parent.left.type === 'MemberExpression' ? keyName(parent.left.property, parent.left.computed) : undefined;
    default:
      return undefined;
  }
}

function keyName(key: TSESTree.Node, computed: boolean): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (key.type === 'Identifier') return computed ? undefined : key.name;
  return key.type === 'Literal' ? String(key.value) : undefined;
}

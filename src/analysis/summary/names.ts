import { basename } from 'node:path';
import type { TSESTree } from '@typescript-eslint/utils';
import { functionName } from '../function-name.js';
import type { FunctionNode } from '../syntax.js';

/** A function as a chain of calls names it: `load`, `Config.load`, `new Config`; by its file where it is all that the file exports. */
export function nameInChain(fn: FunctionNode, file: string): string {
  const { parent } = fn;
  const name = functionName(fn);
  if ((parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition') && name !== undefined) {
    const className = nameOfClass(parent.parent.parent);
    return parent.type === 'MethodDefinition' && parent.kind === 'constructor' ? `new ${className}` : `${className}.${name}`;
  }
  const isWhole = parent.type === 'ExportDefaultDeclaration' || (parent.type === 'AssignmentExpression' && name === 'exports');
  return isWhole && !fn.id ? basename(file).replace(/\.\w+$/, '') : name ?? 'a function';
}

export function nameOfClass(node: TSESTree.ClassDeclaration | TSESTree.ClassExpression): string {
  if (node.id) return node.id.name;
  return node.parent.type === 'VariableDeclarator' && node.parent.id.type === 'Identifier' ? node.parent.id.name : 'class';
}

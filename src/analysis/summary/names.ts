import { basename } from 'node:path';
import type { TSESTree } from '@typescript-eslint/utils';
import { functionName } from '../function-name.js';
import { ancestorsOf, type FunctionNode, isFunction } from '../syntax.js';

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

/** The variable or the property that an object is put in, or else the function that makes it; undefined for one of a module. */
export function nameOfObject(node: TSESTree.ObjectExpression): string | undefined {
  const { parent } = node;
  if (parent.type === 'Property' && !parent.computed && parent.key.type === 'Identifier') return parent.key.name;
  if (parent.type === 'AssignmentExpression' && parent.left.type === 'MemberExpression' && parent.left.property.type === 'Identifier') return parent.left.property.name;
  for (const ancestor of ancestorsOf(node)) {
    if (ancestor.type === 'VariableDeclarator') return ancestor.id.type === 'Identifier' ? ancestor.id.name : undefined;
    const name = isFunction(ancestor) ? functionName(ancestor) : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Capture } from './captures.js';
import type { File } from './file.js';
import { type FunctionNode, unwrapped } from './syntax.js';
import type { TaskCall } from './task-call.js';

type Variable = TSESLint.Scope.Variable;

/**
 * May a captured variable be passed as one more argument? It may where it is only read, is known to be something that
 * crosses without being another for it, and the new parameter comes to stand where the new argument does.
 */
export function canBePassed({ variable, uses }: Capture, fn: FunctionNode, call: TaskCall, { code }: File): boolean {
  if (!variable || !uses || call.form === 'map' || call.args.length !== fn.params.length || fn.typeParameters) return false;
  if (call.args.some((argument) => argument.type === 'SpreadElement') || fn.params.some((parameter) => parameter.type === 'RestElement')) return false;
  // A default of a parameter before it could not read it yet, nor may it be written.
  const [start] = fn.body.range;
  if (uses.some((use) => use.isWrite() || (use.identifier as TSESTree.Node).range[0] < start)) return false;
  return isPrimitive(variable) && !readsArguments(fn, code);
}

/** `arguments` would hold one more. */
function readsArguments(fn: FunctionNode, { scopeManager }: File['code']): boolean {
  return fn.type !== 'ArrowFunctionExpression' && scopeManager?.acquire(fn, true)?.set.get('arguments')?.references.length !== 0;
}

/** Is whatever the variable ever holds a string, a number or the like, by what is written to it or by its type? */
function isPrimitive({ defs: [definition, ...others], references }: Variable): boolean {
  if (!definition || others.length > 0) return false;
  if (definition.type === 'Parameter') {
    const { name } = definition;
    return name.type === 'Identifier' && isPrimitiveType(name.typeAnnotation?.typeAnnotation);
  }
  if (definition.type !== 'Variable') return false;
  if (definition.node.id.type === 'Identifier' && isPrimitiveType(definition.node.id.typeAnnotation?.typeAnnotation)) return true;
  const writes = references.filter((reference) => reference.isWrite());
  return writes.length > 0 && writes.every((write) => write.writeExpr && isWhole(write) && isPrimitiveValue(write.writeExpr));
}

/** The value of the expression goes into the variable as it is: no destructuring, no loop. */
function isWhole({ identifier }: TSESLint.Scope.Reference): boolean {
  const { parent } = identifier as TSESTree.Identifier;
  return (parent.type === 'VariableDeclarator' && parent.id === identifier) || (parent.type === 'AssignmentExpression' && parent.left === identifier && parent.operator === '=');
}

function isPrimitiveValue(expression: TSESTree.Node): boolean {
  const node = unwrapped(expression);
  switch (node.type) {
    case 'Literal':
      return !('regex' in node);
    case 'TemplateLiteral':
    case 'UnaryExpression':
    case 'BinaryExpression':
      return true;
    case 'ConditionalExpression':
      return isPrimitiveValue(node.consequent) && isPrimitiveValue(node.alternate);
    default:
      return false;
  }
}

function isPrimitiveType(type: TSESTree.TypeNode | undefined): boolean {
  switch (type?.type) {
    case 'TSBigIntKeyword':
    case 'TSBooleanKeyword':
    case 'TSLiteralType':
    case 'TSNullKeyword':
    case 'TSNumberKeyword':
    case 'TSStringKeyword':
    case 'TSUndefinedKeyword':
      return true;
    case 'TSUnionType':
      return type.types.every(isPrimitiveType);
    default:
      return false;
  }
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction, walk } from '../syntax.js';
import type { LoopObstacle } from './obstacles.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What a piece of code has in it that means something else, or nothing, in a function of its own on a worker. (What jumps out of it or waits is no loop that counts.) */
export function syntaxObstacles(root: TSESTree.Node, code: Code): readonly LoopObstacle[] {
  const found = new Map<LoopObstacle['reason'], LoopObstacle>();
  walk(root, code.visitorKeys, (node) => {
    const reason = obstacleIn(node, root, code);
    if (reason) found.set(reason, { reason });
    if (isFunction(node) && node.async) found.set('suspends', { reason: 'suspends' });
    return !node.type.startsWith('TSType');
  });
  return [...found.values()];
}

function obstacleIn(node: TSESTree.Node, root: TSESTree.Node, code: Code): LoopObstacle['reason'] | undefined {
  switch (node.type) {
    case 'ThisExpression':
      return 'this';
    case 'Super':
      return 'super';
    case 'Identifier':
      return node.name === 'arguments' && !isName(node) ? 'arguments' : undefined;
    case 'MetaProperty':
    case 'ImportExpression':
      return 'meta';
    case 'FunctionDeclaration':
      // Outside strict mode it is seen around its block as well.
      return node !== root && !code.getScope(node).isStrict ? 'declared-in-it' : undefined;
    case 'ClassDeclaration':
    case 'ClassExpression':
      return 'class';
    case 'JSXElement':
    case 'JSXFragment':
      return 'markup';
    case 'CallExpression':
      return node.callee.type === 'Identifier' && node.callee.name === 'eval' ? 'eval' : undefined;
    case 'WithStatement':
      return 'eval';
    default:
      return undefined;
  }
}

function isName(node: TSESTree.Identifier): boolean {
  const { parent } = node;
  return (parent.type === 'MemberExpression' && parent.property === node && !parent.computed) || (parent.type === 'Property' && parent.key === node && !parent.computed && !parent.shorthand);
}

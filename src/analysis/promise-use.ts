import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName } from './reference.js';
import { type InnerNode, unwrapped, wrapped } from './syntax.js';

/** How a promise is lost: nobody waits for it, or it is taken for what it will give. */
export type LostPromise =
  /** a statement of its own: `offload(f);`, also after `.then()` */
  | 'nobody-waits'
  /** `offload(f).length`, `!offload(f)`, `${offload(f)}` */
  | 'taken-for-value';

/** What happens to the promise that a call gives; undefined where it is awaited, returned, stored, or passed on. */
export function lostPromise(call: InnerNode, code: Readonly<TSESLint.SourceCode>): LostPromise | undefined {
  const node = wrapped(call);
  const { parent } = node;
  switch (parent.type) {
    case 'ExpressionStatement':
      return 'nobody-waits';
    case 'SequenceExpression':
      return parent.expressions[parent.expressions.length - 1] === node ? lostPromise(parent, code) : 'nobody-waits';
    case 'LogicalExpression':
      if (parent.left === node) return parent.operator === '??' ? undefined : 'taken-for-value';
      return parent.parent.type === 'ExpressionStatement' ? 'nobody-waits' : undefined;
    case 'ConditionalExpression':
      if (parent.test === node) return 'taken-for-value';
      return parent.parent.type === 'ExpressionStatement' ? 'nobody-waits' : undefined;
    case 'MemberExpression':
      return parent.object === node ? afterMember(parent, code) : 'taken-for-value';
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForInStatement':
      return 'taken-for-value';
    case 'ForOfStatement':
      return parent.right === node && !parent.await ? 'taken-for-value' : undefined;
    case 'TemplateLiteral':
      return parent.parent.type === 'TaggedTemplateExpression' ? undefined : 'taken-for-value';
    case 'BinaryExpression':
      return /^(?:[=!]==?|in|instanceof)$/.test(parent.operator) ? undefined : 'taken-for-value';
    case 'UnaryExpression':
      return /^[!+\-~]$/.test(parent.operator) ? 'taken-for-value' : undefined;
    case 'SpreadElement':
      return parent.parent.type === 'ObjectExpression' ? undefined : 'taken-for-value';
    case 'CallExpression':
    case 'NewExpression':
    case 'TaggedTemplateExpression':
      return (parent.type === 'TaggedTemplateExpression' ? parent.tag : parent.callee) === node ? 'taken-for-value' : undefined;
    default:
      return undefined;
  }
}

/** `.then(onValue)` and `.finally()` give another promise; `.catch()` and `.then(onValue, onError)` see to what goes wrong. */
function afterMember(member: TSESTree.MemberExpression, code: Readonly<TSESLint.SourceCode>): LostPromise | undefined {
  const name = propertyName(member, code);
  if (name === null || name === 'constructor') return undefined;
  if (name !== 'then' && name !== 'catch' && name !== 'finally') return 'taken-for-value';
  const place = wrapped(member);
  if (place.parent.type !== 'CallExpression' || unwrapped(place.parent.callee) !== member) return undefined;
  if (name === 'catch' || (name === 'then' && place.parent.arguments.length !== 1)) return undefined;
  return lostPromise(place.parent, code) === 'nobody-waits' ? 'nobody-waits' : undefined;
}

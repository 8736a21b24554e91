import type { TSESTree } from '@typescript-eslint/utils';
import type { File } from './file.js';
import { registration } from './registered.js';
import { unwrapped } from './syntax.js';
import type { Finding } from './task-findings.js';
import { taskFunction } from './task-function.js';

/** What `offloadable` refuses, in its own words. */
export function registrationFindings(node: TSESTree.CallExpression, file: File): readonly Finding[] {
  const given = registration(node, file);
  if (!given) return [];
  return [...moduleFindings(node.arguments[0]!), ...(node.arguments.length === 2 ? functionsFindings(given, file) : [])];
}

/** `offloadable('./tasks.js', …)`: what is written out is seldom a URL or a whole path. */
function moduleFindings(argument: TSESTree.Node): readonly Finding[] {
  const node = unwrapped(argument);
  if (node.type !== 'Literal' || typeof node.value !== 'string' || /^(?:file:|\/|[a-z]:[\\/]|\\\\)/i.test(node.value)) return [];
  return [{ messageId: 'noModule', node, data: { name: node.value } }];
}

function functionsFindings(given: TSESTree.Node, file: File): readonly Finding[] {
  if (given.type !== 'ObjectExpression') return [];
  return given.properties.flatMap((property): readonly Finding[] => {
    if (property.type !== 'Property' || property.computed || property.kind !== 'init') return [];
    const name = property.key.type === 'Identifier' ? property.key.name : String((property.key as TSESTree.Literal).value);
    const value = unwrapped(property.value);
    if (value.type === 'Literal') return [{ messageId: 'noFunction', node: value, data: { name, what: value.value === null ? 'null' : `a ${typeof value.value}` } }];
    const task = taskFunction(value, file);
    return task?.kind === 'refused' && (task.why === 'class' || task.why === 'generator') ? [{ messageId: task.why, node: value, data: { name: `\`${task.name ?? name}\`` } }] : [];
  });
}


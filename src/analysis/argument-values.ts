import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { BlockingApi } from '../catalogue/types.js';
import { uncloneableFrom } from '../catalogue/uncloneable.js';
import type { Hazard } from './hazards.js';
import { resolveReference, variableOf } from './reference.js';
import { unwrapped } from './syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** Which arguments of a call cannot cross to a worker, as far as the source tells. What it does not tell, the runtime refuses by name. */
export function argumentHazards(api: BlockingApi, call: TSESTree.CallExpression | TSESTree.NewExpression, code: Code): readonly Hazard[] {
  const found = new Set<Hazard>();
  for (const argument of call.arguments) {
    const held = heldValue(argument, code, new Set());
    if (held) found.add(held);
  }
  for (const place of api.functions) {
    const [index, property] = place.split('.');
    const argument = call.arguments[Number(index)];
    if (argument && !found.has('function-argument') && !isKnownWithout(argument, property, code)) found.add('maybe-function-argument');
  }
  if (api.refusedOptions && call.arguments.some((argument) => api.refusedOptions!.some((option) => hasOption(argument, option, code)))) found.add('result-option');
  return [...found];
}

/** A function or a stream that an argument is or holds, by its source or that of the constant it names. */
function heldValue(argument: TSESTree.Node, code: Code, seen: Set<TSESTree.Node>): Hazard | undefined {
  const node = unwrapped(argument);
  if (seen.has(node)) return undefined;
  seen.add(node);
  const inside = (children: readonly (TSESTree.Node | null)[]): Hazard | undefined => {
    for (const child of children) {
      const held = child && heldValue(child, code, seen);
      if (held) return held;
    }
    return undefined;
  };
  switch (node.type) {
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
    case 'ClassExpression':
    case 'ClassDeclaration':
      return 'function-argument';
    case 'ObjectExpression':
      return inside(node.properties.map((property) => (property.type === 'SpreadElement' ? property.argument : property.value)));
    case 'ArrayExpression':
      return inside(node.elements);
    case 'SpreadElement':
      return inside([node.argument]);
    case 'ConditionalExpression':
      return inside([node.consequent, node.alternate]);
    case 'LogicalExpression':
      return inside([node.left, node.right]);
    case 'Identifier':
      return inside([constantValue(node, code)]);
    case 'MemberExpression':
    case 'CallExpression':
    case 'NewExpression':
      return heldByReference(node, code);
    default:
      return undefined;
  }
}

const streams = new Set(['process.stdin', 'process.stdout', 'process.stderr', 'fs.createReadStream', 'fs.createWriteStream']);

function heldByReference(node: TSESTree.MemberExpression | TSESTree.CallExpression | TSESTree.NewExpression, code: Code): Hazard | undefined {
  const reference = resolveReference(node.type === 'CallExpression' ? node.callee : node, code);
  if (!reference) return undefined;
  const name = [reference.module, ...reference.path].join('.');
  if (streams.has(name)) return 'stream-argument';
  return uncloneableFrom(reference.instance ? `new ${name}` : node.type === 'CallExpression' ? `${name}()` : name) ? 'uncloneable-argument' : undefined;
}

/** What a `const` was initialised with, or the function or class a name declares. */
export function constantValue(identifier: TSESTree.Identifier, code: Code): TSESTree.Node | null {
  const variable = variableOf(identifier, code);
  const [definition] = variable?.defs ?? [];
  if (!definition || variable!.defs.length > 1) return null;
  if (definition.type === 'FunctionName' || definition.type === 'ClassName') return definition.node;
  if (definition.type !== 'Variable' || definition.parent.kind !== 'const') return null;
  return definition.node.id.type === 'Identifier' ? definition.node.init : null;
}

/** Is it clear from the source that an argument is no function (or, with a property's name, that its property is absent)? */
function isKnownWithout(argument: TSESTree.Node, property: string | undefined, code: Code): boolean {
  const node = unwrapped(argument);
  const value = node.type === 'Identifier' ? constantValue(node, code) : node;
  if (!value) return node.type === 'Identifier' && node.name === 'undefined';
  if (value.type === 'ObjectExpression') {
    if (property === undefined) return true;
    return value.properties.every((one) => one.type === 'Property' && !one.computed && keyName(one.key) !== property);
  }
  return functionValue(value) === 'no';
}

/** Is an argument an object, or a constant that holds one, with an option that is not switched off in place? */
export function hasOption(argument: TSESTree.Node, option: string, code: Code): boolean {
  const node = unwrapped(argument);
  const value = node.type === 'Identifier' ? constantValue(node, code) : node;
  if (value?.type !== 'ObjectExpression') return false;
  return value.properties.some((one) => one.type === 'Property' && keyName(one.key) === option && !(one.value.type === 'Literal' && !one.value.value));
}

function keyName(key: TSESTree.Node): string | undefined {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : undefined;
}

/** Is an expression a function? By its own form only. */
export function functionValue(expression: TSESTree.Node): 'yes' | 'no' | 'unknown' {
  switch (unwrapped(expression).type) {
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return 'yes';
    case 'ArrayExpression':
    case 'BinaryExpression':
    case 'Literal':
    case 'ObjectExpression':
    case 'TemplateLiteral':
    case 'UnaryExpression':
    case 'UpdateExpression':
      return 'no';
    default:
      return 'unknown';
  }
}

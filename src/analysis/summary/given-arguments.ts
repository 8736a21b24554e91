import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName, variableOf } from '../reference.js';
import { type FunctionNode, parametersOf, unwrapped } from '../syntax.js';
import type { GivenArgument, Truth } from './module-summary.js';
import { isChanged, parameterOf } from './parameters.js';
import type { StepNode } from './summarise-module.js';

type Code = Readonly<TSESLint.SourceCode>;

/**
 * Which of a call's arguments may be anything but `false` and the like, or are for certain, and which are parameters of the
 * function around it; undefined where not all of them are written out.
 *
 * @example `load(path, false, { force: true, quiet })` gives ['maybe', 'never', Map { 'force' → 'always', 'quiet' → 'maybe' }]
 */
export function givenArguments(node: StepNode, owner: FunctionNode | undefined, code: Code): readonly GivenArgument[] | undefined {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const callee = unwrapped(node.callee);
  // `load.call(this, path)` gives others than it is written with.
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && /^(?:apply|bind|call)$/.test(callee.property.name)) return undefined;
  if (node.arguments.some(({ type }) => type === 'SpreadElement')) return undefined;
  return node.arguments.map((argument) => given(argument, owner, code));
}

function given(argument: TSESTree.Node, owner: FunctionNode | undefined, code: Code): GivenArgument {
  const node = unwrapped(argument);
  if (isUndefined(node)) return undefined;
  if (node.type !== 'Identifier') return propertiesIn(node) ?? truthOf(node);
  const parameter = owner && parameterOf(node, code);
  if (parameter?.fn === owner && parameter && !isChanged(node, code)) return { parameter: parameter.index };
  const object = constantObject(node, code);
  return (object && propertiesIn(object)) ?? 'maybe';
}

/** Names of functions that put something into what they are given. */
const changing = /assign|default|extend|merge|mix|set/i;

/** The object that a constant is, as far as can be seen with these properties and no others. */
function constantObject(name: TSESTree.Identifier, code: Code): TSESTree.ObjectExpression | undefined {
  const variable = variableOf(name, code);
  const [definition, ...others] = variable?.defs ?? [];
  if (!variable || definition?.type !== 'Variable' || others.length > 0 || definition.parent.kind !== 'const' || definition.node.id.type !== 'Identifier') return undefined;
  const { init } = definition.node;
  if (init?.type !== 'ObjectExpression' || isChanged(name, code)) return undefined;
  return variable.references.every(({ identifier, init: isInit }) => isInit === true || keepsAsItIs(identifier as TSESTree.Identifier, code)) ? init : undefined;
}

function keepsAsItIs(name: TSESTree.Identifier, code: Code): boolean {
  const { parent } = name;
  if (parent.type === 'MemberExpression') return parent.object === name && !(parent.parent.type === 'UnaryExpression' && parent.parent.operator === 'delete');
  if (parent.type !== 'CallExpression' && parent.type !== 'NewExpression') return false;
  const callee = unwrapped(parent.callee);
  return !changing.test(callee.type === 'MemberExpression' ? propertyName(callee, code) ?? '' : callee.type === 'Identifier' ? callee.name : '');
}

/** What each parameter of a function is where a caller leaves it out, of these. */
export function defaultsOf(fn: FunctionNode, indexes: Iterable<number>): ReadonlyMap<number, GivenArgument> {
  const defaults = new Map<number, GivenArgument>();
  for (const index of indexes) {
    const parameter = parametersOf(fn)[index];
    if (parameter?.type === 'AssignmentPattern') defaults.set(index, isUndefined(parameter.right) ? undefined : propertiesIn(parameter.right) ?? truthOf(parameter.right));
  }
  return defaults;
}

/** What a parameter that is left out is by its default, or a property of it; `otherwise` is what that is where the default does not have it. */
export function defaultTruth(parameter: TSESTree.Node | undefined, property?: string, otherwise: Truth = 'never'): Truth {
  if (parameter?.type !== 'AssignmentPattern') return 'never';
  const truth = truthOf(parameter.right);
  if (property === undefined || truth === 'never') return truth;
  const given = propertiesIn(parameter.right);
  return given ? given.get(property) ?? otherwise : 'maybe';
}

/** The properties of an object that is written out; undefined where not all are known. */
function propertiesIn(expression: TSESTree.Node): ReadonlyMap<string, Truth> | undefined {
  const node = unwrapped(expression);
  if (node.type !== 'ObjectExpression') return undefined;
  const properties = new Map<string, Truth>();
  for (const property of node.properties) {
    if (property.type !== 'Property' || property.computed) return undefined;
    const name = property.key.type === 'Identifier' ? property.key.name : String(property.key.value);
    // The last one of a name counts.
    if (isUndefined(property.value)) properties.delete(name);
    else properties.set(name, property.kind === 'init' ? truthOf(property.value) : 'maybe');
  }
  return properties;
}

function truthOf(expression: TSESTree.Node): Truth {
  const node = unwrapped(expression);
  switch (node.type) {
    case 'Literal':
      return node.value || 'regex' in node ? 'always' : 'bigint' in node ? 'maybe' : 'never';
    case 'ArrayExpression':
    case 'ArrowFunctionExpression':
    case 'ClassExpression':
    case 'FunctionExpression':
    case 'NewExpression':
    case 'ObjectExpression':
      return 'always';
    default:
      return isUndefined(node) ? 'never' : 'maybe';
  }
}

function isUndefined(expression: TSESTree.Node): boolean {
  const node = unwrapped(expression);
  return node.type === 'Identifier' && node.name === 'undefined';
}

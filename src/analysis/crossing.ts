import { isBuiltin } from 'node:module';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { nativeAsyncName } from '../catalogue/native-async.js';
import { type Uncloneable, uncloneable, uncloneableFrom } from '../catalogue/uncloneable.js';
import type { File } from './file.js';
import { refusedInstance } from './local-class.js';
import { isCommonJs } from './module-style.js';
import { resolveReference, variableOf } from './reference.js';
import { isFunction, unwrapped } from './syntax.js';
import { type TaskCall, taskCall } from './task-call.js';

/** A value among a task's arguments that cannot cross to a worker. */
export interface Uncrossable {
  /** Where it is written. */
  readonly node: TSESTree.Node;
  /** Where it is, as the runtime would spell it: `args[1].filter`. */
  readonly place: string;
  readonly value: Uncloneable;
}

/** The arguments of a task, and what they hold, that the runtime will refuse. What the source does not tell is left to the runtime. */
export function uncrossableArguments(call: Pick<TaskCall, 'args' | 'form' | 'transfers'>, file: File): readonly Uncrossable[] {
  const found: Uncrossable[] = [];
  let index = 0;
  for (const argument of call.args) {
    // How many arguments a spread one stands for is not known, nor then the place of those after it.
    if (argument.type === 'SpreadElement') break;
    if (call.form === 'map') collectItems(argument);
    else collect(argument, `args[${index}]`);
    index += 1;
  }
  return found;

  /** Reported is what is written in the call: a constant stands for what it holds. */
  function collect(expression: TSESTree.Node, place: string, at = expression): void {
    const value = refusedKind(expression, file);
    if (value) return void add(at, place, value);
    const node = unwrapped(expression);
    const held = node.type === 'Identifier' ? constantValue(node, file) : node;
    const inConstant = held === node ? undefined : at;
    if (held?.type === 'ObjectExpression') for (const [name, one] of lastProperties(held, file)) collect(one, `${place}${step(name)}`, inConstant ?? one);
    if (held?.type === 'ArrayExpression') collectElements(held, (index) => `${place}[${index}]`, inConstant);
    if (held?.type === 'ThisExpression' || held?.type === 'NewExpression') {
      const refused = refusedInstance(held, file);
      if (refused) add(at, refused.property === undefined ? place : `${place}${step(refused.property)}`, refused.value);
    }
  }

  function add(node: TSESTree.Node, place: string, value: Uncloneable): void {
    if (!value.transferable || !call.transfers) found.push({ node, place, value });
  }

  /** The items of `map` are what the function is called with. */
  function collectItems(expression: TSESTree.Node): void {
    const node = unwrapped(expression);
    if (node.type === 'ArrayExpression') collectElements(node, () => 'args[0]');
  }

  function collectElements({ elements }: TSESTree.ArrayExpression, place: (index: number) => string, at?: TSESTree.Node): void {
    const end = elements.findIndex((element) => element?.type === 'SpreadElement');
    for (const [index, element] of elements.slice(0, end < 0 ? undefined : end).entries()) if (element) collect(element, place(index), at ?? element);
  }
}

/** What an expression is known to be, where that cannot cross. */
function refusedKind(expression: TSESTree.Node, file: File): Uncloneable | undefined {
  const node = unwrapped(expression);
  switch (node.type) {
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'ClassExpression':
      return uncloneable.function;
    case 'ImportExpression':
      return uncloneable.promise;
    case 'Identifier':
      return named(node, file);
    case 'NewExpression':
      return ofReference(node, 'new ', file);
    case 'CallExpression':
      return ofCall(node, file);
    case 'MemberExpression':
      return ofReference(node, '', file);
    default:
      return undefined;
  }
}

function named(identifier: TSESTree.Identifier, file: File): Uncloneable | undefined {
  const variable = variableOf(identifier, file.code);
  const [definition, ...others] = variable?.defs ?? [];
  if (!definition) return identifier.name === 'arguments' && variable?.scope.type === 'function' ? uncloneable.arguments : ofReference(identifier, '', file);
  if (others.length > 0) return undefined;
  if (definition.type === 'FunctionName' || definition.type === 'ClassName') return isWritten(variable!) || definition.node.declare ? undefined : uncloneable.function;
  if (definition.type === 'ImportBinding') return ofReference(identifier, '', file);
  const init = constantInit(definition);
  if (!init) return undefined;
  // What a promise or a function is does not change; what an object holds may (see `constantValue`).
  return unwrapped(init).type === 'Identifier' ? ofReference(init, '', file) : refusedKind(init, file);
}

function ofReference(node: TSESTree.Node, before: '' | 'new ', { code, filename }: File): Uncloneable | undefined {
  const reference = resolveReference(node, code);
  if (!reference) return undefined;
  const { module, path, instance } = reference;
  if (path.length === 0 && !instance && module !== 'process' && module !== 'globalThis') return isBuiltin(module) && module !== 'constants' && !isCommonJs(code, filename) ? uncloneable.module : undefined;
  const name = [module, ...path].join('.');
  return uncloneableFrom(instance ? `new ${name}` : `${before}${name}`);
}

function ofCall(call: TSESTree.CallExpression, file: File): Uncloneable | undefined {
  const { code } = file;
  const task = taskCall(call, file);
  if (task) return task.form === 'map' ? uncloneable.iterator : uncloneable.promise;
  const callee = unwrapped(call.callee);
  const declaration = callee.type === 'Identifier' ? variableOf(callee, code) : undefined;
  const [definition, ...others] = declaration?.defs ?? [];
  const fn = definition?.type === 'FunctionName' ? definition.node : definition && constantInit(definition);
  if (isFunction(fn) && others.length === 0 && !isWritten(declaration!)) {
    if (fn.generator) return uncloneable.iterator;
    return fn.async ? uncloneable.promise : undefined;
  }
  const reference = resolveReference(callee, code);
  if (!reference || reference.instance) return undefined;
  return nativeAsyncName(reference.module, reference.path) ? uncloneable.promise : uncloneableFrom(`${reference.module}.${reference.path.join('.')}()`);
}

function constantInit(definition: TSESLint.Scope.Definition): TSESTree.Node | null {
  if (definition.type !== 'Variable' || definition.parent.kind === 'let' || definition.parent.kind === 'var') return null;
  return definition.node.id.type === 'Identifier' ? definition.node.init : null;
}

function isWritten(variable: TSESLint.Scope.Variable): boolean {
  return variable.references.some((reference) => reference.isWrite() && !reference.init);
}

/** What a constant was initialised with, if nobody can have changed what is in it: it is only read, or given to the runtime. */
function constantValue(identifier: TSESTree.Identifier, file: File): TSESTree.Node | undefined {
  const variable = variableOf(identifier, file.code);
  const init = variable?.defs.length === 1 ? constantInit(variable.defs[0]!) : null;
  if (!init || variable!.defs[0]!.parent?.parent.type.startsWith('Export')) return undefined;
  return variable!.references.every((reference) => reference.init === true || leavesAlone(reference.identifier as TSESTree.Identifier, file)) ? unwrapped(init) : undefined;
}

function leavesAlone(use: TSESTree.Identifier, file: File): boolean {
  const { parent } = use;
  if (parent.type === 'TSTypeQuery') return true;
  if (parent.type === 'CallExpression' && parent.arguments.includes(use)) return taskCall(parent, file) !== undefined;
  if (parent.type !== 'MemberExpression' || parent.object !== use) return false;
  const above = parent.parent;
  if (above.type === 'AssignmentExpression') return above.right === parent;
  return above.type === 'VariableDeclarator' || above.type === 'BinaryExpression' || above.type === 'TemplateLiteral';
}

/** The properties that a literal ends up with, as far as that is certain: none that a later spread or computed name may replace. */
function lastProperties(literal: TSESTree.ObjectExpression, { code }: File): ReadonlyMap<string, TSESTree.Node> {
  const found = new Map<string, TSESTree.Node>();
  for (const property of literal.properties) {
    const name = property.type === 'Property' ? keyName(property, code) : undefined;
    if (name === undefined) found.clear();
    else if (property.type === 'Property' && property.kind === 'init') found.set(name, property.value);
    else found.delete(name);
  }
  // `{ __proto__: value }` sets the prototype.
  found.delete('__proto__');
  return found;
}

function keyName(property: TSESTree.Property, code: File['code']): string | undefined {
  const { key } = property;
  if (!property.computed && key.type === 'Identifier') return key.name;
  if (key.type === 'Literal') return String(key.value);
  // `[Symbol.iterator]` is not looked at by anybody, and is no property of another name.
  const reference = resolveReference(key, code);
  return reference?.module === 'globalThis' && reference.path[0] === 'Symbol' ? '__proto__' : undefined;
}

function step(name: string): string {
  if (/^(?:0|[1-9]\d*)$/.test(name)) return `[${name}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { resolveReference, variableOf } from '../reference.js';
import { type FunctionNode, isFunction, unwrapped, walk } from '../syntax.js';
import { clockReading } from './clock.js';

type Code = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/** What running some code may change or ask, functions of this file that it calls included. */
export interface Effects {
  /** Variables that are written. */
  readonly writes: ReadonlySet<Variable>;
  /** Is a property of some object written or deleted? */
  writesProperty: boolean;
  /** Is something called, or looped over, of which this file does not tell what it does? */
  unknown: boolean;
  /** Is something asked that changes by itself: the file system, a process, shared memory? */
  asksOutside: boolean;
  asksClock: boolean;
}

/** Global functions and classes that change nothing that a program can see; `Math.*` and `console.*` too. */
const harmless = new Set([
  'Array', 'Array.isArray', 'BigInt', 'Boolean', 'Date', 'Date#getTime', 'Date#valueOf', 'Date.now', 'Error', 'Map', 'Number', 'Number.isFinite', 'Number.isInteger', 'Number.isNaN', 'Object', 'RangeError', 'Set', 'String', 'TypeError',
  'isFinite', 'isNaN', 'parseFloat', 'parseInt', 'performance.now',
]);

/** The union of what these pieces of code do. */
export function effectsOf(nodes: readonly (TSESTree.Node | null)[], code: Code): Effects {
  const writes = new Set<Variable>();
  const effects = { writes, writesProperty: false, unknown: false, asksOutside: false, asksClock: false };
  const seen = new Set<TSESTree.Node>();
  for (const node of nodes) if (node) collect(node);
  return effects;

  function collect(start: TSESTree.Node): void {
    walk(start, code.visitorKeys, (node) => {
      switch (node.type) {
        case 'AssignmentExpression':
          assign(node.left);
          break;
        case 'UpdateExpression':
          assign(node.argument);
          break;
        case 'UnaryExpression':
          if (node.operator === 'delete') effects.writesProperty = true;
          break;
        case 'VariableDeclarator':
          if (node.init) assign(node.id);
          break;
        case 'CallExpression':
        case 'NewExpression':
          call(node);
          break;
        case 'ForOfStatement':
        case 'SpreadElement':
        case 'ArrayPattern':
        case 'AwaitExpression':
        case 'YieldExpression':
        case 'ImportExpression':
        case 'TaggedTemplateExpression':
        case 'ClassDeclaration':
        case 'ClassExpression':
          effects.unknown = true;
          break;
        case 'ForInStatement':
          assign(node.left);
          break;
      }
      return !isFunction(node);
    });
  }

  function assign(target: TSESTree.Node): void {
    const node = unwrapped(target);
    if (node.type === 'Identifier') {
      const variable = variableOf(node, code);
      if (variable) writes.add(variable);
      else effects.unknown = true;
    } else if (node.type === 'MemberExpression') effects.writesProperty = true;
    else if (node.type === 'VariableDeclaration') for (const { id } of node.declarations) assign(id);
    // Patterns are rare in loops that wait: what they write is not looked at one by one.
    else effects.unknown = true;
  }

  function call(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
    if (clockReading(node, code)) {
      effects.asksClock = true;
      return;
    }
    if (node.arguments.some((argument) => isFunction(unwrapped(argument)))) effects.unknown = true;
    const callee = unwrapped(node.callee);
    const reference = resolveReference(callee, code);
    const name = reference && !reference.instance ? reference.path.join('.') : '';
    if (reference?.module === 'globalThis') {
      if (name === 'Atomics.load') effects.asksOutside = true;
      else if (!harmless.has(name) && !/^(?:Math|console)\.\w+$/.test(name)) effects.unknown = true;
      return;
    }
    if (reference) {
      if (isQuestion(reference.module, name)) effects.asksOutside = true;
      else effects.unknown = true;
      return;
    }
    if (isMethodOfAnswer(callee, code)) return;
    const fn = calledFunction(callee, code);
    if (!fn) effects.unknown = true;
    else if (!seen.has(fn)) {
      seen.add(fn);
      collect(fn.body);
    }
  }
}

/** Asking again may give another answer; asking `fs.readSync` or a directory handle again gives what comes next, which is progress. */
function isQuestion(module: string, name: string): boolean {
  if (module === 'child_process') return name.endsWith('Sync');
  return module === 'fs' && /^(?:access|exists|lstat|readdir|readFile|readlink|realpath|stat|statfs)Sync$/.test(name);
}

/** `fs.readFileSync(p).toString()`: a method of what the outside world has answered. */
function isMethodOfAnswer(callee: TSESTree.Node, code: Code): boolean {
  if (callee.type !== 'MemberExpression') return false;
  const object = unwrapped(callee.object);
  if (object.type !== 'CallExpression') return false;
  const reference = resolveReference(object.callee, code);
  return reference?.module === 'fs' || reference?.module === 'child_process' || isMethodOfAnswer(unwrapped(object.callee), code);
}

/** The function that a name always stands for in this file, or that is written where it is called. */
export function calledFunction(expression: TSESTree.Node, code: Code): FunctionNode | undefined {
  const callee = unwrapped(expression);
  if (isFunction(callee)) return callee;
  if (callee.type !== 'Identifier') return undefined;
  const variable = variableOf(callee, code);
  const [definition] = variable?.defs ?? [];
  if (variable?.defs.length !== 1 || variable.references.some((reference) => reference.isWrite() && reference.init !== true)) return undefined;
  if (definition?.type === 'FunctionName') return isFunction(definition.node) ? definition.node : undefined;
  if (definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier' || !definition.node.init) return undefined;
  const value = unwrapped(definition.node.init);
  return isFunction(value) ? value : undefined;
}

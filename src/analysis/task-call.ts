import type { TSESTree } from '@typescript-eslint/utils';
import { callbackRole } from './callback-role.js';
import type { File } from './file.js';
import { propertyName, resolveReference, variableOf } from './reference.js';
import { ancestorsOf, isFunction, unwrapped, walk } from './syntax.js';

/** A call that hands a function to the runtime: `offload(fn, …)`, `executor.submit(fn, …)` and their like. */
export interface TaskCall {
  readonly node: TSESTree.CallExpression;
  /** `map` calls the function with each item, and gives an iterator in place of a promise. */
  readonly form: 'offload' | 'run-in-executor' | 'submit' | 'map';
  /** The function. */
  readonly task: TSESTree.Node;
  /** What the function is called with; for `map` the items. */
  readonly args: readonly TSESTree.CallExpressionArgument[];
  /** `in-place` is an InlineExecutor, to which nothing has to cross; `unknown` an executor that this file does not make. */
  readonly runs: 'on-worker' | 'in-place' | 'unknown';
  /** Options are bound to the call (`offload.with`), or may be. */
  readonly hasOptions: boolean;
  /** Something among the arguments may be moved and not copied. */
  readonly transfers: boolean;
}

type Runs = TaskCall['runs'];

interface Options {
  readonly runs: Runs;
  readonly hasOptions: boolean;
  readonly transfers: boolean;
}

const executors: Readonly<Record<string, Runs>> = { ThreadPoolExecutor: 'on-worker', ProcessPoolExecutor: 'on-worker', InlineExecutor: 'in-place' };

/** The call of the runtime that this is; undefined for every other, and where spread arguments hide which one is the function. */
export function taskCall(node: TSESTree.CallExpression, file: File): TaskCall | undefined {
  const { code, runtime } = file;
  const reference = resolveReference(node.callee, code);
  const name = reference?.module === runtime && !reference.instance ? reference.path.join('.') : '';
  if (name === 'runInExecutor') {
    const [executor, ...rest] = node.arguments;
    return executor && executor.type !== 'SpreadElement' ? made('run-in-executor', rest, { ...plain, runs: executorRuns(executor, file) }) : undefined;
  }
  const [, className, method] = /^(\w+)#(submit|map)$/.exec(name) ?? [];
  if (className !== undefined && executors[className]) return made(method as 'submit' | 'map', node.arguments, { ...plain, runs: executors[className] });
  const ofDefault = defaultExecutorMethod(node.callee, file);
  if (ofDefault) return made(ofDefault, node.arguments, { ...plain, runs: defaultExecutor(file) });
  const options = offloadOptions(node.callee, file);
  return options && made('offload', node.arguments, options);

  function made(form: TaskCall['form'], [task, ...args]: readonly TSESTree.CallExpressionArgument[], bound: Options): TaskCall | undefined {
    return task && task.type !== 'SpreadElement' ? { node, form, task, args: form === 'map' ? args.slice(0, 1) : args, ...bound } : undefined;
  }
}

const plain = { hasOptions: false, transfers: false } as const;

/** Does this code run on a worker of the runtime, where `offload` runs everything in place? */
export function isInsideTask(node: TSESTree.Node, isRegistered: (fn: TSESTree.Node) => boolean, { code, runtime }: File): boolean {
  for (const ancestor of ancestorsOf(node)) {
    if (isFunction(ancestor) && (callbackRole(ancestor, code, runtime) === 'worker' || isRegistered(ancestor))) return true;
  }
  return false;
}

/** What is bound to `offload`, or to what `offload.with(…)` gives, through any number of `with`s. */
function offloadOptions(callee: TSESTree.Node, file: File): Options | undefined {
  const { code, runtime } = file;
  const node = definingExpression(callee, code);
  const reference = resolveReference(node, code);
  if (reference?.module === runtime && !reference.instance && reference.path.join('.') === 'offload') return { ...plain, runs: defaultExecutor(file) };
  if (node.type !== 'CallExpression') return undefined;
  const method = unwrapped(node.callee);
  if (method.type !== 'MemberExpression' || propertyName(method, code) !== 'with') return undefined;
  const before = offloadOptions(method.object, file);
  return before && withOptions(before, node.arguments[0], file);
}

function withOptions(before: Options, argument: TSESTree.Node | undefined, file: File): Options {
  const options = argument && definingExpression(argument, file.code);
  if (options?.type !== 'ObjectExpression') return { runs: 'unknown', hasOptions: true, transfers: true };
  let { runs, transfers } = before;
  for (const property of options.properties) {
    const name = property.type === 'Property' && !property.computed && property.key.type === 'Identifier' ? property.key.name : undefined;
    if (name === undefined || name === 'transfer') transfers = true;
    if (name === undefined) runs = 'unknown';
    if (name === 'executor') runs = executorRuns((property as TSESTree.Property).value, file);
  }
  return { runs, hasOptions: true, transfers };
}

function executorRuns(executor: TSESTree.Node, file: File): Runs {
  const node = unwrapped(executor);
  if ((node.type === 'Literal' && node.value === null) || isDefaultExecutor(node, file)) return defaultExecutor(file);
  const reference = resolveReference(node, file.code);
  if (reference?.module !== file.runtime || !reference.instance) return 'unknown';
  return executors[reference.path.join('.')] ?? 'unknown';
}

/** `getDefaultExecutor().submit`, or that of a constant which holds it. */
function defaultExecutorMethod(callee: TSESTree.Node, file: File): 'submit' | 'map' | undefined {
  const node = unwrapped(callee);
  if (node.type !== 'MemberExpression' || !isDefaultExecutor(node.object, file)) return undefined;
  const name = propertyName(node, file.code);
  return name === 'submit' || name === 'map' ? name : undefined;
}

function isDefaultExecutor(executor: TSESTree.Node, { code, runtime }: File): boolean {
  const node = definingExpression(executor, code);
  if (node.type !== 'CallExpression') return false;
  const reference = resolveReference(node.callee, code);
  return reference?.module === runtime && reference.path.join('.') === 'getDefaultExecutor';
}

/** By a file's tree: does the file set a default executor of its own? */
const others = new WeakMap<object, boolean>();

/**
 * Where the default executor runs tasks: on workers, unless this file sets another one. Tests are told to set an
 * InlineExecutor in a file of their own, so in a test it is not known.
 */
function defaultExecutor({ code, runtime, isTest }: File): Runs {
  if (isTest) return 'unknown';
  let other = others.get(code.ast);
  if (other === undefined) others.set(code.ast, (other = code.text.includes('setDefaultExecutor') && setsAnother(code, runtime)));
  return other ? 'unknown' : 'on-worker';
}

/** Does the file set a default executor other than one it makes itself, of workers? */
function setsAnother(code: File['code'], runtime: string): boolean {
  let found = false;
  walk(code.ast, code.visitorKeys, (node) => {
    if (node.type !== 'CallExpression') return;
    const called = resolveReference(node.callee, code);
    if (called?.module !== runtime || called.path.join('.') !== 'setDefaultExecutor') return;
    const executor = node.arguments[0] && resolveReference(node.arguments[0], code);
    if (executor?.module !== runtime || !executor.instance || executors[executor.path.join('.')] !== 'on-worker') found = true;
  });
  return found;
}

/** What a constant was initialised with; any other expression as it is. */
export function definingExpression(expression: TSESTree.Node, code: File['code']): TSESTree.Node {
  const node = unwrapped(expression);
  if (node.type !== 'Identifier') return node;
  const [definition, ...others] = variableOf(node, code)?.defs ?? [];
  if (definition?.type !== 'Variable' || others.length > 0 || definition.parent.kind === 'let' || definition.parent.kind === 'var') return node;
  return definition.node.init && definition.node.id.type === 'Identifier' ? unwrapped(definition.node.init) : node;
}

import { join } from 'node:path';
import { TaskReferenceError } from '../errors.js';
import type { Callable } from './callable.js';
import { newKey } from './key.js';
import { inTests } from './mock.js';
import type { TaskReference } from './reference.js';

/** A function as a worker compiles it. */
export interface SourceDefinition {
  readonly source: string;
  /** Path or file: URL of the caller, from which `import()` and `require()` in the source resolve. */
  readonly file: string;
}

/**
 * A function made anew at each call (`offload((x) => x + 1, 1)` in a handler) is still one text, and a worker should
 * compile it once. Bounded, for texts can be made without end; the oldest goes first.
 */
const byText = new Map<string, TaskReference>();
const limit = 1000;

/**
 * What depends on the file it is in, or on whether that is a module and so strict. All other text does the same
 * wherever it is, so the search for the file, which takes longer than a small task, is made once for it; frames of its
 * errors name the file where it was met first.
 */
const asksForFile = /\b(?:import|require|module|exports|__filename|__dirname|eval|Function|this|arguments|delete)\b/;

/** @throws {TaskReferenceError} for a function whose source is not a function's, or not there */
export function sourceReference(fn: Callable, findFile: () => string | undefined): TaskReference {
  const source = Function.prototype.toString.call(fn);
  return byText.get(source) ?? newReference(fn, source, findFile);
}

function newReference(fn: Callable, source: string, findFile: () => string | undefined): TaskReference {
  refuseUnshippable(fn, source);
  const file = findFile() ?? join(process.cwd(), '[offload]');
  const text = asksForFile.test(source) ? `${file}\n${source}` : source;
  let reference = byText.get(text);
  if (reference === undefined) {
    reference = { key: newKey(), definition: { source, file } };
    byText.set(text, reference);
    if (byText.size > limit) byText.delete(byText.keys().next().value!);
  }
  return reference;
}

function refuseUnshippable(fn: Callable, source: string): void {
  const name = nameOf(fn);
  if (/\{\s*\[native code\]\s*\}\s*$/.test(source)) {
    throw new TaskReferenceError(
      fn.name.startsWith('bound ')
        ? `${name} is a bound function, whose source and \`this\` a worker cannot see. Pass a function that takes what it needs as arguments. ${inTests}`
        : `${name} is native code that Node does not export under a name, so a worker cannot find it. Wrap it: offload((...args) => …, …). ${inTests}`,
    );
  }
  const why = whyNoTask(fn, source);
  if (why !== undefined) throw new TaskReferenceError(why);
  if (/^(?:async\s*)?(?:\*\s*)?(?:get\s+|set\s+)?#/.test(source)) {
    throw new TaskReferenceError(`${name} is a private method, which does not compile outside its class. Make it a function.`);
  }
}

/** What no thread could run as a task, whichever way it came there; `undefined` for a function that may be one. */
export function whyNoTask(fn: Callable, source = Function.prototype.toString.call(fn)): string | undefined {
  const kind = Object.prototype.toString.call(fn);
  if (kind === '[object GeneratorFunction]' || kind === '[object AsyncGeneratorFunction]') {
    return `${nameOf(fn)} is a generator function; its result cannot cross to another thread. Collect what it yields in a plain function, for example Array.from(generate()).`;
  }
  if (/^class\b/.test(source)) {
    return `${nameOf(fn)} is a class, and an instance cannot cross to another thread. Pass a function that makes the instance, uses it and returns plain data.`;
  }
  return undefined;
}

function nameOf(fn: Callable): string {
  return fn.name ? `\`${fn.name}\`` : 'the task';
}

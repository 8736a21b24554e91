import { EventEmitter } from 'node:events';
import { types } from 'node:util';
import { formatDeepPlace, formatPlace, type Step } from './place.js';

/** Why a value cannot cross, and what to do instead. */
export interface Refusal {
  /** With its article: `a function`. */
  readonly what: string;
  /** What cannot cross, where it is not simply `what`. */
  readonly kind?: string;
  readonly insteadOfPassing: string;
  readonly insteadOfReturning: string;
}

interface Row extends Omit<Refusal, 'what'> {
  matches(value: object): boolean;
  readonly what?: string;
}

/**
 * Kinds of values that structured clone refuses without saying where they are, or empties without a word.
 * `what` is the class's name where it is not given.
 */
const ROWS: readonly Row[] = [
  {
    matches: (value) => typeof value === 'function',
    what: 'a function',
    insteadOfPassing: 'leave it out, or do the whole work in one function and give that to offload',
    insteadOfReturning: 'return what it would compute',
  },
  {
    matches: (value) => typeof value === 'symbol' || types.isSymbolObject(value),
    what: 'a symbol',
    insteadOfPassing: 'pass a string in its place',
    insteadOfReturning: 'return a string in its place',
  },
  {
    matches: types.isProxy,
    what: 'a Proxy',
    insteadOfPassing: 'pass a plain copy of it, such as { ...value }',
    insteadOfReturning: 'return a plain copy of it, such as { ...value }',
  },
  {
    matches: types.isPromise,
    what: 'a promise',
    insteadOfPassing: 'await it, and pass its value',
    insteadOfReturning: 'await it, and return its value',
  },
  {
    matches: types.isArgumentsObject,
    what: 'an arguments object',
    insteadOfPassing: 'pass [...arguments]',
    insteadOfReturning: 'return [...arguments]',
  },
  {
    matches: types.isModuleNamespaceObject,
    what: 'a module',
    insteadOfPassing: 'import it inside the function, with await import()',
    insteadOfReturning: 'return the values it exports',
  },
  {
    matches: (value) => value instanceof AbortSignal,
    insteadOfPassing: 'bind it to the call with offload.with({ signal })',
    insteadOfReturning: 'return whether it is aborted, and its reason',
  },
  {
    matches: isTransferOnly,
    insteadOfPassing: 'hand it over with offload.with({ transfer: [it] })',
    insteadOfReturning: 'return the data that is read from it',
  },
  {
    matches: (value) => types.isGeneratorObject(value) || isIterator(value),
    what: 'an iterator',
    insteadOfPassing: 'collect what it gives in an array',
    insteadOfReturning: 'collect what it gives in an array',
  },
  {
    matches: isStream,
    insteadOfPassing: 'pass a path, a file descriptor or the data itself',
    insteadOfReturning: 'return a path, a file descriptor or the data itself',
  },
  {
    matches: (value) => value instanceof EventEmitter || value instanceof EventTarget,
    insteadOfPassing: 'pass the data it holds',
    insteadOfReturning: 'return the data it holds',
  },
];

export function refusalOf(value: unknown): Refusal | undefined {
  const row = ROWS.find((candidate) => candidate.matches(value as object));
  return row && { ...row, what: row.what ?? withArticle(classNameOf(value as object)) };
}

/** For an object whose state is not in its own properties: what would cross is `{}`, or a part that means nothing. */
export function statefulInstance(value: object): Refusal {
  return {
    what: withArticle(classNameOf(value)),
    insteadOfPassing: 'its state is out of reach of a copy; pass the data to make one from, and make it in the worker',
    insteadOfReturning: 'its state is out of reach of a copy; return the data that is read from it',
  };
}

/** For what threads of one process have in common, or Node hands from one to another. */
export function boundToProcess(value: object): Refusal {
  const shared = types.isSharedArrayBuffer(ArrayBuffer.isView(value) ? value.buffer : value);
  const insteadOf = shared ? 'copy its bytes, or use a ThreadPoolExecutor' : 'send the data that it is made from, or use a ThreadPoolExecutor';
  return {
    what: shared ? 'memory that threads share' : withArticle(classNameOf(value)),
    kind: 'what belongs to one process',
    insteadOfPassing: insteadOf,
    insteadOfReturning: insteadOf,
  };
}

/** For memory that was transferred before, whose bytes are no longer there. */
export function detachedMemory(value: object): Refusal {
  return {
    what: `${withArticle(Buffer.isBuffer(value) ? 'Buffer' : classNameOf(value))} whose memory was moved away before`,
    kind: 'memory that is no longer there',
    insteadOfPassing: 'pass a copy, or list it in `transfer` only for the last call that needs it',
    insteadOfReturning: 'what a task returns is moved, not copied; keep a copy of what is to be returned again',
  };
}

/** @example `args[1].filter is a function, and a function cannot cross to a worker: leave it out, …` */
export function describeRefusal(refusal: Refusal, path: readonly Step[]): string {
  const { what, kind = what, insteadOfPassing, insteadOfReturning } = refusal;
  if (path[0] === 'thrown') {
    return `the task threw ${what}, and ${kind} cannot cross back from a worker: throw an Error instead`;
  }
  const outward = path[0] === 'args';
  return `${formatPlace(path)} is ${what}, and ${kind} cannot cross ${
    outward ? `to a worker: ${insteadOfPassing}` : `back from a worker: ${insteadOfReturning}`
  }`;
}

export function describeDepth(path: readonly Step[]): string {
  return `${formatDeepPlace(path)} is nested too deeply to cross to another thread: send it flat, or as a string`;
}

/** What crosses only by being given away. `FileHandle` has no public class. */
export function isTransferOnly(value: object): boolean {
  return (
    value instanceof MessagePort ||
    value instanceof ReadableStream ||
    value instanceof WritableStream ||
    value instanceof TransformStream ||
    (value instanceof EventEmitter && value.constructor.name === 'FileHandle')
  );
}

function isStream(value: object): boolean {
  return value instanceof EventEmitter && typeof (value as { pipe?: unknown }).pipe === 'function';
}

function isIterator(value: object): boolean {
  const tag = Object.prototype.toString.call(value);
  return tag.endsWith(' Iterator]') && typeof (value as { next?: unknown }).next === 'function';
}

function classNameOf(value: object): string {
  for (let proto: unknown = value; proto !== null; proto = Object.getPrototypeOf(proto)) {
    const constructor = Object.getOwnPropertyDescriptor(proto, 'constructor')?.value as unknown;
    if (typeof constructor === 'function' && constructor.name !== '') {
      return constructor.name;
    }
  }
  return 'object';
}

function withArticle(name: string): string {
  return `${/^[AEIO]/i.test(name) ? 'an' : 'a'} ${name}`;
}

import { types } from 'node:util';
import { TaskReferenceError } from '../errors.js';
import type { MakeCodec } from './codec.js';
import { isNativeFunction } from './instances.js';
import { UncloneableError } from './uncloneable-error.js';

interface ErrorClass {
  isPrototype(proto: unknown, constructor: { readonly name: string }): boolean;
  make(message: string, name: string): Error;
}

interface ErrorData {
  readonly class: string;
  readonly message: string;
  readonly name: string;
  readonly stack: string;
  /** Own properties that an enumeration passes over: `message`, `cause`, `errors`. */
  readonly hidden: Record<string, unknown>;
  /** The others: `code`, `errno`, `path`, `status`, `stdout` and whatever was set on the error. */
  readonly shown: Record<string, unknown>;
}

/** The classes that an error keeps. One of another class comes back as the nearest of these, with its own name. */
const CLASSES = new Map<string, ErrorClass>([
  ...[Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError].map((Class) => native(Class, (message) => new Class(message))),
  native(AggregateError, (message) => new AggregateError([], message)),
  [
    'DOMException',
    {
      isPrototype: (proto) => proto === DOMException.prototype,
      make: (message, name) => new DOMException(message, name),
    },
  ],
  [
    'AssertionError',
    {
      // Loaded when one is met: most programs never load node:assert.
      isPrototype: (proto, { name }) => name === 'AssertionError' && proto === assertionErrorPrototype(),
      make: (message) => Object.setPrototypeOf(new Error(message), assertionErrorPrototype()) as Error,
    },
  ],
  [
    'UncloneableError',
    {
      isPrototype: (proto) => proto === UncloneableError.prototype,
      make: (message) => new UncloneableError(message),
    },
  ],
  [
    'TaskReferenceError',
    {
      isPrototype: (proto) => proto === TaskReferenceError.prototype,
      make: (message) => new TaskReferenceError(message),
    },
  ],
]);

/** By name, so that a TypeError that Node threw into another realm, as test runners use, comes back as ours. */
function native({ name }: { readonly name: string }, make: ErrorClass['make']): [string, ErrorClass] {
  return [name, { isPrototype: (_proto, constructor) => constructor.name === name && isNativeFunction(constructor), make }];
}

function assertionErrorPrototype(): object {
  return process.getBuiltinModule('node:assert').AssertionError.prototype;
}

const HIDDEN = ['message', 'cause', 'errors'];

export const error: MakeCodec = {
  kind: 'make',
  matches: isError,
  write(value, snapshot) {
    const thrown = value as Error;
    const data: ErrorData = {
      class: nearestClass(thrown),
      message: text(thrown, 'message'),
      name: text(thrown, 'name'),
      stack: text(thrown, 'stack'),
      hidden: {},
      shown: {},
    };
    const shown = Object.keys(thrown);
    const hidden = HIDDEN.filter((key) => Object.hasOwn(thrown, key) && !shown.includes(key));
    snapshot.afterwardsLeniently(() => {
      snapshot.copyProperties(thrown, data.hidden, hidden);
      snapshot.copyProperties(thrown, data.shown, shown);
    });
    return data;
  },
  make(data) {
    const { class: className, message, name } = data as ErrorData;
    return CLASSES.get(className)!.make(message, name);
  },
  finish(made, data) {
    const { hidden, shown, name, stack } = data as ErrorData;
    define(made, 'stack', stack, false);
    for (const key of Object.keys(hidden)) {
      define(made, key, hidden[key], false);
    }
    for (const key of Object.keys(shown)) {
      define(made, key, shown[key], true);
    }
    if ((made as Error).name !== name) {
      define(made, 'name', name, false);
    }
  },
};

/** Errors of every realm: what Node throws inside a `vm` context, as test runners use, is not `instanceof` its Error. */
export function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}

/** Reads a property of something that may be hostile: an accessor that throws must not hide the error itself. */
export function text(value: object, key: string): string {
  try {
    const read = (value as Record<string, unknown>)[key];
    return typeof read === 'string' ? read : '';
  } catch {
    return '';
  }
}

function nearestClass(value: Error): string {
  for (let proto: unknown = Object.getPrototypeOf(value); proto !== null; proto = Object.getPrototypeOf(proto)) {
    const constructor = Object.getOwnPropertyDescriptor(proto, 'constructor')?.value as unknown;
    if (typeof constructor === 'function') {
      for (const [name, known] of CLASSES) {
        if (known.isPrototype(proto, constructor)) return name;
      }
    }
  }
  return 'Error';
}

function define(target: object, key: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable, configurable: true });
}

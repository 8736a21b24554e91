import { TaskReferenceError } from '../errors.js';
import { call, type Callable } from '../task/callable.js';
import { inTests } from '../task/mock.js';
import { type RegisteredDefinition, registeredHere } from '../task/registered.js';
import { loadModule } from './load-module.js';
import type { Resolved } from './resolve.js';

type Found = Pick<Resolved, 'fn' | 'thisValue'>;

/** `fn` is not there where the module has no such function. */
type Looked = { readonly [K in keyof Found]: Found[K] | undefined };

/**
 * A function that loads its module when it is first called, and from then on is the module's function itself, so that
 * one that is not async answers at once. After a failure the next call tries again: files may come later.
 */
export function fromModule(definition: RegisteredDefinition): Resolved {
  const resolved: { -readonly [K in keyof Resolved]: Resolved[K] } = { fn: loadAndCall, thisValue: undefined, keepsResults: true };
  let loading: Promise<Found> | undefined;

  async function loadAndCall(...args: unknown[]): Promise<unknown> {
    const { fn, thisValue } = await (loading ??= load(definition).catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
    resolved.thisValue = thisValue;
    resolved.fn = fn;
    return call(fn, thisValue, args);
  }

  return resolved;
}

async function load(definition: RegisteredDefinition): Promise<Found> {
  const { file, specifier, name } = definition;
  let exports: unknown;
  try {
    exports = await loadModule(specifier ?? file, file);
  } catch (cause) {
    throw new TaskReferenceError(whyNotLoaded(definition, cause), { cause });
  }
  const found: Looked = specifier === undefined ? { fn: registeredHere().get(file)?.get(name), thisValue: undefined } : find(definition, exports);
  if (found.fn === undefined) throw new TaskReferenceError(whyNotFound(definition));
  return found as Found;
}

/** What is registered as `hash` may hang on the module or on its default export, according to how it was loaded there and here. */
function find({ name, inNamespace }: RegisteredDefinition, exports: unknown): Looked {
  const inner = defaultOf(exports);
  const holders = inNamespace ? [exports, inner, defaultOf(inner)] : [inner, exports, defaultOf(inner)];
  if (name === '') return { fn: holders.find(isCallable), thisValue: undefined };
  const holder = holders.find((candidate) => isCallable(propertyOf(candidate, name)));
  return { fn: propertyOf(holder, name) as Callable | undefined, thisValue: holder };
}

function isCallable(value: unknown): value is Callable {
  return typeof value === 'function';
}

function defaultOf(exports: unknown): unknown {
  return propertyOf(exports, 'default');
}

function propertyOf(holder: unknown, name: string): unknown {
  return holder === null || holder === undefined ? undefined : (holder as Record<string, unknown>)[name];
}

function whyNotLoaded({ file, specifier, name }: RegisteredDefinition, cause: unknown): string {
  const module = specifier === undefined ? file : `'${specifier}', as seen from ${file},`;
  return (
    `${module} cannot be loaded in a worker, where \`${name || specifier}\` was to run: ${String(cause)}. A worker loads the module itself, ` +
    'with what Node was started with and nothing that a test runner, a bundler or other code has set up since. ' +
    `Move the function into a module that loads by itself. ${inTests}`
  );
}

function whyNotFound({ file, specifier, name }: RegisteredDefinition): string {
  return specifier === undefined
    ? `${file} was loaded in a worker and did not register \`${name}\` there. It must call offloadable whenever it is loaded: at its top level, and under no condition that differs in a worker (isMainThread, import.meta.main, require.main === module).`
    : `'${specifier}', as seen from ${file}, was loaded in a worker and has no function \`${name || 'default'}\` there. A function that was added to a module is not in it elsewhere: register it with offloadable in the module that makes it.`;
}

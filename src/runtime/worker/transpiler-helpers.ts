import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction, constants } from 'node:vm';

/**
 * Transpilers lower `async`, classes and imports to calls of helpers that stand at the top of the file, where a shipped
 * function no longer sees them. The pure ones are given back under the names they go by.
 */
export function helpersFor(source: string, file: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  if (!source.includes('_')) return found;
  for (const [name] of source.matchAll(/(?<![\w$.])_[\w$]*|(?<![\w$.])cov_\w+/g)) {
    if (name in found) continue;
    if (name.startsWith('cov_')) found[name] = coverageCounter;
    else if (name === '__vite_ssr_dynamic_import__') found[name] = importFromViteRoot(file);
    else if (Object.hasOwn(helpers, name)) found[name] = helpers[name];
  }
  return found;
}

/**
 * A bundle that is minified with names kept calls `__name` by a letter of its own, `o(count,"count")`, in every
 * function that has functions inside. Which letter, only the bundle says.
 *
 * @param text the file that `source` is from
 */
export function minifiedHelpersFor(source: string, text: string): Record<string, unknown> {
  const [, name] = /(?<![\w$.])([\w$]+)=\(([\w$]+),([\w$]+)\)=>[\w$.]+\(\2,"name",\{value:\3,configurable:(?:!0|true)\}\)/.exec(text) ?? [];
  return name !== undefined && source.includes(`${name}(`) ? { [name]: helpers['__name'] } : {};
}

type Fn = (...args: unknown[]) => unknown;
interface Members { has(key: unknown): boolean; add?(key: unknown): unknown; get?(key: unknown): unknown; set?(key: unknown, value: unknown): unknown }

/** How tsc keeps private members: in a weak collection, or with the class where they are static. */
type State = Members | Fn;
interface PrivateMember { value?: unknown }

const helpers: Readonly<Record<string, unknown>> = {
  // esbuild, tsx
  __name: (fn: Fn, value: string) => Object.defineProperty(fn, 'name', { value, configurable: true }),
  __publicField: (object: object, key: PropertyKey, value: unknown) => define(object, key, value),
  __privateAdd: (object: unknown, member: Members, value: unknown) => (member.add ? member.add(object) : member.set?.(object, value)),
  __privateGet: (object: unknown, member: Members, getter?: Fn) => (declared(object, member), getter ? getter.call(object) : member.get?.(object)),
  __privateSet: (object: unknown, member: Members, value: unknown, setter?: Fn) => (declared(object, member), setter ? setter.call(object, value) : member.set?.(object, value), value),
  __privateMethod: (object: unknown, member: Members, method: unknown) => (declared(object, member), method),
  __async: (self: unknown, args: unknown, body: (...a: unknown[]) => Generator) => drive(body.apply(self, (args ?? []) as unknown[])),
  __forAwait: forAwait,
  __spreadValues: Object.assign,
  __spreadProps: (target: object, from: object) => Object.defineProperties(target, Object.getOwnPropertyDescriptors(from)),
  __objRest: without,
  __toESM: interopWildcard,

  // tsc
  __awaiter: (self: unknown, args: unknown, _promise: unknown, body: (...a: unknown[]) => Generator) => drive(body.apply(self, (args ?? []) as unknown[])),
  __assign: Object.assign,
  __rest: without,
  __spreadArray: (to: unknown[], from: ArrayLike<unknown>) => to.concat(Array.from(from)),
  __asyncValues: forAwait,
  __classPrivateFieldGet: (object: unknown, state: State, kind: string, fn?: PrivateMember) => (
    declared(object, state), kind === 'm' ? fn : kind === 'a' ? (fn as Fn).call(object) : fn ? fn.value : (state as Members).get?.(object)
  ),
  __classPrivateFieldSet: (object: unknown, state: State, value: unknown, kind: string, fn?: PrivateMember) => {
    declared(object, state);
    if (kind === 'a') (fn as Fn).call(object, value);
    else if (fn) fn.value = value;
    else (state as Members).set?.(object, value);
    return value;
  },
  __importStar: interopWildcard,
  __importDefault: interopDefault,

  // babel and swc
  _asyncToGenerator: asyncToGenerator,
  _async_to_generator: asyncToGenerator,
  _extends: Object.assign,
  _objectSpread: Object.assign,
  _object_spread: Object.assign,
  _defineProperty: define,
  _define_property: define,
  _objectWithoutProperties: without,
  _object_without_properties: without,
  _interopRequireWildcard: interopWildcard,
  _interop_require_wildcard: interopWildcard,
  _interopRequireDefault: interopDefault,
  _interop_require_default: interopDefault,
};

function asyncToGenerator(body: (...args: unknown[]) => Generator): Fn {
  return function (this: unknown, ...args) {
    return drive(body.apply(this, args));
  };
}

/** An async function is a generator whose every yield is awaited. */
async function drive(steps: Generator): Promise<unknown> {
  let step = steps.next();
  while (!step.done) {
    let value: unknown;
    try {
      value = await step.value;
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
  return step.value;
}

function forAwait(object: Record<PropertyKey, unknown>): unknown {
  const asynchronous = object[Symbol.asyncIterator];
  if (typeof asynchronous === 'function') return asynchronous.call(object);
  const inner = (object[Symbol.iterator] as () => Iterator<unknown>)();
  const settle = async (result: IteratorResult<unknown, unknown> | undefined) => result && { done: result.done, value: await result.value };
  return { next: (value: unknown) => settle(inner.next(value)), return: (value: unknown) => settle(inner.return?.(value)) };
}

function define(object: object, key: PropertyKey, value: unknown): object {
  return Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function without(from: Record<PropertyKey, unknown>, left: readonly PropertyKey[]): object {
  const rest: Record<PropertyKey, unknown> = { ...from };
  for (const key of left) Reflect.deleteProperty(rest, key);
  return rest;
}

function declared(object: unknown, state: State): void {
  if (typeof state === 'function' ? object !== state : !state.has(object)) throw new TypeError('Cannot access a private member of an object whose class did not declare it');
}

function interopWildcard(exports: unknown): unknown {
  if (isModule(exports)) return exports;
  return { ...(exports as object | undefined), default: exports };
}

function interopDefault(exports: unknown): unknown {
  return isModule(exports) ? exports : { default: exports };
}

function isModule(exports: unknown): boolean {
  return exports !== null && typeof exports === 'object' && Boolean((exports as { __esModule?: unknown }).__esModule);
}

/** istanbul counts with `cov_1x2y().s[3]++`. What a worker counts is lost, but it counts without falling over. */
const coverageCounter: unknown = new Proxy(() => {}, {
  apply: () => coverageCounter,
  get: (_target, key) => (key === Symbol.toPrimitive ? () => 0 : coverageCounter),
  set: () => true,
});

/** vitest rewrites `import()` and spells files from its root, which is where it was started. */
function importFromViteRoot(file: string): (specifier: string) => unknown {
  const importFromCaller = compileFunction('return import(specifier)', ['specifier'], {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }) as (specifier: string) => unknown;
  return (specifier) => {
    const path = specifier.replace(/^\/@fs(?=\/)/, '');
    if (!path.startsWith('/')) return importFromCaller(path);
    const inRoot = join(process.cwd(), path);
    return importFromCaller(pathToFileURL(!existsSync(path) && existsSync(inRoot) ? inRoot : path).href);
  };
}

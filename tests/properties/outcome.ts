import { inspect } from 'node:util';
import { isNativeError } from 'node:util/types';
import { compileFunction, createContext, runInContext } from 'node:vm';

/** What a program did: what it logged, read and returned or threw, in order. */
export type Outcome = readonly string[];

type Values = ((...args: unknown[]) => unknown) & { then?: unknown };

/** Runs a program of `programs.ts` over a file system that only writes down what it is asked. */
export async function outcome(code: string): Promise<Outcome> {
  const events: string[] = [];
  let count = 0;
  const note = (what: string, args: readonly unknown[]): void => void events.push(`${what}(${args.map(describe).join(', ')})`);

  /** Something that may stand in every place: it can be called, constructed, extended, spread, added and used as a tag. */
  const make = (name: string): unknown => {
    const value = function (...args: unknown[]) {
      note(name, args);
      return make(`v${String((count += 1))}`);
    };
    const properties = { x: `${name}.x`, child: value, toString: () => name, valueOf: () => name.length, *[Symbol.iterator]() { yield name; yield 1; }, forEach(callback: (item: unknown) => void) { [name, 1].forEach((item) => { callback(item); }); } };
    for (const [key, property] of [...Object.entries(properties), [Symbol.iterator, properties[Symbol.iterator]] as const]) Object.defineProperty(value, key, { value: property, writable: true, configurable: true });
    return value;
  };
  const blocking = (name: string) => (...args: unknown[]) => {
    note(name, args);
    return make(`${name}${String((count += 1))}`);
  };
  const modules: Record<string, unknown> = {
    fs: Object.fromEntries(['readFileSync', 'statSync', 'writeFileSync', 'existsSync', 'mkdirSync'].map((name) => [name, blocking(name)])),
    'eslint-plugin-offload/runtime': {
      offload: async (fn: (...args: unknown[]) => unknown, ...args: unknown[]) => {
        await null;
        return fn(...args);
      },
    },
  };

  const exported: { main?: (v: unknown, log: (...args: unknown[]) => void) => Promise<unknown> } = {};
  compiled(code)((name: string) => modules[name], exported);
  const v = make('v') as Values;
  Object.defineProperty(v, 'then', { value: (reaction: (value: unknown) => unknown) => Promise.resolve('resolved').then(reaction) });
  try {
    events.push(`return ${describe(await exported.main!.call({}, v, (...args) => { note('log', args); }))}`);
  } catch (error) {
    // The message may quote the source.
    events.push(`throw ${isNativeError(error) ? error.name : describe(error)}`);
  }
  return events;
}

type Module = (require: (name: string) => unknown, exports: object) => void;

/** In here, a function's text is not how it is written: that may change. */
const parsingContext = createContext();
runInContext("Function.prototype.toString = () => 'function'", parsingContext);

/** A CommonJS module's code as a function; throws where Node refuses it. */
export function compiled(code: string): Module {
  return compileFunction(code, ['require', 'exports'], { parsingContext }) as Module;
}

/** What can be seen of a value. */
function describe(value: unknown): string {
  if (typeof value === 'function') return `function ${String((value as { x?: unknown }).x)}`;
  return inspect(value, { depth: 4 }).replaceAll(/\[(?:class|Function|AsyncFunction)[^\]]*\]/g, '[function]');
}

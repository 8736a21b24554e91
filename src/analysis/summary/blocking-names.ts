import type { WantedApis } from '../may-call.js';
import { partsOf } from './members-of.js';
import type { FunctionSummary, ModuleSummary, Value } from './module-summary.js';
import { passedOnNames } from './passed-on-apis.js';
import { alternativesOf } from './value-steps.js';

/** What a module offers that may block when it is called. */
export interface BlockingNames {
  /** Names of exports, of methods and of properties, a getter by its own; with `()` behind it, of what gives a function that blocks. */
  readonly names: ReadonlySet<string>;
  /** What `import load from` gives, or `require` as a whole. */
  readonly whole: boolean;
}

/** What is asked of a value: does a call of it block, or what such a call gives back? */
export type Question = 'blocks' | 'gives';

/** What is searched for, and what is known of other modules. */
export interface Search {
  readonly wanted: WantedApis;
  /** Of a value that is no function of the module itself. */
  readonly may: (value: Value, question: Question) => boolean;
}

/**
 * The names by which others may come to something in this module that blocks: a superset, which asks no module where a
 * name leads, and takes every property that is called like one that blocks for it.
 */
export function blockingNames(summary: ModuleSummary, { wanted, may }: Search): BlockingNames {
  const { functions, members } = partsOf(summary);
  const found = { blocks: new Set<FunctionSummary>(), gives: new Set<FunctionSummary>() };
  const asked = { blocks: new Set<Value>(), gives: new Set<Value>() };
  for (let before = -1; before < found.blocks.size + found.gives.size; ) {
    before = found.blocks.size + found.gives.size;
    for (const fn of functions) {
      if (!found.blocks.has(fn) && isBlocking(fn)) found.blocks.add(fn);
      if (fn.returned && (is(fn.returned, 'blocks') || is(fn.returned, 'gives'))) found.gives.add(fn);
    }
  }
  const names = new Set<string>();
  for (const all of members.keys()) for (const [name, value] of all) if (value) add(name.replace(/^get /, ''), value);
  for (const name of summary.whole ? passedOnNames(summary.whole, wanted.isWanted) : []) names.add(name);
  const whole = [summary.whole, summary.exports.get('default')].some((value) => value && (is(value, 'blocks') || is(value, 'gives')));
  return { names, whole };

  function add(name: string, value: Value): void {
    const apis = passedOnNames(value, wanted.isWanted);
    for (const api of apis) names.add(api);
    if (apis.length > 0) names.add(name);
    const gives = is(value, 'gives');
    if (gives) names.add(`${name}()`);
    // Whoever calls what it gives has its name.
    if (gives || is(value, 'blocks')) names.add(name);
  }

  function isBlocking({ runs, said, calls }: FunctionSummary): boolean {
    if (runs === 'later' || said === 'nonblocking') return false;
    return said === 'blocking' || calls.some(({ target }) => ('api' in target ? wanted.isWanted(target.api) : is(target.callee, 'blocks')));
  }

  function is(value: Value, question: Question): boolean {
    switch (value.kind) {
      case 'function':
        return found[question].has(value);
      case 'class':
        return question === 'blocks' && (value.construct ? found.blocks.has(value.construct) : value.superclass ? is(value.superclass, question) : false);
      case 'result':
        return is(value.of, 'gives');
      case 'either':
        return is(value.first, question) || is(value.second, question);
      case 'default':
        return is(value.of, question);
      case 'member':
        return unlessAsked(value, question, () => alternativesOf(value).some((one) => (one.kind === 'member' ? isMember(one.of, one.name, question) : undefined) ?? may(one, question)));
      default:
        return may(value, question);
    }
  }

  /** `this.config = this.config ?? new Config()` leads back to itself, which adds nothing. */
  function unlessAsked(value: Value, question: Question, answer: () => boolean): boolean {
    if (asked[question].has(value)) return false;
    asked[question].add(value);
    const found = answer();
    asked[question].delete(value);
    return found;
  }

  /** A member of what the module declares itself; undefined where that cannot be seen here. */
  function isMember(of: Value, name: string, question: Question): boolean | undefined {
    const owner = of.kind === 'instance' ? of.of : of;
    if (owner.kind !== 'class' && owner.kind !== 'function' && owner.kind !== 'object') return undefined;
    const all = owner.kind !== 'object' && of.kind === 'instance' ? owner.prototype : owner.members;
    if (all.has(name)) {
      const value = all.get(name);
      return value ? is(value, question) : false;
    }
    if (owner.kind !== 'class') return undefined;
    const { superclass } = owner;
    if (!superclass) return false;
    const above: Value = of.kind === 'instance' ? { kind: 'instance', of: superclass } : superclass;
    return superclass.kind === 'class' ? isMember(above, name, question) : may({ kind: 'member', of: above, name }, question);
  }
}

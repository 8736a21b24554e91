import type { ClassSummary, FunctionSummary, Value } from './module-summary.js';

/** What each element of a list is, among the members of the list. */
export const anyElement = '[]';

/** What `new` makes of a class, or a value of its type. */
export function instanceOf(value: Value | undefined): Value | undefined {
  return value && { kind: 'instance', of: value };
}

/** A list of which only what is in it is known. */
export function listOf(element: Value | undefined): Value | undefined {
  if (!element) return undefined;
  const list = holder('list');
  for (const name of ['at', 'find', 'findLast', 'pop', 'shift']) list.prototype.set(name, giving(element, name));
  for (const name of ['concat', 'filter', 'reverse', 'slice', 'sort', 'toReversed', 'toSorted', 'values']) list.prototype.set(name, giving(instanceOf(list), name));
  list.prototype.set(anyElement, element);
  return list;
}

/** A `Map`, of which only the values are known. */
export function mapOf(value: Value | undefined): Value | undefined {
  if (!value) return undefined;
  const map = holder('map');
  map.prototype.set('get', giving(value, 'get')).set('values', giving(instanceOf(listOf(value)), 'values'));
  return map;
}

/** A `Record`, of which only what is in it is known. */
export function recordOf(value: Value | undefined): Value | undefined {
  if (!value) return undefined;
  const record = holder('record');
  record.prototype.set(anyElement, value);
  return record;
}

function holder(name: string): ClassSummary & { readonly prototype: Map<string, Value> } {
  return { kind: 'class', name, construct: undefined, superclass: undefined, members: new Map(), prototype: new Map<string, Value>(), isType: true };
}

/** A method of the language, which calls nothing of the project. */
function giving(returned: Value | undefined, name: string): FunctionSummary {
  return { kind: 'function', name, file: '', line: 0, runs: 'at-once', said: undefined, calls: [], returned, members: new Map(), prototype: new Map() };
}

/** What needs no type to say what it is. */
export function isDeclaredHere(value: Value | undefined): boolean {
  return value?.kind === 'function' || value?.kind === 'class' || value?.kind === 'object';
}

/** What the first does not tell, the second does. */
export function orElse(first: Value | undefined, second: Value | undefined): Value | undefined {
  return first && second ? { kind: 'either', first, second } : first ?? second;
}

/**
 * The values that a value may be, each of one thing only.
 *
 * @example alternativesOf(memberOf(orElse(a, b), 'load')) // [a.load, b.load]
 */
export function alternativesOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'either':
      return [...alternativesOf(value.first), ...alternativesOf(value.second)];
    case 'default':
      return alternativesOf(value.of);
    case 'instance':
    case 'member':
    case 'result': {
      const owners = alternativesOf(value.of);
      return owners.length === 1 ? [value] : owners.map((of) => ({ ...value, of }));
    }
    default:
      return [value];
  }
}

export function memberOf(value: Value | undefined, name: string): Value | undefined {
  if (!value) return undefined;
  return value.kind === 'import' ? { ...value, path: [...value.path, name] } : { kind: 'member', of: value, name };
}

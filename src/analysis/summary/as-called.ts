import type { Call, FunctionSummary, GivenArgument, Guard, PassedOnParameter, Truth } from './module-summary.js';

/** More of what is given than this many characters is not told apart. */
const longestKey = 300;

/** The same function where it is called without what some of its calls depend on, or passes on what is known; its own summary, where it does not. */
export function asCalled(fn: FunctionSummary, given: readonly GivenArgument[] | undefined): FunctionSummary {
  const { unasked } = fn;
  if (!unasked || !given) return fn;
  const missing = new Set(unasked.guards.filter((guard) => !mayFulfil(given[guard.index], guard)).map(keyOf));
  const known = knownOf(unasked, given);
  if (missing.size === 0 && known.size === 0) return fn;
  const key = `${[...missing].join()} ${textOf(known)}`;
  let summary = unasked.summaries.get(key);
  if (!summary) {
    const calls = fn.calls.filter(({ onlyIf = [] }) => onlyIf.every((guards) => guards.some((guard) => !missing.has(keyOf(guard))))).map((call) => givenOn(call, known));
    unasked.summaries.set(key, (summary = { ...fn, calls, whole: fn }));
  }
  return summary;
}

/** What is known of the parameters that a function passes on. Most that are given are texts and the like, of which nobody asks whether they are there. */
function knownOf({ passedOn, defaults }: NonNullable<FunctionSummary['unasked']>, given: readonly GivenArgument[]): ReadonlyMap<number, GivenArgument> {
  const known = new Map<number, GivenArgument>();
  for (const index of passedOn) {
    const value = given[index] ?? defaults.get(index);
    if (value !== 'maybe' && given[index] !== 'always' && !isPassedOn(value)) known.set(index, value);
  }
  return textOf(known).length > longestKey ? new Map<number, GivenArgument>() : known;
}

/** A call with what the function around it was given in place of its parameters. */
function givenOn(call: Call, known: ReadonlyMap<number, GivenArgument>): Call {
  if (!call.given?.some((one) => isPassedOn(one) && known.has(one.parameter))) return call;
  return { ...call, given: call.given.map((one) => (isPassedOn(one) && known.has(one.parameter) ? known.get(one.parameter) : one)) };
}

export function isPassedOn(given: GivenArgument): given is PassedOnParameter {
  return typeof given === 'object' && 'parameter' in given;
}

function textOf(known: ReadonlyMap<number, GivenArgument>): string {
  return [...known].map(([index, given]) => `${index}=${typeof given !== 'object' ? given ?? '' : isPassedOn(given) ? '' : [...given].flat().join()}`).join(';');
}

function keyOf({ index, property, isAbsent }: Guard): string {
  return `${isAbsent ? '!' : ''}${index}${property === undefined ? '' : `.${property}`}`;
}

function mayFulfil(given: GivenArgument, guard: Guard): boolean {
  return truthWith(isPassedOn(given) ? 'maybe' : given, guard) !== (guard.isAbsent ? 'always' : 'never');
}

function truthWith(given: Exclude<GivenArgument, PassedOnParameter>, { property, byDefault, ifMissing }: Guard): Truth {
  if (given === undefined) return byDefault;
  if (property === undefined) return typeof given === 'string' ? given : 'always';
  return typeof given === 'string' ? (given === 'never' ? 'never' : 'maybe') : given.get(property) ?? ifMissing;
}

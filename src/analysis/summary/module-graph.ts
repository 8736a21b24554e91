import { apiName } from '../../catalogue/lookup.js';
import { asCalled } from './as-called.js';
import { passedOnApi } from './passed-on-apis.js';
import type { Call, ClassSummary, FunctionSummary, GivenTo, Members, ModuleSummary, NamedMember, ObjectSummary, Value } from './module-summary.js';

/** Where summaries come from. */
export interface Modules {
  /** The file that a specifier leads to, where that is a file of the project. */
  readonly fileOf: (specifier: string, from: string) => string | undefined;
  /** Undefined where the file could not be read or parsed. */
  readonly summaryOf: (file: string) => ModuleSummary | undefined;
  /** Is what takes the place of what a caller may give taken for what is there? */
  readonly hasDefaults?: boolean;
  /** The functions of which one is what a method is that is known by its name. */
  readonly functionsNamed?: ((member: NamedMember) => readonly FunctionSummary[]) | undefined;
}

type Followed =
  | FunctionSummary
  | ClassSummary
  | ObjectSummary
  | Instance
  | Foreign
  | Elsewhere
  | Abstract
  | { readonly kind: 'module'; readonly summary: ModuleSummary };

/** An export of a module that is not the project's. */
interface Foreign {
  readonly kind: 'foreign';
  readonly module: string;
  readonly path: readonly string[];
}

/** What a package gives: whatever it is, it is not the project's. */
interface Elsewhere {
  readonly kind: 'elsewhere';
}

const elsewhere: Elsewhere = { kind: 'elsewhere' };

/** A method that a type has, and whoever is of that type. */
interface Abstract {
  readonly kind: 'abstract';
  readonly type: string;
}

interface Instance {
  readonly kind: 'instance';
  readonly of: FunctionSummary | ClassSummary;
  /** Has what the class does not have: it may be an interface. */
  readonly otherwise?: Followed;
}

/**
 * A question that asks another one by yielding it, and goes on with the answer: what one module passes on from the next is
 * as long as a project makes it, and the stack is not.
 */
interface Asked {
  readonly next: (answer: Followed | undefined) => IteratorResult<Asked, Followed | undefined>;
}

/** The function that a call runs, wherever it is declared, or the API that it comes to; undefined where that cannot be known, or where there is none. */
export function calledFunction({ line, target, given }: Call, modules: Modules): FunctionSummary | undefined {
  if ('api' in target) return undefined;
  const called = answerOf(follow(target.callee, modules, new Set()));
  if (called?.kind === 'foreign') return foreignFunction(called, line);
  const fn = called?.kind === 'function' ? called : target.constructs && called?.kind === 'class' ? answerOf(constructOf(called, modules, new Set())) : undefined;
  if (fn?.kind !== 'function') return undefined;
  return fn.oneOf ? { ...fn, oneOf: fn.oneOf.map((one) => asCalled(one, given)) } : asCalled(fn, given);
}

/** The function that a value is, whatever it is called with; undefined where that cannot be known, or where it is none. */
export function functionIn(value: Value, modules: Modules): FunctionSummary | undefined {
  return calledFunction({ line: 0, target: { callee: value, constructs: false } }, modules);
}

/** Does the function that is given what a call calls call it, before it is done? */
export function isMadeBy({ by }: Call, modules: Modules): boolean {
  return by !== undefined && callsGiven(by, modules, { mayWait: false, known: new Map() });
}

/** Does what is given something here call it itself, be it after an `await`? Either way it is called on the event loop, and blocks it. */
export function isCalledBy(given: GivenTo, modules: Modules): boolean {
  return callsGiven(given, modules, { mayWait: true, known: new Map() });
}

/** Does what is given something here wait for each promise that it gets from it? Then that may as well be async. */
export function waitsFor({ callee, index }: GivenTo, modules: Modules): boolean {
  const called = functionIn(callee, modules)?.callsParameters?.filter((parameter) => parameter.index === index) ?? [];
  return called.length > 0 && called.every(({ isWaitedFor }) => isWaitedFor);
}

interface HowCalled {
  /** May there be an `await` before? */
  readonly mayWait: boolean;
  /** The functions that have been asked, and which of their parameters they call; not while they are asked, so that circles end. */
  readonly known: Map<FunctionSummary, Map<number, boolean>>;
}

/** Functions that pass on what they are given do so a few times; this many are asked. */
const mostPassedOn = 32;

function callsGiven({ callee, index }: GivenTo, modules: Modules, { mayWait, known }: HowCalled): boolean {
  const fn = functionIn(callee, modules);
  if (!fn || fn.said === 'nonblocking' || (fn.runs === 'later' && !mayWait)) return false;
  const answers = known.get(fn) ?? new Map<number, boolean>();
  const answer = answers.get(index);
  if (answer !== undefined || known.size > mostPassedOn) return answer === true;
  known.set(fn, answers.set(index, false));
  // What a function is given there is not known here.
  const inside: Modules = { fileOf: (specifier, from) => modules.fileOf(specifier, from), summaryOf: (file) => modules.summaryOf(file) };
  const isCalled = fn.callsParameters?.some((parameter) => parameter.index === index && parameter.by.every((given) => (mayWait || !given.isAsync) && callsGiven(given, inside, { mayWait, known }))) === true;
  answers.set(index, isCalled);
  return isCalled;
}

function foreignFunction({ module, path }: Foreign, line: number): FunctionSummary | undefined {
  const api = passedOnApi(module, path);
  return api && { kind: 'function', name: apiName(api), file: '', line, runs: 'at-once', said: undefined, calls: [], api, returned: undefined, members: new Map(), prototype: new Map() };
}

/** Asks with a stack of its own. */
function answerOf(question: Asked): Followed | undefined {
  const open = [question];
  let answer: Followed | undefined;
  for (let asked = open.at(-1); asked; asked = open.at(-1)) {
    const { done, value } = asked.next(answer);
    if (done) {
      open.pop();
      answer = value;
    } else {
      open.push(value);
    }
  }
  return answer;
}

function* constructOf({ construct, superclass }: ClassSummary, modules: Modules, seen: Set<object | string>): Asked {
  if (construct || !superclass) return construct;
  const above = yield follow(superclass, modules, seen);
  return above?.kind === 'class' ? yield constructOf(above, modules, seen) : above?.kind === 'function' ? above : undefined;
}

/** `seen` ends what goes round in circles: `export * from` between two modules, a class that extends itself. */
function* follow(value: Value, modules: Modules, seen: Set<object | string>): Asked {
  switch (value.kind) {
    case 'function':
    case 'class':
    case 'object':
      return value;
    case 'instance': {
      const made = once(value, seen) ? yield follow(value.of, modules, seen) : undefined;
      return made && (made.kind === 'class' || made.kind === 'function') ? { kind: 'instance', of: made } : isElsewhere(made) ? elsewhere : undefined;
    }
    case 'result': {
      const called = once(value, seen) ? yield follow(value.of, modules, seen) : undefined;
      if (isElsewhere(called)) return elsewhere;
      const given = called?.kind === 'function' ? givenBy(called, value.awaited) : undefined;
      return given && (yield follow(given, modules, seen));
    }
    case 'member': {
      const owner = once(value, seen) ? yield follow(value.of, modules, seen) : undefined;
      return owner && (yield member(owner, value.name, modules, seen));
    }
    case 'default':
      return modules.hasDefaults ? yield follow(value.of, modules, seen) : undefined;
    case 'either': {
      const first = yield follow(value.first, modules, new Set(seen));
      if (value.second.kind === 'named') return first && first.kind !== 'abstract' ? first : yield follow(first ? { ...value.second, owners: [first.type] } : value.second, modules, seen);
      if (first?.kind === 'elsewhere' || first?.kind === 'abstract') return (yield follow(value.second, modules, seen)) ?? first;
      const second = yield follow(value.second, modules, seen);
      return first?.kind === 'instance' && second ? { ...first, otherwise: second } : first ?? second;
    }
    case 'named': {
      const oneOf = modules.functionsNamed?.(value) ?? [];
      return oneOf.length > 0 ? { ...oneOf[0]!, oneOf } : undefined;
    }
    case 'import': {
      const file = modules.fileOf(value.specifier, value.file);
      if (file === undefined) return { kind: 'foreign', module: value.specifier, path: value.path };
      const summary = modules.summaryOf(file);
      let found: Followed | undefined = summary && { kind: 'module', summary };
      for (const name of value.path) found = found && (yield member(found, name, modules, seen));
      return found?.kind === 'module' ? (yield wholeOf(found.summary, modules, seen)) ?? found : found;
    }
  }
}

/** What a call gives back, once its promise is settled where it is awaited. */
function givenBy({ iterated, promised, returned, runs }: FunctionSummary, awaited: boolean): Value | undefined {
  if (awaited) return promised ?? returned;
  return runs === 'at-once' ? returned : iterated;
}

function* member(owner: Followed, name: string, modules: Modules, seen: Set<object | string>): Asked {
  switch (owner.kind) {
    case 'foreign':
      return { ...owner, path: [...owner.path, name] };
    case 'elsewhere':
      return owner;
    case 'abstract':
      return undefined;
    case 'module':
      return yield exported(owner.summary, name, modules, seen);
    case 'function':
      // `load.call(this)` runs `load`.
      if (name === 'call' || name === 'apply') return owner;
      return yield memberIn(owner.members, name, modules, seen);
    case 'object':
      return yield memberIn(owner.members, name, modules, seen);
    case 'class':
      return yield inherited(owner, name, modules, seen);
    case 'instance': {
      const { of } = owner;
      const own = (yield inherited(owner, name, modules, seen)) ?? (of.kind === 'class' && of.isType && of.prototype.has(name) ? { kind: 'abstract', type: of.name } : undefined);
      return owner.otherwise && (!own || own.kind === 'elsewhere' || own.kind === 'abstract') ? (yield member(owner.otherwise, name, modules, seen)) ?? own : own;
    }
  }
}

function* memberIn(members: Members, name: string, modules: Modules, seen: Set<object | string>): Asked {
  const value = members.get(name);
  return value ? yield follow(value, modules, seen) : undefined;
}

function* inherited(owner: ClassSummary | Instance, name: string, modules: Modules, seen: Set<object | string>): Asked {
  const declaring = owner.kind === 'class' ? owner : owner.of;
  const members = owner.kind === 'class' ? owner.members : declaring.prototype;
  if (members.has(name)) return yield memberIn(members, name, modules, seen);
  if (declaring.kind !== 'class' || !declaring.superclass || !once(declaring, seen)) return declaring.kind === 'class' && declaring.superclass === null ? elsewhere : undefined;
  const above = yield follow(declaring.superclass, modules, seen);
  if (isElsewhere(above)) return elsewhere;
  if (above?.kind !== 'class' && above?.kind !== 'function') return undefined;
  return yield member(owner.kind === 'class' ? above : { kind: 'instance', of: above }, name, modules, seen);
}

function* exported(summary: ModuleSummary, name: string, modules: Modules, seen: Set<object | string>): Asked {
  if (!once(`${summary.file}\0${name}`, seen)) return undefined;
  if (summary.exports.has(name)) return yield memberIn(summary.exports, name, modules, seen);
  const whole = yield wholeOf(summary, modules, seen);
  // What a CommonJS module exports is what an `import` of its default gets.
  if (name === 'default') return whole ?? { kind: 'module', summary };
  if (whole) return yield member(whole, name, modules, seen);
  for (const specifier of summary.exportedAll) {
    const file = modules.fileOf(specifier, summary.file);
    const other = file === undefined ? undefined : modules.summaryOf(file);
    const found = other && (yield exported(other, name, modules, seen));
    if (found) return found;
  }
  return undefined;
}

function* wholeOf({ whole }: ModuleSummary, modules: Modules, seen: Set<object | string>): Asked {
  return whole && once(whole, seen) ? yield follow(whole, modules, seen) : undefined;
}

function isElsewhere(value: Followed | undefined): boolean {
  return value?.kind === 'elsewhere' || value?.kind === 'foreign';
}

/** Is this the first time? */
function once(step: object | string, seen: Set<object | string>): boolean {
  if (seen.has(step)) return false;
  seen.add(step);
  return true;
}

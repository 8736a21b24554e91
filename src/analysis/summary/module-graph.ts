import { asCalled } from './guards.js';
import type { Call, ClassSummary, FunctionSummary, Members, ModuleSummary, ObjectSummary, Value } from './module-summary.js';

/** Where summaries come from. */
export interface Modules {
  /** The file that a specifier leads to, where that is a file of the project. */
  readonly fileOf: (specifier: string, from: string) => string | undefined;
  /** Undefined where the file could not be read or parsed. */
  readonly summaryOf: (file: string) => ModuleSummary | undefined;
}

type Followed =
  | FunctionSummary
  | ClassSummary
  | ObjectSummary
  | { readonly kind: 'instance'; readonly of: FunctionSummary | ClassSummary }
  | { readonly kind: 'module'; readonly summary: ModuleSummary };

/** The function that a call runs, wherever it is declared; undefined where that cannot be known, or where there is none. */
export function calledFunction({ target, given }: Call, modules: Modules): FunctionSummary | undefined {
  if ('api' in target) return undefined;
  const called = follow(target.callee, modules, new Set());
  const fn = called?.kind === 'function' ? called : target.constructs && called?.kind === 'class' ? constructOf(called, modules, new Set()) : undefined;
  return fn && asCalled(fn, given);
}

function constructOf({ construct, superclass }: ClassSummary, modules: Modules, seen: Set<object | string>): FunctionSummary | undefined {
  if (construct || !superclass) return construct;
  const above = follow(superclass, modules, seen);
  return above?.kind === 'class' ? constructOf(above, modules, seen) : above?.kind === 'function' ? above : undefined;
}

/** `seen` ends what goes round in circles: `export * from` between two modules, a class that extends itself. */
function follow(value: Value, modules: Modules, seen: Set<object | string>): Followed | undefined {
  switch (value.kind) {
    case 'function':
    case 'class':
    case 'object':
      return value;
    case 'instance': {
      const made = once(value, seen) && follow(value.of, modules, seen);
      return made && (made.kind === 'class' || made.kind === 'function') ? { kind: 'instance', of: made } : undefined;
    }
    case 'result': {
      const called = once(value, seen) && follow(value.of, modules, seen);
      return called && called.kind === 'function' && called.returned && (called.runs === 'at-once' || value.awaited) ? follow(called.returned, modules, seen) : undefined;
    }
    case 'member': {
      const owner = once(value, seen) && follow(value.of, modules, seen);
      return owner ? member(owner, value.name, modules, seen) : undefined;
    }
    case 'import': {
      const file = modules.fileOf(value.specifier, value.file);
      const summary = file === undefined ? undefined : modules.summaryOf(file);
      let found: Followed | undefined = summary && { kind: 'module', summary };
      for (const name of value.path) found = found && member(found, name, modules, seen);
      return found?.kind === 'module' ? wholeOf(found.summary, modules, seen) ?? found : found;
    }
  }
}

function member(owner: Followed, name: string, modules: Modules, seen: Set<object | string>): Followed | undefined {
  switch (owner.kind) {
    case 'module':
      return exported(owner.summary, name, modules, seen);
    case 'function':
      // `load.call(this)` runs `load`.
      if (name === 'call' || name === 'apply') return owner;
      return memberIn(owner.members, name, modules, seen);
    case 'object':
      return memberIn(owner.members, name, modules, seen);
    case 'class':
    case 'instance':
      return inherited(owner, name, modules, seen);
  }
}

function memberIn(members: Members, name: string, modules: Modules, seen: Set<object | string>): Followed | undefined {
  const value = members.get(name);
  return value ? follow(value, modules, seen) : undefined;
}

function inherited(owner: ClassSummary | { readonly kind: 'instance'; readonly of: FunctionSummary | ClassSummary }, name: string, modules: Modules, seen: Set<object | string>): Followed | undefined {
  const declaring = owner.kind === 'class' ? owner : owner.of;
  const members = owner.kind === 'class' ? owner.members : declaring.prototype;
  if (members.has(name)) return memberIn(members, name, modules, seen);
  if (declaring.kind !== 'class' || !declaring.superclass || !once(declaring, seen)) return undefined;
  const above = follow(declaring.superclass, modules, seen);
  if (above?.kind !== 'class' && above?.kind !== 'function') return undefined;
  return member(owner.kind === 'class' ? above : { kind: 'instance', of: above }, name, modules, seen);
}

function exported(summary: ModuleSummary, name: string, modules: Modules, seen: Set<object | string>): Followed | undefined {
  if (!once(`${summary.file}\0${name}`, seen)) return undefined;
  if (summary.exports.has(name)) return memberIn(summary.exports, name, modules, seen);
  const whole = wholeOf(summary, modules, seen);
  // What a CommonJS module exports is what an `import` of its default gets.
  if (name === 'default') return whole ?? { kind: 'module', summary };
  if (whole) return member(whole, name, modules, seen);
  for (const specifier of summary.exportedAll) {
    const file = modules.fileOf(specifier, summary.file);
    const other = file === undefined ? undefined : modules.summaryOf(file);
    const found = other && exported(other, name, modules, seen);
    if (found) return found;
  }
  return undefined;
}

function wholeOf({ whole }: ModuleSummary, modules: Modules, seen: Set<object | string>): Followed | undefined {
  return whole && once(whole, seen) ? follow(whole, modules, seen) : undefined;
}

/** Is this the first time? */
function once(step: object | string, seen: Set<object | string>): boolean {
  if (seen.has(step)) return false;
  seen.add(step);
  return true;
}

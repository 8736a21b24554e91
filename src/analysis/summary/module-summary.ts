import type { BlockingApi } from '../../catalogue/types.js';

/**
 * What one module says about blocking: its functions, what they call when they are run, and what it exports. It holds no
 * syntax tree and knows no other module, so that it can be kept for the whole process; names of other modules stand in
 * it as they are written, and `module-graph.ts` follows them.
 */
export interface ModuleSummary {
  /** Absolute path. */
  readonly file: string;
  /** What each name of the module's exports stands for. */
  readonly exports: Members;
  /** The module's exports as a whole where it is one value: `module.exports = …`, `export = …`. */
  readonly whole: Value | undefined;
  /** Specifiers of `export * from`. */
  readonly exportedAll: readonly string[];
  /** Names, as hashes, of all members of its classes and object literals, whatever they are. */
  readonly memberNames: ReadonlySet<number>;
  /** The module's functions by the offset at which they begin. */
  readonly functions: ReadonlyMap<number, FunctionSummary>;
  readonly atLoad: {
    /** Loading it does more than declare things: it calls what may do anything, or is a program. */
    readonly acts: boolean;
    /** Specifiers of the modules that it loads, Node's own left out. */
    readonly modules: readonly string[];
  };
}

/** Values by name; null where one is not known. */
export type Members = ReadonlyMap<string, Value | null>;

/** A function: what it calls when it is run synchronously, in source order. */
export interface FunctionSummary {
  readonly kind: 'function';
  /** As a chain names it: `load`, `Config.load`, `new Config`. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** An async function and a generator are not run by a call of them, or not in a way that a caller could see. */
  readonly runs: 'at-once' | 'later';
  /** What `@blocking` or `@nonblocking` above it says, which is taken for true. */
  readonly said: 'blocking' | 'nonblocking' | undefined;
  readonly calls: readonly Call[];
  /** What some of its calls depend on, and what it is for callers that leave some of that out. */
  readonly unasked?: Unasked | undefined;
  /** Its parameters that it calls, or gives to others to be called, before it is done: an async function before its promise is settled. */
  readonly callsParameters?: readonly CalledParameter[] | undefined;
  /** It is no function of the project but an API, which a module of the project passes on; the line is that of the call. */
  readonly api?: BlockingApi;
  /** The function itself, where this is what it is for some of its callers. */
  readonly whole?: FunctionSummary;
  /** What it gives back, where that is one thing: `return new Config()`. */
  readonly returned: Value | undefined;
  /** What the promise gives that it gives back, where its type says so. */
  readonly promised?: Value | undefined;
  /** What a generator gives back before it runs, where its type says so. */
  readonly iterated?: Value | undefined;
  /** Properties assigned to it. */
  readonly members: Members;
  /** Properties assigned to its `prototype`. */
  readonly prototype: Members;
  /** It was found by its name: it is one of these, and stands for the first. */
  readonly oneOf?: readonly FunctionSummary[];
}

/** What a function may be asked for and need not be. */
interface Unasked {
  readonly guards: readonly Guard[];
  /** Its parameters that it passes on to others, by index, and what they are where a caller leaves them out. */
  readonly passedOn: ReadonlySet<number>;
  readonly defaults: ReadonlyMap<number, GivenArgument>;
  /** By `as-called.ts`'s key. */
  readonly summaries: Map<string, FunctionSummary>;
}

/** A parameter that a function calls. */
export interface CalledParameter {
  readonly index: number;
  /** It does so only if each of these calls what it is given there, as in `run(() => retry(fn))`; none where it does so itself. */
  readonly by: readonly PassedOn[];
  /** It calls it itself, and waits for a promise that it gets from it. */
  readonly isWaitedFor: boolean;
}

/** A place among the arguments of what is called. */
export interface GivenTo {
  readonly callee: Value;
  readonly index: number;
}

/** What is given there is a parameter, or a function that is written in place and leads to one. */
export interface PassedOn extends GivenTo {
  /** That function is async, and may be waited for. */
  readonly isAsync: boolean;
}

/** A class; what `new` runs is `construct`, its fields included. */
export interface ClassSummary {
  readonly kind: 'class';
  readonly name: string;
  /** The constructor with the fields; undefined where there are neither, and the superclass's is what runs. */
  readonly construct: FunctionSummary | undefined;
  readonly superclass: Value | null | undefined;
  /** Static members. */
  readonly members: Members;
  /** Methods and fields of its instances. */
  readonly prototype: Members;
  /** It is only a type, of which methods are somewhere else. */
  readonly isType?: boolean;
  /** The names of what it implements. */
  readonly types?: readonly string[];
}

/** An object literal, with what is assigned to its properties later. */
export interface ObjectSummary {
  readonly kind: 'object';
  /** The variable that it is put in, or the function that makes it. */
  readonly name?: string | undefined;
  readonly members: Members;
}

/** What an expression stands for, as far as its own file tells. */
export type Value =
  | FunctionSummary
  | ClassSummary
  | ObjectSummary
  /** an export of another module; `path` is empty for the module itself */
  | { readonly kind: 'import'; readonly file: string; readonly specifier: string; readonly path: readonly string[] }
  | { readonly kind: 'instance'; readonly of: Value }
  /** what a call of a function gives back, once its promise is settled where it is awaited */
  | { readonly kind: 'result'; readonly of: Value; readonly awaited: boolean }
  | { readonly kind: 'member'; readonly of: Value; readonly name: string }
  /** `service: Service = new FileService()`: what the first does not have is the second's */
  | { readonly kind: 'either'; readonly first: Value; readonly second: Value }
  /** what takes the place of what a caller may give, as in `service = new FileService()` */
  | { readonly kind: 'default'; readonly of: Value }
  | NamedMember;

/** A method of an object that comes from somewhere else in the project, of which only names are known: `this.config.load()`. */
export interface NamedMember {
  readonly kind: 'named';
  readonly name: string;
  /** What the object is called, and its type, where it has one: `config`, `Config`. */
  readonly owners: readonly string[];
  /** Nothing but such a type tells of it, so one by that name it has to be. */
  readonly isTyped: boolean;
  /** Where it is called. */
  readonly file: string;
}

/** Is something anything but `false` and the like? */
export type Truth = 'never' | 'maybe' | 'always';

/** A parameter of a function, by index, or a property of it, which has to be truthy, or is not to be. */
export interface Guard {
  readonly index: number;
  readonly property: string | undefined;
  readonly isAbsent: boolean;
  /** What it is where a caller leaves the parameter out. */
  readonly byDefault: Truth;
  /** What the property is where a caller gives an object without it. */
  readonly ifMissing: Truth;
}

/** Of each list, one has to be as it says. */
export type Guards = readonly (readonly Guard[])[];

/** What an argument is. Of an object that is written out, by their names, what its properties are: undefined for one that is left out, as it is for an argument. */
export type GivenArgument = Truth | ReadonlyMap<string, Truth> | PassedOnParameter | undefined;

/** What the function around the call was given for the parameter of this index. */
export interface PassedOnParameter {
  readonly parameter: number;
}

export interface Call {
  readonly line: number;
  /** Undefined where it is not known which arguments there are. */
  readonly given?: readonly GivenArgument[] | undefined;
  /** Those of the function around it without which it is not made. */
  readonly onlyIf?: Guards | undefined;
  /** It is made only as long as something is not there that the function around it keeps. */
  readonly isCached?: boolean | undefined;
  /** It is made by a function that is given what it calls, by its name or written in place, if that calls the argument of this index. */
  readonly by?: (GivenTo & { readonly isInPlace: boolean }) | undefined;
  /** The blocking API that it calls, or what else. */
  readonly target: { readonly api: BlockingApi } | { readonly callee: Value; readonly constructs: boolean };
}

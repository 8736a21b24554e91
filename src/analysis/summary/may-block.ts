import type { Declared } from '../declared-apis.js';
import { mayCall, type WantedApis } from '../may-call.js';
import { componentsFrom } from '../modules/components.js';
import type { Text } from '../texts.js';
import { callsMember, hasWord, wordHash, wordsOf } from '../words.js';
import { blockingNames, type Question } from './blocking-names.js';
import { calledFunction, type Modules } from './module-graph.js';
import type { NamedMember, Value } from './module-summary.js';
import { mayPassOn } from './passed-on-apis.js';
import { alternativesOf } from './value-steps.js';

/** The modules of a project, whose texts can be had without parsing them. */
export interface ModulesWithTexts extends Modules {
  /** Undefined where a file cannot be read. */
  readonly textOf: (file: string) => Text | undefined;
  /** What a file loads, as it writes it. */
  readonly specifiersOf: (file: string) => readonly string[];
}

/** Answers for which nothing is parsed that does not block itself; no is certain. */
export interface MayBlock {
  /** Could a call in this text be one of a blocking API? */
  readonly itself: (text: Text) => boolean;
  /** Could anything in this text block, or lead to what blocks in another module? */
  readonly fromText: (text: Text) => boolean;
  /** Could a function of this file block? */
  readonly inFile: (file: string) => boolean;
  /** Could a call of this value block? Yes for a function of the file in which it stands. */
  readonly fromValue: (value: Value) => boolean;
}

/** Methods that block, of those that are followed by their names. */
export interface BlockingByName {
  /** Their names, as hashes. */
  readonly names: ReadonlySet<number>;
  readonly blocks: (member: NamedMember) => boolean;
}

const nothingByName: BlockingByName = { names: new Set(), blocks: () => false };

/** What is known of a module and of all that it loads. */
interface Known {
  /** The names by which code that loads it may come to something that blocks, as hashes. */
  readonly names: ReadonlySet<number>;
  /** One of those names is `default`, which is a word of every other module. */
  readonly hasDefault: boolean;
  /** What it is as a whole, or by default, may block. */
  readonly whole: boolean;
  /** Something of its own may block. */
  readonly isOpen: boolean;
}

/** A module of several that load one another, as long as not all is known of them. */
interface Part {
  readonly file: string;
  readonly targets: readonly string[];
  whole: boolean;
  isOpen: boolean;
}

const nothing: Known = { names: new Set(), hasDefault: false, whole: false, isOpen: false };

/**
 * Which modules may lead to an API that is wanted, found from the APIs upwards: a module with no such API in its text, and
 * with none of the names by which something in a module that it loads may block, has nothing that blocks, and is not
 * parsed to find that out.
 */
export function mayBlock(modules: ModulesWithTexts, wanted: WantedApis, declared: Declared | undefined, named: BlockingByName = nothingByName): MayBlock {
  const known = new Map<string, Known>();
  const edges = new Map<string, readonly string[]>();
  return {
    itself: hasApi,
    fromText: (text) => knownAlready(text)?.isOpen ?? (hasOwn(text) || leadsOn(text, targetsOf(text.file, text.content.specifiers).map(knownOf))),
    inFile: (file) => knownOf(file).isOpen,
    fromValue: (value) => {
      const alternatives = alternativesOf(value);
      if (alternatives.some((one) => one.kind === 'named' && named.blocks(one))) return true;
      const left = new Set<string>();
      const called = calledFunction({ line: 0, target: { callee: value, constructs: true } }, { fileOf: (specifier, from) => modules.fileOf(specifier, from), summaryOf: (file) => void left.add(file), hasDefaults: true });
      return called !== undefined || [...left].some((file) => alternatives.some((one) => isNamed(one, 'blocks', knownOf(file))));
    },
  };

  /** Of a file with this text. The one that is linted may be part of a file. */
  function knownAlready({ file, content }: Text): Known | undefined {
    const found = known.get(file);
    return found && modules.textOf(file)?.content === content ? found : undefined;
  }

  function knownOf(file: string): Known {
    for (const component of componentsFrom(file, edgesOf, (one) => known.has(one))) complete(component);
    return known.get(file)!;
  }

  function edgesOf(file: string): readonly string[] {
    let found = edges.get(file);
    if (!found) edges.set(file, (found = targetsOf(file, modules.specifiersOf(file))));
    return found;
  }

  function targetsOf(file: string, specifiers: readonly string[]): readonly string[] {
    return specifiers.flatMap((specifier) => modules.fileOf(specifier, file) ?? []);
  }

  /** What is known of modules that load one another, once all others that they load are known. */
  function complete(files: readonly string[]): void {
    const parts = new Map(files.map((file): [string, Part] => [file, { file, targets: edgesOf(file), whole: false, isOpen: false }]));
    const outer = [...parts.values()].flatMap(({ targets }) => targets).flatMap((file) => (parts.has(file) ? [] : known.get(file)!));
    let names = unionOf(outer);
    let grown: Set<number> | undefined;
    let hasDefault = outer.some((one) => one.hasDefault);
    const isAlone = files.length === 1;
    /** Those that may say something new: each is asked again only for what it has a word for, or loads. */
    const left = new Set<Part>();
    const byWord = new Map<number, Part[]>();
    const byTarget = new Map<string, Part[]>();
    /** Open ones in whose texts a name may be written with escapes, which is no word then. */
    const spelled: Part[] = [];
    for (const part of parts.values()) {
      const text = modules.textOf(part.file);
      if (text !== undefined && (hasOwn(text) || part.targets.some((file) => known.get(file)?.whole) || (names.size > 0 && hasWord(text.text, names)))) open(part);
      // A module by itself is done with that; of others, more may become known.
      if (isAlone || !text) continue;
      if (part.isOpen && /\\[ux]/.test(text.text)) spelled.push(part);
      for (const file of part.targets) if (parts.has(file)) addTo(byTarget, file, part);
      for (const word of wordsOf(text.text)) addTo(byWord, word, part);
    }
    // A set goes on to what is added to it meanwhile.
    for (const part of left) {
      left.delete(part);
      addNames(part);
    }
    for (const file of files) known.set(file, knownSoFar(file));

    function open(part: Part): void {
      part.isOpen = true;
      left.add(part);
    }

    function addNames(part: Part): void {
      const summary = modules.summaryOf(part.file);
      if (!summary) return;
      const found = blockingNames(summary, { wanted, may: (value, question) => mayLead(value, question, part.file, knownSoFar) });
      for (const name of found.names) if (!/^default(?:\(\))?$/.test(name)) addName(name, part);
      if (!found.whole || part.whole) return;
      part.whole = true;
      for (const other of isAlone ? [part] : byTarget.get(part.file) ?? []) open(other);
      if (!hasDefault) for (const other of parts.values()) if (other.isOpen) left.add(other);
      hasDefault = true;
    }

    function addName(name: string, part: Part): void {
      const hash = wordHash(name);
      if (names.has(hash)) return;
      if (!grown) names = grown = new Set(names);
      grown.add(hash);
      // Whoever calls it, or what it gives, has its name.
      for (const other of isAlone ? [part] : [...(byWord.get(wordHash(name.replace(/\(\)$/, ''))) ?? []), ...spelled]) open(other);
    }

    function knownSoFar(file: string): Known {
      const part = parts.get(file);
      if (!part) return known.get(file)!;
      const { whole, isOpen } = part;
      return names.size === 0 && !whole && !isOpen && !hasDefault ? nothing : { names, hasDefault, whole, isOpen };
    }
  }

  function mayLead(value: Value, question: Question, file: string, knownOf: (file: string) => Known): boolean {
    return alternativesOf(value).some((one) => {
      if (one.kind === 'named') return question === 'blocks' && named.blocks(one);
      const root = rootOf(one, file);
      return root !== undefined && isNamed(one, question, knownOf(root));
    });
  }

  function hasOwn(text: Text): boolean {
    return hasApi(text) || (named.names.size > 0 && callsMember(text.text, named.names));
  }

  function hasApi(text: Text): boolean {
    return text.text.includes('@blocking') || mayCall(text, wanted, declared) || mayPassOn(text);
  }

  /** The module that a value comes from; undefined for one that is not of the project. */
  function rootOf(value: Value, file: string): string | undefined {
    switch (value.kind) {
      case 'import':
        return modules.fileOf(value.specifier, value.file);
      case 'member':
      case 'result':
      case 'instance':
        return rootOf(value.of, file);
      default:
        return file;
    }
  }
}

/** Is a value, of one thing only, called as something is that blocks in the module where it comes from, or in one that this one loads? */
function isNamed(value: Value, question: Question, there: Known): boolean {
  switch (value.kind) {
    case 'function':
    case 'object':
    case 'instance':
    case 'either':
    case 'default':
    case 'named':
      return false;
    case 'class':
      return value.superclass ? alternativesOf(value.superclass).some((one) => isNamed(one, question, there)) : false;
    case 'result':
      return isNamed(value.of, 'gives', there);
    case 'import': {
      const last = value.path.at(-1);
      if (last === undefined || (last === 'default' && value.path.length === 1)) return there.whole;
      return has(there, last, question) || (isCallOf(last) && isNamed({ ...value, path: value.path.slice(0, -1) }, question, there));
    }
    case 'member':
      return has(there, value.name.replace(/^get /, ''), question) || (isCallOf(value.name) && isNamed(value.of, question, there));
  }
}

function addTo<Key>(all: Map<Key, Part[]>, key: Key, part: Part): void {
  const parts = all.get(key);
  if (parts) parts.push(part);
  else all.set(key, [part]);
}

/** Has a text one of the names, or does it load what blocks as a whole? */
function leadsOn({ text }: Text, loaded: readonly Known[]): boolean {
  const seen = new Set<ReadonlySet<number>>();
  return loaded.some(({ whole, names }) => {
    if (whole) return true;
    if (names.size === 0 || seen.has(names)) return false;
    seen.add(names);
    return hasWord(text, names);
  });
}

/** `load.call(this)` runs `load`. */
function isCallOf(name: string): boolean {
  return name === 'call' || name === 'apply';
}

function has({ names, hasDefault }: Known, name: string, question: Question): boolean {
  return name === 'default' ? hasDefault : names.has(wordHash(question === 'gives' ? `${name}()` : name));
}

/** One of the sets itself, where it has all that is in the others: most modules add nothing to what they load. */
function unionOf(all: readonly Known[]): ReadonlySet<number> {
  let { names: largest } = nothing;
  for (const { names } of all) if (names.size > largest.size) largest = names;
  for (const { names } of all) {
    if (names === largest || [...names].every((name) => largest.has(name))) continue;
    largest = new Set([...largest, ...names]);
  }
  return largest;
}

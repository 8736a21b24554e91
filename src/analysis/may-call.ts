import type { TSESLint } from '@typescript-eslint/utils';
import { blockingApis, matchesPattern } from '../catalogue/lookup.js';
import { moduleName } from '../catalogue/modules.js';
import type { BlockingApi } from '../catalogue/types.js';
import { type Declared, declarationsOf, hasDeclarations } from './declared-apis.js';
import { type Text, textOf } from './texts.js';

/** APIs that are looked for; `key` is the same for the same wants. */
export interface WantedApis {
  readonly key: string;
  readonly isWanted: (api: BlockingApi) => boolean;
}

type Code = Readonly<TSESLint.SourceCode>;

/** Could the file that is being linted call an API that is wanted, or one that is declared? */
export function fileMayCall(code: Code, file: string, wanted: WantedApis): boolean {
  return mayCall(textOf(code, file), wanted, declarationsOf(code));
}

/** Could a text call an API that is wanted, or one that is declared? No is certain: it has not all the names that it takes. */
export function mayCall(text: Text, wanted: WantedApis, declared: Declared | undefined): boolean {
  const { specifiers, calls } = text.content;
  let answer = calls.get(wanted.key);
  if (answer === undefined) calls.set(wanted.key, (answer = hasSigns(text.text, specifiers, wanted)));
  return answer || (declared !== undefined && mayCallDeclared(text, declared));
}

function hasSigns(text: string, specifiers: readonly string[], { key, isWanted }: WantedApis): boolean {
  let signs = allSigns.get(key);
  if (!signs) allSigns.set(key, (signs = signsOf(blockingApis.filter(isWanted))));
  const { synchronous, pieces, ofModules, ofObjects, bare } = signs;
  if (text.includes('Sync')) for (const [word] of text.matchAll(/[\w$]*Sync(?![\w$])/g)) if (synchronous.has(word) || pieces.has(word)) return true;
  if (ofObjects.some(([object, name]) => text.includes(object) && name.test(text)) || bare.some((one) => mayUse(one, text)) || escaped.test(text)) return true;
  return specifiers.some((specifier) => ofModules.get(moduleName(specifier))?.test(text) === true);
}

/** What a text has that calls one of several APIs. */
interface Signs {
  /** Names that end in `Sync`, which are hardly anything else wherever they stand. */
  readonly synchronous: ReadonlySet<string>;
  /** How such a name may end that is put together: `fs['stat' + 'Sync']`. */
  readonly pieces: ReadonlySet<string>;
  /** The names of a module's other APIs. */
  readonly ofModules: ReadonlyMap<string, RegExp>;
  /** Those of objects that are there without an import: `Atomics`, `process`. */
  readonly ofObjects: readonly (readonly [object: string, names: RegExp])[];
  /** Names that stand by themselves: `alert`. */
  readonly bare: readonly Bare[];
}

interface Bare {
  readonly name: string;
  /** It is imported or declared, and no global. */
  readonly own: RegExp;
  /** It is called or handed on. */
  readonly used: RegExp;
  /** It is taken from an object, which may be the global one. */
  readonly taken: RegExp;
}

const allSigns = new Map<string, Signs>();

/** A letter as a number, of which a name may be written. */
const escaped = /\\u(?:00[4-7]|\{0*[4-7])|\\x[4-7]/;

function signsOf(apis: readonly BlockingApi[]): Signs {
  const synchronous = new Set<string>();
  const pieces = new Set<string>();
  const ofModules = new Map<string, Set<string>>();
  const ofObjects = new Map<string, Set<string>>();
  const bare: Bare[] = [];
  for (const { module, path } of apis) {
    const names = path.split(/[.#]/).filter((name) => name !== '');
    const last = names[names.length - 1] ?? '';
    const name = names.find((one) => one.endsWith('Sync'));
    if (name !== undefined) {
      synchronous.add(name);
      for (let from = 1; from <= name.length - 'Sync'.length; from += 1) pieces.add(name.slice(from));
    } else if (module === 'process') {
      addTo(ofObjects, module, last);
    } else if (module !== 'globalThis') {
      addTo(ofModules, module, last);
    } else if (names.length > 1) {
      addTo(ofObjects, names[0]!, last);
    } else {
      bare.push(bareName(last));
    }
  }
  const found = (all: ReadonlyMap<string, ReadonlySet<string>>): [string, RegExp][] => [...all].map(([owner, names]) => [owner, anyOf(names)]);
  return { synchronous, pieces, ofModules: new Map(found(ofModules)), ofObjects: found(ofObjects), bare };
}

function addTo(all: Map<string, Set<string>>, owner: string, name: string): void {
  const names = all.get(owner);
  if (names) names.add(name);
  else all.set(owner, new Set([name]));
}

/** A module that is a function itself has an API without a name, which is in every text. */
function anyOf(names: ReadonlySet<string>): RegExp {
  return names.has('') ? /(?:)/ : new RegExp(`(?<![\\w$])(?:${[...names].map((name) => name.replaceAll('$', '\\$')).join('|')})(?![\\w$])`);
}

function bareName(name: string): Bare {
  return {
    name,
    own: new RegExp(`(?:^|[;\\n])(?:import\\s(?:[^'"]*[\\s,{*])?${name}\\s*(?:,[^'"]*|\\}\\s*|)from|(?:export\\s+)?(?:async\\s+)?(?:function|const|let|var)\\s+${name}\\b)`),
    used: new RegExp(`(?<![.\\w$])${name}\\s*(?:\\?\\.\\s*)?\\(|[=(,:[]\\s*${name}\\s*[),;\\]}\\n]`),
    taken: new RegExp(`[.{,'"\`]\\s*${name}\\b`),
  };
}

function mayUse({ name, own, used, taken }: Bare, text: string): boolean {
  return text.includes(name) && (used.test(text) || (taken.test(text) && /\b(?:globalThis|global|window|self)\b/.test(text))) && !own.test(text);
}

/** Of the file that is being linted, each rule asks. */
const withDeclared = new WeakMap<Text, { readonly settings: Declared['settings']; readonly answer: boolean }>();

function mayCallDeclared(text: Text, declared: Declared): boolean {
  const { settings } = declared;
  let known = withDeclared.get(text);
  if (known?.settings !== settings) withDeclared.set(text, (known = { settings, answer: text.content.specifiers.some((specifier) => isDeclared(specifier, text.file, declared)) }));
  return known.answer;
}

/** Does a project say of this module, or the module of itself, that it blocks? */
function isDeclared(specifier: string, file: string, { settings }: Declared): boolean {
  return settings.blocking.some(({ module }) => matchesPattern(moduleName(specifier), module)) || hasDeclarations(specifier, file);
}

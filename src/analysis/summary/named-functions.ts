import { wordHash } from '../words.js';
import { isDistinctive } from './common-names.js';
import { partsOf } from './members-of.js';
import { functionIn, type Modules } from './module-graph.js';
import type { FunctionSummary, ModuleSummary, NamedMember } from './module-summary.js';
import { isNameOf } from './words-in-names.js';

/** Where members of a project are defined. */
export interface Definers {
  /** The files in which a member of this name may be defined. */
  readonly filesOf: (name: string) => readonly string[];
  /** May objects that one file makes come to another? */
  readonly areConnected: (file: string, other: string) => boolean;
}

export interface NamedFunctions {
  /** Which functions a method may be of which only names are known; none where it may be one that is not known. */
  readonly of: (member: NamedMember) => readonly FunctionSummary[];
  /** The same for each thing that what it is called on may be, where that has a type which was not looked at. */
  readonly ofAny: (member: NamedMember) => readonly (readonly FunctionSummary[])[];
}

interface Definition {
  readonly file: string;
  /** What it is a member of; nothing where that is handed to somebody at once. */
  readonly holders: readonly string[];
  /** Instances of its class do not have it. */
  readonly isStatic: boolean;
  /** Undefined where it is not known what it is. */
  readonly fn: FunctionSummary | undefined;
}

/** As many overrides as this are no longer a family of which all do the same. */
const maxFunctions = 8;
/** What so many files may define is no name to go by, and they are not parsed for it. */
const maxFiles = 100;

/**
 * Calls by the names of members, as in A. Feldthaus, M. Schäfer, M. Sridharan, J. Dolby and F. Tip, Efficient Construction of
 * Approximate Call Graphs for JavaScript IDE Services, ICSE 2013. What is taken for an answer is less: all methods of that
 * name, of what is called like the object, or in all of the project where the name says enough by itself.
 */
export function namedFunctions({ filesOf, areConnected }: Definers, modules: Modules): NamedFunctions {
  const definitions = new Map<string, readonly Definition[]>();
  return {
    of: (member) => {
      const all = definitionsOf(member);
      const related = relatedTo(member.owners, all);
      return functionsIn(related.length > 0 ? related : !member.isTyped && isDistinctive(member.name) ? all.filter(({ isStatic }) => !isStatic) : []);
    },
    ofAny: (member) => {
      const all = definitionsOf(member);
      return [functionsIn(all), ...new Set(all.flatMap(({ holders }) => holders))].map((found) => (typeof found === 'string' ? functionsIn(relatedTo([found], all)) : found));
    },
  };

  function definitionsOf({ name, file }: NamedMember): readonly Definition[] {
    let all = definitions.get(name);
    if (!all) {
      const files = filesOf(name);
      definitions.set(name, (all = files.length <= maxFiles ? files.flatMap((one) => definitionsIn(modules.summaryOf(one), name, modules)) : []));
    }
    return all.filter((one) => areConnected(file, one.file));
  }
}

/** Those of what is called like one of these. */
function relatedTo(owners: readonly string[], all: readonly Definition[]): readonly Definition[] {
  return all.filter(({ holders }) => owners.some((owner) => holders.some((holder) => isNameOf(owner, holder))));
}

/** None where one is not known, or is asynchronous. */
function functionsIn(found: readonly Definition[]): readonly FunctionSummary[] {
  const functions = new Set(found.map(({ fn }) => fn));
  return functions.size <= maxFunctions && [...functions].every((fn) => fn?.runs === 'at-once') ? ([...functions] as FunctionSummary[]) : [];
}

function definitionsIn(summary: ModuleSummary | undefined, name: string, modules: Modules): readonly Definition[] {
  if (!summary) return [];
  const found: Definition[] = [];
  for (const [members, { names: holders, isType, isStatic }] of partsOf(summary).members) {
    if (isType || !members.has(name)) continue;
    const value = members.get(name);
    found.push({ file: summary.file, holders, isStatic, fn: value ? functionIn(value, modules) : undefined });
  }
  return found.length === 0 && summary.memberNames.has(wordHash(name)) ? [{ file: summary.file, holders: [], isStatic: false, fn: undefined }] : found;
}

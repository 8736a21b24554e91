import { definedWords, wordHash } from '../words.js';
import { type BlockingChains, maxDepthByName } from './blocking-chains.js';
import { isCommon } from './common-names.js';
import type { MayBlock, ModulesWithTexts } from './may-block.js';
import { partsOf } from './members-of.js';
import { functionIn } from './module-graph.js';
import type { FunctionSummary } from './module-summary.js';

/** A search for what blocks. */
interface Search {
  readonly mayBlock: MayBlock;
  readonly chains: BlockingChains;
}

/** Members of a project that block. */
export interface BlockingMembers {
  /** Their names, as hashes. */
  readonly names: ReadonlySet<number>;
  /** The files in which a member of such a name may be defined, whether it blocks or not. */
  readonly filesOf: (name: string) => readonly string[];
}

/** How many methods of a chain may be followed by their names, one after the other. */
const maxNames = 4;

/** What the sources of a project say of members that block: at first of those that do without names, then of those that call the ones before by their names. */
interface FoundByName<S> {
  readonly rounds: readonly BlockingMembers[];
  /** That of the last round. */
  readonly search: S;
}

/** Searches all sources of a project for members that block, and then for those that call these by their names. */
export function searchByName<S extends Search>(sources: readonly string[], modules: ModulesWithTexts, plain: S, searchWith: (members: BlockingMembers, before: S) => S): FoundByName<S> {
  const files = new Map<number, Set<string>>();
  const rounds: BlockingMembers[] = [];
  let search = plain;
  for (let round = 0; round < maxNames; round += 1) {
    const found = membersThatBlock(sources, modules, search);
    const added = new Set([...found.keys()].filter((name) => !files.has(name)));
    if (added.size === 0) break;
    for (const [name, all] of found) for (const file of all) addTo(files, name, file);
    for (const file of sources) for (const name of definedWords(modules.textOf(file)?.text ?? '', added)) addTo(files, name, file);
    const members = membersIn(files);
    rounds.push(members);
    search = searchWith(members, search);
  }
  return { rounds, search };
}

function membersIn(files: ReadonlyMap<number, ReadonlySet<string>>): BlockingMembers {
  const byName = new Map([...files].map(([name, all]) => [name, [...all]]));
  return { names: new Set(byName.keys()), filesOf: (name) => byName.get(wordHash(name)) ?? [] };
}

/** The files in which a member of a name blocks, by that name. */
function membersThatBlock(sources: readonly string[], modules: ModulesWithTexts, { mayBlock, chains }: Search): ReadonlyMap<number, ReadonlySet<string>> {
  const found = new Map<number, Set<string>>();
  for (const file of sources) {
    const summary = mayBlock.inFile(file) ? modules.summaryOf(file) : undefined;
    for (const [members, { isType }] of summary ? partsOf(summary).members : []) {
      for (const [name, value] of isType ? [] : members) {
        const fn = value && !isCommon(name) ? functionIn(value, modules) : undefined;
        if (fn && chains.from(fn, maxDepthByName)) addTo(found, wordHash(name), file);
      }
    }
  }
  return found;
}

/** Do all of these block, of which one is called? */
export function areAllBlocking(functions: readonly FunctionSummary[], chains: BlockingChains): boolean {
  return functions.length > 0 && functions.every((fn) => chains.from(fn, maxDepthByName));
}

function addTo(all: Map<number, Set<string>>, name: number, file: string): void {
  const files = all.get(name);
  if (files) files.add(file);
  else all.set(name, new Set([file]));
}

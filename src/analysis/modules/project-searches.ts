import { dirname, isAbsolute } from 'node:path';
import { isDeclaredNonBlocking } from '../../catalogue/declared.js';
import { apiName } from '../../catalogue/lookup.js';
import type { Declared } from '../declared-apis.js';
import type { WantedApis } from '../may-call.js';
import { type BlockingChains, blockingChains } from '../summary/blocking-chains.js';
import { areAllBlocking, type BlockingMembers, searchByName } from '../summary/blocking-members.js';
import { type MayBlock, mayBlock, type ModulesWithTexts } from '../summary/may-block.js';
import type { Modules } from '../summary/module-graph.js';
import type { FunctionSummary, NamedMember } from '../summary/module-summary.js';
import { namedFunctions } from '../summary/named-functions.js';
import type { Folders } from './folders.js';
import { areConnected, isSource, type Sources, sourcesAround } from './sources.js';

/** What is known of the way to the APIs that are wanted. */
export interface ProjectSearch {
  readonly functionsNamed: (member: NamedMember) => readonly FunctionSummary[];
  readonly chains: BlockingChains;
  readonly mayBlock: MayBlock;
}

/** From where a search starts. */
export interface SearchFrom {
  readonly filename: string;
  readonly declared: Declared | undefined;
  readonly disk: Folders;
  /** Are methods followed of which only the names are known? */
  readonly byName: boolean;
}

/** What the sources of a project say of its members that block. */
interface Members {
  readonly rounds: readonly BlockingMembers[];
  /** What was in each file then, as a hash. */
  readonly contents: ReadonlyMap<string, string | undefined>;
}

/** The modules that searches go through, and what is in each that was looked at by now, as a hash. */
interface SearchedModules extends ModulesWithTexts {
  readonly contents: () => ReadonlyMap<string, string | undefined>;
}

/** Searches for what blocks, of which one is made for each wish, and kept as long as the modules stay as they are. */
export class ProjectSearches {
  readonly #modules: SearchedModules;
  readonly #searches = new Map<string, ProjectSearch>();
  /** By the same keys. All sources are looked at for them, so they are kept while one is being written: what it says of its members counts by name once it is saved. */
  readonly #members = new Map<string, Members>();

  constructor(modules: SearchedModules) {
    this.#modules = modules;
  }

  of(wanted: WantedApis, from: SearchFrom): ProjectSearch {
    const { filename, byName, disk } = from;
    const sources = byName && isAbsolute(filename) ? sourcesAround(dirname(filename), disk) : undefined;
    // Tests hand over what takes the place of things.
    if (!sources || !isSource(filename, sources.root)) return this.#plain(wanted, from);
    const key = [wanted.key, sources.root].join('\0');
    let search = this.#searches.get(key);
    if (!search) this.#searches.set(key, (search = this.#byName(wanted, sources, key, from)));
    return search;
  }

  forget(): void {
    this.forgetText();
    this.#members.clear();
  }

  /** Of one that is being written, what was in it. */
  forgetText(): void {
    this.#searches.clear();
  }

  /** Was there something else in a file when it was searched for members that block? */
  areOlder(file: string, hash: string | undefined): boolean {
    for (const { contents } of this.#members.values()) if (contents.has(file) && contents.get(file) !== hash) return true;
    return false;
  }

  #plain(wanted: WantedApis, { declared }: SearchFrom): ProjectSearch {
    let search = this.#searches.get(wanted.key);
    if (!search) {
      const may = mayBlock(this.#modules, wanted, declared);
      this.#searches.set(wanted.key, (search = { mayBlock: may, functionsNamed: () => [], chains: blockingChains(this.#modules, isWantedWith(wanted, declared), may.fromValue) }));
    }
    return search;
  }

  #byName(wanted: WantedApis, { root, files }: Sources, key: string, from: SearchFrom): ProjectSearch {
    const { declared, disk } = from;
    const plain = this.#plain(wanted, from);
    const searchWith = ({ names, filesOf }: BlockingMembers, before: ProjectSearch): ProjectSearch => {
      const named = namedFunctions({ filesOf, areConnected: (file, other) => areConnected(file, other, disk) }, this.#modules);
      const functionsNamed: ProjectSearch['functionsNamed'] = (member) => (isSource(member.file, root) ? named.of(member) : []);
      const modules: Modules = { fileOf: (specifier, file) => this.#modules.fileOf(specifier, file), summaryOf: (file) => this.#modules.summaryOf(file), functionsNamed };
      const blocks = (member: NamedMember): boolean => isSource(member.file, root) && (member.owners.length === 0 ? [named.of(member)] : named.ofAny(member)).some((all) => areAllBlocking(all, before.chains));
      const may = mayBlock(this.#modules, wanted, declared, { names, blocks });
      return { mayBlock: may, functionsNamed, chains: blockingChains(modules, isWantedWith(wanted, declared), may.fromValue) };
    };
    const known = this.#members.get(key);
    if (known) return known.rounds.reduce((before, members) => searchWith(members, before), plain);
    const { rounds, search } = searchByName(files, this.#modules, plain, searchWith);
    this.#members.set(key, { rounds, contents: this.#modules.contents() });
    return search;
  }
}

function isWantedWith(wanted: WantedApis, declared: Declared | undefined): WantedApis['isWanted'] {
  const settings = declared?.settings;
  return (api) => wanted.isWanted(api) && !(settings && isDeclaredNonBlocking(settings, apiName(api)));
}

import { definedWords, wordHash } from '../words.js';
import { isCommon } from './common-names.js';
import type { MayBlock, ModulesWithTexts } from './may-block.js';

/** Members of a project that may block. */
export interface BlockingMembers {
  /** Their names, as hashes. */
  readonly names: ReadonlySet<number>;
  /** What may block where those do. */
  readonly may: MayBlock;
  /** The files in which a member of such a name may be defined, whether it blocks or not. */
  readonly filesOf: (name: string) => readonly string[];
}

/** How many methods a chain may have at least that are followed by their names, one after the other. */
const rounds = 2;

/** Looks through all sources of a project for members that may block, and for others of the same names. */
export function blockingMembers(sources: readonly string[], modules: ModulesWithTexts, plain: MayBlock, mayBlockWith: (names: ReadonlySet<number>) => MayBlock): BlockingMembers {
  const files = new Map<number, Set<string>>();
  let may = plain;
  let names: ReadonlySet<number> = new Set();
  // What calls a method by its name may block as well.
  for (let round = 0; round < rounds; round += 1) {
    for (const file of sources) for (const name of may.membersIn(file)) if (!isCommon(name)) addTo(files, wordHash(name), file);
    if (files.size === names.size) break;
    names = new Set(files.keys());
    may = mayBlockWith(names);
  }
  for (const file of names.size > 0 ? sources : []) {
    for (const word of definedWords(modules.textOf(file)?.text ?? '', names)) addTo(files, word, file);
  }
  return { names, may, filesOf: (name) => [...(files.get(wordHash(name)) ?? [])] };
}

function addTo(all: Map<number, Set<string>>, key: number, file: string): void {
  const files = all.get(key);
  if (files) files.add(file);
  else all.set(key, new Set([file]));
}

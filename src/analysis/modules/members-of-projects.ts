import type { BlockingMembers } from '../summary/blocking-members.js';

/** What the sources of a project say of its members that block. */
interface Found {
  readonly rounds: readonly BlockingMembers[];
  /** What was in each file then, as a hash. */
  readonly contents: ReadonlyMap<string, string | undefined>;
}

/**
 * What is known of members that block, by the search that found it. All sources of a project are looked at for that, so
 * it is kept while one of them is being written: what it says of its members counts by name once it is saved.
 */
export class MembersOfProjects {
  readonly #found = new Map<string, Found>();

  of(key: string): readonly BlockingMembers[] | undefined {
    return this.#found.get(key)?.rounds;
  }

  set(key: string, found: Found): void {
    this.#found.set(key, found);
  }

  clear(): void {
    this.#found.clear();
  }

  /** Was there something else in a file when they were found? */
  areOlder(file: string, hash: string | undefined): boolean {
    for (const { contents } of this.#found.values()) if (contents.has(file) && contents.get(file) !== hash) return true;
    return false;
  }
}

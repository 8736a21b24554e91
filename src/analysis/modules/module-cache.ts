import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { BlockingApi } from '../../catalogue/types.js';
import { type BlockingChains, blockingChains } from '../summary/blocking-chains.js';
import { fileOf } from '../file.js';
import { factsOfFunction, type ModuleFacts, moduleFacts } from '../elsewhere/module-facts.js';
import type { FunctionFacts } from '../elsewhere/function-facts.js';
import type { ModulesWithFacts } from '../elsewhere/run-elsewhere.js';
import type { FunctionSummary, ModuleSummary } from '../summary/module-summary.js';
import { summariseModule } from '../summary/summarise-module.js';
import { type Folders, folders } from './folders.js';
import { type ParsedWith, parseModule, parserFor } from './parse-module.js';
import { resolveModule } from './resolve-module.js';

/** The file that is being linted. */
export interface LintedFile extends ParsedWith {
  readonly text: string;
  /** False for a part of a file, such as a block of code in a document. */
  readonly isWhole: boolean;
  readonly runtime: string;
  readonly summary: () => ModuleSummary;
  readonly facts: () => ModuleFacts;
}

/** The modules of a project as the file that is being linted sees them: itself as it is in memory, the others as they are on disk. */
export interface ProjectModules extends ModulesWithFacts {
  /** Chains to the APIs that are wanted; `key` is the same for the same wants. */
  readonly chains: (key: string, isWanted: (api: BlockingApi) => boolean) => BlockingChains;
  readonly keep: () => void;
}

interface Entry {
  readonly summary: ModuleSummary | undefined;
  /** Of the text; undefined for a file that could not be read. */
  readonly hash: string | undefined;
  /** Of the file on disk. */
  readonly mtimeMs: number;
  readonly size: number;
  /** The text is what the file's own turn saw, and may not be saved. */
  readonly isLinted: boolean;
}

/** For the whole process, whichever rule asks; by what the runtime is called, the one setting that summaries depend on. */
const caches = new Map<string, ModuleCache>();

/** The modules that a file can reach. Nothing is read before it is asked for, and nothing twice while it stays as it is. */
export function projectModules(linted: LintedFile): ProjectModules {
  let cache = caches.get(linted.runtime);
  if (!cache) caches.set(linted.runtime, (cache = new ModuleCache(linted)));
  cache.begin(linted);
  return cache;
}

class ModuleCache implements ProjectModules {
  readonly #entries = new Map<string, Entry>();
  readonly #files = new Map<string, string | undefined>();
  readonly #chains = new Map<string, BlockingChains>();
  readonly #facts = new WeakMap<ModuleSummary, ModuleFacts>();
  #disk: Folders = folders();
  #linted: LintedFile;
  #checked = performance.now();

  constructor(linted: LintedFile) {
    this.#linted = linted;
  }

  /** A file's turn: what has changed on disk since the last one is forgotten, and so is what its text in memory no longer says. */
  begin(linted: LintedFile): void {
    const last = this.#linted;
    this.#linted = linted;
    this.#check();
    // What follows from a text that is not saved holds for that file's turn. (One of the same length is found out once it is asked for.)
    if (last.filename !== linted.filename && this.#entries.get(last.filename)?.isLinted && !hasSizeOf(last)) this.#forget(last.filename);
    const entry = this.#entries.get(linted.filename);
    if (entry && linted.isWhole && entry.hash !== hashOf(linted.text)) this.#forget(linted.filename);
  }

  fileOf(specifier: string, from: string): string | undefined {
    if (!isAbsolute(from)) return undefined;
    const key = `${from}\0${specifier}`;
    if (!this.#files.has(key)) {
      const found = resolveModule(specifier, from, this.#disk);
      // A file that was not there a moment ago may have been made since.
      const retry = found === undefined && specifier.startsWith('.') && this.#disk.isNew(dirname(resolve(dirname(from), specifier)));
      this.#files.set(key, retry ? resolveModule(specifier, from, this.#disk) : found);
    }
    return this.#files.get(key);
  }

  summaryOf(file: string): ModuleSummary | undefined {
    const isLinted = this.#linted.isWhole && file === this.#linted.filename;
    let entry = this.#entries.get(file);
    if (entry?.isLinted && !isLinted) entry = this.#saved(file, entry);
    if (!entry) this.#entries.set(file, (entry = isLinted ? inMemory(this.#linted) : onDisk(file, this.#linted)));
    return entry.summary;
  }

  /** Few functions are asked about, so a module is parsed once more for it, and nothing of it is kept in its summary. */
  factsOf(fn: FunctionSummary): FunctionFacts | undefined {
    const summary = this.summaryOf(fn.file);
    if (!summary) return undefined;
    let facts = this.#facts.get(summary);
    if (!facts) this.#facts.set(summary, (facts = this.#factsIn(summary)));
    return factsOfFunction(fn, summary, facts);
  }

  #factsIn({ file }: ModuleSummary): ModuleFacts {
    if (this.#linted.isWhole && file === this.#linted.filename) return this.#linted.facts();
    const text = readText(file);
    if (text === undefined || hashOf(text) !== this.#entries.get(file)?.hash) return new Map();
    const { cwd, runtime } = this.#linted;
    const code = parseModule(file, text, this.#linted);
    return code ? moduleFacts(summariseModule(file, code, runtime), fileOf(code, file, cwd, runtime)) : new Map();
  }

  /** Is what was linted what is on disk? Then another file may rely on it. */
  #saved(file: string, entry: Entry): Entry | undefined {
    if (hashOfFile(file) !== entry.hash) {
      this.#forget(file);
      return undefined;
    }
    const saved = { ...entry, isLinted: false };
    this.#entries.set(file, saved);
    return saved;
  }

  /**
   * Keeps what this file's turn has found out, for files that lead to it later; not where nothing can read other files, as
   * what is reported would then depend on which file's turn came first.
   */
  keep(): void {
    const { filename, isWhole } = this.#linted;
    if (isWhole && isAbsolute(filename) && parserFor(filename, this.#linted)) this.summaryOf(this.#linted.filename);
  }

  chains(key: string, isWanted: (api: BlockingApi) => boolean): BlockingChains {
    let chains = this.#chains.get(key);
    if (!chains) this.#chains.set(key, (chains = blockingChains(this, isWanted)));
    return chains;
  }

  /**
   * Asks the disk about everything that is known, which takes a few microseconds each: so seldom that it is lost in the
   * time of a run over many files, and at every change that a person can make in an editor.
   */
  #check(): void {
    const now = performance.now();
    if (now - this.#checked < this.#entries.size + this.#disk.size()) return;
    this.#checked = now;
    for (const [file, entry] of this.#entries) {
      const { mtimeMs, size } = timeOf(file);
      if ((mtimeMs === entry.mtimeMs && size === entry.size) || entry.isLinted) continue;
      const hash = hashOfFile(file);
      if (hash === entry.hash) this.#entries.set(file, { ...entry, mtimeMs, size });
      else this.#forget(file);
    }
    if (!this.#disk.haveChanged()) return;
    this.#disk = folders();
    this.#files.clear();
    this.#chains.clear();
  }

  #forget(file: string): void {
    this.#entries.delete(file);
    this.#chains.clear();
  }
}

function inMemory({ filename, text, summary }: LintedFile): Entry {
  return { summary: summary(), hash: hashOf(text), ...timeOf(filename), isLinted: true };
}

function hasSizeOf({ filename, text }: LintedFile): boolean {
  // ESLint leaves out a byte order mark.
  const extra = timeOf(filename).size - Buffer.byteLength(text);
  return extra === 0 || extra === 3;
}

function onDisk(file: string, how: LintedFile): Entry {
  const time = timeOf(file);
  const text = readText(file);
  if (text === undefined) return { summary: undefined, hash: undefined, ...time, isLinted: false };
  const code = parseModule(file, text, how);
  return { summary: code && summariseModule(file, code, how.runtime).summary, hash: hashOf(text), ...time, isLinted: false };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}

function timeOf(file: string): { readonly mtimeMs: number; readonly size: number } {
  const { mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
  return { mtimeMs, size };
}

function hashOfFile(file: string): string | undefined {
  const text = readText(file);
  return text === undefined ? undefined : hashOf(text);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

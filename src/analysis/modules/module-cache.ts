import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { type Declared, declareApis } from '../declared-apis.js';
import { fileOf } from '../file.js';
import type { WantedApis } from '../may-call.js';
import type { ModulesWithTexts } from '../summary/may-block.js';
import { factsOfFunction, type ModuleFacts, moduleFacts } from '../elsewhere/module-facts.js';
import type { FunctionFacts } from '../elsewhere/function-facts.js';
import type { ModulesWithFacts } from '../elsewhere/run-elsewhere.js';
import type { FunctionSummary, ModuleSummary } from '../summary/module-summary.js';
import { type Summarised, summariseModule } from '../summary/summarise-module.js';
import { type Content, contentOf, type Text } from '../texts.js';
import { type Folders, folders } from './folders.js';
import { type ParsedWith, parseModule, parserFor } from './parse-module.js';
import { type ProjectSearch, ProjectSearches } from './project-searches.js';
import { resolveModule } from './resolve-module.js';

/** The file that is being linted. */
export interface LintedFile extends ParsedWith {
  readonly text: string;
  readonly content: Content;
  /** False for a part of a file, such as a block of code in a document. */
  readonly isWhole: boolean;
  readonly runtime: string;
  /** What its settings declare. */
  readonly declared: Declared | undefined;
  readonly summary: () => ModuleSummary;
  readonly facts: () => ModuleFacts;
}

/** The modules of a project as the file that is being linted sees them: itself as it is in memory, the others as they are on disk. */
export interface ProjectModules extends ModulesWithFacts {
  /** `byName` says whether methods are followed of which only the names are known. */
  readonly search: (wanted: WantedApis, byName: boolean) => ProjectSearch;
  readonly keep: () => void;
}

/** Of a file on disk; zeros where there is none. */
interface Times {
  readonly mtimeMs: number;
  readonly size: number;
}

interface Entry extends Times {
  /** Made when it is asked for; null where the file could not be read or parsed. */
  summary: ModuleSummary | null | undefined;
  /** Undefined for a file that could not be read. */
  readonly content: Content | undefined;
  /** The text is what the file's own turn saw, and may not be saved. */
  readonly isLinted: boolean;
}

/** For the whole process, whichever rule asks; by the settings that summaries depend on. */
const caches = new Map<string, ModuleCache>();

/** The modules that a file can reach. Nothing is read before it is asked for, and nothing twice while it stays as it is. */
export function projectModules(linted: LintedFile): ProjectModules {
  const { blocking = [], nonBlocking = [] } = linted.declared?.settings ?? {};
  const key = blocking.length + nonBlocking.length === 0 ? linted.runtime : JSON.stringify([linted.runtime, blocking, nonBlocking]);
  let cache = caches.get(key);
  if (!cache) caches.set(key, (cache = new ModuleCache(linted)));
  cache.begin(linted);
  return cache;
}

/** The turn of a file that has nothing to ask: what it says now may not be saved. */
export function quietTurn(filename: string, text: string): void {
  for (const cache of caches.values()) cache.pass(filename, text);
}

class ModuleCache implements ProjectModules, ModulesWithTexts {
  readonly #entries = new Map<string, Entry>();
  readonly #files = new Map<string, Map<string, string | undefined>>();
  #last = { from: '', files: new Map<string, string | undefined>() };
  readonly #searches = new ProjectSearches(this);
  /** Files that were linted with another text than is on disk, the latest last, with what is on disk. */
  readonly #unsaved = new Map<string, Times>();
  /** The file whose turn it is, if its text is another than was known of it. */
  #edited: string | undefined;
  readonly #facts = new WeakMap<ModuleSummary, ModuleFacts>();
  #disk: Folders = folders();
  #linted: LintedFile;
  /** Texts that this turn has read, which are asked for again: at first for what they load, then for what is in them. */
  readonly #texts = new Map<string, string | undefined>();
  #textLength = 0;
  #begun = performance.now();
  #checked = this.#begun;

  constructor(linted: LintedFile) {
    this.#linted = linted;
  }

  /** A file's turn: what has changed on disk since the last one is forgotten, and so is what its text in memory no longer says. */
  begin(linted: LintedFile): void {
    const last = this.#linted;
    this.#linted = linted;
    this.#forgetTexts();
    this.#check();
    // What follows from a text that is not saved holds for that file's turn.
    const isLost = last.filename !== linted.filename && (this.#edited === last.filename || this.#entries.get(last.filename)?.isLinted === true) && readText(last.filename) !== last.text;
    if (last.filename !== linted.filename) this.#edited = undefined;
    if (isLost) {
      this.#forgetText(last.filename);
      this.#addUnsaved(last.filename, timesOf(last.filename));
    }
    this.#forgetSaved();
    const entry = this.#entries.get(linted.filename);
    if (entry && linted.isWhole && entry.content?.hash !== linted.content.hash) {
      this.#forgetText(linted.filename);
      this.#edited = linted.filename;
    }
    if (isLost ? this.#searches.areOlder(last.filename, contentOnDisk(last.filename)?.hash) : this.#isSavedSince(last)) this.#forget(last.filename);
    if (this.#isSavedSince(linted)) this.#forget(linted.filename);
  }

  /** Is a text on disk now with which the members of a project were not found? */
  #isSavedSince({ filename, content, isWhole }: LintedFile): boolean {
    return isWhole && this.#searches.areOlder(filename, content.hash) && contentOnDisk(filename)?.hash === content.hash;
  }

  /** Of another length than is known of the file: most that is typed makes it so, and the rest is seen a little later. */
  pass(filename: string, text: string): void {
    const entry = this.#entries.get(filename);
    if (entry && entry.size !== Buffer.byteLength(text)) this.#addUnsaved(filename, entry);
  }

  #addUnsaved(file: string, { mtimeMs, size }: Times): void {
    this.#unsaved.delete(file);
    this.#unsaved.set(file, { mtimeMs, size });
    // A run that fixes saves nothing before its end.
    if (this.#unsaved.size > maxUnsaved) this.#unsaved.delete([...this.#unsaved.keys()][0]!);
  }

  /** What an editor saves it has others linted for at once, which is sooner than all that is known is asked about. */
  #forgetSaved(): void {
    for (const [file, before] of this.#unsaved) {
      const { mtimeMs, size } = timesOf(file);
      if (before.mtimeMs === mtimeMs && before.size === size) continue;
      this.#forget(file);
      this.#unsaved.delete(file);
    }
  }

  fileOf(specifier: string, from: string): string | undefined {
    if (!isAbsolute(from)) return undefined;
    const known = this.#filesFrom(from);
    if (!known.has(specifier)) {
      const found = resolveModule(specifier, from, this.#disk);
      // A file that was not there a moment ago may have been made since.
      const retry = found === undefined && specifier.startsWith('.') && this.#disk.isNew(dirname(resolve(dirname(from), specifier)));
      known.set(specifier, retry ? resolveModule(specifier, from, this.#disk) : found);
    }
    return known.get(specifier);
  }

  /** Files of one folder and one language find the same. */
  #filesFrom(from: string): Map<string, string | undefined> {
    // It is asked for each specifier of a file in turn.
    if (from === this.#last.from) return this.#last.files;
    const folder = `${dirname(from)}${/\.[cm]?tsx?$/.test(from) ? '/ts' : '/js'}`;
    let files = this.#files.get(folder);
    if (!files) this.#files.set(folder, (files = new Map<string, string | undefined>()));
    this.#last = { from, files };
    return files;
  }

  summaryOf(file: string): ModuleSummary | undefined {
    const entry = this.#entryOf(file);
    if (entry.summary !== undefined) return entry.summary ?? undefined;
    const text = this.#isLinted(file) ? undefined : this.#read(file);
    // It was written to a moment ago.
    if (text !== undefined && contentOf(file, text).hash !== entry.content?.hash) {
      this.#forget(file);
      return this.summaryOf(file);
    }
    const summary = text === undefined ? this.#linted.summary() : this.#parsed(file, text)?.summary;
    // Where nothing can read other files, what its own turn found is for that turn only.
    if (text !== undefined || parserFor(file, this.#linted)) entry.summary = summary ?? null;
    return summary;
  }

  textOf(file: string): Text | undefined {
    if (file === this.#linted.filename && !this.#linted.isWhole) return undefined;
    const { content } = this.#entryOf(file);
    const text = this.#isLinted(file) ? this.#linted.text : this.#read(file);
    return content && text !== undefined ? { file, text, content } : undefined;
  }

  specifiersOf(file: string): readonly string[] {
    return this.#entryOf(file).content?.specifiers ?? [];
  }

  #isLinted(file: string): boolean {
    return this.#linted.isWhole && file === this.#linted.filename;
  }

  #entryOf(file: string): Entry {
    const isLinted = this.#isLinted(file);
    let entry = this.#entries.get(file);
    if (entry?.isLinted && !isLinted) entry = this.#saved(file, entry);
    if (!entry) {
      const time = timesOf(file);
      const text = isLinted ? this.#linted.text : this.#read(file);
      entry = text === undefined ? { summary: null, content: undefined, ...time, isLinted: false } : { summary: undefined, content: isLinted ? this.#linted.content : contentOf(file, text), ...time, isLinted };
      this.#entries.set(file, entry);
    }
    return entry;
  }

  #read(file: string): string | undefined {
    if (this.#texts.has(file)) return this.#texts.get(file);
    if (this.#textLength > maxTextLength) this.#forgetTexts();
    const text = readText(file);
    this.#texts.set(file, text);
    this.#textLength += text?.length ?? 0;
    return text;
  }

  #forgetTexts(): void {
    this.#texts.clear();
    this.#textLength = 0;
  }

  /** What is on disk of a file, with its tree, which is not kept. */
  #parsed(file: string, text: string): (Summarised & { readonly code: NonNullable<ReturnType<typeof parseModule>> }) | undefined {
    const { runtime, declared } = this.#linted;
    const code = parseModule(file, text, this.#linted);
    if (!code) return undefined;
    if (declared) declareApis(code, { ...declared, filename: file });
    return { ...summariseModule(file, code, runtime), code };
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
    if (text === undefined || contentOf(file, text).hash !== this.#entries.get(file)?.content?.hash) return new Map();
    const { cwd, runtime } = this.#linted;
    const parsed = this.#parsed(file, text);
    return parsed ? moduleFacts(parsed, fileOf(parsed.code, file, cwd, runtime)) : new Map();
  }

  /** Is what was linted what is on disk? Then another file may rely on it. */
  #saved(file: string, entry: Entry): Entry | undefined {
    if (contentOnDisk(file)?.hash !== entry.content?.hash) {
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

  search(wanted: WantedApis, byName: boolean): ProjectSearch {
    const { filename, declared } = this.#linted;
    return this.#searches.of(wanted, { filename, declared, disk: this.#disk, byName });
  }

  contents(): ReadonlyMap<string, string | undefined> {
    return new Map([...this.#entries].map(([file, { content }]) => [file, content?.hash]));
  }

  /**
   * Asks the disk about everything that is known, which takes a few microseconds each: so seldom that it is lost in the
   * time of a run over many files, one right after the other, and at every change that a person can make in an editor.
   */
  #check(): void {
    const now = performance.now();
    const isRun = now - this.#begun < 100;
    this.#begun = now;
    if (now - this.#checked < (this.#entries.size + this.#disk.size()) * (isRun ? 4 : 0.25)) return;
    this.#checked = now;
    let isGone = false;
    for (const [file, entry] of this.#entries) {
      const { mtimeMs, size } = timesOf(file);
      if ((mtimeMs === entry.mtimeMs && size === entry.size) || entry.isLinted) continue;
      const found = contentOnDisk(file);
      isGone ||= found === undefined;
      if (found?.hash === entry.content?.hash) this.#entries.set(file, { ...entry, mtimeMs, size });
      else this.#forget(file);
    }
    if (!isGone && !this.#disk.haveChanged()) return;
    this.#disk = folders();
    this.#files.clear();
    this.#last = { from: '', files: new Map<string, string | undefined>() };
    this.#searches.forget();
  }

  #forget(file: string): void {
    this.#entries.delete(file);
    this.#searches.forget();
  }

  /** Of a file that is being written, what was in it. */
  #forgetText(file: string): void {
    this.#entries.delete(file);
    this.#searches.forgetText();
  }
}

/** As many as a person has open. */
const maxUnsaved = 50;

/** In characters, of a machine that may be small. */
const maxTextLength = 2 ** 25;

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}

function timesOf(file: string): Times {
  const { mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
  return { mtimeMs, size };
}

function contentOnDisk(file: string): Content | undefined {
  const text = readText(file);
  return text === undefined ? undefined : contentOf(file, text);
}

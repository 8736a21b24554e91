import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { importedNames } from './module-import.js';

/** A function of another module that an edit calls. */
export interface Wanted {
  /** The module's specifiers, of which the first is written where none is there yet. */
  readonly modules: readonly [string, ...string[]];
  readonly export: string;
  /** Other names for it, where its own is taken in the file. */
  readonly aliases: readonly [string, ...string[]];
  /** Names for the whole module, where only that can be imported. */
  readonly namespaces: readonly [string, ...string[]];
}

/** How a function is called at a place, and the edit that makes the name known there, if it is not yet. */
export interface NamedImport {
  readonly name: string;
  readonly edit: ((fixer: TSESLint.RuleFixer) => TSESLint.RuleFix) | undefined;
}

/** A function as this file names it, imported in the file's own module style where it is not yet. */
export function namedImport(place: TSESTree.Node, code: Readonly<TSESLint.SourceCode>, filename: string, { modules, namespaces, ...wanted }: Wanted): NamedImport {
  const module = { specifier: modules[0], isSpelled: (specifier: string) => modules.includes(specifier), defaultHasAll: false, aliases: () => wanted.aliases, namespaces };
  const { names, edit } = importedNames([wanted.export], module, place, code, filename);
  return { name: names[wanted.export]!, edit };
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type ImportedModule, importedNames, type ImportedNames } from './module-import.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What fixes use of the runtime, and how it is called where its own name is taken. */
const aliases = { offload: 'runOffloaded', offloadable: 'registerOffloadable' } as const;

export type RuntimeExport = keyof typeof aliases;

/** How `offload` is called at a place, and the edit that makes the name known there, if it is not yet. */
export interface RuntimeImport {
  readonly name: string;
  readonly edit: ImportedNames['edit'];
}

/** How several of the runtime's functions are called at a place. */
export interface RuntimeImports extends ImportedNames {
  readonly names: Readonly<Record<RuntimeExport, string>>;
}

/** The runtime's `offload` as this file names it, imported in the file's own module style where it is not yet. */
export function runtimeImport(call: TSESTree.Node, code: Code, filename: string, runtime: string): RuntimeImport {
  const { names, edit } = runtimeImports(['offload'], call, code, filename, runtime);
  return { name: names.offload, edit };
}

/** Functions of the runtime as this file names them, imported in the file's own module style where they are not yet. */
export function runtimeImports(wanted: readonly RuntimeExport[], call: TSESTree.Node, code: Code, filename: string, runtime: string): RuntimeImports {
  const module: ImportedModule = {
    specifier: runtime,
    isSpelled: (specifier) => specifier === runtime,
    defaultHasAll: false,
    alias: (exported) => aliases[exported as RuntimeExport],
    namespaces: ['offloadRuntime', 'eslintPluginOffloadRuntime'],
  };
  const imported = importedNames(wanted, module, call, code, filename);
  return { ...imported, names: { offload: 'offload', offloadable: 'offloadable', ...imported.names } };
}

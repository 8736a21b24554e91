import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { importedNames, type ImportedNames } from './module-import.js';
import type { NamedImport } from './named-import.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What fixes use of the runtime, and how it is called where its own name is taken. */
const aliases = { offload: 'runOffloaded', offloadable: 'registerOffloadable' } as const;

export type RuntimeExport = keyof typeof aliases;

/** How several of the runtime's functions are called at a place. */
export interface RuntimeImports extends ImportedNames {
  readonly names: Readonly<Record<RuntimeExport, string>>;
}

/** The runtime's `offload` as this file names it. */
export function runtimeImport(call: TSESTree.Node, code: Code, filename: string, runtime: string): NamedImport {
  const { names, edit } = runtimeImports(['offload'], call, code, filename, runtime);
  return { name: names.offload, edit };
}

/** Functions of the runtime as this file names them. */
export function runtimeImports(wanted: readonly RuntimeExport[], call: TSESTree.Node, code: Code, filename: string, runtime: string): RuntimeImports {
  const module = {
    specifier: runtime,
    isSpelled: (specifier: string) => specifier === runtime,
    defaultHasAll: false,
    aliases: (exported: string) => [aliases[exported as RuntimeExport]],
    namespaces: ['offloadRuntime', 'eslintPluginOffloadRuntime'],
  };
  const imported = importedNames(wanted, module, call, code, filename);
  return { ...imported, names: { offload: 'offload', offloadable: 'offloadable', ...imported.names } };
}

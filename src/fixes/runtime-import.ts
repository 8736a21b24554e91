import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type NamedImport, namedImport } from './named-import.js';

/** The runtime's `offload` as this file names it. */
export function runtimeImport(call: TSESTree.Node, code: Readonly<TSESLint.SourceCode>, filename: string, runtime: string): NamedImport {
  return namedImport(call, code, filename, { modules: [runtime], export: 'offload', aliases: ['runOffloaded'], namespaces: ['offloadRuntime', 'eslintPluginOffloadRuntime'] });
}

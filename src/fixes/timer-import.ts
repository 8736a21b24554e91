import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type NamedImport, namedImport } from './named-import.js';

/**
 * The `setTimeout` of `node:timers/promises` as this file names it: under another name wherever the file uses the global
 * one, which an import of that name would hide.
 */
export function timerImport(place: TSESTree.Node, code: Readonly<TSESLint.SourceCode>, filename: string): NamedImport {
  return namedImport(place, code, filename, {
    modules: ['node:timers/promises', 'timers/promises'],
    export: 'setTimeout',
    aliases: ['delay', 'setTimeoutPromise'],
    namespaces: ['timers', 'timersPromises'],
  });
}

import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { pathOf, type Place } from './installed.js';

type Code = Readonly<TSESLint.SourceCode>;
export type ScopeManager = NonNullable<Code['scopeManager']>;
export type SourceType = 'module' | 'commonjs';

interface ScopePackage {
  readonly analyze: (ast: TSESTree.Program, options: object) => ScopeManager;
}

/** A tree whose nodes know their parents, and what its scopes are made by. */
export interface Tree {
  readonly ast: TSESTree.Program;
  readonly sourceType: SourceType;
  readonly visitorKeys: Code['visitorKeys'];
}

/** As ESLint does it for parsers that make no scopes, and with the very package that it does it with, which is loaded by now. */
export function scopesOf({ ast, sourceType, visitorKeys }: Tree, place: Place): ScopeManager {
  const { analyze } = (eslintScope ??= loadedEslintScope(place));
  return analyze(ast, { ecmaVersion: 2026, sourceType, childVisitorKeys: visitorKeys, fallback: Object.keys, ignoreEval: true, nodejsScope: sourceType === 'commonjs' });
}

let eslintScope: ScopePackage | undefined;

function loadedEslintScope({ cwd }: Place): ScopePackage {
  const require = createRequire(join(cwd, 'package.json'));
  const loaded = Object.keys(require.cache).find((path) => /[\\/]eslint-scope[\\/]dist[\\/][^\\/]*$/.test(path));
  const eslint = require.cache[loaded ?? '']?.exports as ScopePackage | undefined;
  return eslint ?? (createRequire(require.resolve('eslint'))('eslint-scope') as ScopePackage);
}

/** Scopes of a tree with types, as typescript-eslint's parser makes them, but for the language's own names; undefined where it is not installed. */
export function scopesWithTypesOf({ ast, sourceType, visitorKeys }: Tree, place: Place): ScopeManager | undefined {
  typescriptScope ??= loadTypescriptScope(place);
  if (typescriptScope === 'none') return undefined;
  const isCommonJs = sourceType === 'commonjs';
  return typescriptScope.analyze(ast, { sourceType: isCommonJs ? 'script' : 'module', childVisitorKeys: visitorKeys, globalReturn: isCommonJs, lib: [] });
}

let typescriptScope: ScopePackage | 'none' | undefined;

function loadTypescriptScope(place: Place): ScopePackage | 'none' {
  const parser = pathOf('@typescript-eslint/parser', place);
  try {
    return parser === undefined ? 'none' : (createRequire(parser)('@typescript-eslint/scope-manager') as ScopePackage);
  } catch {
    return 'none';
  }
}

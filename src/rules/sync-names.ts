import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

/** A name that ends in `Sync` in or below the callee of a call, or as one of its arguments: what `n/no-sync` of eslint-plugin-n looks at. */
const selectors = ['CallExpression > MemberExpression.callee Identifier[name=/Sync$/]', 'CallExpression > Identifier[name=/Sync$/]'];

export interface SyncNameOptions {
  readonly allowAtRootLevel: boolean;
  readonly ignores: readonly string[];
}

/** Calls by name alone, whatever they call, wherever they stand: `visit` is given each name and the call that it names, if it is a callee. */
export function syncNames({ allowAtRootLevel, ignores }: SyncNameOptions, visit: (name: TSESTree.Identifier, call: TSESTree.CallExpression | undefined) => void): TSESLint.RuleListener {
  const selector = selectors.map((one) => (allowAtRootLevel ? `:function ${one}` : one)).join(', ');
  return {
    [selector](name: TSESTree.Identifier): void {
      if (!ignores.includes(name.name)) visit(name, callOf(name));
    },
  };
}

function callOf(name: TSESTree.Identifier): TSESTree.CallExpression | undefined {
  const callee = name.parent.type === 'MemberExpression' && name.parent.property === name ? name.parent : name;
  const { parent } = callee;
  return parent.type === 'CallExpression' && parent.callee === callee ? parent : undefined;
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

type Code = Readonly<TSESLint.SourceCode>;

/**
 * The statements of a file's module, in the order of the text. The parsers of components put markup beside them: Svelte's an
 * element for each script, with its statements inside, and Astro's a fragment below those of the front matter.
 */
export function moduleStatements({ ast }: Code): readonly TSESTree.ProgramStatement[] {
  if (!ast.body.some(isMarkup)) return ast.body;
  return ast.body.flatMap((node) => (isMarkup(node) ? statementsIn(node) : [node]));
}

/** Does a component have no script, or an empty one? Then there is no place for an import. */
export function hasNoModule(code: Code): boolean {
  return code.ast.body.some(isMarkup) && moduleStatements(code).length === 0;
}

function isMarkup({ type }: TSESTree.Node): boolean {
  return /^(?:Astro|Svelte)[A-Z]/.test(type);
}

function statementsIn(markup: TSESTree.Node): readonly TSESTree.ProgramStatement[] {
  const { type, body } = markup as unknown as { readonly type: string; readonly body: readonly TSESTree.ProgramStatement[] };
  return type === 'SvelteScriptElement' ? body : [];
}

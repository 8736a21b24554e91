import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

/** What comments say about the declarations that they stand above: `@blocking` or `@nonblocking`, by the offset of the declaration. */
export type Annotations = ReadonlyMap<number, 'blocking' | 'nonblocking'>;

const annotation = /^\s*\*?\s*@(blocking|nonblocking)\b/m;

/** Reads the annotations of a file. A comment belongs to what comes after it, other comments and white space aside. */
export function annotationsOf({ ast: { comments }, text }: Pick<Readonly<TSESLint.SourceCode>, 'ast' | 'text'>): Annotations {
  const found = new Map<number, 'blocking' | 'nonblocking'>();
  if (!/@(?:non)?blocking\b/.test(text)) return found;
  for (const comment of comments) {
    const [, said] = (comment.type === 'Block' ? annotation.exec(comment.value) : undefined) ?? [];
    if (said !== undefined) found.set(startOfNext(comment.range[1], comments, text), said as 'blocking' | 'nonblocking');
  }
  return found;
}

/** What is said of a function by the comment above its declaration. */
export function annotationOf(declaration: TSESTree.Node, annotations: Annotations): 'blocking' | 'nonblocking' | undefined {
  if (annotations.size === 0) return undefined;
  const said = annotations.get(declaration.range[0]);
  if (said) return said;
  const { parent } = declaration;
  return parent && declares(parent, declaration) ? annotationOf(parent, annotations) : undefined;
}

/** Is a node all that its parent declares, so that a comment above the one is about the other? */
export function declares(parent: TSESTree.Node, node: TSESTree.Node): boolean {
  switch (parent.type) {
    case 'VariableDeclarator':
      return parent.init === node;
    case 'VariableDeclaration':
      return parent.declarations.length === 1;
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'Property':
      return parent.value === node;
    case 'AssignmentExpression':
      return parent.right === node;
    case 'ExpressionStatement':
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      return true;
    default:
      return false;
  }
}

/** Where what comes after a place begins, comments left out. */
export function startOfNext(end: number, comments: readonly TSESTree.Comment[], text: string): number {
  const start = end + /^\s*/.exec(text.slice(end))![0].length;
  const next = comments.find((comment) => comment.range[0] === start);
  return next ? startOfNext(next.range[1], comments, text) : start;
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

/** What comments say about the declarations that they stand above: `@blocking` or `@nonblocking`, by the offset of the declaration. */
export type Annotations = ReadonlyMap<number, 'blocking' | 'nonblocking'>;

const annotation = /^\s*\*?\s*@(blocking|nonblocking)\b/m;

/** Reads the annotations of a file. A comment belongs to what comes after it, other comments and white space aside. */
export function annotationsOf({ ast: { comments }, text }: Pick<Readonly<TSESLint.SourceCode>, 'ast' | 'text'>): Annotations {
  const found = new Map<number, 'blocking' | 'nonblocking'>();
  if (!/@(?:non)?blocking\b/.test(text)) return found;
  for (const [place, { type, value }] of placedComments({ comments, text })) {
    const [, said] = (type === 'Block' ? annotation.exec(value) : undefined) ?? [];
    if (said !== undefined) found.set(place, said as 'blocking' | 'nonblocking');
  }
  return found;
}

/** Each comment, in their order, with the offset at which begins what comes after it, other comments and white space aside. */
export function placedComments({ comments, text }: { readonly comments: readonly TSESTree.Comment[]; readonly text: string }): readonly (readonly [place: number, comment: TSESTree.Comment])[] {
  const found: [number, TSESTree.Comment][] = [];
  // From the last one, so that each knows at once what comes after the next.
  for (const comment of [...comments].reverse()) {
    const start = endOfSpace(text, comment.range[1]);
    const next = found.at(-1);
    found.push([next?.[1].range[0] === start ? next[0] : start, comment]);
  }
  return found.reverse();
}

function endOfSpace(text: string, start: number): number {
  const found = text.slice(start).search(/\S/);
  return found < 0 ? text.length : start + found;
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

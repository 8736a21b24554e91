import { createRequire } from 'node:module';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { SourceType } from './scopes.js';

/** What `oxc-parser` of npm offers, as far as it is used here. */
export interface OxcParser {
  readonly parseSync: (file: string, text: string, options: object) => { readonly program: TSESTree.Program; readonly comments: readonly OxcComment[]; readonly errors: readonly unknown[] };
  readonly visitorKeys: TSESLint.SourceCode.VisitorKeys;
}

interface OxcComment {
  readonly type: 'Line' | 'Block';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The project's own, if it is installed and has what is asked of it. It is several times as quick as a parser in JavaScript. */
export function loadOxcParser(path: string): OxcParser | undefined {
  try {
    const { parseSync, visitorKeys } = createRequire(path)(path) as Partial<OxcParser>;
    return parseSync && visitorKeys ? { parseSync, visitorKeys } : undefined;
  } catch {
    // There is no binary for this machine.
    return undefined;
  }
}

/**
 * A file's syntax tree as typescript-eslint's parser makes it, without `loc`, which takes long to make and is not asked for;
 * undefined where something is wrong with it, about which the parser of the project is asked then.
 */
export function parseWithOxc({ parseSync }: OxcParser, file: string, text: string, sourceType: SourceType): TSESTree.Program | undefined {
  const lang = /\.[cm]?ts$/.test(file) ? 'ts' : file.endsWith('.tsx') ? 'tsx' : 'jsx';
  const { program, comments, errors } = parseSync(file, text, { lang, sourceType, astType: 'ts', range: true, preserveParens: false });
  // Versions before 0.80 know no `range`.
  if (errors.length > 0 || !(program.range as unknown)) return undefined;
  return Object.assign(program, { comments: comments.map(({ start, end, ...comment }) => ({ ...comment, range: [start, end] })), tokens: [] });
}

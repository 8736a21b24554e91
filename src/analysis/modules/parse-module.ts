import { createRequire } from 'node:module';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { packageOf, pathOf, type Place } from './installed.js';
import { loadOxcParser, type OxcParser, parseWithOxc } from './oxc-parser.js';
import { type ScopeManager, scopesOf, scopesWithTypesOf, type SourceType } from './scopes.js';

type Code = Readonly<TSESLint.SourceCode>;

/** How the file that is being linted was parsed, which is how the files are parsed that it leads to. */
export interface ParsedWith extends Place {
  readonly parser: Parser | undefined;
  readonly parserOptions: Readonly<Record<string, unknown>>;
  readonly visitorKeys: Code['visitorKeys'];
}

interface Parser {
  readonly name?: string;
  readonly meta?: { readonly name?: string };
  readonly parseForESLint?: (text: string, options: object) => { readonly ast: TSESTree.Program; readonly scopeManager?: ScopeManager | null; readonly visitorKeys?: Code['visitorKeys'] };
  readonly parse?: (text: string, options: object) => TSESTree.Program;
}

/** Options that make a parser load a whole program with its types: minutes for what is asked here, which is syntax. */
const typed = ['project', 'projectService', 'program', 'programs', 'EXPERIMENTAL_useProjectService'];

/** A file's tree and scopes, as far as the analysis asks for them; undefined for a file that no parser at hand can read. */
export function parseModule(file: string, text: string, how: ParsedWith): Code | undefined {
  const parser = parserFor(file, how);
  const oxc = parser && oxcParserFor(how);
  // Most files are modules; what is no module is tried as a script of CommonJS.
  for (const sourceType of /\.c[jt]s$/.test(file) ? (['commonjs'] as const) : (['module', 'commonjs'] as const)) {
    try {
      return parser && ((oxc && withOxc(oxc, { file, text, sourceType, how })) ?? parseWith(parser, file, text, sourceType, how));
    } catch {
      continue;
    }
  }
  return undefined;
}

/**
 * What reads a file: the parser of the one that is linted, or of the scripts in it, else typescript-eslint's, if the project has
 * it, else ESLint's own.
 */
export function parserFor(file: string, how: ParsedWith): Parser | undefined {
  const isTypeScript = /\.[cm]?tsx?$/.test(file);
  const reads = (parser: unknown): parser is Parser => isParser(parser) && !readsNoModules.has(nameOf(parser)) && (!isTypeScript || nameOf(parser) !== 'espree');
  const own = [how.parser, how.parserOptions['parser']].find(reads);
  if (own) return own;
  const installed = packageOf('@typescript-eslint/parser', how);
  return isParser(installed) ? installed : isTypeScript ? undefined : ownParser(how);
}

/** Parsers of components, which take everything for one, and oxlint's, which throws whatever it is given. */
const readsNoModules = new Set(['astro-eslint-parser', 'oxlint', 'svelte-eslint-parser']);

function isParser(value: unknown): value is Parser {
  const { parse, parseForESLint } = (value ?? {}) as Partial<Parser>;
  return typeof parse === 'function' || typeof parseForESLint === 'function';
}

/** ESLint's own is the one without a name, or with this one. */
function nameOf({ meta, name }: Parser): string {
  return meta?.name ?? name ?? 'espree';
}

function ownParser(how: ParsedWith): Parser | undefined {
  const eslint = pathOf('eslint', how);
  return eslint === undefined ? undefined : (createRequire(eslint)('espree') as Parser);
}

function parseWith(parser: Parser, file: string, text: string, sourceType: SourceType, how: ParsedWith): Code {
  const { ecmaFeatures, ...given } = how.parserOptions;
  for (const name of typed) Reflect.deleteProperty(given, name);
  const options = {
    ...given,
    ecmaVersion: 'latest',
    sourceType,
    ecmaFeatures: { ...(ecmaFeatures as object | undefined), jsx: true, globalReturn: sourceType === 'commonjs' },
    // Of the names that a language has of itself, none is asked for.
    ...{ loc: true, range: true, comment: true, tokens: false, lib: [] },
    filePath: file,
  };
  const parsed = parser.parseForESLint ? parser.parseForESLint(text, options) : { ast: parser.parse!(text, options) };
  const visitorKeys = parsed.visitorKeys ?? how.visitorKeys;
  setParents(parsed.ast, visitorKeys);
  const scopeManager = parsed.scopeManager ?? scopesOf({ ast: parsed.ast, sourceType, visitorKeys }, how);
  return codeOf(parsed.ast, text, scopeManager, visitorKeys);
}

let oxcParser: OxcParser | undefined;
let isOxcKnown = false;

/** Looked for once: a process that lints for hours finds it when it is started again. */
function oxcParserFor(how: ParsedWith): OxcParser | undefined {
  if (isOxcKnown) return oxcParser;
  isOxcKnown = true;
  const path = pathOf('oxc-parser', how);
  return (oxcParser = path === undefined ? undefined : loadOxcParser(path));
}

interface Source {
  readonly file: string;
  readonly text: string;
  readonly sourceType: SourceType;
  readonly how: ParsedWith;
}

function withOxc(oxc: OxcParser, { file, text, sourceType, how }: Source): Code | undefined {
  const { visitorKeys } = oxc;
  const ast = parseWithOxc(oxc, file, text, sourceType);
  if (!ast) return undefined;
  setParents(ast, visitorKeys);
  const tree = { ast, sourceType, visitorKeys };
  const scopeManager = scopesWithTypesOf(tree, how) ?? (/\.[cm]?tsx?$/.test(file) ? undefined : scopesOf(tree, how));
  return scopeManager && codeOf(ast, text, scopeManager, visitorKeys);
}

function setParents(node: TSESTree.Node, visitorKeys: Code['visitorKeys']): void {
  for (const key of visitorKeys[node.type] ?? []) {
    const value = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(value)) for (const child of value as (TSESTree.Node | null | undefined)[]) setParent(child, node, visitorKeys);
    else setParent(value as TSESTree.Node | null | undefined, node, visitorKeys);
  }
}

function setParent(child: TSESTree.Node | null | undefined, parent: TSESTree.Node, visitorKeys: Code['visitorKeys']): void {
  if (typeof child?.type !== 'string') return;
  child.parent ??= parent;
  setParents(child, visitorKeys);
}

/** The part of ESLint's `SourceCode` that the analysis of other files uses: `SourceCode` itself wants tokens, and takes as long again. */
function codeOf(ast: TSESTree.Program, text: string, scopeManager: ScopeManager, visitorKeys: Code['visitorKeys']): Code {
  let starts: readonly number[] | undefined;
  const code: Pick<Code, 'ast' | 'text' | 'visitorKeys' | 'scopeManager'> & Required<Pick<Code, 'getScope' | 'getText' | 'getDeclaredVariables' | 'getLocFromIndex'>> = {
    ast: ast as Code['ast'],
    ...{ text, visitorKeys, scopeManager },
    getDeclaredVariables: (node) => scopeManager.getDeclaredVariables(node),
    getText: (node) => (node ? text.slice(...node.range) : text),
    getLocFromIndex: (index) => locationAt(index, (starts ??= lineStarts(text))),
    getScope(start) {
      for (let node: TSESTree.Node | undefined = start; node; node = node.parent) {
        const scope = scopeManager.acquire(node, start.type !== 'Program');
        if (scope) return scope.type === 'function-expression-name' ? scope.childScopes[0]! : scope;
      }
      return scopeManager.scopes[0]!;
    },
  };
  return code as Code;
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|[\r\n\u2028\u2029]/g)].map(({ 0: end, index }) => index + end.length)];
}

function locationAt(index: number, starts: readonly number[]): TSESTree.Position {
  let [from, to] = [0, starts.length];
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (starts[middle]! <= index) from = middle;
    else to = middle;
  }
  return { line: from + 1, column: index - starts[from]! };
}

import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { loadOxcParser, type OxcParser, parseWithOxc } from './oxc-parser.js';

type Code = Readonly<TSESLint.SourceCode>;

/** How the file that is being linted was parsed, which is how the files are parsed that it leads to. */
export interface ParsedWith {
  readonly parser: Parser | undefined;
  readonly parserOptions: Readonly<Record<string, unknown>>;
  readonly visitorKeys: Code['visitorKeys'];
  /** The file itself, from where packages are looked for. */
  readonly filename: string;
  readonly cwd: string;
}

interface Parser {
  readonly name?: string;
  readonly meta?: { readonly name?: string };
  readonly parseForESLint?: (text: string, options: object) => { readonly ast: TSESTree.Program; readonly scopeManager?: ScopeManager | null; readonly visitorKeys?: Code['visitorKeys'] };
  readonly parse?: (text: string, options: object) => TSESTree.Program;
}

type ScopeManager = NonNullable<Code['scopeManager']>;

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

function parseWith(parser: Parser, file: string, text: string, sourceType: 'module' | 'commonjs', how: ParsedWith): Code {
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
  const scopeManager = parsed.scopeManager ?? analyseScopes(parsed.ast, sourceType, visitorKeys, how);
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
  readonly sourceType: 'module' | 'commonjs';
  readonly how: ParsedWith;
}

function withOxc(oxc: OxcParser, { file, text, sourceType, how }: Source): Code | undefined {
  const scopes = scopesWithTypes(how);
  if (!scopes && /\.[cm]?tsx?$/.test(file)) return undefined;
  const ast = parseWithOxc(oxc, file, text, sourceType);
  if (!ast) return undefined;
  setParents(ast, oxc.visitorKeys);
  const scopeManager = scopes ? scopes.analyze(ast, { sourceType: sourceType === 'module' ? 'module' : 'script', childVisitorKeys: oxc.visitorKeys, globalReturn: sourceType === 'commonjs', lib: [] }) : analyseScopes(ast, sourceType, oxc.visitorKeys, how);
  return codeOf(ast, text, scopeManager, oxc.visitorKeys);
}

/** What typescript-eslint's parser makes scopes with. */
function scopesWithTypes(how: ParsedWith): Scopes | undefined {
  if (typedScopes !== undefined) return typedScopes ?? undefined;
  const parser = pathOf('@typescript-eslint/parser', how);
  try {
    typedScopes = parser === undefined ? null : (createRequire(parser)('@typescript-eslint/scope-manager') as Scopes);
  } catch {
    typedScopes = null;
  }
  return typedScopes ?? undefined;
}

let typedScopes: Scopes | null | undefined;

function setParents(node: TSESTree.Node, visitorKeys: Code['visitorKeys']): void {
  for (const key of visitorKeys[node.type] ?? []) {
    const value = (node as unknown as Record<string, unknown>)[key];
    for (const child of (Array.isArray(value) ? value : [value]) as (TSESTree.Node | null | undefined)[]) {
      if (typeof child?.type !== 'string') continue;
      child.parent ??= node;
      setParents(child, visitorKeys);
    }
  }
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

interface Scopes {
  readonly analyze: (ast: TSESTree.Program, options: object) => ScopeManager;
}

/** As ESLint does it for parsers that make no scopes, and with the very package that it does it with, which is loaded by now. */
function analyseScopes(ast: TSESTree.Program, sourceType: string, childVisitorKeys: Code['visitorKeys'], how: ParsedWith): ScopeManager {
  const { analyze } = (scopes ??= loadedScopes(how));
  return analyze(ast, { ecmaVersion: 2026, sourceType, childVisitorKeys, fallback: Object.keys, ignoreEval: true, nodejsScope: sourceType === 'commonjs' });
}

let scopes: Scopes | undefined;

function loadedScopes({ cwd }: ParsedWith): Scopes {
  const require = createRequire(join(cwd, 'package.json'));
  const loaded = Object.keys(require.cache).find((path) => /[\\/]eslint-scope[\\/]dist[\\/][^\\/]*$/.test(path));
  const eslint = require.cache[loaded ?? '']?.exports as Scopes | undefined;
  return eslint ?? (createRequire(require.resolve('eslint'))('eslint-scope') as Scopes);
}

function packageOf(name: string, how: ParsedWith): unknown {
  const path = pathOf(name, how);
  return path === undefined ? undefined : createRequire(path)(path);
}

/** Where the project has a package, or the ESLint that runs. */
function pathOf(name: string, { filename, cwd }: ParsedWith): string | undefined {
  for (const from of [filename, join(cwd, 'package.json'), process.argv[1]]) {
    try {
      if (from !== undefined) return createRequire(from).resolve(name);
    } catch {
      continue;
    }
  }
  return undefined;
}

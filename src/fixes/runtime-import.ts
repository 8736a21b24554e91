import { findVariable } from '@eslint-community/eslint-utils';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type ModuleStyle, moduleStyle } from '../analysis/module-style.js';
import { unwrapped } from '../analysis/syntax.js';
import { freeName } from './free-name.js';
import { insertModuleStatement, quoted } from './module-statement.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What fixes use of the runtime, and how it is called where its own name is taken. */
const aliases = { offload: 'runOffloaded', offloadable: 'registerOffloadable' } as const;

export type RuntimeExport = keyof typeof aliases;

/** How `offload` is called at a place, and the edit that makes the name known there, if it is not yet. */
export interface RuntimeImport {
  readonly name: string;
  readonly edit: Edit | undefined;
}

/** How several of the runtime's functions are called at a place. */
export interface RuntimeImports {
  readonly names: Readonly<Record<RuntimeExport, string>>;
  readonly edit: Edit | undefined;
  /** The last statement that imports one of them already. */
  readonly statement: TSESTree.Node | undefined;
}

type Edit = (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix;
type Names = Partial<Record<RuntimeExport, string>>;

/** The runtime's `offload` as this file names it, imported in the file's own module style where it is not yet. */
export function runtimeImport(call: TSESTree.Node, code: Code, filename: string, runtime: string): RuntimeImport {
  const { names, edit } = runtimeImports(['offload'], call, code, filename, runtime);
  return { name: names.offload, edit };
}

/** Functions of the runtime as this file names them, imported in the file's own module style where they are not yet. */
export function runtimeImports(wanted: readonly RuntimeExport[], call: TSESTree.Node, code: Code, filename: string, runtime: string): RuntimeImports {
  const names: Names = {};
  let last: TSESTree.Node | undefined;
  for (const statement of code.ast.body) {
    for (const one of wanted) {
      const known = names[one] === undefined ? knownName(statement, one, runtime) : undefined;
      if (known && isVisible(known.binding, call, code)) [names[one], last] = [known.name, statement];
    }
  }
  const missing = wanted.filter((one) => names[one] === undefined);
  const made = missing.length === 0 ? undefined : addition(missing, call, code, filename, runtime);
  return { names: { offload: 'offload', offloadable: 'offloadable', ...names, ...made?.names }, edit: made?.edit, statement: last };
}

function addition(missing: readonly RuntimeExport[], call: TSESTree.Node, code: Code, filename: string, runtime: string): { readonly names: Names; readonly edit: Edit } {
  for (const statement of code.ast.body) {
    const extend = extended(statement, missing, runtime, code);
    if (extend) return extend;
  }
  return added(missing, call, moduleStyle(code, filename), code, runtime);
}

interface KnownName {
  /** What is written before the parenthesis: `offload`, `runtime.offload`. */
  readonly name: string;
  /** The identifier that declares it. */
  readonly binding: TSESTree.Identifier;
}

function knownName(statement: TSESTree.Node, wanted: RuntimeExport, runtime: string): KnownName | undefined {
  if (statement.type === 'ImportDeclaration' && statement.importKind !== 'type' && statement.source.value === runtime) {
    for (const specifier of statement.specifiers) {
      if (specifier.type === 'ImportNamespaceSpecifier') return { name: `${specifier.local.name}.${wanted}`, binding: specifier.local };
      if (specifier.type === 'ImportSpecifier' && specifier.importKind !== 'type' && importedName(specifier) === wanted) return { name: specifier.local.name, binding: specifier.local };
    }
  }
  if (statement.type === 'TSImportEqualsDeclaration' && statement.importKind !== 'type' && statement.moduleReference.type === 'TSExternalModuleReference') {
    const { expression } = statement.moduleReference;
    if (expression.value === runtime) return { name: `${statement.id.name}.${wanted}`, binding: statement.id };
  }
  for (const { id } of requireDeclarators(statement, runtime)) {
    if (id.type === 'Identifier') return { name: `${id.name}.${wanted}`, binding: id };
    if (id.type !== 'ObjectPattern') continue;
    for (const property of id.properties) {
      if (property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === wanted && property.value.type === 'Identifier') return { name: property.value.name, binding: property.value };
    }
  }
  return undefined;
}

/** The declaration of other names from the runtime, with the missing ones added. */
function extended(statement: TSESTree.Node, missing: readonly RuntimeExport[], runtime: string, code: Code): ReturnType<typeof addition> | undefined {
  if (statement.type === 'ImportDeclaration' && statement.importKind !== 'type' && statement.source.value === runtime) {
    const last = statement.specifiers.findLast((specifier) => specifier.type === 'ImportSpecifier');
    return last && addedAfter(last, missing, ' as ', code);
  }
  for (const { id } of requireDeclarators(statement, runtime)) {
    const last = id.type === 'ObjectPattern' ? id.properties[id.properties.length - 1] : undefined;
    if (last?.type === 'Property') return addedAfter(last, missing, ': ', code);
  }
  return undefined;
}

function addedAfter(last: TSESTree.Node, missing: readonly RuntimeExport[], as: string, code: Code): ReturnType<typeof addition> {
  const names = freeNames(missing, code);
  return { names, edit: (fixer) => fixer.insertTextAfter(last, `, ${listed(names, as)}`) };
}

function added(missing: readonly RuntimeExport[], call: TSESTree.Node, style: ModuleStyle, code: Code, runtime: string): ReturnType<typeof addition> {
  const specifier = quoted(runtime, code);
  if (style === 'import-equals') {
    const name = freeName(['offloadRuntime', 'eslintPluginOffloadRuntime'], code);
    return { names: Object.fromEntries(missing.map((one) => [one, `${name}.${one}`])), edit: (fixer) => insertModuleStatement(fixer, `import ${name} = require(${specifier})`, style, call, code) };
  }
  const names = freeNames(missing, code);
  const statement = style === 'import' ? `import { ${listed(names, ' as ')} } from ${specifier}` : `const { ${listed(names, ': ')} } = require(${specifier})`;
  return { names, edit: (fixer) => insertModuleStatement(fixer, statement, style, call, code) };
}

function freeNames(missing: readonly RuntimeExport[], code: Code): Names {
  return Object.fromEntries(missing.map((one) => [one, freeName([one, aliases[one]], code)]));
}

function listed(names: Names, as: string): string {
  return Object.entries(names).map(([exported, local]) => (exported === local ? local : `${exported}${as}${local}`)).join(', ');
}

function requireDeclarators(statement: TSESTree.Node, runtime: string): readonly TSESTree.VariableDeclarator[] {
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.filter(({ init }) => {
    const value = init && unwrapped(init);
    if (value?.type !== 'CallExpression' || value.callee.type !== 'Identifier' || value.callee.name !== 'require') return false;
    const [source] = value.arguments;
    return source?.type === 'Literal' && source.value === runtime;
  });
}

function importedName(specifier: TSESTree.ImportSpecifier): string {
  return specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value;
}

/** Does the name mean this binding at that place, or does something nearer shadow it? */
function isVisible(binding: TSESTree.Identifier, place: TSESTree.Node, code: Code): boolean {
  const variable = findVariable(code.getScope(place) as never, binding.name) as unknown as TSESLint.Scope.Variable | null;
  return variable?.identifiers.includes(binding) === true;
}

import { findVariable } from '@eslint-community/eslint-utils';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { moduleStatements } from '../analysis/module-statements.js';
import { type ModuleStyle, moduleStyle } from '../analysis/module-style.js';
import { unwrapped } from '../analysis/syntax.js';
import { freeName } from './free-name.js';
import { insertModuleStatement, quoted } from './module-statement.js';

type Code = Readonly<TSESLint.SourceCode>;

/** A module that a fix takes names from. */
export interface ImportedModule {
  /** How a new import spells it. */
  readonly specifier: string;
  /** Does an import that is there mean it? `fs` and `node:fs` are one. */
  readonly isSpelled: (specifier: string) => boolean;
  /** Does a default import have all exports as properties, as those of Node's own modules have? */
  readonly defaultHasAll: boolean;
  /** What to call an export whose own name is taken, best first. */
  readonly aliases: (exported: string) => readonly string[];
  /** What to call the whole module, where TypeScript's `import … = require()` is all there is. */
  readonly namespaces: readonly string[];
}

/** How several exports of a module are called at a place. */
export interface ImportedNames {
  readonly names: Readonly<Record<string, string>>;
  /** The edit that makes known there what is not yet. */
  readonly edit: Edit | undefined;
  /** The last statement that imports one of them already. */
  readonly statement: TSESTree.Node | undefined;
}

type Edit = (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix;
type Names = Record<string, string>;

/** Exports of a module as this file names them, imported in the file's own module style where they are not yet. */
export function importedNames(wanted: readonly string[], module: ImportedModule, call: TSESTree.Node, code: Code, filename: string): ImportedNames {
  const names: Names = {};
  let last: TSESTree.Node | undefined;
  for (const statement of moduleStatements(code)) {
    for (const one of wanted) {
      const known = names[one] === undefined ? knownName(statement, one, module) : undefined;
      if (known && isVisible(known.binding, call, code)) [names[one], last] = [known.name, statement];
    }
  }
  const missing = wanted.filter((one) => names[one] === undefined);
  const made = missing.length === 0 ? undefined : addition(missing, module, code, filename);
  return { names: { ...names, ...made?.names }, edit: made?.edit, statement: last };
}

function addition(missing: readonly string[], module: ImportedModule, code: Code, filename: string): { readonly names: Names; readonly edit: Edit } {
  for (const statement of moduleStatements(code)) {
    const extend = extended(statement, missing, module, code);
    if (extend) return extend;
  }
  return added(missing, module, moduleStyle(code, filename), code);
}

interface KnownName {
  /** What is written for it: `offload`, `runtime.offload`. */
  readonly name: string;
  /** The identifier that declares it. */
  readonly binding: TSESTree.Identifier;
}

function knownName(statement: TSESTree.Node, wanted: string, module: ImportedModule): KnownName | undefined {
  if (statement.type === 'ImportDeclaration' && statement.importKind !== 'type' && module.isSpelled(statement.source.value)) {
    for (const specifier of statement.specifiers) {
      if (specifier.type === 'ImportNamespaceSpecifier' || (specifier.type === 'ImportDefaultSpecifier' && module.defaultHasAll)) return { name: `${specifier.local.name}.${wanted}`, binding: specifier.local };
      if (specifier.type === 'ImportSpecifier' && specifier.importKind !== 'type' && importedName(specifier) === wanted) return { name: specifier.local.name, binding: specifier.local };
    }
  }
  if (statement.type === 'TSImportEqualsDeclaration' && statement.importKind !== 'type' && statement.moduleReference.type === 'TSExternalModuleReference') {
    const { expression } = statement.moduleReference;
    if (typeof expression.value === 'string' && module.isSpelled(expression.value)) return { name: `${statement.id.name}.${wanted}`, binding: statement.id };
  }
  for (const { id } of requireDeclarators(statement, module)) {
    if (id.type === 'Identifier') return { name: `${id.name}.${wanted}`, binding: id };
    if (id.type !== 'ObjectPattern') continue;
    for (const property of id.properties) {
      if (property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === wanted && property.value.type === 'Identifier') return { name: property.value.name, binding: property.value };
    }
  }
  return undefined;
}

/** The declaration of other names from the module, with the missing ones added. */
function extended(statement: TSESTree.Node, missing: readonly string[], module: ImportedModule, code: Code): ReturnType<typeof addition> | undefined {
  if (statement.type === 'ImportDeclaration' && statement.importKind !== 'type' && module.isSpelled(statement.source.value)) {
    const last = statement.specifiers.findLast((specifier) => specifier.type === 'ImportSpecifier');
    return last && addedAfter(last, missing, module, ' as ', code);
  }
  for (const { id } of requireDeclarators(statement, module)) {
    const last = id.type === 'ObjectPattern' ? id.properties[id.properties.length - 1] : undefined;
    if (last?.type === 'Property') return addedAfter(last, missing, module, ': ', code);
  }
  return undefined;
}

function addedAfter(last: TSESTree.Node, missing: readonly string[], module: ImportedModule, as: string, code: Code): ReturnType<typeof addition> {
  const names = freeNames(missing, module, code);
  return { names, edit: (fixer) => fixer.insertTextAfter(last, `, ${listed(names, as)}`) };
}

function added(missing: readonly string[], module: ImportedModule, style: ModuleStyle, code: Code): ReturnType<typeof addition> {
  const specifier = quoted(module.specifier, code);
  if (style === 'import-equals') {
    const name = freeName(module.namespaces, code);
    return { names: Object.fromEntries(missing.map((one) => [one, `${name}.${one}`])), edit: (fixer) => insertModuleStatement(fixer, `import ${name} = require(${specifier})`, style, code) };
  }
  const names = freeNames(missing, module, code);
  const statement = style === 'import' ? `import { ${listed(names, ' as ')} } from ${specifier}` : `const { ${listed(names, ': ')} } = require(${specifier})`;
  return { names, edit: (fixer) => insertModuleStatement(fixer, statement, style, code) };
}

function freeNames(missing: readonly string[], { aliases }: ImportedModule, code: Code): Names {
  return Object.fromEntries(missing.map((one) => [one, freeName([one, ...aliases(one)], code)]));
}

function listed(names: Names, as: string): string {
  return Object.entries(names).map(([exported, local]) => (exported === local ? local : `${exported}${as}${local}`)).join(', ');
}

function requireDeclarators(statement: TSESTree.Node, module: ImportedModule): readonly TSESTree.VariableDeclarator[] {
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.filter(({ init }) => {
    const value = init && unwrapped(init);
    if (value?.type !== 'CallExpression' || value.callee.type !== 'Identifier' || value.callee.name !== 'require') return false;
    const [source] = value.arguments;
    return source?.type === 'Literal' && typeof source.value === 'string' && module.isSpelled(source.value);
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

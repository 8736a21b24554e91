import { findVariable } from '@eslint-community/eslint-utils';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type ModuleStyle, moduleStyle } from '../analysis/module-style.js';
import { unwrapped } from '../analysis/syntax.js';
import { freeName } from './free-name.js';
import { insertModuleStatement, quoted } from './module-statement.js';

type Code = Readonly<TSESLint.SourceCode>;

/** A function of another module that an edit calls. */
export interface Wanted {
  /** The module's specifiers, of which the first is written where none is there yet. */
  readonly modules: readonly [string, ...string[]];
  readonly export: string;
  /** Other names for it, where its own is taken in the file. */
  readonly aliases: readonly [string, ...string[]];
  /** Names for the whole module, where only that can be imported. */
  readonly namespaces: readonly [string, ...string[]];
}

/** How a function is called at a place, and the edit that makes the name known there, if it is not yet. */
export interface NamedImport {
  readonly name: string;
  readonly edit: ((fixer: TSESLint.RuleFixer) => TSESLint.RuleFix) | undefined;
}

/** A function as this file names it, imported in the file's own module style where it is not yet. */
export function namedImport(place: TSESTree.Node, code: Code, filename: string, wanted: Wanted): NamedImport {
  let extend: NamedImport | undefined;
  for (const statement of code.ast.body) {
    const known = knownName(statement, wanted);
    if (known && isVisible(known.binding, place, code)) return { name: known.name, edit: undefined };
    extend ??= extended(statement, wanted, code);
  }
  return extend ?? added(place, moduleStyle(code, filename), code, wanted);
}

interface KnownName {
  /** What is written before the parenthesis: `offload`, `runtime.offload`. */
  readonly name: string;
  /** The identifier that declares it. */
  readonly binding: TSESTree.Identifier;
}

function knownName(statement: TSESTree.Node, wanted: Wanted): KnownName | undefined {
  if (statement.type === 'ImportDeclaration' && statement.importKind !== 'type' && wanted.modules.includes(statement.source.value)) {
    for (const specifier of statement.specifiers) {
      if (specifier.type === 'ImportNamespaceSpecifier') return { name: `${specifier.local.name}.${wanted.export}`, binding: specifier.local };
      if (specifier.type === 'ImportSpecifier' && specifier.importKind !== 'type' && importedName(specifier) === wanted.export) return { name: specifier.local.name, binding: specifier.local };
    }
  }
  if (statement.type === 'TSImportEqualsDeclaration' && statement.importKind !== 'type' && statement.moduleReference.type === 'TSExternalModuleReference') {
    const { expression } = statement.moduleReference;
    if (typeof expression.value === 'string' && wanted.modules.includes(expression.value)) return { name: `${statement.id.name}.${wanted.export}`, binding: statement.id };
  }
  for (const { id } of requireDeclarators(statement, wanted)) {
    if (id.type === 'Identifier') return { name: `${id.name}.${wanted.export}`, binding: id };
    if (id.type !== 'ObjectPattern') continue;
    for (const property of id.properties) {
      if (property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === wanted.export && property.value.type === 'Identifier') return { name: property.value.name, binding: property.value };
    }
  }
  return undefined;
}

/** The declaration of other names from the module, with this one added. */
function extended(statement: TSESTree.Node, wanted: Wanted, code: Code): NamedImport | undefined {
  if (statement.type === 'ImportDeclaration' && statement.importKind !== 'type' && wanted.modules.includes(statement.source.value)) {
    const last = statement.specifiers.findLast((specifier) => specifier.type === 'ImportSpecifier');
    return last && addedAfter(last, ' as ', wanted, code);
  }
  for (const { id } of requireDeclarators(statement, wanted)) {
    const last = id.type === 'ObjectPattern' ? id.properties[id.properties.length - 1] : undefined;
    if (last?.type === 'Property') return addedAfter(last, ': ', wanted, code);
  }
  return undefined;
}

function addedAfter(last: TSESTree.Node, as: string, wanted: Wanted, code: Code): NamedImport {
  const name = freeName([wanted.export, ...wanted.aliases], code);
  return { name, edit: (fixer) => fixer.insertTextAfter(last, `, ${renamed(wanted.export, as, name)}`) };
}

function added(place: TSESTree.Node, style: ModuleStyle, code: Code, wanted: Wanted): NamedImport {
  const specifier = quoted(wanted.modules[0], code);
  if (style === 'import-equals') {
    const name = freeName(wanted.namespaces, code);
    return { name: `${name}.${wanted.export}`, edit: (fixer) => insertModuleStatement(fixer, `import ${name} = require(${specifier})`, style, place, code) };
  }
  const name = freeName([wanted.export, ...wanted.aliases], code);
  const statement =
    style === 'import'
      ? `import { ${renamed(wanted.export, ' as ', name)} } from ${specifier}`
      : `const { ${renamed(wanted.export, ': ', name)} } = require(${specifier})`;
  return { name, edit: (fixer) => insertModuleStatement(fixer, statement, style, place, code) };
}

function renamed(exported: string, as: string, name: string): string {
  return name === exported ? name : exported + as + name;
}

function requireDeclarators(statement: TSESTree.Node, { modules }: Wanted): readonly TSESTree.VariableDeclarator[] {
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.filter(({ init }) => {
    const value = init && unwrapped(init);
    if (value?.type !== 'CallExpression' || value.callee.type !== 'Identifier' || value.callee.name !== 'require') return false;
    const [source] = value.arguments;
    return source?.type === 'Literal' && typeof source.value === 'string' && modules.includes(source.value);
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

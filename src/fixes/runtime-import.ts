import { findVariable } from '@eslint-community/eslint-utils';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type ModuleStyle, moduleStyle } from '../analysis/module-style.js';
import { unwrapped } from '../analysis/syntax.js';
import { freeName } from './free-name.js';
import { insertModuleStatement, quoted } from './module-statement.js';

type Code = Readonly<TSESLint.SourceCode>;

/** How `offload` is called at a place, and the edit that makes the name known there, if it is not yet. */
export interface RuntimeImport {
  readonly name: string;
  readonly edit: ((fixer: TSESLint.RuleFixer) => TSESLint.RuleFix) | undefined;
}

/** The runtime's `offload` as this file names it, imported in the file's own module style where it is not yet. */
export function runtimeImport(call: TSESTree.Node, code: Code, filename: string, runtime: string): RuntimeImport {
  let extend: RuntimeImport | undefined;
  for (const statement of code.ast.body) {
    const known = knownName(statement, runtime);
    if (known && isVisible(known.binding, call, code)) return { name: known.name, edit: undefined };
    extend ??= extended(statement, runtime, code);
  }
  return extend ?? added(call, moduleStyle(code, filename), code, runtime);
}

interface KnownName {
  /** What is written before the parenthesis: `offload`, `runtime.offload`. */
  readonly name: string;
  /** The identifier that declares it. */
  readonly binding: TSESTree.Identifier;
}

function knownName(statement: TSESTree.Node, runtime: string): KnownName | undefined {
  if (statement.type === 'ImportDeclaration' && statement.importKind !== 'type' && statement.source.value === runtime) {
    for (const specifier of statement.specifiers) {
      if (specifier.type === 'ImportNamespaceSpecifier') return { name: `${specifier.local.name}.offload`, binding: specifier.local };
      if (specifier.type === 'ImportSpecifier' && specifier.importKind !== 'type' && importedName(specifier) === 'offload') return { name: specifier.local.name, binding: specifier.local };
    }
  }
  if (statement.type === 'TSImportEqualsDeclaration' && statement.importKind !== 'type' && statement.moduleReference.type === 'TSExternalModuleReference') {
    const { expression } = statement.moduleReference;
    if (expression.value === runtime) return { name: `${statement.id.name}.offload`, binding: statement.id };
  }
  for (const { id } of requireDeclarators(statement, runtime)) {
    if (id.type === 'Identifier') return { name: `${id.name}.offload`, binding: id };
    if (id.type !== 'ObjectPattern') continue;
    for (const property of id.properties) {
      if (property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'offload' && property.value.type === 'Identifier') return { name: property.value.name, binding: property.value };
    }
  }
  return undefined;
}

/** The declaration of other names from the runtime, with `offload` added. */
function extended(statement: TSESTree.Node, runtime: string, code: Code): RuntimeImport | undefined {
  if (statement.type === 'ImportDeclaration' && statement.importKind !== 'type' && statement.source.value === runtime) {
    const last = statement.specifiers.findLast((specifier) => specifier.type === 'ImportSpecifier');
    return last && addedAfter(last, ' as ', code);
  }
  for (const { id } of requireDeclarators(statement, runtime)) {
    const last = id.type === 'ObjectPattern' ? id.properties[id.properties.length - 1] : undefined;
    if (last?.type === 'Property') return addedAfter(last, ': ', code);
  }
  return undefined;
}

function addedAfter(last: TSESTree.Node, as: string, code: Code): RuntimeImport {
  const name = freeName(['offload', 'runOffloaded'], code);
  return { name, edit: (fixer) => fixer.insertTextAfter(last, `, ${name === 'offload' ? name : `offload${as}${name}`}`) };
}

function added(call: TSESTree.Node, style: ModuleStyle, code: Code, runtime: string): RuntimeImport {
  const specifier = quoted(runtime, code);
  if (style === 'import-equals') {
    const name = freeName(['offloadRuntime', 'eslintPluginOffloadRuntime'], code);
    return { name: `${name}.offload`, edit: (fixer) => insertModuleStatement(fixer, `import ${name} = require(${specifier})`, style, call, code) };
  }
  const name = freeName(['offload', 'runOffloaded'], code);
  const statement =
    style === 'import'
      ? `import { ${name === 'offload' ? name : `offload as ${name}`} } from ${specifier}`
      : `const { ${name === 'offload' ? name : `offload: ${name}`} } = require(${specifier})`;
  return { name, edit: (fixer) => insertModuleStatement(fixer, statement, style, call, code) };
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

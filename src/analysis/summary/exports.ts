import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { staticString } from '../reference.js';
import { unwrapped } from '../syntax.js';
import { type AssignedMembers, isExports } from './assigned-members.js';
import type { ModuleSummary, Value } from './module-summary.js';
import type { Values } from './values.js';

type Code = Readonly<TSESLint.SourceCode>;

interface Given {
  readonly file: string;
  readonly code: Code;
  readonly assigned: AssignedMembers;
  readonly calls: readonly TSESTree.Node[];
  readonly values: Values;
}

/** What a module exports, by ES module syntax, by TypeScript's and by CommonJS. */
export function exportsOf({ file, code, assigned, calls, values }: Given): Pick<ModuleSummary, 'exports' | 'whole' | 'exportedAll'> {
  const exports = new Map<string, Value | null>();
  const exportedAll: string[] = [];
  let whole = assigned.exports ? values.valueOf(assigned.exports) : undefined;
  for (const [name, value] of assigned.ofExports) exports.set(name, (value && values.valueOf(value)) ?? null);
  for (const call of calls) {
    const source = starExport(call, code);
    if (source !== undefined) exportedAll.push(source);
  }
  for (const statement of code.ast.body) {
    switch (statement.type) {
      case 'ExportDefaultDeclaration':
        exports.set('default', values.valueOf(statement.declaration) ?? values.classOfType(statement.declaration) ?? null);
        break;
      case 'ExportAllDeclaration':
        if (statement.exported) exports.set(nameOf(statement.exported), { kind: 'import', file, specifier: statement.source.value, path: [] });
        else exportedAll.push(statement.source.value);
        break;
      case 'ExportNamedDeclaration':
        for (const [name, value] of namedExports(statement)) exports.set(name, value ?? null);
        for (const [name, type] of typeExports(statement)) if (!exports.get(name)) exports.set(name, type ?? null);
        break;
      case 'TSExportAssignment':
        whole = values.valueOf(statement.expression);
        break;
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        // A file of declarations exports all of them.
        if (/\.d\.[cm]?ts$/.test(file)) exports.set(statement.id.name, values.classOfType(statement) ?? null);
        break;
    }
  }
  return { exports, whole, exportedAll };

  function* namedExports({ declaration, specifiers, source }: TSESTree.ExportNamedDeclaration): Generator<readonly [string, Value | undefined]> {
    for (const specifier of specifiers) {
      const value: Value | undefined = source ? { kind: 'import', file, specifier: source.value, path: [nameOf(specifier.local)] } : values.valueOf(specifier.local);
      yield [nameOf(specifier.exported), value];
    }
    if (declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration') yield [declaration.id!.name, values.valueOf(declaration.id!)];
    if (declaration?.type !== 'VariableDeclaration') return;
    for (const declarator of declaration.declarations) for (const { name, identifiers } of code.getDeclaredVariables(declarator)) yield [name, values.valueOf(identifiers[0]!)];
  }

  /** Types, for what is declared to be of them. */
  function* typeExports({ declaration, specifiers, source }: TSESTree.ExportNamedDeclaration): Generator<readonly [string, Value | undefined]> {
    if (declaration?.type === 'TSInterfaceDeclaration' || declaration?.type === 'TSTypeAliasDeclaration') yield [declaration.id.name, values.classOfType(declaration)];
    if (source) return;
    for (const { local, exported } of specifiers) yield [nameOf(exported), values.classNamed(local)];
  }
}

/** `__exportStar(require('./other'), exports)`, and `Object.assign(exports, require('./other'))`. */
function starExport(node: TSESTree.Node, code: Code): string | undefined {
  if (node.type !== 'CallExpression' || node.arguments.length !== 2) return undefined;
  const callee = unwrapped(node.callee);
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  if (name.type !== 'Identifier') return undefined;
  const [source, target] = name.name === '__exportStar' ? node.arguments : name.name === 'assign' ? [node.arguments[1], node.arguments[0]] : [];
  if (!target || source?.type !== 'CallExpression' || !isExports(unwrapped(target), code)) return undefined;
  const isRequire = source.callee.type === 'Identifier' && source.callee.name === 'require';
  return isRequire && source.arguments[0] ? staticString(source.arguments[0], code) : undefined;
}

function nameOf(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { moduleStatements } from '../analysis/module-statements.js';
import { moduleStyle } from '../analysis/module-style.js';
import type { Registration } from '../analysis/registration.js';
import { insertAfterModules, quoted } from './module-statement.js';
import type { RuntimeImports } from './runtime-import.js';

type Code = Readonly<TSESLint.SourceCode>;

/** `offloadable(import.meta.url, 'bcrypt', bcrypt)`, as it is written below the imports. */
export function registrationText({ address, specifier, exports }: Registration, name: string, code: Code): string {
  return `${name}(${address.text}, ${quoted(specifier, code)}, ${exports})`;
}

/** Registers a package, so that a worker finds its functions. */
export function insertRegistration(fixer: TSESLint.RuleFixer, registration: Registration, known: RuntimeImports, call: TSESTree.Node, filename: string, code: Code): TSESLint.RuleFix {
  const needs = [registration.statement, ...(known.statement ? [known.statement] : [])];
  const like = moduleStatements(code).findLast((statement) => isRegistration(statement, known.names.offloadable, call));
  return insertAfterModules(fixer, registrationText(registration, known.names.offloadable, code), { style: moduleStyle(code, filename), needs, like }, code);
}

function isRegistration(statement: TSESTree.Node, name: string, call: TSESTree.Node): boolean {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'CallExpression' || statement.range[1] > call.range[0]) return false;
  const { callee } = statement.expression;
  return callee.type === 'Identifier' && callee.name === name;
}

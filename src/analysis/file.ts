import { relative } from 'node:path';
import type { TSESLint } from '@typescript-eslint/utils';
import { moduleStatements } from './module-statements.js';

/** What is asked about again and again: a file, and how it is linted. */
export interface File {
  readonly code: Readonly<TSESLint.SourceCode>;
  /** Where it is on disk. */
  readonly filename: string;
  /** The module that `offload` comes from. */
  readonly runtime: string;
  /** A test, by its name or by the test runner it imports. */
  readonly isTest: boolean;
}

export function fileOf(code: File['code'], filename: string, cwd: string, runtime: string): File {
  return { code, filename, runtime, isTest: isTestName(relative(cwd, filename)) || importsRunner(code) };
}

const runners = /^(?:node:test|vitest|@jest\/globals|mocha|ava|tape|tap|uvu|bun:test)(?:\/|$)/;

/** Below the folder that is linted: what is above it may be called anything. */
function isTestName(name: string): boolean {
  return /[._-](?:test|spec)\.[cm]?[jt]sx?$|(?:^|[\\/])(?:__tests__|tests?|specs?)[\\/]/.test(name);
}

function importsRunner(code: File['code']): boolean {
  return moduleStatements(code).some((statement) => statement.type === 'ImportDeclaration' && runners.test(statement.source.value));
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction, constants } from 'node:vm';
import type { Callable } from '../task/callable.js';
import type { SourceDefinition } from '../task/source.js';
import { helpersFor, minifiedHelpersFor } from './transpiler-helpers.js';

// Node announces that loader as experimental at the first `import()`, which is none of the user's doing.
const { emitWarning } = process;
process.emitWarning = function (this: unknown, ...args: unknown[]) {
  if (!String(args[0]).includes('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER')) Reflect.apply(emitWarning, this, args);
};

/**
 * A function from its own text, compiled as if it stood in the caller's file: `import()` and `require()` resolve from
 * there, and stack traces name that file and, where the text is found in it, the true line.
 *
 * `vm` with the main context's loader is the only way that gives a working `import()` on every Node from 20 on.
 *
 * @throws {SyntaxError} when the text is neither an expression nor a method
 */
export function compileSource(definition: SourceDefinition): Callable {
  try {
    return evaluate(definition, 'return (', ')') as Callable;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // A method, `resize(image) { … }`, is no expression; in an object literal it is at home.
    let holder: object;
    try {
      holder = evaluate(definition, 'return ({', '})') as object;
    } catch {
      throw error;
    }
    const method = Object.getOwnPropertyDescriptor(holder, Reflect.ownKeys(holder)[0]!);
    return (method?.value ?? method?.get ?? method?.set) as Callable;
  }
}

function evaluate({ source, file }: SourceDefinition, before: string, after: string): unknown {
  const isUrl = file.startsWith('file:');
  const path = isUrl ? fileURLToPath(file) : file;
  const text = textOf(path);
  const scope: Record<string, unknown> = { require: createRequire(file), __filename: path, __dirname: dirname(path), ...minifiedHelpersFor(source, text), ...helpersFor(source, file) };
  // Where the caller is an ES module its functions are strict; their text does not say so.
  const prefix = isUrl ? `'use strict';${before}` : before;
  const { line, column } = positionIn(text, source);
  const compiled = compileFunction(prefix + source + '\n' + after, Object.keys(scope), {
    filename: file,
    lineOffset: line,
    columnOffset: column - prefix.length,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return Reflect.apply(compiled, undefined, Object.values(scope));
}

/** Where in the caller's file the function begins, counted from 0; the file's start when it is not found exactly once. */
function positionIn(text: string, source: string): { line: number; column: number } {
  const index = text.indexOf(source);
  if (index < 0 || text.includes(source, index + 1)) return { line: 0, column: 0 };
  const lines = text.slice(0, index).split('\n');
  return { line: lines.length - 1, column: lines.at(-1)!.length };
}

/** Nothing for a bundle in memory, a REPL: there is no such file, and no line to name. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

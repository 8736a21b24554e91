import type { SourceDefinition } from '../task/source.js';

/**
 * A `ReferenceError` for a variable around a shipped function is what most people meet first, and Node's own words
 * (`cache is not defined`) contradict what they see in their editor. The message is replaced, the error stays itself.
 */
export function explainFreeVariable(thrown: unknown, { source, file }: SourceDefinition): unknown {
  if (!(thrown instanceof ReferenceError)) return thrown;
  const variable = /^(\S+) is not defined$/.exec(thrown.message)?.[1];
  // Modules that the task imports throw ReferenceErrors too: from other files, or of what the source does not name.
  const thrownAt = /\n {4}at ([^\n]+)/.exec(String(thrown.stack))?.[1];
  if (thrownAt !== undefined && !thrownAt.includes(file)) return thrown;
  if (variable === undefined || !new RegExp(`(?<![\\w$])${variable.replace(/\$/g, '\\$')}(?![\\w$])`).test(source)) return thrown;
  const before = thrown.message;
  thrown.message = importedByBundler.test(variable)
    ? `\`${variable}\`, which a bundler or transpiler put in place of an import, is not defined in the worker: only the function's own source is there. ${waysOut}`
    : `\`${variable}\` is not defined in the worker: the function was shipped as source, without the variables around it. ${waysOut}`;
  // The stack was written when the error was made.
  if (typeof thrown.stack === 'string') thrown.stack = thrown.stack.replace(before, () => thrown.message);
  return thrown;
}

const waysOut =
  'Pass it as an argument, or import it inside the function (`const fs = await import(\'node:fs\')`), or move the function and what it needs to a module of their own and import that module inside the task.';

/** vite and vitest (`__vite_ssr_import_0__`, `__vi_import_0__`), esbuild (`import_node_fs`, `init_dep`), tsc (`dep_js_1`), babel (`_dep`). */
const importedByBundler = /^(?:__vite_ssr_\w+|__vi_\w+|import_\w+|init_\w+|\w+_\d+|_\w+)$/;

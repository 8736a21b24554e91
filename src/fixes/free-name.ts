import type { TSESLint } from '@typescript-eslint/utils';

const cache = new WeakMap<object, ReadonlySet<string>>();

/** The first of the names that nothing in the file declares or reads, in any scope; numbered when all are taken. */
export function freeName(candidates: readonly string[], code: Readonly<TSESLint.SourceCode>): string {
  const free = candidates.find((name) => !isTaken(name, code));
  if (free !== undefined) return free;
  const taken = takenNames(code);
  const last = candidates[candidates.length - 1]!;
  for (let number = 2; ; number += 1) if (!taken.has(`${last}${String(number)}`)) return `${last}${String(number)}`;
}

/** A name that is not in the text is not in the program either, unless it is written with escapes. */
function isTaken(name: string, code: Readonly<TSESLint.SourceCode>): boolean {
  return (code.text.includes(name) || code.text.includes('\\u')) && takenNames(code).has(name);
}

function takenNames(code: Readonly<TSESLint.SourceCode>): ReadonlySet<string> {
  const known = cache.get(code.ast);
  if (known) return known;
  const names = new Set<string>();
  for (const scope of code.scopeManager?.scopes ?? []) {
    // A global that a configuration or a comment declares has no definition here.
    for (const variable of scope.variables) if (variable.defs.length > 0 || variable.references.length > 0) names.add(variable.name);
    for (const reference of scope.through) names.add(reference.identifier.name);
  }
  cache.set(code.ast, names);
  return names;
}

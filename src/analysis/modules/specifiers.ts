/** Both look ahead, as what seems to be a string may end where one begins. */
const named = /\b(?:from|import|require)\b(?=\s*\(?\s*(['"`])([^'"`\\\n]+)\1)/g;
const anyString = /(?=(['"`])([^'"`\\\s]+)\1)/g;

/** `require` by another name or made with `createRequire`, and modules that are loaded by what is no plain string. */
const otherRequire = /\bmodule\s*\.\s*require\b|=\s*require\b(?!\s*[.(])|\brequire\s*\(\s*[^'"`\s)]/;
const computedImport = /\bimport\s*\(\s*[^'"`\s)]/;

/**
 * The modules that a text loads, as it writes them, found without a parser. There may be some that it only speaks of, in a
 * comment or a string; where it computes what it loads, each of its strings may be one.
 */
export function specifiersIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [, , specifier] of text.matchAll(mayCompute(text) ? anyString : named)) found.add(specifier!);
  return [...found];
}

/** Most texts have none of the words, which is quicker to see. */
function mayCompute(text: string): boolean {
  return text.includes('createRequire') || text.includes('getBuiltinModule') || (text.includes('require') && otherRequire.test(text)) || computedImport.test(text);
}

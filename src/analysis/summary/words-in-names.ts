/** @example wordsIn('IFileSystem') // ['file', 'system'] */
export function wordsIn(name: string): string[] {
  return name
    .replace(/^I(?=[A-Z][a-z])/, '')
    .split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** Is something of this name what an object is called? `pathService` is a `FileSystemPathService`, and `utils` are `Utils`. */
export function isNameOf(object: string, name: string): boolean {
  const words = wordsIn(object);
  const all = wordsIn(name);
  if (all.length > 1 && /^(?:base|impl)$/.test(all[all.length - 1]!)) all.pop();
  const from = all.length - words.length;
  return words.length > 0 && words.every((word, index) => word === all[from + index]);
}

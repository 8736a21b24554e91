import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Linter } from 'eslint';

export type FoundParser = { readonly parser: Linter.Parser } | { /** Why TypeScript cannot be read, and the way out. */ readonly missing: string };

/** The project's parser for TypeScript, from either of the packages that have it, or one beside this package. */
export function findTypeScriptParser(cwd: string): FoundParser {
  for (const file of [join(cwd, 'package.json'), __filename]) {
    const require = createRequire(file);
    for (const specifier of ['@typescript-eslint/parser', 'typescript-eslint']) {
      try {
        require.resolve(specifier);
      } catch {
        continue;
      }
      try {
        const loaded = require(specifier) as Linter.Parser & { parser?: Linter.Parser };
        return { parser: loaded.parser ?? loaded };
      } catch (error) {
        return { missing: `${specifier} cannot be loaded (${(error as Error).message.split('\n')[0]!}): npm i -D ${specifier} typescript` };
      }
    }
  }
  return { missing: 'no parser for TypeScript is installed: npm i -D @typescript-eslint/parser typescript' };
}

import { basename, dirname, relative } from 'node:path';
import type { BlockingChain } from '../analysis/summary/blocking-chains.js';
import { apiName } from '../catalogue/lookup.js';

/** A chain as a message shows it: `loadConfig (config.ts:12) → parse (config.ts:30) → fs.readFileSync (config.ts:31)`. Files are relative to the one that is linted; a method of which nothing but its name was known says so, and so does what blocks only as long as a cache is empty. */
export function chainText(chain: BlockingChain, from: string): string {
  const { functions, end } = chain;
  const steps = functions.map(({ name, file, line }, index) => `${name} (${[...notesOf(chain, index), `${fileName(file, from)}:${String(line)}`].join(', ')})`);
  const blocks = end ? `${apiName(end.api)} (${fileName(end.file ?? from, from)}:${String(end.line)})` : '@blocking';
  return [...steps, blocks].join(' → ');
}

/** What has to be known of a function of a chain beside its name. */
export type StepNote = 'by its name' | 'cached';

export function notesOf({ byName, cached }: BlockingChain, index: number): readonly StepNote[] {
  return [...(byName.has(index) ? (['by its name'] as const) : []), ...(cached.has(index) ? (['cached'] as const) : [])];
}

function fileName(file: string, from: string): string {
  return file === from ? basename(file) : relative(dirname(from), file).replaceAll('\\', '/');
}

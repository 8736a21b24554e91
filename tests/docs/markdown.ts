import { readdirSync, readFileSync } from 'node:fs';

/** A fenced block: ```` ```js ❌ ```` has the language `js` and the mark `❌`. */
export interface Block {
  readonly file: string;
  /** Of the opening fence, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly mark: string;
  readonly code: string;
  /** The JSON of a comment on the line above: `<!-- options: {"contexts": "functions"} -->`. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** Everything that users and contributors read. */
export const documents: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md')).map((file) => `docs/${file.replaceAll('\\', '/')}`),
];

export function blocksOf(file: string): readonly Block[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const opening = /^\s*(`{3,})(\S*)\s*(.*)$/.exec(lines[index]!);
    if (!opening) continue;
    const [, fence, language, mark] = opening as unknown as [string, string, string, string];
    const end = lines.findIndex((line, at) => at > index && line.trim() === fence);
    if (end < 0) throw new Error(`${file}:${index + 1}: the block is not closed`);
    const indent = /^\s*/.exec(lines[index]!)![0].length;
    const code = lines.slice(index + 1, end).map((line) => line.slice(indent)).join('\n');
    blocks.push({ file, line: index + 1, language, mark: mark.trim(), code, given: givenAbove(lines, index) });
    index = end;
  }
  return blocks;
}

function givenAbove(lines: readonly string[], index: number): Record<string, unknown> {
  const [, name, json] = /^<!-- (\w+): (.*) -->$/.exec(lines[index - 1]?.trim() ?? '') ?? [];
  return name === undefined ? {} : { [name]: JSON.parse(json!) as unknown };
}

/** The rows of the tables below each `<!-- check: … -->` of that name, as lists of cells. */
export function checkedRows(file: string, check: string): readonly (readonly string[])[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() !== `<!-- check: ${check} -->`) return [];
    const start = lines.findIndex((one, at) => at > index && one.startsWith('|')) + 2;
    const end = lines.findIndex((one, at) => at >= start && !one.startsWith('|'));
    return lines.slice(start, end < 0 ? undefined : end).map((row) => row.slice(1, row.lastIndexOf('|')).split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|')));
  });
}

/** The code in a cell that is nothing but code: `` `x` `` or ``` `` `x` `` ```. */
export function inlineCode(cell: string): string {
  const [, , code] = /^(`+) ?(.*?) ?\1$/.exec(cell) ?? [];
  if (code === undefined) throw new Error(`not a piece of code: ${cell}`);
  return code;
}

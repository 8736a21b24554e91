import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rowsOf } from './tables.mjs';

const page = fileURLToPath(new URL('../../docs/guide/offload-or-native.md', import.meta.url));
const [begin, end] = ['<!-- begin: npm run bench -- --only native --guide -->', '<!-- end -->'];

/** Puts what `native` measured into its page of the guide: the verdicts under every Node, the figures under the newest. */
export function writeGuide({ machine, loadAtEnd, nodes }, verdicts) {
  const text = readFileSync(page, 'utf8');
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  const { version, tables } = nodes.at(-1);
  const measured = tables.filter(({ measure }) => measure === 'native');
  const written = [
    `Measured on ${machine} Load average at the end: ${loadAtEnd.toFixed(1)}.`,
    '## Verdicts',
    checked('each row is a call with a native twin', verdicts),
    `## Figures, Node ${version}`,
    // What the columns are is said once, above.
    ...measured.flatMap((table) => [`### ${headingOf(table)}`, checked('each row is the figures of a call', table), table.notes[0]]),
  ];
  writeFileSync(page, `${text.slice(0, from)}\n\n${written.join('\n\n')}\n\n${text.slice(to)}`);
}

function checked(check, table) {
  return `<!-- check: ${check} -->\n\n${rowsOf(table)}`;
}

function headingOf({ title }) {
  const what = title.slice(title.indexOf(': ') + 2);
  return what[0].toUpperCase() + what.slice(1);
}

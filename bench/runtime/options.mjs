import { parseArgs } from 'node:util';
import { measures } from './measures/index.mjs';

export const help = `Usage: npm run bench -- [options]

Measures the runtime beside other pools, and beside what Node itself takes.

  --quick         fewer rounds, this Node only, about a minute; the full form a quarter of an hour or more
  --only NAME     this measure only; may be given more than once
  --node PATH     under this Node; may be given more than once
  --json          all figures as JSON, in place of tables
  --write FILE    what is printed, to this file as well
  --guide         the tables of \`native\` to docs/guide/offload-or-native.md as well
  --no-build      measure dist/ as it is
  --help          this

Measures:
${measures.map(({ name, title }) => `  ${name.padEnd(15)} ${title}`).join('\n')}
`;

/** @throws {TypeError} naming the option that is none, or the measure */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      node: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      write: { type: 'string' },
      guide: { type: 'boolean', default: false },
      'no-build': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = values.only.find((name) => !measures.some((measure) => measure.name === name));
  if (unknown !== undefined) throw new TypeError(`There is no measure ${unknown}; there are ${measures.map(({ name }) => name).join(', ')}.`);
  return { ...values, build: !values['no-build'] };
}

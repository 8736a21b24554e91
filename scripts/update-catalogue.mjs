// Compares src/catalogue with the running Node: `npm run update:catalogue`, once under each release that the package supports.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { compareCatalogue, enumerateNode } from './enumerate-node.mjs';

const help = `Usage: npm run update:catalogue -- [--json] [--help]

Compares the catalogue of blocking APIs with what the running Node exports, and exits with 1 where they differ.

  missing  exported under a name with Sync in it, but neither listed nor excused.
           Add a row to src/catalogue/node.ts, or a reason to src/catalogue/excused.ts.
  gone     listed for this release, but not there. Remove the row, or correct since or platforms.
  early    there, though its row says it came later. Correct since.

  --json   print the differences as JSON
  --help   print this

A row needs judgement (what does a call cost, may it run on a worker?), so nothing is written for you.
`;

const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
if (values.help) process.stdout.write(help);
else await compare();

async function compare() {
  const { nodeApis, excusedApis, probedReleases } = await loadCatalogue();
  const { node: version } = process.versions;
  const differences = compareCatalogue({
    apis: nodeApis, excused: excusedApis, probedReleases, names: await enumerateNode(), version, platform: process.platform,
  });
  const count = Object.values(differences).flat().length;
  if (count > 0) process.exitCode = 1;
  if (values.json) {
    console.log(JSON.stringify({ node: version, listed: nodeApis.length, excused: excusedApis.length, ...differences }, null, 2));
    return;
  }
  for (const [kind, names] of Object.entries(differences)) {
    for (const name of names.sort()) console.log(`${kind.padEnd(8)} ${name.replace(/:([^:]+)$/, ' $1')}${kind === 'missing' ? `   ${exampleRow(name, version)}` : ''}`);
  }
  console.log(`${count === 0 ? 'No differences' : `${count} difference${count === 1 ? '' : 's'}`}: ${nodeApis.length} APIs listed, ${excusedApis.length} excused, Node ${version} on ${process.platform}.`);
}

/** The catalogue is TypeScript, which Node 20 does not read. */
async function loadCatalogue() {
  const contents = "export { nodeApis, probedReleases } from './node.ts'; export { excusedApis } from './excused.ts';";
  const resolveDir = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src/catalogue');
  const { outputFiles } = await build({ stdin: { contents, resolveDir }, bundle: true, write: false, format: 'esm', platform: 'node', logLevel: 'warning' });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

function exampleRow(name, version) {
  const path = name.slice(name.lastIndexOf(':') + 1);
  return `${/^\w+$/.test(path) ? path : `'${path}'`}: { since: ${Number.parseInt(version, 10)}, result: '…' },`;
}

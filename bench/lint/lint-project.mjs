// One configuration over one project, in a process of its own: node lint-project.mjs '{ "name": …, "folder": …, "oxc": … }'
import { createHash } from 'node:crypto';
import { eslintFor } from './eslint-for.mjs';
import { lintedFiles } from './linted-files.mjs';
import { asked, setPresence } from './oxc-presence.mjs';
import { parses } from './parses.mjs';
import { mainIs, times } from './times.mjs';

const { name, folder, oxc } = JSON.parse(process.argv[2]);
setPresence(oxc);
// Only now is the plugin loaded.
const { configurations } = await import('./configurations.mjs');
const files = lintedFiles(folder);

const { ours, others = [] } = configurations[name];
const eslint = await eslintFor(configurations[name], folder);
const messages = new Map([...ours.map((rule) => `offload/${rule}`), ...others].map((rule) => [rule, []]));
const taken = times();
const results = await eslint.lintFiles(files.map(({ filename }) => filename));
const { main, all } = taken();
// Where a file has a comment for a rule that is not there, ESLint says so: only those of the rules that are switched on count.
for (const { filePath, messages: found } of results) for (const message of found) messages.get(message.ruleId)?.push(`${filePath} ${JSON.stringify(message)}`);
const reports = Object.fromEntries([...messages].map(([rule, found]) => [rule, { count: found.length, digest: createHash('sha256').update(found.join('\n')).digest('hex') }]));
messages.clear();
results.length = 0;
globalThis.gc?.();
console.log(JSON.stringify({
  files: files.length,
  main,
  mainIs,
  all,
  heap: process.memoryUsage().heapUsed,
  reports,
  // Beside those of ESLint, which parses each file once.
  parses: { parser: parses.parser - files.length, oxc: parses.oxc },
  asksForOxc: asked.times > 0,
}));

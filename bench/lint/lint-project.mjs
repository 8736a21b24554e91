// One configuration over one project, in a process of its own: node lint-project.mjs '{ "name": …, "folder": …, "oxc": …, "isTimed": … }'
import { createHash } from 'node:crypto';
import { eslintFor } from './eslint-for.mjs';
import { lintedFiles } from './linted-files.mjs';
import { asked, setPresence } from './oxc-presence.mjs';
import { parses } from './parses.mjs';
import { mainIs, times } from './times.mjs';

const { name, folder, oxc, isTimed } = JSON.parse(process.argv[2]);
setPresence(oxc);
// Only now is the plugin loaded.
const { configurations } = await import('./configurations.mjs');
const files = lintedFiles(folder);

const { ours, others = [] } = configurations[name];
const eslint = await eslintFor(configurations[name], folder, isTimed);
const messages = new Map([...ours.map((rule) => `offload/${rule}`), ...others].map((rule) => [rule, []]));
const taken = times();
const results = await eslint.lintFiles(files.map(({ filename }) => filename));
const { main, all } = taken();
// Where a file has a comment for a rule that is not there, ESLint says so: only those of the rules that are switched on count.
for (const { filePath, messages: found } of results) for (const message of found) messages.get(message.ruleId)?.push(`${filePath} ${JSON.stringify(message)}`);
const inRules = isTimed ? results.reduce((sum, { stats }) => sum + timeInRules(stats), 0) : undefined;
const reports = Object.fromEntries([...messages].map(([rule, found]) => [rule, { count: found.length, digest: createHash('sha256').update(found.join('\n')).digest('hex') }]));
messages.clear();
results.length = 0;
globalThis.gc?.();
console.log(JSON.stringify({
  files: files.length,
  main,
  mainIs,
  all,
  inRules,
  heap: process.memoryUsage().heapUsed,
  reports,
  // Beside those of ESLint, which parses each file once.
  parses: { parser: parses.parser - files.length, oxc: parses.oxc },
  asksForOxc: asked.times > 0,
}));

/** In milliseconds, of making them for a file and of all that they are told of in it. */
function timeInRules({ times: { passes } }) {
  return passes.reduce((sum, { rules }) => sum + Object.values(rules ?? {}).reduce((inFile, { total }) => inFile + total, 0), 0);
}

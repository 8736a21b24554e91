// One configuration over one project, in a process of its own: node lint-project.mjs '{ "name": …, "folder": …, "oxc": … }'
import { createHash } from 'node:crypto';
import { Linter } from 'eslint';
import { lintedFiles } from './linted-files.mjs';
import { asked, setPresence } from './oxc-presence.mjs';
import { parses } from './parses.mjs';

const { name, folder, oxc } = JSON.parse(process.argv[2]);
setPresence(oxc);
// Only now is the plugin loaded.
const { configurations } = await import('./configurations.mjs');
const files = lintedFiles(folder);

const { configs: configsOf, ours, others = [] } = configurations[name];
const configs = await configsOf();
const linter = new Linter({ cwd: folder });
const start = process.cpuUsage();
const messages = new Map([...ours.map((rule) => `offload/${rule}`), ...others].map((rule) => [rule, []]));
for (const { file, filename, text } of files) {
  for (const message of linter.verify(text, configs, { filename })) add(file, message);
}
const { user, system } = process.cpuUsage(start);
const reports = Object.fromEntries([...messages].map(([rule, found]) => [rule, { count: found.length, digest: createHash('sha256').update(found.join('\n')).digest('hex') }]));
messages.clear();
globalThis.gc?.();
console.log(JSON.stringify({
  files: files.length,
  // Of all threads of this process, in milliseconds.
  cpu: (user + system) / 1_000,
  heap: process.memoryUsage().heapUsed,
  reports,
  // Beside those of ESLint, which parses each file once.
  parses: { parser: parses.parser - files.length, oxc: parses.oxc },
  asksForOxc: asked.times > 0,
}));

/** Messages of the rules that are switched on: where a file has a comment for one that is not there, ESLint says so. */
function add(file, message) {
  messages.get(message.ruleId)?.push(`${file} ${JSON.stringify(message)}`);
}

// Two configurations over one project, file by file in turn: node lint-paired.mjs '{ "names": […, …], "folder": …, "oxc": … }'
import { Linter } from 'eslint';
import { lintedFiles } from './linted-files.mjs';
import { setPresence } from './oxc-presence.mjs';

const { names, folder, oxc } = JSON.parse(process.argv[2]);
setPresence(oxc);
// Only now is the plugin loaded.
const { configurations } = await import('./configurations.mjs');
const files = lintedFiles(folder);
const sides = [];
for (const name of names) sides.push({ configs: await configurations[name].configs(), linter: new Linter({ cwd: folder }), cpu: 0 });

for (const [index, { text, filename }] of files.entries()) {
  // Who comes second finds the file in the processor's caches.
  for (const side of index % 2 === 0 ? sides : sides.toReversed()) {
    const start = process.cpuUsage();
    side.linter.verify(text, side.configs, { filename });
    const { user, system } = process.cpuUsage(start);
    side.cpu += user + system;
  }
}
console.log(JSON.stringify({ files: files.length, adds: (sides[0].cpu / sides[1].cpu - 1) * 100 }));

// Two configurations over one project, file by file in turn: node lint-paired.mjs '{ "names": […, …], "folder": …, "oxc": … }'
import { eslintFor } from './eslint-for.mjs';
import { lintedFiles } from './linted-files.mjs';
import { setPresence } from './oxc-presence.mjs';
import { times } from './times.mjs';

const { names, folder, oxc } = JSON.parse(process.argv[2]);
setPresence(oxc);
// Only now is the plugin loaded.
const { configurations } = await import('./configurations.mjs');
const files = lintedFiles(folder);
const sides = [];
for (const name of names) sides.push({ eslint: await eslintFor(configurations[name], folder), main: 0 });

for (const [index, { text, filename }] of files.entries()) {
  // Who comes second finds the file in the processor's caches.
  for (const side of index % 2 === 0 ? sides : sides.toReversed()) {
    const taken = times();
    await side.eslint.lintText(text, { filePath: filename });
    side.main += taken().main;
  }
}
console.log(JSON.stringify({ files: files.length, adds: (sides[0].main / sides[1].main - 1) * 100 }));

// One configuration over one project, in a process of its own: node lint-project.mjs <configuration> <folder>
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { configurations } from './configurations.mjs';

const [, , name, folder] = process.argv;
const files = readdirSync(folder, { recursive: true })
  .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !/\.d\.[cm]?ts$|\.min\.js$|(?:^|[\\/])(?:node_modules|dist|build|out)[\\/]/.test(file))
  .sort();
const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));

const configs = await configurations[name].configs();
const linter = new Linter({ cwd: folder });
const start = process.cpuUsage();
let messages = 0;
for (const [index, file] of files.entries()) messages += linter.verify(texts[index], configs, { filename: join(folder, file) }).length;
const { user, system } = process.cpuUsage(start);
globalThis.gc?.();
console.log(JSON.stringify({ files: files.length, messages, cpu: (user + system) / 1_000, heap: process.memoryUsage().heapUsed }));

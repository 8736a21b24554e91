import { readFileSync } from 'node:fs';
import { offload, runInExecutor } from 'eslint-plugin-offload/runtime';

const text = await runInExecutor(null, readFileSync, 'package.json', 'utf8');
console.log(JSON.parse(text).name);

// The same, in fewer words.
await offload(readFileSync, 'package.json', 'utf8');

import { statSync } from 'node:fs';
import { offload } from 'eslint-plugin-offload/runtime';

const names = ['package.json', 'README.md', 'no-such-file'];
const results = await Promise.allSettled(names.map((name) => offload(statSync, name)));
for (const [index, { value, reason }] of results.entries()) {
  console.log(names[index], reason?.code === 'ENOENT' ? 'is missing' : value.isFile() && 'is there');
}

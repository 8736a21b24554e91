import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

await setTimeout(10);
const { stdout } = await promisify(execFile)('echo', ['native']);
console.log(stdout.trim());

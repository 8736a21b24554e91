import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { offload } from 'eslint-plugin-offload/runtime';

const server = createServer((request, response) => response.end('hello')).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));

// On this thread the server could not answer: nothing else runs until execFileSync returns.
const body = await offload(execFileSync, 'curl', ['--silent', `http://127.0.0.1:${server.address().port}/`]);
console.log(body.toString());
server.close();

import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { byDefault, fixture, runNode } from './child-node.js';
import { pools } from './pools.js';

describe.each(pools)('offload inside a task runs in place: %s', (kind, { name }) => {
  test('on the same thread, at any depth, with one worker and no deadlock', async () => {
    const { stdout, stderr, code } = await runNode([fileURLToPath(fixture('nested.mjs')), name]);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ elsewhere: true, same: true, depth: 20, explicit: true, workers: 1 });
    expect(code).toBe(0);
  });

  test('in a module preloaded in each worker, which is not a start of workers without end', async () => {
    const { stdout, stderr } = await runNode([...byDefault(kind), '--require', './offloads-when-preloaded.cjs', '-e', "require('eslint-plugin-offload/runtime').offload(() => globalThis.preloaded).then(console.log)"]);
    expect(stderr).toBe('');
    expect(stdout).toBe('in place\n');
  });
});

test("in a thread that is not ours it is offloaded, as in anybody's program", async () => {
  const { stdout } = await runNode([
    '-e',
    `const { Worker } = require('node:worker_threads');
     new Worker(\`
       const { threadId } = require('node:worker_threads');
       require('eslint-plugin-offload/runtime').offload(() => require('node:worker_threads').threadId).then((id) => console.log(id !== threadId));
     \`, { eval: true, workerData: { any: 'thing' } });`,
  ]);
  expect(stdout).toBe('true\n');
});

import { fileURLToPath } from 'node:url';
import { offload, ProcessPoolExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';
import { describe, expect, test } from 'vitest';
import { fixture, runNode } from './child-node.js';

/** Its workers start and never come to their own code. */
const execArgv = ['--require', fileURLToPath(fixture('never-ready.cjs'))];

const double = (x: number) => x * 2;

describe.each([
  { kind: 'threads', name: 'ThreadPoolExecutor', options: 'workerOptions', make: () => new ThreadPoolExecutor({ maxWorkers: 2, workerOptions: { execArgv } }) },
  { kind: 'processes', name: 'ProcessPoolExecutor', options: 'processOptions', make: () => new ProcessPoolExecutor({ maxWorkers: 2, processOptions: { execArgv } }) },
])('a worker that never becomes ready: $kind', ({ name, options, make }) => {
  test('its tasks can time out, be aborted and be dropped', async () => {
    const pool = make();
    const controller = new AbortController();
    const aborted = offload.with({ executor: pool, signal: controller.signal })(double, 1);
    const dropped = pool.submit(double, 2);
    await expect(offload.with({ executor: pool, timeout: 20 })(double, 3)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(pool.stats).toMatchObject({ workers: 2, queued: 2, running: 0, failed: 1 });
    controller.abort('enough');
    await expect(aborted).rejects.toBe('enough');
    const closed = pool.shutdown({ cancelPending: true });
    await expect(dropped).rejects.toMatchObject({ name: 'ShutdownError' });
    await closed;
    expect(pool.stats).toMatchObject({ workers: 0, queued: 0 });
  });

  test('does not keep a process that has nothing else to do', async () => {
    const program = `
      const { offload, ${name} } = require('eslint-plugin-offload/runtime');
      const pool = new ${name}({ ${options}: { execArgv: ['--require', './never-ready.cjs'] } });
      offload.with({ executor: pool, timeout: 50 })((x) => x, 1).catch((error) => console.log(error.name));`;
    expect(await runNode(['-e', program])).toMatchObject({ code: 0, signal: null, stdout: 'TimeoutError\n', stderr: '' });
  });
});

import { describe, expect, test } from 'vitest';
import { runNode } from './child-node.js';

describe('the runtime', () => {
  test.each([
    ['import first', "const imported = await import('eslint-plugin-offload/runtime'); const required = require('eslint-plugin-offload/runtime');"],
    ['require first', "const required = require('eslint-plugin-offload/runtime'); const imported = await import('eslint-plugin-offload/runtime');"],
  ])('is one, with one pool, whichever way it is loaded: %s', async (_, load) => {
    const { stdout } = await runNode([
      '-e',
      `(async () => {
        ${load}
        await required.offload(() => 1);
        const same = Object.keys(required).every((name) => imported[name] === required[name]);
        console.log(same, imported.getDefaultExecutor() === required.getDefaultExecutor(), imported.getDefaultExecutor().stats.completed);
      })();`,
    ]);
    expect(stdout).toBe('true true 1\n');
  });

  test('loads nothing but itself and modules of Node', async () => {
    const { stdout } = await runNode(['-e', "require('eslint-plugin-offload/runtime'); console.log(Object.keys(require.cache).map((file) => file.split(/[\\\\/]/).slice(-3).join('/')).join());"]);
    expect(stdout).toBe('dist/runtime/index.js\n');
  });

  test('starts no thread, timer or listener by being loaded', async () => {
    const { stdout } = await runNode([
      '-e',
      "const before = process.getActiveResourcesInfo().length; require('eslint-plugin-offload/runtime'); console.log(process.getActiveResourcesInfo().length - before, process.eventNames().length);",
    ]);
    expect(stdout).toMatch(/^0 \d+\n$/);
  });
});

describe('a worker starts under the options that the process was started with', () => {
  const main = "import { offload } from 'eslint-plugin-offload/runtime'; import { readFileSync } from 'node:fs'; console.log((await offload(readFileSync, '/dev/null')).length, await offload((x) => x + 1, 1));";

  test.each<[string, string[]]>([
    ['--input-type=module', ['--input-type=module', '-e', main]],
    ['--conditions', ['--conditions=development', '--input-type=module', '-e', main]],
    ['--import', ['--import', './dependency.cjs', '--input-type=module', '-e', main]],
    ['--require', ['--require', './dependency.cjs', '--input-type=module', '-e', main]],
    ['--inspect', ['--inspect=127.0.0.1:0', '--input-type=module', '-e', main]],
    ['--max-old-space-size', ['--max-old-space-size=256', '--stack-size=900', '--input-type=module', '-e', main]],
    ['--disable-proto', ['--disable-proto=throw', '--input-type=module', '-e', main]],
    ['--frozen-intrinsics', ['--frozen-intrinsics', '--input-type=module', '-e', main]],
    ['--unhandled-rejections', ['--unhandled-rejections=strict', '--input-type=module', '-e', main]],
    ['--enable-source-maps', ['--enable-source-maps', '--input-type=module', '-e', main]],
    ['--experimental-vm-modules', ['--experimental-vm-modules', '--input-type=module', '-e', main]],
    ['--throw-deprecation', ['--throw-deprecation', '--pending-deprecation', '--input-type=module', '-e', main]],
  ])('%s', async (_, args) => {
    expect(await runNode(args)).toMatchObject({ stdout: '0 2\n', code: 0 });
  });

  test('from standard input', async () => {
    expect(await runNode(['--input-type=module', '-'], { input: main })).toMatchObject({ stdout: '0 2\n', code: 0 });
  });

  test('--test', async () => {
    const { stdout, code } = await runNode(['--test', '--test-reporter=tap', './under-node-test.mjs']);
    expect(stdout).toMatch(/^# pass 1$/m);
    expect(code).toBe(0);
  });
});

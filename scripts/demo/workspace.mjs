// Two copies of the example in a temporary folder, set up as a user's project would be.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Failure } from './failure.mjs';

const run = promisify(execFile);
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const packages = ['@types/node', '@typescript-eslint/parser', 'eslint', 'typescript'];

/** Ends a compiler that is still running when the folder goes: it would write the folder anew. */
const removed = new AbortController();

export function makeWorkspace() {
  if (!existsSync(join(root, 'dist/runtime/index.d.mts'))) throw new Failure('dist/ is not complete: npm run build makes it');
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'offload-demo-'));
  const workspace = { before: join(folder, 'before'), after: join(folder, 'after'), remove };
  try {
    for (const copy of [workspace.before, workspace.after]) {
      cpSync(join(root, 'examples/http-service'), copy, { recursive: true, filter: (path) => !/[\\/](dist|node_modules)$/.test(path) });
      writeFileSync(join(copy, 'content/documents/catalogue.csv'), catalogue(6000));
    }
    link(root, join(folder, 'node_modules/eslint-plugin-offload'));
    for (const name of packages) link(join(root, 'node_modules', name), join(folder, 'node_modules', name));
    return workspace;
  } catch (error) {
    remove();
    throw error;
  }

  function remove() {
    removed.abort();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Type-checks and compiles in one go: `tsc` ends with an error for either. */
export async function compile(copy) {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  try {
    await run(process.execPath, [compiler, '-p', copy, '--noEmitOnError'], { cwd: copy, signal: removed.signal });
  } catch (error) {
    throw new Failure(`tsc -p ${copy}\n${error.stdout || error.message}`);
  }
}

function link(target, path) {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}

/** A document large enough that packing it takes time, the same on every machine. */
function catalogue(lines) {
  let state = 1;
  const next = (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  const words = 'amber basalt cedar delta ember fjord garnet harbour indigo juniper kelp lagoon maple nectar onyx pebble quartz river'.split(' ');
  const row = (_, index) => [index + 1, words[next(18)], words[next(18)], next(100_000), `${words[next(18)]} of ${words[next(18)]}`].join(',');
  return `number,first,second,amount,note\n${Array.from({ length: lines }, row).join('\n')}\n`;
}

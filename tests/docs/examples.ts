import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs an example as an ES module in the root of this project, where the package's own name leads to dist/.
 *
 * @returns what it printed
 */
export async function runExample(code: string): Promise<string> {
  mkdirSync('.cache', { recursive: true });
  const folder = mkdtempSync('.cache/example-');
  const file = join(folder, 'example.mjs');
  try {
    writeFileSync(file, `${code}\n`);
    const { stdout } = await run(process.execPath, ['--unhandled-rejections=strict', file], { timeout: 30_000 });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

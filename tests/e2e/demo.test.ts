import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../../scripts/demo.mjs', import.meta.url));

describe('npm run demo', () => {
  let folder: string;
  let printed: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
    // From Node 22 on, TypeScript has its compiled code kept there by Node: that is not the demo's.
    const env = { ...process.env, TMPDIR: folder, TEMP: folder, NODE_DISABLE_COMPILE_CACHE: '1' };
    // Rejects, with what the demo printed, when it ends with anything but 0.
    const { stdout } = await run(process.execPath, [script, '--quick'], { env });
    printed = stdout;
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('finds at least 15 blocking calls, and fixes every one', () => {
    const [, found, fixable] = /^Findings: (\d+) blocking calls in async code, (\d+) with a fix\.$/m.exec(printed) ?? [];
    expect(Number(found)).toBeGreaterThanOrEqual(15);
    expect(fixable).toBe(found);
    expect(printed).toContain('The rewritten program type-checks, and ESLint has nothing left to say about it.');
  });

  it('answers as before, alone and under load', () => {
    expect(printed).toMatch(/^Answers: \d+ different requests, identical before and after/m);
    expect(printed).toMatch(/^Answers under load: \d+ requests to each, all identical to those\.$/m);
  });

  it('prints figures for both versions', () => {
    for (const row of ['requests per second', 'event-loop delay p50, ms', 'event-loop delay p99, ms', 'GET /health p50, ms', 'GET /health p99, ms']) {
      expect(printed).toMatch(new RegExp(`^${row} +\\d+\\.\\d +\\d+\\.\\d$`, 'm'));
    }
  });

  it('leaves nothing behind', () => {
    expect(readdirSync(folder)).toEqual([]);
  });
});

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `--mode short` leaves out most pairs of versions, as CI does. */
export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['tests/clients/**/*.test.ts'],
    globalSetup: ['tests/build-first.ts', 'tests/clients/install.ts'],
    env: { CLIENTS: mode === 'short' ? 'short' : 'full' },
    ...(process.env['CI'] && { reporters: ['default', 'json'], outputFile: { json: '.cache/vitest-clients.json' } }),
    // Each waits for processes of its own most of the time; by default a machine with two cores would run one after the other.
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
}));

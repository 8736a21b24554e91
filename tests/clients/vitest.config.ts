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
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
}));

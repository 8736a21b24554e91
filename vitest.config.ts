import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // They have a configuration of their own, and install much: `npm run test:clients`.
    exclude: ['**/node_modules/**', 'tests/clients/**'],
    globalSetup: ['tests/build-first.ts'],
    ...(process.env['CI'] && { reporters: ['default', 'json'], outputFile: { json: '.cache/vitest.json' } }),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What users load is dist/: tests that go through the package's own name must not have it transformed.
    server: { deps: { external: [/\/dist\//] } },
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/build-first.ts'],
    ...(process.env['CI'] && { reporters: ['default', 'json'], outputFile: { json: '.cache/vitest.json' } }),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What users load is dist/: tests that go through the package's own name must not have it transformed.
    server: { deps: { external: [/\/dist\//] } },
  },
});

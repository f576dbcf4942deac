import { defineConfig } from 'vitest/config';

/** `npm test` runs everything but `*.full.test.ts`; `npm run test:full` sets MADOGUCHI_FULL=1 and runs those too. */
const full = process.env['MADOGUCHI_FULL'] === '1';

export default defineConfig({
  test: {
    globalSetup: ['tests/setup/postgres.ts'],
    include: ['packages/**/*.test.ts', 'telephony/**/*.test.ts', 'tests/**/*.test.ts', 'bench/**/*.test.ts'],
    exclude: ['**/node_modules/**', ...(full ? [] : ['**/*.full.test.ts'])],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
  },
});

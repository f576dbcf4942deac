import { startEmbeddedPostgres } from '../../packages/server/src/database/embedded.ts';
import {
  createTemplateDatabase,
  TEST_POSTGRES_ENV,
} from '../../packages/server/src/database/test-database.ts';

/** Vitest's global set-up: one throwaway PostgreSQL for the run, with the migrated template that each test file clones. */
export default async function setUpPostgres(): Promise<() => Promise<void>> {
  const postgres = await startEmbeddedPostgres({ throwaway: true });
  await createTemplateDatabase(postgres.url);
  process.env[TEST_POSTGRES_ENV] = postgres.url;
  return async () => {
    await postgres.stop();
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../packages/server/src/database/embedded.ts';
import { connectDatabase, type Database } from '../packages/server/src/database/index.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { eventTypes, summaryOf } from './setup/records.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';

/** A minute in the full run; `npm test` keeps it shorter. */
const AWAY_MS = process.env['MADOGUCHI_FULL'] === '1' ? 60_000 : 12_000;
const NUMBER = '0725000021';

let folder: string;
let postgres: EmbeddedPostgres;
let under: HouseUnderTest;
let db: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-away-'));
  postgres = await startEmbeddedPostgres({ dataDir: folder });
  under = await startHouseUnderTest({ databaseUrl: postgres.url });
  db = connectDatabase(postgres.url, { maxConnections: 2, onIdleError: () => undefined });
  await under.serve(
    NUMBER,
    oneFlow('away', { first: sayMarker(1, 'second'), second: sayMarker(2, 'end'), end: END }),
    {},
    db,
  );
}, 180_000);

afterAll(async () => {
  await db?.destroy();
  await under?.stop();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('while PostgreSQL is away, calls are answered and served; their events are kept and written when it is back', async () => {
  const during = await under.call(NUMBER);
  await during.waitForTone({ marker: 1 }, { timeoutMs: 10_000 });
  await postgres.stop();
  const goneAt = performance.now();

  // One call that was under way, one that comes while it is away.
  await during.waitForTone({ marker: 2 }, { timeoutMs: 10_000 });
  expect((await during.ended).by).toBe('them');
  const meanwhile = await under.call(NUMBER);
  await meanwhile.waitForTone({ marker: 2 }, { timeoutMs: 15_000 });
  expect((await meanwhile.ended).by).toBe('them');

  await pause(Math.max(0, AWAY_MS - (performance.now() - goneAt)));
  postgres = await startEmbeddedPostgres({ dataDir: folder });
  for (const call of [during, meanwhile]) {
    const summary = await summaryOf(db, call.sipCallId, { ended: true }, 30_000);
    expect(summary.outcome).toBe('announcement');
    expect(await eventTypes(db, summary.call_id)).toEqual([
      'began',
      'answered',
      'announced',
      'announced',
      'hungUp',
    ]);
  }
}, 180_000);

test('the controlling process is killed while PostgreSQL is away: what it had kept on disk is written by its successor', async () => {
  await postgres.stop();
  const call = await under.call(NUMBER);
  await call.waitForTone({ marker: 1 }, { timeoutMs: 15_000 });
  await pause(500);
  await under.kill('calls');
  await call.waitForTone({ marker: 2 }, { timeoutMs: 30_000, sinceMs: call.nowMs });
  expect((await call.ended).by).toBe('them');
  postgres = await startEmbeddedPostgres({ dataDir: folder });
  const summary = await summaryOf(db, call.sipCallId, { ended: true }, 30_000);
  expect(summary.outcome).toBe('announcement');
}, 180_000);

import { mkdtemp, readFile, rm } from 'node:fs/promises';
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
const TRANSFER_NUMBER = '0725000022';
/** A frozen PostgreSQL is given two seconds once, and a machine that does other things as well some more. */
const RING_LIMIT_MS = 12_000;

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
  const staff = {
    kind: 'transfer',
    title: '職員',
    to: '0725009021',
    ringTimeoutMs: 20_000,
    record: false,
    next: { busy: 'failed', unanswered: 'failed', failed: 'failed', ended: 'ended' },
  };
  await under.serve(
    TRANSFER_NUMBER,
    oneFlow('away-transfer', {
      first: sayMarker(1, 'staff'),
      staff,
      ended: sayMarker(2, 'end'),
      failed: sayMarker(3, 'end'),
      end: END,
    }),
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

test('while PostgreSQL is frozen and neither answers nor refuses, callers reach staff; the records are complete when it goes on', async () => {
  const rung = Promise.withResolvers<void>();
  under.staff.onIncoming(async (incoming) => {
    incoming.ring();
    rung.resolve();
    await incoming.answer();
    await pause(2_000);
    await incoming.hangUp();
  });
  const call = await under.call(TRANSFER_NUMBER);
  await call.waitForTone({ marker: 1 }, { timeoutMs: 10_000 });
  const frozen = await processesOf(postgres.pid);
  for (const pid of frozen) process.kill(pid, 'SIGSTOP');
  try {
    expect(await Promise.race([rung.promise.then(() => 'rung'), pause(RING_LIMIT_MS, 'not rung')])).toBe(
      'rung',
    );
    await call.waitForTone({ marker: 2 }, { timeoutMs: 20_000 });
    expect((await call.ended).by).toBe('them');
    const meanwhile = await under.call(NUMBER);
    await meanwhile.waitForTone({ marker: 2 }, { timeoutMs: 15_000 });
    expect((await meanwhile.ended).by).toBe('them');
  } finally {
    for (const pid of frozen) process.kill(pid, 'SIGCONT');
  }
  const summary = await summaryOf(db, call.sipCallId, { ended: true }, 30_000);
  expect(summary.outcome).toBe('transfer');
  expect(await eventTypes(db, summary.call_id)).toEqual([
    'began',
    'answered',
    'announced',
    'transferRinging',
    'transferAnswered',
    'transferEnded',
    'announced',
    'hungUp',
  ]);
}, 180_000);

/** The postmaster and its backends. */
async function processesOf(postmaster: number): Promise<readonly number[]> {
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
  return [postmaster, ...children.split(' ').filter(Boolean).map(Number)];
}

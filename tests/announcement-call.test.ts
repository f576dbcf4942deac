import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HouseUnderTest, MARKER_MS, startHouseUnderTest } from './setup/house-under-test.ts';
import { eventTypes, summaryOf } from './setup/records.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';

const NUMBER = '0725000001';
let under: HouseUnderTest;

beforeAll(async () => {
  under = await startHouseUnderTest();
  await under.serve(
    NUMBER,
    oneFlow('thin', { first: sayMarker(1, 'second'), second: sayMarker(2, 'end'), end: END }),
  );
});

afterAll(async () => {
  await under?.stop();
});

test('a citizen hears the announcements in order, is hung up on, and the records tell the same', async () => {
  const call = await under.call(NUMBER);
  await call.answered;
  const first = await call.waitForTone({ marker: 1 }, { timeoutMs: 10_000 });
  const second = await call.waitForTone({ marker: 2 }, { timeoutMs: 10_000 });
  expect(second.atMs - first.atMs).toBeGreaterThan(MARKER_MS - 200);
  expect((await call.ended).by).toBe('them');

  const { db } = under.database;
  const summary = await summaryOf(db, call.sipCallId, { ended: true });
  expect(summary).toMatchObject({
    outcome: 'announcement',
    caller_number: '09000000001',
    phone_number: NUMBER,
  });
  expect(await eventTypes(db, summary.call_id)).toEqual([
    'began',
    'answered',
    'announced',
    'announced',
    'hungUp',
  ]);
});

test('the controlling process is killed in the middle: the caller stays connected and hears the current prompt again', async () => {
  const { db } = under.database;
  const call = await under.call(NUMBER);
  await call.waitForTone({ marker: 1 }, { timeoutMs: 10_000 });
  await summaryOf(db, call.sipCallId, { ended: false });
  const killedAtMs = call.nowMs;
  await under.kill('calls');

  await call.waitForTone({ marker: 2 }, { timeoutMs: 20_000, sinceMs: killedAtMs });
  expect((await call.ended).by).toBe('them');
  const summary = await summaryOf(db, call.sipCallId, { ended: true });
  expect(summary.outcome).toBe('announcement');
  expect(await eventTypes(db, summary.call_id)).toContain('resumed');
});

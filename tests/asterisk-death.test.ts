import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { summaryOf } from './setup/records.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';

const NUMBER = '0725000031';
let under: HouseUnderTest;

beforeAll(async () => {
  under = await startHouseUnderTest();
  await under.serve(
    NUMBER,
    oneFlow('death', { first: sayMarker(1, 'second'), second: sayMarker(2, 'end'), end: END }),
  );
});

afterAll(async () => {
  await under?.stop();
});

test('after the death of Asterisk the next call is answered, and the call it carried is recorded as unknown', async () => {
  const { db } = under.database;
  const lost = await under.call(NUMBER);
  await lost.waitForTone({ marker: 1 }, { timeoutMs: 10_000 });
  const before = await summaryOf(db, lost.sipCallId, { ended: false });
  const diedAt = performance.now();
  await under.kill('asterisk');

  // INVITE is repeated by the telephone itself while nobody listens (RFC 3261 timer A), as a carrier would.
  const next = await under.call(NUMBER);
  await next.answered;
  // The target is 5 s (measured by `npm run bench -- death`); ten times that catches hanging only.
  expect(performance.now() - diedAt).toBeLessThan(50_000);
  await next.waitForTone({ marker: 2 }, { timeoutMs: 15_000 });
  expect((await next.ended).by).toBe('them');

  const after = await summaryOf(db, lost.sipCallId, { ended: true });
  expect(after.outcome).toBe('unknown');
  const served = await summaryOf(db, next.sipCallId, { ended: true });
  expect(served.outcome).toBe('announcement');
  expect(served.call_id).not.toBe(before.call_id);
  lost.abandon();
});

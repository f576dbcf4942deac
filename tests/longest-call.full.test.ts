import type { IncomingCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HEARING_LIMIT_MS } from './setup/caller-acts.ts';
import { engineEmpty } from './setup/engine-state.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { eventTypes, readyRecording, summaryOf } from './setup/records.ts';
import { END, markerPrompt, oneFlow } from './setup/test-flows.ts';

const NUMBER = '0725000341';
/** In place of five hours. */
const LONGEST_MS = 12_000;
const CITIZEN_SAYS = { marker: 20 };
const STAFF_SAYS = { marker: 21 };

let under: HouseUnderTest;
const arrived = Promise.withResolvers<IncomingCall>();

beforeAll(async () => {
  under = await startHouseUnderTest({ maxCallMs: LONGEST_MS });
  under.staff.onIncoming(async (call) => {
    await call.answer();
    void call.play(STAFF_SAYS);
    arrived.resolve(call);
  });
  await under.serve(
    NUMBER,
    oneFlow('longest', {
      staff: {
        kind: 'transfer',
        title: '職員',
        to: '0725009341',
        record: true,
        announcement: { ...markerPrompt(1), transcript: '通話を録音します。' },
        givesRecordingNotice: true,
        next: { busy: 'end', unanswered: 'end', failed: 'end', ended: 'end' },
      },
      end: END,
    }),
  );
}, 240_000);

afterAll(async () => {
  await under?.stop();
});

test('a talk that reaches the longest life of a call is ended for both, and kept', async () => {
  const call = await under.call(NUMBER);
  void call.play(CITIZEN_SAYS);
  await call.waitForTone(STAFF_SAYS, { timeoutMs: HEARING_LIMIT_MS });
  const staff = await arrived.promise;
  const [citizenEnd, staffEnd] = await Promise.all([call.ended, staff.ended]);
  expect(citizenEnd).toMatchObject({ by: 'them', reason: 'hungUp' });
  expect(staffEnd).toMatchObject({ by: 'them', reason: 'hungUp' });
  expect(citizenEnd.atMs).toBeGreaterThan(LONGEST_MS - 500);
  const { db } = under.database;
  const { call_id, outcome } = await summaryOf(db, call.sipCallId, { ended: true });
  expect(outcome).toBe('transfer');
  // Our side ended it: the record must not say that the caller hung up.
  expect((await eventTypes(db, call_id)).at(-1)).toBe('hungUp');
  expect((await readyRecording(db, call_id)).duration_ms).toBeGreaterThan(4_000);
  await engineEmpty(under);
}, 120_000);

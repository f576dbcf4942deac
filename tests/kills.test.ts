import { setTimeout as pause } from 'node:timers/promises';
import { nationalDigits } from '@madoguchi/flow';
import type { IncomingCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ReceivedTextSchema } from '../packages/server/src/sms/index.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { summaryOf } from './setup/records.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';

/** Three kills in `npm test`; `npm run test:full` (MADOGUCHI_FULL=1) kills at many more moments. */
const ROUNDS = process.env['MADOGUCHI_FULL'] === '1' ? 15 : 3;
const SMS_NUMBER = '0725000011';
const TRANSFER_NUMBER = '0725000012';
const STAFF = '0725009011';
const TextsSchema = z.object({ texts: z.array(ReceivedTextSchema) });

let under: HouseUnderTest;
const staffCalls: IncomingCall[] = [];

beforeAll(async () => {
  under = await startHouseUnderTest();
  await under.serve(
    SMS_NUMBER,
    oneFlow('kill-sms', {
      first: sayMarker(1, 'sms'),
      sms: {
        kind: 'sms',
        title: 'SMS',
        to: { type: 'caller' },
        text: 'ご案内をお送りします。'.repeat(20),
        next: { accepted: 'accepted', notMobile: 'failed', refused: 'failed', unknown: 'unknown' },
      },
      accepted: sayMarker(2, 'end'),
      unknown: sayMarker(3, 'end'),
      failed: sayMarker(4, 'end'),
      end: END,
    }),
  );
  await under.serve(
    TRANSFER_NUMBER,
    oneFlow('kill-transfer', {
      first: sayMarker(1, 'staff'),
      staff: {
        kind: 'transfer',
        title: '職員',
        to: STAFF,
        ringTimeoutMs: 20_000,
        record: false,
        next: { busy: 'failed', unanswered: 'failed', failed: 'failed', ended: 'ended' },
      },
      ended: sayMarker(2, 'end'),
      failed: sayMarker(3, 'end'),
      end: END,
    }),
  );
  under.staff.onIncoming(async (call) => {
    staffCalls.push(call);
    call.ring();
    await pause(500);
    if ((await Promise.race([call.outcome, null])) !== null) return;
    await call.answer();
    await pause(3_000);
    await call.hangUp();
  });
}, 180_000);

afterAll(async () => {
  await under?.stop();
});

/**
 * One random moment in each equal part of the conversation, which lasts about five seconds: a run meets all of it, no two runs the
 * same. A failed test's name tells its moment.
 */
const moments = Array.from({ length: ROUNDS }, (_, round) =>
  Math.round(300 + ((round + Math.random()) * 5_000) / ROUNDS),
);

test.for(moments)(
  'killed %i ms after dialling, no citizen gets a text twice and no staff telephone rings twice',
  { timeout: 120_000 },
  async (moment) => {
    const { db } = under.database;
    const textsBefore = (await texts()).length;
    const ringsBefore = staffCalls.length;
    const sms = await under.call(SMS_NUMBER, '09000000011');
    const transfer = await under.call(TRANSFER_NUMBER, '09000000012');
    await Promise.all([sms.answered, transfer.answered]);
    await pause(Math.max(0, moment - sms.nowMs));
    await under.kill('calls');

    const ends = await Promise.all([sms.ended, transfer.ended]);
    expect(ends.map((end) => end.by)).toEqual(['them', 'them']);

    const arrived = (await texts()).slice(0, (await texts()).length - textsBefore);
    const rings = staffCalls.slice(ringsBefore);
    expect(arrived.length).toBeLessThanOrEqual(1);
    expect(rings.length).toBeLessThanOrEqual(1);

    // The records say what the outside saw: who heard the branch of success had it, and what is recorded as done was done once.
    const smsSummary = await summaryOf(db, sms.sipCallId, { ended: true });
    const outbox = await db
      .selectFrom('sms_message')
      .selectAll()
      .where('id', 'like', `${smsSummary.call_id}-%`)
      .execute();
    expect(outbox.length).toBe(1);
    const recorded = outbox[0];
    if (arrived.length === 1) expect(['accepted', 'delivered', 'unknown']).toContain(recorded?.state);
    else expect(['unknown', 'refused']).toContain(recorded?.state);
    const heard = sms.heardMarkers.map(({ marker }) => marker);
    expect(heard).toContain(recorded?.state === 'unknown' ? 3 : 2);
    if (heard.includes(2)) expect(arrived.length).toBe(1);
    if (arrived[0] !== undefined) expect(nationalDigits(`+${arrived[0].to}`)).toBe('09000000011');

    const transferSummary = await summaryOf(db, transfer.sipCallId, { ended: true });
    const legs = await db
      .selectFrom('call_event')
      .select(['type', 'event'])
      .where('call_id', '=', transferSummary.call_id)
      .where('type', 'in', ['transferAnswered', 'transferEnded', 'transferFailed'])
      .orderBy('seq')
      .execute();
    const answered = legs.some((leg) => leg.type === 'transferAnswered');
    if (answered) expect(rings.map(({ to }) => to.user)).toEqual([STAFF]);
    const talked = rings.length === 1 && (await rings[0]?.outcome)?.answered === true;
    const heardAfter = transfer.heardMarkers.map(({ marker }) => marker);
    if (talked && answered) expect(heardAfter).toContain(2);
    else expect(heardAfter.some((marker) => marker === 2 || marker === 3)).toBe(true);
  },
);

/** What the SMSC put together, newest first. */
async function texts() {
  const reply = await fetch(`${under.house.smscUrl}/texts?limit=10000`);
  return TextsSchema.parse(await reply.json()).texts;
}

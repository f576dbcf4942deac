import type { IncomingCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ASKING, GREETING, PUBLIC, TestDialling } from './test-dialling.ts';

let dialling: TestDialling;
beforeAll(async () => {
  dialling = await TestDialling.start();
});
afterAll(() => dialling.stop());

test('a recipient of a running campaign is called once, hears his own due date, presses a key, and is done', async () => {
  const rung: IncomingCall[] = [];
  dialling.world.staff.onIncoming(async (call) => {
    rung.push(call);
    call.ring();
    await call.answer();
  });
  const telephone = '09000000321';
  const campaignId = await dialling.campaign(
    [{ telephone, values: { 納期限: { text: '2026-12-25', readAs: 'date' } } }],
    { tries: 1 },
  );
  await expect.poll(() => rung.length, { timeout: 20_000 }).toBe(1);
  const [call] = rung;
  if (call === undefined) throw new Error('nobody was called');
  expect([call.to.user, call.from.user]).toEqual([telephone, PUBLIC]);
  await call.waitForTone({ marker: GREETING }, { timeoutMs: 20_000 });
  await call.waitForTone({ marker: ASKING }, { timeoutMs: 20_000 });
  expect(dialling.spoken.flat()).toContainEqual(
    expect.objectContaining({ type: 'value', name: '納期限', text: '2026-12-25', readAs: 'date' }),
  );
  // The key is understood, and the call over, before it is let go.
  await call.pressAll('1').catch(() => undefined);
  expect(await call.ended).toMatchObject({ by: 'them' });

  await expect
    .poll(() => dialling.attempts(campaignId), { timeout: 20_000 })
    .toMatchObject([{ state: 'ended' }]);
  const [recorded] = await dialling.attempts(campaignId);
  expect(recorded).toMatchObject({ outcome: 'answered', counts_as_try: true, sip_call_id: call.sipCallId });
  expect(recorded?.dialled_at).not.toBeNull();
  const { db } = dialling.room.database;
  const summary = await db
    .selectFrom('call_summary')
    .select(['is_placed', 'keys', 'caller_number', 'outcome'])
    .where('call_id', '=', recorded?.attempt_id ?? '')
    .executeTakeFirst();
  expect(summary).toMatchObject({ is_placed: true, keys: '1', caller_number: telephone });
  expect(await dialling.recipients(campaignId)).toMatchObject([
    { state: 'done', tries: 1, settled_reason: 'triesUsed' },
  ]);
  // No figure of received calls knows of it.
  expect(await db.selectFrom('branch_count').select('count').execute()).toEqual([]);
});

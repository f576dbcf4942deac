import { setTimeout as pause } from 'node:timers/promises';
import type { IncomingCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { rings, type StaffAct, speaksTooEarly } from '../../line/asterisk/test-staff.ts';
import { clock, GREETING, TestDialling } from './test-dialling.ts';

let dialling: TestDialling;
let rung: IncomingCall[] = [];
let telephones = 0;

beforeAll(async () => {
  dialling = await TestDialling.start();
}, 60_000);
afterAll(() => dialling.stop());
beforeEach(() => {
  rung = [];
});

const nextTelephone = () => `09000000${String(++telephones).padStart(3, '0')}`;
const citizens = (act: StaffAct) =>
  dialling.world.staff.onIncoming((call) => {
    rung.push(call);
    return act(call);
  });

async function outcome(campaignId: string) {
  await expect
    .poll(async () => (await dialling.attempts(campaignId)).map((each) => each.outcome), { timeout: 60_000 })
    .toEqual([expect.any(String)]);
  const [attempt] = await dialling.attempts(campaignId);
  const [recipient] = await dialling.recipients(campaignId);
  if (attempt === undefined || recipient === undefined) throw new Error('there was one of each');
  return { attempt, recipient };
}

const rejects =
  (code: number): StaffAct =>
  (call) =>
    call.reject(code);
const ringsThen =
  (code: number): StaffAct =>
  async (call) => {
    call.ring();
    await pause(300);
    call.reject(code);
  };

test.each([
  ['busy', rejects(486), 'busy', 1],
  ['rung in vain', ringsThen(480), 'unanswered', 1],
  ['declined', ringsThen(603), 'declined', 1],
  ['refused by the trunk', rejects(503), 'trunkRefused', 0],
  ['forbidden by the trunk', rejects(403), 'trunkRefused', 0],
  [
    'out of range, told by a talkie',
    (async (call) => {
      await speaksTooEarly(7)(call);
      await pause(300);
      call.reject(480);
    }) satisfies StaffAct,
    'outOfRange',
    1,
  ],
] as const)(
  'a call that is %s is recorded so, and the person waits for the next try',
  async (_, act, what, tries) => {
    citizens(act);
    const campaignId = await dialling.campaign([{ telephone: nextTelephone() }]);
    const { attempt, recipient } = await outcome(campaignId);
    expect(attempt).toMatchObject({ state: 'ended', outcome: what, counts_as_try: tries === 1 });
    expect(attempt.sip_call_id).toBe(rung[0]?.sipCallId);
    expect(recipient).toMatchObject({ state: 'waiting', tries });
    expect(recipient.next_at.getTime()).toBeGreaterThan(clock.now());
    expect(rung).toHaveLength(1);
  },
);

test('a number that nobody has is not called again', async () => {
  citizens(rejects(404));
  const { attempt, recipient } = await outcome(await dialling.campaign([{ telephone: nextTelephone() }]));
  expect(attempt).toMatchObject({ outcome: 'unassigned', sip_code: 404 });
  expect(recipient).toMatchObject({ state: 'done', settled_reason: 'outcome' });
});

test('whoever hangs up within two seconds hung up at once', async () => {
  citizens(async (call) => {
    await call.answer();
    await pause(200);
    await call.hangUp();
  });
  const { attempt } = await outcome(await dialling.campaign([{ telephone: nextTelephone() }]));
  expect(attempt).toMatchObject({ state: 'ended', outcome: 'hungUpAtOnce' });
});

test('whoever answers and says nothing hears all and is let go', async () => {
  citizens((call) => call.answer());
  const campaignId = await dialling.campaign([{ telephone: nextTelephone() }]);
  const { attempt } = await outcome(campaignId);
  expect(attempt).toMatchObject({ outcome: 'answered' });
  expect((await rung[0]?.ended)?.by).toBe('them');
}, 60_000);

test('whoever answers is greeted within half a second', async () => {
  const waits: number[] = [];
  citizens(async (call) => {
    await call.answer();
    const answeredMs = performance.now();
    await call.waitForTone({ marker: GREETING }, { timeoutMs: 20_000 });
    waits.push(performance.now() - answeredMs);
    await call.hangUp();
  });
  await dialling.campaign(
    Array.from({ length: 5 }, () => ({ telephone: nextTelephone() })),
    { atOnce: 1 },
  );
  await expect.poll(() => waits.length, { timeout: 60_000 }).toBe(5);
  // The least of some: a busy machine hears late, but never early.
  expect(Math.min(...waits)).toBeLessThan(500);
});

test('a stopped campaign takes back what is ringing within seconds and calls nobody more', async () => {
  citizens(rings);
  const people = Array.from({ length: 6 }, () => ({ telephone: nextTelephone() }));
  const campaignId = await dialling.campaign(people, { atOnce: 2 });
  await expect.poll(() => rung.length, { timeout: 20_000 }).toBe(2);
  const { db } = dialling.room.database;
  await db
    .updateTable('campaign')
    .set({ state: 'ended', ended_because: 'stopped' })
    .where('campaign_id', '=', campaignId)
    .execute();
  const stoppedMs = performance.now();
  dialling.dialler.wake();
  for (const call of rung) expect((await call.ended).reason).toBe('cancelled');
  expect(performance.now() - stoppedMs).toBeLessThan(3_000);
  await expect
    .poll(async () => (await dialling.attempts(campaignId)).map((each) => each.outcome), { timeout: 20_000 })
    .toEqual(['cancelled', 'cancelled']);
  await pause(1_500);
  expect(rung).toHaveLength(2);
});

test('who is taken off the list while his telephone rings is rung no more', async () => {
  citizens(rings);
  const campaignId = await dialling.campaign([{ telephone: nextTelephone() }]);
  await expect.poll(() => rung.length, { timeout: 20_000 }).toBe(1);
  await dialling.room.database.db
    .updateTable('campaign_recipient')
    .set({ state: 'removed', settled_reason: 'paid', settled_at: new Date(clock.now()) })
    .where('campaign_id', '=', campaignId)
    .execute();
  expect((await rung[0]?.ended)?.reason).toBe('cancelled');
  const { recipient } = await outcome(campaignId);
  expect(recipient).toMatchObject({ state: 'removed', settled_reason: 'paid' });
});

test('two people with one telephone are never called at once', async () => {
  citizens(async (call) => {
    call.ring();
    await pause(700);
    call.reject(486);
  });
  const telephone = nextTelephone();
  const campaignId = await dialling.campaign([{ telephone }, { telephone }]);
  await expect
    .poll(
      async () => (await dialling.attempts(campaignId)).filter(({ ended_at }) => ended_at !== null).length,
      {
        timeout: 20_000,
      },
    )
    .toBe(2);
  const [first, second] = await dialling.attempts(campaignId);
  expect(second?.reserved_at.getTime()).toBeGreaterThanOrEqual(first?.ended_at?.getTime() ?? Infinity);
});

test('no more are called at once than the campaign may', async () => {
  let ringing = 0;
  let most = 0;
  citizens(async (call) => {
    most = Math.max(most, ++ringing);
    call.ring();
    await pause(400);
    ringing--;
    call.reject(486);
  });
  const people = Array.from({ length: 9 }, () => ({ telephone: nextTelephone() }));
  await dialling.campaign(people, { atOnce: 3 });
  await expect.poll(() => rung.length, { timeout: 30_000 }).toBe(9);
  expect(most).toBeLessThanOrEqual(3);
});

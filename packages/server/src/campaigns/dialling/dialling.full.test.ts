import { setTimeout as pause } from 'node:timers/promises';
import type { IncomingCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type SippCitizen, sippCitizen } from '../../../../../tests/setup/sipp-citizen.ts';
import { rings, type StaffAct, speaksTooEarly } from '../../line/asterisk/test-staff.ts';
import { saveOutcomeTable } from '../pacing/stored-outcome-table.ts';
import { clock, GREETING, TestDialling } from './test-dialling.ts';

/** By which a fax answers (ITU-T T.30 5.3.6.1.1). */
const FAX_TONE_HZ = 2_100;

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

test('a fax that answers is told by its tone, and not called again', async () => {
  citizens(async (call) => {
    await call.answer();
    await pause(500);
    await call.play({ toneHz: FAX_TONE_HZ });
  });
  const { attempt, recipient } = await outcome(await dialling.campaign([{ telephone: nextTelephone() }]));
  expect(attempt).toMatchObject({ outcome: 'answered', answered_by: 'fax' });
  expect(recipient).toMatchObject({ state: 'done', settled_reason: 'outcome' });
  expect(rung).toHaveLength(1);
});

test("an answer means what the trunk's own table says, as soon as staff have stored it", async () => {
  const { db } = dialling.room.database;
  await db.insertInto('trunk').values({ trunk_id: 'main', position: 0, settings: '{}' }).execute();
  onTestFinished(async () => {
    await db.deleteFrom('trunk').where('trunk_id', '=', 'main').execute();
    await dialling.outcomeTables.refresh();
  });
  const own = [{ when: { sipCodes: [486] }, outcome: 'declined' as const, because: '見本の回線の書類' }];
  await saveOutcomeTable(db, 'main', own, null, { person: 'test', at: new Date() });
  await dialling.outcomeTables.refresh();
  citizens(rejects(486));
  const declined = await outcome(await dialling.campaign([{ telephone: nextTelephone() }]));
  expect(declined.attempt).toMatchObject({ outcome: 'declined', sip_code: 486 });
  citizens(rejects(404));
  const unknown = await outcome(await dialling.campaign([{ telephone: nextTelephone() }]));
  expect(unknown.attempt).toMatchObject({ state: 'unknown', outcome: 'unknown', counts_as_try: true });
});

/** The next call goes to a telephone of SIPp instead. */
async function leadsToSipp(scenario: string): Promise<SippCitizen> {
  const { world } = dialling;
  const [usual] = world.trunks;
  if (usual === undefined) throw new Error('there is a trunk');
  const citizen = await sippCitizen(scenario);
  onTestFinished(async () => {
    await citizen.stop();
    await world.changeTrunks((trunk) => ({ ...trunk, port: usual.port }));
  });
  await world.changeTrunks((trunk) => ({ ...trunk, port: citizen.sipPort }));
  return citizen;
}

const callIdsOf = (messages: readonly string[], method: string) =>
  messages
    .filter((message) => message.startsWith(method))
    .map((message) => /^Call-ID: *(.*)$/im.exec(message)?.[1]?.trim());

test('where the network rings two telephones and the second answers, it is one call, with that one', async () => {
  const citizen = await leadsToSipp('forked-answer-sipp.xml');
  const campaignId = await dialling.campaign([{ telephone: nextTelephone() }]);
  const { attempt, recipient } = await outcome(campaignId);
  expect(attempt).toMatchObject({ state: 'ended', outcome: 'answered', counts_as_try: true });
  expect(recipient).toMatchObject({ tries: 1 });
  const { asPlanned, received } = await citizen.over;
  expect(asPlanned).toBe(true);
  expect(new Set(callIdsOf(received, 'INVITE'))).toEqual(new Set([attempt.sip_call_id]));
  const dialogs = received.filter((message) => /^(ACK|BYE) /.test(message));
  for (const message of dialogs) expect(message).toMatch(/^To: .*;tag=second/im);
}, 90_000);

test('who picks up at the moment at which his call is taken back is hung up at once, and nobody speaks to him', async () => {
  const citizen = await leadsToSipp('crossing-answer-sipp.xml');
  const campaignId = await dialling.campaign([{ telephone: nextTelephone() }]);
  await expect
    .poll(async () => (await dialling.attempts(campaignId)).map(({ state }) => state), { timeout: 20_000 })
    .toEqual(['ringing']);
  const { db } = dialling.room.database;
  await db
    .updateTable('campaign_recipient')
    .set({ state: 'removed', settled_reason: 'paid', settled_at: new Date(clock.now()) })
    .where('campaign_id', '=', campaignId)
    .execute();
  dialling.dialler.wake();
  const { attempt, recipient } = await outcome(campaignId);
  expect(attempt).toMatchObject({ state: 'ended', outcome: 'cancelled', counts_as_try: false });
  expect(recipient).toMatchObject({ state: 'removed', settled_reason: 'paid' });
  const { asPlanned, received } = await citizen.over;
  expect(asPlanned).toBe(true);
  expect(received.map((message) => message.split(' ')[0])).toEqual(
    expect.arrayContaining(['INVITE', 'CANCEL', 'ACK', 'BYE']),
  );
  expect(callIdsOf(received, 'INVITE').every((id) => id === attempt.sip_call_id)).toBe(true);
  const calls = await db
    .selectFrom('call_event')
    .select('type')
    .where('call_id', '=', attempt.attempt_id)
    .execute();
  expect(calls).toEqual([]);
}, 90_000);

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

import { setTimeout as pause } from 'node:timers/promises';
import type { IncomingCall, PlacedCall } from '@madoguchi/telephony/telephone';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { until } from '../../../../../tests/setup/until.ts';
import { clock, PUBLIC, TestDialling } from '../dialling/test-dialling.ts';
import { CHECKED_SCENARIO, callBack, calledCampaign, HEARD, markerOf, person } from './test-called-back.ts';

const DAY_MS = 86_400_000;
let dialling: TestDialling;
let rung: IncomingCall[] = [];
let telephones = 500;

beforeAll(async () => {
  dialling = await TestDialling.start({ scenario: CHECKED_SCENARIO, markerOf });
}, 60_000);
afterAll(() => dialling.stop());
beforeEach(() => {
  rung = [];
  dialling.spoken.length = 0;
  dialling.world.staff.onIncoming((call) => {
    rung.push(call);
    call.ring();
  });
});
afterEach(async () => {
  // No campaign of one test has a say in the next one.
  await dialling.room.database.db
    .updateTable('campaign')
    .set({ state: 'ended', ended_because: 'stopped', ended_at: new Date(clock.now()) })
    .execute();
  dialling.dialler.wake();
  await until('no campaign is known any more', () => dialling.dialler.versions.length === 0);
});

/** A row of the same figure, bunched up by a busy machine, would be taken for fewer presses. */
const BY_HAND = { gapMs: 300 };
const nextTelephone = () => `09000000${++telephones}`;
const hears = (call: PlacedCall, marker: number) => call.waitForTone({ marker }, { timeoutMs: 20_000 });
/** Amounts that were said to anybody. */
const amountsSaid = () =>
  dialling.spoken.flat().flatMap((part) => (part.type === 'value' ? [part.text] : []));

/** Which markers a caller heard until the end of the call. */
async function heardBy(call: PlacedCall): Promise<readonly number[]> {
  await call.ended;
  return call.heardMarkers.map(({ marker }) => marker);
}

async function callBackAttempt(campaignId: string) {
  return await expect
    .poll(async () => (await dialling.attempts(campaignId)).filter((each) => each.is_call_back), {
      timeout: 20_000,
    })
    .toMatchObject([{ state: 'ended' }])
    .then(async () => (await dialling.attempts(campaignId)).find((each) => each.is_call_back));
}

const db = () => dialling.room.database.db;
/** All that the call knew and was told. */
async function eventsOf(callId = ''): Promise<string> {
  const events = await db().selectFrom('call_event').select('event').where('call_id', '=', callId).execute();
  expect(events.length).toBeGreaterThan(2);
  return JSON.stringify(events);
}
async function end(campaignId: string, because: 'finished' | 'stopped') {
  await db()
    .updateTable('campaign')
    .set({ state: 'ended', ended_because: because, ended_at: new Date(clock.now()) })
    .where('campaign_id', '=', campaignId)
    .execute();
}

test('who calls back hears the scenario, his own amount only after the check, and what he promises is his result', async () => {
  const telephone = nextTelephone();
  const campaignId = await calledCampaign(dialling, [person(telephone, '1950-01-02', '12000')]);
  const call = await callBack(dialling, telephone);
  await hears(call, HEARD.scenario);
  await hears(call, HEARD.check);
  expect(amountsSaid()).toEqual([]);
  await call.pressAll('0102');
  await hears(call, HEARD.told);
  expect(amountsSaid()).toEqual(['12000']);
  await call.pressAll('1').catch(() => undefined);
  expect(await heardBy(call)).toEqual([HEARD.scenario, HEARD.check, HEARD.told]);

  const attempt = await callBackAttempt(campaignId);
  expect(attempt).toMatchObject({ outcome: 'answered', identity: 'matched', result: 'promised' });
  expect(attempt).toMatchObject({ counts_as_try: false, used_sen: 0, sip_call_id: call.sipCallId });
  expect(await dialling.recipients(campaignId)).toMatchObject([
    { state: 'done', settled_reason: 'reached', result: 'promised', tries: 0 },
  ]);
  const summary = await dialling.room.database.db
    .selectFrom('call_summary')
    .select(['is_placed', 'caller_number'])
    .where('call_id', '=', attempt?.attempt_id ?? '')
    .executeTakeFirst();
  expect(summary).toEqual({ is_placed: false, caller_number: telephone });
}, 60_000);

test('the telephone alone tells nobody anything: without the birthday no amount is said, and the person is called later', async () => {
  const telephone = nextTelephone();
  const campaignId = await calledCampaign(dialling, [person(telephone, '1950-01-02', '12000')]);
  const call = await callBack(dialling, telephone);
  await hears(call, HEARD.check);
  await call.pressAll('0203');
  await pause(500);
  await call.pressAll('0304');
  expect(await heardBy(call)).toContain(HEARD.notIdentified);
  expect(amountsSaid()).toEqual([]);
  const attempt = await callBackAttempt(campaignId);
  expect(attempt).toMatchObject({ identity: 'failed', result: null });
  expect(await eventsOf(attempt?.attempt_id)).not.toContain('12000');
  expect(await dialling.recipients(campaignId)).toMatchObject([{ state: 'waiting', tries: 0 }]);
}, 60_000);

test('of two people with one telephone the birthday says who calls back; the other one is left alone for a day', async () => {
  const telephone = nextTelephone();
  const soon = new Date(clock.now() + 3_600_000);
  const campaignId = await calledCampaign(dialling, [
    { ...person(telephone, '1950-01-02', '12000'), nextAt: soon },
    person(telephone, '1952-03-04', '34000'),
  ]);
  const call = await callBack(dialling, telephone);
  await hears(call, HEARD.check);
  await call.pressAll('0304');
  await hears(call, HEARD.told);
  await call.pressAll('1').catch(() => undefined);
  await call.ended;
  expect(amountsSaid()).toEqual(['34000']);
  await callBackAttempt(campaignId);
  const [first, second] = await dialling.recipients(campaignId);
  expect(second).toMatchObject({ state: 'done', settled_reason: 'reached', result: 'promised' });
  expect(first).toMatchObject({ state: 'waiting', result: null });
  expect(first?.next_at.getTime()).toBeGreaterThan(clock.now() + 20 * 3_600_000);
}, 60_000);

test('a birthday that two people of one telephone have is taken for neither', async () => {
  const telephone = nextTelephone();
  await calledCampaign(dialling, [
    person(telephone, '1950-01-02', '12000'),
    person(telephone, '1952-01-02', '34000'),
  ]);
  const call = await callBack(dialling, telephone);
  await hears(call, HEARD.check);
  await call.pressAll('0102');
  await pause(500);
  await call.pressAll('0102');
  expect(await heardBy(call)).toContain(HEARD.notIdentified);
  expect(amountsSaid()).toEqual([]);
}, 60_000);

test('of several campaigns the one speaks that called this telephone last', async () => {
  const telephone = nextTelephone();
  const earlier = await calledCampaign(dialling, [person(telephone, '1950-01-02', '12000')], { daysAgo: 3 });
  const later = await calledCampaign(dialling, [person(telephone, '1950-01-02', '34000')], { daysAgo: 2 });
  const call = await callBack(dialling, telephone);
  await hears(call, HEARD.check);
  await call.pressAll('0102');
  await hears(call, HEARD.told);
  await call.hangUp();
  expect(amountsSaid()).toEqual(['34000']);
  await callBackAttempt(later);
  expect((await dialling.attempts(earlier)).filter((each) => each.is_call_back)).toEqual([]);
}, 60_000);

test('who shows no number keys it in and is found by it; who waits hears what the number says to everybody', async () => {
  const telephone = nextTelephone();
  const campaignId = await calledCampaign(dialling, [person(telephone, '1950-01-02', '12000')]);
  const call = await callBack(dialling, nextTelephone(), { isWithheld: true });
  await hears(call, HEARD.askedForNumber);
  await call.pressAll(telephone, BY_HAND);
  await hears(call, HEARD.check);
  await call.pressAll('0102');
  await hears(call, HEARD.told);
  await call.hangUp();
  const attempt = await callBackAttempt(campaignId);
  expect(attempt).toMatchObject({ identity: 'matched' });
  expect(await eventsOf(attempt?.attempt_id)).not.toContain(telephone);

  const waits = await callBack(dialling, nextTelephone(), { isWithheld: true });
  expect(await heardBy(waits)).toEqual([HEARD.askedForNumber, HEARD.ownFlow]);
  const stranger = await callBack(dialling, nextTelephone(), { isWithheld: true });
  await hears(stranger, HEARD.askedForNumber);
  await stranger.pressAll('09000000999', BY_HAND);
  expect(await heardBy(stranger)).toEqual([HEARD.askedForNumber, HEARD.ownFlow]);
}, 90_000);

test('who hangs up while he is asked for his number is in the records as a call of the number', async () => {
  await calledCampaign(dialling, [person(nextTelephone(), '1950-01-02', '12000')]);
  const call = await callBack(dialling, nextTelephone(), { isWithheld: true });
  await hears(call, HEARD.askedForNumber);
  await call.hangUp();
  const { db } = dialling.room.database;
  const read = () =>
    db
      .selectFrom('call_summary')
      .select(['call_id', 'bundle_id', 'outcome'])
      .where('sip_call_id', '=', call.sipCallId)
      .executeTakeFirst();
  await expect.poll(read, { timeout: 10_000 }).toMatchObject({ bundle_id: 'served', outcome: 'abandoned' });
  const recorded = await read();
  expect(await dialling.room.types(recorded?.call_id ?? '')).toEqual(['began', 'answered', 'callerHungUp']);
}, 60_000);

test('a campaign that has ended by itself is called back all the same, and its result still counts', async () => {
  const telephone = nextTelephone();
  const campaignId = await calledCampaign(dialling, [person(telephone, '1950-01-02', '12000')]);
  await end(campaignId, 'finished');
  await dialling.room.database.db
    .updateTable('campaign_recipient')
    .set({ state: 'done', settled_reason: 'triesUsed', settled_at: new Date() })
    .where('campaign_id', '=', campaignId)
    .execute();
  const call = await callBack(dialling, telephone);
  await hears(call, HEARD.check);
  await call.pressAll('0102');
  await hears(call, HEARD.told);
  await call.pressAll('1').catch(() => undefined);
  await call.ended;
  await callBackAttempt(campaignId);
  expect(await dialling.recipients(campaignId)).toMatchObject([
    { state: 'done', settled_reason: 'reached', result: 'promised' },
  ]);
}, 60_000);

test('a campaign may let people who call back hear something else than its scenario', async () => {
  const telephone = nextTelephone();
  const campaignId = await calledCampaign(dialling, [person(telephone, '1950-01-02', '12000')]);
  await db()
    .updateTable('campaign')
    .set({ call_back_bundle_id: 'served' })
    .where('campaign_id', '=', campaignId)
    .execute();
  dialling.dialler.wake();
  await until('the other version is known', () =>
    dialling.dialler.callBackVersions.some(({ bundle }) => bundle.bundleId === 'served'),
  );
  expect(await heardBy(await callBack(dialling, telephone))).toEqual([HEARD.ownFlow]);
  expect(await callBackAttempt(campaignId)).toMatchObject({ bundle_id: 'served', identity: null });
  expect(await dialling.recipients(campaignId)).toMatchObject([{ state: 'waiting', result: null }]);
}, 60_000);

const ownFlowCases: readonly (readonly [string, (campaignId: string) => Promise<unknown>])[] = [
  ['whose campaign was stopped by staff', (campaignId) => end(campaignId, 'stopped')],
  [
    'who has paid and was taken off',
    (campaignId) =>
      db()
        .updateTable('campaign_recipient')
        .set({ state: 'removed', settled_reason: 'paid', settled_at: new Date() })
        .where('campaign_id', '=', campaignId)
        .execute(),
  ],
  [
    'whose telephone belongs to somebody else',
    (campaignId) =>
      db()
        .updateTable('campaign_recipient')
        .set({ result: 'wrongNumber' })
        .where('campaign_id', '=', campaignId)
        .execute(),
  ],
  [
    'whom nobody may call any more 発信止め',
    async (campaignId) => {
      const { telephone_key } = await db()
        .selectFrom('campaign_recipient')
        .select('telephone_key')
        .where('campaign_id', '=', campaignId)
        .executeTakeFirstOrThrow();
      await db()
        .insertInto('campaign_suppression')
        .values({
          suppression_id: campaignId,
          person_key: null,
          telephone_key,
          addressee_number: null,
          telephone: '0725000999',
          reason: 'domesticViolence',
          from_day: '2020-01-01',
          to_day: null,
          source: 'staff',
          added_at: new Date(),
          added_by: null,
          lifted_at: null,
          lifted_by: null,
        })
        .execute();
    },
  ],
];

test.each(ownFlowCases)(
  'a person %s hears what the number says to everybody',
  async (_, change) => {
    const telephone = nextTelephone();
    const campaignId = await calledCampaign(dialling, [person(telephone, '1950-01-02', '12000')]);
    await change(campaignId);
    const call = await callBack(dialling, telephone);
    expect(await heardBy(call)).toEqual([HEARD.ownFlow]);
  },
  60_000,
);

test('who calls back outside the hours of the campaign hears what the number says to everybody', async () => {
  const telephone = nextTelephone();
  const times = { weekdays: [0, 1, 2, 3, 4, 5, 6], from: '03:00', to: '03:01', onHolidays: true };
  await calledCampaign(dialling, [person(telephone, '1950-01-02', '12000')], { settings: { times } });
  expect(await heardBy(await callBack(dialling, telephone))).toEqual([HEARD.ownFlow]);
}, 60_000);

test('who was called longer ago than people may call back, or never, hears what the number says to everybody', async () => {
  const [late, inTime] = [nextTelephone(), nextTelephone()];
  await calledCampaign(dialling, [person(late, '1950-01-02', '12000')], { daysAgo: 15 });
  await calledCampaign(dialling, [person(inTime, '1950-01-02', '34000')], { daysAgo: 13 });
  expect(await heardBy(await callBack(dialling, late))).toEqual([HEARD.ownFlow]);
  expect(await heardBy(await callBack(dialling, nextTelephone()))).toEqual([HEARD.ownFlow]);
  const call = await callBack(dialling, inTime);
  await hears(call, HEARD.scenario);
  await call.hangUp();
}, 60_000);

test('while his telephone rings he calls back: the ringing is taken back, and nobody calls him during the talk or soon after', async () => {
  const telephone = nextTelephone();
  const { nextAt: _, ...now } = person(telephone, '1950-01-02', '12000');
  const campaignId = await dialling.campaign([now, person(nextTelephone(), '1950-01-02', '1')]);
  await expect.poll(() => rung.length, { timeout: 20_000 }).toBe(1);
  await expect.poll(() => dialling.dialler.expectsCallBacks(PUBLIC), { timeout: 20_000 }).toBe(true);
  const call = await callBack(dialling, telephone);
  expect((await rung[0]?.ended)?.reason).toBe('cancelled');
  await hears(call, HEARD.check);
  await expect
    .poll(() => dialling.attempts(campaignId), { timeout: 20_000 })
    .toMatchObject([{ outcome: 'cancelled' }, { is_call_back: true, state: 'talking' }]);
  expect((await dialling.recipients(campaignId))[0]).toMatchObject({ state: 'inProgress' });
  // Another campaign may not ring there either.
  await dialling.campaign([now]);
  await pause(2_000);
  expect(rung).toHaveLength(1);
  await dialling.room.database.db.deleteFrom('campaign').where('campaign_id', '!=', campaignId).execute();
  await call.hangUp();
  await callBackAttempt(campaignId);
  const [recipient] = await dialling.recipients(campaignId);
  expect(recipient).toMatchObject({ state: 'waiting', tries: 0 });
  expect(recipient?.next_at.getTime()).toBeGreaterThan(clock.now() + DAY_MS - 60_000);
}, 90_000);

test('where PostgreSQL does not answer, whoever calls hears within seconds what the number says to everybody', async () => {
  const telephone = nextTelephone();
  await calledCampaign(dialling, [person(telephone, '1950-01-02', '12000')]);
  dialling.room.way.fallSilent();
  try {
    const call = await callBack(dialling, telephone);
    await hears(call, HEARD.ownFlow);
    expect(call.nowMs).toBeLessThan(10_000);
  } finally {
    dialling.room.way.speak();
  }
}, 60_000);

import { randomUUID } from 'node:crypto';
import { loadPublished } from '@madoguchi/flow';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { END, oneFlow, sayMarker } from '../../../../../tests/setup/test-flows.ts';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import { DEFAULT_OUTCOME_TABLE } from '../pacing/default-outcome-table.ts';
import { type DiallingRules, noRules } from './dialling-rules.ts';
import { dueRecipients } from './due-recipients.ts';
import { readOpenAttempts } from './open-attempts.ts';
import { markDialled, reserveAttempt } from './reserve.ts';
import { type DialledCampaign, readRunningCampaigns } from './running-campaigns.ts';
import { type AttemptEnd, settleAttempt } from './settle.ts';
import { layCampaign } from './test-campaign.ts';

const PUBLIC = '0725001001';
const bundle = loadPublished(oneFlow('scenario', { first: sayMarker(1, 'end'), end: END }));
const bundleOf = () => Promise.resolve(bundle);
const BUSY = { sipCode: 486, q850Cause: 17, rang: false, earlyMedia: false, afterMs: 300, cancelledBy: null };

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await db
    .insertInto('flow_bundle')
    .values({ bundle_id: 'scenario', name: 'scenario', bundle: JSON.stringify(bundle.bundle) })
    .execute();
  await db
    .insertInto('phone_number')
    .values({ phone_number: PUBLIC, name: '税務', state: 'live', bundle_id: 'scenario' })
    .execute();
});
afterEach(() => database.drop());

async function campaignFor(
  people: number,
  settings: Parameters<typeof layCampaign>[1]['settings'] = {},
): Promise<DialledCampaign> {
  await layCampaign(database.db, {
    campaignId: 'campaign',
    bundleId: 'scenario',
    phoneNumber: PUBLIC,
    recipients: Array.from({ length: people }, (_, nth) => ({ telephone: `0900000000${nth % 10}` })),
    settings,
  });
  const [campaign] = await readRunningCampaigns(database.db, bundleOf);
  if (campaign === undefined) throw new Error('it runs');
  return campaign;
}

const due = (campaign: DialledCampaign, limit = 50) =>
  dueRecipients(database.db, campaign.campaignId, { now: new Date(), limit, except: [] });

/** Reserves the first who is due; null where that cannot be. */
async function reserveFirst(campaign: DialledCampaign, callNode = 'one', rules = noRules) {
  const [recipient] = await due(campaign, 1);
  if (recipient === undefined) return null;
  const attemptId = `att-${randomUUID()}`;
  const order = { attemptId, campaign, recipient, callNode, nowMs: Date.now() };
  return (await reserveAttempt(database.db, rules, order)) ? { attemptId, ...recipient } : null;
}

async function reserved(campaign: DialledCampaign) {
  const attempt = await reserveFirst(campaign);
  if (attempt === null) throw new Error('somebody is due');
  return attempt;
}

const settle = (attemptId: string, end: AttemptEnd) =>
  settleAttempt(
    {
      db: database.db,
      rules: noRules,
      tableOf: () => DEFAULT_OUTCOME_TABLE,
      holidays: new Map(),
      nowMs: Date.now(),
    },
    attemptId,
    end,
  );

async function recipientOf(recipientId: number) {
  return await database.db
    .selectFrom('campaign_recipient')
    .select(['state', 'tries', 'next_at', 'settled_reason'])
    .where('recipient_id', '=', recipientId)
    .executeTakeFirstOrThrow();
}
async function attemptOf(attemptId: string) {
  return await database.db
    .selectFrom('campaign_attempt')
    .select(['state', 'outcome', 'counts_as_try', 'sip_code'])
    .where('attempt_id', '=', attemptId)
    .executeTakeFirstOrThrow();
}
const setState = (state: 'paused' | 'running') =>
  database.db.updateTable('campaign').set({ state }).execute();

test('of two telephone processes that choose at once exactly one has each person', async () => {
  const campaign = await campaignFor(20);
  const people = await due(campaign);
  const tries = ['one', 'other'].flatMap((callNode) =>
    people.map((recipient) =>
      reserveAttempt(database.db, noRules, {
        attemptId: `att-${randomUUID()}`,
        campaign,
        recipient,
        callNode,
        nowMs: Date.now(),
      }),
    ),
  );
  const results = await Promise.all(tries);
  expect(results.filter(Boolean)).toHaveLength(20);
  const attempts = await database.db.selectFrom('campaign_attempt').select('recipient_id').execute();
  expect(new Set(attempts.map(({ recipient_id }) => recipient_id)).size).toBe(20);
  expect(await due(campaign)).toEqual([]);
});

/** Two telephone processes that each want all of these at the same moment. @returns the attempts that they got */
async function bothReserve(campaign: DialledCampaign): Promise<readonly string[]> {
  const people = await due(campaign);
  const tries = people.map(async (recipient, nth) => {
    const attemptId = `att-${randomUUID()}`;
    const callNode = nth % 2 === 0 ? 'one' : 'other';
    const order = { attemptId, campaign, recipient, callNode, nowMs: Date.now() };
    return (await reserveAttempt(database.db, noRules, order)) ? attemptId : null;
  });
  return (await Promise.all(tries)).filter((attemptId) => attemptId !== null);
}

test('two telephone processes together have no more calls open than the campaign may', async () => {
  const campaign = await campaignFor(12, { atOnce: 3 });
  const [first] = await bothReserve(campaign);
  const open = () =>
    database.db.selectFrom('campaign_attempt').select('attempt_id').where('state', '=', 'reserved').execute();
  expect(await open()).toHaveLength(3);
  expect(await bothReserve(campaign)).toEqual([]);
  await settle(first ?? '', { how: 'failed', failure: BUSY });
  expect(await bothReserve(campaign)).toHaveLength(1);
  // What a machine that never came back left open does not stop the campaign for ever.
  await database.db
    .updateTable('campaign_attempt')
    .set({ reserved_at: new Date(Date.now() - 3 * 3_600_000) })
    .execute();
  expect(await bothReserve(campaign)).toHaveLength(3);
});

test('two telephone processes together begin no more calls a second than the campaign may', async () => {
  const campaign = await campaignFor(40, { callsPerSecond: 4 });
  const beganMs = performance.now();
  let begun = 0;
  // One, and those of the second that a process may be late, may begin at once.
  while (performance.now() - beganMs < 3_000) {
    begun += (await bothReserve(campaign)).length;
    expect(begun).toBeLessThanOrEqual(5 + (4 * (performance.now() - beganMs)) / 1_000);
  }
  expect(begun).toBeGreaterThanOrEqual(5 + 4 * 2);
});

test('a call that a rule did not allow is not taken off the rate', async () => {
  const campaign = await campaignFor(3, { callsPerSecond: 0.1 });
  const rules = { ...noRules, mayReserve: async () => ({ allowed: false as const, againAtMs: Date.now() }) };
  expect(await reserveFirst(campaign, 'one', rules)).toBeNull();
  expect(await reserveFirst(campaign)).not.toBeNull();
  expect(await reserveFirst(campaign)).toBeNull();
});

test('whoever pauses a campaign waits for the reservation under way; after that nobody is reserved until it runs again', async () => {
  const campaign = await campaignFor(2);
  let isPaused = false;
  let pausing: Promise<unknown> = Promise.resolve();
  const rules: DiallingRules = {
    ...noRules,
    async mayReserve(trx) {
      pausing = setState('paused').then(() => {
        isPaused = true;
      });
      await sql`select pg_sleep(0.2)`.execute(trx);
      return { allowed: true, reservedSen: isPaused ? 1 : 0, department: '' };
    },
  };
  expect(await reserveFirst(campaign, 'one', rules)).not.toBeNull();
  await pausing;
  const attempts = () => database.db.selectFrom('campaign_attempt').select('reserved_sen').execute();
  expect(await attempts()).toEqual([{ reserved_sen: 0 }]);
  expect(await reserveFirst(campaign)).toBeNull();
  expect(await attempts()).toHaveLength(1);
  await setState('running');
  expect(await reserveFirst(campaign)).not.toBeNull();
});

test('who was taken off the list after the reservation is not dialled any more, and stays off', async () => {
  const attempt = await reserved(await campaignFor(1));
  await database.db
    .updateTable('campaign_recipient')
    .set({ state: 'removed', settled_reason: 'paid', settled_at: new Date() })
    .execute();
  expect(await markDialled(database.db, attempt.attemptId, Date.now())).toBe(false);
  await settle(attempt.attemptId, { how: 'takenBack' });
  expect(await recipientOf(attempt.recipientId)).toMatchObject({ state: 'removed', settled_reason: 'paid' });
});

test('whom a rule does not allow now is not reserved and looked at again when the rule says', async () => {
  const campaign = await campaignFor(1);
  const [recipient] = await due(campaign);
  const againAtMs = Date.now() + 3_600_000;
  const rules = { ...noRules, mayReserve: async () => ({ allowed: false as const, againAtMs }) };
  expect(await reserveFirst(campaign, 'one', rules)).toBeNull();
  expect(await due(campaign)).toEqual([]);
  expect((await recipientOf(recipient?.recipientId ?? 0)).next_at.getTime()).toBe(againAtMs);
});

test('an attempt that was reserved and never dialled uses up no try, and the person is due again at once', async () => {
  const campaign = await campaignFor(1);
  const attempt = await reserved(campaign);
  expect(await due(campaign)).toEqual([]);
  await settle(attempt.attemptId, { how: 'takenBack' });
  expect(await attemptOf(attempt.attemptId)).toMatchObject({ outcome: 'cancelled', counts_as_try: false });
  expect(await recipientOf(attempt.recipientId)).toMatchObject({ state: 'waiting', tries: 0 });
  expect(await due(campaign)).toHaveLength(1);
});

test('of an attempt that was dialled and of which nobody knows more, a try is used up and the interval waited', async () => {
  const campaign = await campaignFor(1);
  const attempt = await reserved(campaign);
  await markDialled(database.db, attempt.attemptId, Date.now());
  await settle(attempt.attemptId, { how: 'over' });
  expect(await attemptOf(attempt.attemptId)).toMatchObject({ state: 'unknown', outcome: 'unknown' });
  const { state, tries, next_at } = await recipientOf(attempt.recipientId);
  expect({ state, tries }).toEqual({ state: 'waiting', tries: 1 });
  expect(next_at.getTime()).toBeGreaterThan(Date.now() + 60_000);
  expect(await due(campaign)).toEqual([]);
});

test('an attempt has one end: what is said later changes neither it nor the person', async () => {
  const attempt = await reserved(await campaignFor(1));
  await markDialled(database.db, attempt.attemptId, Date.now());
  await settle(attempt.attemptId, { how: 'failed', failure: BUSY });
  const first = [await attemptOf(attempt.attemptId), await recipientOf(attempt.recipientId)];
  expect(first).toMatchObject([
    { outcome: 'busy', sip_code: 486 },
    { state: 'waiting', tries: 1 },
  ]);
  await settle(attempt.attemptId, { how: 'over' });
  expect([await attemptOf(attempt.attemptId), await recipientOf(attempt.recipientId)]).toEqual(first);
});

test('a full trunk uses up no try, and waits longer each time in a row', async () => {
  const campaign = await campaignFor(1);
  const waits: number[] = [];
  for (let time = 0; time < 3; time++) {
    const attempt = await reserved(campaign);
    await settle(attempt.attemptId, { how: 'notDialled', reason: 'noLine' });
    const { tries, next_at } = await recipientOf(attempt.recipientId);
    expect(tries).toBe(0);
    waits.push(Math.round((next_at.getTime() - Date.now()) / 60_000));
    await database.db
      .updateTable('campaign_recipient')
      .set({ next_at: new Date(0) })
      .execute();
  }
  expect(waits).toEqual([1, 2, 4]);
});

test('a process finds again what it left open, and nothing of another', async () => {
  const campaign = await campaignFor(3);
  const mine = await reserved(campaign);
  await reserveFirst(campaign, 'other');
  const dialled = await reserved(campaign);
  await markDialled(database.db, dialled.attemptId, Date.now());
  const open = await readOpenAttempts(database.db, 'one', bundleOf);
  expect(new Map(open.map(({ attemptId, isDialled }) => [attemptId, isDialled]))).toEqual(
    new Map([
      [mine.attemptId, false],
      [dialled.attemptId, true],
    ]),
  );
});

import { randomUUID } from 'node:crypto';
import { loadPublished } from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { END, oneFlow, sayMarker } from '../../../../tests/setup/test-flows.ts';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { cityCallRules, cityTextRules } from './city-rules.ts';
import { dueRecipients } from './dialling/due-recipients.ts';
import { reserveAttempt } from './dialling/reserve.ts';
import { readCampaign } from './dialling/running-campaigns.ts';
import { testPersonKeys as keys } from './test-recipients.ts';

/** Whoever may not be called is not reserved, whichever campaign asks. */
const PUBLIC = '0725001001';
const NOW = Date.parse('2026-12-10T10:00:00+09:00');
const bundle = loadPublished(oneFlow('scenario', { first: sayMarker(1, 'end'), end: END }));

let database: TestDatabase;
beforeAll(async () => {
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
afterAll(() => database?.drop());

/** A running campaign with one person. */
async function campaignWith(campaignId: string, addresseeNumber: string) {
  const { db } = database;
  const at = new Date(NOW - 1_000);
  const by = { created_at: at, created_by: 'test', changed_at: at, changed_by: 'test' };
  await db
    .insertInto('campaign')
    .values({
      campaign_id: campaignId,
      name: campaignId,
      kind: 'paymentDemand',
      phone_number: PUBLIC,
      settings: '{}',
      state: 'running',
      bundle_id: 'scenario',
      ...by,
    })
    .execute();
  await db
    .insertInto('campaign_recipient')
    .values({
      campaign_id: campaignId,
      row_no: 2,
      addressee_number: addresseeNumber,
      telephone: '09000000011',
      telephone_kind: 'mobile',
      values: '{}',
      original: [],
      person_key: keys.person(addresseeNumber),
      telephone_key: keys.telephone(`of ${addresseeNumber}`),
    })
    .execute();
}

/** @returns the attempt, null where none may be made now. */
async function reserve(campaignId: string): Promise<string | null> {
  const { db } = database;
  const campaign = await readCampaign(db, campaignId, async () => bundle);
  const [recipient] = await dueRecipients(db, campaignId, { now: new Date(NOW), limit: 1, except: [] });
  if (campaign === null || recipient === undefined) return null;
  const attemptId = `att-${randomUUID()}`;
  const order = { attemptId, campaign, recipient, callNode: 'one', nowMs: NOW };
  return (await reserveAttempt(db, cityCallRules, order)) ? attemptId : null;
}

const attempt = (attemptId: string) =>
  database.db
    .selectFrom('campaign_attempt')
    .select(['reserved_sen', 'used_sen'])
    .where('attempt_id', '=', attemptId)
    .executeTakeFirstOrThrow();

async function end(attemptId: string, talkMs: number | null, outcome: 'answered' | 'unanswered') {
  const ended = new Date(NOW + 60_000);
  await database.db
    .updateTable('campaign_attempt')
    .set({
      state: 'ended',
      outcome,
      ended_at: ended,
      answered_at: talkMs === null ? null : new Date(ended.getTime() - talkMs),
    })
    .where('attempt_id', '=', attemptId)
    .execute();
  await database.db.transaction().execute((trx) => cityCallRules.ended(trx, attemptId));
}

test('what a call may cost at worst is set aside, and what it cost takes its place', async () => {
  await campaignWith('answered', '0000000001');
  const attemptId = await reserve('answered');
  if (attemptId === null) throw new Error('nobody was reserved');
  const { reserved_sen: worst } = await attempt(attemptId);
  expect(worst).toBeGreaterThan(0);
  await end(attemptId, 30_000, 'answered');
  const { used_sen: used } = await attempt(attemptId);
  expect(used).toBeGreaterThan(0);
  expect(used).toBeLessThan(worst);
});

test('a call that nobody answered costs nothing', async () => {
  await campaignWith('unanswered', '0000000002');
  const attemptId = await reserve('unanswered');
  await end(attemptId ?? '', null, 'unanswered');
  expect(await attempt(attemptId ?? '')).toMatchObject({ used_sen: 0 });
});

test('who was called today is called by no other campaign either, and is looked at again the next day', async () => {
  await campaignWith('first', '0000000003');
  await campaignWith('second', '0000000003');
  expect(await reserve('first')).not.toBeNull();
  expect(await reserve('second')).toBeNull();
  const { next_at } = await database.db
    .selectFrom('campaign_recipient')
    .select('next_at')
    .where('campaign_id', '=', 'second')
    .executeTakeFirstOrThrow();
  expect(next_at).toEqual(new Date('2026-12-11T00:00:00+09:00'));
});

test('whom nobody may call is not called', async () => {
  await campaignWith('suppressed', '0000000004');
  await database.db
    .insertInto('campaign_suppression')
    .values({
      suppression_id: 'sup-1',
      person_key: keys.person('0000000004'),
      telephone_key: null,
      addressee_number: '0000000004',
      telephone: null,
      reason: 'domesticViolence',
      from_day: '2026-12-01',
      to_day: null,
      source: 'staff',
      added_at: new Date(NOW),
      added_by: null,
      lifted_at: null,
      lifted_by: null,
    })
    .execute();
  expect(await reserve('suppressed')).toBeNull();
});

test('once the budget of the month is used up nobody is called or written to', async () => {
  await database.db
    .updateTable('budget_use')
    .set({ used_sen: 25_000_000 })
    .where('department', '=', '')
    .execute();
  await campaignWith('late', '0000000005');
  expect(await reserve('late')).toBeNull();
  const said = await database.db.transaction().execute((trx) =>
    cityTextRules([{ partUnits: 67, price: [] }]).mayReserve(trx, {
      campaignId: 'late',
      recipientId: 1,
      personKey: keys.person('0000000005'),
      telephoneKey: keys.telephone('of 0000000005'),
      text: '市役所からのお知らせです。',
      nowMs: NOW,
    }),
  );
  expect(said).toEqual({ allowed: false, againAtMs: NOW + 600_000 });
});

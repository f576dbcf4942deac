import { randomUUID } from 'node:crypto';
import { loadPublished } from '@madoguchi/flow';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { END, oneFlow, sayMarker } from '../../../../../tests/setup/test-flows.ts';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import { cityCallRules } from '../city-rules.ts';
import { DEFAULT_OUTCOME_TABLE } from '../pacing/default-outcome-table.ts';
import { readContacts } from '../results/read-contacts.ts';
import { suppress } from '../suppression/suppress.ts';
import { testPersonKeys } from '../test-recipients.ts';
import { dueRecipients, readOthersOfHousehold } from './due-recipients.ts';
import { readOpenAttempts, readUnwantedAttempts } from './open-attempts.ts';
import { readGonePeople } from './people-of-attempt.ts';
import { markDialled, reserveAttempt } from './reserve.ts';
import { readCampaign } from './running-campaigns.ts';
import { type AttemptEnd, settleAttempt } from './settle.ts';
import { layCampaign, type TestRecipient } from './test-campaign.ts';

/** Who shares a telephone shares its calls. */
const PUBLIC = '0725001001';
const NOW = Date.parse('2026-12-10T10:00:00+09:00');
const TELEPHONE = '0725000101';
const BUSY = { sipCode: 486, q850Cause: 17, rang: false, earlyMedia: false, afterMs: 300, cancelledBy: null };
const bundle = loadPublished(oneFlow('scenario', { first: sayMarker(1, 'end'), end: END }));
const bundleOf = () => Promise.resolve(bundle);

let database: TestDatabase;
let ids: readonly number[] = [];
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

const member = (addresseeNumber: string): TestRecipient => ({
  telephone: TELEPHONE,
  personKey: testPersonKeys.person(addresseeNumber),
});

async function lay(
  recipients: readonly TestRecipient[] = [member('01'), member('02')],
  campaignId = 'campaign',
): Promise<void> {
  const settings = { mergeHouseholds: true };
  ids = await layCampaign(database.db, {
    campaignId,
    bundleId: 'scenario',
    phoneNumber: PUBLIC,
    recipients,
    settings,
  });
}

/** @returns the attempt, and who is in it by the place in the list; null where none may be made now. */
async function reserve(nowMs = NOW, campaignId = 'campaign') {
  const { db } = database;
  const campaign = await readCampaign(db, campaignId, bundleOf);
  const [recipient] = await dueRecipients(db, campaignId, { now: new Date(nowMs), limit: 1, except: [] });
  if (campaign === null || recipient === undefined) return null;
  const others = await readOthersOfHousehold(db, campaignId, recipient, nowMs);
  const attemptId = `att-${randomUUID()}`;
  const order = { attemptId, campaign, recipient, others, callNode: 'one', nowMs };
  const people = await reserveAttempt(db, cityCallRules, order);
  if (people === null) return null;
  return { attemptId, places: people.map(({ recipientId }) => ids.indexOf(recipientId)) };
}

async function reserved() {
  const attempt = await reserve();
  if (attempt === null) throw new Error('somebody is due');
  return attempt;
}

const settle = (attemptId: string, end: AttemptEnd, nowMs = NOW) =>
  settleAttempt(
    {
      db: database.db,
      rules: cityCallRules,
      tableOf: () => DEFAULT_OUTCOME_TABLE,
      holidays: new Map(),
      nowMs,
    },
    attemptId,
    end,
  );

const recipients = () =>
  database.db
    .selectFrom('campaign_recipient')
    .select(['state', 'tries', 'next_at', 'settled_reason'])
    .where('campaign_id', '=', 'campaign')
    .orderBy('row_no')
    .execute();

test('all who wait for a call within the day share it, each person once; the others are called later', async () => {
  await lay([
    member('01'),
    member('02'),
    member('01'),
    { ...member('03'), telephone: '0725000102' },
    member('04'),
    member('05'),
  ]);
  const { db } = database;
  const [, , , , inTheEvening = 0, tomorrow = 0] = ids;
  for (const [recipientId, at] of [
    [inTheEvening, '2026-12-10T19:00:00+09:00'],
    [tomorrow, '2026-12-11T09:00:00+09:00'],
  ] as const)
    await db
      .updateTable('campaign_recipient')
      .set({ next_at: new Date(at) })
      .where('recipient_id', '=', recipientId)
      .execute();
  expect((await reserved()).places).toEqual([0, 1, 4]);
  expect((await recipients()).map(({ state }) => state)).toEqual([
    'inProgress',
    'inProgress',
    'waiting',
    'waiting',
    'inProgress',
    'waiting',
  ]);
});

test('it is one call for the telephone and for each of them, and costs one', async () => {
  await lay();
  const { attemptId } = await reserved();
  const { reserved_sen: worst } = await database.db
    .selectFrom('campaign_attempt')
    .select('reserved_sen')
    .where('attempt_id', '=', attemptId)
    .executeTakeFirstOrThrow();
  const { reserved_sen: setAside } = await database.db
    .selectFrom('budget_use')
    .select('reserved_sen')
    .where('department', '=', '')
    .executeTakeFirstOrThrow();
  expect(setAside).toBe(worst);
  // another department does not call the second of them at another telephone, nor the telephone for somebody else
  await lay([{ ...member('02'), telephone: '0725000103' }], 'other');
  expect(await reserve(NOW, 'other')).toBeNull();
  await lay([member('09')], 'third');
  expect(await reserve(NOW, 'third')).toBeNull();
});

test('whom nobody may call is not asked for, and the others are called', async () => {
  await lay();
  await database.db
    .insertInto('campaign_suppression')
    .values({
      suppression_id: 'sup-1',
      person_key: testPersonKeys.person('02'),
      telephone_key: null,
      addressee_number: '02',
      telephone: null,
      reason: 'instalments',
      from_day: '2026-12-01',
      to_day: null,
      source: 'staff',
      added_at: new Date(NOW),
      added_by: null,
      lifted_at: null,
      lifted_by: null,
    })
    .execute();
  const attempt = await reserved();
  expect(attempt.places).toEqual([0]);
  const [open] = await readOpenAttempts(database.db, 'one', bundleOf);
  expect(open?.people).toHaveLength(1);
  expect((await recipients())[1]).toMatchObject({
    state: 'waiting',
    next_at: new Date('2026-12-11T00:00:00+09:00'),
  });
});

test('who is suppressed while the telephone rings drops out, and once nobody is left it is taken back', async () => {
  await lay();
  const { db } = database;
  const { attemptId } = await reserved();
  const drop = (addresseeNumber: string) =>
    db.transaction().execute((trx) =>
      suppress(trx, testPersonKeys, {
        people: [{ addresseeNumber, telephone: null }],
        reason: 'attorneyNotice',
        note: '',
        fromDay: '2026-12-01',
        toDay: null,
        source: 'staff',
        addedBy: null,
        nowMs: NOW,
      }),
    );
  await drop('01');
  expect(await markDialled(db, attemptId, NOW)).toBe(true);
  expect(await readGonePeople(db, 'one')).toEqual([{ attemptId, recipientId: ids[0] }]);
  expect(await readUnwantedAttempts(db, 'one')).toEqual([]);
  await drop('02');
  expect(await readUnwantedAttempts(db, 'one')).toEqual([attemptId]);
  await settle(attemptId, { how: 'failed', failure: { ...BUSY, cancelledBy: 'order' } });
  expect(await recipients()).toMatchObject([
    { state: 'removed', settled_reason: 'suppressed' },
    { state: 'removed', settled_reason: 'suppressed' },
  ]);
});

test('what was reserved and never dialled uses up a try of nobody, and what nobody saw the end of one of each', async () => {
  await lay();
  await settle((await reserved()).attemptId, { how: 'takenBack' });
  expect(await recipients()).toMatchObject([
    { state: 'waiting', tries: 0 },
    { state: 'waiting', tries: 0 },
  ]);
  const { attemptId } = await reserved();
  await markDialled(database.db, attemptId, NOW);
  await settle(attemptId, { how: 'over' });
  expect(await recipients()).toMatchObject([
    { state: 'waiting', tries: 1 },
    { state: 'waiting', tries: 1 },
  ]);
});

test('a full trunk is no try of either, and both wait longer each time in a row', async () => {
  await lay();
  const waits: number[][] = [];
  for (let time = 0, nowMs = NOW; time < 3; time++, nowMs += 600_000) {
    const attempt = await reserve(nowMs);
    if (attempt === null) throw new Error('both are due');
    await settle(attempt.attemptId, { how: 'notDialled', reason: 'noLine' }, nowMs);
    const after = await recipients();
    expect(after.map(({ tries }) => tries)).toEqual([0, 0]);
    waits.push(after.map(({ next_at }) => Math.round((next_at.getTime() - nowMs) / 60_000)));
  }
  expect(waits).toEqual([
    [1, 1],
    [2, 2],
    [4, 4],
  ]);
});

async function fileOf(): Promise<readonly (readonly [number, string | null])[]> {
  const rows: (readonly [number, string | null])[] = [];
  for await (const page of readContacts(database.db, { type: 'new', campaignId: 'campaign' }))
    for (const { rowNo, result } of page) rows.push([rowNo, result]);
  return rows;
}

test('a file of results has a row for each whose telephone was called in vain, and one for who was met alone', async () => {
  await lay();
  const first = await reserved();
  await settle(first.attemptId, { how: 'failed', failure: BUSY });
  expect(await fileOf()).toEqual([
    [2, null],
    [3, null],
  ]);
  // busy: nobody noticed, so both are called again on the same day
  const second = await reserve(NOW + 3_600_000);
  if (second === null) throw new Error('both are due');
  expect(second.places).toEqual([0, 1]);
  await database.db
    .updateTable('campaign_attempt')
    .set({ recipient_id: ids[1] ?? 0, identity: 'matched', result: 'informed' })
    .where('attempt_id', '=', second.attemptId)
    .execute();
  await settle(second.attemptId, { how: 'over' }, NOW + 3_700_000);
  expect(await fileOf()).toEqual([
    [2, null],
    [3, null],
    [3, 'informed'],
  ]);
  expect(await recipients()).toMatchObject([
    { state: 'waiting', tries: 1 },
    { state: 'done', tries: 2, settled_reason: 'reached' },
  ]);
});

test('whoever says that the number is wrong says it for all of them', async () => {
  await lay();
  const { attemptId } = await reserved();
  await database.db
    .updateTable('campaign_attempt')
    .set({ result: 'wrongNumber' })
    .where('attempt_id', '=', attemptId)
    .execute();
  await settle(attemptId, { how: 'over' });
  expect(await recipients()).toMatchObject([
    { state: 'done', settled_reason: 'outcome' },
    { state: 'done', settled_reason: 'outcome' },
  ]);
});

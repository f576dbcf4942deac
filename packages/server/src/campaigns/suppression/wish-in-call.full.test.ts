import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensurePartitions } from '../../database/index.ts';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import { noRules } from '../dialling/dialling-rules.ts';
import { settleAttempt } from '../dialling/settle.ts';
import { japaneseDayOf } from '../japanese-time.ts';
import { DEFAULT_OUTCOME_TABLE } from '../pacing/default-outcome-table.ts';
import { addTestAttempt, addTestCampaign, testPersonKeys } from '../test-recipients.ts';
import type { CampaignKind } from '../words.ts';
import { isSuppressed } from './is-suppressed.ts';

/** 「連絡を希望しない」 by key in a call. */
const PUBLIC = '0725001001';
const NOW = Date.now();
const TODAY = japaneseDayOf(NOW);
const DUE = NOW + 3_600_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await ensurePartitions(database.db, [TODAY]);
  await database.db
    .insertInto('phone_number')
    .values({ phone_number: PUBLIC, name: '税務', state: 'live' })
    .execute();
});
afterAll(() => database?.drop());

let calls = 0;
/** A person says so in a call, which then ends. @returns keys and ids of it */
async function wishes(
  kind: CampaignKind,
  { isIdentified = true, outcome = 'announcement' }: { isIdentified?: boolean; outcome?: string } = {},
) {
  const { db } = database;
  const person = { addresseeNumber: `09${++calls}`, telephone: `0725000${100 + calls}` };
  const campaignId = `wish-${calls}`;
  const [recipientId = 0] = await addTestCampaign(db, [person], { campaignId });
  await db
    .updateTable('campaign')
    .set({ kind, phone_number: PUBLIC })
    .where('campaign_id', '=', campaignId)
    .execute();
  const attemptId = await addTestAttempt(db, recipientId, { at: new Date(NOW - 60_000) });
  const at = new Date(NOW - 50_000);
  await db
    .updateTable('campaign_attempt')
    .set({
      state: 'talking',
      dialled_at: at,
      answered_at: at,
      result: 'optedOut',
      identity: isIdentified ? 'matched' : 'failed',
    })
    .where('attempt_id', '=', attemptId)
    .execute();
  await db
    .updateTable('campaign_recipient')
    .set({ state: 'inProgress' })
    .where('recipient_id', '=', recipientId)
    .execute();
  await db
    .insertInto('call_summary')
    .values({
      call_day: TODAY,
      call_id: attemptId,
      phone_number: PUBLIC,
      caller_number: person.telephone,
      caller_kind: 'landline',
      sip_call_id: null,
      node_id: null,
      node_title: null,
      node_kind: null,
      call_node: 'one',
      bundle_id: 'scenario',
      began_at: at,
      answered_at: at,
      ended_at: new Date(NOW),
      outcome,
      keys: '7',
      last_seq: 9,
      change_id: calls,
      is_placed: true,
    })
    .execute();
  const settle = () =>
    settleAttempt(
      {
        db,
        rules: noRules,
        tableOf: () => DEFAULT_OUTCOME_TABLE,
        holidays: new Map(),
        dueAt: () => DUE,
        nowMs: NOW,
      },
      attemptId,
      { how: 'over' },
    );
  await settle();
  // A second end of one attempt is none.
  await settle();
  return { ...person, attemptId };
}

async function suppressedBy(addresseeNumber: string, telephone: string) {
  const [reason] = await isSuppressed(
    database.db,
    [
      {
        personKey: testPersonKeys.person(addresseeNumber),
        telephoneKey: testPersonKeys.telephone(telephone),
      },
    ],
    TODAY,
  );
  return reason;
}

const itemsOf = (callId: string) =>
  database.db.selectFrom('inbox_item').selectAll().where('call_id', '=', callId).execute();

test('before the due date nobody calls who wished so: the person, at whatever telephone, from that day on', async () => {
  const { db } = database;
  const other = await addTestCampaign(db, [{ addresseeNumber: '091', telephone: '0725000199' }]);
  const { addresseeNumber, telephone, attemptId } = await wishes('dueDateNotice');
  expect(addresseeNumber).toBe('091');
  expect(await suppressedBy(addresseeNumber, '0725000198')).toBe('ownWish');
  expect(await suppressedBy('another', telephone)).toBeNull();
  const rows = await db.selectFrom('campaign_suppression').selectAll().execute();
  expect(rows).toMatchObject([{ source: 'call', from_day: TODAY, to_day: null, added_by: null }]);
  // also of other campaigns
  expect(
    await db.selectFrom('campaign_recipient').select('state').where('recipient_id', 'in', other).execute(),
  ).toEqual([{ state: 'removed' }]);
  expect(await itemsOf(attemptId)).toEqual([]);
  expect(
    await db
      .selectFrom('audit_log')
      .select(['user_id', 'subject'])
      .where('action', '=', 'suppressionAdded')
      .execute(),
  ).toEqual([{ user_id: null, subject: rows[0]?.suppression_id }]);
});

test('who was not identified has a say about the telephone alone that he answered', async () => {
  const { addresseeNumber, telephone } = await wishes('dueDateNotice', { isIdentified: false });
  expect(await suppressedBy(addresseeNumber, '0725000198')).toBeNull();
  expect(await suppressedBy('another', telephone)).toBe('ownWish');
});

test('about arrears nobody is let off by a key: staff find it in the inbox, once', async () => {
  const { addresseeNumber, telephone, attemptId } = await wishes('paymentDemand');
  expect(await suppressedBy(addresseeNumber, telephone)).toBeNull();
  const items = await itemsOf(attemptId);
  expect(items).toMatchObject([
    {
      kind: 'noMoreCalls',
      state: 'open',
      phone_number: PUBLIC,
      call_back_number: telephone,
      due_at: new Date(DUE),
      memo: expect.stringContaining('連絡を希望しない'),
    },
  ]);
});

test('who talked with staff in that call is not put into their inbox besides', async () => {
  const { attemptId } = await wishes('paymentDemand', { outcome: 'transfer' });
  expect(await itemsOf(attemptId)).toEqual([]);
});

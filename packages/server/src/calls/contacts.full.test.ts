import { afterEach, beforeEach, expect, test } from 'vitest';
import { layCampaign } from '../campaigns/dialling/test-campaign.ts';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { BatchSchema, type ContactRow } from './call-record.ts';
import {
  batchFor,
  began,
  TEST_NUMBER,
  type TestCall,
  testCall,
  writeTestCall,
} from './reading/test-calls.ts';

const ATTEMPT = 'att-00000000-0000-4000-8000-000000000001';
let database: TestDatabase;
let call: TestCall;

beforeEach(async () => {
  database = await createTestDatabase();
  call = testCall({ callId: ATTEMPT });
  const { db } = database;
  await db.insertInto('flow_bundle').values({ bundle_id: 'bundle-1', name: '', bundle: '{}' }).execute();
  await db
    .insertInto('phone_number')
    .values({ phone_number: TEST_NUMBER, name: '税務', state: 'live', bundle_id: 'bundle-1' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const [recipient_id = 0] = await layCampaign(db, {
    campaignId: 'campaign',
    bundleId: 'bundle-1',
    phoneNumber: TEST_NUMBER,
    recipients: [{ telephone: '09000001234' }],
  });
  await db
    .insertInto('campaign_attempt')
    .values({
      attempt_id: ATTEMPT,
      campaign_id: 'campaign',
      recipient_id,
      channel: 'call',
      reserved_at: new Date(),
    })
    .execute();
});
afterEach(() => database.drop());

function contact(seq: number, said: Partial<ContactRow>): ContactRow {
  return {
    call_id: ATTEMPT,
    attempt_id: ATTEMPT,
    identity: null,
    recipient_id: null,
    result: null,
    promised_on: null,
    seq,
    at: '2026-11-24T01:00:02.000Z',
    ...said,
  };
}

const write = (...contacts: readonly ContactRow[]) =>
  writeTestCall(database.db, { ...batchFor(call, [{ event: began(call) }]), contacts: [...contacts] });

async function told() {
  const { db } = database;
  return {
    attempt: await db
      .selectFrom('campaign_attempt')
      .select(['identity', 'result', 'promised_on'])
      .executeTakeFirst(),
    recipient: await db.selectFrom('campaign_recipient').select(['result', 'promised_on']).executeTakeFirst(),
  };
}

test('what a person said last counts, for the attempt and for the person, also where it came in one group', async () => {
  await write(
    contact(9, { result: 'promised', promised_on: '2026-12-25' }),
    contact(5, { result: 'consultation' }),
  );
  const promised = { result: 'promised', promised_on: '2026-12-25' };
  expect(await told()).toMatchObject({ attempt: promised, recipient: promised });
  await write(contact(12, { result: 'transferred' }));
  const transferred = { result: 'transferred', promised_on: null };
  expect(await told()).toMatchObject({ attempt: transferred, recipient: transferred });
});

test('a wrong birthday before the right one leaves a person identified, and what is said of it leaves the result alone', async () => {
  await write(contact(3, { identity: 'failed' }));
  expect(await told()).toMatchObject({ attempt: { identity: 'failed', result: null } });
  await write(contact(4, { result: 'informed' }), contact(5, { identity: 'matched' }));
  await write(contact(6, { identity: 'failed' }));
  expect(await told()).toMatchObject({
    attempt: { identity: 'matched', result: 'informed' },
    recipient: { result: 'informed' },
  });
});

test('a spool of an earlier release, which knows nothing of campaigns, can still be read', () => {
  const { contacts: _, ...earlier } = batchFor(call, [{ event: began(call) }]);
  expect(BatchSchema.parse(earlier)).toMatchObject({ contacts: [] });
});

import { loadPublished } from '@madoguchi/flow';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { END, oneFlow, sayMarker } from '../../../../../tests/setup/test-flows.ts';
import { systemClock } from '../../clock.ts';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import { createReadyRecipients } from './ready-recipients.ts';
import { readRunningCampaigns } from './running-campaigns.ts';
import { layCampaign } from './test-campaign.ts';

const PUBLIC = '0725001001';
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

test('whoever is being called is not in the way of the next one, though PostgreSQL does not know of the call yet', async () => {
  const { db } = database;
  const telephones = ['09000000001', '09000000002', '09000000003', '09000000003', '09000000004'];
  const people = await layCampaign(db, {
    campaignId: 'campaign',
    bundleId: 'scenario',
    phoneNumber: PUBLIC,
    recipients: telephones.map((telephone) => ({ telephone })),
  });
  const [campaign] = await readRunningCampaigns(db, () => Promise.resolve(bundle));
  if (campaign === undefined) throw new Error('it runs');
  const ready = createReadyRecipients({
    db,
    soundsReady: () => Promise.resolve(),
    clock: systemClock,
    log: pino({ level: 'silent' }),
  });
  const filled = (count: number) =>
    expect
      .poll(
        () => {
          ready.fill(campaign, 10);
          return ready.count;
        },
        { timeout: 20_000 },
      )
      .toBe(count);
  await filled(5);
  const first = ready.take({ recipientIds: new Set(), isInUse: () => false });
  expect(first?.recipient.recipientId).toBe(people[0]);
  // He still waits, by the records: he is found once more.
  await filled(5);
  const called = new Set([people[0] ?? 0]);
  const next = () =>
    ready.take({ recipientIds: called, isInUse: (telephone) => telephone === '09000000003' })?.recipient
      .recipientId;
  expect([next(), next(), next()]).toEqual([people[1], people[4], undefined]);
  // Of two people with one telephone each has his turn once it is free.
  const later = () => ready.take({ recipientIds: called, isInUse: () => false })?.recipient.recipientId;
  expect([later(), later(), later()]).toEqual([people[2], people[3], undefined]);
});

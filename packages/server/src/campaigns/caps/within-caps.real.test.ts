import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDatabase } from '../../database/index.ts';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import { addTestAttempt, addTestCampaign, testPersonKeys } from '../test-recipients.ts';
import type { Channel } from '../words.ts';
import type { ContactCaps } from './contact-caps.ts';
import { readContactCaps } from './stored-caps.ts';
import { capsLookedAtAgain, withinCaps } from './within-caps.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database?.drop();
});

const NOW = Date.parse('2026-12-30T15:00:00+09:00');
const person = (addresseeNumber: string, telephone: string) => ({ addresseeNumber, telephone });
type Person = ReturnType<typeof person>;

async function may(people: readonly Person[], caps?: ContactCaps, channel: Channel = 'call') {
  const { db } = database;
  const wanted = caps ?? (await readContactCaps(db)).caps;
  return await db.transaction().execute(
    async (trx) =>
      await withinCaps(
        trx,
        people.map(({ addresseeNumber, telephone }) => ({
          personKey: testPersonKeys.person(addresseeNumber),
          telephoneKey: testPersonKeys.telephone(telephone),
        })),
        channel,
        wanted,
        NOW,
      ),
  );
}

test('who was rung today by another department is not called again today; who was busy is', async () => {
  const { db } = database;
  const rung = person('0101', '09000000101');
  const busy = person('0102', '09000000102');
  const yesterday = person('0103', '09000000103');
  const inProgress = person('0104', '09000000104');
  const takenBack = person('0105', '09000000105');
  const [one = 0, two = 0, three = 0, four = 0, five = 0] = await addTestCampaign(db, [
    rung,
    busy,
    yesterday,
    inProgress,
    takenBack,
  ]);
  await addTestAttempt(db, one, { at: '2026-12-30T00:00:00+09:00', outcome: 'unanswered' });
  await addTestAttempt(db, two, { at: '2026-12-30T10:00:00+09:00', outcome: 'busy' });
  await addTestAttempt(db, three, { at: '2026-12-29T23:59:59+09:00', outcome: 'unanswered' });
  await addTestAttempt(db, four, { at: '2026-12-30T14:59:00+09:00' });
  await addTestAttempt(db, five, { at: '2026-12-30T10:00:00+09:00', outcome: 'cancelled', rang: true });
  expect(await may([rung, busy, yesterday, inProgress, takenBack])).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
  expect(await may([rung], undefined, 'sms')).toEqual([true]);
  expect(new Date(capsLookedAtAgain(NOW)).toISOString()).toBe('2026-12-30T15:00:00.000Z');
});

test('three calls in seven days and six in thirty are the most, in whatever campaigns', async () => {
  const { db } = database;
  const week = person('0201', '09000000201');
  const month = person('0202', '09000000202');
  const free = person('0203', '09000000203');
  const dayAt = (day: string) => ({ at: `2026-12-${day}T10:00:00+09:00`, outcome: 'answered' }) as const;
  for (const [each, days] of [
    [week, ['24', '25', '28']],
    [month, ['01', '03', '08', '10', '15', '20']],
    [free, ['23', '28', '29']],
  ] as const) {
    for (const day of days) {
      const [recipientId = 0] = await addTestCampaign(db, [each], { state: 'ended' });
      await addTestAttempt(db, recipientId, dayAt(day));
    }
  }
  expect(await may([week, month, free])).toEqual([false, false, true]);
});

test('one telephone rings for a household no more often than for one person, and two in one batch count', async () => {
  const { db } = database;
  const parent = person('0301', '0265000301');
  const child = person('0302', '0265000301');
  expect(await may([parent, child, person('0303', '0265000303')])).toEqual([true, false, true]);
  const [recipientId = 0] = await addTestCampaign(db, [parent]);
  await addTestAttempt(db, recipientId, { at: new Date(NOW), outcome: 'answered' });
  expect(await may([child])).toEqual([false]);
  // the same person under another number
  expect(await may([person('0301', '0265000309')])).toEqual([false]);
});

test('of two diallers that ask for the same person at once one is told that the limit is reached', async () => {
  const { db, url } = database;
  const same = person('0401', '09000000401');
  const recipients = await Promise.all([addTestCampaign(db, [same]), addTestCampaign(db, [same])]);
  const other = connectDatabase(url, { onIdleError: () => undefined });
  const { caps } = await readContactCaps(db);
  const keys = [
    {
      personKey: testPersonKeys.person(same.addresseeNumber),
      telephoneKey: testPersonKeys.telephone(same.telephone),
    },
  ];
  const allowed = await Promise.all(
    [db, other].map(
      async (each, index) =>
        await each.transaction().execute(async (trx) => {
          const [isWithin = false] = await withinCaps(trx, keys, 'call', caps, NOW);
          if (isWithin) await addTestAttempt(trx, recipients[index]?.[0] ?? 0, { at: new Date(NOW) });
          return isWithin;
        }),
    ),
  );
  await other.destroy();
  expect(allowed.filter(Boolean)).toHaveLength(1);
});

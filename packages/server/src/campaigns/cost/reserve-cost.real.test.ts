import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDatabase } from '../../database/index.ts';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import { addTestAttempt, addTestCampaign } from '../test-recipients.ts';
import type { Budget } from './budget.ts';
import { readCampaignCost, readMonthUse } from './read-use.ts';
import { reserveCost, settleCost } from './reserve-cost.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database?.drop();
});

const at = (text: string) => Date.parse(`${text}+09:00`);
/** 1,000 yen a month for campaigns, 300 of them at most for 納税課. */
const BUDGET: Budget = {
  monthlyYen: 5000,
  fixedYen: 3000,
  receivedYen: 1000,
  warnPercent: 80,
  shares: [{ department: '納税課', yen: 300 }],
};

async function recipients(count: number, campaignId: string): Promise<readonly number[]> {
  const people = Array.from({ length: count }, (_, index) => ({
    addresseeNumber: `${campaignId}${index}`,
    telephone: `0900000${String(index).padStart(4, '0')}`,
  }));
  return await addTestCampaign(database.db, people, { campaignId });
}

test('of two diallers that reserve at once neither passes the budget, whatever was settled meanwhile', async () => {
  const nowMs = at('2026-12-10T10:00:00');
  const everybody = await recipients(120, 'cam-race');
  const other = connectDatabase(database.url, { onIdleError: () => undefined });
  const worstSen = 3_500;
  const run = async (db: typeof other, mine: readonly number[]) => {
    let refused = 0;
    for (const [index, recipientId] of mine.entries()) {
      const attemptId = await db.transaction().execute(async (trx) => {
        const cost = await reserveCost(trx, { budget: BUDGET, department: '保険課', worstSen, nowMs });
        if (!cost.reserved) return null;
        return await addTestAttempt(trx, recipientId, { at: new Date(nowMs), columns: cost.columns });
      });
      const { usedSen, reservedSen, limitSen } = await readMonthUse(db, BUDGET, nowMs);
      expect(usedSen + reservedSen).toBeLessThanOrEqual(limitSen);
      if (attemptId === null) refused++;
      // every third call is over at once and cost half of it
      else if (index % 3 === 0) await db.transaction().execute((trx) => settleCost(trx, attemptId, 1_750));
    }
    return refused;
  };
  const half = everybody.length / 2;
  const lanes = [database.db, other].flatMap((db, index) => {
    const mine = everybody.slice(index * half, (index + 1) * half);
    return [run(db, mine.slice(0, half / 2)), run(db, mine.slice(half / 2))];
  });
  const refused = await Promise.all(lanes);
  await other.destroy();
  expect(refused.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(50);
  const use = await readMonthUse(database.db, BUDGET, nowMs);
  // not one more call would have gone in
  expect(use.usedSen + use.reservedSen).toBeGreaterThan(use.limitSen - worstSen);
  expect(use.level).toBe('warning');
  const attempts = await readCampaignCost(database.db, 'cam-race');
  expect(attempts).toMatchObject({ usedSen: use.usedSen, reservedSen: use.reservedSen });
});

test('a department stops at its share while the others go on; the next month begins anew, by Japanese time', async () => {
  const { db } = database;
  const reserve = async (department: string, worstSen: number, nowMs: number) =>
    await db
      .transaction()
      .execute(async (trx) => await reserveCost(trx, { budget: BUDGET, department, worstSen, nowMs }));
  const january = at('2027-01-31T23:59:59');
  expect(await reserve('納税課', 20_000, january)).toEqual({
    reserved: true,
    columns: { reserved_sen: 20_000, department: '納税課' },
  });
  expect(await reserve('納税課', 10_001, january)).toEqual({ reserved: false, reason: 'shareUsedUp' });
  expect(await reserve('納税課', 10_000, january)).toMatchObject({ reserved: true });
  expect(await reserve('', 50_000, january)).toMatchObject({ reserved: true });
  expect(await reserve('保険課', 20_001, january)).toEqual({ reserved: false, reason: 'budgetUsedUp' });
  expect(await readMonthUse(db, BUDGET, january)).toMatchObject({
    month: '2027-01-01',
    reservedSen: 80_000,
    level: 'warning',
    departments: [
      { department: '納税課', reservedSen: 30_000, limitSen: 30_000, level: 'usedUp' },
      { department: '保険課', reservedSen: 0, limitSen: null, level: 'within' },
    ],
  });
  expect(await reserve('納税課', 10_000, january + 1000)).toMatchObject({ reserved: true });
});

test('an attempt is settled once, in the month in which it was reserved; what nobody knows counts at worst', async () => {
  const { db } = database;
  const [first, second] = await recipients(2, 'cam-settle');
  const nowMs = at('2027-03-31T19:59:00');
  const attemptOf = async (recipientId = 0) =>
    await db.transaction().execute(async (trx) => {
      const order = { budget: BUDGET, department: '納税課', worstSen: 5_000, nowMs };
      const cost = await reserveCost(trx, order);
      if (!cost.reserved) throw new Error('the budget of this test is too small');
      return await addTestAttempt(trx, recipientId, { at: new Date(nowMs), columns: cost.columns });
    });
  const known = await attemptOf(first);
  const unknown = await attemptOf(second);
  for (let time = 0; time < 2; time++) {
    await db.transaction().execute(async (trx) => {
      await settleCost(trx, known, 880);
      await settleCost(trx, unknown, null);
    });
  }
  const use = await readMonthUse(db, BUDGET, nowMs);
  expect(use).toMatchObject({ usedSen: 5_880, reservedSen: 0 });
  expect(use.departments).toMatchObject([{ department: '納税課', usedSen: 5_880, reservedSen: 0 }]);
});

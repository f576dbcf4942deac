import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import { addTestCampaign } from '../test-recipients.ts';
import type { Budget } from './budget.ts';
import { readBudgetStanding } from './budget-standing.ts';
import { waitsForBudget } from './waits-for-budget.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.db
    .updateTable('campaign_budget')
    .set({ budget: JSON.stringify(BUDGET) })
    .execute();
});
afterAll(async () => {
  await database?.drop();
});

/** 1,000 yen a month for campaigns, 300 of them at most for 納税課. */
const BUDGET: Budget = {
  monthlyYen: 5000,
  fixedYen: 3000,
  receivedYen: 1000,
  warnPercent: 80,
  shares: [{ department: '納税課', yen: 300 }],
};
const NOW = Date.parse('2026-12-10T10:00:00+09:00');

async function use(department: string, usedYen: number, reservedYen: number): Promise<void> {
  const sen = { used_sen: usedYen * 100, reserved_sen: reservedYen * 100 };
  await database.db
    .insertInto('budget_use')
    .values({ month: '2026-12-01', department, ...sen })
    .onConflict((conflict) => conflict.columns(['month', 'department']).doUpdateSet(sen))
    .execute();
}

/** A campaign that waits for its decision and will likely cost so much. */
async function propose(campaignId: string, likelyYen: number, firstDay: string | null): Promise<void> {
  const { db } = database;
  await addTestCampaign(db, [{ addresseeNumber: campaignId, telephone: '09000000321' }], {
    campaignId,
    state: 'waiting',
    settings: { firstDay },
  });
  await db
    .insertInto('campaign_proposal')
    .values({
      proposal_id: campaignId,
      campaign_id: campaignId,
      content: JSON.stringify({ estimate: { likelyYen } }),
      content_sha256: '',
      bundle_id: null,
      comment: '伺い',
      drafted_by: 'test',
      drafted_at: new Date(NOW),
      steps: 1,
      reason: null,
      settled_at: null,
    })
    .execute();
}

test('a warning counts what was used, set aside, planned by others this month, and the campaign itself; over 100 % is said apart', async () => {
  await use('', 400, 100);
  await use('納税課', 100, 0);
  const levels = async (estimateYen: number, department = '納税課') => {
    const own = { campaignId: 'cam-own', department, estimateYen, firstDay: null };
    const { scopes } = await readBudgetStanding(database.db, own, NOW);
    return scopes.map((scope) => [scope.department, scope.percent, scope.level]);
  };
  expect(await levels(0)).toEqual([
    ['', 50, 'within'],
    ['納税課', 33, 'within'],
  ]);
  expect(await levels(140)).toEqual([
    ['', 64, 'within'],
    ['納税課', 80, 'warning'],
  ]);
  await propose('cam-now', 200, '2026-12-20');
  await propose('cam-later', 900, '2027-01-04');
  expect(await levels(140, '')).toEqual([['', 84, 'warning']]);
  expect(await levels(300, '')).toEqual([['', 100, 'warning']]);
  expect(await levels(301, '')).toEqual([['', 101, 'over']]);
  // Of the month in which it begins.
  const later = { campaignId: 'cam-own', department: '納税課', estimateYen: 0, firstDay: '2027-01-12' };
  expect(await readBudgetStanding(database.db, later, NOW)).toMatchObject({
    month: '2027-01-01',
    scopes: [{ department: '', usedYen: 0, plannedYen: 900, level: 'warning' }, { department: '納税課' }],
  });
});

test('a campaign waits for the next month once the money pays nobody any more, of the share or of the city; what is set aside may yet come free', async () => {
  const people = [{ addresseeNumber: '01', telephone: '0265001234' }];
  // A landline costs 8 yen and tax for each begun three minutes: 35.2 yen for ten.
  await addTestCampaign(database.db, people, { campaignId: 'cam-wait' });
  const wait = async (department: string) =>
    await waitsForBudget(
      database.db,
      { campaign_id: 'cam-wait', settings: {}, department },
      { terms: [], nowMs: NOW },
    );
  await use('', 500, 500);
  await use('納税課', 264, 36);
  expect(await wait('納税課')).toBeNull();
  await use('納税課', 265, 0);
  expect(await wait('納税課')).toEqual({ until: '2027-01-01', department: '納税課' });
  expect(await wait('')).toBeNull();
  await use('', 965, 0);
  expect(await wait('')).toEqual({ until: '2027-01-01', department: '' });
  await database.db
    .updateTable('campaign_recipient')
    .set({ state: 'done', settled_reason: 'reached', settled_at: new Date(NOW) })
    .where('campaign_id', '=', 'cam-wait')
    .execute();
  expect(await wait('')).toBeNull();
});

import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { japaneseMonthOf } from '../japanese-time.ts';
import { type Budget, campaignLimitSen, shareSen } from './budget.ts';

/** 部署 with no share of its own, and the row of the whole city. */
const WHOLE_CITY = '';

export type CostToReserve = {
  readonly budget: Budget;
  /** Of the campaign; '' : none. */
  readonly department: string;
  /** The most that the attempt can cost (`worstCaseOfCall`, `costOfText`), sen. */
  readonly worstSen: number;
  /** When the attempt is reserved: its Japanese month pays. Ms since the epoch. */
  readonly nowMs: number;
};

export type ReservedCost =
  /** Columns for the attempt that is inserted in the same transaction. */
  | {
      readonly reserved: true;
      readonly columns: { readonly reserved_sen: number; readonly department: string };
    }
  | { readonly reserved: false; readonly reason: 'budgetUsedUp' | 'shareUsedUp' };

/**
 * Sets the worst case of an attempt aside, in the transaction that reserves it. The month's row is locked until its end, so that what all
 * diallers have used and set aside together never passes the budget. Settle before reserving where one transaction does both.
 */
export async function reserveCost(trx: Database, order: CostToReserve): Promise<ReservedCost> {
  const { budget, department, worstSen, nowMs } = order;
  const month = japaneseMonthOf(nowMs);
  const departments = [...new Set([WHOLE_CITY, department])];
  await trx
    .insertInto('budget_use')
    .values(departments.map((each) => ({ month, department: each })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  if (!(await setAside(trx, month, WHOLE_CITY, worstSen, campaignLimitSen(budget)))) {
    return { reserved: false, reason: 'budgetUsedUp' };
  }
  const isWithinShare =
    department === WHOLE_CITY ||
    (await setAside(trx, month, department, worstSen, shareSen(budget, department)));
  if (!isWithinShare) {
    await change(trx, month, WHOLE_CITY, -worstSen, 0);
    return { reserved: false, reason: 'shareUsedUp' };
  }
  return { reserved: true, columns: { reserved_sen: worstSen, department } };
}

/**
 * Puts what an attempt really cost in the place of what was set aside, once: a second time changes nothing.
 * @param usedSen `costOfCall`, `costOfText`; null: nobody knows, as after a crash: all that was set aside counts as used
 */
export async function settleCost(trx: Database, attemptId: string, usedSen: number | null): Promise<void> {
  const { rows } = await sql<{
    reserved_sen: number;
    used_sen: number;
    department: string;
    reserved_at: Date;
  }>`
    update campaign_attempt set used_sen = coalesce(${usedSen}::bigint, reserved_sen)
    where attempt_id = ${attemptId} and used_sen is null
    returning reserved_sen, used_sen, department, reserved_at`.execute(trx);
  for (const { reserved_sen, used_sen, department, reserved_at } of rows) {
    const month = japaneseMonthOf(reserved_at.getTime());
    for (const each of new Set([WHOLE_CITY, department])) {
      await change(trx, month, each, -reserved_sen, used_sen);
    }
  }
}

async function setAside(
  trx: Database,
  month: string,
  department: string,
  sen: number,
  limitSen: number | null,
): Promise<boolean> {
  const { rows } = await sql`
    update budget_use set reserved_sen = reserved_sen + ${sen}
    where month = ${month} and department = ${department}
      and (${limitSen}::bigint is null or used_sen + reserved_sen + ${sen} <= ${limitSen}::bigint)
    returning month`.execute(trx);
  return rows.length > 0;
}

async function change(
  trx: Database,
  month: string,
  department: string,
  reservedSen: number,
  usedSen: number,
): Promise<void> {
  await sql`
    update budget_use set reserved_sen = reserved_sen + ${reservedSen}, used_sen = used_sen + ${usedSen}
    where month = ${month} and department = ${department}`.execute(trx);
}

import type { Database } from '../../database/index.ts';
import { japaneseMonthOf } from '../japanese-time.ts';
import type { Channel } from '../words.ts';
import { type Budget, type BudgetLevel, campaignLimitSen, levelOf, shareSen } from './budget.ts';

/** Money in sen. */
export type Use = {
  readonly usedSen: number;
  /** Of attempts in progress, at worst. */
  readonly reservedSen: number;
  /** Null: none of its own. */
  readonly limitSen: number | null;
  readonly level: BudgetLevel;
};
export type MonthUse = Use & {
  /** First Japanese day of the month. */
  readonly month: string;
  readonly limitSen: number;
  /** Every department with a share or a use, by name. */
  readonly departments: readonly (Use & { readonly department: string })[];
};

/** What campaigns have used of the month of `nowMs` (ms since the epoch). */
export async function readMonthUse(db: Database, budget: Budget, nowMs: number): Promise<MonthUse> {
  const month = japaneseMonthOf(nowMs);
  const rows = await db.selectFrom('budget_use').selectAll().where('month', '=', month).execute();
  const useOf = <Limit extends number | null>(department: string, limitSen: Limit) => {
    const row = rows.find((each) => each.department === department);
    const usedSen = row?.used_sen ?? 0;
    const reservedSen = row?.reserved_sen ?? 0;
    const level: BudgetLevel =
      limitSen === null ? 'within' : levelOf(usedSen + reservedSen, limitSen, budget.warnPercent);
    return { usedSen, reservedSen, limitSen, level };
  };
  const names = new Set([
    ...budget.shares.map(({ department }) => department),
    ...rows.map(({ department }) => department),
  ]);
  names.delete('');
  return {
    month,
    ...useOf('', campaignLimitSen(budget)),
    departments: [...names]
      .toSorted((one, other) => one.localeCompare(other, 'ja'))
      .map((department) => ({ department, ...useOf(department, shareSen(budget, department)) })),
  };
}

/** What a campaign has cost until now. */
export type CampaignCost = {
  readonly usedSen: number;
  readonly reservedSen: number;
  readonly byChannel: readonly {
    readonly channel: Channel;
    readonly attempts: number;
    readonly usedSen: number;
  }[];
};

/** Null where there is no such campaign. */
export async function readCampaignCost(db: Database, campaignId: string): Promise<CampaignCost | null> {
  const campaign = await db
    .selectFrom('campaign')
    .select('campaign_id')
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst();
  if (campaign === undefined) return null;
  const rows = await db
    .selectFrom('campaign_attempt')
    .select(['channel'])
    .select(({ fn, eb }) => [
      fn.countAll<number>().as('attempts'),
      fn.coalesce(fn.sum<number>('used_sen'), eb.lit(0)).as('used'),
      fn
        .coalesce(fn.sum<number>('reserved_sen').filterWhere('used_sen', 'is', null), eb.lit(0))
        .as('reserved'),
    ])
    .where('campaign_id', '=', campaignId)
    .groupBy('channel')
    .orderBy('channel')
    .execute();
  // sums of bigint are numeric, which is read as text
  const byChannel = rows.map((row) => ({
    channel: row.channel,
    attempts: row.attempts,
    usedSen: Number(row.used),
  }));
  return {
    usedSen: byChannel.reduce((sum, { usedSen }) => sum + usedSen, 0),
    reservedSen: rows.reduce((sum, { reserved }) => sum + Number(reserved), 0),
    byChannel,
  };
}

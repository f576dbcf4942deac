import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import type { BudgetStanding, ScopeStanding } from '../../http/campaign-cost-contract.ts';
import { japaneseDayOf } from '../japanese-time.ts';
import { readMonthUse, type Use } from './read-use.ts';
import { readBudget } from './stored-budget.ts';

export type CampaignToPay = {
  readonly campaignId: string;
  /** '' : none. */
  readonly department: string;
  /** Likely cost of what is still to come; 0 where nobody knows. */
  readonly estimateYen: number;
  /** Japanese day; null: at once. */
  readonly firstDay: string | null;
};

/**
 * How a month's money stands, of the city and of the departments that have a share: what was used and is set aside, what campaigns that have
 * not begun will likely cost, and the campaign that is looked at.
 * @param campaign the one that is looked at, in the month in which it begins: only its own department's share is told then; null: none, this
 *   month and all shares are told
 * @param nowMs ms since the epoch
 */
export async function readBudgetStanding(
  db: Database,
  campaign: CampaignToPay | null,
  nowMs: number,
): Promise<BudgetStanding> {
  const today = japaneseDayOf(nowMs);
  const day = beginsOn(campaign?.firstDay ?? null, today);
  const { budget } = await readBudget(db);
  const { departments, ...city } = await readMonthUse(db, budget, Date.parse(`${day}T00:00:00+09:00`));
  const planned = (await readPlanned(db, campaign?.campaignId ?? null)).filter(
    ({ firstDay }) => beginsOn(firstDay, today).slice(0, 7) === day.slice(0, 7),
  );
  const scopes = [{ department: '', ...city }, ...departments].filter(
    ({ department }) => department === '' || campaign === null || campaign.department === department,
  );
  return {
    month: city.month,
    scopes: scopes.flatMap(({ department, ...use }) => {
      if (use.limitSen === null) return [];
      const others = planned.filter((each) => department === '' || each.department === department);
      const plannedYen = others.reduce((sum, { likelyYen }) => sum + likelyYen, 0);
      return [
        standing(department, { ...use, limitSen: use.limitSen }, budget.warnPercent, {
          plannedYen,
          estimateYen: campaign?.estimateYen ?? 0,
        }),
      ];
    }),
  };
}

/** Without money for campaigns anything is endlessly more. */
const MOST_PERCENT = 999;

function standing(
  department: string,
  { usedSen, reservedSen, limitSen }: Use & { readonly limitSen: number },
  warnPercent: number,
  more: { readonly plannedYen: number; readonly estimateYen: number },
): ScopeStanding {
  const totalSen = usedSen + reservedSen + (more.plannedYen + more.estimateYen) * 100;
  // What is more than the limit never reads as 100 %.
  const round = totalSen > limitSen ? Math.ceil : Math.floor;
  const percent = totalSen === 0 ? 0 : round((totalSen / limitSen) * 100);
  return {
    department,
    usedYen: Math.ceil(usedSen / 100),
    reservedYen: Math.ceil(reservedSen / 100),
    ...more,
    limitYen: Math.floor(limitSen / 100),
    percent: Math.min(MOST_PERCENT, percent),
    level:
      totalSen > limitSen
        ? 'over'
        : totalSen > 0 && totalSen * 100 >= limitSen * warnPercent
          ? 'warning'
          : 'within',
  };
}

const PlannedSchema = z.array(
  z.object({
    department: z.string(),
    likelyYen: z.int(),
    firstDay: z.iso.date().nullable(),
  }),
);

/** Japanese day. One whose first day has passed, or that has none, begins once it is approved. */
function beginsOn(firstDay: string | null, today: string): string {
  return firstDay !== null && firstDay > today ? firstDay : today;
}

/** Campaigns that wait for their decision or their first day. What runs shows in what is used. */
async function readPlanned(db: Database, exceptId: string | null) {
  const { rows } = await sql`
    select c.department, coalesce((p.content -> 'estimate' ->> 'likelyYen')::int, 0) as "likelyYen",
      c.settings ->> 'firstDay' as "firstDay"
    from campaign_proposal p join campaign c using (campaign_id)
    where p.state in ('waiting', 'approved') and c.state in ('waiting', 'approved')
      and c.campaign_id is distinct from ${exceptId}`.execute(db);
  return PlannedSchema.parse(rows);
}

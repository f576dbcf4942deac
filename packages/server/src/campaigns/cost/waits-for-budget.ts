import type { Database } from '../../database/index.ts';
import type { GatewayTerms } from '../../sms/index.ts';
import { japaneseDayOf, japaneseMonthOf } from '../japanese-time.ts';
import { readCampaignSettings } from '../settings.ts';
import { RateDestinationSchema } from '../words.ts';
import { campaignLimitSen, shareSen } from './budget.ts';
import { worstCaseOfCall, worstCaseOfText } from './cost-of.ts';
import { chargesFor } from './estimate-of-campaign.ts';
import { RateMissingError, rateOn } from './rate.ts';
import { readMonthUse } from './read-use.ts';
import { readBudget } from './stored-budget.ts';
import { readRates } from './stored-rates.ts';

export type BudgetWait = {
  /** First Japanese day of the next month. */
  readonly until: string;
  /** Whose money is used up; '' : the city's. */
  readonly department: string;
};

/**
 * Whether the month's money pays nobody any more of those who wait, not even once all that is set aside for calls in progress is free again; null:
 * it does, or nobody waits.
 * @param terms of all gateways
 */
export async function waitsForBudget(
  db: Database,
  campaign: { readonly campaign_id: string; readonly settings: unknown; readonly department: string },
  { terms, nowMs }: { readonly terms: readonly GatewayTerms[]; readonly nowMs: number },
): Promise<BudgetWait | null> {
  const least = await leastSen(db, campaign, { terms, nowMs });
  if (least === null) return null;
  const { budget } = await readBudget(db);
  const { departments, ...city } = await readMonthUse(db, budget, nowMs);
  const until = nextMonth(nowMs);
  if (city.usedSen + least > campaignLimitSen(budget)) return { until, department: '' };
  const { department } = campaign;
  const share = department === '' ? null : shareSen(budget, department);
  const used = departments.find((each) => each.department === department)?.usedSen ?? 0;
  return share !== null && used + least > share ? { until, department } : null;
}

/** What the cheapest call or text to somebody who waits can cost at worst, sen. */
async function leastSen(
  db: Database,
  campaign: { readonly campaign_id: string; readonly settings: unknown },
  { terms, nowMs }: { readonly terms: readonly GatewayTerms[]; readonly nowMs: number },
): Promise<number | null> {
  const settings = readCampaignSettings(campaign.settings);
  const rates = await readRates(db);
  const kinds = await db
    .selectFrom('campaign_recipient')
    .select(['telephone_kind', 'next_channel'])
    .distinct()
    .where('campaign_id', '=', campaign.campaign_id)
    .where('state', '=', 'waiting')
    .execute();
  const costs = kinds.flatMap(({ telephone_kind, next_channel }) => {
    const known = RateDestinationSchema.safeParse(next_channel === 'sms' ? 'sms' : telephone_kind);
    if (!known.success) return [];
    try {
      const rate = rateOn(rates, known.data, japaneseDayOf(nowMs));
      return next_channel === 'sms'
        ? worstCaseOfText(rate, chargesFor(settings.smsText, terms))
        : worstCaseOfCall(settings, rate);
    } catch (error) {
      if (error instanceof RateMissingError) return [];
      throw error;
    }
  });
  return costs.length === 0 ? null : Math.min(...costs);
}

function nextMonth(nowMs: number): string {
  const [year = 0, month = 0] = japaneseMonthOf(nowMs).split('-').map(Number);
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
}

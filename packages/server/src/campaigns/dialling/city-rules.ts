import { kindOfNumber } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import { readContactCaps } from '../caps/stored-caps.ts';
import { capsLookedAtAgain, withinCaps } from '../caps/within-caps.ts';
import { costOfCall, worstCaseOfCall } from '../cost/cost-of.ts';
import { type Rate, RateMissingError, rateOn } from '../cost/rate.ts';
import { reserveCost, settleCost } from '../cost/reserve-cost.ts';
import { readBudget } from '../cost/stored-budget.ts';
import { readRates } from '../cost/stored-rates.ts';
import { beginOfJapaneseDay, japaneseDayOf } from '../japanese-time.ts';
import { isSuppressed } from '../suppression/is-suppressed.ts';
import { RateDestinationSchema } from '../words.ts';
import type { DiallingRules, Reservable } from './dialling-rules.ts';

/** Staff may raise a budget or enter a rate that is missing at any time. */
const MONEY_AGAIN_MS = 10 * 60_000;
/** An attempt that did not get a talk is free; of one that nobody saw the end of, all that was set aside counts. */
const NOT_ANSWERED = null;

/** What the whole city holds every campaign to: 発信止め, the limits for one person, the budget of the month. */
export const cityRules: DiallingRules = {
  async mayReserve(trx, { campaignId, settings }, recipient, nowMs): Promise<Reservable> {
    const [suppressed] = await isSuppressed(trx, [recipient], japaneseDayOf(nowMs));
    if (suppressed !== null) return { allowed: false, againAtMs: beginOfJapaneseDay(nowMs, 1) };
    const { caps } = await readContactCaps(trx);
    const [isWithin] = await withinCaps(trx, [recipient], 'call', caps, nowMs);
    if (isWithin !== true) return { allowed: false, againAtMs: capsLookedAtAgain(nowMs) };
    const rate = await rateFor(trx, recipient.telephone, nowMs);
    if (rate === null) return { allowed: false, againAtMs: nowMs + MONEY_AGAIN_MS };
    const { budget } = await readBudget(trx);
    const worstSen = worstCaseOfCall(settings, rate);
    const department = await departmentOf(trx, campaignId);
    const cost = await reserveCost(trx, { budget, department, worstSen, nowMs });
    if (!cost.reserved) return { allowed: false, againAtMs: nowMs + MONEY_AGAIN_MS };
    return { allowed: true, reservedSen: worstSen, department };
  },

  async ended(trx, attemptId) {
    const attempt = await trx
      .selectFrom('campaign_attempt as a')
      .innerJoin('campaign_recipient as r', 'r.recipient_id', 'a.recipient_id')
      .select(['a.answered_at', 'a.ended_at', 'a.state', 'a.reserved_at', 'r.telephone'])
      .where('a.attempt_id', '=', attemptId)
      .executeTakeFirstOrThrow();
    await settleCost(trx, attemptId, await usedSen(trx, attempt));
  },
};

/** Null: nobody knows. */
async function usedSen(
  trx: Database,
  attempt: {
    readonly answered_at: Date | null;
    readonly ended_at: Date | null;
    readonly state: string;
    readonly reserved_at: Date;
    readonly telephone: string;
  },
): Promise<number | null> {
  const { answered_at: answeredAt, ended_at: endedAt, state, reserved_at: reservedAt, telephone } = attempt;
  if (state === 'unknown' || endedAt === null) return null;
  const rate = await rateFor(trx, telephone, reservedAt.getTime());
  if (rate === null) return null;
  return costOfCall(
    rate,
    answeredAt === null ? NOT_ANSWERED : Math.max(0, endedAt.getTime() - answeredAt.getTime()),
  );
}

async function rateFor(trx: Database, telephone: string, atMs: number): Promise<Rate | null> {
  const destination = RateDestinationSchema.safeParse(kindOfNumber(telephone));
  if (!destination.success) return null;
  try {
    return rateOn(await readRates(trx), destination.data, japaneseDayOf(atMs));
  } catch (error) {
    if (error instanceof RateMissingError) return null;
    throw error;
  }
}

async function departmentOf(trx: Database, campaignId: string): Promise<string> {
  const { department } = await trx
    .selectFrom('campaign')
    .select('department')
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow();
  return department;
}

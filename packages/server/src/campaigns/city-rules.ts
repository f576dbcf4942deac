import { kindOfNumber } from '@madoguchi/flow';
import type { Database } from '../database/index.ts';
import type { GatewayTerms } from '../sms/index.ts';
import { readContactCaps } from './caps/stored-caps.ts';
import { capsLookedAtAgain, type PersonToReach, withinCapsTogether } from './caps/within-caps.ts';
import { costOfCall, worstCaseOfCall, worstCaseOfText } from './cost/cost-of.ts';
import { chargesFor } from './cost/estimate-of-campaign.ts';
import { type Rate, RateMissingError, rateOn } from './cost/rate.ts';
import { reserveCost, settleCost } from './cost/reserve-cost.ts';
import { readBudget } from './cost/stored-budget.ts';
import { readRates } from './cost/stored-rates.ts';
import type { DiallingRules, Reservable } from './dialling/dialling-rules.ts';
import { beginOfJapaneseDay, japaneseDayOf } from './japanese-time.ts';
import { isSuppressed } from './suppression/is-suppressed.ts';
import type { TextingRules } from './texting/texting-rules.ts';
import { type Channel, RateDestinationSchema } from './words.ts';

/** Staff may raise a budget or enter a rate that is missing at any time. */
const MONEY_AGAIN_MS = 10 * 60_000;

/** What the whole city holds every call of a campaign to: 発信止め, the limits for one person, the budget of the month. */
export const cityCallRules: DiallingRules = {
  mayReserve: (trx, { campaignId, settings }, { recipient, others }, nowMs) =>
    mayReach(trx, {
      campaignId,
      person: recipient,
      others,
      channel: 'call',
      destination: kindOfNumber(recipient.telephone),
      worstSen: (rate) => worstCaseOfCall(settings, rate),
      nowMs,
    }),

  async ended(trx, attemptId) {
    const attempt = await readEnded(trx, attemptId);
    const { answered_at: answeredAt, ended_at: endedAt, state } = attempt;
    const rate = await rateFor(trx, kindOfNumber(attempt.telephone), attempt.reserved_at.getTime());
    // What nobody saw the end of, or knows the price of, is taken at its worst.
    const isKnown = state !== 'unknown' && endedAt !== null && rate !== null;
    const talkMs =
      answeredAt === null || endedAt === null ? null : Math.max(0, endedAt.getTime() - answeredAt.getTime());
    await settleCost(trx, attemptId, isKnown ? costOfCall(rate, talkMs) : null);
  },
};

/** The same for text messages. @param terms of all gateways: the dearest one is set aside */
export function cityTextRules(terms: readonly GatewayTerms[]): TextingRules {
  return {
    mayReserve: (trx, { campaignId, text, nowMs, ...person }) =>
      mayReach(trx, {
        campaignId,
        person,
        channel: 'sms',
        destination: 'sms',
        worstSen: (rate) => worstCaseOfText(rate, chargesFor(text, terms)),
        nowMs,
      }),

    async ended(trx, attemptId) {
      const { outcome } = await readEnded(trx, attemptId);
      // A gateway may charge for what it could not deliver.
      await settleCost(trx, attemptId, outcome === 'cancelled' ? 0 : null);
    },
  };
}

async function mayReach(
  trx: Database,
  order: {
    readonly campaignId: string;
    readonly person: PersonToReach;
    /** Reached by the same call. */
    readonly others?: readonly (PersonToReach & { readonly recipientId: number })[];
    readonly channel: Channel;
    readonly destination: string;
    readonly worstSen: (rate: Rate) => number;
    readonly nowMs: number;
  },
): Promise<Reservable> {
  const { campaignId, person, others = [], channel, destination, nowMs } = order;
  const people = [person, ...others];
  const [suppressed, ...othersSuppressed] = await isSuppressed(trx, people, japaneseDayOf(nowMs));
  if (suppressed !== null) return { allowed: false, againAtMs: beginOfJapaneseDay(nowMs, 1) };
  const { caps } = await readContactCaps(trx);
  const [isWithin, ...othersWithin] = await withinCapsTogether(trx, people, channel, caps, nowMs);
  if (isWithin !== true) return { allowed: false, againAtMs: capsLookedAtAgain(nowMs) };
  const notNow = others.filter((_, nth) => othersSuppressed[nth] !== null || othersWithin[nth] !== true);
  const rate = await rateFor(trx, destination, nowMs);
  if (rate === null) return { allowed: false, againAtMs: nowMs + MONEY_AGAIN_MS };
  const { budget } = await readBudget(trx);
  const { department } = await trx
    .selectFrom('campaign')
    .select('department')
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow();
  const worstSen = order.worstSen(rate);
  const cost = await reserveCost(trx, { budget, department, worstSen, nowMs });
  if (!cost.reserved) return { allowed: false, againAtMs: nowMs + MONEY_AGAIN_MS };
  const without = new Map(notNow.map(({ recipientId }) => [recipientId, beginOfJapaneseDay(nowMs, 1)]));
  return { allowed: true, reservedSen: worstSen, department, without };
}

function readEnded(trx: Database, attemptId: string) {
  return trx
    .selectFrom('campaign_attempt as a')
    .innerJoin('campaign_recipient as r', 'r.recipient_id', 'a.recipient_id')
    .select(['a.answered_at', 'a.ended_at', 'a.state', 'a.outcome', 'a.reserved_at', 'r.telephone'])
    .where('a.attempt_id', '=', attemptId)
    .executeTakeFirstOrThrow();
}

/** Null: what it costs nobody knows. */
async function rateFor(trx: Database, destination: string, atMs: number): Promise<Rate | null> {
  const known = RateDestinationSchema.safeParse(destination);
  if (!known.success) return null;
  try {
    return rateOn(await readRates(trx), known.data, japaneseDayOf(atMs));
  } catch (error) {
    if (error instanceof RateMissingError) return null;
    throw error;
  }
}

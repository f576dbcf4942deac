import type { Database } from '../../database/index.ts';
import { chargeFor, type GatewayTerms } from '../../sms/index.ts';
import { japaneseDayOf } from '../japanese-time.ts';
import { readCampaignSettings } from '../settings.ts';
import { RateDestinationSchema } from '../words.ts';
import type { TextCharge } from './cost-of.ts';
import { type Estimate, type EstimateOf, estimateCost } from './estimate.ts';
import { RateMissingError } from './rate.ts';
import { readRates } from './stored-rates.ts';

/** As screens and 決裁 show it: whole yen, tax included, rounded up, with what was assumed in words. */
export type EstimateShown = {
  readonly lowYen: number;
  readonly likelyYen: number;
  readonly worstYen: number;
  readonly assumptions: string[];
};

const CallDestinationSchema = RateDestinationSchema.exclude(['sms']);
/** What a call takes that hears all: greeting, identity check, what is said, an answer. */
const USUAL_TALK_SECONDS = 60;

/**
 * What a campaign will cost by its settings and list as they are now, all rates being those of its first day. Null where it has no recipients, or
 * a rate is missing.
 * @param terms of all gateways
 */
export async function estimateOfCampaign(
  db: Database,
  campaignId: string,
  { terms, nowMs }: { readonly terms: readonly GatewayTerms[]; readonly nowMs: number },
): Promise<EstimateShown | null> {
  const campaign = await db
    .selectFrom('campaign')
    .select('settings')
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst();
  if (campaign === undefined) return null;
  const settings = readCampaignSettings(campaign.settings);
  const rows = await db
    .selectFrom('campaign_recipient')
    .select(({ fn }) => [
      'telephone_kind',
      fn.countAll<number>().as('count'),
      fn.count<number>('telephone').distinct().as('telephones'),
    ])
    .where('campaign_id', '=', campaignId)
    .where('state', '<>', 'removed')
    .groupBy('telephone_kind')
    .execute();
  const people = rows.flatMap(({ telephone_kind, count, telephones }) => {
    const destination = CallDestinationSchema.safeParse(telephone_kind);
    if (!destination.success) return [];
    const shared = settings.mergeHouseholds ? { telephones } : {};
    return [{ destination: destination.data, count, ...shared }];
  });
  if (people.length === 0) return null;
  const day = settings.firstDay ?? japaneseDayOf(nowMs);
  const order: EstimateOf = {
    settings,
    people,
    rates: await readRates(db),
    day,
    talkSeconds: USUAL_TALK_SECONDS,
    text: settings.channels === 'call' ? [] : chargesFor(settings.smsText, terms),
  };
  try {
    return shown(estimateCost(order), order);
  } catch (error) {
    if (error instanceof RateMissingError) return null;
    throw error;
  }
}

/** What a text costs at each gateway; as one part without a price where none is known. */
export function chargesFor(text: string, terms: readonly GatewayTerms[]): readonly TextCharge[] {
  return terms.length === 0 ? [{ parts: 1, costYen: null }] : terms.map((each) => chargeFor(text, each));
}

function shown(estimate: Estimate, { settings, people, day, text }: EstimateOf): EstimateShown {
  const { assumed } = estimate;
  const { answeredPercent, settledPercent, talkSeconds, reactedToTextPercent } = assumed;
  const all = people.reduce((sum, { count }) => sum + count, 0);
  const telephones = people.reduce((sum, each) => sum + (each.telephones ?? each.count), 0);
  const calls =
    settings.channels === 'sms'
      ? []
      : [
          ...(telephones < all
            ? [
                `同じ電話番号の方は1回の電話にまとめます：${all.toLocaleString('ja')}人で${telephones.toLocaleString('ja')}件の電話番号（最大は、ひとりずつかけ直した場合）`,
              ]
            : []),
          `1回かけて電話に出る割合：少なく見て${answeredPercent.low}％、見込み${answeredPercent.likely}％`,
          `電話に出た方のうち用件が済む割合：${settledPercent}％`,
          `1回の通話の長さ：少なく見て${talkSeconds.low}秒、見込み${talkSeconds.likely}秒`,
          `最大：全員が${settings.tries}回とも電話に出て、${settings.longestCallMinutes}分ずつ話した場合`,
          `見込みの発信回数：${estimate.calls.toLocaleString('ja')}回`,
        ];
  const texts =
    text.length === 0
      ? []
      : [
          `SMS1通の分割数：${Math.max(...text.map(({ parts }) => parts))}`,
          `見込みのSMS送信数：${estimate.texts.toLocaleString('ja')}通`,
          ...(settings.channels === 'smsThenCall'
            ? [`SMSを受け取って用件が済む割合：${reactedToTextPercent}％`]
            : []),
        ];
  return {
    lowYen: yen(estimate.lowSen),
    likelyYen: yen(estimate.likelySen),
    worstYen: yen(estimate.worstSen),
    assumptions: [...calls, ...texts, `料金：${day}の料金表（税込み）`],
  };
}

const yen = (sen: number) => Math.ceil(sen / 100);

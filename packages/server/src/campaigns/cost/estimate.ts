import { SMS_TRIES } from '../pacing/after-attempt.ts';
import type { CampaignSettings } from '../settings.ts';
import type { RateDestination } from '../words.ts';
import { costOfCall, type TextCharge, worstCaseOfCall, worstCaseOfText } from './cost-of.ts';
import { type Rate, rateOn } from './rate.ts';

/** What an estimate takes for granted, told with it. Percent of all, seconds. */
export type Assumed = {
  /** Of calls. */
  readonly answeredPercent: { readonly low: number; readonly likely: number };
  /** Of answered calls: nothing follows. */
  readonly settledPercent: number;
  readonly talkSeconds: { readonly low: number; readonly likely: number; readonly worst: number };
  /** Of those who had a text and are to be called afterwards: did what was asked, and are not called. */
  readonly reactedToTextPercent: number;
};

export type Estimate = {
  readonly lowSen: number;
  readonly likelySen: number;
  readonly worstSen: number;
  /** At the likely estimate. */
  readonly calls: number;
  readonly texts: number;
  readonly assumed: Assumed;
};

export type EstimateOf = {
  readonly settings: Pick<CampaignSettings, 'channels' | 'tries' | 'longestCallMinutes'>;
  /** How many have such a number, and how many numbers those are where one call is for all who share one; left out: one each. */
  readonly people: readonly {
    readonly destination: Exclude<RateDestination, 'sms'>;
    readonly count: number;
    readonly telephones?: number;
  }[];
  readonly rates: readonly Rate[];
  /** Japanese day whose rates count. */
  readonly day: string;
  /** What a call takes that hears all. */
  readonly talkSeconds: number;
  /** What the text costs at each gateway, any of which may get it; none where none is sent. */
  readonly text: readonly TextCharge[];
};

/**
 * Low: one call of each telephone, half as long, half as many answered. Worst: every try of everybody is a call of its own, since whoever of a
 * household was not met is called again, is answered and lasts as long as it may.
 */
export function estimateCost({ settings, people, rates, day, talkSeconds, text }: EstimateOf): Estimate {
  const assumed: Assumed = {
    answeredPercent: { low: 20, likely: 40 },
    settledPercent: 70,
    talkSeconds: {
      low: Math.ceil(talkSeconds / 2),
      likely: talkSeconds,
      worst: settings.longestCallMinutes * 60,
    },
    reactedToTextPercent: 10,
  };
  const { channels, tries } = settings;
  const textSen = text.length === 0 ? 0 : worstCaseOfText(rateOn(rates, 'sms', day), text);
  const sum = { lowSen: 0, likelySen: 0, worstSen: 0, calls: 0, texts: 0 };
  for (const { destination, count, telephones = count } of people) {
    const likely = likelyOf(channels, tries, assumed);
    if (channels !== 'sms') {
      const rate = rateOn(rates, destination, day);
      const talk = (seconds: number) => costOfCall(rate, seconds * 1000);
      sum.lowSen += telephones * (assumed.answeredPercent.low / 100) * talk(assumed.talkSeconds.low);
      sum.likelySen += telephones * likely.answered * talk(assumed.talkSeconds.likely);
      sum.worstSen += count * tries * worstCaseOfCall(settings, rate);
      sum.calls += telephones * likely.calls;
    }
    if (channels !== 'call') {
      const textsAtLeast = channels === 'callThenSms' ? 1 - assumed.answeredPercent.low / 100 : 1;
      sum.lowSen += count * Math.min(textsAtLeast, likely.texts) * textSen;
      sum.likelySen += count * likely.texts * textSen;
      sum.worstSen += count * SMS_TRIES * textSen;
      sum.texts += count * likely.texts;
    }
  }
  const whole = Object.entries(sum).map(([name, value]) => [name, Math.ceil(value)] as const);
  return { ...sum, ...Object.fromEntries(whole), assumed };
}

/** Expected calls, answered calls and texts of one person. */
function likelyOf(channels: CampaignSettings['channels'], tries: number, assumed: Assumed) {
  const answeredShare = assumed.answeredPercent.likely / 100;
  let left = channels === 'smsThenCall' ? 1 - assumed.reactedToTextPercent / 100 : 1;
  let calls = 0;
  let answered = 0;
  for (let number = 0; number < tries; number++) {
    calls += left;
    answered += left * answeredShare;
    left -= left * answeredShare * (assumed.settledPercent / 100);
  }
  return { calls, answered, texts: channels === 'callThenSms' ? left : 1 };
}

import type { HolidaySet } from '@madoguchi/flow';
import { mayCallAt } from '../pacing/may-call-at.ts';
import type { CampaignSettings } from '../settings.ts';
import { japaneseDay, japaneseTime } from './start-at.ts';

export type Pace = {
  readonly settings: CampaignSettings;
  /** Recipients who are not settled. */
  readonly left: number;
  /** Recipients who are settled other than by being taken off, and the attempts made so far. */
  readonly settled: number;
  readonly tried: number;
  /** Mean length of an attempt by telephone, from dialling to its end; null: none has ended yet. */
  readonly callMs: number | null;
  readonly nowMs: number;
  readonly holidays: HolidaySet;
};

export type ExpectedEnd = {
  /** Ms since the epoch; null: nothing is left, or it would not be through on its last day. */
  readonly atMs: number | null;
  readonly endsTooLate: boolean;
};

/** Ringing and a short talk, until calls of the campaign itself tell. */
const USUAL_CALL_MS = 45_000;
/** So few settled recipients say nothing of how many attempts one needs. */
const LEAST_SETTLED = 20;
const USUAL_ATTEMPTS = 1.5;
const MOST_DAYS = 400;

/**
 * When a campaign is through: the attempts that are left, at its pace, within its hours. The intervals between the tries of one person are not
 * reckoned, but for that nobody is through before them in a campaign of one day.
 */
export function expectedEnd({ settings, left, settled, tried, callMs, nowMs, holidays }: Pace): ExpectedEnd {
  if (left === 0) return { atMs: null, endsTooLate: false };
  const perRecipient = settled < LEAST_SETTLED ? USUAL_ATTEMPTS : tried / settled;
  const mostAttempts = settings.tries + (settings.channels === 'call' ? 0 : 1);
  const attempts = left * Math.min(Math.max(1, perRecipient), mostAttempts);
  const onlyTexts = settings.channels === 'sms';
  const perSecond = onlyTexts
    ? settings.callsPerSecond
    : Math.min(settings.callsPerSecond, settings.atOnce / ((callMs ?? USUAL_CALL_MS) / 1000));
  return walk(settings, nowMs, (attempts / perSecond) * 1000, holidays);
}

/** From `nowMs` on, through allowed hours only, until `workMs` of them have passed. */
function walk(settings: CampaignSettings, nowMs: number, workMs: number, holidays: HolidaySet): ExpectedEnd {
  let at = nowMs;
  let left = workMs;
  for (let day = 0; day < MOST_DAYS; day++) {
    const may = mayCallAt(settings, at, holidays);
    if (!may.allowed) {
      if (may.nextAtMs === null) return { atMs: null, endsTooLate: true };
      at = may.nextAtMs;
    }
    const closes = japaneseTime(japaneseDay(at), settings.times.to);
    if (left <= closes - at) return { atMs: Math.round(at + left), endsTooLate: false };
    left -= closes - at;
    at = closes;
  }
  return { atMs: null, endsTooLate: false };
}

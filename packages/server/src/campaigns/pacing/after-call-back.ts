import type { HolidaySet } from '@madoguchi/flow';
import type { CampaignSettings } from '../settings.ts';
import type { ContactResult, SettledReason } from '../words.ts';
import { resultSettles } from './after-attempt.ts';
import { AFTER_OUTCOME_DEFAULTS } from './after-outcome-defaults.ts';
import { mayCallAt } from './may-call-at.ts';

export type EndedCallBack = {
  readonly settings: CampaignSettings;
  /** Whether this person was on the line; false of all where nobody could be told from another. */
  readonly isMet: boolean;
  /** What the person said last, in this call or another. */
  readonly result: ContactResult | null;
  /** Ms since the epoch. */
  readonly nowMs: number;
  readonly holidays: HolidaySet;
};

export type AfterCallBack =
  | { readonly state: 'done'; readonly reason: SettledReason }
  /** Ms since the epoch, always an allowed time. */
  | { readonly state: 'waiting'; readonly notBeforeMs: number };

const MINUTE_MS = 60_000;

/**
 * What follows for each person of a call-back 折り返し that is over. It uses up no try; who was not met is left alone as long as after a call that was
 * answered, since somebody of that telephone has just been talked to.
 */
export function afterCallBack({ settings, isMet, result, nowMs, holidays }: EndedCallBack): AfterCallBack {
  const settled = resultSettles(result);
  if (settled !== null) return { state: 'done', reason: settled };
  const { again, intervalMinutes } = settings.after.answered ?? AFTER_OUTCOME_DEFAULTS.answered;
  if (isMet && !again) return { state: 'done', reason: 'outcome' };
  const atMs = nowMs + intervalMinutes * MINUTE_MS;
  const may = mayCallAt(settings, atMs, holidays);
  const notBeforeMs = may.allowed ? atMs : may.nextAtMs;
  return notBeforeMs === null
    ? { state: 'done', reason: 'campaignEnded' }
    : { state: 'waiting', notBeforeMs };
}

import type { HolidaySet } from '@madoguchi/flow';
import type { AfterOutcome, CampaignSettings } from '../settings.ts';
import type { AnsweredBy, AttemptOutcome, Channel, ContactResult, SettledReason } from '../words.ts';
import { AFTER_OUTCOME_DEFAULTS } from './after-outcome-defaults.ts';
import { mayCallAt } from './may-call-at.ts';

/** A recipient as the attempt found it. */
export type TriedRecipient = {
  /** Of the attempt. */
  readonly channel: Channel;
  /** Calls before this one that count. */
  readonly tries: number;
  /** Texts before this one. */
  readonly smsTries: number;
  /** Attempts in a row, before this one, for which the line was at fault. */
  readonly lineFailures: number;
};

export type AfterAttempt =
  | {
      readonly state: 'waiting';
      readonly nextChannel: Channel;
      /** Ms since the epoch, always an allowed time. */
      readonly nextAtMs: number;
      /** 1: it used up a try of its channel. */
      readonly triesAdded: 0 | 1;
      readonly lineFailures: number;
    }
  | { readonly state: 'done'; readonly reason: SettledReason; readonly triesAdded: 0 | 1 };

export type EndedAttempt = {
  readonly settings: CampaignSettings;
  readonly recipient: TriedRecipient;
  readonly outcome: AttemptOutcome;
  readonly answeredBy: AnsweredBy | null;
  readonly result: ContactResult | null;
  /** Ms since the epoch. */
  readonly nowMs: number;
  readonly holidays: HolidaySet;
};

const MINUTE_MS = 60_000;
/** A text that failed is sent once more: what failed twice will fail. */
export const SMS_TRIES = 2;
/** Who declined is left alone for so long, whatever is set. */
export const DECLINED_LEAST_MINUTES = 24 * 60;
/** The waiting for a line grows up to this. */
const LINE_WAIT_MOST_MINUTES = 4 * 60;

/** The line was at fault, or we took it back: the person was not tried. `unknown` does count. */
const NOT_A_TRY: ReadonlySet<AttemptOutcome> = new Set<AttemptOutcome>([
  'noLine',
  'trunkRefused',
  'cancelled',
]);
const LINE_AT_FAULT: ReadonlySet<AttemptOutcome> = new Set<AttemptOutcome>(['noLine', 'trunkRefused']);
const REACHED: ReadonlySet<ContactResult> = new Set<ContactResult>([
  'promised',
  'paid',
  'consultation',
  'informed',
  'optedOut',
  'transferred',
]);

/** Whether an attempt with this outcome uses up a try of the person. */
export function countsAsTry(outcome: AttemptOutcome): boolean {
  return !NOT_A_TRY.has(outcome);
}

/**
 * What follows an attempt that has ended. `callThenSms`: a text once no call is left to be made; `smsThenCall`: calls to those who had
 * the text for `nextChannelAfterMinutes` and did not react.
 */
export function afterAttempt(ended: EndedAttempt): AfterAttempt {
  const { settings, recipient, outcome, nowMs } = ended;
  const triesAdded = countsAsTry(outcome) ? 1 : 0;
  const done = (reason: SettledReason): AfterAttempt => ({ state: 'done', reason, triesAdded });
  const waitingFor = (nextChannel: Channel, minutes: number, lineFailures = 0): AfterAttempt => {
    const nextAtMs = allowedFrom(ended, nowMs + minutes * MINUTE_MS);
    if (nextAtMs === null) return done('campaignEnded');
    return { state: 'waiting', nextChannel, nextAtMs, triesAdded, lineFailures };
  };

  const { channel, lineFailures } = recipient;
  if (LINE_AT_FAULT.has(outcome)) {
    const { intervalMinutes } = followingOf(settings, outcome);
    const minutes = Math.min(
      Math.max(intervalMinutes, 1) * 2 ** Math.min(lineFailures, 10),
      LINE_WAIT_MOST_MINUTES,
    );
    return waitingFor(channel, minutes, lineFailures + 1);
  }
  const settled = settledBy(ended);
  if (settled !== null) return done(settled);

  const { again, intervalMinutes } = followingOf(settings, outcome);
  const triesLeft = triesLeftOf(settings, recipient) - triesAdded;
  if (again && triesLeft > 0) return waitingFor(channel, intervalMinutes);
  const other = otherChannel(settings, recipient, outcome);
  if (other !== null) {
    const atOnce = outcome === 'smsFailed';
    return waitingFor(other, atOnce ? 0 : settings.nextChannelAfterMinutes);
  }
  return done(again ? 'triesUsed' : 'outcome');
}

/**
 * What follows for who shared a call in which somebody else was met: he was not tried, so no try is used up, and the telephone is left alone for as
 * long as after a talk.
 */
export function afterSomebodyElse(ended: EndedAttempt): AfterAttempt {
  const { settings, recipient, nowMs } = ended;
  const { again, intervalMinutes } = followingOf(settings, 'answered');
  const minutes = again ? intervalMinutes : AFTER_OUTCOME_DEFAULTS.answered.intervalMinutes;
  const nextAtMs = allowedFrom(ended, nowMs + minutes * MINUTE_MS);
  if (nextAtMs === null) return { state: 'done', reason: 'campaignEnded', triesAdded: 0 };
  return { state: 'waiting', nextChannel: recipient.channel, nextAtMs, triesAdded: 0, lineFailures: 0 };
}

/** Why what the person said leaves nothing to be told; null where it does not. */
export function resultSettles(result: ContactResult | null): SettledReason | null {
  if (result === 'wrongNumber') return 'outcome';
  return result !== null && REACHED.has(result) ? 'reached' : null;
}

/** Why nothing follows, whatever tries are left; null where something may. */
function settledBy({ settings, recipient, outcome, answeredBy, result }: EndedAttempt): SettledReason | null {
  const said = resultSettles(result);
  if (said !== null) return said;
  // a text to such a telephone would reach nobody either
  if (answeredBy === 'fax' || outcome === 'unassigned') return 'outcome';
  if (answeredBy === 'machine' && settings.machineIsReached) return 'reached';
  const wasSent = outcome === 'smsAccepted' || outcome === 'smsDelivered';
  return wasSent && otherChannel(settings, recipient, outcome) === null ? 'reached' : null;
}

function followingOf(settings: CampaignSettings, outcome: AttemptOutcome): AfterOutcome {
  const { again, intervalMinutes } = settings.after[outcome] ?? AFTER_OUTCOME_DEFAULTS[outcome];
  // what was sent is not sent again
  if (outcome === 'smsAccepted' || outcome === 'smsDelivered') return { again: false, intervalMinutes: 0 };
  const least = outcome === 'declined' ? DECLINED_LEAST_MINUTES : 0;
  return { again, intervalMinutes: Math.max(intervalMinutes, least) };
}

function triesLeftOf(settings: CampaignSettings, { channel, tries, smsTries }: TriedRecipient): number {
  return channel === 'call' ? settings.tries - tries : SMS_TRIES - smsTries;
}

/** The channel that comes after this one, null where there is none or it was used. */
function otherChannel(
  settings: CampaignSettings,
  { channel, tries, smsTries }: TriedRecipient,
  outcome: AttemptOutcome,
): Channel | null {
  if (outcome === 'cancelled') return null;
  if (settings.channels === 'callThenSms' && channel === 'call' && smsTries < SMS_TRIES) return 'sms';
  if (settings.channels === 'smsThenCall' && channel === 'sms' && tries < settings.tries) return 'call';
  return null;
}

/** The first allowed time from `atMs` on. */
function allowedFrom({ settings, holidays }: EndedAttempt, atMs: number): number | null {
  const may = mayCallAt(settings, atMs, holidays);
  return may.allowed ? atMs : may.nextAtMs;
}

import { type ContractedGateway, chargeFor } from '../contracted-gateway.ts';
import type { SubmitOutcome } from '../port.ts';
import type { ClaimedSms } from './claim-waiting.ts';
import type { SmsResult } from './sender-statements.ts';
import type { SmsSenderSettings } from './settings.ts';

/**
 * What to write down of a gateway's answer. "Come later", "not sent" and "partly" wait for another try; a final refusal waits for another
 * gateway where one is left and the former has nothing of the text.
 * @param gateways all that are contracted, the preferred one first
 */
export function resultOf(
  sms: ClaimedSms,
  outcome: SubmitOutcome,
  asked: ContractedGateway,
  gateways: readonly ContractedGateway[],
  settings: SmsSenderSettings,
  now: Date,
): SmsResult {
  const submitted = outcome.type === 'notSent' ? sms.submitted : outcome.submitted;
  const { parts, costYen } = chargeFor(sms.text, asked.terms);
  const others = gateways.filter(({ name }) => name !== asked.name && !sms.refusedBy.includes(name));
  const base = {
    id: sms.id,
    attempt: sms.attempt,
    code: null,
    nextAttemptAt: null,
    submitted,
    isPassedOn: false,
    parts,
    costYen: submitted.length > 0 ? costYen : null,
    nextAskAt: null,
  };
  switch (outcome.type) {
    case 'accepted':
    case 'unknown': {
      const { ask } = asked.gateway;
      return { ...base, state: outcome.type, nextAskAt: ask === null ? null : after(now, ask.everyMs) };
    }
    case 'notSent': {
      const isLost = !asked.gateway.connected;
      const another = isLost && submitted.length === 0 && others.some(({ gateway }) => gateway.connected);
      const delayMs = another ? 0 : unsentDelayMs(sms.attempt, settings);
      return { ...base, state: 'waiting', nextAttemptAt: after(now, delayMs) };
    }
    case 'partly': {
      const delayMs =
        outcome.code === null ? unsentDelayMs(sms.attempt, settings) : retryDelayMs(sms.attempt, settings);
      return { ...base, state: 'waiting', code: outcome.code, nextAttemptAt: after(now, delayMs) };
    }
    case 'refused': {
      const { code } = outcome;
      if (outcome.retryable) {
        const delayMs = retryDelayMs(sms.attempt, settings);
        // Where another gateway is at hand its turn must not be slept through.
        const overflows = submitted.length === 0 && others.some(({ gateway }) => gateway.connected);
        const waitMs = overflows ? Math.min(delayMs, settings.overflowAfterMs) : delayMs;
        return { ...base, state: 'waiting', code, nextAttemptAt: after(now, waitMs) };
      }
      return submitted.length === 0 && others.length > 0
        ? { ...base, state: 'waiting', code, isPassedOn: true, nextAttemptAt: now }
        : { ...base, state: 'refused', code };
    }
  }
}

/** Pause after the n-th "come later", n from 1. */
export function retryDelayMs(
  attempt: number,
  settings: Pick<SmsSenderSettings, 'retryMinMs' | 'retryMaxMs'>,
): number {
  return Math.min(settings.retryMinMs * 2 ** Math.min(attempt - 1, 30), settings.retryMaxMs);
}

/** Pause after the n-th try that found no connection, n from 1: the first is short, for a caller may wait on the line. */
export function unsentDelayMs(
  attempt: number,
  { pollMs, retryMaxMs }: Pick<SmsSenderSettings, 'pollMs' | 'retryMaxMs'>,
): number {
  return retryDelayMs(attempt, { retryMinMs: pollMs, retryMaxMs });
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}

import type { CampaignSettings } from '../settings.ts';

/**
 * Calls that may begin at once: filled by `callsPerSecond`. It holds one and those of half a second: a loop that came late by less loses
 * nothing of the rate, and a pause does not end in a burst.
 */
export type Tokens = { readonly left: number; readonly atMs: number };

export type Room = {
  readonly settings: Pick<CampaignSettings, 'callsPerSecond' | 'atOnce' | 'linesLeftFree'>;
  /** Of this campaign, in whatever state of being called. */
  readonly openAttempts: number;
  /** Of the trunk's share of placed calls. */
  readonly linesFree: number;
  readonly tokens: Tokens;
  /** Ms of a clock that never goes back. */
  readonly nowMs: number;
};

/**
 * How many calls a campaign may begin now, and its tokens up to now. Who begins some takes them off with `spend`; who begins none keeps
 * these tokens too, or the rate would be lost.
 */
export function howMany({ settings, openAttempts, linesFree, tokens, nowMs }: Room): {
  readonly count: number;
  readonly tokens: Tokens;
} {
  const filled = fill(tokens, settings.callsPerSecond, nowMs);
  const room = Math.min(filled.left, settings.atOnce - openAttempts, linesFree - settings.linesLeftFree);
  // the least that a float may be short of a whole call
  return { count: Math.max(0, Math.floor(room + 1e-9)), tokens: filled };
}

/** @param nowMs ms, of the same clock as `howMany` gets */
export function firstTokens(nowMs: number): Tokens {
  return { left: 1, atMs: nowMs };
}

/** The tokens after `begun` calls were begun. */
export function spend(tokens: Tokens, begun: number): Tokens {
  return { ...tokens, left: Math.max(0, tokens.left - begun) };
}

function fill({ left, atMs }: Tokens, callsPerSecond: number, nowMs: number): Tokens {
  const gained = (Math.max(0, nowMs - atMs) / 1000) * callsPerSecond;
  return { left: Math.min(left + gained, 1 + callsPerSecond / 2), atMs: Math.max(atMs, nowMs) };
}
